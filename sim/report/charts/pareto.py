"""What could be done: each choice that was tried by its cost and what it comes to, the front, the target's line."""

from __future__ import annotations

from dataclasses import dataclass

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
    },
}
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


def pareto(view: Choices) -> Figure:
    """A point for each choice that is told, with its interval, a line along the front, and the target."""
    found, question = view.found, view.found.questions[0]
    drawn = figure(16, 9)
    title = view.say("never")
    if found.best:
        choice, cost = choice_words(found, found.best, view.lang), cost_words(found, found.best, view.lang)
        title = view.say("title", choice=choice, cost=cost)
    axis = say(view.lang, "choice_cost" if found.priced else "choice_changes")
    name, unit = named(view.lang, question.name), named(view.lang, question.unit.short)
    top = 9 - headline(drawn, title, view.say("subtitle", name=name, unit=unit, axis=axis)) - 0.3
    axes = drawn.add_axes((1.2 / 16, 1.5 / 9, 14.2 / 16, (top - 1.5) / 9), label="pareto")
    _points(axes, view)
    axes.set_xlabel(axis, size=13)
    _legend(drawn, view)
    return drawn


def _points(axes: Axes, view: Choices) -> None:
    found, question = view.found, view.found.questions[0]
    told = [one for _, one in rows(found)]
    front = list(found.front)
    axes.plot([t.cost for t in front], [t.numbers[0].mean for t in front], color=FAINT, drawstyle="steps-post",
              label="front")  # fmt: skip
    for one in told:
        value = one.numbers[0]
        axes.plot([one.cost] * 2, [value.low, value.high], color=COLOURS[one.verdict], linewidth=2, label="interval")
        axes.plot(one.cost, value.mean, MARKS[one.verdict], markersize=9, color=COLOURS[one.verdict], label="choice")
    for one in front:
        _name(axes, view, one)
    if question.wanted is not None:
        axes.axhline(question.wanted.bound, color=INK, linewidth=2, linestyle=(0, (5, 2)), label="target")
    axes.set_xlim(-0.5, max(t.cost for t in told) * 1.15 + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=not found.priced))
    if question.unit is SHARE:
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="both", linewidth=0.8)


def _name(axes: Axes, view: Choices, one: Tried) -> None:
    """What a choice of the front is, and what it comes to."""
    unit = view.found.questions[0].unit
    text = "\n".join(wrapped(choice_words(view.found, one, view.lang), 16)[:3])
    value = one.numbers[0].mean
    told = f"{number(value, unit.id)}  {text}"
    axes.annotate(told, (one.cost, value), (9, 7), textcoords="offset points", size=10.5, va="bottom", label="name")


def _legend(drawn: Figure, view: Choices) -> None:
    wanted = view.found.questions[0].wanted
    handles = [
        Line2D([], [], color=colour, marker=MARKS[verdict], linewidth=0, label=view.say(verdict))
        for verdict, colour in COLOURS.items()
    ]
    handles.append(Line2D([], [], color=FAINT, label=view.say("front")))
    if wanted is not None:
        bound = f"{wanted.direction.sign} {value_words(view.lang, wanted, view.found.questions[0].unit)}"
        dashed = Line2D([], [], color=INK, linewidth=2, linestyle=(0, (5, 2)), label=view.say("target", bound=bound))
        handles.append(dashed)
    legend(drawn, handles, 12, columns=len(handles), length=1.6, gap=1.6)
