"""Reforms that a variant has not: those of the scenario's other variants, and those that take no number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sim.analysis.answers import Further
from sim.decide.coalitions import Reform, reforms_of_others
from sim.reforms.order import Parallel
from sim.reforms.papers import OneTimeNotice, OneWindow
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.scenario.scenario import Variant
from sim.spec import graph
from sim.spec.process import Process

FORM = "one_application"
"""Name of the common form that is tried."""
BESIDES = "besides"
"""The variant in which all further reforms stand."""


@dataclass(frozen=True)
class Besides:
    """A scenario of one variant as it is, and of another upon it that has every further reform."""

    prepared: Prepared
    reforms: tuple[Further, ...]
    """What the other variant has, in its order."""


def besides(prepared: Prepared, variant: PreparedVariant, process: str, source: str) -> Besides:
    """The scenario in which a variant is the state before, and what could be added to it is the only other.

    Reforms with numbers are those that the scenario has in variants that this one does not stand on: nobody stated
    others. Those without are tried with all the steps that they may take, on the authority of a source. What things
    cost is left out: changes are counted.
    """
    stated = ((at, r) for at, _, r in reforms_of_others(prepared, variant.id) if r.process in (None, process))
    found = [*stated, *_free(variant.flows[process][0].process, process, source)]
    written = prepared.scenario.variants[variant.id]
    more = Variant(name=variant.name, start=variant.id, reforms=tuple(reform for _, reform in found))
    variants = {variant.id: Variant(name=written.name), BESIDES: more}
    scenario = prepared.scenario.model_copy(update={"variants": variants, "costs": {}})
    standing = replace(variant, start=None)
    upon = replace(variant, id=BESIDES, start=variant.id)
    return Besides(
        replace(prepared, scenario=scenario, variants=(standing, upon)),
        tuple(Further(str(getattr(r, "reform", "")), tuple(getattr(r, "steps", None) or ()), at) for at, r in found),
    )


def _free(process: Process, name: str, source: str) -> Iterator[tuple[None, Reform]]:
    """The reforms that take no number, each with all the steps that it may take."""
    habits = {step for edge, origin in graph.edges(process).items() if origin == graph.ORDER for step in edge}
    applying = [s for s, x in process.steps.items() if x.official and x.needs and not x.done_before]
    common: dict[str, Any] = {"source": source, "process": name}
    if len(habits) > 1:
        yield None, Parallel(reform="并联审批", steps=_in_order(process, habits), **common)
    if not process.one_time_notice:
        yield None, OneTimeNotice(reform="一次性告知", **common)
    if len(applying) > 1:
        yield None, OneWindow(reform="一窗受理", steps=tuple(applying), form=FORM, **common)


def _in_order(process: Process, steps: set[str]) -> tuple[str, ...]:
    return tuple(step for step in process.steps if step in steps)
