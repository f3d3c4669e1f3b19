"""How many cases are expected by each moment: so many a year, more in some months, on some weekdays, in some hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import CalendarError
from sim.core.hours import Hours
from sim.core.workdays import DAY, DayTable

HOUR = 3600
Weights = tuple[float, ...]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Relative numbers of cases; one that is empty says nothing."""

    months: Weights = ()
    """In each month of the year."""
    weekdays: Weights = ()
    """On a date that is a Monday, Tuesday, …"""
    hours: Weights = ()
    """In each hour of the day."""


@dataclass(frozen=True)
class Rhythm:
    """The part of a year's cases that is expected by each moment: it grows along pieces in which they come evenly."""

    moments: Ints
    """Both ends of every piece, in order, in seconds since the start of a scenario; between two pieces none comes."""
    passed: Floats
    """How much of a year's cases has come by then, since the start; it passes 1 after about a year."""
    beyond: CalendarError
    """What is wrong with asking for more than the calendar holds."""

    def expected(self, t: int) -> float:
        """Return how much of a year's cases is expected before second `t`."""
        return float(np.interp(t, self.moments, self.passed))

    def reached(self, passed: Floats) -> Ints:
        """Return the second, rounded to the nearest, at which so much has come; CalendarError past the end of time."""
        if passed.size and passed.max() > self.passed[-1]:
            raise self.beyond
        found: Ints = np.rint(np.interp(passed, self.passed, self.moments)).astype(np.int64)
        return found


@lru_cache(maxsize=16)
def rhythm(shape: Shape, hours: Hours, table: DayTable, start: date, year: int) -> Rhythm:
    """Return how a year's cases are spread over the open time of some hours, from a date on.

    A month of the calendar has its share of the year's cases, whatever working days it has. Without shares of the
    months, the `year` days from the start on have all of them. Dates of a month, or of all the time, have as many as
    their weekday says, and open time; the hours of a date share what it has.
    """
    starts, ends = _pieces(shape, hours.openings(table))
    day = starts // DAY
    inside = _in_day(shape, starts, ends, day, len(table.working))
    coming = np.bincount(day, inside, minlength=len(table.working)) > 0
    dates: Floats = np.where(coming, np.bincount(day, ends - starts, minlength=len(coming)), 0.0)
    if shape.weekdays:
        dates = dates * np.array(shape.weekdays)[table.weekday]
    first = table.index(start)
    spread = _spread(shape, dates, table, first, min(first + year, len(dates)))
    expected = spread[day] * inside
    later = starts >= first * DAY
    moments = np.stack([starts, ends], axis=1)[later] - first * DAY
    passed = np.cumsum(expected[later])
    before = np.concatenate([[0.0], passed[:-1]])
    beyond = table.unknown(date(table.last.year + 1, 1, 1))
    return Rhythm(moments.ravel(), np.stack([before, passed], axis=1).ravel(), beyond)


def _pieces(shape: Shape, openings: Ints) -> tuple[Ints, Ints]:
    """Return the openings, cut at full hours where hours have shares of their own."""
    starts, ends = openings.T
    if not shape.hours:
        return starts, ends
    count = (ends - 1) // HOUR - starts // HOUR + 1
    opening = np.repeat(np.arange(len(starts)), count)
    nth = np.arange(len(opening)) - np.repeat(np.cumsum(count) - count, count)
    hour = (starts // HOUR)[opening] + nth
    return np.maximum(hour * HOUR, starts[opening]), np.minimum((hour + 1) * HOUR, ends[opening])


def _in_day(shape: Shape, starts: Ints, ends: Ints, day: Ints, days: int) -> Floats:
    """Return the share that each piece has of what comes on its date; 0 where nothing comes on it."""
    weight = (ends - starts).astype(np.float64)
    if shape.hours:
        hour = starts // HOUR
        open_ = np.bincount(hour, weight)[hour]
        weight = np.array(shape.hours)[hour % 24] * weight / open_
    total = np.bincount(day, weight, minlength=days)[day]
    shares: Floats = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return shares


def _spread(shape: Shape, dates: Floats, table: DayTable, first: int, last: int) -> Floats:
    """Return the share of a year's cases that comes on each date."""
    spread: Floats = dates / max(dates[first:last].sum(), 1)
    if shape.months:
        month = np.cumsum(np.diff(table.month, prepend=0) != 0) - 1
        total = np.bincount(month, dates)[month]
        share = np.array(shape.months)[table.month - 1] / sum(shape.months)
        np.divide(share * dates, total, out=spread, where=total > 0)
    return spread
