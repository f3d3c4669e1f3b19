"""Where the days of the critical path go: by category for every variant, and by step before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.report.charts.split import Days, by_category, longest_steps, total, without
from sim.report.charts.style import FAINT, INK, STRIPE, bare, figure, headline, legend, spent
from sim.report.charts.view import View
from sim.report.charts.writing import ems, fitting, wrapped
from sim.report.filling import filled_in
from sim.report.numbers import precise, runs_of
from sim.report.words import Lang
from sim.spec.categories import Category

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}：全程 {b} → {a} 个工作日",
        "one": "{name}：全程 {b} 个工作日",
        "saved": "，省得最多的是{parts}",
        "part": "{category} {days}",
        "and": "、",
        "subtitle": "平均每件在关键路径上的工作日，{runs} 次模拟的平均；各段相加即全程",
        "all": "全程（工作日）",
        "inner": "其中不含施工与中介（工作日）",
        "steps": "最费时的环节，不含施工（工作日）",
        "pair": "上条：{first}；下条：{last}",
    },
    "en": {
        "title": "{name}: {b} → {a} working days in all",
        "one": "{name}: {b} working days in all",
        "saved": ", saved most: {parts}",
        "part": "{category} {days}",
        "and": ", ",
        "subtitle": "Working days on the critical path per case, mean of {runs} replications; "
        "the parts add up to the whole",
        "all": "In all (working days)",
        "inner": "Without construction and agencies (working days)",
        "steps": "Longest steps, without construction (working days)",
        "pair": "Upper bar: {first}; lower bar: {last}",
    },
}
OUTSIDE = (Category.CONSTRUCTION, Category.AGENCY)
"""What dwarfs the rest; left out of the second panel."""
LEFT, MIDDLE, NAMES, STEPS, RIGHT, FOOT = 2.1, 8.1, 8.55, 10.85, 15.6, 0.75
"""Inches: from and to where the left panels run, the names of the steps, their panel; room below them."""


def time_split(view: View) -> Figure:
    """Stacked bars per variant, with and without construction, beside the longest steps before and after."""
    words = WORDS[view.lang]
    splits, steps = [by_category(view, v) for v in view.variants], longest_steps(view)
    height = max(5.2 + 0.75 * len(splits), 2.6 + 0.6 * len(steps))
    drawn = figure(16, height)
    top = height - headline(drawn, *headings(view, splits)) - 0.6
    half = (top - FOOT - 1.0) / 2
    inner = [without(split, *OUTSIDE) for split in splits]
    for name, shown, foot in (("all", splits, top - half), ("inner", inner, FOOT)):
        axes = drawn.add_axes((LEFT / 16, foot / height, (MIDDLE - LEFT) / 16, half / height), label=name)
        _variants(axes, view, shown)
        axes.set_title(words[name], size=14, loc="left", pad=8)
    axes = drawn.add_axes((STEPS / 16, FOOT / height, (RIGHT - STEPS) / 16, (top - FOOT) / height), label="steps")
    _steps(axes, view, steps)
    _steps_title(drawn, view, top / height)
    _legend(drawn, view, splits)
    return drawn


def headings(view: View, splits: Sequence[Days]) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    return _title(view, splits), filled_in(WORDS[view.lang]["subtitle"], runs=runs_of(view.comparison.runs))


def _title(view: View, splits: Sequence[Days]) -> str:
    words, first, last = WORDS[view.lang], splits[0], splits[-1]
    title = words["one" if len(splits) == 1 else "title"].format(
        name=view.name, b=precise(total(first)), a=precise(total(last))
    )
    saved = sorted(((first.get(c, 0) - last.get(c, 0), c) for c in Category), reverse=True)[:2]
    parts = [words["part"].format(category=view.say(c.called), days=precise(d)) for d, c in saved if d >= 0.5]
    return title + (words["saved"].format(parts=words["and"].join(parts)) if parts else "")


def _variants(axes: Axes, view: View, splits: Sequence[Days]) -> None:
    """One stacked bar per variant, its parts numbered."""
    longest = max(max(map(total, splits)), 1e-6)
    axes.set_xlim(0, longest * 1.13)
    axes.set_ylim(len(splits) - 0.5, -0.5)
    for row, split in enumerate(splits):
        stack(axes, split, row, 0.66)
        number_parts(axes, split, row, (MIDDLE - LEFT) * 72)
        axes.text(total(split) + longest * 0.012, row, precise(total(split)), size=13, va="center", label="total")
    names = ["\n".join(wrapped(view.say(v.name), 9.5)) for v in view.variants]
    axes.set_yticks(range(len(splits)), names, size=12.5)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    bare(axes)


def _steps(axes: Axes, view: View, steps: Mapping[str, tuple[Days, Days]]) -> None:
    """Two stacked bars per step, before and after; one where there is only one variant."""
    shifts = (-0.2, 0.2) if len(view.variants) > 1 else (0.0,)
    longest = max((total(days) for pair in steps.values() for days in pair), default=1.0)
    axes.set_xlim(0, longest * 1.15)
    axes.set_ylim(max(len(steps), 1) - 0.5, -0.5)
    for row, (node, pair) in enumerate(steps.items()):
        if row % 2 == 0:
            axes.axhspan(row - 0.5, row + 0.5, color=STRIPE, zorder=0)
        for days, shift in zip(pair, shifts, strict=False):
            stack(axes, days, row + shift, 0.34)
            end, ink = total(days) + longest * 0.012, FAINT if shift < 0 else INK
            axes.text(end, row + shift, days_words(view, node, days), size=11, va="center", color=ink, label="total")
    axes.set_yticks(range(len(steps)), ["\n".join(wrapped(view.node_name(n), 11)) for n in steps], size=12)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    bare(axes)


def _steps_title(drawn: Figure, view: View, top: float) -> None:
    """What the panel of steps shows and which bar is which, from the left end of the names on."""
    words, height, single = WORDS[view.lang], drawn.get_size_inches()[1], len(view.variants) == 1
    drawn.text(NAMES / 16, top + (0.12 if single else 0.36) / height, words["steps"], size=14)
    if not single:
        pair = pair_words(view)
        size = fitting(pair, 12, (RIGHT - NAMES) * 72)
        drawn.text(NAMES / 16, top + 0.1 / height, pair, size=size, color=FAINT)


def pair_words(view: View) -> str:
    """Which bar of a step is of which variant."""
    first, last = (view.say(v.name) for v in (view.variants[0], view.variants[-1]))
    return filled_in(WORDS[view.lang]["pair"], first=first, last=last)


def days_words(view: View, node: str, days: Days) -> str:
    """All days of a step; that there are none, with the reform that took it away, where there are none."""
    return precise(total(days)) if days else f"0 {view.gone_by(node)}".strip()


def stack(axes: Axes, split: Days, row: float, height: float) -> None:
    """Draw the days of each part, one after another."""
    left = 0.0
    for category, days in split.items():
        axes.barh(row, days, height, left=left, label=category.id, **spent(category))
        left += days


def number_parts(axes: Axes, split: Days, row: float, points: float, size: float = 11.5) -> None:
    """Write the days of each part of a stack where they fit into it, on axes of so many points."""
    left, per_point = 0.0, axes.get_xlim()[1] / points
    for category, days in split.items():
        if days > (ems(precise(days)) + 0.5) * size * per_point:
            ink, own = "white" if category.dark else INK, {"facecolor": category.colour, "linewidth": 0, "pad": 0.8}
            axes.text(left + days / 2, row, precise(days), size=size, ha="center", va="center", color=ink, bbox=own)
        left += days


def _legend(drawn: Figure, view: View, splits: Sequence[Days]) -> None:
    patches = explained(view, splits)
    legend(drawn, patches, 12.5, columns=len(patches), length=1.2, gap=1.6)


def explained(view: View, splits: Sequence[Days]) -> list[Patch]:
    """What the colours mean."""
    return [Patch(**spent(c), label=view.say(c.called)) for c in Category if any(c in split for split in splits)]
