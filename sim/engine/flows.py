"""The tables of one process version."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.core.errors import PlannerError
from sim.engine.numbering import PlaceNumbers
from sim.engine.population import Population, exclusive
from sim.engine.programs.build import RESTS_ON, ProgramBuilder
from sim.engine.programs.describe import describe_form, describe_step, limits_in_days
from sim.engine.programs.lines import Setting
from sim.engine.shared import Asked, Shared
from sim.records.tables import Bundled, FlowTables, Node, Program
from sim.scenario.prepared import Flow, Prepared
from sim.spec import graph
from sim.spec.bounds import PASSES
from sim.spec.process import Process
from sim.spec.rework import passes, redone
from sim.spec.step import Step


def flow_tables(
    prepared: Prepared, way: Flow, place: PlaceNumbers, population: Population, shared: Shared
) -> FlowTables:
    """The tables of one process version; its programs are `shared` with other versions that have them alike."""
    process, asked = way.process, Asked(place)
    setting = Setting(process, way.efforts, prepared.catalogue.materials, prepared.practice, asked, population)
    builder = ProgramBuilder(setting, way.nodes)
    names, before, number = way.nodes.names, way.nodes.before, way.nodes.numbers
    preceding = [[number[u] for u in before[name]] for name in names]
    following: list[list[int]] = [[] for _ in names]
    for later, earlier in enumerate(preceding):
        for u in earlier:
            following[u].append(later)
    _refuse_rounds(process)
    redo = {number[s]: tuple(number[x] for x in again) for s, again in _redo(process, names, before).items()}
    made: dict[tuple[int, int], Program] = {}
    own = shared.number((process.id, population.cases, *(getattr(process, part) for part in RESTS_ON)))

    def program(node: int, attempt: int) -> Program:
        if (node, attempt) not in made:
            name = names[node]
            key = own, name, attempt, builder.rests_on(name)
            made[node, attempt] = shared.program(key, asked, lambda: builder.program(name, attempt))
        return made[node, attempt]

    active = [builder.active(name) for name in names]
    masks = [None if mask.all() else mask for mask in active]
    nodes = [_described(builder, name, place.day) for name in names]
    bundles = tuple(
        Bundled(frozenset(number[s] for s in bundle.steps), limits_in_days(bundle.limit, place.day))
        for bundle in process.bundles.values()
    )
    classes = {number[s]: _classes(population, step) for s, step in process.steps.items() if step.classes}
    return FlowTables(process.id, nodes, preceding, following, redo, masks, program, builder.watched, bundles, classes)


def _classes(population: Population, step: Step) -> list[int]:
    """By case: the number of its class at a step, 0 for those of none."""
    found = np.zeros(population.cases, dtype=np.int64)
    for number, (mask, _) in enumerate(exclusive(population, step.limits())[:-1], start=1):
        found[mask] = number
    listed: list[int] = found.tolist()
    return listed


def _described(builder: ProgramBuilder, name: str, day: int) -> Node:
    if name in builder.forms:
        return describe_form(name, builder.process, builder.forms[name])
    return describe_step(name, builder.process.steps[name], day)


def _refuse_rounds(process: Process) -> None:
    """Refuse rates of failing, as an assumption moved may have them, that send cases back without end."""
    if any(step.fails for step in process.steps.values()):
        often = max(passes(process.steps, graph.waits(process)).values())
        if often > PASSES:
            found = f"a case passes a step {often:,.0f} times on average"
            raise PlannerError(f"{process.id} fails so often that {found}, at most {PASSES}; lower a rate")


def _redo(process: Process, names: list[str], before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Step that may fail → the steps done again: from the one it goes back to, up to itself."""
    failing = {step_id: step.fails for step_id, step in process.steps.items() if step.fails}
    elders = graph.ancestors({n: before[n] for n in names}) if failing else {}
    return {s: redone(s, fails.redo or s, names, elders) for s, fails in failing.items()}
