"""Means and quantiles of times of which some are still running: what is open has taken longer than was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.analysis import intervals
from sim.analysis.estimate import CONFIDENCE

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Survival:
    """The product-limit estimate (Kaplan and Meier 1958)."""

    times: Floats
    """Times at which something ended, ascending."""
    at_risk: Floats
    ended: Floats
    beyond: Floats
    """Share that lasts longer than each time."""
    longest: float
    """The longest time seen, ended or not."""

    @staticmethod
    def of(times: Floats, over: Mask) -> Survival:
        """Return the estimate from times and whether each is over."""
        order = np.argsort(times, kind="stable")
        times, over = times[order], over[order]
        at, first, counts = np.unique(times, return_index=True, return_counts=True)
        ended = np.add.reduceat(over.astype(float), first) if len(at) else np.empty(0)
        at_risk = (len(times) - first).astype(float)
        del counts
        keep = ended > 0
        at, at_risk, ended = at[keep], at_risk[keep], ended[keep]
        return Survival(at, at_risk, ended, np.cumprod(1 - ended / at_risk), float(times[-1]) if len(times) else 0.0)

    @property
    def mean(self) -> float:
        """The mean up to the longest time seen."""
        return float(self._areas()[0]) if len(self.times) else self.longest

    @property
    def error(self) -> float:
        """The standard error of the mean (Greenwood's formula for the area)."""
        left = self._areas()[1:]
        rest = self.at_risk - self.ended
        terms = np.divide(left**2 * self.ended, self.at_risk * rest, out=np.zeros_like(left), where=rest > 0)
        return float(np.sqrt(terms.sum()))

    def _areas(self) -> Floats:
        """The area under the share that lasts, from 0 on and from each time on."""
        edges = np.concatenate([[0.0], self.times, [max(self.longest, self.times[-1] if len(self.times) else 0)]])
        shares = np.concatenate([[1.0], self.beyond])
        pieces = shares * np.diff(edges)
        found: Floats = np.cumsum(pieces[::-1])[::-1]
        return found

    def quantiles(self, orders: Floats) -> Floats:
        """Return the time by which each share has ended; the longest seen where fewer have."""
        if not len(self.times):
            return np.full(len(orders), self.longest)
        at = np.searchsorted(1 - self.beyond, np.asarray(orders) - 1e-12, side="left")
        found: Floats = np.where(at < len(self.times), self.times[np.minimum(at, len(self.times) - 1)], self.longest)
        return found


def mean_interval(times: Floats, over: Mask, case: NDArray[np.int64]) -> tuple[float, float, float, str]:
    """Return the mean of times, both ends of its 95 % interval, and the method.

    Cases are the clusters; where some times are still running the product-limit estimate is taken, its interval on
    the scale of logarithms.
    """
    if over.all():
        found = intervals.mean(clusters(times, case))
        return found.mean, found.low, found.high, "mean, jackknife over cases"
    survival = Survival.of(times, over)
    mean, z = survival.mean, float(ndtri(0.5 + CONFIDENCE / 2))
    wide = np.exp(z * survival.error / mean) if mean > 0 else 1.0
    return mean, mean / wide, mean * wide, f"product limit, {int((~over).sum())} of {len(over)} still open"


def clusters(values: Floats, case: NDArray[np.int64]) -> list[Floats]:
    """Return the values of each case."""
    order = np.argsort(case, kind="stable")
    _, first = np.unique(case[order], return_index=True)
    return np.split(values[order].astype(float), first[1:])
