"""What a target, or a measure, comes to over the cases of all replications together, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.extremes import maximum, minimum
from sim.analysis.intervals import (
    Sample,
    contrast,
    deviation,
    mean,
    quantile,
    share,
    share_within,
)
from sim.analysis.outcome import Outcome, known, subjects
from sim.analysis.replications import Replication
from sim.records.measures.base import Measure
from sim.records.statistics import Estimation, OfCases
from sim.records.units import SHARE
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target


def of_target(
    prepared: Prepared, target: Target, variant: str, done: Sequence[Replication], level: float = CONFIDENCE
) -> Estimate:
    """The statistic of a target over all cases of one of the variants."""
    statistic, processes = target.statistic_record, subjects(target, prepared)
    outcomes = [r.variants[variant] for r in done]
    if isinstance(statistic, OfCases):
        sample = [np.concatenate([known(o.values[target.id][p]) for p in processes]) for o in outcomes]
        return ESTIMATIONS[statistic.estimation](target, sample, level)
    first = [r.variants[prepared.variants[0].id] for r in done]
    before, after = (_by_process(target, processes, some) for some in (first, outcomes))
    found = contrast(before, after, statistic.of, level)
    return replace(found, high=min(found.high, 1.0)) if np.isfinite(found.high) else found


def _by_process(target: Target, processes: Sequence[str], outcomes: Sequence[Outcome]) -> list[Sample]:
    return [[known(o.values[target.id][p]) for o in outcomes] for p in processes]


def of_measure(measure: Measure, sample: Sample, level: float = CONFIDENCE) -> Estimate:
    """The mean of a measure over all cases; that of a share has the exact interval of one."""
    return share(sample, level) if measure.unit is SHARE else mean(sample, level)


def of_each(values: Sequence[float]) -> Estimate:
    """The mean of a share that every replication has one of, within what a share can be."""
    found = mean([np.array([value]) for value in values if not np.isnan(value)])
    return replace(found, high=min(found.high, 1.0)) if np.isfinite(found.high) else found


def _share_of_target(target: Target, sample: Sample, level: float) -> Estimate:
    assert target.limit is not None
    return share_within(sample, target.limit, level)


def _quantile_of_target(target: Target, sample: Sample, level: float) -> Estimate:
    statistic = target.statistic_record
    assert isinstance(statistic, OfCases)
    return quantile(sample, statistic.order, level)


ESTIMATIONS: Mapping[Estimation, Callable[[Target, Sample, float], Estimate]] = {
    "mean": lambda target, sample, level: of_measure(target.measure_record, sample, level),
    "deviation": lambda _, sample, level: deviation(sample, level),
    "quantile": _quantile_of_target,
    "share": _share_of_target,
    "minimum": lambda _, sample, level: minimum(sample, level),
    "maximum": lambda _, sample, level: maximum(sample, level),
}
"""How each way of estimating is done."""
