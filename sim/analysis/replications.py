"""Replications of every variant with the same cases and the same luck, on as many processes as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pandas as pd

from sim.analysis.courses import Courses, courses
from sim.analysis.depth import Depth
from sim.analysis.outcome import Outcome, Part, outcome, part
from sim.analysis.playing import happened
from sim.analysis.together import most_together
from sim.core.draws import Draws, Several
from sim.core.jobs import batches
from sim.core.phases import phase
from sim.engine.compile import compile_together
from sim.engine.shared import Shared
from sim.records.events import events
from sim.records.frames import Records, by_process
from sim.records.tables import Staff, Tables
from sim.scenario.prepared import Prepared


@dataclass(frozen=True)
class Replication:
    """What one replication came to, for every variant."""

    number: int
    variants: dict[str, Outcome]
    courses: dict[str, dict[str, Courses]]
    """Variant → process → what its cases went through; of the first and the last variant, in replication 0 only, and
    only where it is to be drawn."""
    events: dict[str, dict[str, pd.DataFrame]]
    """Variant → process → the table of its events; likewise, but of every variant."""


def replicate(prepared: Prepared, staff: Staff, seed: int, number: int, often: bool = False,
              depth: Depth = Depth.COURSES) -> Replication:  # fmt: skip
    """One replication: every variant played with the same cases and the same luck, and what is kept of it."""
    (found,) = replicate_together(prepared, staff, seed, [number], often, depth)
    return found


def replicate_together(prepared: Prepared, staff: Staff, seed: int, numbers: Sequence[int], often: bool = False,
                       depth: Depth = Depth.COURSES) -> list[Replication]:  # fmt: skip
    """Some replications, for which the same is done at once; each is the same as made by itself."""
    luck, shared = Several([Draws(seed, number) for number in numbers]), Shared()
    done = [Replication(number, {}, {}, {}) for number in numbers]
    for variant in prepared.variants:
        outer = variant in (prepared.variants[0], prepared.variants[-1])
        with phase("programs"):
            made = compile_together(prepared, variant, staff, luck, shared)
        for one in done:
            told = depth >= Depth.COURSES and one.number == 0
            look = partial(_looked_at, prepared, depth, told and outer, told)
            one.variants[variant.id], found = _come_to(prepared, made.pop(0), often, depth, look)
            if told and outer:
                one.courses[variant.id] = {f.part.process: f.courses for f in found if f.courses is not None}
            if told:
                one.events[variant.id] = {f.part.process: f.events for f in found if f.events is not None}
    return done


def _come_to(prepared: Prepared, tables: Tables, often: bool, depth: Depth,
             look: Callable[[Records], _Looked]) -> tuple[Outcome, list[_Looked]]:  # fmt: skip
    """What a variant came to, and each of its processes; its tables and log are gone when the next has its turn."""
    log = happened(tables, often)
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


def _numbered(common: tuple[Prepared, Staff, int, bool, Depth], numbers: Sequence[int]) -> list[Replication]:
    prepared, staff, seed, often, depth = common
    return replicate_together(prepared, staff, seed, numbers, often, depth)


Runner = Callable[[Iterable[int]], Iterator[Replication]]
"""Makes the replications of some numbers, in order."""


def runner(prepared: Prepared, staff: Staff, seed: int, workers: int,
           often: bool = False, depth: Depth = Depth.COURSES) -> AbstractContextManager[Runner]:  # fmt: skip
    """A runner on so many processes; what it makes does not depend on how many, or on whether it plays often."""
    return batches(workers, _numbered, (prepared, staff, seed, often, depth), most_together(prepared.scenario))
