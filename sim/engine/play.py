"""The way of the cases through their nodes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from simpy.events import NORMAL, Event

from sim.engine.case import Case, Cursor, Stream
from sim.engine.lists import NOWHERE, Coming, Others, Station, coming, stations
from sim.engine.player import Player
from sim.records.log import LATEST, Ended, Log, attempt_row, case_row, refuse_late
from sim.records.tables import Beside, Flag, Tables
from sim.spec.categories import Category

WORK = int(Category.WORK)
NOBODY = Case(-1, -1, -1, 0, False, [])
"""The case of what is outside the scenario."""
FAILED, REFUSED = int(Flag.FAILED), int(Flag.REFUSED)
LAPSED, TACIT = int(Flag.LAPSED), int(Flag.TACIT)
GRANTED = ~(FAILED | REFUSED)
"""What silence lets stand of the outcome of a review."""


class Engine(Player):
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._attempts = 0
        self._open = sum(a.end for a in tables.arrivals)
        """Cases that have not come to their end, those left out that come after the last measured one."""
        self._elsewhere = Cursor(-1, NOBODY, NOWHERE, 0, -1, 0, NOWHERE.first, [])
        """What the files of other matters are part of; nobody waits for it."""
        # SimPy calls them with the event itself, a stream.
        self._arriving: list[Callable[[Event], None]] = [self._arrive]  # type: ignore[list-item]
        self._another: list[Callable[[Event], None]] = [self._take_other]  # type: ignore[list-item]
        self._over: list[tuple[Case, Station, Iterator[Station], int]] = []
        """Nodes that are over: the case, the node, what is still to be looked at after it, and what ended it."""
        self._stations = [stations(flow) for flow in tables.flows]
        self._roots = [[station for station in flow if not station.before] for flow in self._stations]
        self._waits = [[station.before for station in flow] for flow in self._stations]
        self._arrivals = [Stream(coming(*numbered)) for numbered in enumerate(tables.arrivals)]
        self._write_attempt, self._write_case = self.journal.attempts.frombytes, self.journal.cases.frombytes

    def run(self) -> Log:
        """Play until nothing is left to happen."""
        for arrivals in self._arrivals:
            self._next_arrival(arrivals)
        for stream in self._streams:
            self._next_other(stream)
        self.env.run()
        end = latest = int(self.env.now)
        for line in self._lines:
            line.catch_up(max(arrivals.between[1] for arrivals in self._tables.arrivals))
            latest = max(latest, line.write_others())
        refuse_late(self._tables.deadlines, latest)
        return self.journal.log(end)

    def _next_arrival(self, arrivals: Stream[Coming]) -> None:
        """Let the next case of a process come."""
        times = arrivals.files.times
        if arrivals.coming < len(times):
            arrivals.callbacks = self._arriving
            self.env.schedule(arrivals, NORMAL, times[arrivals.coming] - self.now)

    def _next_other(self, stream: Stream[Others]) -> None:
        """Let the next file of other matters come, as long as somebody may have to wait behind it."""
        times = stream.files.times
        if stream.coming < len(times) and self._open:
            stream.callbacks = self._another
            self.env.schedule(stream, NORMAL, times[stream.coming] - self.now)

    def _take_other(self, stream: Stream[Others]) -> None:
        self.look_at_clock()
        files, index = stream.files, stream.coming
        stream.coming += 1
        self._next_other(stream)
        file = Cursor(-1, NOBODY, NOWHERE, 0, -1, self.now, NOWHERE.first, [])
        file.parent, file.group = self._elsewhere, Beside.OTHERS
        self._queues[files.pool].request(file, WORK, 1, files.seconds[index])

    def _arrive(self, arrivals: Stream[Coming]) -> None:
        self.look_at_clock()
        files, index = arrivals.files, arrivals.coming
        if index >= files.end and not self._open:
            return  # nobody is left who might wait behind it
        arrivals.coming += 1
        flow = files.flow[index]
        urgent = files.urgent is not None and files.urgent[index]
        case = Case(index, files.process, flow, self.now, urgent, self._waits[flow].copy())
        self._next_arrival(arrivals)
        for node in self._roots[flow]:
            self._begin(case, node, -1)

    # -- a case among its nodes -------------------------------------------------------------------

    def _begin(self, case: Case, node: Station, cause: int) -> None:
        """Start a node, or pass it by when it is not for this case."""
        if case.refused:
            return
        if node.active is not None and not node.active[case.index]:
            self._complete(case, node, cause)
            return
        case.running |= node.bit
        nth = case.begun[node.number]
        case.begun[node.number] = nth + 1
        if node.watched:
            case.since = {**case.since, (node.number, False): self.now}
        program = node.script(nth) if nth else node.first
        attempt = Cursor(self._attempts, case, node, nth, cause, self.now, program, program.lines)
        self._attempts += 1
        self.play(attempt)

    def _finish(self, attempt: Cursor) -> None:
        """A attempt is over: go on, go back or end, unless the case was sent back meanwhile."""
        case, node = attempt.case, attempt.node
        flags = self._write(attempt)
        if attempt.nth + 1 < case.begun[node.number]:
            return
        case.running &= node.others
        if case.refused:
            self._refuse(case, attempt.id)
        elif case.waits[node.number]:
            return
        elif flags & LAPSED:
            self._refuse(case, attempt.id, Ended.LAPSED)
        elif flags & FAILED:
            self._redo(case, node, attempt.id)
        elif flags & REFUSED:
            self._refuse(case, attempt.id)
        else:
            if node.watched:
                case.since = {**case.since, (node.number, True): self.now}
            self._complete(case, node, attempt.id)

    def _write(self, attempt: Cursor) -> int:
        """Write the row of an attempt that is over; return its flags."""
        case, program = attempt.case, attempt.program
        index, flags = case.index, attempt.flags
        if program.flags and not flags & LAPSED:  # what never came to a decision has none of its outcomes
            flags |= program.flags[index] & (GRANTED if flags & TACIT else -1)
        papers = program.papers[index] if program.papers else 0
        visits = program.visits[index] if program.visits and attempt.visits < 0 else max(attempt.visits, 0)
        self._write_attempt(
            attempt_row(attempt.id, index, case.flow, attempt.node.number, attempt.nth, attempt.cause, attempt.ready,
                        attempt.accepted, attempt.decided, self.now, flags, papers, visits)
        )  # fmt: skip
        return flags

    def _complete(self, case: Case, node: Station, cause: int) -> None:
        """A node is over: start what waited only for it, and end the case when all is over.

        What starts may be over at once, and so on along a chain of any length: the nodes that are over lie on a stack,
        the last of them looked at first, and whoever puts the first there looks at all.
        """
        case.left &= node.others
        over = self._over
        over.append((case, node, iter(node.after), cause))
        if len(over) > 1:
            return
        while over:
            last = case, node, following, cause = over[-1]
            waits, bit = case.waits, node.bit
            for later in following:
                waiting = waits[later.number]
                if waiting & bit:
                    waits[later.number] = waiting ^ bit
                    if waiting == bit:
                        self._begin(case, later, cause)
                        if over[-1] is not last:
                            break
            else:
                over.pop()
                if not case.left and not case.running:
                    self._end(case, cause)

    def _redo(self, case: Case, node: Station, cause: int) -> None:
        """Send a case back: what is done again, and what has not started yet, waits for it."""
        stations = self._stations[case.flow]
        again = [stations[n] for n in self._tables.flows[case.flow].redo[node.number]]
        idle = case.left & ~case.running
        for one in again:
            case.left |= one.bit
        for one in again:
            # What it rests on may itself be under way anew: nothing starts again on an old result.
            case.waits[one.number] |= one.before & case.left
            for later in one.after:
                if idle & later.bit:
                    case.waits[later.number] |= one.bit
        first = again[0]
        if not case.running & first.bit and not case.waits[first.number]:
            self._begin(case, first, cause)

    def _refuse(self, case: Case, cause: int, how: Ended = Ended.REFUSED) -> None:
        """A case refused or revoked starts nothing more; it ends when what already runs is over."""
        case.refused = case.refused or how
        if not case.running:
            self._end(case, cause)

    def _end(self, case: Case, cause: int) -> None:
        case.running = -1
        self._open -= case.index < self._arrivals[case.process].files.end
        self._write_case(case_row(case.index, case.process, case.flow, case.arrived, self.now, cause, case.refused))


def simulate(tables: Tables) -> Log:
    """What happens when the cases of these tables are played, as flat rows."""
    engine = Engine(tables)
    try:
        return engine.run()
    except struct.error:  # a moment is too late for the row that was to tell it
        refuse_late(tables.deadlines, LATEST + 1)
        raise
    finally:
        vars(engine).clear()  # its parts know it, and it them: so they go now, and not when Python looks for such rings
