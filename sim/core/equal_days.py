"""Working days of unequal length, each counted as one day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from sim.core.arrays import NDArray, np
from sim.core.workdays import DAY, Clock, DayTable, Opens


class DayClock(Clock):
    """A clock on which every open date lasts the same seconds, as long as the longest, however short it is open.

    It measures working days where a Friday or the winter is shorter: a second of a short date counts for more.
    """

    def __init__(self, table: DayTable, hours: Opens, epoch: date) -> None:
        self._day = hours.day_seconds
        super().__init__(table, hours, epoch)

    def _open(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        super()._open(starts, ends)
        spans = (ends - starts)[1:]  # the first opening is an empty one, of no date
        number = np.cumsum(np.diff(starts[1:] // DAY, prepend=-1) > 0) - 1
        length = np.bincount(number, spans).astype(np.int64)
        before = np.cumsum(spans) - spans - (np.cumsum(length) - length)[number]
        parts = (number * self._day, 0), (before, 0), (length[number], 1)
        self._parts = tuple(np.append(np.int64(none), part) for part, none in parts)
        base, before, length = self._parts
        totals = base + (before + ends - starts) * self._day // length
        lists: list[list[int]] = [part.tolist() for part in self._parts]
        self._base, self._before, self._length = lists
        self._arrays, self._totals = (starts, ends, totals), totals.tolist()

    @property
    def day(self) -> int:
        """Return the seconds of each day."""
        return self._day

    @property
    def parts(self) -> tuple[NDArray[np.int64], ...]:
        """Return for each opening the seconds of the days before, those open before it on its date, and its date's."""
        return self._parts

    def add(self, t: int, seconds: int) -> int:
        """Return the first moment by which so many seconds of equal days have passed since `t`; 0 end at `t`."""
        if seconds < 0:
            raise ValueError(f"seconds must be 0 or more, found {seconds}")
        if not seconds:
            return t
        total = self._open_until(t) + seconds
        at = bisect_left(self._totals, total)
        if at == len(self._totals):
            raise self._unknown(self._horizon)
        worked = -(-(total - self._base[at]) * self._length[at] // self._day)
        return self._starts[at] + worked - self._before[at]

    def add_many(self, t: int | NDArray[np.int64], seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return `add` of one time, or of as many, and each number of seconds, for a whole array."""
        (starts, _, totals), (base, before, length) = self._arrays, self._parts
        passed = self._open_until(t) if isinstance(t, int) else self._open_until_many(t)
        total = passed + seconds
        at = np.searchsorted(totals, total, side="left")
        if (at == len(totals)).any():
            raise self._unknown(self._horizon)
        worked: NDArray[np.int64] = -(-(total - base[at]) * length[at] // self._day)
        return np.where(seconds > 0, starts[at] + worked - before[at], t)

    def _open_until(self, t: int) -> int:
        if not 0 <= t <= self._horizon:
            raise self._unknown(t)
        at = bisect_right(self._starts, t) - 1
        worked = self._before[at] + min(t, self._ends[at]) - self._starts[at]
        return self._base[at] + worked * self._day // self._length[at]

    def _open_until_many(self, t: NDArray[np.int64]) -> NDArray[np.int64]:
        self._refuse_outside(t)
        (starts, ends, _), (base, before, length) = self._arrays, self._parts
        at = np.searchsorted(starts, t, side="right") - 1
        worked: NDArray[np.int64] = before[at] + np.minimum(t, ends[at]) - starts[at]
        passed: NDArray[np.int64] = base[at] + worked * self._day // length[at]
        return passed
