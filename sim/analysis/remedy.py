"""What would meet a missed target: limits that an office could keep, or a reform that is not used yet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from sim.analysis.answers import Further, Remedy
from sim.analysis.boundary import last_enough
from sim.analysis.comparison import Comparison
from sim.analysis.further import further_variants
from sim.analysis.outcome import known, statistic, target_cases
from sim.analysis.playing import played
from sim.analysis.verdict import TargetResult
from sim.core.draws import Draws
from sim.core.errors import PlannerError, naming
from sim.core.phases import phase
from sim.core.progress import Tell, part_of, silent
from sim.records.measures.base import Values
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
PARTS = 128
"""Shares of all limits that are told apart; the answer is exact to under one percent."""
HALFWAY = 0.5
"""How much of the way to the target the first replication has to go, for the others to be played too."""
LEAST: Mapping[Unit, float] = {"days": 0.5, "calendar_days": 1, "hours": 1, "minutes": 30}
"""Shortest limit that an office promises, and the steps in which it comes down."""


def remedies(comparison: Comparison, tell: Tell = silent) -> dict[str, Remedy]:
    """Target → what would meet it, for every missed target of the cases of one process.

    `tell` is told how many of them are done.
    """
    missed = [r for r in comparison.targets if r.verdict == "missed" and _of_cases(r)]
    with phase("remedies"), naming(comparison.prepared.where):
        searches = [_Search(comparison, r, part_of(tell, i, len(missed))) for i, r in enumerate(missed)]
        found = {r.target.id: search.remedy() for r, search in zip(missed, searches, strict=True)}
    return {target: remedy for target, remedy in found.items() if remedy.limited or remedy.tried}


def _of_cases(result: TargetResult) -> bool:
    return len(result.processes) == 1 and isinstance(result.target.statistic_record, OfCases)


class _Search:
    """The search for what would meet one missed target."""

    def __init__(self, comparison: Comparison, missed: TargetResult, tell: Tell) -> None:
        self._comparison, self._missed, self._tell = comparison, missed, tell
        self._variant = next(v for v in comparison.prepared.variants if v.id == missed.target.variant)
        self._played: dict[tuple[tuple[str, str, float], ...], float] = {}
        self._day = hours_of(comparison.prepared.variants[0].place.hours["office"]).day_seconds

    def remedy(self) -> Remedy:
        """Limits that would do together, each that would do alone, and reforms that would."""
        tried, enough = self._reforms()
        parts = len(self._limits) + 2
        self._tell(1, parts)
        if not self._movable:
            return Remedy(None, {}, reforms=enough, tried=tried, limited=False)
        zero = self._enough(self._figure({s: _times(limit, 0.0) for s, limit in self._limits.items()}))
        together = self._together() if zero else None
        alone: dict[str, tuple[float, float]] = {}
        for i, step in enumerate(self._limits if zero else ()):
            self._tell(i + 2, parts)
            if found := self._alone(step):
                alone[step] = found
        return Remedy(
            together=together,
            alone=alone,
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

        def figure(part: int) -> float:
            return self._figure({s: _compressed(limit, part / PARTS) for s, limit in self._limits.items()})

        if not self._enough(figure(0)):
            return None
        low = last_enough(figure, 0, PARTS, self._most) / PARTS
        return math.floor(low * 1000) / 1000  # what is told still does

    def _alone(self, step: str) -> tuple[float, float] | None:
        """The limit of a step and the longest one in its steps that is enough alone; None where none is."""
        limit, grid = self._limits[step], LEAST[self._limits[step].unit]
        least = max(1, math.ceil(self._work(step) / self._in_days(grid, limit)))
        most = math.ceil(_amount(limit) / grid) - 1

        def figure(steps: int) -> float:
            return self._figure({step: _given(limit, min(steps * grid, _amount(limit)))})

        if least > most or not self._enough(figure(least)):
            return None
        found = last_enough(figure, least, most + 1, self._most)
        return self._in_days(_amount(limit), limit), self._in_days(found * grid, limit)

    def _in_days(self, amount: float, limit: Duration) -> float:
        return _given(limit, amount).mean_working_days(self._day)

    def _work(self, step: str) -> float:
        """Working days that the officers' work on a file takes where it is stated: no limit is kept below it."""
        efforts: tuple[Effort, ...] = self._variant.flows[self._missed.process][0].efforts.get(step, ())
        return sum(e.work.mean_working_days(self._day) for e in efforts if e.work and not e.when)

    @property
    def _most(self) -> float:
        """The highest figure that meets the target."""
        return self._missed.target.wanted.highest + SAME

    def _enough(self, figure: float) -> bool:
        """Whether a figure has come down to the target."""
        return figure <= self._most

    def _figure(self, limits: Mapping[str, Duration]) -> float:
        """The target's statistic where some steps have other limits; the same limits are played once."""
        if all(limit == self._limits[step] for step, limit in limits.items()):
            return statistic(self._missed.target, self._base)
        key = tuple(sorted((step, limit.unit, _amount(limit)) for step, limit in limits.items()))
        if key not in self._played:
            flows = self._variant.flows[self._missed.process]
            changed = tuple(replace(f, process=_with_limits(f.process, limits)) for f in flows)
            variant = replace(self._variant, flows={**self._variant.flows, self._missed.process: changed})
            self._played[key] = self._value(variant)
        return self._played[key]

    def _value(self, variant: PreparedVariant) -> float:
        """The target's statistic of the same cases in another variant.

        Of one that goes less than half of the way to the target in the first replication, it is what that tells.
        """
        first = self._cases(variant, 0)
        before, now = statistic(self._missed.target, self._base), statistic(self._missed.target, [first])
        moved = now - statistic(self._missed.target, self._base[:1])
        edge = min(max(before, self._missed.target.wanted.lowest), self._missed.target.wanted.highest)
        if math.isfinite(moved) and moved * (edge - before) < HALFWAY * (edge - before) ** 2:
            return before + moved
        others = [self._cases(variant, replication) for replication in range(1, len(self._base))]
        return statistic(self._missed.target, [first, *others])

    @cached_property
    def _base(self) -> list[Values]:
        """The target's measure of the cases of the variant as it is, replication by replication."""
        values = self._comparison.values[self._variant.id][self._missed.target.id]
        processes = self._missed.processes
        runs = range(min(REPLICATIONS, self._comparison.runs))
        return [np.concatenate([known(values[process][run]) for process in processes]) for run in runs]

    def _cases(self, variant: PreparedVariant, replication: int) -> Values:
        """The target's measure of the cases of a replication of another variant."""
        prepared, draws = self._comparison.prepared, Draws(self._comparison.seed, replication)
        once = played(prepared, variant, self._comparison.staff, draws, often=True)
        return target_cases(self._missed.target, prepared, *once)

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
