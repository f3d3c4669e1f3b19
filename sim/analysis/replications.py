"""Replications of every variant with the same cases and the same luck, on as many processes as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pandas as pd

from sim.analysis.courses import Courses, courses
from sim.analysis.outcome import Outcome, outcome
from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.core.phases import phase
from sim.core.workers import mapper
from sim.records.events import events
from sim.records.frames import all_records
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared


@dataclass(frozen=True)
class Replication:
    """What one replication came to, for every variant."""

    number: int
    variants: Mapping[str, Outcome]
    courses: Mapping[str, Mapping[str, Courses]]
    """Variant → process → what its cases went through; of the first and the last variant, in replication 0 only."""
    events: Mapping[str, Mapping[str, pd.DataFrame]]
    """Variant → process → the table of its events; in replication 0 only."""


def replicate(prepared: Prepared, staff: Staff, seed: int, number: int, often: bool = False) -> Replication:
    """One replication: every variant played with the same cases and the same luck."""
    draws = Draws(seed, number)
    drawn = {v.id for v in (prepared.variants[0], prepared.variants[-1])} if number == 0 else set()
    outcomes, kept, told = {}, {}, {}
    for variant in prepared.variants:
        tables, log = played(prepared, variant, staff, draws, often)
        with phase("statistics"):
            found = all_records(tables, log)
            outcomes[variant.id] = outcome(prepared, found, tables, log)
            if variant.id in drawn:
                kept[variant.id] = {process: courses(own) for process, own in found.items()}
            if number == 0:
                told[variant.id] = {process: events(own) for process, own in found.items()}
    return Replication(number, outcomes, kept, told)


def _numbered(common: tuple[Prepared, Staff, int, bool], number: int) -> Replication:
    prepared, staff, seed, often = common
    return replicate(prepared, staff, seed, number, often)


Runner = Callable[[Iterable[int]], Iterator[Replication]]
"""Makes the replications of some numbers, in order."""


def runner(prepared: Prepared, staff: Staff, seed: int, workers: int,
           often: bool = False) -> AbstractContextManager[Runner]:  # fmt: skip
    """A runner on so many processes; what it makes does not depend on how many, or on whether it plays often."""
    return mapper(workers, _numbered, (prepared, staff, seed, often))
