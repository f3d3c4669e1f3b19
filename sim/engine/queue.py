"""Queues in front of officers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from simpy import Environment
from simpy.events import NORMAL

from sim.engine.case import Cursor, Server
from sim.records.log import Log, activity_row


class Stage(Protocol):
    """What a pool asks of the engine it stands in."""

    now: int
    env: Environment
    log: Log

    def play(self, cursor: Cursor) -> None:
        """Go on with a run from where it stands."""
        ...

    def look_at_clock(self) -> None:
        """Take the time from SimPy."""
        ...

    def at(self, moment: int, call: Callable[[], None]) -> None:
        """Do something at a moment."""
        ...


class Party(Protocol):
    """Officers of several pools who work together."""

    def join(self, queue: Queue, server: Server, staff: int) -> None:
        """Officers of a pool are there."""
        ...


class Queue:
    """One queue in front of groups of officers; whoever can start earliest takes the first in line."""

    def __init__(self, engine: Stage, number: int, servers: list[Server]) -> None:
        self._engine, self.number, self._servers = engine, number, servers
        self._visits: deque[tuple[Party, int]] = deque()
        self._urgent: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._normal: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._always = all(s.clock.always for s in servers)
        self._wake = -1
        self._released = [self._release]

    def request(self, cursor: Cursor, category: int, staff: int, seconds: int) -> None:
        """Serve a case now if someone is free, on duty and nobody is before it; else let it queue."""
        now = self._engine.now
        if not (self._normal or self._urgent or self._visits) and (server := self._on_duty(now, staff)):
            self._serve(server, cursor, category, staff, seconds, now)
            return
        line = self._urgent if cursor.case.urgent else self._normal
        line.append((cursor, category, staff, seconds, now))
        if cursor.case.urgent or not self._always:
            self._dispatch()

    def call(self, party: Party, staff: int) -> None:
        """Let officers join a party of several pools as soon as they can, ahead of what else is in line."""
        self._visits.append((party, staff))
        self._dispatch()

    def take_back(self, server: Server, staff: int) -> None:
        """Officers are back from a party."""
        server.free += staff
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
        engine.log.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, self.number, staff, queued, now, end, seconds)
        )
        cursor.callbacks = self._released  # type: ignore[assignment]  # called with the cursor itself
        engine.env.schedule(cursor, NORMAL, end - now)

    def _release(self, cursor: Cursor) -> None:
        self._engine.look_at_clock()
        cursor.server.free += cursor.staff
        if self._normal or self._urgent or self._visits:
            self._dispatch()
        self._engine.play(cursor)

    def _dispatch(self) -> None:
        now = self._engine.now
        while self._visits:
            party, staff = self._visits[0]
            server = self._on_duty(now, staff)
            if server is None:
                self._look_again(now, staff)
                return
            self._visits.popleft()
            server.free -= staff
            party.join(self, server, staff)
        while line := self._urgent or self._normal:
            cursor, category, staff, seconds, queued = line[0]
            server = self._on_duty(now, staff)
            if server is None:
                self._look_again(now, staff)
                return
            line.popleft()
            self._serve(server, cursor, category, staff, seconds, queued)

    def _look_again(self, now: int, staff: int) -> None:
        """Look again when the next free group comes on duty; whoever is freed looks by themselves."""
        if self._always:
            return
        openings = [s.clock.next_open(now) for s in self._servers if s.free >= staff and not s.clock.always]
        if openings and min(openings) != self._wake:
            self._wake = min(openings)
            self._engine.at(self._wake, self._awake)

    def _awake(self) -> None:
        self._wake = -1
        self._dispatch()
