"""A target's days shared out: for each department its days now, its limits now, and its part of the target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.decide.budget import Budget
from sim.report.budget import department_name
from sim.report.charts.style import FAINT, GOOD, INK, Cell, cased, legend, rows
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import brief, percent
from sim.report.words import Lang, named

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{target}：{days} 天这样分，各部门都有 {chance} 的把握",
        "subtitle": "来件的审批用时（工作日）；{variant}，{runs} 次重复",
        "now": "现在的均值",
        "budget": "应分得的天数（95% 区间）",
        "limit": "现在的时限合计",
    },
    "en": {
        "title": "{target}: {days} days shared out so that each department keeps its part in {chance} of cases",
        "subtitle": "Counted working days of a case that comes; {variant}, {runs} replications",
        "now": "mean now",
        "budget": "days shared out (95% interval)",
        "limit": "limits now, added up",
    },
}
NOW = "#B9C2CE"
CELL = Cell(0.74)
ROW, FOOT = 0.62, 1.1
"""Inches of a row, and below them."""


@dataclass(frozen=True)
class SharedOut:
    """A target's days shared out, in one language."""

    found: Budget
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)


def budget(view: SharedOut) -> Figure:
    """Two bars for each department, now and shared out, and a tick for its limits."""
    found = view.found
    names = ["\n".join(wrapped(department_name(found, p, view.lang), 19)) for p in found.parts]
    drawn, axes = rows(names, *headings(view), row=ROW, foot=FOOT, left=0.26, width=0.7, label="budget", size=12)
    bars(axes, view, CELL)
    legend(drawn, explained(view), 12, columns=3, length=1.6, gap=1.6)
    return drawn


def headings(view: SharedOut) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    found = view.found
    chance = percent(min(max(found.chance.mean, 0.0), 1.0))
    title = view.say("title", target=found.target.id, days=brief(found.days), chance=chance)
    return title, view.say("subtitle", variant=named(view.lang, found.variant.name), runs=found.runs)


def explained(view: SharedOut) -> list[Artist]:
    """What bars and ticks mean."""
    tick = Line2D([], [], color=FAINT, marker="|", markersize=12, markeredgewidth=2, linewidth=0)
    tick.set_label(view.say("limit"))
    return [Patch(color=NOW, label=view.say("now")), Patch(color=GOOD, label=view.say("budget")), tick]


def bars(axes: Axes, view: SharedOut, cell: Cell) -> None:
    """Draw two bars for each department, a row each, and the tick."""
    parts, at = view.found.parts, np.arange(len(view.found.parts))
    high, off = cell.bar / 2 - 0.01, cell.bar / 4
    axes.barh(at - off, [p.days.mean for p in parts], high, color=NOW, label="now")
    axes.barh(at + off, [p.budget.mean for p in parts], high, color=GOOD, label="budget")
    most = max(p.limit for p in parts)
    for row, part in zip(at, parts, strict=True):
        end = part.budget.mean
        if np.isfinite(part.budget.low) and np.isfinite(part.budget.high):
            axes.plot([part.budget.low, part.budget.high], [row + off] * 2, color=INK, linewidth=1.4,
                      path_effects=cased(1.4))  # fmt: skip
            end = max(end, part.budget.high)
        if 0 < part.limit - end < 0.12 * most:  # the number would stand on the tick
            end = part.limit
        axes.annotate(brief(part.budget.mean), (end, row + off), (8, 0), textcoords="offset points", va="center",
                      size=12)  # fmt: skip
    limited = [(row, p.limit) for row, p in zip(at, parts, strict=True) if p.limit > 0]
    axes.scatter([limit for _, limit in limited], [row for row, _ in limited], marker="|", s=700, color=FAINT,
                 linewidths=2, label="limit", path_effects=cased(2))  # fmt: skip
    axes.set_xlim(left=0)
    axes.locator_params(axis="x", steps=[1, 2, 5, 10])
