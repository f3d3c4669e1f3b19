"""Where the days of the critical path go, for a phone: the names above the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts import time_split as wide
from sim.report.charts.narrow import NAME, SIDE, TEXT, WIDTH, Block, gap, headed, keys, panel, stacked, words
from sim.report.charts.split import Days, by_category, longest_steps, total, without
from sim.report.charts.style import FAINT, INK
from sim.report.charts.view import View
from sim.report.charts.writing import ems
from sim.report.numbers import precise

BAR, GAP, APART = 0.24, 0.09, 0.12
"""Inches of a bar, below it, and more before another kind of bars."""


def narrow_time_split(view: View) -> Figure:
    """The same bars as in the wide drawing: of the variants, of the same without works, of the longest steps."""
    splits, steps = [by_category(view, v) for v in view.variants], longest_steps(view)
    said = wide.WORDS[view.lang]
    blocks = [*headed(*wide.headings(view, splits)), *keys(wide.explained(view, splits), 1.2)]
    for title, shown in ((said["all"], splits), (said["inner"], [without(s, *wide.OUTSIDE) for s in splits])):
        blocks += [gap(APART), words(title, NAME, after=0.08), *_variants(view, shown)]
    blocks += [gap(APART), words(said["steps"], NAME, after=0.0 if len(view.variants) > 1 else 0.08)]
    if len(view.variants) > 1:
        blocks.append(words(wide.pair_words(view), color=FAINT))
    longest = max((total(days) for pair in steps.values() for days in pair), default=1.0)
    for node, pair in steps.items():
        told = [(days, wide.days_words(view, node, days)) for days in pair[: len(view.variants)]]
        blocks += _bars(view.node_name(node), told, longest)
    return stacked(blocks)


def _variants(view: View, splits: Sequence[Days]) -> Iterator[Block]:
    longest = max(max(map(total, splits)), 1e-6)
    for variant, split in zip(view.variants, splits, strict=True):
        yield from _bars(view.say(variant.name), [(split, precise(total(split)))], longest, parts=True)


def _bars(name: str, told: Sequence[tuple[Days, str]], longest: float, parts: bool = False) -> Iterator[Block]:
    """A name, and below it bars with what is written at their ends."""
    points = (WIDTH - 2 * SIDE) * 72
    room = max(ems(text) for _, text in told) * TEXT + 6

    def draw(axes: Axes) -> None:
        axes.set_axis_off()
        axes.set_xlim(0, longest * points / (points - max(room, 4 * TEXT)))
        axes.set_ylim(len(told) - 0.5, -0.5)
        for row, (days, text) in enumerate(told):
            wide.stack(axes, days, row, 0.86)
            if parts:
                wide.number_parts(axes, days, row, points)
            ink = FAINT if row < len(told) - 1 else INK
            axes.annotate(text, (total(days), row), (4, 0), textcoords="offset points", size=TEXT, va="center",
                          color=ink, label="total")  # fmt: skip

    yield words(name, after=0.0)
    yield panel(BAR * len(told), draw, below=GAP)
