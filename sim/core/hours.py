"""Opening hours: the periods of a day, by weekday and season, and the dates on which they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sim.core.arrays import NDArray, np
from sim.core.errors import CalendarError
from sim.core.workdays import DAY, DayTable

Periods = tuple[tuple[int, int], ...]
"""Periods of a day as (from, to) in seconds of the day, in order."""
MonthDay = tuple[int, int]
_WEEK = frozenset(range(7))
_SATURDAY = 5


@dataclass(frozen=True)
class Pattern:
    """The periods of an open day; `weekdays` are those, 0 Monday to 6 Sunday, that have others, each with them.

    A weekend day that is worked for a holiday (调休) has the usual ones. CalendarError for periods out of order.
    """

    periods: Periods
    weekdays: tuple[tuple[int, Periods], ...] = ()

    def __post_init__(self) -> None:
        for periods in (self.periods, *(own for _, own in self.weekdays)):
            edges = [0, *(edge for period in periods for edge in period), DAY]
            if not periods or edges != sorted(edges) or any(start == end for start, end in periods):
                raise CalendarError(f"opening periods must be in order within 0 to {DAY}, found {periods}")

    def plans(self, table: DayTable) -> Iterator[tuple[Periods, NDArray[np.bool_]]]:
        """Yield each sort of a day's periods, and for each date of a table whether it has them."""
        usual = np.ones_like(table.working)
        for weekday, periods in self.weekdays:
            own = (table.weekday == weekday) & ~(table.working & (table.weekday >= _SATURDAY))
            usual &= ~own
            yield periods, own
        yield self.periods, usual


@dataclass(frozen=True)
class Hours:
    """An opening pattern: periods of the day, and the days on which they apply.

    `days` is "workdays" (Chinese working days), "every_day" (holidays too) or weekdays, 0 Monday to 6 Sunday, that
    are working days. `also` are weekdays open on plain weekends too (周日开放), never on a holiday. `seasons` are
    (month, day) → the pattern from then to the next one, every year; without them `periods` and `weekdays` hold all
    year. Nothing is open on a date `closed`; a date in `special` has those periods whatever day it is. CalendarError
    for any other pattern.
    """

    periods: Periods = ()
    days: str | frozenset[int] = "workdays"
    also: frozenset[int] = frozenset()
    weekdays: tuple[tuple[int, Periods], ...] = ()
    seasons: tuple[tuple[MonthDay, Pattern], ...] = ()
    closed: frozenset[date] = frozenset()
    special: tuple[tuple[date, Periods], ...] = ()
    ALWAYS: ClassVar[Hours]

    def __post_init__(self) -> None:
        if not self.seasons or self.periods:
            Pattern(self.periods, self.weekdays)
        if self.days not in ("workdays", "every_day") and not isinstance(self.days, frozenset):
            raise CalendarError(f'opening days are "workdays", "every_day" or weekdays, found "{self.days}"')
        if not frozenset() < self.also | self._on <= _WEEK:
            raise CalendarError(f"weekdays must be 0 to 6, found {sorted(self.also | self._on)}")

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Return the pattern of each season, or that of all the year."""
        return tuple(pattern for _, pattern in self.seasons) or (Pattern(self.periods, self.weekdays),)

    @property
    def always(self) -> bool:
        """Return whether this is 24 hours on every day."""
        return self.days == "every_day" and self.even and self.day_seconds == DAY and not self.closed

    @property
    def day_seconds(self) -> int:
        """Return the open seconds of an open day, of the longest where they differ."""
        return max(self._lengths)

    @property
    def even(self) -> bool:
        """Return whether every open day is as long as any other."""
        return len(self._lengths) == 1

    @property
    def _lengths(self) -> frozenset[int]:
        kept = [own for pattern in self.patterns for own in (pattern.periods, *(own for _, own in pattern.weekdays))]
        return frozenset(sum(end - start for start, end in periods) for periods in kept)

    @property
    def _on(self) -> frozenset[int]:
        return self.days if isinstance(self.days, frozenset) else _WEEK

    def open_days(self, table: DayTable) -> NDArray[np.bool_]:
        """Return for each date of `table` whether the periods apply on it."""
        found: NDArray[np.bool_] = np.ones_like(table.working)
        if self.days != "every_day":
            extra = np.isin(table.weekday, list(self.also)) & ~table.holiday
            found = table.working & np.isin(table.weekday, list(self._on)) | extra
        off = (*self.closed, *(day for day, _ in self.special))
        found[table.among(off)] = False
        return found

    def openings(self, table: DayTable) -> NDArray[np.int64]:
        """Return the openings on the days of a table, in order: rows of (from, to) in seconds since its first day."""
        kept, season = self.open_days(table), self._season(table)
        found = [
            _laid(np.flatnonzero(kept & (season == number) & dates), periods)
            for number, pattern in enumerate(self.patterns)
            for periods, dates in pattern.plans(table)
        ]
        found += [_laid(table.among([day]), periods) for day, periods in self.special]
        together = np.concatenate(found)
        return together[np.argsort(together[:, 0], kind="stable")]

    def _season(self, table: DayTable) -> NDArray[np.int64]:
        """Return for each date of a table the number of its season; the last one of a year goes on in the next."""
        firsts = [100 * month + day for (month, day), _ in self.seasons] or [0]
        number = np.searchsorted(firsts, 100 * table.month + table.day_of_month, side="right") - 1
        return number % len(firsts)


Hours.ALWAYS = Hours(periods=((0, DAY),), days="every_day")


def _laid(days: NDArray[np.int64], periods: Periods) -> NDArray[np.int64]:
    """Return the openings of some days that have these periods."""
    openings: NDArray[np.int64] = np.add.outer(days * DAY, np.array(periods)).reshape(-1, 2)
    return openings
