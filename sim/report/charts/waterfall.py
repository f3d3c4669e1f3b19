"""What each part of a variant buys: from the state before to the state after, by fair shares, to the target's line."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.decide.attributed import Attributed, Attribution, Bought
from sim.records.units import SHARE
from sim.report.attributed import by_share, part_names
from sim.report.charts.style import (
    ALARM,
    FAINT,
    GOOD,
    INK,
    STRIPE,
    WARNING,
    Cell,
    bare,
    cased,
    figure,
    filled,
    headline,
    legend,
    no_chart,
)
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import number, signed
from sim.report.targets import value_words
from sim.report.words import Lang, named

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}：{before} → {after}，份额最大的是{most}（{share}）",
        "subtitle": "应得份额（Shapley），{unit}；{runs} 次重复，同一批申请人",
        "unknown": "有的组合里没有案件有此数，不能分摊",
        "towards": "朝总变化的方向",
        "against": "相反方向",
        "alone": "单独实施到此",
        "last": "最后加上时的变动",
        "target": "目标 {bound}",
        "all": "全部实施",
        "interval": "95% 区间",
    },
    "en": {
        "title": "{name}: {before} → {after}, most of it by {most} ({share})",
        "subtitle": "Fair shares (Shapley), {unit}; {runs} replications, the same applicants",
        "unknown": "Some coalition has no case with such a number, so that it is not shared out",
        "towards": "towards the whole change",
        "against": "against it",
        "alone": "alone it would reach this",
        "last": "what it does last",
        "target": "target {bound}",
        "all": "all of them",
        "interval": "95% interval",
    },
}
LEFT, RIGHT, FOOT, ROW = 4.3, 15.4, 1.25, 0.58
"""Inches: from and to where the bars run, the room below them, the height of a row."""
CELL = Cell(0.62)
TOWARDS, AGAINST = filled(GOOD), filled(ALARM, WARNING)
"""How shares are filled that go the way of the whole change, and those that go against it."""
CLEAR = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 0.6}
"""Behind a number that the line of the target may run through."""
TOTAL = "#8A94A3"
"""Of the states before and after."""


@dataclass(frozen=True)
class Shared:
    """One number shared out among the parts of a variant, in one language."""

    attribution: Attribution
    found: Attributed
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def name(self) -> str:
        """What is shared out."""
        return named(self.lang, self.found.question.name)


def waterfall(view: Shared) -> Figure:
    """A bar for each part where the one before it ends, its interval, and what it does alone and last."""
    if not view.found.known:
        return no_chart(view.name, view.say("unknown"))
    names = ends(view)
    height = FOOT + 1.5 + ROW * len(names)
    drawn = figure(16, height)
    top = height - headline(drawn, *headings(view)) - 0.45
    box = (LEFT / 16, FOOT / height, (RIGHT - LEFT) / 16, (top - FOOT) / height)
    axes = drawn.add_axes(box, label="waterfall")
    bars(axes, view, CELL)
    axes.set_yticks(range(len(names)), ["\n".join(wrapped(name, 19)) for name in names], size=12)
    handles = explained(view)
    legend(drawn, handles, 11.5, columns=len(handles), length=1.4, gap=1.4)
    return drawn


def headings(view: Shared) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    found, unit = view.found, view.found.question.unit
    most = by_share(found)[0]
    title = view.say(
        "title",
        name=view.name,
        before=number(found.before.mean, unit.id),
        after=number(found.after.mean, unit.id),
        most=part_names(view.attribution, view.lang)[most.part.id],
        share=signed(most.share.mean, unit.id),
    )
    return title, view.say("subtitle", unit=named(view.lang, unit.short), runs=view.attribution.runs)


def ends(view: Shared) -> list[str]:
    """What each bar is called: the state before, the parts, the state after."""
    names = part_names(view.attribution, view.lang)
    first = named(view.lang, view.attribution.prepared.variants[0].name)
    return [first, *(names[b.part.id] for b in by_share(view.found)), view.say("all")]


def bars(axes: Axes, view: Shared, cell: Cell, ticks: int = 8) -> None:
    """Draw the bars from the top down, a row for each, and the line of the target."""
    found, unit, rows = view.found, view.found.question.unit, by_share(view.found)
    levels = [found.before.mean]
    for row, bought in enumerate(rows, start=1):
        levels.append(levels[-1] + bought.share.mean)
        _part(axes, view, row, levels[-2], bought, cell)
    for row, level in ((0, found.before.mean), (len(rows) + 1, found.after.mean)):
        axes.barh(row, level, cell.bar, color=TOTAL, linewidth=0, label="end")
        axes.annotate(number(level, unit.id), (level, row), (5, 0), textcoords="offset points", va="center", size=12.5,
                      bbox=CLEAR, zorder=5)  # fmt: skip
    for row, level in enumerate(levels[:-1]):
        axes.plot(
            [level, level], [row + cell.bar / 2, row + 1 - cell.bar / 2], color=FAINT, linewidth=0.9, label="step"
        )
    reached = [*levels, found.after.mean, *(found.before.mean + b.alone.mean for b in rows), 0.0]
    wanted = found.question.wanted
    if wanted is not None:
        reached.append(wanted.bound)
        axes.axvline(wanted.bound, color=INK, linewidth=2, linestyle=(0, (5, 2)), label="target")
    low, high = min(reached), max(reached)
    axes.set_xlim(low - 0.04 * (high - low) * (low < 0), high + 0.96 / ticks * (high - low or 1.0))
    axes.set_ylim(len(rows) + 1 + cell.below + 0.1, -cell.above - 0.1)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    if unit is SHARE:
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    bare(axes)


def _part(axes: Axes, view: Shared, row: int, level: float, bought: Bought, cell: Cell) -> None:
    """The bar of a part from where the one before it ends, with its interval; what it does alone and last."""
    found, unit = view.found, view.found.question.unit
    if row % 2:
        axes.axhspan(row - cell.above, row + cell.below, color=STRIPE, zorder=0)
    towards = bought.share.mean * found.whole.mean >= 0
    share, half = bought.share, cell.bar / 2
    axes.barh(row, share.mean, cell.bar, left=level, label="share", **(TOWARDS if towards else AGAINST))
    axes.plot([level + share.low, level + share.high], [row, row], color=INK, linewidth=1.6, label="interval",
              path_effects=cased())  # fmt: skip
    alone, last = found.before.mean + bought.alone.mean, level + bought.last.mean
    axes.plot(alone, row + half / 2, "o", markersize=6, color="white", markeredgecolor=INK, label="alone")
    axes.plot([last, last], [row - half, row + half], color=INK, linewidth=2.4, label="last", path_effects=cased(2.4))
    right = max(level, level + share.mean, alone, last, level + share.high)
    axes.annotate(signed(share.mean, unit.id), (right, row), (7, 0), textcoords="offset points", va="center", size=12.5)


def explained(view: Shared) -> list[Artist]:
    """What the colours and marks mean."""
    wanted = view.found.question.wanted
    handles: list[Artist] = [
        Patch(**TOWARDS, label=view.say("towards")),
        Patch(**AGAINST, label=view.say("against")),
        Line2D([], [], color=INK, linewidth=1.6, label=view.say("interval")),
        Line2D([], [], color="white", marker="o", markeredgecolor=INK, linewidth=0, label=view.say("alone")),
        Line2D([], [], color=INK, marker="|", markersize=12, linewidth=0, label=view.say("last")),
    ]
    if wanted is not None:
        bound = f"{wanted.direction.sign} {value_words(view.lang, wanted, view.found.question.unit)}"
        dashed = Line2D([], [], color=INK, linewidth=2, linestyle=(0, (5, 2)), label=view.say("target", bound=bound))
        handles.append(dashed)
    return handles
