"""How the cases of each variant spread, against the target and its scope, with the mean and its interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.records.measures.register import MEASURES
from sim.report.charts.sample import Days, Question, Sample, question, samples
from sim.report.charts.style import FAINT, INK, Lang, bare, figure, headline
from sim.report.charts.target_lines import bound_for, decisive, draw_targets, judged_words
from sim.report.charts.target_words import scope_words
from sim.report.charts.view import View
from sim.report.charts.writing import precise, wrapped
from sim.spec.categories import Category

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}，{measure}：平均 {b} → {a} {unit}",
        "one": "{name}，{measure}：平均 {a} {unit}",
        "judged": "；",
        "subtitle": "{source}；◆ 平均值与 95% 区间。口径：{scope}",
        "all": "{runs} 次模拟的全部办件", "first": "条形为第 1 次模拟的办件",
        "mean": "平均 {mean}", "interval": "（{low}–{high}）", "within": "{n} 件中 {share} 不超过 {bound}",
        "axis": "{measure}（{unit}）",
        "none": "没有一个办件办结",
    },
    "en": {
        "title": "{name}. {measure}: mean {b} → {a} {unit}",
        "one": "{name}. {measure}: mean {a} {unit}",
        "judged": "; ",
        "subtitle": "{source}; ◆ mean and 95 % interval. Scope: {scope}",
        "all": "All cases of {runs} replications", "first": "Bars: cases of the first replication",
        "mean": "mean {mean}", "interval": " ({low}–{high})", "within": "{share} of {n} cases within {bound}",
        "axis": "{measure} ({unit})",
        "none": "No case ended with a grant",
    },
}  # fmt: skip
BINS, PEAK = 72, 0.72
"""Bars of a row, and the height of the highest as a share of the row."""
ROW, LABELS, NUMBERS, FOOT, NAMED = 1.0, 2.7, 3.5, 0.85, 0.28
"""Inches: a row, room for names at the left, for numbers at the right, for the axis, and for the name of a target."""
LATE = "#D9A79C"
"""Cases beyond the target."""


def distribution(view: View) -> Figure:
    """One row per variant: how many cases take how long, coloured by whether they keep the target."""
    words, asked = WORDS[view.lang], question(view)
    rows = samples(view, asked)
    height = 2.1 + ROW * max(len(rows), 1) + NAMED * len(asked.targets)
    drawn = figure(16, height)
    if not rows:
        headline(drawn, view.name, words["none"])
        return drawn
    source = words["all"].format(runs=view.comparison.runs) if rows[0].every else words["first"]
    subtitle = words["subtitle"].format(source=source, scope=scope_words(view, asked.scope))
    top = height - headline(drawn, _title(view, asked, rows), subtitle) - 0.15 - NAMED * len(asked.targets)
    axes = drawn.add_axes((LABELS / 16, FOOT / height, (16 - LABELS - NUMBERS) / 16, (top - FOOT) / height))
    _frame(axes, view, asked, rows)
    longest = max(float(s.days.max()) for s in rows)
    for i, sample in enumerate(rows):
        bound = bound_for(asked, sample)
        _bars(axes, sample, bins(longest, bound), i, bound)
        _mean(axes, sample, i)
        _numbers(axes, view, sample, i, bound)
    draw_targets(axes, view, asked, [s.variant.id for s in rows])
    return drawn


def _title(view: View, asked: Question, rows: Sequence[Sample]) -> str:
    words, measure = WORDS[view.lang], MEASURES[asked.measure]
    result = decisive(asked)
    judged = next((s for s in rows if result and s.variant.id == result.target.variant), rows[-1])
    title = words["title" if len(rows) > 1 else "one"].format(
        name=view.name, measure=view.say(measure.name), b=precise(rows[0].mean.mean), a=precise(judged.mean.mean),
        unit=view.say(measure.unit.counted or measure.unit.short))  # fmt: skip
    return title + (words["judged"] + judged_words(view, result) if result else "")


def _frame(axes: Axes, view: View, asked: Question, rows: Sequence[Sample]) -> None:
    words, measure = WORDS[view.lang], MEASURES[asked.measure]
    axes.set_ylim(len(rows) - 0.7, -0.9)
    axes.set_xlim(0, max(float(s.days.max()) for s in rows) * 1.01)
    names = ["\n".join(wrapped(view.say(s.variant.name), 13)) for s in rows]
    axes.set_yticks([i - 0.25 for i in range(len(rows))], names, size=13)
    axis = words["axis"].format(measure=view.say(measure.name), unit=view.say(measure.unit.short))
    axes.set_xlabel(axis, size=12.5)
    bare(axes)


def bins(longest: float, bound: float | None) -> Days:
    """The edges of the bars; one lies just above the target, so that no bar holds cases from both sides of it."""
    width = max(longest, 1e-6) / BINS
    if bound is not None and bound > width / 2:
        width = bound / round(bound / width)
    edges = np.arange(0, longest + 2 * width, width)
    edges[1:] += 1e-9
    return edges


def _bars(axes: Axes, sample: Sample, edges: Days, row: int, bound: float | None) -> None:
    """How many cases take how long; the highest bar of every variant is as high."""
    counts, _ = np.histogram(sample.days, edges)
    width = edges[1] - edges[0]
    late = edges[:-1] + width / 2 > (np.inf if bound is None else bound)
    axes.bar(edges[:-1], -counts / counts.max() * PEAK, width, bottom=row, align="edge", linewidth=0,
             color=np.where(late, LATE, Category.CIRCULATION.colour), label=f"cases {sample.variant.id}")  # fmt: skip
    axes.axhline(row, color=FAINT, linewidth=0.6)


def _mean(axes: Axes, sample: Sample, row: int) -> None:
    """The mean with its interval, under the bars."""
    mean, name = sample.mean, sample.variant.id
    if np.isfinite(mean.low):
        axes.plot([mean.low, mean.high], [row + 0.1] * 2, color=INK, linewidth=1.8, marker="|", markersize=11,
                  markeredgewidth=1.8, label=f"interval {name}")  # fmt: skip
    axes.plot(mean.mean, row + 0.1, marker="D", markersize=6.5, color=INK, markeredgecolor="white", clip_on=False,
              label=f"mean {name}")  # fmt: skip


def _numbers(axes: Axes, view: View, sample: Sample, row: int, bound: float | None) -> None:
    """The mean with its interval, and the share of the cases within the target, in words at the right."""
    words, mean, right = WORDS[view.lang], sample.mean, axes.get_yaxis_transform()
    text = words["mean"].format(mean=precise(mean.mean))
    if np.isfinite(mean.low):
        text += words["interval"].format(low=precise(mean.low), high=precise(mean.high))
    axes.text(1.015, row - 0.42, text, transform=right, size=13.5, va="center", label="mean")
    if bound is not None:
        text = words["within"].format(n=len(sample.days), share=f"{sample.within(bound):.0%}", bound=f"{bound:g}")
        axes.text(1.015, row - 0.12, text, transform=right, size=12, va="center", color=FAINT, label="within")
