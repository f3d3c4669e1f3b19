"""The targets of a scenario that is made otherwise, played again on the same applicants."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.moves import Moving, moved_world
from sim.analysis.outcome import cases_by_process, statistic, subjects
from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.engine.counters import staff_of
from sim.engine.shared import Shared
from sim.engine.staffing import pilot_luck
from sim.records.frames import all_records
from sim.records.measures.base import Values
from sim.records.statistics import OfCases
from sim.scenario.prepare import made
from sim.scenario.prepared import Origin, Prepared
from sim.scenario.target import Target

Found = Mapping[tuple[str, str], list[dict[str, Values]]]
"""Target and variant → replication by replication: process → its measure of every case in its scope."""


MOST_KEPT = 4_000_000
"""Numbers of a replication that are kept for the next world; those of more than a city's cases are drawn again."""


@dataclass
class Luck:
    """The luck of replications that are played in world after world: what takes time to draw is kept between them."""

    seed: int
    replications: int
    pilot: Draws = field(default_factory=pilot_luck, compare=False)
    """That of the cases from which staff is derived."""
    _kept: dict[int, Draws] = field(default_factory=dict, compare=False)

    @contextmanager
    def of(self, replication: int) -> Iterator[Draws]:
        """The draws of a replication, while it is played."""
        draws = self._kept.pop(replication, None) or Draws(self.seed, replication)
        yield draws
        if draws.kept <= MOST_KEPT:
            self._kept[replication] = draws


@dataclass(frozen=True)
class Anew:
    """What a comparison was made from, to be made otherwise and played again."""

    origin: Origin
    luck: Luck

    @classmethod
    def of(cls, comparison: Comparison, replications: int) -> Anew:
        """Of a comparison, with so many replications of it at most."""
        origin = comparison.prepared.origin
        assert origin is not None, "a scenario put together by hand cannot be made again"
        return cls(origin, Luck(comparison.seed, min(replications, comparison.most_runs)))

    def moved(self, *moves: Moving) -> tuple[Prepared, dict[str, float]]:
        """The scenario with some assumptions moved, and what its targets are estimated at there.

        Raises PlannerError where no world can have it so, or a case runs past the calendar.
        """
        prepared = made(moved_world(self.origin, *moves))
        return prepared, replayed(prepared, self.luck)


def replayed(prepared: Prepared, luck: Luck) -> dict[str, float]:
    """Target → its estimate over the cases of all replications; staff is derived from the scenario as it is now."""
    targets, first = prepared.scenario.targets, prepared.variants[0].id
    asked = {t.id: {t.variant} if _of_cases(t) else {t.variant, first} for t in targets}
    wanted = set().union(*asked.values())
    staff = staff_of(prepared, luck.pilot)
    cases: dict[tuple[str, str], list[dict[str, Values]]] = {}
    for replication in range(luck.replications):
        shared = Shared()
        with luck.of(replication) as draws:
            for variant in (v for v in prepared.variants if v.id in wanted):
                found = all_records(*played(prepared, variant, staff, draws, True, shared))
                for target in (t for t in targets if variant.id in asked[t.id]):
                    own = cases_by_process(target, prepared, found)
                    cases.setdefault((target.id, variant.id), []).append(own)
    return {t.id: _estimate(t, prepared, cases) for t in targets}


def _of_cases(target: Target) -> bool:
    return isinstance(target.statistic_record, OfCases)


def _estimate(target: Target, prepared: Prepared, cases: Found) -> float:
    """The target's statistic over the cases of all replications; of a reduction, process by process."""
    record, after = target.statistic_record, cases[target.id, target.variant]
    if isinstance(record, OfCases):
        return statistic(target, [np.concatenate(list(found.values())) for found in after])
    before = cases[target.id, prepared.variants[0].id]
    means = [_means(subjects(target, prepared), found) for found in (before, after)]
    return record.of(*means)


def _means(processes: Sequence[str], found: Sequence[Mapping[str, Values]]) -> Values:
    """The mean of every process over the cases of all replications; not-a-number for one that has none."""
    together = [np.concatenate([one[process] for one in found]) for process in processes]
    return np.array([values.mean() if len(values) else math.nan for values in together])
