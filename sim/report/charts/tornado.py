"""What the assumptions do to a target: a bar from what it comes to at one end of a range to the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.analysis.answers import Effect
from sim.analysis.verdict import TargetResult
from sim.records.units import SHARE
from sim.report.charts.style import ALARM, FAINT, INK, WARNING, Cell, filled, legend, no_chart, rows
from sim.report.charts.writing import wrapped
from sim.report.doubted import Doubted
from sim.report.filling import filled_in
from sim.report.numbers import beside, number
from sim.report.targets import value_words
from sim.report.words import Lang, named
from sim.report.worlds import assumption_called

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{target}：影响最大的是{most}",
        "subtitle": "{name}（{unit}）：每项假设单独移到其范围两端时的结果",
        "none": "{target}：没有一项假设能使它变动",
        "turns": "结论会变",
        "holds": "结论不变",
        "now": "现在 {value}",
        "target": "目标 {bound}",
    },
    "en": {
        "title": "{target}: {most} moves it most",
        "subtitle": "{name} ({unit}), with each assumption by itself at both ends of its range",
        "none": "{target}: no assumption moves it",
        "turns": "turns the verdict",
        "holds": "does not",
        "now": "now {value}",
        "target": "target {bound}",
    },
}
MOST = 15
"""Assumptions that are drawn: those that move it most."""
ROW, FOOT = 0.5, 1.3
"""Inches of a row, and below them."""
TURNS, HOLDS = filled(ALARM, WARNING), filled("#B9C2CE")
"""How bars are filled of assumptions that turn the verdict, and of those that do not."""


@dataclass(frozen=True)
class Swung:
    """What the assumptions do to one target, in one language."""

    found: Doubted
    result: TargetResult
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def moving(self) -> list[Effect]:
        """The assumptions that move it, those that do most first; none where it has no number."""
        if not math.isfinite(self.result.estimate.mean):
            return []
        return [e for e in self.found.doubts.effects.get(self.result.target.id, ()) if e.swing > 0][:MOST]

    def called(self, effect: Effect) -> str:
        """An assumption by its name and key."""
        return assumption_called(self.lang, self.found.comparison.prepared.sources, effect.key, effect.part)


def tornado(view: Swung) -> Figure:
    """A bar for each assumption, the longest first, a line for what the target comes to and one for its bound."""
    if not view.moving:
        return no_chart(*headings(view))
    names = ["\n".join(wrapped(view.called(effect), 24)[:2]) for effect in view.moving]
    drawn, axes = rows(names, *headings(view), row=ROW, foot=FOOT, left=0.3, width=0.66, label="tornado")
    bars(axes, view, Cell(0.62))
    handles = explained(view)
    legend(drawn, handles, 12, columns=len(handles), length=1.6, gap=1.6)
    return drawn


def headings(view: Swung) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    target, name = view.result.target, named(view.lang, view.result.target.name)
    if not view.moving:
        return view.say("none", target=target.id), name
    unit = named(view.lang, target.value_unit.short)
    title = view.say("title", target=target.id, most=view.called(view.moving[0]))
    return title, view.say("subtitle", name=name, unit=unit)


def bars(axes: Axes, view: Swung, cell: Cell, margin: float = 0.1) -> None:
    """Draw a bar for each assumption, a row each, with its ends, and the two lines; a margin for what is written."""
    result, target = view.result, view.result.target
    written = beside(target.meets, number)
    for row, effect in enumerate(view.moving):
        low, high = sorted(effect.ends)
        axes.barh(row, high - low, cell.bar, left=low, label="swing",
                  **(TURNS if effect.turns(target) else HOLDS))  # fmt: skip
        for value, side, align in ((low, -6, "right"), (high, 6, "left")):
            axes.annotate(written(value, target.value_unit.id), (value, row), (side, 0), textcoords="offset points",
                          va="center", ha=align, size=11.5, label="end")  # fmt: skip
    axes.axvline(result.estimate.mean, color=FAINT, linewidth=1.4, label="now")
    axes.axvline(target.bound, color=INK, linewidth=2, linestyle=(0, (5, 2)), label="target")
    axes.use_sticky_edges = False  # the ends are written beside the bars
    axes.margins(x=margin)
    if target.value_unit is SHARE:
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def explained(view: Swung) -> list[Artist]:
    """What the colours and lines mean."""
    target = view.result.target
    now = beside(target.meets, number)(view.result.estimate.mean, target.value_unit.id)
    bound = f"{target.direction.sign} {value_words(view.lang, target.wanted, target.value_unit)}"
    return [
        Patch(**TURNS, label=view.say("turns")),
        Patch(**HOLDS, label=view.say("holds")),
        Line2D([], [], color=FAINT, linewidth=1.4, label=view.say("now", value=now)),
        Line2D([], [], color=INK, linewidth=2, linestyle=(0, (5, 2)), label=view.say("target", bound=bound)),
    ]
