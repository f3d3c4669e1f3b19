"""The programs made so far, as the rows that the compiled player reads."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast.store import Shelf, Store
from sim.records.tables import Instruction, Ints, Op, Program, Tables

KNOWN = frozenset(Op)
"""What the compiled player can carry out."""


class UnknownError(Exception):
    """A program holds an instruction that the compiled player does not know."""


class Book:
    """The programs of some tables: those of first attempts, and later ones as they are wanted."""

    def __init__(self, tables: Tables, store: Store) -> None:
        self._flows, self._store, self._width = tables.flows, store, int(store.state["width"])
        self._programs, self._sections = Shelf(store, "programs", at.Program), Shelf(store, "sections", at.Section)
        self._lines, self._supply = Shelf(store, "lines", at.Line), Shelf(store, "supply", at.Supply)
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
        section, supply, deferral = len(self._sections), len(self._supply), program.deferral
        for part in (program.lines, *program.branches):
            first = len(self._lines)
            for line in part:
                self._add_line(line)
            self._sections.add((first, len(self._lines)))
        by_case = [x for part in (program.flags, program.papers, program.visits) for x in self._placed(part)]
        unit = clock = 0
        if deferral is not None:
            unit, clock = int(deferral.unit), deferral.clock
            for number, seconds in deferral.supply:
                self._supply.add((number, *self._placed(seconds)))
        within = self._placed(deferral.within if deferral else None)
        return self._programs.add((section, at.NONE, *by_case, unit, clock, *within, supply, len(self._supply)))

    def _add_line(self, line: Instruction) -> None:
        if line.op not in KNOWN:
            raise UnknownError(line.op)
        self._lines.add((line.op, line.category, line.where, line.staff, *self._placed(line.seconds)))

    def _placed(self, by_case: Ints | None) -> tuple[int, int]:
        """Where numbers by case begin, and how far they are apart; nowhere where there are none."""
        return (0, 0) if by_case is None else self._store.placed(by_case)
