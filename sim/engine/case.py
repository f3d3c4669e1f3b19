"""What the engine remembers of a case, and of each of its attempts."""

from __future__ import annotations

from collections.abc import Mapping

from simpy.events import Event

from sim.core.workdays import Clock
from sim.engine.lists import Entry, Others, Script
from sim.records.log import Ended
from sim.records.tables import Beside

NEVER: Mapping[tuple[int, bool], int] = {}
"""What no case has been watched for."""


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


class Stream(Event):
    """The files of other matters that come to one pool; as an event, that the next one comes.

    Like a cursor it is put into SimPy's queue again and again, and has only what that queue asks of an event.
    """

    _ok = True

    def __init__(self, files: Others) -> None:
        self.files, self.coming = files, 0


class Cursor(Event):
    """An attempt, or a branch of one, at its place in a program; as an event, that its present stretch is over.

    It is put into SimPy's queue again for each stretch, and has only what that queue asks of an event:
    the functions to call and that nothing failed.
    """

    _ok = True
    submitted = accepted = decided = -1
    told = -1
    """When it was first told what is missing."""
    visits = -1
    """Visits made, where they are fewer than its program has."""
    flags = 0
    """What happened to it that no program knew beforehand."""
    parent: Cursor | None = None
    """The attempt it is a branch of."""
    group = 0
    """Of a branch: what it is there for, a `Beside`."""
    pending: tuple[int, ...] = (0,) * len(Beside)
    """Its branches still under way, by what they are there for."""
    since = -1
    """Since when it waits for its branches."""
    joins = (0, 0)
    """Which of them it waits for, and what that time is."""
    released = False
    """Whether nobody waits for it any more: an answer that silence gave, or a branch that is over."""
    server: Server
    """Who serves it."""
    staff: int
    """How many of them."""
    rest: tuple[int, int]
    """Of work that is handed on: its category, and the seconds that are left of it."""

    def __init__(self, attempt: int, case: Case, node: int, nth: int, cause: int, ready: int,
                 program: Script, lines: list[Entry]) -> None:  # fmt: skip
        self.id, self.case, self.node, self.nth = attempt, case, node, nth
        self.cause, self.ready, self.program = cause, ready, program
        self.lines = iter(lines)
