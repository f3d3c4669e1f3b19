"""Which days are written at an axis that leaves some out: round ones, so far apart that no two numbers touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sim.report.charts.timeline import Broken
from sim.report.charts.writing import ems
from sim.report.numbers import exact

SIZE, APART = 11.5, 8.0
"""Points of the numbers, and between two of them at least."""
STEPS = [m * 10.0**e for e in range(-3, 6) for m in (1, 2, 5)]
"""Days from one number to the next."""
MOST, FINEST = 9, 1000
"""Steps that an axis has at most, and that are looked through for a number in a stretch that else has none."""


def written_days(axis: Broken, last: float, per_day: float) -> list[float]:
    """The days up to the last one, given how many points a day is drawn wide; every stretch has one where one fits."""
    length = axis.at(last)
    fit = (s for s in STEPS if length / s < MOST and s * per_day > max(map(_wide, axis.ticks(last, s))) + APART)
    step = next(fit, STEPS[-1])
    kept: list[float] = []
    for day in axis.ticks(last, step):
        kept += [day] if _clear(axis, day, kept, per_day) else []
    for (_, start), (end, _) in pairwise([*axis.cuts, (last, last)]):
        if not any(start < day <= end for day in kept):
            finer = (s for s in reversed(STEPS) if s < step and length / s < FINEST)
            inside = (day for s in finer for day in axis.ticks(last, s) if start < day <= end)
            first = next((day for day in inside if _clear(axis, day, kept, per_day)), None)
            kept += [] if first is None else [first]
    return sorted(kept)


def _wide(day: float) -> float:
    """Points that the number of a day is wide."""
    return ems(exact(day, "")) * SIZE


def _clear(axis: Broken, day: float, others: Sequence[float], per_day: float) -> bool:
    """Whether the number of a day keeps clear of those of others."""
    place = axis.at(day)
    return all(abs(place - axis.at(other)) * per_day > (_wide(day) + _wide(other)) / 2 + APART for other in others)
