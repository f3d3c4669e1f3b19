"""Replications of every variant with the same cases and the same luck, on as many processes as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pandas as pd

from sim.analysis.courses import Courses, courses
from sim.analysis.depth import Depth
from sim.analysis.outcome import Outcome, Part, outcome, part
from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.core.jobs import jobs
from sim.core.phases import phase
from sim.engine.shared import Shared
from sim.records.events import events
from sim.records.frames import Records, by_process
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared, PreparedVariant


@dataclass(frozen=True)
class Replication:
    """What one replication came to, for every variant."""

    number: int
    variants: Mapping[str, Outcome]
    courses: Mapping[str, Mapping[str, Courses]]
    """Variant → process → what its cases went through; of the first and the last variant, in replication 0 only, and
    only where it is to be drawn."""
    events: Mapping[str, Mapping[str, pd.DataFrame]]
    """Variant → process → the table of its events; likewise, but of every variant."""


def replicate(prepared: Prepared, staff: Staff, seed: int, number: int, often: bool = False,
              depth: Depth = Depth.COURSES) -> Replication:  # fmt: skip
    """One replication: every variant played with the same cases and the same luck, and what is kept of it."""
    draws, shared = Draws(seed, number), Shared()
    told = depth >= Depth.COURSES and number == 0
    ends = {v.id for v in (prepared.variants[0], prepared.variants[-1]) if told}
    outcomes, kept, happened = {}, {}, {}
    for variant in prepared.variants:
        look = partial(_looked_at, prepared, depth, variant.id in ends, told)
        outcomes[variant.id], found = _come_to(prepared, variant, staff, draws, often, shared, depth, look)
        if variant.id in ends:
            kept[variant.id] = {f.part.process: f.courses for f in found if f.courses is not None}
        if told:
            happened[variant.id] = {f.part.process: f.events for f in found if f.events is not None}
    return Replication(number, outcomes, kept, happened)


def _come_to(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws, often: bool, shared: Shared,
             depth: Depth, look: Callable[[Records], _Looked]) -> tuple[Outcome, list[_Looked]]:  # fmt: skip
    """What a variant came to, and each of its processes; its tables and log are gone when the next has its turn."""
    tables, log = played(prepared, variant, staff, draws, often, shared)
    with phase("statistics"):
        found = by_process(tables, log, look)
        return outcome(prepared, [looked.part for looked in found], tables, log, depth), found


class _Looked(NamedTuple):
    """What is kept of one process when its records go."""

    part: Part
    courses: Courses | None
    events: pd.DataFrame | None


def _looked_at(prepared: Prepared, depth: Depth, drawn: bool, told: bool, found: Records) -> _Looked:
    return _Looked(part(prepared, found, depth), courses(found) if drawn else None, events(found) if told else None)


def _numbered(common: tuple[Prepared, Staff, int, bool, Depth], number: int) -> Replication:
    prepared, staff, seed, often, depth = common
    return replicate(prepared, staff, seed, number, often, depth)


Runner = Callable[[Iterable[int]], Iterator[Replication]]
"""Makes the replications of some numbers, in order."""


def runner(prepared: Prepared, staff: Staff, seed: int, workers: int,
           often: bool = False, depth: Depth = Depth.COURSES) -> AbstractContextManager[Runner]:  # fmt: skip
    """A runner on so many processes; what it makes does not depend on how many, or on whether it plays often."""
    return jobs(workers, _numbered, (prepared, staff, seed, often, depth))
