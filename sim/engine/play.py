"""The way of the cases through their nodes."""

from __future__ import annotations

from collections.abc import Callable

from simpy import Environment
from simpy.events import NORMAL, Event

from sim.engine.case import Case, Cursor, Server
from sim.engine.queue import Queue
from sim.records.log import Log, activity_row, attempt_row, case_row
from sim.records.tables import Flag, Op, Tables
from sim.spec.categories import Category

SERVE, DELAY, SIT, ACCEPT, DECIDE, FORK, JOIN = map(int, Op)
APPLICANT, SITTING = int(Category.APPLICANT), int(Category.SITTING)
FAILED, REFUSED = int(Flag.FAILED), int(Flag.REFUSED)


class Engine:
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        self.env, self.log = Environment(), Log()
        self.now = 0
        """The moment, in whole seconds since the start; SimPy's own is dearer to read, and is read often."""
        self._tables, self._flows = tables, tables.flows
        self._count = 0
        self._passed = [self._resume]
        self._queues = [
            Queue(self, i, [Server(g.count, tables.clocks[g.clock]) for g in pool.groups])
            for i, pool in enumerate(tables.pools)
        ]
        self._bits = [1 << i for i in range(max(len(f.nodes) for f in tables.flows))]
        self._waits = [[sum(self._bits[u] for u in before) for before in f.before] for f in tables.flows]
        self._programs = [[f.program(n, 0) for n in range(len(f.nodes))] for f in tables.flows]

    def run(self) -> Log:
        """Play until nothing is left to happen."""
        for process in range(len(self._tables.arrivals)):
            self._next_arrival(process, 0)
        self.env.run()
        self.log.end = int(self.env.now)
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

    def _arrive(self, process: int, index: int) -> None:
        arrivals = self._tables.arrivals[process]
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
        """Write the row of a attempt that is over; return its flags."""
        case, program = attempt.case, attempt.program
        index = case.index
        flags = program.flags[index] if program.flags else 0
        papers = program.papers[index] if program.papers else 0
        visits = program.visits[index] if program.visits else 0
        self.log.attempts.frombytes(
            attempt_row(attempt.id, index, case.flow, attempt.node, attempt.nth, attempt.cause, attempt.ready,
                        attempt.accepted, attempt.decided, self.now, flags, papers, visits)
        )  # fmt: skip
        return flags

    def _complete(self, case: Case, node: int, cause: int) -> None:
        """A node is over: start what waited only for it, and end the case when all is over."""
        bit, waits = self._bits[node], case.waits
        case.left &= ~bit
        for later in self._flows[case.flow].after[node]:
            if waits[later] & bit:
                waits[later] &= ~bit
                if not waits[later]:
                    self._begin(case, later, cause)
        if not case.left and not case.running:
            case.running = -1
            self._end(case, cause)

    def _redo(self, case: Case, node: int, cause: int) -> None:
        """Send a case back: what is done again, and what has not started yet, waits for it."""
        flow, bits = self._flows[case.flow], self._bits
        again = flow.redo[node]
        idle = case.left & ~case.running
        for n in again:
            case.left |= bits[n]
            for later in flow.after[n]:
                if later in again or idle & bits[later]:
                    case.waits[later] |= bits[n]
        first = again[0]
        if not case.running & bits[first] and not case.waits[first]:
            self._begin(case, first, cause)

    def _refuse(self, case: Case, cause: int) -> None:
        """A refused case starts nothing more; it ends when what already runs is over."""
        case.refused = True
        if not case.running:
            self._end(case, cause)

    def _end(self, case: Case, cause: int) -> None:
        self.log.cases.frombytes(
            case_row(case.index, case.process, case.flow, case.arrived, self.now, cause, case.refused)
        )

    # -- a attempt along its program ------------------------------------------------------------------

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
            return self._pass(cursor, SITTING, self._tables.sittings[where].next(self.now), 0)
        if op == FORK:
            self._fork(cursor, where)
        elif cursor.pending:
            cursor.since = self.now
            return True
        return False

    def _pass(self, cursor: Cursor, category: int, end: int, busy: int) -> bool:
        now = self.now
        if end == now:
            return False
        self.log.activities.frombytes(
            activity_row(cursor.id, cursor.parent is None, category, -1, 0, now, now, end, busy)
        )
        cursor.callbacks = self._passed  # type: ignore[assignment]  # called with the cursor itself
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
