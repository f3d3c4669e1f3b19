"""Replications of variants with the same cases and the same luck, on as many processes as wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from sim.analysis.courses import Courses, courses
from sim.analysis.depth import Depth
from sim.analysis.outcome import Outcome, Part, outcome, part
from sim.analysis.playing import fetch_ready, happened
from sim.analysis.together import most_together
from sim.core.arrays import pd
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
    """What one replication came to, for every variant that was played in it."""

    number: int
    variants: dict[str, Outcome]
    """Of all of them in the first replications; of those whose verdicts are open in the ones that come then."""
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
                       depth: Depth = Depth.COURSES, sure: int = 0,
                       some: Collection[str] | None = None) -> list[Replication]:  # fmt: skip
    """Replications of all variants or of some, for which the same is done at once; each is as made by itself.

    So many at least are `sure` to be made of the scenario, here or in other processes.
    """
    luck, shared = Several([Draws(seed, number) for number in numbers]), Shared()
    done = [Replication(number, {}, {}, {}) for number in numbers]
    for variant in prepared.variants:
        if some is not None and variant.id not in some:
            continue
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


class _Wanted(NamedTuple):
    """A replication that is wanted, of some variants."""

    number: int
    variants: tuple[str, ...]


def _wanted(common: tuple[Prepared, Staff, int, bool, Depth, int], jobs: Sequence[_Wanted]) -> list[Replication]:
    prepared, staff, seed, often, depth, sure = common
    (variants,) = {job.variants for job in jobs}
    return replicate_together(prepared, staff, seed, [job.number for job in jobs], often, depth, sure, variants)


class Runner(Protocol):
    """Makes replications."""

    def __call__(self, numbers: Iterable[int], variants: Sequence[str] | None = None) -> Iterator[Replication]:
        """Those of some numbers, in order, of all variants or of some."""


@contextmanager
def runner(prepared: Prepared, staff: Staff, seed: int, workers: int, often: bool = False,
           depth: Depth = Depth.COURSES, sure: int = 0) -> Iterator[Runner]:  # fmt: skip
    """A runner on so many processes; what it makes does not depend on how many, or on whether it plays often.

    So many replications at least are `sure` to be asked for.
    """
    if often and workers > 1:
        fetch_ready()  # once, and not by each of them
    everybody = tuple(variant.id for variant in prepared.variants)
    common = (prepared, staff, seed, often, depth, sure)
    with batches(workers, _wanted, common, most_together(prepared.scenario)) as run:

        def made(numbers: Iterable[int], variants: Sequence[str] | None = None) -> Iterator[Replication]:
            return run([_Wanted(n, everybody if variants is None else tuple(variants)) for n in numbers])

        yield made
