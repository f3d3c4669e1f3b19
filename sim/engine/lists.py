"""What the tables say of each case, in lists: Python reads a number from a list faster than from an array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.records.tables import Arrivals, Deferral, FlowTables, Instruction, Ints, Mask, OtherFiles, Program, Within


class Line(NamedTuple):
    """An `Instruction`."""

    op: int
    category: int
    where: int
    staff: int
    seconds: list[int]


class Allowed(NamedTuple):
    """A `Deferral`."""

    supply: list[tuple[int, list[int]]]
    unit: Within
    within: list[int]
    clock: int


@dataclass(frozen=True)
class Script:
    """A `Program`."""

    lines: list[Line]
    branches: list[list[Line]]
    flags: list[int] | None = None
    papers: list[int] | None = None
    visits: list[int] | None = None
    deferral: Allowed | None = None


@dataclass(frozen=True)
class Files:
    """`Arrivals`, or `OtherFiles`: when they come, and what is known of each."""

    times: list[int]
    what: list[int]
    """Which flow it takes, or for how many seconds it occupies an officer."""
    urgent: list[bool] | None = None


def arriving(arrivals: Arrivals) -> Files:
    """The cases of a process."""
    urgent = None if arrivals.urgent is None else arrivals.urgent.tolist()
    return Files(arrivals.times.tolist(), arrivals.flow.tolist(), urgent)


def coming(other: OtherFiles) -> Files:
    """The files of other matters."""
    return Files(other.times.tolist(), other.seconds.tolist())


def masks(flow: FlowTables) -> list[list[bool] | None]:
    """By node: which cases go through it."""
    return [_masked(mask) for mask in flow.active]


def _masked(mask: Mask | None) -> list[bool] | None:
    return None if mask is None else mask.tolist()


def script(program: Program) -> Script:
    """A program to be carried out."""
    branches = [_lines(branch) for branch in program.branches]
    by_case = (_listed(program.flags), _listed(program.papers), _listed(program.visits))
    return Script(_lines(program.lines), branches, *by_case, _allowed(program.deferral))


def _lines(lines: list[Instruction]) -> list[Line]:
    return [Line(x.op, x.category, x.where, x.staff, x.seconds.tolist()) for x in lines]


def _listed(numbers: Ints | None) -> list[int] | None:
    return None if numbers is None else numbers.tolist()


def _allowed(deferral: Deferral | None) -> Allowed | None:
    if deferral is None:
        return None
    supply = [(clock, seconds.tolist()) for clock, seconds in deferral.supply]
    return Allowed(supply, deferral.unit, deferral.within.tolist(), deferral.clock)
