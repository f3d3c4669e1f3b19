"""Where the time of a case goes."""

from __future__ import annotations

from enum import IntEnum


class Category(IntEnum):
    """Where the time of a case goes."""

    WORK = 0
    QUEUE = 1
    CIRCULATION = 2
    OFF_DUTY = 3
    APPLICANT = 4
    SPECIAL = 5
    AGENCY = 6
    CONSTRUCTION = 7
    SITTING = 8
