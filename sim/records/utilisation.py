"""How much of their open time officers worked."""

from __future__ import annotations

from sim.core.arrays import Floats, Ints, np
from sim.core.workdays import Clock
from sim.records.columns import places
from sim.records.log import ACTIVITY, Log
from sim.records.tables import Pool, Tables


def utilisation(tables: Tables, log: Log) -> dict[tuple[str, str], float]:
    """Department and role → share of their open time in which officers worked, on whatever, while cases arrive.

    The time is that of the measured arrivals, of any process; not-a-number where no open time lies in it.
    """
    written = dict(zip(ACTIVITY, log.activities.reshape(-1, len(ACTIVITY)).T, strict=True))
    pools, began, ended, busy, staff = (written[c] for c in ("pool", "started", "ended", "busy", "staff"))
    spans = [arrivals.between for arrivals in tables.arrivals]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    served = np.flatnonzero((pools >= 0) & (ended > start) & (began < end))
    own = places(pools[served], len(tables.pools))
    hours = [_hours(tables, pool) for pool in tables.pools]
    worked = np.zeros(len(served))
    for clock in dict.fromkeys(hours):
        rows = np.concatenate([rows for rows, kept in zip(own, hours, strict=True) if kept is clock])
        work = served[rows]
        starts, ends, seconds = (column[work].astype(np.int64) for column in (began, ended, busy))
        worked[rows] = _inside(starts, ends, seconds, clock, start, end) * staff[work]
    open_ = {g.clock: tables.clocks[g.clock].between(start, end) for pool in tables.pools for g in pool.groups}
    found = {}
    for pool, rows in zip(tables.pools, own, strict=True):
        open_time = sum(g.count * open_[g.clock] for g in pool.groups)
        found[pool.department, pool.role] = float(worked[rows].sum()) / open_time if open_time else float("nan")
    return found


def _hours(tables: Tables, pool: Pool) -> Clock:
    """The clock that is open while somebody of a pool is on duty."""
    clocks = [tables.clocks[number] for number in sorted({group.clock for group in pool.groups})]
    return clocks[0] if len(clocks) == 1 else Clock.any_of(clocks)


def _inside(began: Ints, ended: Ints, busy: Ints, clock: Clock, start: int, end: int) -> Floats:
    """The part of each piece of work that falls between two moments, by the hours of those who may do it."""
    whole = clock.between_many(began, ended)
    part, cut = whole.copy(), np.flatnonzero((began < start) | (ended > end))
    part[cut] = clock.between_many(np.maximum(began[cut], start), np.minimum(ended[cut], end))
    inside: Floats = busy * part / np.maximum(whole, 1)
    return inside
