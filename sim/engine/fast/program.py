"""An attempt along its program, as `sim.engine.play` has it."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.branches import fork, hush, leave, under_way
from sim.engine.fast.case import begin_section, refuse
from sim.engine.fast.clocks import add, between, period_end, settled, take
from sim.engine.fast.given import Line
from sim.engine.fast.heap import push
from sim.engine.fast.layout import State
from sim.engine.fast.line import stand_in_line
from sim.engine.fast.memory import by_case, compiled, taken_in
from sim.engine.fast.queue import call, stand_in_queue
from sim.engine.fast.waits import check, correct, lag, returned, wait
from sim.records.log import Ended
from sim.records.tables import Op, Within
from sim.spec.categories import Category


@taken_in
def play(s: State, c: int) -> None:
    """Carry out the program from where it stands until something takes time."""
    cursor = reach.cursors(s.cursors, c)
    n, end, index = cursor.line, cursor.end, cursor.index
    while n < end:
        line = reach.lines(s.lines, n)
        seconds = by_case(line.seconds, line.seconds_step, index)
        n += 1
        if seconds < 0:
            continue
        if line.op == Op.SERVE:
            cursor.line = n
            if reach.pools(s.pools, line.where).queue:
                stand_in_queue(s, line.where, c, line.category, line.staff, seconds)
            else:
                stand_in_line(s, line.where, c, line.category, line.staff, seconds)
            return
        if cursor.released and line.op != Op.VISIT:
            continue  # what nobody waits for any more is only worked off
        if line.op == Op.ACCEPT:
            if cursor.accepted < 0:
                cursor.accepted = s.now
        elif line.op == Op.DECIDE:
            cursor.decided = s.now
        else:
            cursor.line = n
            if _takes(s, c, line, seconds):
                return
            n, end = cursor.line, cursor.end
    leave(s, c)


@taken_in
def _takes(s: State, c: int, line: Line, seconds: int) -> bool:
    """Carry out an instruction that needs no staff; whether the cursor stops at it."""
    cursor = reach.cursors(s.cursors, c)
    if line.op == Op.FORK:
        push(s, at.PLAY, c, at.NONE, at.NONE)
        fork(s, c, line.where, line.staff)
        return True
    if line.op == Op.JOIN:
        if not under_way(cursor, line.where):
            return False
        cursor.since, cursor.joins, cursor.waits = s.now, line.where, line.category
        return True
    if line.op == Op.SUBMIT:
        cursor.submitted = s.now
    elif line.op == Op.CHECKED:
        check(s, cursor, seconds)
    elif line.op == Op.DEFER or (line.op >= Op.REVOKE and line.op != Op.CIRCULATE):
        return _seldom(s, c, line, seconds)
    else:
        return _passes(s, c, line, seconds)
    return False


@compiled
def _seldom(s: State, c: int, line: Line, seconds: int) -> bool:
    """Carry out an instruction that is not met often; whether the cursor stops at it."""
    cursor = reach.cursors(s.cursors, c)
    if line.op == Op.CORRECT:
        return correct(s, c, line, seconds)
    if line.op == Op.SINCE_END or line.op == Op.SINCE_START:
        return lag(s, c, line, seconds)
    if line.op == Op.VISIT:
        call(s, c, line, seconds)
        return True
    if line.op == Op.DEFER:
        if returned(s, cursor):
            begin_section(s, cursor, line.where + 1)
    elif line.op == Op.TACIT:
        hush(s, c, line.where)
    else:
        refuse(s, cursor.case, cursor.id, Ended.REVOKED.value)
    return False


@compiled
def _passes(s: State, c: int, line: Line, seconds: int) -> bool:
    """Carry out an instruction that lets time pass; whether any does."""
    now, end, busy, category = s.now, s.now, seconds, line.category
    if line.op == Op.DELAY:
        end = add(s, line.where, now, seconds)
    elif line.op == Op.SIT:
        end, busy, category = take(s, line.where, now), 0, Category.SITTING.value
    elif line.op == Op.OPEN:
        end, busy = settled(s, line.where, now, now), 0
    elif line.op == Op.CIRCULATE:
        end = settled(s, line.where, now, now + seconds)
        busy = end - now
    else:
        calendar = 1 if line.where == Within.CALENDAR_DAYS else 0
        end = period_end(s, now, seconds, calendar)
        busy = end - now if calendar else between(s, s.office, now, end)
    return wait(s, c, category, end, busy)
