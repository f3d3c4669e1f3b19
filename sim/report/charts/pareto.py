"""What could be done: each choice that was tried by its cost and what it comes to, the front, the target's line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.decide.searching.searched import Searched, Tried
from sim.records.units import SHARE
from sim.report.charts.style import ALARM, FAINT, GOOD, INK, figure, headline, legend
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import number
from sim.report.searched import choice_words, cost_words, rows
from sim.report.targets import value_words
from sim.report.words import Lang, named, say

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "最省的做法：{choice}（{cost}）",
        "never": "凡能做的全部做了，也不够",
        "subtitle": "{name}，{unit}；横轴是{axis}",
        "enough": "够",
        "not_enough": "不够",
        "open": "难分",
        "front": "前沿",
        "target": "目标 {bound}",
        "choice": "{nth}. {value}：{choice}",
        "more": "同 {nth}，再加{choice}",
    },
    "en": {
        "title": "Cheapest: {choice} ({cost})",
        "never": "Not even all together is enough",
        "subtitle": "{name}, {unit}; across: {axis}",
        "enough": "enough",
        "not_enough": "not enough",
        "open": "too close to tell",
        "front": "front",
        "target": "target {bound}",
        "choice": "{nth}. {value}: {choice}",
        "more": "as {nth}, and {choice}",
    },
}
SIZE = 12.0
"""Points of the numbers of the front, and of what stands under them."""
LIST = 4.6 * 72
"""Points of a line of those."""
BOX = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 0.8}
COLOURS = {"enough": GOOD, "not_enough": ALARM, "open": FAINT}
MARKS = {"enough": "o", "not_enough": "X", "open": "D"}
"""Both by the verdict."""


@dataclass(frozen=True)
class Choices:
    """What a search found, in one language."""

    found: Searched
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def axis(self) -> str:
        """What is across."""
        return say(self.lang, "choice_cost" if self.found.priced else "choice_changes")


def pareto(view: Choices) -> Figure:
    """A point for each choice that is told, with its interval, a line along the front, and the target.

    The points of the front bear numbers, under which beside them stands what is done.
    """
    drawn = figure(16, 9)
    top = 9 - headline(drawn, *headings(view)) - 0.3
    axes = drawn.add_axes((1.2 / 16, 1.5 / 9, 9.4 / 16, (top - 1.5) / 9), label="pareto")
    points(axes, view)
    axes.set_xlabel(view.axis, size=13)
    told = "\n".join(line for text in front_words(view) for line in wrapped(text, LIST / SIZE))
    drawn.text(11 / 16, top / 9, told, size=SIZE, va="top", linespacing=1.45, label="front")
    handles = explained(view)
    legend(drawn, handles, 12, columns=len(handles), length=1.6, gap=1.6)
    return drawn


def headings(view: Choices) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    found, question = view.found, view.found.questions[0]
    title = view.say("never")
    if found.best:
        choice, cost = choice_words(found, found.best, view.lang), cost_words(found, found.best, view.lang)
        title = view.say("title", choice=choice, cost=cost)
    name, unit = named(view.lang, question.name), named(view.lang, question.unit.short)
    return title, view.say("subtitle", name=name, unit=unit, axis=view.axis)


def front_words(view: Choices) -> list[str]:
    """What each choice of the front is and comes to, under its number; only what it has beyond the one before."""
    found, unit = view.found, view.found.questions[0].unit
    told: list[str] = []
    before: Tried | None = None
    for nth, one in enumerate(found.front, 1):
        choice = choice_words(found, one, view.lang)
        if before and all(new >= old for new, old in zip(one.chosen, before.chosen, strict=True)):
            added = tuple(new - old for new, old in zip(one.chosen, before.chosen, strict=True))
            choice = view.say("more", nth=nth - 1, choice=choice_words(found, replace(one, chosen=added), view.lang))
        told.append(view.say("choice", nth=nth, value=number(one.numbers[0].mean, unit.id), choice=choice))
        before = one if any(one.chosen) else None
    return told


def points(axes: Axes, view: Choices) -> None:
    """Draw the points, the line along the front and that of the target."""
    found, question = view.found, view.found.questions[0]
    told = [one for _, one in rows(found)]
    front = list(found.front)
    axes.plot([t.cost for t in front], [t.numbers[0].mean for t in front], color=FAINT, drawstyle="steps-post",
              label="front")  # fmt: skip
    for one in told:
        value = one.numbers[0]
        axes.plot([one.cost] * 2, [value.low, value.high], color=COLOURS[one.verdict], linewidth=2, label="interval")
        axes.plot(one.cost, value.mean, MARKS[one.verdict], markersize=9, color=COLOURS[one.verdict], label="choice")
    for nth, one in enumerate(front, 1):
        axes.annotate(str(nth), (one.cost, one.numbers[0].mean), (9, 9), textcoords="offset points", size=SIZE,
                      va="bottom", bbox=BOX, label="name", zorder=5)  # fmt: skip
    if question.wanted is not None:
        axes.axhline(question.wanted.bound, color=INK, linewidth=2, linestyle=(0, (5, 2)), label="target")
    axes.set_xlim(-0.5, max(t.cost for t in told) * 1.15 + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=not found.priced))
    if question.unit is SHARE:
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
    axes.margins(y=0.1)
    axes.grid(axis="both", linewidth=0.8)


def explained(view: Choices) -> list[Artist]:
    """What marks and lines mean."""
    wanted = view.found.questions[0].wanted
    handles: list[Artist] = [
        Line2D([], [], color=colour, marker=MARKS[verdict], linewidth=0, label=view.say(verdict))
        for verdict, colour in COLOURS.items()
    ]
    handles.append(Line2D([], [], color=FAINT, label=view.say("front")))
    if wanted is not None:
        bound = f"{wanted.direction.sign} {value_words(view.lang, wanted, view.found.questions[0].unit)}"
        dashed = Line2D([], [], color=INK, linewidth=2, linestyle=(0, (5, 2)), label=view.say("target", bound=bound))
        handles.append(dashed)
    return handles
