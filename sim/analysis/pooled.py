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
    design_effect,
    deviation,
    mean,
    quantile,
    share_within,
)
from sim.analysis.outcome import Outcome, known, subjects
from sim.analysis.replications import Replication
from sim.analysis.summary import of_measure
from sim.records.statistics import Estimation, OfCases
from sim.records.units import SHARE
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target

TOOK = "elapsed_days"
"""The measure that tells how alike the cases of a replication are."""


def played(variant: str, done: Sequence[Replication]) -> list[Outcome]:
    """What a variant came to in every replication in which it was played: the first ones, as many as it needed."""
    return [r.variants[variant] for r in done if variant in r.variants]


def compared(target: Target, prepared: Prepared) -> tuple[str, ...]:
    """The variants on which the verdict of a target hangs: its own, and the first where it is held against that."""
    alone = isinstance(target.statistic_record, OfCases)
    return tuple(dict.fromkeys([*([] if alone else [prepared.variants[0].id]), target.variant]))


def of_target(
    prepared: Prepared, target: Target, variant: str, done: Sequence[Replication], level: float = CONFIDENCE
) -> Estimate:
    """The statistic of a target over all cases of one of the variants.

    Held against the first variant it is that of the replications in which both were played.
    """
    statistic, processes = target.statistic_record, subjects(target, prepared)
    outcomes = played(variant, done)
    if isinstance(statistic, OfCases):
        sample = [np.concatenate([known(o.values[target.id][p]) for p in processes]) for o in outcomes]
        told = target.measure_record.unit is SHARE  # of no other it is asked how alike the cases are
        effect = alike(variant, processes, done) if told else 1.0
        return ESTIMATIONS[statistic.estimation](target, sample, level, effect)
    first = played(prepared.variants[0].id, done)
    both = min(len(first), len(outcomes))
    before, after = (_by_process(target, processes, some[:both]) for some in (first, outcomes))
    found = contrast(before, after, statistic.of, level)
    return replace(found, high=min(found.high, 1.0)) if np.isfinite(found.high) else found


def _by_process(target: Target, processes: Sequence[str], outcomes: Sequence[Outcome]) -> list[Sample]:
    return [[known(o.values[target.id][p]) for o in outcomes] for p in processes]


def alike(variant: str, processes: Sequence[str], done: Sequence[Replication]) -> float:
    """The design effect of how long the cases of some processes took: those of one replication meet the same queues."""
    return design_effect([
        np.concatenate([known(np.asarray(outcome.cases[p][TOOK], dtype=float)) for p in processes])
        for outcome in played(variant, done)
    ])  # fmt: skip


def of_each(values: Sequence[float]) -> Estimate:
    """The mean of a share that every replication has one of, within what a share can be."""
    found = mean([np.array([value]) for value in values if not np.isnan(value)])
    return replace(found, high=min(found.high, 1.0)) if np.isfinite(found.high) else found


def _share_of_target(target: Target, sample: Sample, level: float, _effect: float) -> Estimate:
    assert target.limit is not None
    return share_within(sample, target.limit, level)


def _quantile_of_target(target: Target, sample: Sample, level: float, _effect: float) -> Estimate:
    statistic = target.statistic_record
    assert isinstance(statistic, OfCases)
    return quantile(sample, statistic.order, level)


ESTIMATIONS: Mapping[Estimation, Callable[[Target, Sample, float, float], Estimate]] = {
    "mean": lambda target, sample, level, effect: of_measure(target.measure_record, sample, level, effect),
    "deviation": lambda _target, sample, level, _effect: deviation(sample, level),
    "quantile": _quantile_of_target,
    "share": _share_of_target,
    "minimum": lambda _target, sample, level, _effect: minimum(sample, level),
    "maximum": lambda _target, sample, level, _effect: maximum(sample, level),
}
"""How each way of estimating is done, from a target, its sample, a confidence and a design effect."""
