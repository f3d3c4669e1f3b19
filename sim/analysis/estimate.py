"""What is found with how far the luck of the draws may move it."""

from __future__ import annotations

from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A statistic of the cases of all replications and its interval; `mean` is the statistic, whichever it is."""

    mean: float
    low: float
    high: float
    runs: int
    """Replications that had a case."""
    level: float = CONFIDENCE
    """How often an interval found in this way holds what it estimates."""
