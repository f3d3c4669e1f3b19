"""The cases that the distribution chart shows: one time of each, under the scope of the target it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.estimate import Estimate, estimate
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import values
from sim.report.charts.view import View
from sim.scenario.prepared import PreparedVariant
from sim.scenario.target import Target
from sim.spec.scope import Scope

Days = NDArray[np.float64]


@dataclass(frozen=True)
class Question:
    """A time and its scope, and the targets that speak of just that."""

    measure: str
    scope: Scope
    targets: Sequence[TargetResult]


@dataclass(frozen=True)
class Sample:
    """The time of every case of one variant, and the mean with its interval."""

    variant: PreparedVariant
    days: Days
    mean: Estimate
    every: bool
    """Whether these are the cases of all replications, not of the first one alone."""

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


def samples(view: View, asked: Question) -> list[Sample]:
    """The cases of each variant that has any."""
    take = _of_all if _covers_all(view, asked) else _of_first
    found = [take(view, asked, variant) for variant in view.variants]
    return [s for s in found if len(s.days)]


def _covers_all(view: View, asked: Question) -> bool:
    """Whether the comparison's own table of cases answers it: the scope leaves nothing out but whole cases."""
    scope = asked.scope
    steps = [step for v in view.variants for flow in v.flows[view.id] for step in flow.process.steps.values()]
    harmless = asked.measure == "counted_days" and not any(s.is_counted for s in steps if s.kind in scope.exclude)
    return scope.steps is None and not scope.include and (not scope.exclude or harmless)


def _of_all(view: View, asked: Question, variant: PreparedVariant) -> Sample:
    cases = view.comparison.cases
    chosen = (cases["variant"] == variant.id) & (cases["process"] == view.id)
    for attribute, wanted in asked.scope.when.items():
        chosen &= cases[attribute] == wanted
    days: pd.Series = cases.loc[chosen, asked.measure].dropna()
    by_replication = days.groupby(cases.loc[days.index, "replication"]).mean()
    return Sample(variant, days.to_numpy(dtype=float), estimate(by_replication.to_list()), every=True)


def _of_first(view: View, asked: Question, variant: PreparedVariant) -> Sample:
    """The cases of the first replication; the interval is known where a target on the mean was held against it."""
    days = values(asked.measure, view.play(variant).records, asked.scope)
    days = days[~np.isnan(days)]
    found = estimate([float(days.mean())] if len(days) else [])
    for result in asked.targets:
        if result.target.statistic == "mean" and variant.id in (result.target.variant, view.variants[0].id):
            found = result.estimate if variant.id == result.target.variant else result.baseline
    return Sample(variant, days, found, every=False)
