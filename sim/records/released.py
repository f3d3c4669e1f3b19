"""What goes on after silence was consent: nobody waits for it any more."""

from __future__ import annotations

from sim.core.arrays import Ints, np
from sim.records.columns import Columns, some
from sim.records.tables import Flag, Tables


def released(tables: Tables, attempts: Columns, activities: Columns) -> Columns:
    """The activities, of which what goes on after silence was consent is beside the main line of its attempt."""
    tacit = (attempts["flags"] & int(Flag.TACIT)) > 0
    if not tacit.any():
        return activities
    row = np.searchsorted(attempts["attempt"], activities["attempt"])
    ends = attempts["finished"][row]
    late = tacit[row] & (activities["main"] == 1) & (activities["ended"] > ends)
    if not late.any():
        return activities
    whole, end = some(activities, np.flatnonzero(late)), ends[late]
    moments = {c: whole[c] for c in ("queued", "started", "ended")}
    busy = _busy_until(tables, whole, end)
    before = {**whole, **{c: np.minimum(x, end) for c, x in moments.items()}, "busy": busy}
    beside = {"main": np.zeros_like(busy), "busy": whole["busy"] - busy}
    after = {**whole, **{c: np.maximum(x, end) for c, x in moments.items()}, **beside}
    parts = [some(activities, np.flatnonzero(~late)), before, after]
    together = {c: np.concatenate([part[c] for part in parts]) for c in activities}
    return some(together, np.argsort(together["place"], kind="stable"))


def _busy_until(tables: Tables, activities: Columns, end: Ints) -> Ints:
    """The open seconds of each activity up to a moment, by the hours of those who are busy with it."""
    started, ended, busy, pool = (activities[c] for c in ("started", "ended", "busy", "pool"))
    started, end = np.minimum(started, end), np.minimum(ended, end)
    found: Ints = np.where(busy == ended - activities["started"], end - started, 0)
    clocks = {int(n): tables.clocks[tables.pools[n].groups[0].clock] for n in np.unique(pool) if n >= 0}
    for number, clock in ({-1: tables.clocks[tables.office]} | clocks).items():
        chosen = (pool == number) & (busy != ended - activities["started"])
        found[chosen] = clock.between_many(started[chosen], end[chosen])
    within: Ints = np.minimum(found, busy)
    return within
