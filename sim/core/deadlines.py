"""Legal deadlines as moments: periods of days are counted by dates, whoever they bind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.core.arrays import NDArray, np
from sim.core.workdays import DAY, DayTable, date_of


@dataclass(frozen=True)
class Deadlines:
    """The legal count of days over a day table, in whole seconds since 00:00 of an epoch date.

    The day on which a period starts is day 0 (民法典 第二百零一条). It ends with its last day; a last calendar day on
    which offices are closed moves to the next working day (第二百零三条).
    """

    table: DayTable
    epoch: date

    def end(self, t: int, days: int, calendar: bool) -> int:
        """Return the midnight at which a period of calendar or working days ends that starts at second `t`."""
        start = date_of(self.epoch, t)
        due = self.table.due_calendar_date(start, days) if calendar else self.table.due_date(start, days)
        return ((due - self.epoch).days + 1) * DAY

    def moved_on(self, days: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return by how many days a last day, counted from the epoch, moves on because offices are closed on it."""
        first = self.table.index(self.epoch)
        moved = self.table.due_many(first + days - 1, 1, calendar=True) - first
        return moved - days
