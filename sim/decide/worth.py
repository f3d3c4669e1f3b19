"""What it would be worth to measure an assumption: how much surer the verdict would be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GROUPS = 4
"""Groups of worlds, by what is drawn for the assumption, in each of which the measurement may end."""
SHUFFLES = 200
"""Times that the draws are shuffled to see what luck alone would seem to be worth."""


def worth(drawn: Floats, met: NDArray[np.bool_], seed: int = 1) -> float:
    """By how much the share of worlds in which the verdict is right would grow if the assumption were known, 0 to 0.5.

    Whoever knows nothing says what most worlds say, and is right in their share. Whoever has measured says what most
    of the worlds say in which the assumption is about as measured. The difference is the expected value of partial
    perfect information for a loss of one per wrong verdict (Strong, Oakley and Brennan, Medical Decision Making 34,
    2014, by groups), less what it would be for an assumption of no influence. `drawn` is what is drawn for it, by
    world, and `met` whether the target is met; `seed` is that of the shuffles.
    """
    if len(met) < 2 * GROUPS:
        return 0.0
    order = np.argsort(drawn, kind="stable")
    rng = np.random.default_rng(seed)
    by_luck = float(np.mean([_right(rng.permutation(met)) for _ in range(SHUFFLES)]))
    return max(_right(met[order]) - max(by_luck, _sure(met)), 0.0)


def _right(met: NDArray[np.bool_]) -> float:
    """How often a verdict by groups is right."""
    parts = np.array_split(met, GROUPS)
    return sum(_sure(part) * len(part) for part in parts) / len(met)


def _sure(met: NDArray[np.bool_]) -> float:
    """How often a verdict that is the same for all is right."""
    share = float(met.mean())
    return max(share, 1 - share)
