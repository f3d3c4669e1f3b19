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
from sim.analysis.playing import fetch_ready, happened
from sim.analysis.together import most_together
from sim.core.draws import Draws, Several
from sim.core.jobs import batches
from sim.core.phases import phase
from sim.engine.compile import compile_together
from sim.engine.shared import Shared
from sim.records.events import events
from sim.records.expected import expected_attempts
from sim.records.frames import Records
from sim.records.tables import Staff
from sim.records.together import by_process_together
from sim.scenario.prepared import Prepared, PreparedVariant


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
                       depth: Depth = Depth.COURSES, sure: int = 0) -> list[Replication]:  # fmt: skip
    """Some replications, for which the same is done at once; each is the same as made by itself.

    So many at least are `sure` to be made of the scenario, here or in other processes.
    """
    luck, shared = Several([Draws(seed, number) for number in numbers]), Shared()
    done = [Replication(number, {}, {}, {}) for number in numbers]
    for variant in prepared.variants:
        outer = variant in (prepared.variants[0], prepared.variants[-1])
        told = [depth >= Depth.COURSES and number == 0 for number in numbers]
        looks = [partial(_looked_at, prepared, depth, first and outer, first) for first in told]
        outcomes, looked = _come_to(prepared, variant, staff, luck, often, shared, depth, looks, sure)
        for one, first, came, found in zip(done, told, outcomes, looked, strict=True):
            one.variants[variant.id] = came
            if first and outer:
                one.courses[variant.id] = {f.part.process: f.courses for f in found if f.courses is not None}
            if first:
                one.events[variant.id] = {f.part.process: f.events for f in found if f.events is not None}
    return done


def _come_to(prepared: Prepared, variant: PreparedVariant, staff: Staff, luck: Several, often: bool, shared: Shared,
             depth: Depth, looks: Sequence[Look], sure: int) -> tuple[list[Outcome], list[list[_Looked]]]:  # fmt: skip
    """What a variant came to in each replication, and each of its processes; tables and logs are gone afterwards."""
    with phase("programs"):
        whole, each = compile_together(prepared, variant, staff, luck, shared)
    attempts = max(sure, len(each)) * len(prepared.variants) * expected_attempts(each[0])
    played = [(tables, happened(tables, often, attempts)) for tables in each]
    with phase("statistics"):
        found = by_process_together(whole, played, looks)
        parts = [[looked.part for looked in one] for one in found]
        return [outcome(prepared, own, *one, depth) for own, one in zip(parts, played, strict=True)], found


class _Looked(NamedTuple):
    """What is kept of one process when its records go."""

    part: Part
    courses: Courses | None
    events: pd.DataFrame | None


Look = Callable[[Records], _Looked]


def _looked_at(prepared: Prepared, depth: Depth, drawn: bool, told: bool, found: Records) -> _Looked:
    return _Looked(part(prepared, found, depth), courses(found) if drawn else None, events(found) if told else None)


def _numbered(common: tuple[Prepared, Staff, int, bool, Depth, int], numbers: Sequence[int]) -> list[Replication]:
    prepared, staff, seed, often, depth, sure = common
    return replicate_together(prepared, staff, seed, numbers, often, depth, sure)


Runner = Callable[[Iterable[int]], Iterator[Replication]]
"""Makes the replications of some numbers, in order."""


def runner(prepared: Prepared, staff: Staff, seed: int, workers: int, often: bool = False,
           depth: Depth = Depth.COURSES, sure: int = 0) -> AbstractContextManager[Runner]:  # fmt: skip
    """A runner on so many processes; what it makes does not depend on how many, or on whether it plays often.

    So many replications at least are `sure` to be asked for.
    """
    if often and workers > 1:
        fetch_ready()  # once, and not by each of them
    return batches(workers, _numbered, (prepared, staff, seed, often, depth, sure), most_together(prepared.scenario))
