"""What would meet a missed target: limits that an office could keep, or a reform that is not used yet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from sim.analysis.answers import Further, Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.further import further_variants
from sim.analysis.outcome import statistic, target_cases
from sim.analysis.playing import played
from sim.analysis.verdict import TargetResult
from sim.core.draws import Draws
from sim.core.errors import PlannerError, naming
from sim.records.statistics import SAME, OfCases
from sim.scenario.prepared import PreparedVariant
from sim.spec.amounts import mean
from sim.spec.durations import OFFICE_DAY, Duration, Unit
from sim.spec.effort import Effort
from sim.spec.limit import Limit
from sim.spec.opening import hours_of
from sim.spec.planned import days_of
from sim.spec.process import Process
from sim.spec.step import Step

REPLICATIONS = 8
"""Replications of the run that are played again; the same cases, so that only the limits differ."""
HALVINGS = 7
"""Steps of the search; the answer is exact to under one percent."""
LEAST: Mapping[Unit, float] = {"days": 0.5, "calendar_days": 1, "hours": 1, "minutes": 30}
"""Shortest limit that an office promises, and the steps in which it comes down."""


def remedies(comparison: Comparison) -> dict[str, Remedy]:
    """Target → what would meet it, for every missed target of the cases of one process."""
    missed = [r for r in comparison.targets if r.verdict == "missed" and _of_cases(r)]
    with naming(comparison.prepared.where):
        found = {r.target.id: _Search(comparison, r).remedy() for r in missed}
    return {target: remedy for target, remedy in found.items() if remedy.limited or remedy.tried}


def _of_cases(result: TargetResult) -> bool:
    return len(result.processes) == 1 and isinstance(result.target.statistic_record, OfCases)


class _Search:
    """The search for what would meet one missed target."""

    def __init__(self, comparison: Comparison, missed: TargetResult) -> None:
        self._comparison, self._missed = comparison, missed
        self._variant = next(v for v in comparison.prepared.variants if v.id == missed.target.variant)
        self._day = hours_of(comparison.prepared.variants[0].place.hours["office"]).day_seconds

    def remedy(self) -> Remedy:
        """Limits that would do together, each that would do alone, and reforms that would."""
        tried, enough = self._reforms()
        if not self._movable:
            return Remedy(None, {}, reforms=enough, tried=tried, limited=False)
        zero = self._enough({s: _times(limit, 0.0) for s, limit in self._limits.items()})
        return Remedy(
            together=self._together() if zero else None,
            alone={s: a for s in self._limits if (a := self._alone(s))} if zero else {},
            zero=zero,
            reforms=enough,
            tried=tried,
        )

    @property
    def _movable(self) -> bool:
        """Whether shorter limits bring the figure down."""
        target = self._missed.target
        return target.measure_record.falls_with_limits and self._missed.estimate.mean > target.wanted.highest

    @cached_property
    def _process(self) -> Process:
        return self._variant.flows[self._missed.process][0].process

    @cached_property
    def _limits(self) -> dict[str, Duration]:
        """The limits of the counted steps that are one number."""
        effective = {s: x.limit.effective for s, x in self._process.steps.items() if x.is_counted}
        return {s: limit for s, limit in effective.items() if limit and isinstance(limit.amount, int | float)}

    def _together(self) -> float | None:
        """The largest share of all limits, rounded up to whole ones, that is enough; None where none is."""

        def enough(share: float) -> bool:
            return self._enough({s: _compressed(limit, share) for s, limit in self._limits.items()})

        if not enough(0.0):
            return None
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if enough(middle) else (low, middle)
        return math.floor(low * 1000) / 1000  # what is told still does

    def _alone(self, step: str) -> tuple[float, float] | None:
        """The limit of a step and the longest one in its steps that is enough alone; None where none is."""
        limit, grid = self._limits[step], LEAST[self._limits[step].unit]
        least = max(1, math.ceil(self._work(step) / self._in_days(grid, limit)))
        most = math.ceil(_amount(limit) / grid) - 1

        def enough(steps: int) -> bool:
            return self._enough({step: _given(limit, steps * grid)})

        if least > most or not enough(least):
            return None
        while least < most:
            middle = (least + most + 1) // 2
            least, most = (middle, most) if enough(middle) else (least, middle - 1)
        return self._in_days(_amount(limit), limit), self._in_days(least * grid, limit)

    def _in_days(self, amount: float, limit: Duration) -> float:
        return _given(limit, amount).mean_working_days(self._day)

    def _work(self, step: str) -> float:
        """Working days that the officers' work on a file takes where it is stated: no limit is kept below it."""
        efforts: tuple[Effort, ...] = self._variant.flows[self._missed.process][0].efforts.get(step, ())
        return sum(e.work.mean_working_days(self._day) for e in efforts if e.work and not e.when)

    def _enough(self, limits: Mapping[str, Duration]) -> bool:
        """Whether the figure has come down to the target where some steps have other limits."""
        flows = self._variant.flows[self._missed.process]
        changed = tuple(replace(f, process=_with_limits(f.process, limits)) for f in flows)
        variant = replace(self._variant, flows={**self._variant.flows, self._missed.process: changed})
        return self._value(variant) <= self._missed.target.wanted.highest + SAME

    def _value(self, variant: PreparedVariant) -> float:
        """The target's statistic of the same cases in another variant."""
        prepared, target = self._comparison.prepared, self._missed.target
        found = []
        for replication in range(min(REPLICATIONS, self._comparison.runs)):
            draws = Draws(self._comparison.seed, replication)
            played_once = played(prepared, variant, self._comparison.staff, draws, often=True)
            found.append(target_cases(target, prepared, *played_once))
        return statistic(target, found)

    def _reforms(self) -> tuple[tuple[Further, ...], tuple[Further, ...]]:
        """The further reforms that could be tried, and those of them that would do alone."""
        tried: list[Further] = []
        enough: list[Further] = []
        for further, variant in further_variants(self._comparison.prepared, self._variant, self._missed):
            try:
                meets = self._missed.target.meets(self._value(variant))
            except PlannerError:  # a case that does not end is no remedy
                continue
            tried.append(further)
            if meets:
                enough.append(further)
        return tuple(tried), tuple(enough)


