"""What would meet a missed target: how far the limits it counts would have to come down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.outcome import statistic, target_cases
from sim.analysis.playing import played
from sim.analysis.verdict import TargetResult
from sim.core.draws import Draws
from sim.records.statistics import OfCases
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.spec.amounts import mean
from sim.spec.limit import Limit
from sim.spec.process import Process

REPLICATIONS = 8
"""Replications of the run that are played again; the same cases, so that only the limits differ."""
HALVINGS = 7
"""Steps of the search; the answer is exact to under one percent."""


def remedies(comparison: Comparison) -> dict[str, Remedy]:
    """Target → what would meet it, for every missed target that limits can move."""
    missed = [r for r in comparison.targets if r.verdict == "missed" and _movable(r)]
    return {r.target.id: _remedy(comparison, r) for r in missed}


def _movable(result: TargetResult) -> bool:
    """Whether shorter limits of one process bring the figure down."""
    target = result.target
    of_one = len(result.processes) == 1 and isinstance(target.statistic_record, OfCases)
    return of_one and target.measure_record.falls_with_limits and target.direction == "at_most"


def _remedy(comparison: Comparison, missed: TargetResult) -> Remedy:
    variant = next(v for v in comparison.prepared.variants if v.id == missed.target.variant)
    process = variant.flows[missed.process][0].process
    limited = {s: x.limit.effective.mean_working_days(_day(comparison)) for s, x in process.steps.items()
               if x.is_counted and x.limit.effective}  # fmt: skip

    def enough(steps: Iterable[str], share: float) -> bool:
        return missed.target.meets(_value(comparison, variant, missed, set(steps), share))

    alone = {s: (days, days * share) for s, days in limited.items() if (share := _largest(enough, [s])) is not None}
    return Remedy(_largest(enough, list(limited)), alone)


def _day(comparison: Comparison) -> int:
    from sim.spec.place import hours_of

    return hours_of(comparison.prepared.variants[0].place.hours["office"]).day_seconds


def _largest(enough: Any, steps: list[str]) -> float | None:
    """The largest share of their limits at which it is enough, by halving."""
    if not enough(steps, 0.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if enough(steps, middle) else (low, middle)
    return low


def _value(
    comparison: Comparison, variant: PreparedVariant, missed: TargetResult, steps: set[str], share: float
) -> float:
    """The target's statistic when the limits of some steps are cut to a share."""
    changed = _cut(variant, missed.process, steps, share)
    prepared: Prepared = comparison.prepared
    found = []
    for replication in range(min(REPLICATIONS, comparison.runs)):
        tables, log = played(prepared, changed, comparison.staff, Draws(comparison.seed, replication))
        found.append(target_cases(missed.target, prepared, tables, log))
    return statistic(missed.target, found)


def _cut(variant: PreparedVariant, process: str, steps: set[str], share: float) -> PreparedVariant:
    flows = tuple(replace(f, process=_with_limits(f.process, steps, share)) for f in variant.flows[process])
    return replace(variant, flows={**variant.flows, process: flows})


def _with_limits(process: Process, steps: set[str], share: float) -> Process:
    changed = {}
    for step_id, step in process.steps.items():
        if step_id in steps:
            changed[step_id] = step.model_copy(update=step.with_limits(*[lambda limit: _shorter(limit, share)] * 2))
    return process.model_copy(update={"steps": {**process.steps, **changed}})


def _shorter(limit: Limit, share: float) -> Limit:
    """The limit cut to a share, with any extension of it."""
    longer = {"committed": limit.effective, "extended": limit.extended}
    cut = {k: x.model_copy(update={x.unit: mean(x.amount) * share}) for k, x in longer.items() if x}
    return limit.model_copy(update=cut)
