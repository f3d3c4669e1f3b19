"""The cases that the distribution chart shows: one time of each, under the scope of the target it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.estimate import Estimate
from sim.analysis.intervals import mean
from sim.analysis.verdict import TargetResult
from sim.records.measures.base import Values
from sim.records.measures.register import MEASURES
from sim.report.charts.view import View
from sim.scenario.prepared import PreparedVariant
from sim.scenario.target import Target
from sim.spec.scope import Scope


@dataclass(frozen=True)
class Question:
    """A time and its scope, and the targets that speak of just that."""

    measure: str
    scope: Scope
    targets: Sequence[TargetResult]


@dataclass(frozen=True)
class VariantRow:
    """The time of every case of one variant in all replications, and the mean with its interval."""

    variant: PreparedVariant
    days: Values
    mean: Estimate
    other: float | None
    """Mean of the other reading of the same time, where it has one."""

    def within(self, days: float) -> float:
        """The share of the cases that take at most so many days."""
        return float((self.days <= days + 1e-9).mean())


def question(view: View) -> Question:
    """The time that the first target of the process speaks of, or the counted time of all cases."""
    own = [t for t in view.comparison.targets if t.processes == (view.id,) and _is_a_line(t.target)]
    if not own:
        return Question("counted_days", Scope(), ())
    first = own[0].target
    alike = [t for t in own if (t.target.measure, t.target.scope) == (first.measure, first.scope)]
    return Question(first.measure, first.scope, alike)


def _is_a_line(target: Target) -> bool:
    """Whether a target stands somewhere on an axis of days."""
    return target.measure_record.clock and target.statistic_record.along_axis


def variant_rows(view: View, asked: Question) -> list[VariantRow]:
    """The row of each variant that has any case."""
    found = []
    for variant in view.variants:
        by_replication = [days[~np.isnan(days)] for days in _values(view, asked, variant)]
        known = [days for days in by_replication if len(days)]
        if known:
            found.append(VariantRow(variant, np.concatenate(known), mean(known), _other(view, asked, variant)))
    return found


def _other(view: View, asked: Question, variant: PreparedVariant) -> float | None:
    """The mean of the other reading of what was asked."""
    measure = MEASURES[asked.measure].other_reading
    if measure is None:
        return None
    other = asked.targets[0].target.other_reading if asked.targets else None
    if other is None:
        return view.comparison.of(variant.id, view.id, measure).mean.mean
    days = np.concatenate(view.comparison.values[variant.id][other.id][view.id])
    return float(np.nanmean(days)) if np.isfinite(days).any() else None


def _values(view: View, asked: Question, variant: PreparedVariant) -> Sequence[Values]:
    """What was asked, of every case of a variant, replication by replication."""
    if asked.targets:
        return view.comparison.values[variant.id][asked.targets[0].target.id][view.id]
    return [table[asked.measure].to_numpy(dtype=float) for table in view.comparison.tables[variant.id][view.id]]
