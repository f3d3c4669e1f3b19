"""Officers and files: a heat map of the role that is overrun first, and how waiting falls with officers in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.decide.capacity import Capacity, Point, Role
from sim.report.capacity import role_name
from sim.report.charts.style import ALARM, FAINT, GOOD, INK, bare, figure, headline
from sim.report.filling import filled_in
from sim.report.numbers import brief, percent
from sim.report.words import Lang, named

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{role}最先占满：办件量到 {full} 倍",
        "subtitle": "{variant}；左：按时率，括号内为审批用时，方框为现有人数；右：各类人员的排队工时（95% 区间），"
        "竖线为现有人数",
        "heat": "按时率，括号内为审批用时（工作日），方框为现有人数",
        "officers": "人数",
        "files": "办件量（倍）",
        "share": "相对现有人数",
        "wait": "排队（工时）",
    },
    "en": {
        "title": "{role} are overrun first: at {full} times the files",
        "subtitle": "{variant}; left: on-time share, counted days in brackets, today's number in the frame; right: "
        "working hours waited in each role (95% interval), today's number at the line",
        "heat": "On-time share, counted working days in brackets, today's number in the frame",
        "officers": "Officers",
        "files": "Files (times)",
        "share": "Officers, times those of today",
        "wait": "Waiting (working hours)",
    },
}
HEAT = LinearSegmentedColormap.from_list("heat", [ALARM, "#F3D9A4", "#E3EFE7"])
"""From limits missed to limits kept."""
WORST = 0.5
"""On-time share from which down the colour no longer changes."""
CELL = 11.5
"""Points of what is written in a cell."""
CURVES = 6
"""Curves that are told apart beside one another."""
COLOURS, MARKS = (ALARM, GOOD, "#2A5DA8", "#8A5AA8", "#B0802A", "#5E6B77"), "os^DvX"
"""Of each curve."""


@dataclass(frozen=True)
class Crowded:
    """What officers can do, in one language."""

    found: Capacity
    lang: Lang

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)


def capacity(view: Crowded) -> Figure:
    """The heat map on the left, the curves on the right."""
    drawn = figure(16, 9)
    title, subtitle = headings(view)
    top = 1 - (headline(drawn, title, view.say("subtitle", variant=subtitle)) + 0.3) / 9
    heat(drawn.add_axes((0.07, 0.1, 0.42, top - 0.1), label="heat"), view)
    axes = drawn.add_axes((0.57, 0.1, 0.4, top - 0.1), label="curves")
    curves(axes, view)
    axes.set_ylabel(view.say("wait"))
    axes.legend(frameon=False, fontsize=11)
    return drawn


def headings(view: Crowded) -> tuple[str, str]:
    """What was found, and of which variant."""
    first = view.found.roles[0]
    full = brief(round(first.full, 1)) if math.isfinite(first.full) else "∞"
    title = view.say("title", role=role_name(view.found, first, view.lang), full=full)
    return title, named(view.lang, view.found.variant.name)


def heat(axes: Axes, view: Crowded) -> None:
    """Draw a cell for each number of officers and of files; today's stand in a frame."""
    grid = view.found.grid
    officers, demand = sorted({p.officers for p in grid}), sorted({p.demand for p in grid})
    shares = np.full((len(demand), len(officers)), np.nan)
    for point in grid:
        row, column = demand.index(point.demand), officers.index(point.officers)
        shares[row, column] = point.on_time.mean
        axes.text(column, row, _cell(point), ha="center", va="center", size=CELL, color=_ink(point), label="cell")
    axes.imshow(shares, cmap=HEAT, vmin=WORST, vmax=1, aspect="auto", origin="lower")
    axes.set_xticks(range(len(officers)), [str(n) for n in officers])
    axes.set_yticks(range(len(demand)), [f"× {x:g}" for x in demand])
    axes.set_xlabel(view.say("officers"))
    axes.set_ylabel(view.say("files"))
    axes.tick_params(length=0)
    today = officers.index(view.found.roles[0].today) - 0.5
    axes.add_patch(Rectangle((today, -0.5), 1, len(demand), fill=False, edgecolor=INK, linewidth=1.6, label="today"))


def _cell(point: Point) -> str:
    if not math.isfinite(point.days.mean):
        return "∞" if math.isinf(point.days.mean) else f"{brief(point.wait.mean)} h"
    share = percent(point.on_time.mean) if math.isfinite(point.on_time.mean) else "–"
    return f"{share}\n({brief(point.days.mean)})"


def _ink(point: Point) -> str:
    return "white" if point.on_time.mean < (1 + WORST) / 2 - 0.1 else INK


def explained(view: Crowded) -> list[Artist]:
    """Which curve is whose."""
    told = zip(view.found.roles[:CURVES], COLOURS, MARKS, strict=False)
    return [Line2D([], [], color=colour, marker=mark, markersize=5, label=_role(view, role))
            for role, colour, mark in told]  # fmt: skip


def _role(view: Crowded, role: Role) -> str:
    return f"{role_name(view.found, role, view.lang)} ({role.today})"


def curves(axes: Axes, view: Crowded) -> None:
    """Draw how waiting falls with officers in each role, with its interval."""
    for role, colour, mark in zip(view.found.roles[:CURVES], COLOURS, MARKS, strict=False):
        points = [point for point in role.by_officers if math.isfinite(point.wait.mean)]
        times = [point.officers / role.today for point in points]
        lows, highs = [point.wait.low for point in points], [point.wait.high for point in points]
        known = [math.isfinite(low) and math.isfinite(high) for low, high in zip(lows, highs, strict=True)]
        axes.fill_between(times, lows, highs, where=known, color=colour, alpha=0.15, linewidth=0)
        label = _role(view, role)
        axes.plot(times, [point.wait.mean for point in points], color=colour, marker=mark, markersize=5, label=label)
    axes.axvline(1, color=FAINT, linewidth=0.8, linestyle=":", label="_today")
    axes.set_ylim(bottom=0)
    axes.set_xlabel(view.say("share"))
    bare(axes)
