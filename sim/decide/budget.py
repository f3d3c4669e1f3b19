"""A target's days shared out among departments, so that each has the same chance to keep its part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.intervals import mean, share, student
from sim.analysis.intervals import unknown as unknown_estimate
from sim.analysis.outcome import subjects
from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.core.errors import PlannerError, unknown
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.engine.counters import staff_of
from sim.records.frames import Records, all_records
from sim.records.measures import register as metrics
from sim.records.measures.base import Values
from sim.records.measures.times import counted_pieces
from sim.records.tables import SUBMISSION, Staff
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.scenario.target import Target
from sim.spec.scope import Scope

_Columns = tuple[Values, Values, Values]
RUNS = 10
"""Replications when no other number is asked for."""
MEASURES = ("counted_days", "counted_path_days")
"""What a target must be about for its days to be shared out."""
HALVINGS = 60
"""Halvings in which the chance is found: more digits than a number has."""


@dataclass(frozen=True)
class Time:
    """What one replication came to in one department; by case that comes to it."""

    days: Values
    """Counted working days in which any of its steps was under way."""
    counting: Values
    """The part of them that falls to it where moments at which several are at work are shared equally among them."""
    limits: Values
    """What the limits of its steps add up to, in working days."""
    cases: int
    """Cases in all, whether they come to it or not."""


@dataclass(frozen=True)
class Part:
    """What a department has of a target's days, and would have."""

    department: str
    coming: float
    """Share of the cases that come to it."""
    days: Estimate
    """Counted working days there now, of a case that comes."""
    part: float
    """Share of the counted time of all cases that falls to it now."""
    limit: float
    """What the limits of its steps add up to now, in working days, of a case that comes."""
    keeps: Estimate
    """Share of the cases with such limits that it handles within them."""
    budget: Estimate
    """Its days of the target, of a case that comes."""


@dataclass(frozen=True)
class Budget:
    """A target's days shared out."""

    prepared: Prepared
    target: Target
    variant: PreparedVariant
    days: float
    """What is shared out, in working days."""
    found: Estimate
    """The mean counted time now."""
    chance: Estimate
    """The chance of each department to keep its part, the same for all."""
    parts: tuple[Part, ...]
    """The largest part first."""
    seed: int
    runs: int


def budget(prepared: Prepared, name: str, *, seed: int = 1, runs: int = RUNS, workers: int = 1,
           tell: Tell = silent) -> Budget:  # fmt: skip
    """Return how a target's days are shared out among departments with the same chance for each to keep its part.

    Work side by side counts once: a moment at which several departments are at work falls to them in equal parts, and
    a department's days weigh as much as falls to it. For a mean they weigh with the share of the cases that come too;
    for whatever speaks of single cases every department counts as if the case came to it. Raises PlannerError for a
    target that there is not, or that no days can be shared out of.
    """
    target = _target(prepared, name)
    variant = next(v for v in prepared.variants if v.id == target.variant)
    found: list[dict[str, Time]] = []
    with jobs(workers, _played, (prepared, variant, target, staff_of(prepared), seed)) as run:
        for one in run(range(runs)):
            found.append(one)
            tell(len(found), runs)
    departments = sorted({department for one in found for department in one})
    if not departments:
        raise PlannerError(f"{name}: no department has counted time in its scope; nothing can be shared out")
    days = _days(target)
    whole = _split(found, departments, days, target)
    without = [_split([*found[:n], *found[n + 1 :]], departments, days, target) for n in range(runs)]
    chance = student(whole[0], np.array([one[0] for one in without]), runs, CONFIDENCE)
    parts = [
        _part(department, found, student(whole[1][i], np.array([one[1][i] for one in without]), runs, CONFIDENCE))
        for i, department in enumerate(departments)
    ]
    total = mean([_total(one) for one in found])
    parts.sort(key=lambda part: -part.budget.mean)
    return Budget(prepared, target, variant, days, total, chance, tuple(parts), seed, runs)


def _target(prepared: Prepared, name: str) -> Target:
    targets = {target.id: target for target in prepared.scenario.targets}
    if name not in targets:
        raise PlannerError(unknown("target", name, targets))
    target = targets[name]
    if target.measure not in MEASURES:
        able = [t.id for t in targets.values() if t.measure in MEASURES]
        others = f"; {' or '.join(able)} can be" if able else ""
        raise PlannerError(f"{name} is about {target.measure}, of which no days can be shared out{others}")
    _days(target)
    return target


def _days(target: Target) -> float:
    """The days of a target: its bound, or the limit of those that it asks a share of the cases to keep."""
    if target.limit is not None:
        return target.limit
    if target.direction.sign != "≤" or target.value_unit.id == "share":
        raise PlannerError(f"{target.id} sets no most days, so that none can be shared out")
    return target.bound


def _played(common: tuple[Prepared, PreparedVariant, Target, Staff, int], number: int) -> dict[str, Time]:
    prepared, variant, target, staff, seed = common
    tables, log = played(prepared, variant, staff, Draws(seed, number), often=True)
    found = all_records(tables, log)
    each = [_times(found[process], variant, target.scope) for process in subjects(target, prepared)]
    cases = sum(count for _, count in each)
    departments = dict.fromkeys(department for times, _ in each for department in times)
    return {d: _joined([times[d] for times, _ in each if d in times], cases) for d in departments}


def _joined(parts: Sequence[_Columns], cases: int) -> Time:
    days, counting, limits = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Time(days, counting, limits, cases)


