"""Targets in the distribution chart: a line where each stands, with its verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from sim.analysis.standing import Tone
from sim.analysis.verdict import TargetResult
from sim.report.charts.distribution_rows import Question, VariantRow
from sim.report.charts.style import ALARM, FAINT, GOOD, INK
from sim.report.charts.target_words import target_words
from sim.report.charts.view import View
from sim.report.filling import filled_in
from sim.report.numbers import Written, beside, brief
from sim.report.words import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {"judged": "{target}：{verdict}", "of": "{variant}，{judged}", "published": "公布的改革前 {days}"},
    "en": {"judged": "{target}: {verdict}", "of": "{variant}, {judged}", "published": "published for before: {days}"},
}
TONES: dict[Tone, str] = {"good": GOOD, "alarm": ALARM, "known": ALARM, "open": FAINT}
"""Colours of the standings."""
LINE = 19
"""Points from one line of names to the next."""


def day_of(result: TargetResult) -> float:
    """The day at which the line of a target stands: its bound, or the limit that a share has to keep."""
    return result.target.bound if result.target.limit is None else result.target.limit


def judged_words(view: View, result: TargetResult) -> str:
    """What a target asks for, and whether it is met."""
    verdict = view.say(result.standing.words)
    return filled_in(WORDS[view.lang]["judged"], target=target_words(view, result.target), verdict=verdict)


def judged_of(view: View, result: TargetResult) -> str:
    """The same, with the variant that is held against it."""
    variant = next(view.say(v.name) for v in view.variants if v.id == result.target.variant)
    return filled_in(WORDS[view.lang]["of"], variant=variant, judged=judged_words(view, result))


def decisive(asked: Question) -> TargetResult | None:
    """The target that the title tells of: the first of those held against the last variant that has any."""
    variants = [result.target.variant for result in asked.targets]
    return asked.targets[variants.index(variants[-1])] if variants else None


def bound_for(asked: Question, shown: VariantRow) -> float | None:
    """The days against which the cases of a variant are held: those of its own target, else of the decisive one."""
    own = next((r for r in asked.targets if r.target.variant == shown.variant.id), decisive(asked))
    return day_of(own) if own else None


def held_against(asked: Question, shown: VariantRow, statistic: str, written: Written) -> Written:
    """How a statistic of a variant is written: told apart from the bound of the target that speaks of it, if any."""
    own = [r.target for r in asked.targets if (r.target.variant, r.target.statistic) == (shown.variant.id, statistic)]
    return beside(own[0].meets, written) if own else written


def draw_targets(axes: Axes, view: View, asked: Question, rows: Sequence[str]) -> None:
    """Draw the targets as lines with their names above, and what was published for the state before.

    Lines run through all rows; where variants have targets of their own, each through the row of its variant.
    """
    several = len({result.target.variant for result in asked.targets}) > 1
    by_day: dict[tuple[float, str], list[TargetResult]] = {}
    for result in asked.targets:
        by_day.setdefault((day_of(result), result.target.variant if several else ""), []).append(result)
    top, foot = axes.get_ylim()[::-1]
    for (days, variant), results in by_day.items():
        row = rows.index(variant) if variant in rows else None
        ends = (top, foot) if row is None else (row - 0.85, row + 0.25)
        axes.plot([days, days], ends, color=colour_of(results[0]), linewidth=2.2, linestyle=(0, (5, 2)), label="target")
    for n, result in enumerate(reversed(asked.targets)):
        _name(axes, view, result, 3 + LINE * n, several)
    for result in asked.targets:
        if result.target.published_before is not None:
            _published(axes, view, result.target.published_before)


def _name(axes: Axes, view: View, result: TargetResult, above: int, several: bool) -> None:
    left = day_of(result) < axes.get_xlim()[1] * 0.55
    text = judged_of(view, result) if several else judged_words(view, result)
    style: dict[str, Any] = {
        "size": 12.5,
        "color": colour_of(result),
        "ha": "left" if left else "right",
        "label": "target name",
    }
    at: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
    axes.annotate(text, (day_of(result), 1), (6 if left else -6, above), **at, **style)


def _published(axes: Axes, view: View, days: float) -> None:
    axes.plot(days, 0.1, marker="v", markersize=9, color="white", markeredgecolor=INK, clip_on=False, label="published")
    text = filled_in(WORDS[view.lang]["published"], days=brief(days))
    axes.annotate(text, (days, 0.1), (9, 0), textcoords="offset points", va="center", size=11.5)


def colour_of(result: TargetResult) -> str:
    """The colour of a target by its standing."""
    return TONES[result.standing.tone]
