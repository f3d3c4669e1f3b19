"""Results by the month in which cases arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison import MONTHLY, Month
from sim.analysis.intervals import Sample, design_effect
from sim.analysis.outcome import known
from sim.analysis.pooled import TOOK
from sim.analysis.summary import of_measure
from sim.core.arrays import Mask
from sim.records.measures.register import MEASURES
from sim.records.moments import ARRIVED

Months = NDArray[np.datetime64]
"""By case: the month in which it arrived."""


def by_month(tables: Sequence[Mapping[str, Any]]) -> tuple[Month, ...]:
    """The months in which the measured cases of a process arrived, in order, from their table in every replication."""
    months = [np.asarray(table[ARRIVED]).astype("datetime64[M]") for table in tables]
    known_of = {m: [np.asarray(table[m], dtype=float) for table in tables] for m in MONTHLY}
    return tuple(_month(month, months, known_of) for month in np.unique(np.concatenate(months)))


def _month(month: np.datetime64, months: Sequence[Months], values: Mapping[str, Sample]) -> Month:
    chosen = [own == month for own in months]
    found = {m: _sample(each, chosen) for m, each in values.items()}
    effect = design_effect(found[TOOK])
    means = {m: of_measure(MEASURES[m], sample, effect=effect) for m, sample in found.items()}
    return Month(str(month), sum(int(some.sum()) for some in chosen), means)


def _sample(values: Sample, chosen: Sequence[Mask]) -> Sample:
    """The values of the cases that are chosen, of the replications that have any."""
    return [known(own[some]) for own, some in zip(values, chosen, strict=True) if some.any()]