def _times(records: Records, variant: PreparedVariant, scope: Scope) -> tuple[dict[str, _Columns], int]:
    """Department → days, what falls to it, and limits, by case of one process that comes; and how many cases count."""
    chosen = records.holding(scope.when)[records.of_cases["case"]]
    scope = scope.model_copy(update={"when": {}})
    counting = chosen & ~np.isnan(metrics.values("counted_days", records, scope))
    scopes = {d: scope.model_copy(update={"steps": steps}) for d, steps in _steps(records, variant, scope).items()}
    days, falling = _shared(records, scopes)
    found = {}
    for i, (department, own) in enumerate(scopes.items()):
        comes = counting & (days[i] > 0)
        if comes.any():
            limits = np.nan_to_num(metrics.values("promised_days", records, own))
            found[department] = (days[i][comes], falling[i][comes], limits[comes])
    return found, int(counting.sum())


def _steps(records: Records, variant: PreparedVariant, scope: Scope) -> dict[str, tuple[str, ...]]:
    """Department that acts → its steps in the scope; a common window that takes papers in for others handles none."""
    found: dict[str, dict[str, None]] = {}
    for node in (node for node in records.nodes if node.department and node.kind != SUBMISSION):
        acting = variant.place.acting(node.department)
        for step in node.steps:
            if scope.steps is None or step in scope.steps:
                found.setdefault(acting, {})[step] = None
    return {department: tuple(steps) for department, steps in found.items()}


def _shared(records: Records, scopes: Mapping[str, Scope]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By department and case: its counted days, and what falls to it where moments are shared equally."""
    pieces = [counted_pieces(records, scope) for scope in scopes.values()]
    days, falling = (np.zeros((len(pieces), records.size)) for _ in range(2))
    case = np.concatenate([np.repeat(where, 2) for where, _, _ in pieces])
    moments = np.concatenate([np.stack([start, end], axis=1).ravel() for _, start, end in pieces])
    change = np.concatenate([np.tile([1, -1], len(where)) for where, _, _ in pieces])
    who = np.concatenate([np.full(2 * len(where), i) for i, (where, _, _) in enumerate(pieces)])
    order = np.lexsort((moments, case))
    case, moments, change, who = (column[order] for column in (case, moments, change, who))
    lengths = np.append(records.office_days(moments[:-1], moments[1:]), 0.0) if len(case) else moments
    at_work = np.zeros(len(pieces), dtype=np.int64)
    for n in range(len(case)):
        at_work[who[n]] += change[n]
        busy = at_work > 0
        if n + 1 < len(case) and case[n + 1] == case[n] and busy.any():
            days[busy, case[n]] += lengths[n]
            falling[busy, case[n]] += lengths[n] / busy.sum()
    return days, falling


def _split(found: Sequence[dict[str, Time]], departments: Sequence[str], days: float,
           target: Target) -> tuple[float, list[float]]:  # fmt: skip
    samples, weights = [], []
    for department in departments:
        times = [one[department] for one in found if department in one]
        own = np.concatenate([time.days for time in times]) if times else np.zeros(1)
        falling = sum(float(time.counting.sum()) for time in times)
        coming = sum(len(time.days) for time in times) / max(sum(next(iter(one.values())).cases for one in found), 1)
        samples.append(own)
        weights.append(falling / max(float(own.sum()), 1e-12) * (coming if target.statistic == "mean" else 1.0))
    return split(samples, weights, days)


def split(samples: Sequence[Values], weights: Sequence[float], days: float) -> tuple[float, list[float]]:
    """Return the chance, and everybody's days: the quantiles of the samples at it, which weighed add up to `days`.

    Where even the longest add up to less, the chance is 1 and all have more in proportion; where the shortest add up
    to more, it is 0 and all have less.
    """
    ordered = [np.sort(sample) for sample in samples]

    def at(chance: float) -> list[float]:
        return [float(np.quantile(sample, chance)) for sample in ordered]

    def total(chance: float) -> float:
        return float(np.dot(weights, at(chance)))

    for end in (0.0, 1.0):
        if (total(end) >= days) if end == 0 else (total(end) <= days):
            return end, [own * days / total(end) for own in at(end)]
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        half = (low + high) / 2
        low, high = (half, high) if total(half) < days else (low, half)
    return high, at(high)


def _part(department: str, found: Sequence[dict[str, Time]], days: Estimate) -> Part:
    times = [one[department] for one in found if department in one]
    every = sum(float(time.counting.sum()) for one in found for time in one.values())
    own = [time.days for time in times]
    return Part(
        department=department,
        coming=sum(map(len, own)) / max(sum(next(iter(one.values())).cases for one in found), 1),
        days=mean(own),
        part=sum(float(time.counting.sum()) for time in times) / every if every else 0.0,
        limit=float(np.concatenate([time.limits for time in times]).mean()),
        keeps=_keeps(times),
        budget=days,
    )


def _keeps(times: Sequence[Time]) -> Estimate:
    """The share of the cases that have a limit that are handled within it."""
    sample = [(time.days <= time.limits + 1e-9)[time.limits > 0].astype(float) for time in times]
    return share(sample) if any(map(len, sample)) else unknown_estimate(math.nan, 0, CONFIDENCE)


def _total(one: dict[str, Time]) -> Values:
    """The mean counted time of a replication, as one number."""
    cases = next(iter(one.values())).cases if one else 0
    return np.array([sum(float(time.counting.sum()) for time in one.values()) / cases]) if cases else np.zeros(0)
