"""What happened, as flat rows of whole numbers."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct

ATTEMPT = ("attempt", "case", "flow", "node", "nth", "cause", "ready", "accepted", "decided", "finished", "flags",
       "papers", "visits")  # fmt: skip
"""Columns of an attempt of a case at a node, the `nth` there from 0; times in seconds since the start, -1 for never."""
ACTIVITY = ("attempt", "main", "category", "pool", "staff", "queued", "started", "ended", "busy")
"""Columns of an activity: one stretch of an attempt, or of a branch beside it; `busy` is open time in seconds."""
CASE = ("case", "process", "flow", "arrived", "finished", "last", "refused")
"""Columns of a case; `last` is the attempt that ended it, `refused` how it ended, an `Ended`."""


class Ended(IntEnum):
    """How a case ended."""

    GRANTED = 0
    REFUSED = 1
    REVOKED = 2
    """A decision was revoked before the case was over."""
    LAPSED = 3
    """An application was not put right in time."""


# Adding the bytes of a packed row takes half the time of extending an array by the row.
attempt_row = Struct(f"{len(ATTEMPT)}q").pack
activity_row = Struct(f"{len(ACTIVITY)}q").pack
case_row = Struct(f"{len(CASE)}q").pack


def _rows() -> array[int]:
    return array("q")


@dataclass
class Log:
    """The rows of one replication, one after another, with the columns ATTEMPT, ACTIVITY and CASE."""

    attempts: array[int] = field(default_factory=_rows)
    activities: array[int] = field(default_factory=_rows)
    cases: array[int] = field(default_factory=_rows)
    end: int = 0
    """Second at which nothing was left to happen."""
