"""From when on the system is warm, told by its cases, and whether measuring begins before that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.estimate import CONFIDENCE
from sim.analysis.intervals import difference
from sim.core.workdays import DAY
from sim.records.measures.base import Values
from sim.records.spans import Spans
from sim.records.statistics import SAME
from sim.scenario.scenario import WEEK

BATCH = 5
"""Cases of each replication that go into a mean, which gives the rule its number."""
_ROUNDING = 1e-18
"""Errors below this are those of equal numbers."""


def truncation(values: Values, batch: int = BATCH) -> int | None:
    """How many of the first values to leave out so that the mean of the rest is known best: MSER-5.

    Of the means of every `batch` values in order, the first so many are left out that the squared standard error of
    the mean of the others, as if they were independent, is least (White, Simulation 69, 1997; White, Cobb and Spratt,
    Winter Simulation Conference 2000). None where that leaves out half of them or more, or where there are fewer than
    two: so few cannot tell.
    """
    means = values[: len(values) // batch * batch].reshape(-1, batch).mean(axis=1)
    if len(means) < 2:
        return None
    half = len(means) // 2
    errors = np.array([means[left:].var() / (len(means) - left) for left in range(half + 1)])
    least = int(np.argmin(np.where(errors < _ROUNDING, 0.0, errors)))
    return None if least == half else least * batch


@dataclass(frozen=True)
class Warming:
    """From when on one process of one variant is warm, and whether it is before measuring begins."""

    variant: str
    process: str
    measured_from: float
    """Days at which measuring begins, after the first on which cases come."""
    warm_from: float | None
    """Days from which its cases are alike, counted likewise; None where so few cannot tell, or none are."""
    early: float
    """Mean working days of the measured cases that came before it was warm; where that is not known, of the first
    half of the measured time."""
    later: float
    """Mean working days of those that came after."""
    cold: bool
    """Whether it is not warm yet when measuring begins: the two differ by more than luck."""
    enough: int | None
    """The warm-up that would do, in weeks of a window or else in cases; None where that is not known."""


def warming(variant: str, process: str, found: Sequence[Spans], in_weeks: bool, processes: int) -> Warming:
    """From when on a process is warm, from how long its cases took in every replication.

    The cases of all replications are lined up by their arrival, so that a batch has five of each on average. Where
    the rule leaves out measured cases, they are set against the later ones, replication by replication: it often
    leaves out some that are like the others. An interval that all processes together keep tells luck from cold.
    """
    arrived = np.concatenate([spans.arrived for spans in found])
    order = np.argsort(arrived, kind="stable")
    left_out = truncation(np.concatenate([spans.days for spans in found])[order], BATCH * len(found))
    start = float(np.mean([spans.measured_from for spans in found]))
    warm = None if left_out is None else int(arrived[order[left_out]]) if left_out else 0
    edge = _half(found) if warm is None else warm
    sides = [[_measured(spans, edge, later) for spans in found] for later in (False, True)]
    early, later = (float(np.concatenate(side).mean()) if any(map(len, side)) else math.nan for side in sides)
    apart = difference(sides[1], sides[0], 1 - (1 - CONFIDENCE) / processes)
    cold = edge > start and abs(apart.mean) > SAME and not apart.low <= 0 <= apart.high
    return Warming(
        variant, process, start / DAY, None if warm is None else warm / DAY, early, later, cold,
        None if warm is None else _enough(found, warm, in_weeks),
    )  # fmt: skip


def _measured(spans: Spans, edge: float, later: bool) -> Values:
    """The days of the measured cases that came before a moment, or later."""
    arrived, days = spans.arrived[spans.warm_up :], spans.days[spans.warm_up :]
    chosen: Values = days[(arrived >= edge) == later]
    return chosen


def _half(found: Sequence[Spans]) -> float:
    """The middle of the time in which measured cases came."""
    last = max((int(spans.arrived[-1]) for spans in found if len(spans.arrived)), default=0)
    return float(np.mean([spans.measured_from + last for spans in found])) / 2


def _enough(found: Sequence[Spans], warm: int, in_weeks: bool) -> int:
    """The weeks until it is warm, or the cases that come until then."""
    if in_weeks:
        return math.ceil(warm / (WEEK * DAY))
    return math.ceil(np.mean([np.searchsorted(spans.arrived, warm) for spans in found]))
