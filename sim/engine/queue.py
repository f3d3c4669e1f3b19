"""Queues in front of officers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from simpy import Environment
from simpy.events import NORMAL

from sim.engine.case import Cursor, Server
from sim.records.log import Journal, activity_row


class Stage(Protocol):
    """What a pool asks of the engine it stands in."""

    now: int
    env: Environment
    journal: Journal

    def play(self, cursor: Cursor) -> None:
        """Go on with a run from where it stands."""
        ...

    def look_at_clock(self) -> None:
        """Take the time from SimPy."""
        ...

    def at(self, moment: int, call: Callable[[], None]) -> None:
        """Do something at a moment."""
        ...


class Queue:
    """One queue in front of groups of officers; whoever can start earliest takes the first in line."""

    def __init__(self, engine: Stage, number: int, servers: list[Server]) -> None:
        self._engine, self._number, self._servers = engine, number, servers
        self._urgent: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._normal: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._always = all(s.clock.always for s in servers)
        self._wake = -1
        self._released = [self._release]

    def request(self, cursor: Cursor, category: int, staff: int, seconds: int) -> None:
        """Serve a case now if someone is free, on duty and nobody is before it; else let it queue."""
        now = self._engine.now
        if not self._normal and not self._urgent and (server := self._on_duty(now, staff)):
            self._serve(server, cursor, category, staff, seconds, now)
            return
        line = self._urgent if cursor.case.urgent else self._normal
        line.append((cursor, category, staff, seconds, now))
        if cursor.case.urgent or not self._always:
            self._dispatch()

    def _on_duty(self, now: int, staff: int) -> Server | None:
        for server in self._servers:
            if server.free >= staff and (server.clock.always or server.clock.is_open(now)):
                return server
        return None

    def _serve(self, server: Server, cursor: Cursor, category: int, staff: int, seconds: int, queued: int) -> None:
        engine, clock = self._engine, server.clock
        now = engine.now
        server.free -= staff
        cursor.server, cursor.staff = server, staff
        end = now + seconds if clock.always else clock.add(now, seconds)
        engine.journal.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, self._number, staff, queued, now, end, seconds)
        )
        cursor.callbacks = self._released  # type: ignore[assignment]  # called with the cursor itself
        engine.env.schedule(cursor, NORMAL, end - now)

    def _release(self, cursor: Cursor) -> None:
        self._engine.look_at_clock()
        cursor.server.free += cursor.staff
        if self._normal or self._urgent:
            self._dispatch()
        self._engine.play(cursor)

    def _dispatch(self) -> None:
        now = self._engine.now
        while line := self._urgent or self._normal:
            cursor, category, staff, seconds, queued = line[0]
            server = self._on_duty(now, staff)
            if server is None:
                if not self._always:
                    self._wake_at_opening(now, staff)
                return
            line.popleft()
            self._serve(server, cursor, category, staff, seconds, queued)

    def _wake_at_opening(self, now: int, staff: int) -> None:
        """Look again when the next free group comes on duty."""
        openings = [s.clock.next_open(now) for s in self._servers if s.free >= staff and not s.clock.always]
        if openings and min(openings) != self._wake:
            self._wake = min(openings)
            self._engine.at(self._wake, self._awake)

    def _awake(self) -> None:
        self._wake = -1
        self._dispatch()
