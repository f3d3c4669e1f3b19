"""What a planner probably meant by a value that does not fit."""

from __future__ import annotations

import re
from typing import Any

from sim.scenario.figures import PERCENT
from sim.spec.shape import shape
from sim.text.clocks import as_date, as_period, as_time
from sim.text.invisible import INVISIBLE

DATE, TIME, PERIOD = r"^\d{4}-\d\d-\d\d$", r"^\d\d:\d\d$", r"^\d\d:\d\d-\d\d:\d\d$"
"""Patterns of a date, of a time of day, and of a period."""
_FORMS = {DATE: as_date, TIME: as_time, PERIOD: as_period}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NUMBERS = ("a number", "a whole number")
_ENDS = re.compile(r" *(\d+(?:\.\d+)?) *(?:-|–|—|~|～|至|到|,|，) *(\d+(?:\.\d+)?) *")
_HUNDRED, _PLAINLY = 100, 2
"""All in percent; from here on a number that should be a share is plainly in percent."""


def corrected(annotation: Any, wish: str, found: Any) -> str:
    """Return "; write 2025-03-03" or the like for a value that is nearly what the annotation asks for, else ""."""
    wanted = shape(annotation)
    found = re.sub(f"[{INVISIBLE}]", "", found) if isinstance(found, str) else found
    form = _FORMS.get(wanted.extra("pattern"))
    if form:
        meant = form(str(found))
        return f"; write {meant}" if meant else ""
    if wanted.core in (float, int) and (share := _as_share(wanted.extra("le") or wanted.extra("lt"), found)):
        return f"; write {share}"
    if isinstance(found, str) and wish.startswith("a list of 2") and (ends := _ENDS.fullmatch(found)):
        return f"; write [{ends[1]}, {ends[2]}]"
    number = _NUMBER.match(found) if isinstance(found, str) and wish.startswith(_NUMBERS) else None
    if number:
        return f"; write the number alone, {number.group()}"
    plain = type(found) in (int, float) and "text" in wish.split(" or ")
    return f"; put it in quotes, '{found}'" if plain else ""


def _as_share(most: float | None, found: Any) -> str:
    """The share that a percentage means where at most one may stand, such as 0.9 for 90 or 90%; "" for another."""
    percent = re.fullmatch(PERCENT.replace("%", " *[%％]"), found) if isinstance(found, str) else None
    value = float(found.rstrip(" %％")) if percent else found
    if most != 1 or isinstance(value, bool | str) or not isinstance(value, int | float):
        return ""
    return f"{value / _HUNDRED:g}" if (percent or value >= _PLAINLY) and value <= _HUNDRED else ""
