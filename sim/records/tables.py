"""The flat tables an engine plays: everything by name is resolved, everything random is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import NamedTuple

from sim.core.arrays import Floats, Ints, Mask, NDArray, Whole, np
from sim.core.deadlines import Deadlines
from sim.core.sittings import Sittings
from sim.core.workdays import Clock


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
    """Start branch `where` of the program beside it, of the group `staff`, a `Beside`."""
    JOIN = 6
    """Go on when every branch of the group `where`, a `Beside`, that was started before is over."""
    OPEN = 7
    """Wait until clock `where` is open: an office decides only while it is."""
    PERIOD = 8
    """Wait until a legal period of days is over: working days where `where` is 0, calendar days where it is 1."""
    SUBMIT = 9
    """Handed in: the limit of acceptance starts."""
    CHECKED = 10
    """Looked through; an office that was silent for too long has accepted on the day the application came."""
    DEFER = 11
    """Accepted with papers missing: go on, or with branch `where` if they will come too late."""
    REVOKE = 12
    """The decision is revoked: what has not started yet does not start any more."""
    CIRCULATE = 13
    """Let the seconds given pass day and night, up to a moment at which clock `where` is open."""
    CORRECT = 14
    """Put the application right for the `staff`-th time, in the seconds given on clock `where`; late, it lapses."""
    SINCE_END = 15
    """Start no earlier than the seconds given, on clock `where`, after the end of node `staff` in this case."""
    SINCE_START = 16
    """Start no earlier than the seconds given, on clock `where`, after the start of node `staff` in this case."""
    TACIT = 17
    """Count as granted, or answered, when the time number `where` of the program's `silences` is up."""
    VISIT = 18
    """Officers of several pools, crew `where`, work together for the seconds given: it starts when all are there."""


class Beside(IntEnum):
    """What a branch is there for."""

    OTHERS = 0
    """What the applicant still supplies, and whatever nobody waits for."""
    OPINION = 1
    """An opinion of another department."""


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
    DEEMED = 256
    """Accepted by silence (行政许可法 第三十二条)."""
    EXTENDED = 512
    """Its limit was extended (行政许可法 第四十二条)."""
    LAPSED = 1024
    """Its application was not put right in time."""
    TACIT = 2048
    """Granted as its limit ended without a decision."""


class Instruction(NamedTuple):
    """One line of a program; a case whose seconds are negative skips it."""

    op: int
    category: int
    where: int
    staff: int
    seconds: Whole
    """By case; where all have the same, one number may stand for all (a stride of 0)."""


class Within(IntEnum):
    """What a time that somebody is allowed is counted in."""

    WORKING_DAYS = 0
    CALENDAR_DAYS = 1
    SECONDS = 2
    """Seconds of a clock, for hours and for parts of a day."""


@dataclass(frozen=True)
class Allowed:
    """A time that somebody is allowed."""

    unit: Within
    """What it is counted in."""
    within: Whole
    """By case: how long it is."""
    clock: int
    """Clock on which seconds allowed pass."""


@dataclass(frozen=True)
class Deferral:
    """Papers that a case may supply after acceptance, and by when."""

    supply: list[tuple[int, Whole]]
    """Clocks, one after another, and the seconds by case that supplying takes on each."""
    allowed: Allowed
    """By when, from acceptance on."""


@dataclass(frozen=True)
class Corrections:
    """By when an application must be complete, and the visits of one that is not."""

    allowed: Allowed
    """By when, from the first notice on."""
    visits: Whole
    """By case: visits to hand it in."""
    each: Whole
    """By case: visits every time that it is put right."""


@dataclass(frozen=True)
class Program:
    """What one attempt at a step consists of, for every case at once."""

    lines: list[Instruction]
    branches: list[list[Instruction]] = field(default_factory=list)
    flags: Whole | None = None
    """Flags by case; none set when left out."""
    papers: Whole | None = None
    """Materials handed in, by case."""
    visits: Whole | None = None
    """Visits, by case."""
    rounds: Whole | None = None
    """How often the application comes back before acceptance, by case."""
    fees: Floats | None = None
    """Yuan that the applicant pays, by case."""
    prepare: list[tuple[int, Whole]] = field(default_factory=list)
    """Clocks, one after another, and the seconds by case that the papers take on each before they are handed in."""
    deferral: Deferral | None = None
    """What may come after acceptance; none when left out."""
    corrections: Corrections | None = None
    """By when it must be complete; at any time when left out."""
    silences: list[Allowed] = field(default_factory=list)
    """Times after which silence is consent."""


SUBMISSION = "submission"
"""Kind of a node that is the common submission of several steps."""


