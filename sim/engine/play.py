"""The way of the cases through their nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simpy.events import NORMAL, Event

from sim.engine.case import Case, Cursor, Stream
from sim.engine.lists import Script, coming, masks, script
from sim.engine.player import Player
from sim.records.log import Ended, Log, attempt_row, case_row
from sim.records.tables import Flag, Tables
from sim.spec.categories import Category

WORK = int(Category.WORK)
NOBODY, NOTHING = Case(-1, -1, -1, 0, False, []), Script([], [])
"""The case and the program of what is outside the scenario."""
FAILED, REFUSED = int(Flag.FAILED), int(Flag.REFUSED)
LAPSED, TACIT = int(Flag.LAPSED), int(Flag.TACIT)
GRANTED = ~(FAILED | REFUSED)
"""What silence lets stand of the outcome of a review."""


class Engine(Player):
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._flows = tables.flows
        self._attempts = 0
        self._open = sum(a.end for a in tables.arrivals)
        """Cases that have not come to their end, those left out that come after the last measured one."""
        self._elsewhere = Cursor(-1, NOBODY, -1, 0, -1, 0, NOTHING, [])
        """What the files of other matters are part of; nobody waits for it."""
        # SimPy calls it with the event itself, a stream.
        self._another: list[Callable[[Event], None]] = [self._take_other]  # type: ignore[list-item]
        self._over: list[tuple[Case, int, Iterator[int], int]] = []
        """Nodes that are over: the case, their bit, what is still to be looked at after them, and what ended them."""
        self._bits = [1 << i for i in range(max(len(f.nodes) for f in tables.flows))]
        self._waits = [[sum(self._bits[u] for u in before) for before in f.before] for f in tables.flows]
        self._active = [masks(f) for f in tables.flows]
        self._scripts = [[script(f.program(n, 0)) for n in range(len(f.nodes))] for f in tables.flows]
        self._later: dict[tuple[int, int, int], Script] = {}
        """What is done at a node at another attempt than the first."""
        self._arrivals = [coming(arrivals) for arrivals in tables.arrivals]

    def run(self) -> Log:
        """Play until nothing is left to happen."""
        for process in range(len(self._arrivals)):
            self._next_arrival(process, 0)
        for stream in self._streams:
            self._next_other(stream)
        self.env.run()
        end = int(self.env.now)
        for line in self._lines:
            line.catch_up(max(arrivals.between[1] for arrivals in self._tables.arrivals))
            line.write_others()
        return self.journal.log(end)

    def _next_arrival(self, process: int, index: int) -> None:
        times = self._arrivals[process].times
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
        arrivals = self._arrivals[process]
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
        active = self._active[case.flow][node]
        if active is not None and not active[case.index]:
            self._complete(case, node, cause)
            return
        case.running |= self._bits[node]
        nth = case.begun[node]
        case.begun[node] = nth + 1
        if node in self._flows[case.flow].watched:
            case.since = {**case.since, (node, False): self.now}
        program = self._again(case.flow, node, nth) if nth else self._scripts[case.flow][node]
        attempt = Cursor(self._attempts, case, node, nth, cause, self.now, program, program.lines)
        self._attempts += 1
        self.play(attempt)

    def _again(self, flow: int, node: int, nth: int) -> Script:
        """What is done at a node at the n-th attempt."""
        if (flow, node, nth) not in self._later:
            self._later[flow, node, nth] = script(self._flows[flow].program(node, nth))
        return self._later[flow, node, nth]

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
        elif flags & LAPSED:
            self._refuse(case, attempt.id, Ended.LAPSED)
        elif flags & FAILED:
            self._redo(case, node, attempt.id)
        elif flags & REFUSED:
            self._refuse(case, attempt.id)
        else:
            if node in self._flows[case.flow].watched:
                case.since = {**case.since, (node, True): self.now}
            self._complete(case, node, attempt.id)

    def _write(self, attempt: Cursor) -> int:
        """Write the row of an attempt that is over; return its flags."""
        case, program = attempt.case, attempt.program
        index = case.index
        flags = attempt.flags
        if program.flags and not flags & LAPSED:  # what never came to a decision has none of its outcomes
            flags |= program.flags[index] & (GRANTED if flags & TACIT else -1)
        papers = program.papers[index] if program.papers else 0
        visits = program.visits[index] if program.visits and attempt.visits < 0 else max(attempt.visits, 0)
        self.journal.attempts.frombytes(
            attempt_row(attempt.id, index, case.flow, attempt.node, attempt.nth, attempt.cause, attempt.ready,
                        attempt.accepted, attempt.decided, self.now, flags, papers, visits)
        )  # fmt: skip
        return flags

    def _complete(self, case: Case, node: int, cause: int) -> None:
        """A node is over: start what waited only for it, and end the case when all is over.

        What starts may be over at once, and so on along a chain of any length: the nodes that are over lie on a stack,
        the last of them looked at first, and whoever puts the first there looks at all.
        """
        bit, over = self._bits[node], self._over
        case.left &= ~bit
        over.append((case, bit, iter(self._flows[case.flow].after[node]), cause))
        if len(over) == 1:
            while over:
                self._look_after()

    def _look_after(self) -> None:
        """Start the nodes that waited only for the last that is over, until one of them is over at once."""
        over = self._over
        case, bit, following, cause = over[-1]
        waits, height = case.waits, len(over)
        for later in following:
            if waits[later] & bit:
                waits[later] &= ~bit
                if not waits[later]:
                    self._begin(case, later, cause)
                    if len(over) > height:
                        return
        over.pop()
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
        self._open -= case.index < self._arrivals[case.process].end
        self.journal.cases.frombytes(
            case_row(case.index, case.process, case.flow, case.arrived, self.now, cause, case.refused)
        )


def simulate(tables: Tables) -> Log:
    """What happens when the cases of these tables are played, as flat rows."""
    return Engine(tables).run()
