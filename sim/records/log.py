"""What happened, as flat rows of whole numbers of four bytes."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

from sim.core.arrays import Ints32, np
from sim.core.deadlines import Deadlines
from sim.core.workdays import date_of

ATTEMPT = ("attempt", "case", "flow", "node", "nth", "cause", "ready", "accepted", "decided", "finished", "flags",
       "papers", "visits")  # fmt: skip
"""Columns of an attempt of a case at a node, the `nth` there from 0; times in seconds since the start, -1 for never."""
ACTIVITY = ("attempt", "main", "category", "pool", "staff", "queued", "started", "ended", "busy")
"""Columns of an activity: one stretch of an attempt, or of a branch beside it; `busy` is open time in seconds."""
CASE = ("case", "process", "flow", "arrived", "finished", "last", "refused")
"""Columns of a case; `last` is the attempt that ended it, `refused` how it ended, an `Ended`."""

LATEST = (1 << 31) - 1
"""The last moment that a row can tell, 68 years after the start."""


class Ended(IntEnum):
    """How a case ended."""

    GRANTED = 0
    REFUSED = 1
    REVOKED = 2
    """A decision was revoked before the case was over."""
    LAPSED = 3
    """An application was not put right in time."""


# Adding the bytes of a packed row takes half the time of extending an array by the row.
attempt_row = Struct(f"{len(ATTEMPT)}i").pack
activity_row = Struct(f"{len(ACTIVITY)}i").pack
case_row = Struct(f"{len(CASE)}i").pack


@dataclass(frozen=True, eq=False)
class Log:
    """The rows of one replication, one after another, with the columns ATTEMPT, ACTIVITY and CASE."""

    attempts: Ints32
    activities: Ints32
    cases: Ints32
    end: int
    """Second at which nothing was left to happen."""


class Journal:
    """A log being written."""

    def __init__(self) -> None:
        self.attempts, self.activities, self.cases = array("i"), array("i"), array("i")

    def log(self, end: int) -> Log:
        """All that has been written, by a second after which nothing happened."""
        return Log(_numbers(self.attempts), _numbers(self.activities), _numbers(self.cases), end)


def _numbers(rows: array[int]) -> Ints32:
    return np.frombuffer(rows, dtype=np.int32) if rows else np.empty(0, dtype=np.int32)


def refuse_late(deadlines: Deadlines, moment: int) -> None:
    """Raise CalendarError for a moment that no row can tell; the calendar by which days are counted ends before it."""
    if moment > LATEST:
        raise deadlines.table.unknown(date_of(deadlines.epoch, LATEST + 1))  # a later one may have no date
