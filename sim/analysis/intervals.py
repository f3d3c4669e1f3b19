"""What is found in all cases of all replications together, with an interval that holds.

The cases of one replication queue behind one another, so that they are no independent draws; replications are. Every
spread here is therefore one between replications, which are the clusters of a cluster sample.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri, stdtrit

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.records.measures.base import Values
from sim.records.statistics import within

Sample = Sequence[Values]
"""The cases of every replication, none of them not-a-number."""
EVERY = 0.995
"""A share of cases that is as good as all of them: what a published 100 % says, rounded to whole percents."""
FEW = 10.0
"""Independent exceptions below which they do not tell how alike the cases of a replication are."""
_ROUNDING = 1e-18
"""Variances below this are those of equal numbers."""


@dataclass(frozen=True)
class Totals:
    """Of every replication, how much its cases have together and how many they are."""

    sums: Values
    sizes: NDArray[np.int64]

    @staticmethod
    def of(sample: Sample) -> Totals:
        """The totals of a sample."""
        return Totals(np.array([x.sum() for x in sample], dtype=float), np.array([len(x) for x in sample]))

    def among(self, some: NDArray[np.bool_]) -> Totals:
        """The totals of some of the replications."""
        return Totals(self.sums[some], self.sizes[some])

    @property
    def cases(self) -> int:
        """How many cases there are in all."""
        return int(self.sizes.sum())

    @property
    def runs(self) -> int:
        """How many replications have a case."""
        return int((self.sizes > 0).sum())

    @property
    def mean(self) -> float:
        """The mean of all cases: the ratio of two totals, so that a replication weighs as many cases as it has."""
        return float(self.sums.sum() / self.cases) if self.cases else math.nan

    @property
    def without(self) -> Values:
        """By replication: the mean of the cases of all others; not-a-number where they have none."""
        rest = self.cases - self.sizes
        found: Values = np.divide(self.sums.sum() - self.sums, rest, out=np.full(len(rest), np.nan), where=rest > 0)
        return found


def mean(sample: Sample, level: float = CONFIDENCE) -> Estimate:
    """The mean of all cases, with Student's interval from what it would be without each of the replications."""
    totals = _filled(Totals.of(sample))
    found = student(totals.mean, totals.without, totals.runs, level)
    never_negative = totals.runs > 1 and min(x.min(initial=0.0) for x in sample) >= 0
    return replace(found, low=max(found.low, 0.0)) if never_negative else found


def difference(after: Sample, before: Sample, level: float = CONFIDENCE) -> Estimate:
    """The mean of all cases minus that of others that had the same luck, paired by replication."""
    return contrast([before], [after], lambda b, a: float(a[0] - b[0]), level)


def contrast(
    before: Sequence[Sample], after: Sequence[Sample], of: Callable[[Values, Values], float], level: float = CONFIDENCE
) -> Estimate:
    """What `of` makes of the means of several processes in two variants, paired by replication."""
    totals = [[Totals.of(sample) for sample in processes] for processes in (before, after)]
    runs = min(t.runs for processes in totals for t in processes)
    found = of(*(np.array([t.mean for t in processes]) for processes in totals))
    if runs < 2:
        return unknown(found, runs, level)
    first, second = (np.array([t.without for t in processes]) for processes in totals)
    left_out = np.array([of(b, a) for b, a in zip(first.T, second.T, strict=True)])
    return student(found, left_out, runs, level)


def share(sample: Sample, level: float = CONFIDENCE, effect: float = 1.0) -> Estimate:
    """The mean of numbers from 0 to 1, such as the share of cases that keep a limit, with an exact interval.

    That of Clopper and Pearson (1934) for as many independent cases as know the share as well as these do (Korn and
    Graubard, Survey Methodology 24, 1998, with their correction for few clusters), and never for more than there are.
    Where the exceptions are too few to tell how alike the cases of a replication are, they are as alike as the design
    effect `effect` says.
    """
    totals = _filled(Totals.of(sample))
    squares = float(sum((x**2).sum() for x in sample))
    low, high = _exact(totals, squares, level, effect)
    return Estimate(totals.mean, low, high, totals.runs, level)


def share_within(sample: Sample, limit: float, level: float = CONFIDENCE) -> Estimate:
    """The share of all cases that are at most a limit, with the exact interval of a share."""
    return share([within(x, limit) for x in sample], level, design_effect(sample))


def quantile(sample: Sample, order: float, level: float = CONFIDENCE) -> Estimate:
    """The quantile of all cases together; its interval has the values within which the share of cases may be `order`.

    The inverted interval of a share (Woodruff, Journal of the American Statistical Association 47, 1952; Francisco
    and Fuller, Annals of Statistics 19, 1991). Its upper end is infinite where too few independent cases were seen.
    """
    known, effect = [x for x in sample if len(x)], design_effect(sample)
    if len(known) < 2:
        return unknown(float(np.quantile(known[0], order)) if known else math.nan, len(known), level)
    pooled, sizes = np.concatenate(known), np.array([len(x) for x in known])
    upwards = np.argsort(pooled)
    replications = np.repeat(np.arange(len(known)), sizes)[upwards]
    values, counted = np.unique(pooled, return_counts=True)
    ends = np.cumsum(counted)

    def below(place: int) -> tuple[float, float]:
        counts = np.bincount(replications[: ends[place]], minlength=len(known)).astype(float)
        return _exact(Totals(counts, sizes), float(counts.sum()), level, effect)

    low = _first(len(values), lambda place: below(place)[1] >= order)
    high = _first(len(values), lambda place: below(place)[0] >= order)
    upper = float(values[high]) if high < len(values) else math.inf
    return Estimate(float(np.quantile(pooled, order)), float(values[low]), upper, len(known), level)


