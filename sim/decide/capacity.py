"""Days and on-time share against officers and files: where the knee is, who is overrun first, how many are enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.estimate import Estimate
from sim.analysis.intervals import mean
from sim.analysis.pooled import of_each
from sim.analysis.summary import of_measure
from sim.core.errors import PlannerError, unknown
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.decide.officers import Served, Setup, Trial, counted, served
from sim.engine.counters import staff_of
from sim.records.measures.register import MEASURES
from sim.records.tables import WINDOW, PoolKey
from sim.scenario.prepared import Prepared, PreparedVariant

OFFICERS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Officers that are tried, times those of today."""
DEMAND = (0.8, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Files that are tried, times those of today."""
MANY = 4
"""Roles of which other numbers are tried where no department is asked for."""
RUNS = 4
"""Replications of each trial, of the same applicants in all."""
MOST = 4
"""Times the officers of today beyond which more are not tried: what misses the limit is then no queue."""
NO_END = Estimate(math.inf, math.inf, math.inf, 0)


@dataclass(frozen=True)
class Point:
    """What so many officers come to at so many files."""

    officers: int
    demand: float
    """Times the files of today."""
    days: Estimate
    """Counted working days of the department's steps per case; infinite where its queue has no end."""
    on_time: Estimate
    """Share of the department's decisions within their limit."""
    wait: Estimate
    """Working hours that a piece of work waits for an officer."""
    busy: Estimate
    """Share of their open time in which the officers work, other matters included."""


@dataclass(frozen=True)
class Enough:
    """The fewest officers for an asked on-time share."""

    asked: float
    point: Point | None
    """The fewest whose share is at least that; None where no number that was tried is enough."""
    sure: Point | None
    """The fewest of whom that is so at 95 %: the low end of the interval is at least that."""
    best: Point
    """What the most officers that were tried come to."""


@dataclass(frozen=True)
class Role:
    """The officers of one role of a department."""

    pool: PoolKey
    today: int
    other: float
    """Officers that other matters keep busy, whatever number there is."""
    own: float
    """Officers that the scenario's files keep busy at today's demand."""
    by_demand: tuple[Point, ...]
    behind: tuple[Mapping[str, float], Mapping[str, float]]
    """Officers' hours per case up to the decision and behind it, in the first variant and in the one looked at."""
    by_officers: tuple[Point, ...] = ()
    """Nothing where no other numbers were tried."""
    knee: int | None = None
    """Officers beyond which more help little; None where the curve is flat."""
    enough: Enough | None = None

    @property
    def full(self) -> float:
        """How many times as many files keep all officers busy all the time; infinite for those who have none."""
        return max(self.today - self.other, 0.0) / self.own if self.own else math.inf


@dataclass(frozen=True)
class Capacity:
    """What the officers of a variant can do."""

    prepared: Prepared
    variant: PreparedVariant
    seed: int
    runs: int
    roles: tuple[Role, ...]
    """Those who are overrun first stand first."""
    grid: tuple[Point, ...]
    """Of the first role: every number of officers with every number of files."""


def capacity(prepared: Prepared, variant: str | None = None, departments: Sequence[str] = (), *,
             on_time: float | None = None, seed: int = 1, runs: int = RUNS, workers: int = 1,
             tell: Tell = silent) -> Capacity:  # fmt: skip
    """Return days and on-time share of each department against its officers and its files.

    Officers of one role are tried at a time, the others as many as today; files of other matters are the same
    whatever the number of officers. Without `departments` all are looked at but for their windows, and other numbers
    of officers are tried where they are overrun first. Raises PlannerError for a variant or a department that there
    is not, and where nobody is counted who could queue.
    """
    chosen = _variant(prepared, variant)
    staff = staff_of(prepared)
    everybody = counted(chosen, staff)
    first = Setup(prepared, prepared.variants[0], staff, seed, ())
    pools = _asked(replace(first, variant=chosen, pools=tuple(everybody)), _named(chosen, departments))
    setup, first = replace(first, variant=chosen, pools=pools), replace(first, pools=pools)
    with jobs(workers, served, setup) as run, jobs(1, served, first) as run_first:
        bench = _Bench(setup, runs, run, everybody, tell)
        bench.try_all(Trial(demand=times) for times in DEMAND)
        untouched = list(run_first((Trial(), number) for number in range(runs)))
        roles = [_role(bench, pool, untouched, staff.other.get(pool, 0.0)) for pool in pools]
        roles.sort(key=lambda role: role.full)
        swept = roles if departments else roles[:MANY]
        bench.try_all(_officers([role.pool for role in swept], everybody))
        roles = [_with_officers(bench, role, on_time) if role in swept else role for role in roles]
        pool = roles[0].pool
        grid = [Trial(pool, n, times) for times in DEMAND for n in _levels(everybody[pool])]
        bench.try_all(grid)
        return Capacity(prepared, chosen, seed, runs, tuple(roles), tuple(bench.point(t, pool) for t in grid))


def _variant(prepared: Prepared, name: str | None) -> PreparedVariant:
    found = {variant.id: variant for variant in prepared.variants}
    if name is not None and name not in found:
        raise PlannerError(unknown("variant", name, found))
    return found[name] if name else prepared.variants[-1]


def _named(variant: PreparedVariant, departments: Sequence[str]) -> Callable[[PoolKey], bool]:
    known = variant.place.departments
    for name in departments:
        if name not in known:
            raise PlannerError(unknown("department", name, known))
    acting = {variant.place.acting(name) for name in departments}
    return lambda pool: pool[0] in acting if acting else pool[1] != WINDOW


def _asked(setup: Setup, wanted: Callable[[PoolKey], bool]) -> tuple[PoolKey, ...]:
    """The roles that some case comes to, of those wanted."""
    found = served(setup, (Trial(), 0))
    pools = tuple(pool for pool in found or () if found and wanted(pool) and len(found[pool].waits))
    if not pools:
        raise PlannerError(f"{setup.prepared.where}: no case comes to officers who are counted; nobody can queue there")
    return pools


def _levels(today: int) -> list[int]:
    return sorted({max(1, math.floor(today * times + 0.5)) for times in OFFICERS})


def _officers(pools: Iterable[PoolKey], everybody: Mapping[PoolKey, int]) -> Iterator[Trial]:
    for pool in pools:
        yield from (Trial(pool, officers) for officers in _levels(everybody[pool]))


class _Bench:
    """Trials, each made once."""

    def __init__(self, setup: Setup, runs: int, run: Callable[[Iterable[tuple[Trial, int]]], Iterator[object]],
                 everybody: Mapping[PoolKey, int], tell: Tell) -> None:  # fmt: skip
        self.setup, self.runs, self.run, self.today, self.tell = setup, runs, run, everybody, tell
        self.found: dict[Trial, list[dict[PoolKey, Served] | None]] = {}
        self.done, self.most = 0, 0

    def try_all(self, trials: Iterable[Trial]) -> None:
        """Make the trials that were not made yet."""
        new = [trial for trial in dict.fromkeys(trials) if trial not in self.found]
        self.most += len(new) * self.runs
        items = [(trial, number) for trial in new for number in range(self.runs)]
        for (trial, _), one in zip(items, self.run(items), strict=True):
            self.found.setdefault(trial, []).append(one)  # type: ignore[arg-type]
            self.done += 1
            self.tell(self.done, self.most)

    def of(self, trial: Trial, pool: PoolKey) -> list[Served]:
        """What a trial came to for a role, replication by replication; none where a queue has no end."""
        found = self.found[trial]
        return [one[pool] for one in found if one is not None] if None not in found else []

    def point(self, trial: Trial, pool: PoolKey) -> Point:
        """A trial as a point of the curves of a role."""
        some = self.of(trial, pool)
        officers = trial.officers if trial.pool else self.today[pool]
        if not some:
            return Point(officers, trial.demand, NO_END, Estimate(0, 0, 0, 0), NO_END, Estimate(1, 1, 1, 0))
        share = of_measure(MEASURES["on_time_share"], [one.on_time for one in some])
        days, wait = (mean([getattr(one, name) for one in some]) for name in ("days", "waits"))
        return Point(officers, trial.demand, days, share, wait, of_each([one.busy for one in some]))

    def officers(self, pool: PoolKey, count: int) -> Point:
        """So many officers at today's files."""
        self.try_all([Trial(pool, count)])
        return self.point(Trial(pool, count), pool)


def _role(bench: _Bench, pool: PoolKey, untouched: Sequence[dict[PoolKey, Served] | None], other: float) -> Role:
    """The officers of a role at today's number."""
    now, then = bench.of(Trial(), pool), [one[pool] for one in untouched if one]
    return Role(
        pool=pool,
        today=bench.today[pool],
        other=other,
        own=float(np.mean([one.own for one in now])) if now else math.inf,
        by_demand=tuple(bench.point(Trial(demand=times), pool) for times in DEMAND),
        behind=(_hours(then), _hours(now)),
    )


def _with_officers(bench: _Bench, role: Role, on_time: float | None) -> Role:
    """The officers of a role with other numbers of them."""
    points = tuple(bench.officers(role.pool, count) for count in _levels(role.today))
    enough = _enough(bench, role.pool, points, on_time) if on_time is not None else None
    return replace(role, by_officers=points, knee=knee(points), enough=enough)


def _hours(some: Sequence[Served]) -> dict[str, float]:
    return {name: float(np.mean([getattr(one, name) for one in some])) if some else math.nan
            for name in ("before", "behind")}  # fmt: skip


def knee(points: Sequence[Point]) -> int | None:
    """Return the officers at the knee of the waiting: where its curve is farthest below the line between its ends.

    Satopää and others, Finding a "Kneedle" in a Haystack, 2011. None where the whole curve falls by no more than
    the luck of its ends.
    """
    known = [point for point in points if math.isfinite(point.wait.mean)]
    if len(known) < 3:
        return known[0].officers if known and len(known) < len(points) else None
    first, last = known[0].wait, known[-1].wait
    fall = first.mean - last.mean
    if fall <= math.hypot(first.mean - first.low, last.high - last.mean):
        return None
    wide = known[-1].officers - known[0].officers
    below = [1 - (p.officers - known[0].officers) / wide - (p.wait.mean - last.mean) / fall for p in known]
    return known[int(np.argmax(below))].officers


def _enough(bench: _Bench, pool: PoolKey, tried: Sequence[Point], asked: float) -> Enough | None:
    """The fewest officers for an asked share, found by halving between numbers of which one is enough and one not."""
    best = tried[-1]
    if math.isnan(best.on_time.mean):
        return None
    if best.on_time.mean < asked:
        best = bench.officers(pool, MOST * bench.today[pool])
    fewest = _first(bench, pool, best.officers, lambda point: point.on_time.mean >= asked)
    sure = _first(bench, pool, best.officers, lambda point: point.on_time.low >= asked)
    return Enough(asked, fewest, sure, best)


def _first(bench: _Bench, pool: PoolKey, most: int, enough: Callable[[Point], bool]) -> Point | None:
    if not enough(bench.officers(pool, most)):
        return None
    low, high = 0, most
    while high - low > 1:
        half = (low + high) // 2
        low, high = (low, half) if enough(bench.officers(pool, half)) else (half, high)
    return bench.officers(pool, high)
