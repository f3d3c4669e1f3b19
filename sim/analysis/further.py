"""Reforms that a variant has not: those of the scenario's other variants, and those that take no number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sim.analysis.answers import Further
from sim.analysis.verdict import TargetResult
from sim.core.errors import ReformError
from sim.reforms.apply import World
from sim.reforms.base import Context, PlaceReform, ProcessReform
from sim.reforms.order import Parallel
from sim.reforms.papers import OneTimeNotice, OneWindow
from sim.scenario.prepared import Flow, Prepared, PreparedVariant
from sim.scenario.trial import tried
from sim.spec import graph
from sim.spec.process import Process

Reform = ProcessReform | PlaceReform
FORM = "one_application"
"""Name of the common form that is tried."""


def further_variants(
    prepared: Prepared, variant: PreparedVariant, missed: TargetResult
) -> Iterator[tuple[Further, PreparedVariant]]:
    """Yield every further reform that the guard accepts on top of a variant, and the variant with it.

    Reforms with numbers are those that the scenario has in variants that this one does not stand on: nobody stated
    others. Those without are tried with all the steps that they may take.
    """
    process = variant.flows[missed.process][0].process
    for origin, reform in [*_stated(prepared, variant, missed.process), *_free(process, missed)]:
        try:
            reformed = _reformed(prepared, variant, reform)
        except (ReformError, ValidationError):
            continue
        steps = getattr(reform, "steps", None) or ()
        yield Further(str(getattr(reform, "reform", "")), tuple(steps), origin), reformed


def _stated(prepared: Prepared, variant: PreparedVariant, process: str) -> Iterator[tuple[str, Reform]]:
    """The reforms of the process, or of the place, in the variants that this one does not stand on."""
    by_id = {v.id: v for v in prepared.variants}
    below: list[str] = []
    at: str | None = variant.id
    while at is not None:
        below.append(at)
        at = by_id[at].start
    used = [reform for name in below for reform in prepared.scenario.variants[name].reforms]
    for name, other in prepared.scenario.variants.items():
        for reform in other.reforms if name not in below else ():
            if reform not in used and reform.process in (None, process):
                used.append(reform)
                yield name, reform


def _free(process: Process, missed: TargetResult) -> Iterator[tuple[None, Reform]]:
    """The reforms that take no number, each with all the steps that it may take."""
    habits = {step for edge, origin in graph.edges(process).items() if origin == graph.ORDER for step in edge}
    applying = [s for s, x in process.steps.items() if x.official and x.needs and not x.done_before]
    common: dict[str, Any] = {"source": missed.target.source, "process": missed.process}
    if len(habits) > 1:
        yield None, Parallel(reform="并联审批", steps=_in_order(process, habits), **common)
    if not process.one_time_notice:
        yield None, OneTimeNotice(reform="一次性告知", **common)
    if len(applying) > 1:
        yield None, OneWindow(reform="一窗受理", steps=tuple(applying), form=FORM, **common)


def _in_order(process: Process, steps: set[str]) -> tuple[str, ...]:
    return tuple(step for step in process.steps if step in steps)


def _reformed(prepared: Prepared, variant: PreparedVariant, reform: Reform) -> PreparedVariant:
    """The variant with a reform of its main ways; raises ReformError where it is refused."""
    main = {process: flows[0] for process, flows in variant.flows.items()}
    world = World({p: f.process for p, f in main.items()}, variant.place, {p: f.efforts for p, f in main.items()})
    context = Context(materials=prepared.catalogue.materials, sources=prepared.sources)
    after, changes = tried(world, reform, context)
    flows = {p: _flows(after, p, flows) for p, flows in variant.flows.items()}
    return replace(variant, place=after.place, flows=flows, changes=(*variant.changes, *changes))


def _flows(world: World, process: str, flows: Sequence[Flow]) -> tuple[Flow, ...]:
    main, *others = flows
    return (replace(main, process=world.processes[process], efforts=world.efforts[process]), *others)
