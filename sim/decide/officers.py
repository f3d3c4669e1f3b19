"""What a variant comes to for the officers of each role, with other numbers of them and other numbers of files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.outcome import known
from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.core.errors import PlannerError
from sim.core.workdays import Clock
from sim.records.frames import Records, all_records
from sim.records.measures import register as metrics
from sim.records.measures.base import Values
from sim.records.tables import SUBMISSION, PoolKey, Staff, Tables
from sim.records.utilisation import utilisation
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.spec.place import Place
from sim.spec.scope import Scope

HOUR = 3600


@dataclass(frozen=True)
class Trial:
    """One number of officers of one role, everybody else as many as today, and so many times as many files."""

    pool: PoolKey | None = None
    """Department and role; None where all are as many as today."""
    officers: int = 0
    demand: float = 1.0


@dataclass(frozen=True)
class Served:
    """What one replication came to for the officers of one role; numbers by case or by piece of work."""

    days: Values
    """Counted working days of the department's steps, by case."""
    on_time: Values
    """Share of the department's decisions within their limit, by case."""
    waits: Values
    """Working hours that each piece of work waited for an officer."""
    busy: float
    """Share of their open time in which the officers worked, other matters included."""
    own: float
    """Officers that the files of the scenario keep busy."""
    before: float
    """Officers' hours per case up to the decision."""
    behind: float
    """Officers' hours per case after it: checks of what was promised."""


@dataclass(frozen=True)
class Setup:
    """What is tried on: a scenario, one of its variants, and the officers of today."""

    prepared: Prepared
    variant: PreparedVariant
    staff: Staff
    seed: int
    pools: tuple[PoolKey, ...]
    """Departments and roles that are looked at."""


def counted(variant: PreparedVariant, staff: Staff) -> dict[PoolKey, int]:
    """Return department and role → how many officers there are in a variant."""
    return {
        (name, role): sum(group.count or staff.officers[name, role] for group in groups)
        for name, department in variant.place.departments.items()
        for role, groups in department.staff.items()
    }


def with_officers(variant: PreparedVariant, pool: PoolKey, officers: int) -> PreparedVariant:
    """Return the variant with so many officers of one role; what else they do stays as much.

    Of several groups the first takes all that come and goes last: each of the others keeps what is left for it.
    """
    name, role = pool
    department = variant.place.departments[name]
    first, *others = department.staff[role]
    kept, left = [], officers - 1
    for group in others:
        count = min(group.count or left, left)
        left -= count
        kept += [group.model_copy(update={"count": count})] if count else []
    stated = first.model_copy(update={"count": left + 1, "utilisation": None, "other": None})
    changed = department.model_copy(update={"staff": {**department.staff, role: (stated, *kept)}})
    return replace(variant, place=_with(variant.place, name, changed))


def _with(place: Place, name: str, department: object) -> Place:
    return place.model_copy(update={"departments": {**place.departments, name: department}})


def with_demand(variant: PreparedVariant, processes: Collection[str], times: float) -> PreparedVariant:
    """Return the variant to which so many times as many cases come; the same cases, with the same luck."""
    return replace(variant, demand={p: variant.demand.get(p, 1.0) * times for p in processes})


def served(setup: Setup, item: tuple[Trial, int]) -> dict[PoolKey, Served] | None:
    """Return what a trial comes to in one replication, for each role looked at; None where its queues have no end."""
    trial, replication = item
    variant = with_demand(setup.variant, setup.prepared.scenario.demand, trial.demand)
    if trial.pool is not None:
        variant = with_officers(variant, trial.pool, trial.officers)
    try:
        tables, log = played(setup.prepared, variant, setup.staff, Draws(setup.seed, replication), often=True)
    except PlannerError:  # cases run out of the calendar
        return None
    found, busy = all_records(tables, log), utilisation(tables, log)
    looked_at = [trial.pool] if trial.pool else setup.pools
    return {pool: _served(tables, found, variant.place, pool, busy[pool]) for pool in looked_at}


def _served(tables: Tables, found: Mapping[str, Records], place: Place, pool: PoolKey, busy: float) -> Served:
    number = next(n for n, p in enumerate(tables.pools) if (p.department, p.role) == pool)
    hours = Clock.any_of([tables.clocks[group.clock] for group in tables.pools[number].groups])
    days, on_time, waits, work = [], [], [], []
    cases = 0
    for records in found.values():
        scope = Scope(steps=_steps(records, place, pool[0]))
        cases += records.size
        if scope.steps:
            days.append(known(metrics.values("counted_days", records, scope)))
            on_time.append(known(metrics.values("on_time_share", records, scope)))
        own = records.activities[records.activities["pool"] == number]
        waits.append(hours.between_many(own["queued"].to_numpy(), own["started"].to_numpy()) / HOUR)
        decided = records.of_attempts["decided"][records.row(own["attempt"].to_numpy())]
        later = (decided >= 0) & (own["started"].to_numpy() >= decided)
        work.append(np.stack([own["busy"].to_numpy() * own["staff"].to_numpy() / HOUR, later]))
    effort, later = np.concatenate(work, axis=1)
    behind = float((effort * later).sum())
    open_hours = _open_hours(tables, hours)
    return Served(
        days=_joined(days), on_time=_joined(on_time), waits=_joined(waits), busy=busy,
        own=float(effort.sum()) / open_hours if open_hours else 0.0,
        before=(float(effort.sum()) - behind) / max(cases, 1), behind=behind / max(cases, 1),
    )  # fmt: skip


def _joined(parts: list[Values]) -> Values:
    return np.concatenate(parts) if parts else np.zeros(0)


def _open_hours(tables: Tables, hours: Clock) -> float:
    """Open hours while the measured cases come."""
    spans = [arrivals.between for arrivals in tables.arrivals]
    return hours.between(min(span[0] for span in spans), max(span[1] for span in spans)) / HOUR


def _steps(records: Records, place: Place, department: str) -> tuple[str, ...]:
    """The steps that a department handles, itself or for another."""
    handling = (node for node in records.nodes if node.department and node.kind != SUBMISSION)
    own = (node for node in handling if place.acting(node.department) == department)
    return tuple(dict.fromkeys(step for node in own for step in node.steps))
