"""Queues in front of officers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from simpy import Environment
from simpy.events import NORMAL, URGENT

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


class Party(Protocol):
    """Officers of several pools who work together."""

    def join(self, queue: Queue, server: Server, staff: int) -> None:
        """Officers of a pool are there."""
        ...


class Queue:
    """One queue in front of groups of officers; whoever can start earliest takes the first in line.

    With `hands_on`, what a group has under way when it goes off duty comes before all else in line; then come visits.
    """

    def __init__(self, engine: Stage, number: int, servers: list[Server], hands_on: bool = False) -> None:
        self._engine, self.number, self._servers, self._hands_on = engine, number, servers, hands_on
        self._begun: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._visits: deque[tuple[Party, int]] = deque()
        self._urgent: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._normal: deque[tuple[Cursor, int, int, int, int]] = deque()
        self._always = all(s.clock.always for s in servers)
        self._wake = self._gathered = -1
        self._released, self._left = [self._release], [self._leave]

    def request(self, cursor: Cursor, category: int, staff: int, seconds: int) -> None:
        """Serve a case now if someone is free, on duty and nobody is before it; else let it queue."""
        now = self._engine.now
        if not self._waiting and (server := self._on_duty(now, staff)):
            self._serve(server, cursor, category, staff, seconds, now)
            return
        line = self._urgent if cursor.case.urgent else self._normal
        line.append((cursor, category, staff, seconds, now))
        if cursor.case.urgent or not self._always:
            self._dispatch()

    @property
    def _waiting(self) -> bool:
        """Whether anybody is in line."""
        return bool(self._normal or self._urgent or self._begun or self._visits)

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
        over, when = self._released, NORMAL
        if self._hands_on and (closing := self._handed_on(server, staff)) is not None and closing < end:
            cursor.rest = category, seconds - (closing - now)
            # Before anything else that happens then, so that whoever comes on duty finds it in line.
            end, seconds, over, when = closing, closing - now, self._left, URGENT
        engine.journal.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, self.number, staff, queued, now, end, seconds)
        )
        cursor.callbacks = over  # type: ignore[assignment]  # called with the cursor itself
        engine.env.schedule(cursor, when, end - now)

    def _handed_on(self, server: Server, staff: int) -> int | None:
        """When a group that is on duty hands on what it has under way; None where no other group could take it."""
        others = any(other.count >= staff for other in self._servers if other is not server)
        return server.clock.closing(self._engine.now) if others else None

    def _release(self, cursor: Cursor) -> None:
        self._engine.look_at_clock()
        cursor.server.free += cursor.staff
        if self._waiting:
            self._dispatch()
        self._engine.play(cursor)

    def _leave(self, cursor: Cursor) -> None:
        """A group goes off duty with work under way."""
        self._engine.look_at_clock()
        cursor.server.free += cursor.staff
        now = self._engine.now
        urgent = sum(left[0].case.urgent for left in self._begun)
        place = urgent if cursor.case.urgent else len(self._begun)
        self._begun.insert(place, (cursor, cursor.rest[0], cursor.staff, cursor.rest[1], now))
        if self._gathered != now:  # all that leave at this moment stand in line before anybody takes the first
            self._gathered = now
            self._engine.at(now, self._dispatch)

    def _dispatch(self) -> None:
        now = self._engine.now
        while self._waiting:
            if self._visits and not self._begun:
                if not self._let_go(*self._visits[0], now):
                    return
                continue
            line = self._begun or self._urgent or self._normal
            cursor, category, staff, seconds, queued = line[0]
            server = self._on_duty(now, staff)
            if server is None:
                self._look_again(now, staff)
                return
            line.popleft()
            self._serve(server, cursor, category, staff, seconds, queued)

    def _let_go(self, party: Party, staff: int, now: int) -> bool:
        """Let officers join the first party in line; whether there were any for it."""
        server = self._on_duty(now, staff)
        if server is None:
            self._look_again(now, staff)
            return False
        self._visits.popleft()
        server.free -= staff
        party.join(self, server, staff)
        return True

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
