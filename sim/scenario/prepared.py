"""A scenario made ready to run, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sim.core.workdays import DayTable
from sim.reforms.diff import Change
from sim.scenario.scenario import Scenario
from sim.scenario.validity import Outlived
from sim.spec.base import Name
from sim.spec.catalogue import Catalogue
from sim.spec.effort import Efforts
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
    inputs: str = ""
    """SHA-256 of the files it was made from."""
    outlived: tuple[Outlived, ...] = ()
    """The rules it goes by that have ended, or end before the last case comes."""
