"""The way of an attempt along its program."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from simpy import Environment
from simpy.events import NORMAL, Event

from sim.core.workdays import DAY
from sim.engine.case import Case, Cursor, Server, Stream
from sim.engine.line import Line
from sim.engine.panel import Panel
from sim.engine.queue import Queue
from sim.records.log import Ended, Log, activity_row
from sim.records.tables import Deferral, Flag, Op, Tables, Within
from sim.spec.categories import Category

SERVE, DELAY, SIT, ACCEPT, DECIDE, FORK, JOIN, OPEN, PERIOD, SUBMIT, CHECKED, DEFER, REVOKE, CIRCULATE = map(int, Op)
APPLICANT, SITTING = int(Category.APPLICANT), int(Category.SITTING)
RETURNED, DEFERRED, DEEMED = int(Flag.RETURNED), int(Flag.DEFERRED), int(Flag.DEEMED)


class Player(ABC):
    """Plays programs, instruction by instruction; what an attempt that is over leads to is for others to say."""

    def __init__(self, tables: Tables) -> None:
        self.env, self.log = Environment(), Log()
        self.now = 0
        """The moment, in whole seconds since the start; SimPy's own is dearer to read, and is read often."""
        self._tables = tables
        # SimPy calls it with the event itself, a cursor.
        self.passed: list[Callable[[Event], None]] = [self._resume]  # type: ignore[list-item]
        others = {files.pool: files for files in tables.others}
        self._lines: list[Line] = []
        self._queues: list[Line | Queue] = []
        urgent = any(arrivals.urgent for arrivals in tables.arrivals)
        for number, pool in enumerate(tables.pools):
            crews = [(crew.count, tables.clocks[crew.clock]) for crew in pool.groups]
            if urgent or pool.hands_on:
                self._queues.append(Queue(self, number, [Server(*crew) for crew in crews], pool.hands_on))
            else:
                self._lines.append(Line(self, number, crews, others.pop(number, None)))
                self._queues.append(self._lines[-1])
        self._streams = [Stream(files) for files in others.values()]
        """Files of other matters that no line takes in by itself."""
        self._panels = [Panel(sittings) for sittings in tables.sittings]

    @abstractmethod
    def _finish(self, attempt: Cursor) -> None:
        """An attempt is over."""

    @abstractmethod
    def _refuse(self, case: Case, cause: int, how: Ended = Ended.REFUSED) -> None:
        """A case is refused or revoked."""

    def look_at_clock(self) -> None:
        """Take the time; the first thing to do in whatever SimPy calls."""
        self.now = self.env._now  # type: ignore[assignment]  # every delay is whole

    def at(self, moment: int, call: Callable[[], None]) -> None:
        """Call a function at a moment."""

        def happen(_: Event) -> None:
            self.look_at_clock()
            call()

        self.env.timeout(moment - self.now).callbacks.append(happen)

    def play(self, cursor: Cursor) -> None:
        """Carry out the program from where it stands until something takes time."""
        index = cursor.case.index
        for op, category, where, staff, every in cursor.lines:
            seconds = every[index]
            if seconds < 0:
                continue
            if op == SERVE:
                self._queues[where].request(cursor, category, staff, seconds)
                return
            if op == ACCEPT:
                if cursor.accepted < 0:
                    cursor.accepted = self.now
            elif op == DECIDE:
                cursor.decided = self.now
            elif self._take(cursor, op, category, where, seconds):
                return
        if cursor.parent is None:
            self._finish(cursor)
        else:
            self._finish_branch(cursor.parent)

    def _take(self, cursor: Cursor, op: int, category: int, where: int, seconds: int) -> bool:
        """Carry out an instruction that needs no staff; whether it takes time."""
        if op == DELAY:
            return self._pass(cursor, category, self._tables.clocks[where].add(self.now, seconds), seconds)
        if op == SIT:
            return self._pass(cursor, SITTING, self._panels[where].take(self.now), 0)
        if op == OPEN:
            return self._pass(cursor, category, self._tables.clocks[where].settled(self.now, self.now), 0)
        if op == CIRCULATE:
            end = self._tables.clocks[where].settled(self.now, self.now + seconds)
            return self._pass(cursor, category, end, end - self.now)
        if op == PERIOD:
            return self._period(cursor, category, where == Within.CALENDAR_DAYS, seconds)
        if op == DEFER:
            return self._defer(cursor, where)
        if op == JOIN and cursor.pending:
            cursor.since = self.now
            return True
        self._note(cursor, op, where, seconds)
        return False

    def _note(self, cursor: Cursor, op: int, where: int, seconds: int) -> None:
        """Carry out an instruction that takes no time."""
        if op == FORK:
            self._fork(cursor, where)
        elif op == SUBMIT:
            cursor.submitted = self.now
        elif op == CHECKED:
            self._check(cursor, seconds)
        elif op == REVOKE:
            self._refuse(cursor.case, cursor.id, Ended.REVOKED)

    def _period(self, cursor: Cursor, category: int, calendar: bool, days: int) -> bool:
        """Let a legal period of days pass."""
        tables, now = self._tables, self.now
        end = tables.deadlines.end(now, days, calendar)
        busy = end - now if calendar else tables.clocks[tables.office].between(now, end)
        return self._pass(cursor, category, end, busy)

    def _check(self, cursor: Cursor, days: int) -> None:
        """An application looked through after so many working days counts as accepted when it came."""
        submitted, now = cursor.submitted, self.now
        # Fewer calendar days than that cannot hold so many working days, and are quicker to tell.
        silent = now - submitted > days * DAY and now > self._tables.deadlines.end(submitted, days, calendar=False)
        if silent and cursor.accepted < 0:
            cursor.accepted = submitted
            cursor.flags |= DEEMED

    def _defer(self, cursor: Cursor, late: int) -> bool:
        """Go on with papers missing, or along branch `late` when they will come too late; whether it was taken."""
        if not self._returned(cursor):
            return False
        cursor.lines = iter(cursor.program.branches[late])
        self.play(cursor)
        return True

    def _returned(self, cursor: Cursor) -> bool:
        """Whether papers that may come later come too late, which returns the application."""
        deferral, index, clocks = cursor.program.deferral, cursor.case.index, self._tables.clocks
        assert deferral is not None
        end = self.now
        for clock, seconds in deferral.supply:
            end = clocks[clock].add(end, seconds[index])
        if end == self.now:
            return False
        late = end > self._due(deferral, deferral.within[index])
        cursor.flags |= RETURNED if late else DEFERRED
        if late:
            cursor.accepted = -1  # whatever silence had accepted: it is handed in anew
        return late

    def _due(self, deferral: Deferral, within: int) -> int:
        """When a time allowed ends that starts now."""
        if deferral.unit is Within.SECONDS:
            return self._tables.clocks[deferral.clock].add(self.now, within)
        return self._tables.deadlines.end(self.now, within, deferral.unit is Within.CALENDAR_DAYS)

    def _pass(self, cursor: Cursor, category: int, end: int, busy: int) -> bool:
        now = self.now
        if end == now:
            return False
        self.log.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, -1, 0, now, now, end, busy)
        )
        cursor.callbacks = self.passed
        self.env.schedule(cursor, NORMAL, end - now)
        return True

    def _resume(self, cursor: Cursor) -> None:
        self.look_at_clock()
        self.play(cursor)

    def _fork(self, attempt: Cursor, where: int) -> None:
        """Start a branch; the main line waits for it only at a JOIN."""
        lines = attempt.program.branches[where]
        branch = Cursor(
            attempt.id, attempt.case, attempt.node, attempt.nth, attempt.cause, self.now, attempt.program, lines
        )
        branch.parent = attempt
        attempt.pending += 1
        self.play(branch)

    def _finish_branch(self, attempt: Cursor) -> None:
        """Let the main line go on if this was the last branch it waited for."""
        attempt.pending -= 1
        since = attempt.since
        if since >= 0 and not attempt.pending:
            self.log.activities.frombytes(
                activity_row(
                    attempt.id, 1, APPLICANT, -1, 0, attempt.since, attempt.since, self.now, self.now - attempt.since
                )
            )
            attempt.since = -1
            self.play(attempt)
