"""The flat tables an engine plays: everything by name is resolved, everything random is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import NamedTuple

from sim.core.workdays import Clock, Sittings


class Op(IntEnum):
    """What an instruction tells the engine to do."""

    SERVE = 0
    """Queue at pool `where` and occupy `staff` of its officers for the seconds given."""
    DELAY = 1
    """Let the seconds given pass on clock `where`."""
    SIT = 2
    """Wait for the next sitting of panel `where`."""
    ACCEPT = 3
    """Accepted: the counted time starts."""
    DECIDE = 4
    """Decided: the counted time ends."""
    FORK = 5
    """Start branch `where` of the program beside it."""
    JOIN = 6
    """Go on when every branch started before is over."""


class Flag(IntFlag):
    """What happened to a case in a step, besides taking time."""

    PROMISED = 1
    BREACHED = 2
    REVOKED = 4
    RETURNED = 8
    AUTOMATIC = 16
    DEFERRED = 32
    FAILED = 64
    REFUSED = 128


class Instruction(NamedTuple):
    """One line of a program; a case whose seconds are negative skips it."""

    op: int
    category: int
    where: int
    staff: int
    seconds: list[int]


@dataclass(frozen=True)
class Program:
    """What one attempt at a step consists of, for every case at once."""

    lines: list[Instruction]
    branches: list[list[Instruction]] = field(default_factory=list)
    flags: list[int] | None = None
    """Flags by case; none set when left out."""
    papers: list[int] | None = None
    """Materials handed in, by case."""
    visits: list[int] | None = None
    """Visits, by case."""


@dataclass(frozen=True)
class Node:
    """A step, or the common submission of several steps, as the metrics know it."""

    id: str
    steps: tuple[str, ...]
    """Steps it stands for: itself, or all that share the submission."""
    name: str
    kind: str
    counted: bool
    touchpoint: int
    fields: tuple[int, int]
    """Fields of its form, and how many of them are filled in for the applicant."""
    submission: bool
    """Whether the applicant hands something in here."""
    department: str
    statutory: float
    """Statutory limit in working days; 0 where there is none."""
    committed: float
    """Committed limit in working days, else the statutory one."""
    legal_days: float | None
    """Limit in legal days to hold a decision against."""
    legal_calendar: bool
    """Whether that limit runs in calendar days."""


@dataclass(frozen=True)
class Crew:
    """Officers of a pool who keep the same hours."""

    count: int
    clock: int


Staff = Mapping[tuple[str, str], int]
"""Department and role → officers, where their number follows from an assumed utilisation."""


@dataclass(frozen=True)
class Pool:
    """The officers of one role in one department, with one queue."""

    department: str
    role: str
    groups: tuple[Crew, ...]
    derived: bool
    """Whether their number follows from an assumed utilisation."""


@dataclass(frozen=True)
class FlowTables:
    """One process version for all cases of the process."""

    process: str
    nodes: list[Node]
    before: list[list[int]]
    after: list[list[int]]
    redo: dict[int, tuple[int, ...]]
    """Node that may fail → the nodes done again, the first of which starts."""
    active: list[list[bool] | None]
    """By node: which cases go through it; all where None."""
    program: Callable[[int, int], Program]
    """The program of a node at its n-th attempt."""


@dataclass(frozen=True)
class Arrivals:
    """The cases of one process, in order of arrival."""

    process: str
    times: list[int]
    flow: list[int]
    """By case: which of the flows it takes."""
    urgent: list[bool] | None
    warm_up: int
    yearly: float
    """Cases a year, as the demand states it."""


@dataclass(frozen=True)
class Tables:
    """All that one replication of one variant needs."""

    flows: list[FlowTables]
    arrivals: list[Arrivals]
    pools: list[Pool]
    clocks: list[Clock]
    sittings: list[Sittings]
    office: int
    """Clock of the standard working day."""
    day: int
    """Seconds of a standard working day."""
    attributes: Mapping[str, Mapping[str, list[object]]] = field(default_factory=dict)
    """Process → attribute → its value by case."""
