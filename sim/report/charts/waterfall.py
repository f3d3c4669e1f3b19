"""What each part of a variant buys: from the state before to the state after, by fair shares, to the target's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.decide.attributed import Attributed, Attribution, Bought
from sim.records.units import SHARE
from sim.report.attributed import by_share, part_names
from sim.report.charts.style import ALARM, FAINT, GOOD, INK, STRIPE, bare, figure, headline, legend, no_chart
from sim.report.charts.writing import wrapped
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
        return WORDS[self.lang][key].format(**fields)


def waterfall(view: Shared) -> Figure:
    """A bar for each part where the one before it ends, its interval, and what it does alone and last."""
    found, unit = view.found, view.found.question.unit
    name = named(view.lang, found.question.name)
    if not found.known:
        return no_chart(name, view.say("unknown"))
    rows = by_share(found)
    height = FOOT + 1.5 + ROW * (len(rows) + 2)
    drawn = figure(16, height)
    names = part_names(view.attribution, view.lang)
    title = view.say(
        "title",
        name=name,
        before=number(found.before.mean, unit.id),
        after=number(found.after.mean, unit.id),
        most=names[rows[0].part.id],
        share=signed(rows[0].share.mean, unit.id),
    )
    runs = view.attribution.runs
    subtitle = view.say("subtitle", unit=named(view.lang, unit.short), runs=runs)
    top = height - headline(drawn, title, subtitle) - 0.45
    box = (LEFT / 16, FOOT / height, (RIGHT - LEFT) / 16, (top - FOOT) / height)
    _bars(drawn.add_axes(box, label="waterfall"), view, rows)
    _legend(drawn, view)
    return drawn


def _bars(axes: Axes, view: Shared, rows: Sequence[Bought]) -> None:
    found, unit = view.found, view.found.question.unit
    names = part_names(view.attribution, view.lang)
    first = named(view.lang, view.attribution.prepared.variants[0].name)
    ends = [first, *(names[b.part.id] for b in rows), view.say("all")]
    levels = [found.before.mean]
    for row, bought in enumerate(rows, start=1):
        levels.append(levels[-1] + bought.share.mean)
        _part(axes, view, row, levels[-2], bought)
    for row, level in ((0, found.before.mean), (len(rows) + 1, found.after.mean)):
        axes.barh(row, level, 0.62, color=TOTAL, linewidth=0, label="end")
        axes.annotate(number(level, unit.id), (level, row), (5, 0), textcoords="offset points", va="center", size=12.5)
    for row, level in enumerate(levels[:-1]):
        axes.plot([level, level], [row + 0.31, row + 0.69], color=FAINT, linewidth=0.9, label="step")
    reached = [*levels, found.after.mean, *(found.before.mean + b.alone.mean for b in rows), 0.0]
    wanted = found.question.wanted
    if wanted is not None:
        reached.append(wanted.bound)
        axes.axvline(wanted.bound, color=INK, linewidth=2, linestyle=(0, (5, 2)), label="target")
    low, high = min(reached), max(reached)
    axes.set_xlim(low - 0.04 * (high - low) * (low < 0), high + 0.12 * (high - low or 1.0))
    axes.set_ylim(len(rows) + 1.6, -0.6)
    axes.set_yticks(range(len(ends)), ["\n".join(wrapped(name, 19)) for name in ends], size=12)
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
    if unit is SHARE:
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    bare(axes)


def _part(axes: Axes, view: Shared, row: int, level: float, bought: Bought) -> None:
    """The bar of a part from where the one before it ends, with its interval; what it does alone and last."""
    found, unit = view.found, view.found.question.unit
    if row % 2:
        axes.axhspan(row - 0.5, row + 0.5, color=STRIPE, zorder=0)
    towards = bought.share.mean * found.whole.mean >= 0
    share = bought.share
    axes.barh(row, share.mean, 0.62, left=level, color=GOOD if towards else ALARM, linewidth=0, label="share")
    axes.plot([level + share.low, level + share.high], [row, row], color=INK, linewidth=1.6, label="interval")
    alone, last = found.before.mean + bought.alone.mean, level + bought.last.mean
    axes.plot(alone, row + 0.16, "o", markersize=6, color="white", markeredgecolor=INK, label="alone")
    axes.plot([last, last], [row - 0.31, row + 0.31], color=INK, linewidth=2.4, label="last")
    right = max(level, level + share.mean, alone, last, level + share.high)
    axes.annotate(signed(share.mean, unit.id), (right, row), (7, 0), textcoords="offset points", va="center", size=12.5)


def _legend(drawn: Figure, view: Shared) -> None:
    wanted = view.found.question.wanted
    handles = [
        Patch(color=GOOD, label=view.say("towards")),
        Patch(color=ALARM, label=view.say("against")),
        Line2D([], [], color=INK, linewidth=1.6, label=view.say("interval")),
        Line2D([], [], color="white", marker="o", markeredgecolor=INK, linewidth=0, label=view.say("alone")),
        Line2D([], [], color=INK, marker="|", markersize=12, linewidth=0, label=view.say("last")),
    ]
    if wanted is not None:
        bound = f"{wanted.direction.sign} {value_words(view.lang, wanted, view.found.question.unit)}"
        dashed = Line2D([], [], color=INK, linewidth=2, linestyle=(0, (5, 2)), label=view.say("target", bound=bound))
        handles.append(dashed)
    legend(drawn, handles, 11.5, columns=len(handles), length=1.4, gap=1.4)
