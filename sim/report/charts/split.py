"""The days of the critical path by category and by step, as the comparison found them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report.charts.view import View
from sim.report.colours import COLOURS
from sim.scenario.prepared import PreparedVariant
from sim.spec.categories import Category

Days = Mapping[Category, float]
MOST_STEPS = 10


def by_category(view: View, variant: PreparedVariant) -> Days:
    """Category → working days of the critical path per case."""
    split = view.comparison.split[variant.id][view.id]
    return _days(split["category"].tolist(), split["office"].tolist())


def by_step(view: View, variant: PreparedVariant) -> dict[str, Days]:
    """Step or submission → category → working days of the critical path per case."""
    steps = view.comparison.split[variant.id][view.id].groupby("node")
    return {str(node): _days(rows["category"].tolist(), rows["office"].tolist()) for node, rows in steps}


def _days(names: Sequence[str], days: Sequence[float]) -> Days:
    """The days by category, in the order of every stack, those of no length left out."""
    total = dict.fromkeys(COLOURS, 0.0)
    for name, length in zip(names, days, strict=True):
        total[Category[name.upper()]] += length
    return {category: length for category, length in total.items() if length > 0}


def without(split: Days, *outside: Category) -> Days:
    """The days but for some categories."""
    return {category: days for category, days in split.items() if category not in outside}


def longest_steps(view: View) -> dict[str, tuple[Days, Days]]:
    """The steps that take most time before or after, construction left out: their days in either, by those before."""
    before, after = by_step(view, view.variants[0]), by_step(view, view.variants[-1])
    pairs = {node: (before.get(node, {}), after.get(node, {})) for node in {**before, **after}}
    pairs = {node: pair for node, pair in pairs.items() if not any(Category.CONSTRUCTION in days for days in pair)}
    most = sorted(pairs, key=lambda n: -max(total(days) for days in pairs[n]))[:MOST_STEPS]
    return {node: pairs[node] for node in sorted(most, key=lambda n: -total(pairs[n][0]))}


def total(split: Days) -> float:
    """All days of a split."""
    return sum(split.values())
