"""What changed between two results: how far each figure moved by more than luck, in percent of what it was."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawn
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.decide.moved import Difference, Figure
from sim.report.charts.style import FAINT, INK, Cell, cased, legend, no_chart, rows
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.moved import figure_words, unit_of
from sim.report.numbers import number
from sim.report.words import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{all} 个数字中 {moved} 个的变动超出其区间",
        "none": "{all} 个数字中没有一个的变动超出其区间",
        "subtitle": "相对于原值的变动，最大的 {shown} 个；原值为零的只在表格里",
        "still": "其余都可能只是抽样的运气",
        "nothing": "变动的数字原值都是零，只在表格里",
        "stated": "两个情景有 {said} 处写法不同",
        "unplayed": "没有模拟，没有可比的数字；不同之处在表格里",
        "moved": "变动",
        "luck": "只凭运气可能差到此（95%）",
    },
    "en": {
        "title": "{moved} of {all} figures moved by more than their intervals",
        "none": "None of {all} figures moved by more than its interval",
        "subtitle": "Change in percent of what was, the {shown} largest; those that were nothing are in the table only",
        "still": "What they differ by may be the luck of the draws",
        "nothing": "All that moved were nothing before; they are in the table only",
        "stated": "{said} things are stated otherwise",
        "unplayed": "Nothing was played, so that no figures can be compared; the table tells what is stated",
        "moved": "change",
        "luck": "how far luck alone may move it (95%)",
    },
}
MOST = 24
"""Figures that are drawn: those that moved farthest."""
ROW, FOOT = 0.5, 1.3
"""Inches of a row, and below them."""
BAR = "#3F6C9B"


@dataclass(frozen=True)
class Compared:
    """What is otherwise in the second of two results, in one language."""

    found: Difference
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def shown(self) -> list[Figure]:
        """The figures that are drawn, the farthest first."""
        return sorted((f for f in self.found.moved if f.old), key=lambda f: -abs(f.difference / f.old))[:MOST]


def moved(view: Compared) -> Drawn:
    """A bar for each figure that moved, the farthest first, with what it was and is, and how far luck reaches."""
    if not view.shown:
        return no_chart(*headings(view))
    names = ["\n".join(wrapped(figure_words(one, view.lang), 26)[:2]) for one in view.shown]
    drawn, axes = rows(names, *headings(view), row=ROW, foot=FOOT, left=0.34, width=0.6, label="moved")
    bars(axes, view, Cell(0.6))
    for row, one in enumerate(view.shown):
        change = one.difference / abs(one.old)
        axes.annotate(values(one), (change, row), (6 if change > 0 else -6, 0), textcoords="offset points",
                      va="center", ha="left" if change > 0 else "right", size=11, label="values")  # fmt: skip
    axes.use_sticky_edges = False  # the values are written beside the bars
    axes.margins(x=0.18)
    legend(drawn, explained(view), 12, columns=2, length=1.6, gap=1.6)
    return drawn


def headings(view: Compared) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    found = view.found
    if not found.figures:
        return view.say("stated", said=len(found.said)), view.say("unplayed")
    if not found.moved:
        return view.say("none", all=len(found.figures)), view.say("still")
    title = view.say("title", all=len(found.figures), moved=len(found.moved))
    return title, view.say("subtitle", shown=len(view.shown)) if view.shown else view.say("nothing")


def bars(axes: Axes, view: Compared, cell: Cell) -> None:
    """Draw a bar for each figure, a row each, and how far luck reaches."""
    for row, one in enumerate(view.shown):
        axes.barh(row, one.difference / abs(one.old), cell.bar, color=BAR, label="change")
        luck = one.reach / abs(one.old)
        axes.plot([-luck, luck], [row, row], color=INK, linewidth=1.6, marker="|", label="luck", path_effects=cased())
    axes.axvline(0, color=FAINT, linewidth=1.2)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def explained(view: Compared) -> list[Artist]:
    """What bars and lines mean."""
    return [
        Patch(color=BAR, label=view.say("moved")),
        Line2D([], [], color=INK, marker="|", label=view.say("luck")),
    ]


def values(one: Figure) -> str:
    """What a figure was, and what it is."""
    return " → ".join(number(value, unit_of(one)) for value in (one.old, one.new))
