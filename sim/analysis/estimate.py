"""A mean over replications with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its 95 % interval (Student t)."""

    mean: float
    low: float
    high: float
    runs: int


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of one number per replication and its 95 % Student-t interval; nothing known of fewer than two."""
    from scipy import stats

    known = np.array([v for v in values if not np.isnan(v)])
    if len(known) < 2:
        mean = float(known[0]) if len(known) else float("nan")
        return Estimate(mean, float("-inf"), float("inf"), len(known))
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(known) - 1) * known.std(ddof=1) / np.sqrt(len(known)))
    mean = float(known.mean())
    return Estimate(mean, mean - half, mean + half, len(known))
