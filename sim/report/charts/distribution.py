"""How the cases of each variant spread, against the target and its scope, with the mean and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.records.measures.base import Values
from sim.records.measures.register import MEASURES
from sim.report.charts.distribution_rows import Question, VariantRow, question, variant_rows
from sim.report.charts.style import FAINT, INK, bare, figure, headline
from sim.report.charts.target_lines import bound_for, decisive, draw_targets, held_against, judged_words
from sim.report.charts.target_words import scope_words
from sim.report.charts.view import View
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import Written, exact, percent, precise, runs_of
from sim.report.plurals import agreeing
from sim.report.words import Lang
from sim.spec.categories import Category

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}，{measure}：平均 {b} → {a} {unit}",
        "one": "{name}，{measure}：平均 {a} {unit}",
        "judged": "；",
        "subtitle": "{runs} 次模拟的全部办件；◆ 平均值与 95% 区间。口径：{scope}",
        "other": "；{measure}平均 {b} → {a}",
        "other_one": "；{measure}平均 {a}",
        "mean": "平均 {mean}",
        "interval": "（{low}–{high}）",
        "within": "{n} 件中 {share} 不超过 {bound}",
        "axis": "{measure}（{unit}）",
        "none": "没有一个办件办结",
    },
    "en": {
        "title": "{name}. {measure}: mean {b} → {a} {unit}",
        "one": "{name}. {measure}: mean {a} {unit}",
        "judged": "; ",
        "subtitle": "All cases of {runs} replications; ◆ mean and 95 % interval. Scope: {scope}",
        "other": "; {measure}: mean {b} → {a}",
        "other_one": "; {measure}: mean {a}",
        "mean": "mean {mean}",
        "interval": " ({low}–{high})",
        "within": "{share} of {n} cases within {bound}",
        "axis": "{measure} ({unit})",
        "none": "No case ended with a grant",
    },
}
BINS, PEAK = 72, 0.72
"""Bars of a row, and the height of the highest as a share of the row."""
ROW, LABELS, NUMBERS, FOOT, NAMED = 1.0, 2.7, 3.5, 0.85, 0.28
"""Inches: a row, room for names at the left, for numbers at the right, for the axis, and for the name of a target."""
SHORTEST = 1e-3
"""Least that the axis holds, where no case takes any time."""
LATE = "#D9A79C"
"""Cases beyond the target."""
MEAN: dict[str, Any] = {"marker": "D", "markersize": 6.5, "color": INK, "markeredgecolor": "white"}
INTERVAL: dict[str, Any] = {"marker": "|", "markersize": 11, "color": INK, "markeredgewidth": 1.8, "linewidth": 1.8}


def distribution(view: View) -> Figure:
    """One row per variant: how many cases take how long, coloured by whether they keep the target."""
    words, asked = WORDS[view.lang], question(view)
    rows = variant_rows(view, asked)
    height = 2.1 + ROW * max(len(rows), 1) + NAMED * len(asked.targets)
    drawn = figure(16, height)
    if not rows:
        headline(drawn, view.name, words["none"])
        return drawn
    top = height - headline(drawn, *headings(view, asked, rows)) - 0.15 - NAMED * len(asked.targets)
    axes = drawn.add_axes((LABELS / 16, FOOT / height, (16 - LABELS - NUMBERS) / 16, (top - FOOT) / height))
    _frame(axes, view, asked, rows)
    longest = max(float(s.days.max()) for s in rows)
    for i, shown in enumerate(rows):
        bound = bound_for(asked, shown)
        bars(axes, shown, bins(longest, bound), i, bound)
        mark_mean(axes, shown, i)
        _numbers(axes, view, asked, shown, i)
    draw_targets(axes, view, asked, [s.variant.id for s in rows])
    return drawn


def headings(view: View, asked: Question, rows: Sequence[VariantRow]) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    subtitle = filled_in(
        WORDS[view.lang]["subtitle"], runs=runs_of(view.comparison.runs), scope=scope_words(view, asked.scope)
    )
    return _title(view, asked, rows), subtitle + _other_reading(view, asked, rows)


def _title(view: View, asked: Question, rows: Sequence[VariantRow]) -> str:
    words, measure = WORDS[view.lang], MEASURES[asked.measure]
    result, judged = decisive(asked), _judged(asked, rows)
    mean = _days(asked, judged)(judged.mean.mean, "")
    title = words["title" if len(rows) > 1 else "one"].format(
        name=view.name,
        measure=view.say(measure.name),
        b=precise(rows[0].mean.mean),
        a=mean,
        unit=agreeing(mean, view.say(measure.unit.counted or measure.unit.short)),
    )
    return title + (words["judged"] + judged_words(view, result) if result else "")


def _judged(asked: Question, rows: Sequence[VariantRow]) -> VariantRow:
    """The row that the title tells of: that of the decisive target, else the last."""
    result = decisive(asked)
    return next((s for s in rows if result and s.variant.id == result.target.variant), rows[-1])


def _other_reading(view: View, asked: Question, rows: Sequence[VariantRow]) -> str:
    """The means of the other reading, beside those of the title; nothing where there is none."""
    before, after, measure = rows[0].other, _judged(asked, rows).other, MEASURES[asked.measure].other_reading
    if before is None or after is None or measure is None:
        return ""
    words, name = WORDS[view.lang]["other" if len(rows) > 1 else "other_one"], view.say(MEASURES[measure].name)
    return words.format(measure=name, b=precise(before), a=precise(after))


def _days(asked: Question, shown: VariantRow) -> Written:
    return held_against(asked, shown, "mean", lambda value, _: precise(value))


def _frame(axes: Axes, view: View, asked: Question, rows: Sequence[VariantRow]) -> None:
    axes.set_ylim(len(rows) - 0.7, -0.9)
    axes.set_xlim(0, max(*(float(s.days.max()) for s in rows), SHORTEST) * 1.01)
    names = ["\n".join(wrapped(view.say(s.variant.name), 13)) for s in rows]
    axes.set_yticks([i - 0.25 for i in range(len(rows))], names, size=13)
    axes.set_xlabel(axis_words(view, asked), size=12.5)
    bare(axes)


def axis_words(view: View, asked: Question) -> str:
    """What the axis counts."""
    measure = MEASURES[asked.measure]
    return filled_in(WORDS[view.lang]["axis"], measure=view.say(measure.name), unit=view.say(measure.unit.short))


def bins(longest: float, bound: float | None, count: int = BINS) -> Values:
    """The edges of the bars; one lies just above the target, so that no bar holds cases from both sides of it."""
    width = max(longest, 1e-6) / count
    if bound is not None and bound > width / 2:
        width = bound / round(bound / width)
    edges = np.arange(0, longest + 2 * width, width)
    edges[1:] += 1e-9
    return edges


def bars(axes: Axes, shown: VariantRow, edges: Values, row: int, bound: float | None) -> None:
    """How many cases take how long; the highest bar of every variant is as high."""
    counts, _ = np.histogram(shown.days, edges)
    width = edges[1] - edges[0]
    late = edges[:-1] + width / 2 > (np.inf if bound is None else bound)
    colours = np.where(late, LATE, Category.CIRCULATION.colour)
    style: dict[str, Any] = {"align": "edge", "linewidth": 0, "color": colours, "label": f"cases {shown.variant.id}"}
    axes.bar(edges[:-1], -counts / counts.max() * PEAK, width, bottom=row, **style)
    axes.axhline(row, color=FAINT, linewidth=0.6)


def mark_mean(axes: Axes, shown: VariantRow, row: int) -> None:
    """The mean with its interval, under the bars."""
    mean, name = shown.mean, shown.variant.id
    if np.isfinite(mean.low):
        axes.plot([mean.low, mean.high], [row + 0.1] * 2, label=f"interval {name}", **INTERVAL)
    axes.plot(mean.mean, row + 0.1, clip_on=False, label=f"mean {name}", **MEAN)


def _numbers(axes: Axes, view: View, asked: Question, shown: VariantRow, row: int) -> None:
    """The mean with its interval, and the share of the cases within the target, in words at the right."""
    right, (mean, within) = axes.get_yaxis_transform(), numbers(view, asked, shown)
    axes.text(1.015, row - 0.42, mean, transform=right, size=13.5, va="center", label="mean")
    axes.text(1.015, row - 0.12, within, transform=right, size=12, va="center", color=FAINT, label="within")


def numbers(view: View, asked: Question, shown: VariantRow) -> tuple[str, str]:
    """The mean with its interval, and the share of the cases within the target; nothing for it where there is none."""
    words, mean = WORDS[view.lang], shown.mean
    bound, days = bound_for(asked, shown), _days(asked, shown)
    text = words["mean"].format(mean=days(mean.mean, ""))
    if np.isfinite(mean.low):
        text += words["interval"].format(low=days(mean.low, ""), high=days(mean.high, ""))
    if bound is None:
        return text, ""
    share = held_against(asked, shown, "share_within", lambda value, _: percent(value))
    within = share(shown.within(bound), "share")
    return text, words["within"].format(n=len(shown.days), share=within, bound=exact(bound, ""))
