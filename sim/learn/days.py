"""Working days between moments of records, by the clock where both have a time of day, by dates where one has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.core.holidays import day_table
from sim.core.hours import Hours
from sim.core.workdays import DAY, Clock, DayTable
from sim.learn.moments import EPOCH
from sim.spec.opening import hours_of
from sim.spec.place import Place

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
USUAL = Hours(((8 * 3600 + 1800, 12 * 3600), (13 * 3600 + 1800, 18 * 3600)))
"""Eight hours a working day (国务院关于职工工作时间的规定 第三条), where no place says its own."""


@dataclass(frozen=True)
class Days:
    """The count of days over records."""

    clock: Clock
    day: int
    """Seconds of a working day."""
    worked: Ints
    """Working days up to and with each day since EPOCH, nothing before it first."""

    @property
    def table(self) -> DayTable:
        """The calendar."""
        return self.clock.table

    def exact(self, start: Ints, end: Ints) -> Floats:
        """Return working days of the standard hours between moments."""
        return self.clock.between_many(start, end) / self.day

    def legal(self, start: Ints, end: Ints) -> Floats:
        """Return working days after the day of `start` up to and with the day of `end` (民法典 第二百零一条)."""
        found: Floats = (self.worked[end // DAY + 1] - self.worked[start // DAY + 1]).astype(float)
        return found

    def between(self, start: Ints, end: Ints, dated: NDArray[np.bool_]) -> Floats:
        """Return the exact days, by dates where a moment has no time of day."""
        return np.where(dated, self.legal(start, end), self.exact(start, end))

    def after(self, start: Ints, working_days: Floats) -> Ints:
        """Return the moments so many working days after some, by the clock."""
        _, ends, totals = self.clock._arrays
        total = self.clock.between_many(np.zeros_like(start), start) + np.rint(working_days * self.day).astype(np.int64)
        at = np.minimum(np.searchsorted(totals, total, side="left"), len(totals) - 1)
        return ends[at] - totals[at] + total

    def off(self, moments: Ints) -> NDArray[np.bool_]:
        """Return whether each moment is on a day off."""
        day = moments // DAY
        found: NDArray[np.bool_] = self.worked[day + 1] == self.worked[day]
        return found


def days_of(place: Place | None) -> Days:
    """Return the count of days by the office hours of a place, eight hours a day where there is none."""
    return _days(hours_of(place.hours["office"]) if place else USUAL)


@lru_cache(maxsize=8)
def _days(hours: Hours) -> Days:
    table = day_table()
    working = table.working[table.index(EPOCH) :]
    worked = np.concatenate([[0], np.cumsum(working)]).astype(np.int64)
    return Days(Clock(table, hours, EPOCH), hours.day_seconds, worked)
