"""Queues in front of officers, as `sim.engine.queue` has them."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.clocks import add, closing, is_open, next_open
from sim.engine.fast.given import Line
from sim.engine.fast.heap import plan, plan_first
from sim.engine.fast.layout import Pool, State
from sim.engine.fast.memory import compiled
from sim.engine.fast.rows import write
from sim.engine.fast.visit import ask, join, staff_of


@compiled
def stand_in_queue(s: State, number: int, c: int, category: int, staff: int, seconds: int) -> None:
    """Serve a case now if someone is free, on duty and nobody is before it; else let it queue."""
    pool, cursor = reach.pools(s.pools, number), reach.cursors(s.cursors, c)
    cursor.pool, cursor.category, cursor.staff, cursor.seconds, cursor.queued = number, category, staff, seconds, s.now
    if pool.visit == at.NONE and _first(pool) == at.NONE:
        server = _on_duty(s, pool, staff)
        if server != at.NONE:
            _serve(s, pool, server, c)
            return
    _line_up(s, pool, c)
    if cursor.urgent or not pool.always:
        dispatch(s, number)


@compiled
def call(s: State, c: int, line: Line, seconds: int) -> None:
    """Let officers of several pools join a visit as soon as they can, ahead of what else has not begun."""
    cursor, crew = reach.cursors(s.cursors, c), reach.crews(s.crews, line.where)
    cursor.category, cursor.seconds, cursor.queued, cursor.crew = line.category, seconds, s.now, line.where
    cursor.missing, cursor.held = crew.end - crew.member, at.NONE
    for member in range(crew.member, crew.end):
        number = reach.members(s.members, member).pool
        ask(s, reach.pools(s.pools, number), c, member)
        dispatch(s, number)


@compiled
def part(s: State, c: int) -> None:
    """A visit is over, and its officers are back one after another."""
    number = reach.cursors(s.cursors, c).held
    while number != at.NONE:
        guest = reach.guests(s.guests, number)
        following, member = guest.next, reach.members(s.members, guest.member)
        reach.servers(s.servers, guest.server).free += member.staff
        guest.next = s.guests_free
        s.guests_free = number
        dispatch(s, member.pool)
        number = following


@compiled
def _first(pool: Pool) -> int:
    """Who is served next, of those in line."""
    if pool.begun != at.NONE:
        return pool.begun
    return pool.urgent if pool.urgent != at.NONE else pool.normal


@compiled
def _on_duty(s: State, pool: Pool, staff: int) -> int:
    """The first group that is on duty with so many free."""
    for number in range(pool.server, pool.end):
        server = reach.servers(s.servers, number)
        if server.free >= staff and is_open(s, server.clock, s.now):
            return number
    return at.NONE


@compiled
def _serve(s: State, pool: Pool, by: int, c: int) -> None:
    """Let a group begin with what somebody asks for; it may have to hand it on."""
    now, cursor, server = s.now, reach.cursors(s.cursors, c), reach.servers(s.servers, by)
    server.free -= cursor.staff
    cursor.server = by
    seconds = cursor.seconds
    end = add(s, server.clock, now, seconds)
    handed_on = _handed_on(s, pool, by, cursor.staff) if pool.hands_on else at.NONE
    if handed_on != at.NONE and handed_on < end:
        end, seconds = handed_on, handed_on - now
        cursor.seconds -= seconds
        plan_first(s, end, at.LEAVE, c)
    else:
        plan(s, end, at.RELEASE, c)
    write(s, cursor, cursor.category, cursor.pool, cursor.staff, cursor.queued, now, end, seconds)


@compiled
def _handed_on(s: State, pool: Pool, by: int, staff: int) -> int:
    """When a group that is on duty hands on what it has under way; NONE where no other group could take it."""
    for number in range(pool.server, pool.end):
        if number != by and reach.servers(s.servers, number).count >= staff:
            return closing(s, reach.servers(s.servers, by).clock, s.now)
    return at.NONE


@compiled
def _line_up(s: State, pool: Pool, c: int) -> None:
    """Put somebody at the end of the urgent, or of the others."""
    cursor = reach.cursors(s.cursors, c)
    cursor.next = at.NONE
    if cursor.urgent:
        if pool.urgent == at.NONE:
            pool.urgent = c
        else:
            reach.cursors(s.cursors, pool.urgent_last).next = c
        pool.urgent_last = c
    else:
        if pool.normal == at.NONE:
            pool.normal = c
        else:
            reach.cursors(s.cursors, pool.normal_last).next = c
        pool.normal_last = c


@compiled
def _step_out(s: State, pool: Pool, c: int) -> None:
    """Take whoever is served next out of the queue."""
    following = reach.cursors(s.cursors, c).next
    if pool.begun == c:
        pool.begun = following
    elif pool.urgent == c:
        pool.urgent = following
    else:
        pool.normal = following


@compiled
def release(s: State, c: int) -> None:
    """Those who have worked on a case take who stands in line."""
    cursor = reach.cursors(s.cursors, c)
    reach.servers(s.servers, cursor.server).free += cursor.staff
    dispatch(s, cursor.pool)


@compiled
def leave(s: State, c: int) -> None:
    """A group goes off duty with work under way, which comes before all that has not begun, the urgent first."""
    cursor = reach.cursors(s.cursors, c)
    pool = reach.pools(s.pools, cursor.pool)
    reach.servers(s.servers, cursor.server).free += cursor.staff
    cursor.queued = s.now
    before, after = at.NONE, pool.begun
    while after != at.NONE and (not cursor.urgent or reach.cursors(s.cursors, after).urgent):
        before, after = after, reach.cursors(s.cursors, after).next
    cursor.next = after
    if before == at.NONE:
        pool.begun = c
    else:
        reach.cursors(s.cursors, before).next = c
    if pool.gathered != s.now:  # all that leave at this moment stand in line before anybody takes the first
        pool.gathered = s.now
        plan(s, s.now, at.GATHER, cursor.pool)


@compiled
def dispatch(s: State, number: int) -> None:
    """Serve who stands in line as long as somebody is free and on duty."""
    pool = reach.pools(s.pools, number)
    first = _first(pool)
    while first != at.NONE or pool.visit != at.NONE:
        visits = pool.visit != at.NONE and pool.begun == at.NONE
        staff = staff_of(s, reach.guests(s.guests, pool.visit)) if visits else reach.cursors(s.cursors, first).staff
        server = _on_duty(s, pool, staff)
        if server == at.NONE:
            if not pool.always:
                _wake_at_opening(s, number, staff)
            return
        if visits:
            join(s, pool, server)
        else:
            _step_out(s, pool, first)
            _serve(s, pool, server, first)
        first = _first(pool)


@compiled
def _wake_at_opening(s: State, number: int, staff: int) -> None:
    """Look again when the next free group comes on duty."""
    pool, first = reach.pools(s.pools, number), at.NONE
    for n in range(pool.server, pool.end):
        server = reach.servers(s.servers, n)
        if server.free >= staff and not reach.clocks(s.clocks, server.clock).always:
            opening = next_open(s, server.clock, s.now)
            first = opening if first == at.NONE else min(first, opening)
    if first != at.NONE and first != pool.wake:
        pool.wake = first
        plan(s, first, at.AWAKE, number)
