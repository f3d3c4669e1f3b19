"""The programs made so far, as the rows that the compiled player reads."""

from __future__ import annotations

from sim.core.arrays import Whole
from sim.engine.fast import given
from sim.engine.fast import layout as at
from sim.engine.fast.store import Shelf, Store, UnknownError
from sim.records.tables import Allowed, Instruction, Op, Program, Tables

KNOWN = frozenset({
    Op.SERVE, Op.DELAY, Op.SIT, Op.ACCEPT, Op.DECIDE, Op.FORK, Op.JOIN, Op.OPEN, Op.PERIOD, Op.SUBMIT, Op.CHECKED,
    Op.DEFER, Op.REVOKE, Op.CIRCULATE, Op.CORRECT, Op.SINCE_END, Op.SINCE_START, Op.TACIT, Op.VISIT,
})  # fmt: skip
"""What the compiled player can carry out."""
LEFT_TO_SIMPY = frozenset[Op]()
"""What it cannot: tables with any of this are played by SimPy."""


class Book:
    """The programs of some tables: those of first attempts, and later ones as they are wanted."""

    def __init__(self, tables: Tables, store: Store) -> None:
        self._flows, self._store, self._width = tables.flows, store, int(store.state["width"])
        self._programs = Shelf(store, "programs", given.Program)
        self._sections = Shelf(store, "sections", given.Section)
        self._lines, self._supply = Shelf(store, "lines", given.Line), Shelf(store, "supply", given.Supply)
        self._allowed = Shelf(store, "allowed", given.Allowed)
        for f, flow in enumerate(tables.flows):
            for node in range(len(flow.nodes)):
                self.make(f * self._width + node, 0)

    def make(self, place: int, nth: int) -> None:
        """Make the program of a node, counted over all flows, at one of its attempts."""
        flow, node = divmod(place, self._width)
        number = self._add(self._flows[flow].program(node, nth))
        before = self._store.rows("nodes")[place]
        for _ in range(nth):
            before = self._programs[before["program"]]
        before["program"] = number

    def _add(self, program: Program) -> int:
        section, supply, deferral, corrections = (
            len(self._sections),
            len(self._supply),
            program.deferral,
            program.corrections,
        )
        for part in (program.lines, *program.branches):
            first = len(self._lines)
            for line in part:
                self._add_line(line)
            self._sections.add((first, len(self._lines)))
        for number, seconds in deferral.supply if deferral else ():
            self._supply.add((number, *self._placed(seconds)))
        late = self._add_time(deferral.allowed) if deferral else at.NONE
        lapse = self._add_time(corrections.allowed) if corrections else at.NONE
        visits = (corrections.visits, corrections.each) if corrections else (None, None)
        silences, main = len(self._allowed), self._sections[section]
        for silence in program.silences:
            self._add_time(silence)
        by_case = [x for part in (program.flags, program.papers, program.visits) for x in self._placed(part)]
        told = [x for part in visits for x in self._placed(part)]
        return self._programs.add(
            (section, *main, at.NONE, *by_case, late, supply, len(self._supply), lapse, *told, silences)
        )

    def _add_time(self, time: Allowed) -> int:
        return self._allowed.add((time.unit, time.clock, *self._placed(time.within)))

    def _add_line(self, line: Instruction) -> None:
        if line.op not in KNOWN:
            raise UnknownError(line.op)
        if line.op == Op.OPEN and self._store.clocks[line.where].always:
            return  # nobody waits
        self._lines.add((line.op, line.category, line.where, line.staff, *self._placed(line.seconds)))

    def _placed(self, by_case: Whole | None) -> tuple[int, int]:
        """Where numbers by case begin, and how far they are apart; nowhere where there are none."""
        return (0, 0) if by_case is None else self._store.placed(by_case)
