"""Officers of several departments who work on one case at the same time."""

from __future__ import annotations

from typing import NamedTuple

from simpy.events import NORMAL

from sim.core.workdays import Clock
from sim.engine.case import Cursor, Server
from sim.engine.queue import Queue, Stage
from sim.records.log import activity_row


class Held(NamedTuple):
    """Officers who are there."""

    queue: Queue
    server: Server
    staff: int


class Visit:
    """One visit: each department's officers come as soon as they can, ahead of files, and it starts when all are there.

    Visits stand in every line in the order in which they were asked for, so that no two wait for one another.
    """

    def __init__(
        self, stage: Stage, cursor: Cursor, category: int, seconds: int, queues: list[tuple[Queue, int]]
    ) -> None:
        self._stage, self._cursor, self._category, self._seconds = stage, cursor, category, seconds
        self._asked, self._missing = stage.now, len(queues)
        self._held: list[Held] = []
        self._over = [self._leave]
        for queue, staff in queues:
            queue.call(self, staff)

    def join(self, queue: Queue, server: Server, staff: int) -> None:
        """Officers of a pool are there."""
        self._held.append(Held(queue, server, staff))
        self._missing -= 1
        if not self._missing:
            self._start()

    def _start(self) -> None:
        stage, cursor = self._stage, self._cursor
        clock = Clock.all_of([held.server.clock for held in self._held])
        start = clock.next_open(stage.now)
        end = clock.add(start, self._seconds)
        for n, (queue, _, staff) in enumerate(self._held):
            main = cursor.parent is None and n == 0
            stage.journal.activities.frombytes(
                activity_row(
                    cursor.id, main, self._category, queue.number, staff, self._asked, start, end, self._seconds
                )
            )
        cursor.callbacks = self._over  # type: ignore[assignment]  # called with the cursor itself
        stage.env.schedule(cursor, NORMAL, end - stage.now)

    def _leave(self, cursor: Cursor) -> None:
        self._stage.look_at_clock()
        for held in self._held:
            held.queue.take_back(held.server, held.staff)
        self._stage.play(cursor)
