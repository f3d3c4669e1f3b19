"""Queues in front of officers, as `sim.engine.queue` has them."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast.clocks import add, is_open, next_open
from sim.engine.fast.heap import plan
from sim.engine.fast.layout import Cursor, Pool, State
from sim.engine.fast.memory import compiled


@compiled
def write(s: State, cursor: Cursor, category: int, pool: int, staff: int, queued: int, started: int, ended: int,
          busy: int) -> None:  # fmt: skip
    """Write down a stretch of an attempt, or of a branch of one."""
    row = at.activities(s.activities, s.activities_used)
    row.attempt, row.main, row.category = cursor.id, 1 if cursor.parent == at.NONE else 0, category
    row.pool, row.staff, row.queued, row.started, row.ended, row.busy = pool, staff, queued, started, ended, busy
    s.activities_used += 1


@compiled
def request(s: State, number: int, c: int, category: int, staff: int, seconds: int) -> None:
    """Serve a case now if someone is free, on duty and nobody is before it; else let it queue."""
    pool, cursor = at.pools(s.pools, number), at.cursors(s.cursors, c)
    cursor.pool, cursor.staff = number, staff
    if pool.normal == at.NONE and pool.urgent == at.NONE:
        server = _on_duty(s, pool, staff)
        if server != at.NONE:
            _serve(s, number, server, c, category, staff, seconds, s.now)
            return
    cursor.category, cursor.seconds, cursor.queued = category, seconds, s.now
    _line_up(s, pool, c)
    if cursor.urgent or not pool.always:
        dispatch(s, number)


@compiled
def _on_duty(s: State, pool: Pool, staff: int) -> int:
    """The first group that is on duty with so many free."""
    for number in range(pool.server, pool.end):
        server = at.servers(s.servers, number)
        if server.free >= staff and is_open(s, server.clock, s.now):
            return number
    return at.NONE


@compiled
def _serve(s: State, number: int, by: int, c: int, category: int, staff: int, seconds: int, queued: int) -> None:
    cursor, server = at.cursors(s.cursors, c), at.servers(s.servers, by)
    server.free -= staff
    cursor.server = by
    end = add(s, server.clock, s.now, seconds)
    write(s, cursor, category, number, staff, queued, s.now, end, seconds)
    plan(s, end, at.RELEASE, c)


@compiled
def _line_up(s: State, pool: Pool, c: int) -> None:
    """Put somebody at the end of a line."""
    cursor = at.cursors(s.cursors, c)
    cursor.next = at.NONE
    if cursor.urgent:
        if pool.urgent == at.NONE:
            pool.urgent = c
        else:
            at.cursors(s.cursors, pool.urgent_last).next = c
        pool.urgent_last = c
    else:
        if pool.normal == at.NONE:
            pool.normal = c
        else:
            at.cursors(s.cursors, pool.normal_last).next = c
        pool.normal_last = c


@compiled
def release(s: State, c: int) -> None:
    """Those who have worked on a case take who stands in line."""
    cursor = at.cursors(s.cursors, c)
    at.servers(s.servers, cursor.server).free += cursor.staff
    dispatch(s, cursor.pool)


@compiled
def dispatch(s: State, number: int) -> None:
    """Serve who stands in line, the urgent first, as long as somebody is free and on duty."""
    pool = at.pools(s.pools, number)
    while True:
        urgent = pool.urgent != at.NONE
        first = pool.urgent if urgent else pool.normal
        if first == at.NONE:
            return
        cursor = at.cursors(s.cursors, first)
        server = _on_duty(s, pool, cursor.staff)
        if server == at.NONE:
            if not pool.always:
                _wake_at_opening(s, number, cursor.staff)
            return
        if urgent:
            pool.urgent = cursor.next
        else:
            pool.normal = cursor.next
        _serve(s, number, server, first, cursor.category, cursor.staff, cursor.seconds, cursor.queued)


@compiled
def _wake_at_opening(s: State, number: int, staff: int) -> None:
    """Look again when the next free group comes on duty."""
    pool, first = at.pools(s.pools, number), at.NONE
    for n in range(pool.server, pool.end):
        server = at.servers(s.servers, n)
        if server.free >= staff and not at.clocks(s.clocks, server.clock).always:
            opening = next_open(s, server.clock, s.now)
            first = opening if first == at.NONE else min(first, opening)
    if first != at.NONE and first != pool.wake:
        pool.wake = first
        plan(s, first, at.AWAKE, number)
