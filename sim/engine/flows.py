"""The tables of one process version."""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.numbering import PlaceNumbers
from sim.engine.population import Population
from sim.engine.programs.build import ProgramBuilder
from sim.engine.programs.describe import describe_form, describe_step
from sim.engine.programs.lines import Setting
from sim.records.tables import FlowTables, Node, Program
from sim.scenario.prepared import Flow, Prepared
from sim.spec import graph
from sim.spec.process import Process


def flow_tables(prepared: Prepared, way: Flow, place: PlaceNumbers, population: Population) -> FlowTables:
    """The tables of one process version."""
    process = way.process
    setting = Setting(process, way.efforts, prepared.catalogue.materials, prepared.practice, place, population)
    builder = ProgramBuilder(setting)
    names, before = builder.nodes, builder.before
    number = {name: i for i, name in enumerate(names)}
    preceding = [[number[u] for u in before[name]] for name in names]
    following: list[list[int]] = [[] for _ in names]
    for later, earlier in enumerate(preceding):
        for u in earlier:
            following[u].append(later)
    redo = {number[s]: tuple(number[x] for x in again) for s, again in _redo(process, names, before).items()}
    made: dict[tuple[int, int], Program] = {}

    def program(node: int, attempt: int) -> Program:
        if (node, attempt) not in made:
            made[node, attempt] = builder.program(names[node], attempt)
        return made[node, attempt]

    active = [builder.active(name) for name in names]
    masks = [None if mask.all() else mask for mask in active]
    nodes = [_described(builder, name, place.day) for name in names]
    return FlowTables(process.id, nodes, preceding, following, redo, masks, program)


def _described(builder: ProgramBuilder, name: str, day: int) -> Node:
    if name in builder.forms:
        return describe_form(name, builder.process, builder.forms[name])
    return describe_step(name, builder.process.steps[name], day)


def _redo(process: Process, names: list[str], before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Step that may fail → the steps done again: from the one it goes back to, up to itself."""
    elders = graph.ancestors({n: before[n] for n in names})
    found: dict[str, list[str]] = {}
    for step_id, step in process.steps.items():
        if step.fails:
            first = step.fails.redo or step_id
            between = [n for n in names if first in elders[n] and (n in elders[step_id] or n == step_id)]
            found[step_id] = [first, *(n for n in between if n != first)]
    return found
