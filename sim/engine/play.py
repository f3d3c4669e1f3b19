"""The way of the cases through their nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simpy import Environment
from simpy.events import NORMAL, Event

from sim.core.workdays import DAY
from sim.engine.case import Case, Cursor, Server, Stream
from sim.engine.line import Line
from sim.engine.panel import Panel
from sim.engine.queue import Queue
from sim.records.log import Ended, Log, activity_row, attempt_row, case_row
from sim.records.tables import Deferral, Flag, Op, Program, Tables, Within
from sim.spec.categories import Category

SERVE, DELAY, SIT, ACCEPT, DECIDE, FORK, JOIN, OPEN, PERIOD, SUBMIT, CHECKED, DEFER, REVOKE, CIRCULATE = map(int, Op)
APPLICANT, SITTING, WORK = int(Category.APPLICANT), int(Category.SITTING), int(Category.WORK)
NOBODY, NOTHING = Case(-1, -1, -1, 0, False, []), Program([])
"""The case and the program of what is outside the scenario."""
FAILED, REFUSED = int(Flag.FAILED), int(Flag.REFUSED)
RETURNED, DEFERRED, DEEMED = int(Flag.RETURNED), int(Flag.DEFERRED), int(Flag.DEEMED)


class Engine:
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        self.env, self.log = Environment(), Log()
        self.now = 0
        """The moment, in whole seconds since the start; SimPy's own is dearer to read, and is read often."""
        self._tables, self._flows = tables, tables.flows
        self._count = 0
        self._open = sum(a.end for a in tables.arrivals)
        """Cases that have not come to their end, those left out that come after the last measured one."""
        self._elsewhere = Cursor(-1, NOBODY, -1, 0, -1, 0, NOTHING, [])
        """What the files of other matters are part of; nobody waits for it."""
        # SimPy calls both with the event itself: a cursor, and a stream.
        self.passed: list[Callable[[Event], None]] = [self._resume]  # type: ignore[list-item]
        self._another: list[Callable[[Event], None]] = [self._take_other]  # type: ignore[list-item]
        self._over: list[tuple[Case, int, Iterator[int], int]] = []
        """Nodes that are over: the case, their bit, what is still to be looked at after them, and what ended them."""
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
        self._bits = [1 << i for i in range(max(len(f.nodes) for f in tables.flows))]
        self._waits = [[sum(self._bits[u] for u in before) for before in f.before] for f in tables.flows]
        self._programs = [[f.program(n, 0) for n in range(len(f.nodes))] for f in tables.flows]

    def run(self) -> Log:
        """Play until nothing is left to happen."""
        for process in range(len(self._tables.arrivals)):
            self._next_arrival(process, 0)
        for stream in self._streams:
            self._next_other(stream)
        self.env.run()
        self.log.end = int(self.env.now)
        for line in self._lines:
            line.catch_up(max(arrivals.between[1] for arrivals in self._tables.arrivals))
            line.write_others()
        return self.log

    def look_at_clock(self) -> None:
        """Take the time; the first thing to do in whatever SimPy calls."""
        self.now = self.env._now  # type: ignore[assignment]  # every delay is whole

    def at(self, moment: int, call: Callable[[], None]) -> None:
        """Call a function at a moment."""

        def happen(_: Event) -> None:
            self.look_at_clock()
            call()

        self.env.timeout(moment - self.now).callbacks.append(happen)

    def _next_arrival(self, process: int, index: int) -> None:
        times = self._tables.arrivals[process].times
        if index < len(times):
            self.at(times[index], lambda: self._arrive(process, index))

    def _next_other(self, stream: Stream) -> None:
        """Let the next file of other matters come, as long as somebody may have to wait behind it."""
        times = stream.files.times
        if stream.coming < len(times) and self._open:
            stream.callbacks = self._another
            self.env.schedule(stream, NORMAL, times[stream.coming] - self.now)

    def _take_other(self, stream: Stream) -> None:
        self.look_at_clock()
        files, index = stream.files, stream.coming
        stream.coming += 1
        self._next_other(stream)
        file = Cursor(-1, NOBODY, -1, 0, -1, self.now, NOTHING, [])
        file.parent = self._elsewhere
        self._queues[files.pool].request(file, WORK, 1, files.seconds[index])

    def _arrive(self, process: int, index: int) -> None:
        arrivals = self._tables.arrivals[process]
        if index >= arrivals.end and not self._open:
            return  # nobody is left who might wait behind it
        flow = arrivals.flow[index]
        urgent = arrivals.urgent is not None and arrivals.urgent[index]
        case = Case(index, process, flow, self.now, urgent, self._waits[flow].copy())
        self._next_arrival(process, index + 1)
        for node, waits in enumerate(self._waits[flow]):
            if not waits:
                self._begin(case, node, -1)

    # -- a case among its nodes -------------------------------------------------------------------

    def _begin(self, case: Case, node: int, cause: int) -> None:
        """Start a node, or pass it by when it is not for this case."""
        if case.refused:
            return
        flow = self._flows[case.flow]
        active = flow.active[node]
        if active is not None and not active[case.index]:
            self._complete(case, node, cause)
            return
        case.running |= self._bits[node]
        nth = case.begun[node]
        case.begun[node] = nth + 1
        program = flow.program(node, nth) if nth else self._programs[case.flow][node]
        attempt = Cursor(self._count, case, node, nth, cause, self.now, program, program.lines)
        self._count += 1
        self.play(attempt)

    def _finish(self, attempt: Cursor) -> None:
        """A attempt is over: go on, go back or end, unless the case was sent back meanwhile."""
        case, node = attempt.case, attempt.node
        flags = self._write(attempt)
        if attempt.nth + 1 < case.begun[node]:
            return
        case.running &= ~self._bits[node]
        if case.refused:
            self._refuse(case, attempt.id)
        elif case.waits[node]:
            return
        elif flags & FAILED:
            self._redo(case, node, attempt.id)
        elif flags & REFUSED:
            self._refuse(case, attempt.id)
        else:
            self._complete(case, node, attempt.id)

    def _write(self, attempt: Cursor) -> int:
        """Write the row of an attempt that is over; return its flags."""
        case, program = attempt.case, attempt.program
        index = case.index
        flags = attempt.flags | (program.flags[index] if program.flags else 0)
        papers = program.papers[index] if program.papers else 0
        visits = program.visits[index] if program.visits else 0
        self.log.attempts.frombytes(
            attempt_row(attempt.id, index, case.flow, attempt.node, attempt.nth, attempt.cause, attempt.ready,
                        attempt.accepted, attempt.decided, self.now, flags, papers, visits)
        )  # fmt: skip
        return flags

    def _complete(self, case: Case, node: int, cause: int) -> None:
        """A node is over: start what waited only for it, and end the case when all is over.

        What starts may be over at once, and so on along a chain of any length: the nodes that are over lie on a stack,
        the last of them looked at first, and whoever puts the first there looks at all.
        """
        bit = self._bits[node]
        case.left &= ~bit
        over = self._over
        over.append((case, bit, iter(self._flows[case.flow].after[node]), cause))
        if len(over) == 1:
            while over:
                self._look_after(*over[-1])

    def _look_after(self, case: Case, bit: int, following: Iterator[int], cause: int) -> None:
        """Start the next node that waited only for one that is over; when none is left, it needs no more looking at."""
        waits = case.waits
        for later in following:
            if waits[later] & bit:
                waits[later] &= ~bit
                if not waits[later]:
                    self._begin(case, later, cause)
                    return
        self._over.pop()
        if not case.left and not case.running:
            self._end(case, cause)

    def _redo(self, case: Case, node: int, cause: int) -> None:
        """Send a case back: what is done again, and what has not started yet, waits for it."""
        flow, bits = self._flows[case.flow], self._bits
        again = flow.redo[node]
        idle = case.left & ~case.running
        for n in again:
            case.left |= bits[n]
        for n in again:
            # What it rests on may itself be under way anew: nothing starts again on an old result.
            case.waits[n] |= self._waits[case.flow][n] & case.left
            for later in flow.after[n]:
                if idle & bits[later]:
                    case.waits[later] |= bits[n]
        first = again[0]
        if not case.running & bits[first] and not case.waits[first]:
            self._begin(case, first, cause)

    def _refuse(self, case: Case, cause: int, how: Ended = Ended.REFUSED) -> None:
        """A case refused or revoked starts nothing more; it ends when what already runs is over."""
        case.refused = case.refused or how
        if not case.running:
            self._end(case, cause)

    def _end(self, case: Case, cause: int) -> None:
        case.running = -1
        self._open -= case.index < self._tables.arrivals[case.process].end
        self.log.cases.frombytes(
            case_row(case.index, case.process, case.flow, case.arrived, self.now, cause, case.refused)
        )

    # -- an attempt along its program ------------------------------------------------------------------

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


def simulate(tables: Tables) -> Log:
    """What happens when the cases of these tables are played, as flat rows."""
    return Engine(tables).run()
