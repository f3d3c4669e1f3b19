"""A line in front of officers: first come, first served, so that whoever comes knows at once when it is their turn."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Sequence
from heapq import heappop, heappush, heapreplace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from simpy import Environment
from simpy.events import NORMAL, Event

from sim.core.arrays import Ints32
from sim.core.workdays import Clock
from sim.engine.case import Cursor
from sim.engine.lists import Others
from sim.records.log import ACTIVITY, Journal, activity_row
from sim.records.tables import Tables
from sim.spec.categories import Category

Crews = Sequence[tuple[int, Clock]]
"""Groups of officers: how many there are, and the hours they keep."""
Ints = NDArray[np.int64]


class Stage(Protocol):
    """What a line asks of the engine it stands in."""

    now: int
    env: Environment
    journal: Journal
    passed: list[Callable[[Event], None]]
    """What happens when a stretch of an attempt is over."""


class OneGroup:
    """Officers who all keep the same hours; by their own clock, which stands while they are off duty."""

    def __init__(self, count: int, clock: Clock) -> None:
        self._clock, self._always = clock, clock.always
        self._free = [0] * count
        """When each is free, as a heap."""
        self._last = 0
        """When the last in the line starts; nobody after it starts earlier."""

    def own(self, moments: Ints) -> Ints:
        """Moments by their own clock."""
        return self._clock.between_many(np.zeros_like(moments), moments)

    def wall(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """The moments at which work starts and ends, from those by their own clock."""
        return self._clock.begins_many(starts), self._clock.add_many(0, ends)

    def turn(self, now: int, staff: int, seconds: int) -> tuple[int, int]:
        """When the next in the line, who comes now and needs so many of them, starts and ends."""
        free, clock, always = self._free, self._clock, self._always
        start = now if always else clock.between(0, now)
        if start < self._last:
            start = self._last
        if staff == 1:
            if start < free[0]:
                start = free[0]
            heapreplace(free, start + seconds)
        else:
            ready = [heappop(free) for _ in range(staff)]
            start = max(start, ready[-1])
            for _ in ready:
                heappush(free, start + seconds)
        self._last = start
        return (start, start + seconds) if always else (clock.begins(start), clock.add(0, start + seconds))

    def join(self, came: list[int], seconds: list[int]) -> list[tuple[int, int]]:
        """When the next start and end, who came at some moments and need one of them each; by their own clock."""
        free, start, found = self._free, self._last, []
        for moment, length in zip(came, seconds, strict=True):
            start = max(moment, start, free[0])
            heapreplace(free, start + length)
            found.append((start, start + length))
        self._last = start
        return found


class Groups:
    """Officers of whom some keep other hours than others; whoever can start earliest takes the next in the line."""

    def __init__(self, crews: Crews) -> None:
        self._groups = [([0] * count, clock) for count, clock in crews]
        """When each of a group is free, the first to be so first, and their hours."""
        self._last = 0

    def own(self, moments: Ints) -> Ints:
        """Moments by the clock on the wall, since they have none in common."""
        return moments

    def wall(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """The same."""
        return starts, ends

    def turn(self, now: int, staff: int, seconds: int) -> tuple[int, int]:
        """When the next in the line, who comes now and needs so many of one group, starts and ends."""
        earliest = max(now, self._last)
        starts = [
            (clock.next_open(max(earliest, free[staff - 1])), number)
            for number, (free, clock) in enumerate(self._groups)
            if len(free) >= staff
        ]
        start, number = min(starts)
        free, clock = self._groups[number]
        end = clock.add(start, seconds)
        del free[:staff]
        for _ in range(staff):
            insort(free, end)
        self._last = start
        return start, end

    def join(self, came: list[int], seconds: list[int]) -> list[tuple[int, int]]:
        """When the next in the line start and end, who came at some moments and need one of them."""
        return [self.turn(moment, 1, length) for moment, length in zip(came, seconds, strict=True)]


def overtaken(tables: Tables) -> list[bool]:
    """By pool, whether somebody may be served before who came earlier, so that no turn is known at once."""
    urgent = any(arrivals.urgent is not None for arrivals in tables.arrivals)
    visiting = {number for crew in tables.crews for number, _ in crew}
    return [urgent or pool.hands_on or number in visiting for number, pool in enumerate(tables.pools)]


class Line:
    """One line in front of the officers of a pool.

    Nobody overtakes, so that what comes later changes nothing for those who wait: each has a start and an end as soon
    as it is in the line. Files of other matters, for which nobody waits, join it when a case does that came after them.
    """

    def __init__(self, engine: Stage, number: int, crews: Crews, others: Others | None) -> None:
        self._engine, self._number = engine, number
        self._officers = OneGroup(*crews[0]) if len(crews) == 1 else Groups(crews)
        self._turn, self._write, self._schedule = (
            self._officers.turn, engine.journal.activities.frombytes, engine.env.schedule
        )  # fmt: skip
        self._others = others or Others(number, [], [])
        self._came = self._officers.own(np.array(self._others.times, dtype=np.int64)).tolist()
        self._joined: list[tuple[int, int]] = []
        """When the files of other matters that have joined start and end, by the clock of the officers."""

    def request(self, cursor: Cursor, category: int, staff: int, seconds: int) -> None:
        """Serve a case when its turn comes, and go on with it when that is over."""
        engine = self._engine
        now = engine.now
        if self._came:
            self.catch_up(now)
        start, end = self._turn(now, staff, seconds)
        self._write(
            activity_row(cursor.id, cursor.parent is None, category, self._number, staff, now, start, end, seconds)
        )
        cursor.callbacks = engine.passed
        self._schedule(cursor, NORMAL, end - now)

    def catch_up(self, now: int) -> None:
        """Let the files of other matters that have come up to a moment join the line."""
        others, first = self._others, len(self._joined)
        after = bisect_right(others.times, now, first)
        if after > first:
            self._joined += self._officers.join(self._came[first:after], others.seconds[first:after])

    def write_others(self) -> int:
        """Write what became of the files of other matters that have joined; return when the last of them ends."""
        count, latest = len(self._joined), 0
        if count:
            starts, ends = self._officers.wall(*np.array(self._joined, dtype=np.int64).T)
            came, seconds = (np.array(x[:count], dtype=np.int64) for x in (self._others.times, self._others.seconds))
            rows = np.empty((count, len(ACTIVITY)), dtype=np.int32)
            put_others(rows, self._number, came, starts, ends, seconds)
            self._engine.journal.activities.frombytes(rows.tobytes())
            latest = int(ends.max())
        return latest


def put_others(rows: Ints32, pool: int, came: Ints, starts: Ints, ends: Ints, seconds: Ints) -> None:
    """Put into rows of activities those of files of other matters at a pool, from when they came, started and ended."""
    rows[:, :5] = -1, 0, int(Category.WORK), pool, 1
    rows[:, 5], rows[:, 6], rows[:, 7], rows[:, 8] = came, starts, ends, seconds
