"""Which assumptions move a target how far, as bars around what it comes to: the longest first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.analysis.answers import Effect
from sim.analysis.verdict import TargetResult
from sim.report.numbers import PLAIN, beside, exact, fine
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.download import Download, download
from sim.report.page.figures import source_line
from sim.report.page.picture import ends_of
from sim.report.page.swings import MOST, Effects
from sim.report.targets import bound_words, with_unit
from sim.text.spreadsheets import written


@dataclass(frozen=True)
class Bar:
    """An assumption, and what the target comes to at both ends of its range, in percent of the width."""

    label: str
    text: str
    low: float
    width: float
    turns: bool


@dataclass(frozen=True)
class Tornado:
    """The bars of one target, the line of what it comes to and that of its bound."""

    title: str
    bars: Sequence[Bar]
    estimate: float
    bound: float
    start: str
    end: str
    source: str
    """From what run its numbers are."""
    data: Download


def tornados(context: Context, effects: Effects) -> list[Tornado]:
    """A picture for every target that some assumption moves."""
    found = (_tornado(context, r, effects.get(r.target.id, ())) for r in context.comparison.targets)
    return [tornado for tornado in found if tornado is not None]


def _tornado(context: Context, result: TargetResult, effects: Sequence[Effect]) -> Tornado | None:
    moving = [e for e in effects if e.swing > 0][:MOST]
    now, bound, unit = result.estimate.mean, result.target.bound, result.target.value_unit
    if not moving or not math.isfinite(now):
        return None
    first, last = ends_of([now, bound, *(x for e in moving for x in e.ends)], unit.id)

    def at(x: float) -> float:
        return round(100 * (min(max(x, first), last) - first) / (last - first), 2)

    written = beside(result.target.meets, fine)
    bars = []
    for effect in moving:
        low, high = sorted(effect.ends)
        text = f"{written(low, unit.id)} – {written(high, unit.id)}"
        bars.append(
            Bar(
                context.assumption(effect.key, effect.part),
                text,
                at(low),
                round(at(high) - at(low), 2),
                effect.turns(result.target),
            )
        )
    title = f"{result.target.id} {targets.figure(context, result)} {bound_words(context.lang, result.target)}"
    return Tornado(
        title, bars, at(now), at(bound), exact(first, unit.id), with_unit(context.lang, exact(last, unit.id), unit),
        source_line(context), _data(context, result, moving),
    )  # fmt: skip


def _data(context: Context, result: TargetResult, moving: Sequence[Effect]) -> Download:
    """A line for each bar: both ends of the range, what the target comes to there, and whether that turns it."""
    columns = ("assumption", "range_low", "range_high", "at_low", "at_high", "now", "bound", "turns")
    rows = [
        (
            context.assumption(effect.key, effect.part), *effect.assumption.range, effect.low, effect.high,
            result.estimate.mean, result.target.bound, int(effect.turns(result.target)),
        )
        for effect in moving
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[context.say(f"tornado_{column}") for column in columns])
    return download(f"{context.comparison.prepared.scenario.id}-tornado-{result.target.id}", written(table, PLAIN))
