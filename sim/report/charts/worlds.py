"""How often each target holds when all assumptions are drawn together: a bar for each, with how sure its share is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from sim.decide.recorded import Holding, Record
from sim.report.charts.style import ALARM, GOOD, INK, MOST_STEPS, bare, figure, headline, legend, no_chart
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


@dataclass(frozen=True)
class Drawn:
    """How often the targets of some scenarios hold, in one language."""

    found: Record
    units: Mapping[tuple[str, str], str]
    """Scenario and target → the unit of what the target comes to."""
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return WORDS[self.lang][key].format(**fields)

    @property
    def rows(self) -> Mapping[tuple[str, str], Holding]:
        """Scenario and target → how it holds."""
        return {(name, key): one for name, worlds in self.found.items() for key, one in worlds.targets.items()}


def worlds(view: Drawn) -> Figure:
    """A bar for each target, as long as its share of worlds."""
    rows = dict(list(view.rows.items())[:MOST_STEPS])
    if not rows:
        return no_chart(view.say("none"), "")
    height = FOOT + 1.6 + ROW * len(rows)
    drawn = figure(16, height)
    title = view.say("title", all=len(view.rows), fragile=sum(one.fragile for one in view.rows.values()))
    top = height - headline(drawn, title, view.say("subtitle")) - 0.3
    axes = drawn.add_axes((0.3, FOOT / height, 0.52, (top - FOOT) / height), label="worlds")
    for row, (key, one) in enumerate(rows.items()):
        found = one.found
        axes.barh(row, found.share, 0.6, color=ALARM if one.fragile else GOOD, label="share")
        axes.plot(found.share_range, [row, row], color=INK, linewidth=1.6, label="interval")
        low, high = (number(end, view.units.get(key, "")) for end in (found.low, found.high))
        between = f"{low} – {high}" if math.isfinite(found.low) else ""
        axes.annotate(f"{percent(found.share)}   {between}", (1, row), (10, 0), textcoords="offset points", va="center",
                      size=11, annotation_clip=False, label="range")  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_yticks(np.arange(len(rows)), [" ".join(key) for key in rows], size=11)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    bare(axes)
    handles = [Patch(color=ALARM, label=view.say("fragile")), Patch(color=GOOD, label=view.say("firm"))]
    legend(drawn, handles, 12, columns=2, length=1.6, gap=1.6)
    return drawn
