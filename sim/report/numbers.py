"""Numbers as they stand on the page: with a true minus, shares in percent, and intervals in brackets."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from sim.analysis.estimate import Estimate

NOTHING = "–"
_ONE = 0.9995
SAME = 1e-9
"""Intervals narrower than this have no spread: every replication gave the same number."""
_TEN = 9.995
"""What rounds to ten with two decimals, and so has one."""


def number(value: float, unit: str) -> str:
    """A value: shares in percent with one decimal, the rest with one decimal from ten on and two below."""
    if not math.isfinite(value):
        return NOTHING
    if unit == "share":
        return _minus(f"{value:.1%}")
    return _minus(f"{value:.1f}" if abs(value) >= _TEN else f"{value:.2f}")


def exact(value: float, unit: str) -> str:
    """A value as somebody wrote it down: no decimals beyond those it has."""
    return _minus(f"{value * 100:g}%" if unit == "share" else f"{value:g}")


def fine(value: float, unit: str) -> str:
    """A value to hold against a bound: two decimals, three below one, or a percentage with one."""
    if unit == "share" or not math.isfinite(value):
        return number(value, unit)
    return _minus(f"{value:.2f}" if abs(value) >= _ONE else f"{value:.3f}")


def signed(value: float, unit: str) -> str:
    """A difference with its sign; of shares in percentage points, without the word for them."""
    text = number(value * 100, "points") if unit == "share" else number(value, unit)
    return text if text == NOTHING or text.startswith("−") or float(text) == 0 else f"+{text}"


def interval(found: Estimate, unit: str, written: Callable[[float, str], str] = number) -> str:
    """The 95 % interval; nothing where there is none, or no spread."""
    if not has_interval(found) or not has_spread(found):
        return NOTHING
    return f"[{written(found.low, unit)}, {written(found.high, unit)}]"


def possible(found: Estimate, unit: str) -> Estimate:
    """The estimate of a measure with its interval cut to what can be: not below nothing, no share above all."""
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0) if unit == "share" else found.high)


def signed_interval(found: Estimate, unit: str) -> str:
    """The 95 % interval of a difference."""
    if not has_interval(found) or not has_spread(found):
        return NOTHING
    return f"[{signed(found.low, unit)}, {signed(found.high, unit)}]"


def has_interval(found: Estimate) -> bool:
    """Whether there were replications enough for an interval."""
    return math.isfinite(found.low) and math.isfinite(found.high)


def has_spread(found: Estimate) -> bool:
    """Whether replications differ."""
    return not found.high - found.low < SAME


def _minus(text: str) -> str:
    """The text with a true minus, and none before a zero."""
    bare = text.removeprefix("-")
    return bare if not bare.strip("0.%") else text.replace("-", "−")
