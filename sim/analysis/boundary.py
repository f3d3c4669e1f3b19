"""The last of some whole numbers for which something still is enough, found in few steps where each costs much."""

from __future__ import annotations

from collections.abc import Callable


def last_enough(value: Callable[[int], float], low: int, high: int, wanted: float) -> int:
    """Return the last number from `low` on, below `high`, whose value is at most what is wanted.

    Values rise with the number; that of `low` is enough and that of `high` is not. The line between the two tells
    where to look (regula falsi); where that leaves more than half of them, the middle is looked at next.
    """
    below, above = value(low), value(high)
    halve = False
    while high - low > 1:
        wide = high - low
        guess = low + (wanted - below) / (above - below) * wide if above > below and not halve else low + wide / 2
        at = min(max(int(guess), low + 1), high - 1)
        found = value(at)
        if found <= wanted:
            low, below = at, found
        else:
            high, above = at, found
        halve = (high - low) * 2 > wide
    return low