def deviation(sample: Sample, level: float = CONFIDENCE) -> Estimate:
    """The standard deviation of all cases from their mean; its interval is Student's, of its logarithm.

    A deviation is never negative and its estimate is skewed, more than that of a mean; its logarithm is less so.
    Where all replications but one are without any spread, nothing is known of how far it may be off.
    """
    totals = _filled(Totals.of(sample))
    if not totals.runs:
        return unknown(math.nan, 0, level)
    apart = [x - totals.mean for x in sample if len(x)]  # from where the cases are, so that no digits are lost
    first, second = Totals.of(apart), Totals.of([x**2 for x in apart])
    found, without = math.sqrt(second.mean), second.without - first.without**2
    if totals.runs < 2:
        return unknown(found, totals.runs, level)
    if without.min() < _ROUNDING:
        return Estimate(found, 0.0, 0.0 if second.mean < _ROUNDING else math.inf, totals.runs, level)
    ends = student(math.log(found), np.log(without) / 2, totals.runs, level)
    return replace(ends, mean=found, low=math.exp(ends.low), high=math.exp(ends.high))


def design_effect(sample: Sample) -> float:
    """How many times wider the variance of the mean is than if all cases were independent; at least 1."""
    totals = _filled(Totals.of(sample))
    if totals.runs < 2:
        return 1.0
    each = float(np.concatenate(list(sample)).var()) / totals.cases
    return max(1.0, _variance(totals.without) / each) if each > _ROUNDING else 1.0


def _exact(totals: Totals, squares: float, level: float, effect: float) -> tuple[float, float]:
    """The exact interval of a share from the totals and the sum of the squares of the numbers."""
    if totals.runs < 2:
        return -math.inf, math.inf
    cases = _effective(totals, squares, level, effect)
    if math.isinf(cases):
        return totals.mean, totals.mean
    hits, tail = min(totals.mean, 1.0) * cases, (1 - level) / 2
    low = float(betaincinv(hits, cases - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, cases - hits, 1 - tail)) if hits < cases else 1.0
    return low, high


def _effective(totals: Totals, squares: float, level: float, effect: float) -> float:
    """How many independent cases know a share as well; infinite where every case has the same part of 1.

    Replications are independent, however alike the cases of one are: they are as many at least where all are the same.
    """
    share = totals.mean
    if share <= 0 or share >= 1:
        return max(totals.cases / effect, totals.runs)
    few = (_quantile_of_student(level, totals.runs - 1) / _quantile_of_student(level, totals.cases - 1)) ** 2
    each = (squares / totals.cases - share**2) / totals.cases
    variance = max(_variance(totals.without) * few, each)
    if variance < _ROUNDING:
        return math.inf
    spread = share * (1 - share)
    told = min(share, 1 - share) * spread / variance >= FEW
    return spread / (variance if told else max(variance, each * effect))


def _first(count: int, holds: Callable[[int], bool]) -> int:
    """The first of so many places from which on it holds, by halving; the count where it never does."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _filled(totals: Totals) -> Totals:
    return totals.among(totals.sizes > 0)


def _variance(without: Values) -> float:
    """The jackknife's variance of what was reckoned without each replication in turn (Efron and Stein 1981)."""
    return float((len(without) - 1) * without.var())


def student(found: float, without: Values, runs: int, level: float) -> Estimate:
    """Student's interval on as many degrees of freedom as there are replications with cases, less one.

    For replications of equal size it is the classical one of their means, but longer on the side to which they are
    skewed, by the first term of Edgeworth's expansion (Hall, Annals of Statistics 11, 1983): waiting times are.
    """
    if runs < 2 or math.isnan(found):
        return unknown(found, runs, level)
    spread, quantile = math.sqrt(_variance(without)), _quantile_of_student(level, runs - 1)
    lean = _skewness(without) * (2 * float(ndtri((1 + level) / 2)) ** 2 + 1) / (6 * math.sqrt(len(without)))
    low, high = (quantile + max(side * lean, 0.0) for side in (-1, 1))
    return Estimate(found, found - low * spread, found + high * spread, runs, level)


def _skewness(without: Values) -> float:
    """The skewness of replications, from what was reckoned without each in turn; 0 where they are equal."""
    apart = without.mean() - without
    spread = float((apart**2).mean())
    return float((apart**3).mean()) / spread**1.5 if spread > _ROUNDING else 0.0


def unknown(found: float, runs: int, level: float) -> Estimate:
    """What fewer than two replications tell: no interval."""
    return Estimate(found, -math.inf, math.inf, runs, level)


def _quantile_of_student(level: float, freedom: int) -> float:
    return float(stdtrit(freedom, (1 + level) / 2))
