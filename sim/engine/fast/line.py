"""Lines in front of officers, in which everybody's turn is known at once, as `sim.engine.line` has them."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.clocks import add, begins, ends, next_open, passed
from sim.engine.fast.heap import plan
from sim.engine.fast.layout import Pool, Server, State
from sim.engine.fast.memory import compiled, make_ready_behind, numbers, taken_in
from sim.engine.fast.rows import write
from sim.spec.categories import Category


@taken_in
def stand_in_line(s: State, number: int, c: int, category: int, staff: int, seconds: int) -> None:
    """Serve a case when its turn comes, and go on with it when that is over."""
    pool, now = reach.pools(s.pools, number), s.now
    if pool.joined < pool.others:
        catch_up(s, pool, now)
    if pool.end == pool.server + 1:
        server = reach.servers(s.servers, pool.server)
        if pool.always:
            start = _turn(pool, server, now, staff, seconds)
            end = start + seconds
        else:
            began = _turn(pool, server, passed(s, server.clock, now), staff, seconds)
            start, end = begins(s, server.clock, began, now), ends(s, server.clock, began + seconds, now)
    else:
        server = _earliest(s, pool, now, staff)
        start = pool.last
        end = add(s, server.clock, start, seconds)
        _engage(server, staff, end)
    write(s, reach.cursors(s.cursors, c), category, number, staff, now, start, end, seconds)
    plan(s, end, at.RESUME, c)


@taken_in
def _turn(pool: Pool, server: Server, came: int, staff: int, seconds: int) -> int:
    """When the next in line starts, by the clock of the officers, who all keep the same hours."""
    start = max(came, pool.last, numbers(server.moments, staff - 1).value)
    pool.last = start
    _engage(server, staff, start + seconds)
    return start


@taken_in
def _engage(server: Server, staff: int, until: int) -> None:
    """Let the first officers of a group who are free be so again at some moment."""
    moments = server.moments
    for place in range(server.count):  # without a jump that a processor could not foresee
        row = numbers(moments, place)
        row.value = min(numbers(moments, place + staff).value, max(row.value, until))


@compiled
def _earliest(s: State, pool: Pool, now: int, staff: int) -> Server:
    """The group that can start the next in line first, and when: from then on the last start in the line."""
    earliest, first, found = max(now, pool.last), at.NONE, pool.server
    for number in range(pool.server, pool.end):
        server = reach.servers(s.servers, number)
        if server.count >= staff:
            start = next_open(s, server.clock, max(earliest, numbers(server.moments, staff - 1).value))
            if first == at.NONE or start < first:
                first, found = start, number
    pool.last = first
    return reach.servers(s.servers, found)


@compiled
def catch_up(s: State, pool: Pool, now: int) -> None:
    """Let the files of other matters that have come up to a moment join the line."""
    while pool.joined < pool.others and numbers(pool.others_times, pool.joined).value <= now:
        nth = pool.joined
        pool.joined = nth + 1
        came, seconds = numbers(pool.others_came, nth).value, numbers(pool.others_seconds, nth).value
        if pool.end == pool.server + 1:
            start = _turn(pool, reach.servers(s.servers, pool.server), came, at.ONE, seconds)
            end = start + seconds
        else:
            server = _earliest(s, pool, came, at.ONE)
            start = pool.last
            end = add(s, server.clock, start, seconds)
            _engage(server, at.ONE, end)
        numbers(pool.others_starts, nth).value, numbers(pool.others_ends, nth).value = start, end


@compiled
def write_joined(s: State, number: int) -> None:
    """Write what became of the files of other matters that have joined a line."""
    pool, before = reach.pools(s.pools, number), at.ZERO
    server = reach.servers(s.servers, pool.server)
    for nth in range(pool.joined):
        seconds = numbers(pool.others_seconds, nth).value
        start, end = numbers(pool.others_starts, nth).value, numbers(pool.others_ends, nth).value
        if pool.end == pool.server + 1:
            start = before = begins(s, server.clock, start, before)
            end = ends(s, server.clock, end, start)
        row = reach.activities(s.activities, s.activities_used)
        make_ready_behind(row)
        row.attempt, row.main, row.category, row.pool, row.staff = at.NONE, 0, Category.WORK.value, number, 1
        row.queued, row.started, row.ended, row.busy = numbers(pool.others_times, nth).value, start, end, seconds
        s.activities_used += 1
        s.latest = max(s.latest, end)
