"""Chinese working days, and clocks that run in opening hours, in whole seconds since 00:00 of an epoch date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from sim.core.arrays import NDArray, np
from sim.core.errors import CalendarError

DAY = 86_400


def date_of(epoch: date, t: int) -> date:
    """Return the date on which second `t` after 00:00 of `epoch` falls."""
    return epoch + timedelta(days=t // DAY)


class DayTable:
    """Which dates are working days, for whole years, `first` and `last` day included."""

    def __init__(self, first: int, last: int, holidays: Iterable[date], workdays: Iterable[date],
                 projected: Iterable[int] = ()) -> None:  # fmt: skip
        self.first, self.last = date(first, 1, 1), date(last, 12, 31)
        self.projected = frozenset(projected)
        """Years whose holidays no notice and no planner gives."""
        ordinals = np.arange(self.first.toordinal(), self.last.toordinal() + 1)
        self.weekday: NDArray[np.int64] = (ordinals - 1) % 7
        self.holiday: NDArray[np.bool_] = np.isin(ordinals, [day.toordinal() for day in holidays])
        make_up = np.isin(ordinals, [day.toordinal() for day in workdays])
        self.working: NDArray[np.bool_] = (self.weekday < 5) & ~self.holiday | make_up
        self._numbers: NDArray[np.int64] = np.flatnonzero(self.working)
        self._workdays: list[int] = self._numbers.tolist()

    def unknown(self, day: date) -> CalendarError:
        """Return the error that says `day` is outside the table."""
        return CalendarError(f"{day} is outside the calendar, which knows {self.first.year} to {self.last.year}")

    def projected_within(self, first: date, last: date) -> tuple[int, ...]:
        """Return the projected years that a span of days touches, in order."""
        return tuple(sorted(year for year in self.projected if first.year <= year <= last.year))

    def index(self, day: date) -> int:
        """Return the number of days from `first` to `day`; CalendarError outside the table."""
        if not self.first <= day <= self.last:
            raise self.unknown(day)
        return (day - self.first).days

    def among(self, days: Iterable[date]) -> NDArray[np.int64]:
        """Return the numbers, counted from `first`, of those of some days that the table has."""
        return np.array([(day - self.first).days for day in days if self.first <= day <= self.last], dtype=np.int64)

    @cached_property
    def _dates(self) -> NDArray[np.datetime64]:
        return np.datetime64(self.first, "D") + np.arange(len(self.working))

    @cached_property
    def month(self) -> NDArray[np.int64]:
        """The month of each date, 1 January to 12 December."""
        months: NDArray[np.int64] = self._dates.astype("M8[M]").astype(np.int64)
        return months % 12 + 1

    @cached_property
    def day_of_month(self) -> NDArray[np.int64]:
        """The day of the month of each date."""
        days: NDArray[np.int64] = (self._dates - self._dates.astype("M8[M]")).astype(np.int64)
        return days + 1

    @cached_property
    def days_left(self) -> NDArray[np.int64]:
        """How many days of its month come after each date."""
        first = (self._dates.astype("M8[M]") + 1).astype("M8[D]")
        days: NDArray[np.int64] = (first - self._dates).astype(np.int64)
        return days - 1

    def is_workday(self, day: date) -> bool:
        """Return whether `day` is a Chinese working day; CalendarError outside the table."""
        return bool(self.working[self.index(day)])

    def workdays_after(self, start: date, end: date) -> int:
        """Return the legal count of working days after `start` up to and including `end`.

        The day of acceptance `start` is day 0 (民法典 第二百零一条), days are working days
        (行政许可法 第八十二条). 0 when `end` is not after `start`; CalendarError outside the table.
        """
        return max(0, self._workdays_to(end) - self._workdays_to(start))

    def due_date(self, accepted: date, days: int) -> date:
        """Return the `days`-th working day after `accepted`, which itself is day 0.

        The rule is that of `workdays_after`; 0 days give `accepted`. CalendarError outside the table.
        """
        nth = self._workdays_to(accepted) + days - 1
        if nth >= len(self._workdays):
            raise self.unknown(self.last + timedelta(days=1))
        return self.first + timedelta(days=self._workdays[nth]) if days else accepted

    def due_calendar_date(self, start: date, days: int) -> date:
        """Return the `days`-th calendar day after `start`, or the next working day where that is a day off.

        `start` is day 0 (民法典 第二百零一条), a last day off moves on (第二百零三条); 0 days give `start`.
        CalendarError outside the table.
        """
        if self.index(start) + days >= len(self.working):
            raise self.unknown(self.last + timedelta(days=1))
        end = start + timedelta(days=days)
        return end if not days or self.is_workday(end) else self.due_date(end, 1)

    def due_many(self, start: NDArray[np.int64], days: NDArray[np.int64] | int, calendar: bool) -> NDArray[np.int64]:
        """Return `due_date` of each start, or `due_calendar_date`, all dates as days from `first`."""
        if calendar:
            nth = np.searchsorted(self._numbers, start + days, side="left")
        else:
            nth = np.searchsorted(self._numbers, start, side="right") + days - 1
        if (nth >= len(self._numbers)).any():
            raise self.unknown(self.last + timedelta(days=1))
        return np.where(np.greater(days, 0), self._numbers[nth], start)

    def days_before(self, end: NDArray[np.int64], days: int, calendar: bool) -> NDArray[np.int64]:
        """Return the last day from which so many days pass until each end, all dates as days from `first`.

        The day itself is day 0, as for `due_many`; -1 where the table begins later.
        """
        if calendar:
            return np.maximum(end - days, -1)
        nth = np.searchsorted(self._numbers, end, side="right") - days
        return np.where(nth >= 0, self._numbers[np.maximum(nth, 0)] - 1, -1)

    def _workdays_to(self, day: date) -> int:
        return bisect_right(self._workdays, self.index(day))


class Opens(Protocol):
    """Hours that a clock can be laid by."""

    @property
    def always(self) -> bool:
        """Whether they are 24 hours on every day."""
        ...

    @property
    def day_seconds(self) -> int:
        """The open seconds of the longest day."""
        ...

    def openings(self, table: DayTable) -> NDArray[np.int64]:
        """The openings on the days of a table, in order: rows of (from, to) in seconds since its first day."""
        ...


class Clock:
    """Hours laid over a day table from an epoch date on.

    Times are whole seconds since 00:00 of the epoch. CalendarError for a time before it or past the end
    of the table; a clock that is always open needs no table and has no such limits.
    """

    def __init__(self, table: DayTable, hours: Opens, epoch: date) -> None:
        self.table, self.epoch, self.always = table, epoch, hours.always
        first = table.index(epoch)
        self._horizon = (len(table.working) - first) * DAY
        openings = hours.openings(table) - first * DAY
        openings = openings[openings[:, 0] >= 0]
        # An empty opening at the epoch keeps every look-up of "the last opening before t" in the list.
        self._open(*np.vstack([np.zeros_like(openings, shape=(1, 2)), openings]).T.copy())

    def _open(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self._arrays: tuple[NDArray[np.int64], ...] = (starts, ends, np.cumsum(ends - starts))
        lists: list[list[int]] = [array.tolist() for array in self._arrays]
        self._starts, self._ends, self._totals = lists

    @classmethod
    def any_of(cls, clocks: Sequence[Clock]) -> Clock:
        """Return a clock that is open whenever one of some clocks is, all of one table and epoch."""
        always = next((clock for clock in clocks if clock.always), None)
        if always is not None:
            return always
        starts, ends = (np.concatenate([clock._arrays[edge] for clock in clocks]) for edge in (0, 1))
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
        first = np.append(True, starts[1:] > np.maximum.accumulate(ends)[:-1])
        found = copy(clocks[0])
        found._open(starts[first], np.maximum.reduceat(ends, np.flatnonzero(first)))
        return found

    @classmethod
    def all_of(cls, clocks: Sequence[Clock]) -> Clock:
        """Return a clock that is open whenever all of some clocks are, all of one table and epoch."""
        limited = [clock for clock in dict.fromkeys(clocks) if not clock.always]
        if len(limited) < 2:
            return next(iter(limited or clocks))
        starts, ends = (np.concatenate([clock._arrays[edge][1:] for clock in limited]) for edge in (0, 1))
        moments = np.concatenate([starts, ends])
        changes = np.repeat([1, -1], len(starts))
        order = np.lexsort((changes, moments))  # who goes is gone before who comes at the same moment
        full = np.flatnonzero(np.cumsum(changes[order]) == len(limited))
        found = copy(limited[0])
        found._open(np.append(0, moments[order][full]), np.append(0, moments[order][full + 1]))
        return found

    @property
    def openings(self) -> tuple[NDArray[np.int64], ...]:
        """Return when it opens, when it closes, and what it measures up to each closing, as arrays."""
        return self._arrays

    @property
    def horizon(self) -> int:
        """Return the second at which the table ends."""
        return self._horizon

    @property
    def ever_open(self) -> bool:
        """Return whether there is any opening at all."""
        return self.always or self._totals[-1] > 0

    def is_open(self, t: int) -> bool:
        """Return whether second `t` is within opening hours; a closing time itself is not."""
        if self.always:
            return True
        if not 0 <= t < self._horizon:
            raise self._unknown(t)
        return t < self._ends[bisect_right(self._starts, t) - 1]

    def next_open(self, t: int) -> int:
        """Return the first open second at or after `t`."""
        if self.is_open(t):
            return t
        following = bisect_right(self._starts, t)
        if following == len(self._starts):
            raise self._unknown(self._horizon)
        return self._starts[following]

    def closing(self, t: int) -> int | None:
        """Return when this clock, open at `t`, closes next; None where it never does."""
        return None if self.always else self._ends[bisect_right(self._starts, t) - 1]

    def settled(self, start: int, t: int) -> int:
        """Return when what is due at `t`, and was under way since `start`, is settled: only while this clock is open.

        That is `t` itself, the closing time before it where that is on the same date, or else the next opening.
        """
        if self.is_open(t):
            return t
        closed = self._ends[bisect_right(self._starts, t) - 1]
        return closed if closed // DAY == t // DAY and closed >= start else self.next_open(t)

    def add(self, t: int, seconds: int) -> int:
        """Return the first moment by which `seconds` of open time have passed since `t`.

        Work that fills a day ends at its closing time, not at the next opening; 0 seconds end at `t`.
        """
        if seconds < 0:
            raise ValueError(f"seconds must be 0 or more, found {seconds}")
        if self.always or not seconds:
            return t + seconds
        total = self._open_until(t) + seconds
        at = bisect_left(self._totals, total)
        if at == len(self._totals):
            raise self._unknown(self._horizon)
        return self._ends[at] - self._totals[at] + total

    def add_many(self, t: int | NDArray[np.int64], seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return `add` of one time, or of as many, and each number of seconds, for a whole array."""
        if self.always:
            return t + seconds
        passed = self._open_until(t) if isinstance(t, int) else self._open_until_many(t)
        total = passed + seconds
        _, ends, totals = self._arrays
        at = np.searchsorted(totals, total, side="left")
        if (at == len(totals)).any():
            raise self._unknown(self._horizon)
        found: NDArray[np.int64] = np.where(seconds > 0, ends[at] - totals[at] + total, t)
        return found

    def begins(self, seconds: int) -> int:
        """Return when, so many seconds of open time having passed since the epoch, the next one begins."""
        if self.always:
            return seconds
        at = bisect_right(self._totals, seconds)
        if at == len(self._totals):
            raise self._unknown(self._horizon)
        return self._starts[at] + seconds - self._totals[at - 1]

    def begins_many(self, seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return `begins` of each number of seconds, for a whole array."""
        if self.always:
            return seconds
        starts, _, totals = self._arrays
        at = np.searchsorted(totals, seconds, side="right")
        if (at == len(totals)).any():
            raise self._unknown(self._horizon)
        found: NDArray[np.int64] = starts[at] + seconds - totals[at - 1]
        return found

    def between(self, start: int, end: int) -> int:
        """Return the open seconds in [start, end), negative when `end` is before `start`."""
        return end - start if self.always else self._open_until(end) - self._open_until(start)

    def between_many(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return `between` of each pair of times, for whole arrays."""
        return end - start if self.always else self._open_until_many(end) - self._open_until_many(start)

    def deadlines(self, start: NDArray[np.int64], days: NDArray[np.int64] | int, calendar: bool) -> NDArray[np.int64]:
        """Return the last moment of the legal time of so many days from each moment on.

        Working days run to `DayTable.due_date`, calendar days to `due_calendar_date`. Time is up when business
        closes on that day, at 24:00 if there is none (民法典 第二百零三条).
        """
        self._refuse_outside(start)
        first = self.table.index(self.epoch)
        due = self.table.due_many(first + start // DAY, days, calendar) - first
        midnight: NDArray[np.int64] = (due + 1) * DAY
        if self.always:
            return midnight
        starts, ends, _ = self._arrays
        closing = ends[np.searchsorted(starts, midnight, side="left") - 1]
        return np.where(closing > due * DAY, closing, midnight)

    def _open_until(self, t: int) -> int:
        if not 0 <= t <= self._horizon:
            raise self._unknown(t)
        at = bisect_right(self._starts, t) - 1
        return self._totals[at] - max(0, self._ends[at] - t)

    def _open_until_many(self, t: NDArray[np.int64]) -> NDArray[np.int64]:
        self._refuse_outside(t)
        starts, ends, totals = self._arrays
        at = np.searchsorted(starts, t, side="right") - 1
        left: NDArray[np.int64] = np.maximum(0, ends[at] - t)
        return totals[at] - left

    def _refuse_outside(self, t: NDArray[np.int64]) -> None:
        outside = t[(t < 0) | (t > self._horizon)]
        if outside.size:
            raise self._unknown(int(outside[0]))

    def _unknown(self, t: int) -> CalendarError:
        if t < 0:
            return CalendarError(f"{date_of(self.epoch, t)} is before the first simulated day, {self.epoch}")
        return self.table.unknown(date_of(self.epoch, min(t, (date.max - self.epoch).days * DAY)))
