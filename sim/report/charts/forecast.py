"""A forecast from records beside what came: the spans of cases on the left, how far it is off on the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.learn.forecasting.validation import SHARES, Distance, Validation
from sim.report.charts.style import ALARM, FAINT, GOOD, INK, Cell, bare, cased, figure, headline
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import number
from sim.report.words import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "预测偏差 {held_out} 个工作日，为数据自身噪声（{floor}）的 {ratio} 倍",
        "subtitle": "用 {split} 之前的数据预测之后至 {last} 的 {n} 个新案件；曲线：案件全程；横条和标记："
        "分布之间的距离",
        "span": "案件首个至末个事件的工作日", "share": "在此之内的案件",
        "distance": "与实际分布的距离（工作日）",
        "came": "实际", "forecast": "预测", "recent": "近期重抽", "last_year": "去年同期", "floor": "噪声底",
        "case": "新案件全程", "under way": "在办案件剩余", "step": "至“{name}”",
    },
    "en": {
        "title": "The forecast is {held_out} working days off, {ratio} times the noise of the log itself ({floor})",
        "subtitle": "Foretold from before {split}, of {n} cases that began from then to {last}; curves: their spans, "
        "bars and marks: how far distributions are apart",
        "span": "Working days from the first event of a case to its last", "share": "Cases within",
        "distance": "Distance from what came (working days)",
        "came": "what came", "forecast": "forecast", "recent": "recent cases again", "last_year": "last year again",
        "floor": "noise floor",
        "case": "new cases", "under way": "cases under way, what is left", "step": "to {name}",
    },
}  # fmt: skip
LINES: dict[str, dict[str, Any]] = {
    "came": {"color": INK, "linewidth": 2.6},
    "forecast": {"color": GOOD, "linewidth": 2.6, "linestyle": "--"},
    "recent": {"color": ALARM, "linewidth": 1.4, "linestyle": "-."},
    "last_year": {"color": FAINT, "linewidth": 1.4, "linestyle": ":"},
}
"""Distribution → its line."""
MARKS: dict[str, dict[str, Any]] = {
    "forecast": {"marker": "o", "color": GOOD, "markersize": 10},
    "recent": {"marker": "D", "color": ALARM, "markersize": 7, "markerfacecolor": "white"},
    "last_year": {"marker": "s", "color": FAINT, "markersize": 7, "markerfacecolor": "white"},
}
"""What a distance is of → its mark; that of the forecast is drawn last."""
MOST = 14
"""Rows of distances that are drawn: those of most cases."""


@dataclass(frozen=True)
class Foretold:
    """A forecast and what came, in one language."""

    found: Validation
    steps: Sequence[str]
    """What the steps are called, by number."""
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def rows(self) -> Sequence[Distance]:
        """The distances that are drawn."""
        return self.found.distances[:MOST]

    def name(self, distance: Distance) -> str:
        """What a distance is of."""
        if distance.what in WORDS[self.lang]:
            return self.say(distance.what)
        return self.say("step", name=self.steps[int(distance.what)])


def forecast(view: Foretold) -> Figure:
    """How the spans of cases are spread on the left, the distances on the right."""
    rows = view.rows
    drawn = figure(16, max(6.5, 3.2 + 0.5 * len(rows)))
    height = drawn.get_size_inches()[1]
    top = 1 - (headline(drawn, *headings(view)) + 0.3) / height
    foot = 0.9 / height
    left = drawn.add_axes((0.06, foot, 0.39, top - foot), label="spans")
    spans(left, view)
    left.tick_params(axis="x", pad=7)
    left.set_xlabel(view.say("span"))
    left.set_ylabel(view.say("share"))
    axes = drawn.add_axes((0.63, foot, 0.35, top - foot), label="distances")
    distances(axes, view, Cell(0.62))
    names = ["\n".join(wrapped(row_name(view, row), 20)[:2]) for row in rows]
    axes.set_yticks(range(len(rows)), names, size=11)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(view.say("distance"))
    for panel, place in ((left, "lower right"), (axes, "best")):
        handles = explained(panel)
        panel.legend(handles, [str(one.get_label()) for one in handles], frameon=False, fontsize=12, loc=place)
    return drawn


def headings(view: Foretold) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    found, case = view.found, view.found.distances[0]
    held_out, floor = (number(days, "working_days") for days in (case.held_out, case.floor))
    title = view.say("title", held_out=held_out, floor=floor, ratio=f"{case.ratio:.1f}")
    return title, view.say("subtitle", split=found.split, last=found.last, n=case.n)


def row_name(view: Foretold, row: Distance) -> str:
    """What a distance is of, and of how many cases."""
    return f"{view.name(row)} ({row.n})"


def explained(axes: Axes) -> list[Artist]:
    """What lines, bars and marks of a panel mean, that of the drawing on top first."""
    return axes.get_legend_handles_labels()[0][::-1]


def spans(axes: Axes, view: Foretold) -> None:
    """Draw how the spans of cases are spread, a line for each distribution that is known."""
    spread = view.found.spread
    for name in (name for name in reversed(LINES) if name in spread):
        axes.plot(spread[name], SHARES, label=view.say(name), path_effects=cased(2.6), **LINES[name])
    axes.set_xlim(0, max(values[int(0.97 * len(values))] for values in spread.values()) or 1)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    bare(axes)


def distances(axes: Axes, view: Foretold, cell: Cell) -> None:
    """Draw a row for each distance: its floor as a bar, and a mark for each forecast."""
    named: set[str] = set()
    for at, row in enumerate(view.rows):
        if math.isfinite(row.floor):
            axes.barh(at, row.floor, cell.bar, color="#DADADA", label=view.say("floor") if not at else "_")
        values = {"forecast": row.held_out, "recent": row.recent, "last_year": row.last_year}
        for name in reversed(MARKS):
            if math.isfinite(values[name]):
                label = "_" if name in named else view.say(name)
                named.add(name)
                axes.plot([values[name]], [at], linestyle="", label=label, **MARKS[name])
    axes.set_xlim(left=0)
    axes.margins(x=0.08)
    bare(axes)
