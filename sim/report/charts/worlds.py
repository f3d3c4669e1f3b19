"""How often each target holds when all assumptions are drawn together: a bar for each, with how sure its share is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.decide.recorded import Holding, Record
from sim.report.charts.style import (
    ALARM,
    GOOD,
    INK,
    MOST_STEPS,
    WARNING,
    Cell,
    cased,
    filled,
    legend,
    no_chart,
    rows,
)
from sim.report.filling import filled_in
from sim.report.numbers import number, percent
from sim.report.words import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{all} 个目标中 {fragile} 个的结论不稳：每五个世界里至少有一个相反",
        "subtitle": "各项假设在其范围内一起抽取时达到目标的世界所占比例（黑线为 95% 区间），旁边是九成世界的结果",
        "none": "没有抽到可以成立的世界",
        "fragile": "结论不稳",
        "firm": "结论稳",
    },
    "en": {
        "title": "{fragile} of {all} verdicts are fragile: another in one world of five or more",
        "subtitle": "Share of worlds that meet the target, all assumptions drawn together (95% interval in black), and "
        "what nine worlds in ten come to",
        "none": "No world was drawn that can be",
        "fragile": "fragile",
        "firm": "firm",
    },
}
ROW, FOOT = 0.44, 1.2
"""Inches of a row, and below them."""
FRAGILE, FIRM = filled(ALARM, WARNING), filled(GOOD)
"""How bars are filled of verdicts that hang on the assumptions, and of those that do not."""


@dataclass(frozen=True)
class Drawn:
    """How often the targets of some scenarios hold, in one language."""

    found: Record
    units: Mapping[tuple[str, str], str]
    """Scenario and target → the unit of what the target comes to."""
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    @property
    def targets(self) -> Mapping[tuple[str, str], Holding]:
        """Scenario and target → how it holds."""
        return {(name, key): one for name, worlds in self.found.items() for key, one in worlds.targets.items()}

    @property
    def shown(self) -> Mapping[tuple[str, str], Holding]:
        """Those that are drawn."""
        return dict(list(self.targets.items())[:MOST_STEPS])


def worlds(view: Drawn) -> Figure:
    """A bar for each target, as long as its share of worlds."""
    if not view.targets:
        return no_chart(*headings(view))
    names = [" ".join(key) for key in view.shown]
    drawn, axes = rows(names, *headings(view), row=ROW, foot=FOOT, left=0.3, width=0.52, label="worlds")
    bars(axes, view, Cell(0.6))
    for row, key in enumerate(view.shown):
        axes.annotate(range_words(view, key), (1, row), (10, 0), textcoords="offset points", va="center", size=11,
                      annotation_clip=False, label="range")  # fmt: skip
    legend(drawn, explained(view), 12, columns=2, length=1.6, gap=1.6)
    return drawn


def headings(view: Drawn) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    targets = view.targets
    if not targets:
        return view.say("none"), ""
    fragile = sum(one.fragile for one in targets.values())
    return view.say("title", all=len(targets), fragile=fragile), view.say("subtitle")


def bars(axes: Axes, view: Drawn, cell: Cell) -> None:
    """Draw a bar for each target, a row each, with how sure its share is."""
    for row, one in enumerate(view.shown.values()):
        axes.barh(row, one.found.share, cell.bar, label="share", **(FRAGILE if one.fragile else FIRM))
        axes.plot(one.found.share_range, [row, row], color=INK, linewidth=1.6, label="interval", path_effects=cased())
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def range_words(view: Drawn, key: tuple[str, str]) -> str:
    """The share of worlds that meet a target, and between what nine in ten lie."""
    found = view.targets[key].found
    low, high = (number(end, view.units.get(key, "")) for end in (found.low, found.high))
    return f"{percent(found.share)}   {low} – {high}" if math.isfinite(found.low) else percent(found.share)


def explained(view: Drawn) -> list[Artist]:
    """What the colours mean."""
    return [Patch(**FRAGILE, label=view.say("fragile")), Patch(**FIRM, label=view.say("firm"))]
