"""The way of an attempt along its program."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from simpy import Environment
from simpy.events import NORMAL, Event

from sim.core.workdays import DAY
from sim.engine.case import Case, Cursor, Server, Stream
from sim.engine.line import Line, overtaken
from sim.engine.lists import others
from sim.engine.panel import Panel
from sim.engine.queue import Queue
from sim.engine.visit import Visit
from sim.engine.waits import due, supplied
from sim.records.log import Ended, Journal, activity_row
from sim.records.tables import Flag, Op, Tables, Within
from sim.spec.categories import Category

(SERVE, DELAY, SIT, ACCEPT, DECIDE, FORK, JOIN, OPEN, PERIOD, SUBMIT, CHECKED, DEFER, REVOKE, CIRCULATE, CORRECT,
 SINCE_END, SINCE_START, TACIT, VISIT) = map(int, Op)  # fmt: skip
APPLICANT, SITTING = int(Category.APPLICANT), int(Category.SITTING)
RETURNED, DEFERRED, DEEMED = int(Flag.RETURNED), int(Flag.DEFERRED), int(Flag.DEEMED)
LAPSED, GRANTED_BY_SILENCE = int(Flag.LAPSED), int(Flag.TACIT)


class Player(ABC):
    """Plays programs, instruction by instruction; what an attempt that is over leads to is for others to say."""

    def __init__(self, tables: Tables) -> None:
        self.env, self.journal = Environment(), Journal()
        self.now = 0
        """The moment, in whole seconds since the start; SimPy's own is dearer to read, and is read often."""
        self._tables = tables
        # SimPy calls it with the event itself, a cursor.
        self.passed: list[Callable[[Event], None]] = [self.play]  # type: ignore[list-item]
        self._seldom: dict[int, Callable[[Cursor, int, int, int, int], bool]] = {
            DEFER: self._defer, CORRECT: self._correct, VISIT: self._visit,
            SINCE_END: lambda *line: self._lag(True, *line), SINCE_START: lambda *line: self._lag(False, *line),
        }  # fmt: skip
        """What takes time and is not met often; whether it took any."""
        self._lines: list[Line] = []
        self._overtaken: dict[int, Queue] = {}
        """Queues in which somebody may be served before those who came first."""
        self._queues = self._stand(tables)
        self._request = [queue.request for queue in self._queues]
        self._panels = [Panel(sittings) for sittings in tables.sittings]

    def _stand(self, tables: Tables) -> list[Line | Queue]:
        """What stands in front of each pool: a line where nobody overtakes, which is quicker, or else a queue."""
        coming = {files.pool: others(files) for files in tables.others}
        found: list[Line | Queue] = []
        for number, (pool, queue) in enumerate(zip(tables.pools, overtaken(tables), strict=True)):
            crews = [(crew.count, tables.clocks[crew.clock]) for crew in pool.groups]
            if queue:
                self._overtaken[number] = Queue(self, number, [Server(*crew) for crew in crews], pool.hands_on)
                found.append(self._overtaken[number])
            else:
                self._lines.append(Line(self, number, crews, coming.pop(number, None)))
                found.append(self._lines[-1])
        self._streams = [Stream(files) for files in coming.values()]
        """Files of other matters that no line takes in by itself."""
        return found

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
        """Carry out the program from where it stands until something takes time; called by SimPy as well."""
        now: int = self.env._now  # type: ignore[assignment]  # as in `look_at_clock`
        self.now, index = now, cursor.case.index
        for op, category, where, staff, every in cursor.lines:
            seconds = every[index]
            if seconds < 0:
                continue
            if op == SERVE:
                self._request[where](cursor, category, staff, seconds)
                return
            if op == ACCEPT:
                if cursor.accepted < 0:
                    cursor.accepted = now
            elif op == DECIDE:
                cursor.decided = now
            elif self._take(cursor, op, category, where, staff, seconds):
                return
        if cursor.released:
            return
        if cursor.parent is None:
            self._finish(cursor)
        else:
            self._leave(cursor)

    def _leave(self, cursor: Cursor) -> None:
        """An attempt, or a branch, is over."""
        if cursor.parent is None:
            self._finish(cursor)
        else:
            cursor.released = True
            self._finish_branch(cursor.parent, cursor.group)

    def _take(self, cursor: Cursor, op: int, category: int, where: int, staff: int, seconds: int) -> bool:
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
        if op in self._seldom:
            return self._seldom[op](cursor, category, where, staff, seconds)
        if op == JOIN and cursor.pending[where]:
            cursor.since, cursor.joins = self.now, (where, category)
            return True
        self._note(cursor, op, where, staff, seconds)
        return False

    def _note(self, cursor: Cursor, op: int, where: int, staff: int, seconds: int) -> None:
        """Carry out an instruction that takes no time."""
        if op == FORK:
            self._fork(cursor, where, staff)
        elif op == TACIT:
            start = self.now if cursor.accepted < 0 else cursor.accepted
            end = due(self._tables, cursor.program.silences[where], cursor.case.index, start)
            self.at(max(end, self.now), lambda: self._consent(cursor))
        elif op == SUBMIT:
            cursor.submitted = self.now
        elif op == CHECKED:
            self._check(cursor, seconds)
        elif op == REVOKE:
            self._refuse(cursor.case, cursor.id, Ended.REVOKED)

    def _consent(self, cursor: Cursor) -> None:
        """Silence is consent: nobody waits any more for who has not answered, and whose officers work it off."""
        if cursor.released or cursor.decided >= 0:
            return
        self._stop_waiting(cursor)
        cursor.lines = iter([line for line in cursor.lines if line[0] in (SERVE, VISIT)])
        cursor.decided, cursor.flags = self.now, cursor.flags | GRANTED_BY_SILENCE
        self._leave(cursor)
        cursor.released = True

    def _visit(self, cursor: Cursor, category: int, where: int, staff: int, seconds: int) -> bool:
        """Let officers of several pools work on a case together."""
        del staff
        queues = [(self._overtaken[number], many) for number, many in self._tables.crews[where]]
        Visit(self, cursor, category, seconds, queues)
        return True

    def _lag(self, end_of: bool, cursor: Cursor, category: int, where: int, node: int, seconds: int) -> bool:
        """Wait until so long after another node started, or ended, and start then; one that never did is no reason."""
        clock, since = self._tables.clocks[where], cursor.case.since.get((node, end_of))
        if since is None:
            return False
        end = max(clock.add(since, seconds), self.now)
        if end > self.now:
            cursor.ready = end
        return self._pass(cursor, category, end, clock.between(self.now, end))

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

    def _correct(self, cursor: Cursor, category: int, where: int, turn: int, seconds: int) -> bool:
        """Let an application be put right, or lapse when the time from the first notice on is up; whether it took."""
        corrections, index, now = cursor.program.corrections, cursor.case.index, self.now
        assert corrections is not None
        if cursor.told < 0:
            cursor.told = now
        clock = self._tables.clocks[where]
        end, last = clock.add(now, seconds), max(now, due(self._tables, corrections.allowed, index, cursor.told))
        if end <= last:
            return self._pass(cursor, category, end, seconds)
        cursor.flags, cursor.lines = cursor.flags | LAPSED, iter(())
        cursor.visits = corrections.visits[index] + (turn - 1) * corrections.each[index]
        if not self._pass(cursor, category, last, clock.between(now, last)):
            self.play(cursor)
        return True

    def _defer(self, cursor: Cursor, category: int, late: int, staff: int, seconds: int) -> bool:
        """Go on with papers missing, or along branch `late` when they will come too late; whether it was taken."""
        del category, staff, seconds
        if not self._returned(cursor):
            return False
        cursor.lines = iter(cursor.program.branches[late])
        self.play(cursor)
        return True

    def _returned(self, cursor: Cursor) -> bool:
        """Whether papers that may come later come too late, which returns the application."""
        deferral = cursor.program.deferral
        assert deferral is not None
        end, late = supplied(self._tables, deferral, cursor.case.index, self.now)
        if end == self.now:
            return False
        cursor.flags |= RETURNED if late else DEFERRED
        if late:
            cursor.accepted = -1  # whatever silence had accepted: it is handed in anew
        return late

    def _pass(self, cursor: Cursor, category: int, end: int, busy: int) -> bool:
        now = self.now
        if end == now:
            return False
        self.journal.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, -1, 0, now, now, end, busy)
        )
        cursor.callbacks = self.passed
        self.env.schedule(cursor, NORMAL, end - now)
        return True

    def _fork(self, attempt: Cursor, where: int, group: int) -> None:
        """Start a branch; the main line waits for it only at a JOIN."""
        lines = attempt.program.branches[where]
        branch = Cursor(
            attempt.id, attempt.case, attempt.node, attempt.nth, attempt.cause, self.now, attempt.program, lines
        )
        branch.parent, branch.group = attempt, group
        self._count(attempt, group, 1)
        self.play(branch)

    def _count(self, attempt: Cursor, group: int, change: int) -> None:
        """So many branches more of a group are under way."""
        attempt.pending = tuple(n + change * (i == group) for i, n in enumerate(attempt.pending))

    def _finish_branch(self, attempt: Cursor, group: int) -> None:
        """Let the main line go on if this was the last branch it waited for."""
        self._count(attempt, group, -1)
        if attempt.since >= 0 and attempt.joins[0] == group and not attempt.pending[group]:
            self._stop_waiting(attempt)
            self.play(attempt)

    def _stop_waiting(self, attempt: Cursor) -> None:
        """Note how long the main line has waited for its branches, if it has."""
        since, now = attempt.since, self.now
        if since >= 0:
            _, category = attempt.joins
            office = self._tables.clocks[self._tables.office]
            busy = now - since if category == APPLICANT else office.between(since, now)
            self.journal.activities.frombytes(activity_row(attempt.id, 1, category, -1, 0, since, since, now, busy))
            attempt.since = -1
