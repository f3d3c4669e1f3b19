"""How numbers are written, for screen, page, charts and files, with a true minus and shares in percent.

The forms differ on purpose:
- `number` and `signed` stand in the tables of screen and page: decimals enough to see a small difference;
- `fine` is for the figure that a target is about, wherever there is room;
- `beside` gives any of them the decimals it takes beside a bound, so that no rounding seems to meet what is missed;
- `exact` is what somebody wrote down, so it gains and loses no decimals;
- `brief` and `percent` stand inside charts, on bars and in boxes that have no room;
- `precise` stands in charts for an estimate, so that the mean and both ends of its interval have the same decimals;
- `rounded` and `PLAIN` are for other programs: more digits than an interval can tell, the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from sim.analysis.estimate import Estimate

NOTHING = "–"
_ONE, _BELOW_ONE, _HUNDRED, _WHOLE, _PERCENT = 0.9995, 0.995, 99.95, 0.05, 0.01
"""What rounds to one with three and with two decimals, to a hundred with one, to a whole number; a percent."""
SAME = 1e-9
"""Intervals narrower than this have no spread: every replication gave the same number."""
_TEN = 9.995
"""What rounds to ten with two decimals, and so has one."""
_LONG = 1e5
"""From here on a number as it was written is whole; the shortest form would be one with an exponent."""
_MOST = 12
"""Decimals beyond which values count as the same anyway."""
DIGITS, PLAIN = 6, "%.6g"
"""Decimals of a number, and significant digits of one in a table of cases, for other programs."""


Written = Callable[[float, str], str]
"""Writes a value of a unit."""


def number(value: float, unit: str) -> str:
    """A value: shares in percent with one decimal, the rest with one decimal from ten on and two below."""
    if not math.isfinite(value):
        return NOTHING
    if unit == "share":
        return _minus(f"{value:.1%}")
    return _minus(f"{value:.1f}" if abs(value) >= _TEN else f"{value:.2f}")


def runs_of(runs: Mapping[str, int]) -> str:
    """In how many replications variants were played: the fewest and the most, where these differ."""
    return "–".join(dict.fromkeys(str(end) for end in (min(runs.values()), max(runs.values()))))


def exact(value: float, unit: str) -> str:
    """A value as somebody wrote it down: no decimals beyond those it has."""
    if unit == "share":
        return _minus(f"{value * 100:g}%")
    return _minus(f"{value:g}" if abs(value) < _LONG else f"{value:.0f}")


def fine(value: float, unit: str) -> str:
    """A value to hold against a bound: two decimals, three below one, or a percentage with one."""
    if unit == "share" or not math.isfinite(value):
        return number(value, unit)
    return _minus(f"{value:.2f}" if abs(value) >= _ONE else f"{value:.3f}")


def beside(meets: Callable[[float], bool], written: Written) -> Written:
    """The same form with as many more decimals as it takes that what is read meets the bound as the value does."""

    def apart(value: float, unit: str) -> str:
        text = written(value, unit)
        decimals = len(text.partition(".")[2].rstrip("%"))
        while math.isfinite(value) and meets(_read(text)) != meets(value) and decimals < _MOST:
            decimals += 1
            text = _minus(f"{value:.{decimals}%}" if unit == "share" else f"{value:.{decimals}f}")
        return text

    return apart


def _read(text: str) -> float:
    """The value that somebody reads."""
    bare = text.replace("−", "-").lstrip("<>")
    return float(bare.removesuffix("%")) / 100 if bare.endswith("%") else float(bare)


def brief(value: float) -> str:
    """A value on a bar or in a box: two digits below one, one decimal below a hundred, none where it is whole."""
    if abs(value) < _BELOW_ONE:
        return _minus(f"{value:.2g}")
    if abs(value) >= _HUNDRED or abs(value - round(value)) < _WHOLE:
        return _minus(f"{value:.0f}")
    return _minus(f"{value:.1f}")


def precise(value: float) -> str:
    """An estimate in a chart, alike for the mean and its interval: one decimal, two below one."""
    return _minus(f"{value:.2f}" if abs(value) < _BELOW_ONE else f"{value:.1f}")


def percent(share: float) -> str:
    """A share in a chart: in whole percent, but never none or all of something that is neither."""
    if 0 < share <= _PERCENT / 2:
        return "<1%"
    if 1 - _PERCENT / 2 <= share < 1:
        return ">99%"
    return f"{share:.0%}"


def rounded(value: float) -> float | None:
    """A value for JSON; None where there is none, for JSON knows no not-a-number."""
    return round(float(value), DIGITS) + 0.0 if math.isfinite(value) else None


def signed(value: float, unit: str) -> str:
    """A difference with its sign; of shares in percentage points, without the word for them."""
    text = number(value * 100, "points") if unit == "share" else number(value, unit)
    return text if text == NOTHING or text.startswith("−") or float(text) == 0 else f"+{text}"


def interval(found: Estimate, unit: str, written: Written = number) -> str:
    """The 95 % interval; nothing where there is none, or no spread."""
    if not has_interval(found) or not has_spread(found):
        return NOTHING
    return f"[{written(found.low, unit)}, {written(found.high, unit)}]"


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