def _amount(limit: Duration) -> float:
    """The number of a limit that is one."""
    assert isinstance(limit.amount, int | float)
    return float(limit.amount)


def _given(limit: Duration, amount: float) -> Duration:
    return Duration.model_validate({"source": limit.source, limit.unit: amount})


def _times(limit: Duration, share: float) -> Duration:
    return _given(limit, _amount(limit) * share)


def _compressed(limit: Duration, share: float) -> Duration:
    """A share of a limit, rounded up to whole ones as 限时办结 rounds; one that is shorter than that stays."""
    now = _amount(limit)
    return _given(limit, min(now, max(1.0, math.ceil(round(now * share, 6)))))


def _with_limits(process: Process, limits: Mapping[str, Duration]) -> Process:
    """The process with other committed limits of some steps, where it has these steps.

    What classes of cases or later attempts have otherwise, and extensions, become as much longer or shorter.
    """
    here = {s: step for s, step in process.steps.items() if s in limits and step.limit.effective}
    changed = {s: step.model_copy(update=_otherwise(step, limits[s])) for s, step in here.items()}
    return process.model_copy(update={"steps": {**process.steps, **changed}})


def _otherwise(step: Step, committed: Duration) -> dict[str, Any]:
    """What changes of a step that gets another committed limit."""
    days, now = committed.mean_working_days(OFFICE_DAY), days_of(step.limit.effective, OFFICE_DAY)

    def others(limit: Limit) -> Limit:
        return _cut(limit, days / now if now else 1.0)

    return step.with_limits(lambda limit: others(limit).model_copy(update={"committed": committed}), others)


def _cut(limit: Limit, share: float) -> Limit:
    """The limit cut to a share, with any extension of it."""
    longer = {"committed": limit.effective, "extended": limit.extended}
    cut = {k: x.model_copy(update={x.unit: mean(x.amount) * share}) for k, x in longer.items() if x}
    return limit.model_copy(update=cut)
