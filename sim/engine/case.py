"""What the engine remembers of a case, and of each of its attempts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from simpy.events import Event

from sim.core.workdays import Clock
from sim.engine.lists import Entry, Script, Station
from sim.records.log import Ended
from sim.records.tables import Beside

F = TypeVar("F")
NEVER: Mapping[tuple[int, bool], int] = {}
"""What no case has been watched for."""
NO_BRANCHES = (0,) * len(Beside)
"""Branches under way where none is."""


class Server:
    """Officers of one group."""

    __slots__ = ("clock", "count", "free")

    def __init__(self, count: int, clock: Clock) -> None:
        self.count = self.free = count
        self.clock = clock


class Case:
    """One case on its way: which nodes are left, which attempt, and what each still waits for (as bits)."""

    __slots__ = ("arrived", "begun", "flow", "index", "left", "process", "refused", "running", "since",
                 "urgent", "waits")  # fmt: skip

    def __init__(self, index: int, process: int, flow: int, arrived: int, urgent: bool, waits: list[int]) -> None:
        self.index, self.process, self.flow = index, process, flow
        self.arrived, self.urgent, self.waits = arrived, urgent, waits
        self.left = (1 << len(waits)) - 1
        self.running = 0
        self.begun = [0] * len(waits)
        self.refused = Ended.GRANTED
        self.since: Mapping[tuple[int, bool], int] = NEVER
        """A node that is watched, and whether its end is meant → when it last started, or ended."""


class Stream(Event, Generic[F]):
    """The cases of a process, or files of other matters that come to one pool; as an event, that the next one comes.

    Like a cursor it is put into SimPy's queue again and again, and has only what that queue asks of an event.
    """

    __slots__ = ("_ok", "callbacks", "coming", "files")

    def __init__(self, files: F) -> None:
        self._ok, self.files, self.coming = True, files, 0


class Cursor(Event):
    """An attempt, or a branch of one, at its place in a program; as an event, that its present stretch is over.

    It is put into SimPy's queue again for each stretch, and has only what that queue asks of an event:
    the functions to call and that nothing failed. Python finds slots quicker than what stands with the class.
    """

    __slots__ = ("_ok", "accepted", "callbacks", "case", "cause", "decided", "flags", "group", "id", "joins", "lines",
                 "node", "nth", "parent", "pending", "program", "ready", "released", "rest", "server", "since",
                 "staff", "submitted", "told", "visits")  # fmt: skip
    server: Server
    """Who serves it."""
    staff: int
    """How many of them."""
    group: int
    """Of a branch: what it is there for, a `Beside`."""
    joins: tuple[int, int]
    """Of one that waits for its branches: for which of them, and what that time is."""
    rest: tuple[int, int]
    """Of work that is handed on: its category, and the seconds that are left of it."""

    def __init__(self, attempt: int, case: Case, node: Station, nth: int, cause: int, ready: int,
                 program: Script, lines: list[Entry]) -> None:  # fmt: skip
        self._ok = True
        self.id, self.case, self.node, self.nth = attempt, case, node, nth
        self.cause, self.ready, self.program = cause, ready, program
        self.lines = iter(lines)
        self.submitted = self.accepted = self.decided = -1
        self.told = -1
        """When it was first told what is missing."""
        self.visits = -1
        """Visits made, where they are fewer than its program has."""
        self.flags = 0
        """What happened to it that no program knew beforehand."""
        self.parent: Cursor | None = None
        """The attempt it is a branch of."""
        self.pending = NO_BRANCHES
        """Its branches still under way, by what they are there for."""
        self.since = -1
        """Since when it waits for its branches."""
        self.released = False
        """Whether nobody waits for it any more: an answer that silence gave, or a branch that is over."""
