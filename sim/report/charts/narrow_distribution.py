"""How the cases of each variant spread, for a phone: each with its numbers above its bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.analysis.verdict import TargetResult
from sim.report.charts import distribution as wide
from sim.report.charts.distribution_rows import Question, VariantRow, question, variant_rows
from sim.report.charts.narrow import NAME, TEXT, Block, headed, keys, panel, stacked, words
from sim.report.charts.style import FAINT, bare
from sim.report.charts.target_lines import bound_for, colour_of, day_of, judged_of, judged_words
from sim.report.charts.view import View

TALL, BINS = 0.8, 36
"""Inches of the bars of a variant, and how many there are."""
TARGET = (0, (5, 2))


def narrow_distribution(view: View) -> Figure:
    """The same rows as in the wide drawing, one below the other, and the targets in words below them."""
    asked = question(view)
    rows = variant_rows(view, asked)
    if not rows:
        return stacked(headed(view.name, wide.WORDS[view.lang]["none"]))
    blocks = [*headed(*wide.headings(view, asked, rows))]
    for shown in rows:
        blocks += _row(view, asked, rows, shown)
    return stacked([*blocks, *keys(list(_targets(view, asked)))] if asked.targets else blocks)


def _row(view: View, asked: Question, rows: Sequence[VariantRow], shown: VariantRow) -> Iterator[Block]:
    longest, last = max(float(r.days.max()) for r in rows), shown is rows[-1]
    bound = bound_for(asked, shown)

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, max(longest, wide.SHORTEST) * 1.01)
        axes.set_ylim(0.3, -0.8)
        axes.set_yticks([])
        bare(axes)
        wide.bars(axes, shown, wide.bins(longest, bound, BINS), 0, bound)
        wide.mark_mean(axes, shown, 0)
        for day, result in _held(asked, shown).items():
            axes.axvline(day, color=colour_of(result), linewidth=2.2, linestyle=TARGET, zorder=1.5, label="target")
        axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        if last:
            axes.set_xlabel(wide.axis_words(view, asked), size=TEXT)
        else:
            axes.tick_params(axis="x", labelbottom=False)

    mean, within = wide.numbers(view, asked, shown)
    yield words(view.say(shown.variant.name), NAME, after=0.0)
    yield words(mean, after=0.0, label="mean")
    yield words(within, color=FAINT, after=0.04, label="within")
    yield panel(TALL, draw, below=0.62 if last else 0.14)


def _held(asked: Question, shown: VariantRow) -> dict[float, TargetResult]:
    """The days at which a line runs through the row of a variant: of its own targets where several have their own."""
    held = [r for r in reversed(asked.targets) if not _several(asked) or r.target.variant == shown.variant.id]
    return {day_of(result): result for result in held}


def _several(asked: Question) -> bool:
    return len({result.target.variant for result in asked.targets}) > 1


def _targets(view: View, asked: Question) -> Iterator[Artist]:
    """Each target with its verdict."""
    for result in asked.targets:
        told = judged_of(view, result) if _several(asked) else judged_words(view, result)
        yield Line2D([], [], color=colour_of(result), linewidth=2.2, linestyle=TARGET, label=told)
