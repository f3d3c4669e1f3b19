"""Shares and times as something learnt: value, interval, number, method and grade."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.analysis import intervals
from sim.learn.measuring.fits import fitted
from sim.learn.measuring.quantities import Learnt, graded, untold
from sim.learn.measuring.survival import clusters, mean_interval

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


def share(quantity: str, scope: str, hit: NDArray[np.generic], case: Ints) -> Learnt:
    """Return the share of observations that are so, with the exact interval of a share whose clusters are cases."""
    if not len(hit):
        return untold(quantity, scope, "nothing of it is recorded", "L018")
    found = intervals.share(clusters(hit.astype(float), case))
    low, high = max(found.low, 0.0), min(found.high, 1.0)
    if not np.isfinite(low):
        low, high = 0.0, 1.0
    method = "share, exact interval (Clopper and Pearson) over cases"
    return graded(Learnt(quantity, scope, found.mean, low, high, len(hit), method))


def time(quantity: str, scope: str, times: Floats, case: Ints, over: Mask | None = None, fit: bool = True) -> Learnt:
    """Return the mean of times, those still running taken as such, and the distribution that fits them best."""
    good = np.isfinite(times) & (times >= 0)
    over = np.ones(len(times), dtype=bool) if over is None else over
    times, case, over = times[good].astype(float), case[good], over[good]
    if not over.any():
        return untold(quantity, scope, "none of it is over", "L018", n=len(times))
    mean, low, high, method = mean_interval(times, over, case)
    amount, choice, worse = fitted(times, over) if fit else (None, "empirical", {})
    found = Learnt(quantity, scope, mean, low, high, int(over.sum()), method, choice, amount, detail=worse)  # type: ignore[arg-type]
    found = graded(found)
    if found.told and not over[np.argmax(times)]:
        return found.doubted("L008", "the longest are still open, so that the mean is a lower one")
    return found


def number(quantity: str, scope: str, counts: NDArray[np.generic], case: Ints) -> Learnt:
    """Return the mean of numbers, with an interval over cases."""
    if not len(counts):
        return untold(quantity, scope, "nothing of it is recorded", "L018")
    found = intervals.mean(clusters(counts.astype(float), case))
    low = found.low if np.isfinite(found.low) else 0.0
    method = "mean, jackknife over cases"
    return graded(Learnt(quantity, scope, found.mean, max(low, 0.0), found.high, len(counts), method))


def renamed(found: Learnt, scope: str) -> Learnt:
    """Return it for another scope."""
    return replace(found, scope=scope)
