"""Officers of several departments who work on one case at the same time, as `sim.engine.visit` has them."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.clocks import add, next_open
from sim.engine.fast.heap import plan
from sim.engine.fast.layout import Guest, Pool, State
from sim.engine.fast.memory import compiled, numbers
from sim.engine.fast.rows import write


@compiled
def ask(s: State, pool: Pool, c: int, member: int) -> None:
    """Put officers whom a visit asks for at the end of those asked."""
    number = s.guests_free
    if number == at.NONE:
        number = s.guests_used
        s.guests_used += 1
    else:
        s.guests_free = reach.guests(s.guests, number).next
    guest = reach.guests(s.guests, number)
    guest.cursor, guest.member, guest.next = c, member, at.NONE
    if pool.visit == at.NONE:
        pool.visit = number
    else:
        reach.guests(s.guests, pool.visit_last).next = number
    pool.visit_last = number


@compiled
def staff_of(s: State, guest: Guest) -> int:
    """How many officers a visit asks for."""
    return reach.members(s.members, guest.member).staff


@compiled
def join(s: State, pool: Pool, by: int) -> None:
    """Let officers of a group join the visit that stands first in line; it starts when all are there."""
    number = pool.visit
    guest = reach.guests(s.guests, number)
    pool.visit = guest.next
    reach.servers(s.servers, by).free -= staff_of(s, guest)
    guest.server, guest.next = by, at.NONE
    cursor = reach.cursors(s.cursors, guest.cursor)
    if cursor.held == at.NONE:
        cursor.held = number
    else:
        reach.guests(s.guests, cursor.held_last).next = number
    cursor.held_last = number
    cursor.missing -= 1
    if not cursor.missing:
        _start(s, guest.cursor)


@compiled
def _start(s: State, c: int) -> None:
    """All are there: work begins when all are on duty, and goes on while they are."""
    cursor = reach.cursors(s.cursors, c)
    clock = _clock(s, c)
    start = next_open(s, clock, s.now)
    end = add(s, clock, start, cursor.seconds)
    number, first = cursor.held, s.activities_used
    while number != at.NONE:
        guest = reach.guests(s.guests, number)
        member = reach.members(s.members, guest.member)
        write(s, cursor, cursor.category, member.pool, member.staff, cursor.queued, start, end, cursor.seconds)
        number = guest.next
    for row in range(first + 1, s.activities_used):  # the time of an attempt is told once
        reach.activities(s.activities, row).main = 0
    plan(s, end, at.PART, c)


@compiled
def _clock(s: State, c: int) -> int:
    """The clock by which all who are there are on duty."""
    cursor, choice = reach.cursors(s.cursors, c), at.ZERO
    number = cursor.held
    while number != at.NONE:
        guest = reach.guests(s.guests, number)
        member = reach.members(s.members, guest.member)
        choice += member.step * (guest.server - reach.pools(s.pools, member.pool).server)
        number = guest.next
    return numbers(reach.crews(s.crews, cursor.crew).clocks, choice).value
