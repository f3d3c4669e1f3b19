"""A target on a line: where the baseline stood, where the model stands, and where it is met."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.analysis.verdict import TargetResult
from sim.report.numbers import exact, has_interval
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.targets import bound_words, with_unit

MARGIN = 1.06
"""How far the line goes beyond the largest value."""


@dataclass(frozen=True)
class Picture:
    """Positions on the line, in percent of its width."""

    label: str
    baseline: float | None
    low: float
    estimate: float
    high: float
    bound: float
    worlds: tuple[float, float] | None
    """Between which nine worlds in ten lie; None where none were drawn."""
    meets: tuple[float, float]
    """Where the shaded part begins, and how wide it is."""
    start: str
    end: str


def picture(context: Context, result: TargetResult) -> Picture | None:
    """The target on a line from zero on; None where there is no estimate to draw."""
    found, before, wanted = result.estimate, result.baseline.mean, result.target.wanted
    unit = result.target.value_unit
    if not math.isfinite(found.mean):
        return None
    low, high = (found.low, found.high) if has_interval(found) else (found.mean, found.mean)
    ends = (wanted.lowest, wanted.bound, wanted.highest)
    over = (result.in_worlds.low, result.in_worlds.high) if result.in_worlds else ()
    known = [x for x in (before, low, found.mean, high, *over, *ends) if math.isfinite(x)]
    first, last = ends_of(known, unit.id)

    def at(x: float) -> float:
        return round(100 * (min(max(x, first), last) - first) / (last - first), 2)

    return Picture(
        label=_label(context, result),
        baseline=at(before) if math.isfinite(before) else None,
        low=at(low),
        estimate=at(found.mean),
        high=at(high),
        bound=at(wanted.bound),
        worlds=(at(over[0]), at(over[1])) if over else None,
        meets=(at(wanted.lowest), round(at(wanted.highest) - at(wanted.lowest), 2)),
        start=exact(first, unit.id),
        end=with_unit(context.lang, exact(last, unit.id), unit),
    )


def ends_of(known: list[float], unit: str) -> tuple[float, float]:
    """Where the line begins and ends: at zero, or below it where something lies there; at a round number."""
    if unit == "share":
        return min(0.0, *known), max(1.0, *known)
    largest = max(*known, 0.0) * MARGIN or 1.0
    step = 10 ** math.floor(math.log10(largest)) / 2
    return math.floor(min(0.0, *known) / step) * step, math.ceil(largest / step) * step


def _label(context: Context, result: TargetResult) -> str:
    return context.say(
        "picture",
        figure=targets.figure(context, result),
        base=context.base,
        baseline=targets.value(context, result, result.baseline.mean),
        estimate=targets.value(context, result, result.estimate.mean),
        bound=bound_words(context.lang, result.target),
    )
