"""Which days are off and on: as announced, projected where nothing is announced yet, or as a planner says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sim.core.errors import CalendarError
from sim.core.projection import projected
from sim.core.workdays import DayTable

LAST = 2060
"""Year up to which the calendar is projected."""
SATURDAY = 5


@dataclass(frozen=True)
class Overlay:
    """What a planner says of a year: `holidays` are dates off, `workdays` dates on.

    It changes an announced year: what it does not name stays. Any other year it gives whole, Monday to Friday
    but for its dates. A weekend date named a holiday closes the services of `Hours.also`. CalendarError for a
    date of another year or on both lists.
    """

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]

    def __post_init__(self) -> None:
        for day in sorted(self.holidays | self.workdays):
            if day.year != self.year or (day in self.holidays and day in self.workdays):
                raise CalendarError(f"overlay of {self.year}: {day} is in another year or both off and on")


def day_table(overlays: Sequence[Overlay] = ()) -> DayTable:
    """Return the cached table of the announced years, the projected ones and those of `overlays`.

    CalendarError when two overlays give one year or a year between is missing.
    """
    return _build(tuple(overlays))


def announced() -> tuple[frozenset[date], frozenset[date]]:
    """Return the dates off and the weekend dates on of every year that a notice of the State Council covers."""
    # Imported here: it takes 40 ms, and most commands never ask for a date.
    from chinese_calendar.constants import holidays, workdays

    return frozenset(holidays), frozenset(workdays)


def is_day_off(day: date) -> bool:
    """Return whether a date is off by itself, before any make-up: a weekend or an announced holiday."""
    return day.weekday() >= SATURDAY or day in announced()[0]


@lru_cache(maxsize=16)
def _build(overlays: tuple[Overlay, ...]) -> DayTable:
    off, on = map(set, announced())
    known = {day.year for day in off}
    given = sorted(overlay.year for overlay in overlays)
    open_years = set(range(max(known) + 1, LAST + 1)).difference(given)
    years = sorted([*(known | open_years).difference(given), *given])
    if years != list(range(years[0], years[-1] + 1)):
        raise CalendarError(f"calendar overlays must leave out no year and give each once, found {given}")
    for year in open_years:
        more_off, more_on = projected(year)
        off |= more_off
        on |= more_on
    for overlay in overlays:
        off = off - overlay.workdays | overlay.holidays
        on = on - overlay.holidays | overlay.workdays
    return DayTable(years[0], years[-1], off, on, open_years)
