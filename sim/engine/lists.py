"""What the tables say of each case, as Python reads it fast: from lists, or from memory where that is much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from sim.core.arrays import Mask, Whole
from sim.records.tables import (
    Allowed,
    Arrivals,
    Corrections,
    Deferral,
    FlowTables,
    Instruction,
    OtherFiles,
    Program,
    Within,
)

Entry = tuple[int, int, int, int, Sequence[int]]
"""An `Instruction`; Python takes a plain tuple apart in a fraction of the time that a named one takes."""


class Time(NamedTuple):
    """An `Allowed`."""

    unit: Within
    within: Sequence[int]
    clock: int


class Later(NamedTuple):
    """A `Deferral`."""

    supply: list[tuple[int, Sequence[int]]]
    allowed: Time


class Turns(NamedTuple):
    """`Corrections`."""

    allowed: Time
    visits: Sequence[int]
    each: Sequence[int]


@dataclass(frozen=True)
class Script:
    """A `Program`, as far as it is played."""

    lines: list[Entry]
    branches: list[list[Entry]]
    flags: Sequence[int] | None = None
    papers: Sequence[int] | None = None
    visits: Sequence[int] | None = None
    deferral: Later | None = None
    corrections: Turns | None = None
    silences: Sequence[Time] = ()


class Station:
    """A node of a flow, as its cases pass it."""

    def __init__(
        self, number: int, watched: bool, active: list[bool] | None, program: Callable[[int], Program]
    ) -> None:
        self.number, self.watched, self.active = number, watched, active
        self.bit, self.others, self.before = 1 << number, ~(1 << number), 0
        """Its bit, those of all others, and those of the nodes that it waits for."""
        self.after: list[Station] = []
        self._program, self._scripts = program, dict[int, Script]()
        self.first = self.script(0)
        """What is done at the first attempt."""

    def script(self, nth: int) -> Script:
        """What is done at the n-th attempt, from 0."""
        if nth not in self._scripts:
            self._scripts[nth] = script(self._program(nth))
        return self._scripts[nth]


class Coming(NamedTuple):
    """`Arrivals` of the process with some number, as far as they are played."""

    process: int
    times: list[int]
    flow: list[int]
    urgent: list[bool] | None
    end: int


class Others(NamedTuple):
    """`OtherFiles`."""

    pool: int
    times: list[int]
    seconds: list[int]


def coming(process: int, arrivals: Arrivals) -> Coming:
    """The cases of a process."""
    return Coming(process, arrivals.times.tolist(), arrivals.flow.tolist(), _masked(arrivals.urgent), arrivals.end)


def others(files: OtherFiles) -> Others:
    """The files of other matters at a pool."""
    return Others(files.pool, files.times.tolist(), files.seconds.tolist())


def stations(flow: FlowTables) -> list[Station]:
    """The nodes of a flow."""
    found = [
        Station(number, number in flow.watched, _masked(mask), partial(flow.program, number))
        for number, mask in enumerate(flow.active)
    ]
    for station, before, after in zip(found, flow.before, flow.after, strict=True):
        station.before = sum(found[n].bit for n in before)
        station.after = [found[n] for n in after]
    return found


def _masked(mask: Mask | None) -> list[bool] | None:
    return None if mask is None else mask.tolist()


def script(program: Program) -> Script:
    """A program to be carried out."""
    branches = [_entries(branch) for branch in program.branches]
    by_case = (_listed(program.flags), _listed(program.papers), _listed(program.visits))
    silences = [_time(allowed) for allowed in program.silences]
    later = None if program.deferral is None else _later(program.deferral)
    turns = None if program.corrections is None else _turns(program.corrections)
    return Script(_entries(program.lines), branches, *by_case, later, turns, silences)


def _entries(lines: list[Instruction]) -> list[Entry]:
    return [(x.op, x.category, x.where, x.staff, _by_case(x.seconds)) for x in lines]


def _listed(numbers: Whole | None) -> Sequence[int] | None:
    return None if numbers is None else _by_case(numbers)


def _by_case(numbers: Whole) -> Sequence[int]:
    """The numbers, as they lie in memory; those that are one for all, in a list that is there once."""
    if len(numbers) and not numbers.strides[0]:
        return _same(int(numbers[0]), len(numbers))
    return numbers.data


@lru_cache(maxsize=32)
def _same(number: int, cases: int) -> list[int]:
    return [number] * cases


def _time(allowed: Allowed) -> Time:
    return Time(allowed.unit, _by_case(allowed.within), allowed.clock)


def _later(deferral: Deferral) -> Later:
    return Later([(clock, _by_case(seconds)) for clock, seconds in deferral.supply], _time(deferral.allowed))


def _turns(corrections: Corrections) -> Turns:
    return Turns(_time(corrections.allowed), _by_case(corrections.visits), _by_case(corrections.each))


NOWHERE = Station(0, False, None, lambda _: Program([]))
"""The node of what is outside the scenario, at which nothing is done."""
