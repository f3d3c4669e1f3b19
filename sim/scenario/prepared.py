"""A scenario made ready to run, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sim.core.errors import CalendarError, PlannerError, SpecError
from sim.core.workdays import DayTable
from sim.reforms.diff import Change
from sim.scenario.amendments import Amendments
from sim.scenario.library import Spec
from sim.scenario.scenario import Scenario
from sim.scenario.settings import NOTHING_SET, Settings
from sim.scenario.target_units import Converted
from sim.scenario.validity import Outlived
from sim.spec.base import Name
from sim.spec.catalogue import Catalogue
from sim.spec.effort import Efforts
from sim.spec.nodes import Nodes, nodes_of
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import Source


@dataclass(frozen=True)
class Flow:
    """A way that a share of the cases go."""

    share: float
    process: Process
    efforts: Efforts
    """Step → the work of a file that is done in it, from before any reform."""

    @cached_property
    def nodes(self) -> Nodes:
        """The nodes of the process, which every replication asks for."""
        return nodes_of(self.process)


@dataclass(frozen=True)
class PreparedVariant:
    """The processes and the place of one variant, and what its reforms changed."""

    id: str
    name: Name
    place: Place
    flows: Mapping[str, tuple[Flow, ...]]
    """Process → the ways its cases go, the main one first; their shares sum to 1."""
    changes: tuple[Change, ...]
    """Against the variant it starts from, in the order of its reforms and of the spec."""
    start: str | None
    """Variant it starts from; None for the baseline."""
    demand: Mapping[str, float] = field(default_factory=dict)
    """Process → how many times as fast its cases come as the scenario says; once where it is left out."""


@dataclass(frozen=True)
class Origin:
    """What a scenario is made ready from: everything as its files state it, keys of sources told apart."""

    spec: Spec[Scenario]
    """Its file, for the lines of what is refused."""
    scenario: Scenario
    place: Place
    processes: Mapping[str, Process]
    practice: Practice
    catalogue: Catalogue
    amendments: tuple[Amendments, ...]
    sources: Mapping[str, Source]
    """Every source that any part of it may cite."""
    table: DayTable
    inputs: str
    """SHA-256 of the files."""
    settings: Settings = NOTHING_SET
    """What a planner tries in the place of what they state."""


@dataclass(frozen=True)
class Prepared:
    """Everything a run needs to know."""

    scenario: Scenario
    variants: tuple[PreparedVariant, ...]
    sources: Mapping[str, Source]
    """Every source that any part of it may cite."""
    catalogue: Catalogue
    practice: Practice
    table: DayTable
    start: date
    """Date on which cases begin to come: as much before that of the scenario as it warms up."""
    inputs: str = ""
    """SHA-256 of the files it was made from."""
    file: str = ""
    """The scenario's file, as it is told."""
    origin: Origin | None = field(default=None, repr=False, compare=False)
    """What it was made from; None for one that was put together by hand."""
    outlived: tuple[Outlived, ...] = ()
    """The rules it goes by that have ended, or end before the last case comes."""
    converted: Mapping[str, Converted] = field(default_factory=dict)
    """Target → how it was published, where that was in parts of the days it is held against."""

    @property
    def settings(self) -> Settings:
        """What a planner tries in the place of what the files state."""
        return self.origin.settings if self.origin else NOTHING_SET

    @property
    def ends(self) -> tuple[PreparedVariant, ...]:
        """The first variant and the last, once where there is one only."""
        return (self.variants[0], *self.variants[1:][-1:])

    @property
    def where(self) -> str:
        """What stands before a mistake that is found while it runs: the file and the scenario."""
        return f"{self.file}: {self.scenario.id}" if self.file else self.scenario.id

    def located(self, error: CalendarError) -> PlannerError:
        """Return the error that a case ran out of the calendar, at the line of the scenario from which it came."""
        if self.origin is None:
            return error
        message = f"a case would run out of the calendar: {error}; start earlier, or look for queues without end"
        return SpecError([self.origin.spec.fault(("start",), message)])
