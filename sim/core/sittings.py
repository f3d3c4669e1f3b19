"""When a panel sits, and until when a file must be there for a sitting."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from sim.core.arrays import NDArray, np
from sim.core.errors import CalendarError
from sim.core.workdays import DAY, DayTable, date_of

LAST = -1
"""Stands for the last such weekday of a month."""
_WEEK = 7


@dataclass(frozen=True)
class Days:
    """The days on which a panel sits.

    `weekdays` (0 Monday to 6 Sunday) that are working days, all of them or the first, third, … or last of a month
    (`of_month`); or `dates` of the month, each moved on to the next working day where it is a day off.
    """

    weekdays: frozenset[int] = frozenset()
    of_month: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not frozenset() < self.weekdays | self.dates:
            raise CalendarError("a panel sits on some day, found none")

    def over(self, table: DayTable, closed: frozenset[date]) -> NDArray[np.int64]:
        """Return the days of sittings as days from the first of a table, in order; none is on a date `closed`."""
        open_ = table.working.copy()
        open_[table.among(closed)] = False
        chosen = np.isin(table.weekday, list(self.weekdays)) & open_
        if self.of_month:
            last = table.days_left < _WEEK
            nth = (table.day_of_month - 1) // _WEEK + 1
            chosen &= np.isin(nth, list(self.of_month)) | (LAST in self.of_month) & last
        named, working = np.flatnonzero(np.isin(table.day_of_month, list(self.dates))), np.flatnonzero(open_)
        moved = np.searchsorted(working, named)
        return np.union1d(np.flatnonzero(chosen), working[moved[moved < len(working)]])


class Sittings:
    """The moments a panel sits, from an epoch date on, in seconds since 00:00 of it."""

    def __init__(self, table: DayTable, days: Days, at: int, epoch: date, closed: frozenset[date] = frozenset(), *,
                 notice: int = 0, calendar: bool = False, at_most: int | None = None) -> None:  # fmt: skip
        self._table, self._epoch = table, epoch
        self.at_most = at_most
        """Files that one sitting takes; any number where it is None."""
        first, sits = table.index(epoch), days.over(table, closed)
        last = sits * DAY + at
        if notice:
            last = np.minimum(last, (table.days_before(sits, notice, calendar) + 1) * DAY - 1)
        held = (sits >= first) & (last >= first * DAY)
        self._moments: list[int] = (sits[held] * DAY + at - first * DAY).tolist()
        self._last: list[int] = (last[held] - first * DAY).tolist()

    @property
    def held(self) -> tuple[list[int], list[int]]:
        """Return when the sittings are held, and by when a file must be there for each, in seconds."""
        return self._moments, self._last

    def first(self, t: int) -> int:
        """Return the number of the first sitting for which a file is there in time that is there at second `t`."""
        if t < 0:
            raise CalendarError(f"{date_of(self._epoch, t)} is before the first simulated day, {self._epoch}")
        return bisect_left(self._last, t)

    def moment(self, number: int) -> int:
        """Return the second at which a sitting is held; CalendarError past the end of the table."""
        if number >= len(self._moments):
            raise self._table.unknown(date(self._table.last.year + 1, 1, 1))
        return self._moments[number]

    def next(self, t: int) -> int:
        """Return the first sitting for a file that is there at `t`, in seconds; CalendarError as for a `Clock`."""
        return self.moment(self.first(t))
