"""What one replication of one variant came to: cases, targets, the split of the time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.depth import Depth
from sim.core.arrays import Floats, NDArray, pd
from sim.core.workdays import DAY
from sim.records.columns import some
from sim.records.frames import Records
from sim.records.log import Log
from sim.records.measures import register as metrics
from sim.records.measures.base import Values
from sim.records.moments import ARRIVED, MOMENTS, told
from sim.records.own import hours_asked, own_shares
from sim.records.packed import packed, shortened
from sim.records.spans import Spans, spans
from sim.records.statistics import OfCases
from sim.records.tables import PoolKey, Tables
from sim.records.utilisation import utilisation
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target
from sim.spec.categories import Category
from sim.spec.scope import Scope


@dataclass(frozen=True)
class Outcome:
    """What one replication of one variant came to."""

    cases: Mapping[str, Mapping[str, Any]]
    """Process → one row per measured case: its number, its attributes, its moments, every measure; packed, a DataFrame.
    At a glance only the columns of when it arrived, and of the measures that are told then."""
    values: Mapping[str, Mapping[str, Values]]
    """Target, or the other reading of one → process → its measure of every case in its scope; of every variant, to be
    compared and drawn."""
    split: Mapping[str, pd.DataFrame]
    """Process → days of the critical path per case by node, kind and category, of both clocks; nothing at a glance."""
    utilisation: Mapping[tuple[str, str], float]
    """Department and role → share of their open time in which officers worked; nothing at a glance."""
    own: Mapping[PoolKey, float]
    """Department and role → share of their time that the cases ask for, once they have always been coming."""
    spans: Mapping[str, Spans]
    """Process → how long its cases took, those of the warm-up included."""
    end: int
    """Second after the start at which nothing was left to happen."""


@dataclass(frozen=True)
class Part:
    """What one process came to."""

    process: str
    cases: Mapping[str, Any]
    values: Mapping[str, Values]
    split: pd.DataFrame | None
    asked: Floats
    """By pool: the share of its hours that the cases ask for."""


def part(prepared: Prepared, found: Records, depth: Depth) -> Part:
    """What a process came to, from its records."""
    speaking = (t for t in read(prepared) if found.process in subjects(t, prepared))
    values = {t.id: metrics.values(t.measure, found, t.scope) for t in speaking}
    return Part(
        found.process,
        _packed(_case_table(found, depth), depth),
        values,
        _split(found) if depth > Depth.GLANCE else None,
        hours_asked(found),
    )


def outcome(prepared: Prepared, parts: Sequence[Part], tables: Tables, log: Log, depth: Depth) -> Outcome:
    """What a variant came to that was played once, given what each process did."""
    return Outcome(
        cases={p.process: p.cases for p in parts},
        values={t.id: {p.process: p.values[t.id] for p in parts if t.id in p.values} for t in read(prepared)},
        split={p.process: p.split for p in parts if p.split is not None},
        utilisation=utilisation(tables, log) if depth > Depth.GLANCE else {},
        own=own_shares(tables, [p.asked for p in parts]),
        spans=spans(tables, log),
        end=log.end,
    )


def read(prepared: Prepared) -> Iterator[Target]:
    """Every target, each with the other reading of it where there is one."""
    for target in prepared.scenario.targets:
        yield target
        if other := target.other_reading:
            yield other


def subjects(target: Target, prepared: Prepared) -> list[str]:
    """The processes a target speaks of: the one it names, else all of the scenario together."""
    return [target.scope.process] if target.scope.process else list(prepared.scenario.demand)


def cases_by_process(target: Target, prepared: Prepared, found: Mapping[str, Records]) -> dict[str, Values]:
    """Process → the target's measure of its cases in a replication just played, in the target's scope."""
    return {p: known(metrics.values(target.measure, found[p], target.scope)) for p in subjects(target, prepared)}


def statistic(target: Target, found: Sequence[Values]) -> float:
    """The target's statistic over the cases of all replications together; not-a-number when there is none."""
    record, values = target.statistic_record, np.concatenate(found)
    assert isinstance(record, OfCases), f"{record.id} compares variants; one of them does not tell it"
    return record.of(values, target.limit) if len(values) else math.nan


def known(values: Values) -> Values:
    """Those that are a number."""
    return values[~np.isnan(values)]


def _case_table(found: Records, depth: Depth) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {"case": found.of_cases["case"]}
    if depth > Depth.GLANCE:
        columns |= {name: found.attribute(name) for name in found.tables.attributes[found.process]}
        columns |= {moment.id: told(found, moment) for moment in MOMENTS.values()}
    else:
        columns[ARRIVED] = told(found, MOMENTS[ARRIVED])
    everything = Scope()
    return columns | {name: metrics.values(name, found, everything) for name in depth.measures}


def _packed(columns: Mapping[str, NDArray[Any]], depth: Depth) -> Mapping[str, Any]:
    """A table of cases, packed; at a glance its columns, for which no library of tables has to be loaded."""
    if depth == Depth.GLANCE:
        return {name: shortened(column) for name, column in columns.items()}
    table: Mapping[str, Any] = packed(columns)
    return table


def _split(found: Records) -> pd.DataFrame:
    """Mean days per granted case on the critical path, by node, kind and category."""
    parts = some(found.of_stretches, np.flatnonzero(found.granted[found.of_stretches["position"]]))
    sorts = max(Category) + 1
    keys, sort = np.unique(parts["node"] * sorts + parts["category"], return_inverse=True)
    office, calendar = (np.bincount(sort, parts[clock], minlength=len(keys)) for clock in ("office", "calendar"))
    nodes, count = [found.nodes[n] for n in (keys // sorts).tolist()], max(int(found.granted.sum()), 1)
    named = pd.DataFrame({
        "node": [node.id for node in nodes],
        "kind": [node.kind for node in nodes],
        "category": [Category(c).id for c in (keys % sorts).tolist()],
        "office": office / found.day / count,
        "calendar": calendar / DAY / count,
    })  # fmt: skip
    if len({node.id for node in nodes}) == len(set(keys // sorts)):
        return named  # no other version of the process has a node of the same name
    return named.groupby(["node", "kind", "category"], as_index=False, sort=False).sum()
