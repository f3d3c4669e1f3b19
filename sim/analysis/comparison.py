"""The answer to a scenario's question, as data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.analysis.courses import Courses
from sim.analysis.estimate import Estimate
from sim.analysis.own import OwnShare
from sim.analysis.summary import Summary
from sim.analysis.verdict import TargetResult
from sim.analysis.warming import Warming
from sim.core.arrays import pd
from sim.records.measures.base import Values
from sim.records.moments import CASE_KEYS
from sim.records.packed import unpacked
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared

MONTHLY = ("counted_days", "elapsed_days", "calendar_days", "before_acceptance_days", "on_time_share")
"""Measures that are told by month: those that a backlog or a holiday moves."""

CASES = 50_000
"""Cases of a table that are unpacked at a time."""


@dataclass(frozen=True)
class Month:
    """The cases of one process that arrived in one month, in one variant."""

    month: str
    """YYYY-MM."""
    cases: int
    """How many they are, in all replications together."""
    means: Mapping[str, Estimate]
    """Measure → its mean."""


@dataclass(frozen=True)
class Comparison:
    """The answer to a scenario's question."""

    prepared: Prepared
    seed: int
    runs: Mapping[str, int]
    """Variant → in how many replications it was played: the first ones of all, the same cases with the same luck."""
    staff: Staff
    statistics: Mapping[str, Mapping[str, Mapping[str, Summary]]]
    """Variant → process → measure → its statistics."""
    targets: Sequence[TargetResult]
    split: Mapping[str, Mapping[str, pd.DataFrame]]
    """Variant → process → mean days per case on the critical path: node, kind, category, office, calendar."""
    utilisation: Mapping[str, Mapping[tuple[str, str], Estimate]]
    """Variant → department and role → utilisation."""
    tables: Mapping[str, Mapping[str, Sequence[pd.DataFrame]]]
    """Variant → process → the table of its cases in every replication, packed; at a glance only its columns."""
    values: Mapping[str, Mapping[str, Mapping[str, Sequence[Values]]]]
    """Variant → target, or its other reading → process → its measure of every case in its scope, replication by
    replication."""
    courses: Mapping[str, Mapping[str, Courses]]
    """First and last variant → process → what its cases went through in the first replication; nothing where it is
    not to be drawn."""
    events: Mapping[str, Mapping[str, pd.DataFrame]]
    """Variant → process → the events of its measured cases in the first replication; nothing likewise."""
    months: Mapping[str, Mapping[str, Sequence[Month]]]
    """Variant → process → what was found by month of arrival."""
    warming: tuple[Warming, ...] = ()
    """From when on each process is warm, variant by variant."""
    own: tuple[OwnShare, ...] = ()
    """How much of the hours of every pool that a case meets the cases take, the largest share first."""
    projected_years: tuple[int, ...] = ()
    """Years with projected holidays in which a case was under way, or from which its demand was reckoned."""
    interrupted: bool = False
    """Whether the user stopped it before its verdicts were decided; what was finished is kept."""

    @property
    def most_runs(self) -> int:
        """How many replications there are, of one variant at least."""
        return max(self.runs.values())

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Every measured case: variant, process, replication, case, attributes, moments, measures."""
        return pd.concat(self.each_table(), ignore_index=True)[self.columns]

    @property
    def columns(self) -> list[str]:
        """The columns of that table; an attribute has one in whichever process it is."""
        tables = (tables[0] for processes in self.tables.values() for tables in processes.values())
        return list(dict.fromkeys([*CASE_KEYS, *(name for table in tables for name in table)]))

    def each_table(self) -> Iterator[pd.DataFrame]:
        """Yield the same, so many cases of one process after another; each has the attributes of its process."""
        for variant, processes in self.tables.items():
            for process, tables in processes.items():
                for some in _in_parts(tables):
                    own = np.repeat([number for number, _ in some], [len(table) for _, table in some])
                    found = unpacked(*(table for _, table in some))
                    yield found.assign(variant=variant, process=process, replication=own)

    def of(self, variant: str, process: str, measure: str) -> Summary:
        """The statistics of one measure."""
        return self.statistics[variant][process][measure]

    @property
    def needs_warm_up(self) -> list[OwnShare]:
        """The pools whose queue depends on how many cases are under way, so that older ones have to be."""
        return [own for own in self.own if not own.small]

    @property
    def cold(self) -> list[Warming]:
        """Where measuring begins before it is warm: of each process the variant that takes longest."""
        late = sorted((w for w in self.warming if w.cold), key=lambda w: w.enough or math.inf)
        return list({w.process: w for w in late}.values())


def _in_parts(tables: Sequence[pd.DataFrame]) -> Iterator[list[tuple[int, pd.DataFrame]]]:
    """Yield the tables, each with its number: several that are small together, one that is large in parts."""
    some: list[tuple[int, pd.DataFrame]] = []
    for number, table in enumerate(tables):
        for first in range(0, max(len(table), 1), CASES):
            part = table[first : first + CASES]
            if some and sum(len(other) for _, other in some) + len(part) > CASES:
                yield some
                some = []
            some.append((number, part))
    if some:
        yield some
