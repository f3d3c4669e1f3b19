"""What is told of one measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.extremes import maximum, minimum
from sim.analysis.intervals import Sample, deviation, difference, mean, quantile, share
from sim.records.measures.base import Measure
from sim.records.units import SHARE


def of_measure(measure: Measure, sample: Sample, level: float = CONFIDENCE, effect: float = 1.0) -> Estimate:
    """The mean of a measure over all cases; that of a share has the exact interval of one.

    Where all cases have the same part of a share, or nearly all, it cannot tell by itself how alike the cases of a
    replication are: they are taken to be as alike as `effect` says, the design effect of what is known beside it.
    """
    return share(sample, level, effect) if measure.unit is SHARE else mean(sample, level)


@dataclass(frozen=True)
class Summary:
    """One measure of one process in one variant; each statistic is found when it is first asked for."""

    measure: Measure
    found: Sample
    first: Sample | None
    """That of the first variant; None for the first variant itself."""
    effect: float
    """The design effect of what is known beside it."""

    @cached_property
    def mean(self) -> Estimate:
        """The mean of all cases."""
        return of_measure(self.measure, self.found, effect=self.effect)

    @cached_property
    def p50(self) -> Estimate:
        """The median."""
        return quantile(self.found, 0.5)

    @cached_property
    def p90(self) -> Estimate:
        """What nine cases in ten keep below."""
        return quantile(self.found, 0.9)

    @cached_property
    def deviation(self) -> Estimate:
        """The standard deviation."""
        return deviation(self.found)

    @cached_property
    def minimum(self) -> Estimate:
        """The smallest value."""
        return minimum(self.found)

    @cached_property
    def maximum(self) -> Estimate:
        """The largest value."""
        return maximum(self.found)

    @cached_property
    def difference(self) -> Estimate | None:
        """Mean minus that of the first variant, over the replications of both, paired; None for the first variant."""
        if self.first is None:
            return None
        both = min(len(self.found), len(self.first))
        return difference(self.found[:both], self.first[:both])