@dataclass(frozen=True)
class Limits:
    """What limits a decision; all at nothing where there is no limit."""

    statutory: float = 0.0
    """Statutory limit in working days; 0 where there is none."""
    committed: float = 0.0
    """Committed limit in working days, else the statutory one."""
    legal_days: float | None = None
    """Limit in legal days to hold a decision against."""
    legal_calendar: bool = False
    """Whether that limit runs in calendar days."""
    legal_hours: bool = False
    """Whether that limit is one of hours, which are as long on a short day as on any other."""
    extension: float = 0.0
    """Days by which an approved extension lengthens it, of the same kind."""


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
    limits: tuple[Limits, ...]
    """What limits it: its own limit first, then that of each class of cases."""
    again: Limits | None
    """What limits the second and later attempts; the same as the first where None."""
    promised: float
    """Working days in which it decides on a promise; as committed where it does not."""
    automatic: float
    """Working days in which a system decides; as committed where none does."""
    priced: bool = False
    """Whether the spec says what it costs the applicant, be it nothing."""


@dataclass(frozen=True)
class Crew:
    """Officers of a pool who keep the same hours."""

    count: int
    clock: int


WINDOW = "window"
"""Role of those who look applications through."""
PoolKey = tuple[str, str]
"""Department and role."""


@dataclass(frozen=True)
class Staff:
    """The officers whose number follows from an assumed utilisation, and what all officers do besides the scenario."""

    officers: Mapping[PoolKey, int]
    """How many there are, where a place states only how busy they are."""
    other: Mapping[PoolKey, float]
    """How many of them matters outside the scenario keep busy, before any reform."""
    today: Mapping[PoolKey, int] = field(default_factory=dict)
    """How many there are by the files as they stand, where a planner tries other officers or another demand."""


@dataclass(frozen=True)
class Pool:
    """The officers of one role in one department, with one queue."""

    department: str
    role: str
    groups: tuple[Crew, ...]
    derived: bool
    """Whether their number follows from an assumed utilisation."""
    hands_on: bool = False
    """Whether a file under way goes to whoever is on duty when a group goes off."""


@dataclass(frozen=True)
class Bundled:
    """A limit over several nodes, which is kept or not by the whole."""

    nodes: frozenset[int]
    limits: Limits


Crews = tuple[tuple[int, int], ...]
"""Pools, each with how many of its officers are wanted at the same time."""


@dataclass(frozen=True)
class FlowTables:
    """One process version for all cases of the process."""

    process: str
    nodes: list[Node]
    before: list[list[int]]
    after: list[list[int]]
    redo: dict[int, tuple[int, ...]]
    """Node that may fail → the nodes done again, the first of which starts."""
    active: list[Mask | None]
    """By node: which cases go through it; all where None."""
    program: Callable[[int, int], Program]
    """The program of a node at its n-th attempt."""
    watched: frozenset[int] = frozenset()
    """Nodes after whose start or end others start."""
    bundles: tuple[Bundled, ...] = ()
    """Limits over several nodes."""
    classes: Mapping[int, list[int]] = field(default_factory=dict)
    """Node that has classes of cases → by case: which of its `limits` binds it."""


@dataclass(frozen=True)
class Arrivals:
    """The cases of one process, in order of arrival."""

    process: str
    times: Ints
    flow: Ints
    """By case: which of the flows it takes."""
    urgent: Mask | None
    warm_up: int
    """Cases before the first that is measured."""
    end: int
    """Cases up to the last that is measured; those after it only load the system, while one of these is under way."""
    between: tuple[int, int]
    """The moments between which the measured cases come."""
    yearly: float
    """Cases a year, as the demand states it."""


@dataclass(frozen=True)
class OtherFiles:
    """Files of matters outside the scenario: they come to a pool and occupy its officers, the same in every variant."""

    pool: int
    times: Ints
    """When they come."""
    seconds: Ints
    """How long each occupies an officer."""
    _came: dict[int, tuple[Clock, Ints]] = field(default_factory=dict, repr=False, compare=False)

    def came(self, clock: Clock) -> Ints:
        """When they come by a clock, which is found once for all variants that have them."""
        found = self._came.get(id(clock)) or (clock, clock.between_many(np.zeros_like(self.times), self.times))
        return self._came.setdefault(id(clock), found)[1]


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
    deadlines: Deadlines
    """The legal count of days."""
    hours: int
    """Clock of the open hours of the office, which differs from that of its days where those are of unequal length."""
    attributes: Mapping[str, Mapping[str, NDArray[np.generic]]] = field(default_factory=dict)
    """Process → attribute → its value by case."""
    others: list[OtherFiles] = field(default_factory=list)
    """What else the officers do."""
    crews: list[Crews] = field(default_factory=list)
    """Officers who work together, by the number that programs have for them."""
