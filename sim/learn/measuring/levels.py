"""Whether a level stays the same through a period, and since when it tells what is to come."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ENOUGH = 40
"""Times below which neither a drift nor a break is looked for."""
SURE = 0.001
MATTERS = 0.2
"""A drift or break by less than this share of the mean does not matter."""
WINDOWS = (91, 182, 365)
"""Days back within which times may tell more of those to come than all of them do."""
_DAY = 86_400
_BLOCKS, _HELD_OUT, _LEAST = 8, 4, 30


def break_in(days: Floats) -> tuple[int, float, float] | None:
    """Return where the level changes at once (Pettitt 1979), and the means before and after; None for nowhere."""
    n = len(days)
    if n < ENOUGH:
        return None
    ranks = np.argsort(np.argsort(days, kind="stable"), kind="stable") + 1.0
    walk = 2 * np.cumsum(ranks) - np.arange(1, n + 1) * (n + 1)
    at = int(np.abs(walk[:-1]).argmax()) + 1
    chance = 2 * np.exp(-6 * walk[at - 1] ** 2 / (n**3 + n**2))
    before, after = float(days[:at].mean()), float(days[at:].mean())
    small = abs(after - before) < MATTERS * days.mean()
    if chance > SURE or small or min(at, n - at) < 10:
        return None
    # A slow drift also looks like a break; at a break the parts themselves are level.
    return None if _trend(days[:at]) > 3 and _trend(days[at:]) > 3 else (at, before, after)


def drift_in(days: Floats) -> float | None:
    """Return by what share the level moves from first to last; None where it may be chance, or matters little."""
    if len(days) < ENOUGH:
        return None
    chance = 2 * float(ndtr(-_trend(days)))
    slope = float(np.polyfit(np.linspace(0, 1, len(days)), days, 1)[0]) / max(float(days.mean()), 1e-9)
    return slope if chance < SURE and abs(slope) >= MATTERS else None


def _trend(days: Floats) -> float:
    """How many standard errors the rank correlation with the order is from none."""
    n = len(days)
    if n < 10 or np.ptp(days) == 0:
        return 0.0
    ranks = np.argsort(np.argsort(days, kind="stable"), kind="stable")
    return abs(float(np.corrcoef(ranks, np.arange(n))[0, 1])) * float(np.sqrt(n - 1))


def told_since(moments: Ints, days: Floats) -> int | None:
    """Return the moment since when times tell best of those to come; None where all of them do.

    Moments ascend. Where the level is the same all through, everything tells. Where it is not, the window is that
    whose mean was nearest to that of the part after it, the last parts held out in their turn.
    """
    if break_in(days) is None and drift_in(days) is None:
        return None
    edges = [len(days) * part // _BLOCKS for part in range(_BLOCKS - _HELD_OUT, _BLOCKS + 1)]
    errors = {window: _error(moments, days, edges, window) for window in (*WINDOWS, None)}
    best = min(errors, key=lambda window: (errors[window], -(window or np.inf)))
    return int(moments[-1]) - best * _DAY if best is not None else None


def _error(moments: Ints, days: Floats, edges: list[int], window: int | None) -> float:
    """How far the mean of a window is from that of the part that follows, on average over the parts held out."""
    found = []
    for start, end in pairwise(edges):
        since = 0 if window is None else int(np.searchsorted(moments, moments[start] - window * _DAY))
        if start - since < _LEAST:
            return np.inf
        found.append(abs(float(days[since:start].mean() - days[start:end].mean())))
    return float(np.mean(found))
