"""An attempt along its program, as `sim.engine.play` has it."""

from __future__ import annotations

from sim.core.workdays import DAY
from sim.engine.fast import layout as at
from sim.engine.fast.case import begin_section, drop_cursor, finish, new_cursor, refuse
from sim.engine.fast.clocks import add, between, next_open, period_end, settled
from sim.engine.fast.heap import plan, push
from sim.engine.fast.layout import Cursor, Line, State
from sim.engine.fast.memory import by_case, compiled, numbers
from sim.engine.fast.queue import request, write
from sim.records.log import Ended
from sim.records.tables import Flag, Op, Within
from sim.spec.categories import Category


@compiled
def play(s: State, c: int) -> None:
    """Carry out the program from where it stands until something takes time."""
    cursor = at.cursors(s.cursors, c)
    n, end, index = cursor.line, cursor.end, cursor.index
    while n < end:
        line = at.lines(s.lines, n)
        seconds = by_case(line.seconds, line.seconds_step, index)
        n += 1
        if seconds < 0:
            continue
        if line.op == Op.SERVE:
            cursor.line = n
            request(s, line.where, c, line.category, line.staff, seconds)
            return
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
    _leave(s, c)


@compiled
def _leave(s: State, c: int) -> None:
    """A cursor has come to the end of its lines."""
    parent = at.cursors(s.cursors, c).parent
    if parent == at.NONE:
        finish(s, c)
        return
    drop_cursor(s, c)
    if parent != at.ELSEWHERE:
        _finish_branch(s, parent)


@compiled
def _takes(s: State, c: int, line: Line, seconds: int) -> bool:
    """Carry out an instruction that needs no staff; whether the cursor stops at it."""
    cursor = at.cursors(s.cursors, c)
    if line.op == Op.FORK:
        push(s, at.PLAY, c, 0, 0)
        _fork(s, c, line.where)
        return True
    if line.op == Op.JOIN:
        if cursor.pending:
            cursor.since = s.now
        return cursor.pending > 0
    if line.op == Op.DEFER:
        if _returned(s, cursor):
            begin_section(s, cursor, line.where + 1)
    elif line.op == Op.REVOKE:
        refuse(s, cursor.case, cursor.id, Ended.REVOKED.value)
    elif line.op == Op.SUBMIT:
        cursor.submitted = s.now
    elif line.op == Op.CHECKED:
        _check(s, cursor, seconds)
    else:
        return _passes(s, c, line, seconds)
    return False


@compiled
def _passes(s: State, c: int, line: Line, seconds: int) -> bool:
    """Carry out an instruction that lets time pass; whether any does."""
    now, end, busy, category = s.now, s.now, seconds, line.category
    if line.op == Op.DELAY:
        end = add(s, line.where, now, seconds)
    elif line.op == Op.SIT:
        end, busy, category = next_open(s, numbers(s.panels, line.where).value, now), 0, Category.SITTING.value
    elif line.op == Op.OPEN:
        end, busy = settled(s, line.where, now, now), 0
    elif line.op == Op.CIRCULATE:
        end = settled(s, line.where, now, now + seconds)
        busy = end - now
    else:
        calendar = 1 if line.where == Within.CALENDAR_DAYS else 0
        end = period_end(s, now, seconds, calendar)
        busy = end - now if calendar else between(s, s.office, now, end)
    if end == now:
        return False
    write(s, at.cursors(s.cursors, c), category, at.NONE, 0, now, now, end, busy)
    plan(s, end, at.RESUME, c)
    return True


@compiled
def _check(s: State, cursor: Cursor, days: int) -> None:
    """An application looked through after so many working days counts as accepted when it came."""
    submitted, now = cursor.submitted, s.now
    # Fewer calendar days than that cannot hold so many working days, and are quicker to tell.
    if now - submitted > days * DAY and now > period_end(s, submitted, days, 0) and cursor.accepted < 0:
        cursor.accepted = submitted
        cursor.flags |= Flag.DEEMED.value


@compiled
def _returned(s: State, cursor: Cursor) -> bool:
    """Whether papers that may come later come too late, which returns the application."""
    program, index, now = at.programs(s.programs, cursor.program), cursor.index, s.now
    end = now
    for number in range(program.supply, program.supply_end):
        part = at.supply(s.supply, number)
        end = add(s, part.clock, end, by_case(part.seconds, part.seconds_step, index))
    if end == now:
        return False
    within = by_case(program.within, program.within_step, index)
    if program.unit == Within.SECONDS:
        due = add(s, program.clock, now, within)
    else:
        due = period_end(s, now, within, 1 if program.unit == Within.CALENDAR_DAYS else 0)
    if end <= due:
        cursor.flags |= Flag.DEFERRED.value
        return False
    cursor.flags |= Flag.RETURNED.value
    cursor.accepted = at.NONE  # whatever silence had accepted: it is handed in anew
    return True


@compiled
def _fork(s: State, c: int, where: int) -> None:
    """Start a branch; the main line waits for it only at a JOIN."""
    b = new_cursor(s, at.cursors(s.cursors, c).case)
    branch, main = at.cursors(s.cursors, b), at.cursors(s.cursors, c)
    branch.id, branch.node, branch.nth, branch.cause = main.id, main.node, main.nth, main.cause
    branch.program, branch.parent = main.program, c
    begin_section(s, branch, where + 1)
    main.pending += 1
    push(s, at.PLAY, b, 0, 0)


@compiled
def _finish_branch(s: State, c: int) -> None:
    """Let the main line go on if this was the last branch it waited for."""
    main = at.cursors(s.cursors, c)
    main.pending -= 1
    if main.pending:
        return
    if main.over:
        drop_cursor(s, c)
    elif main.since >= 0:
        write(s, main, Category.APPLICANT.value, at.NONE, 0, main.since, main.since, s.now, s.now - main.since)
        main.since = at.NONE
        push(s, at.PLAY, c, 0, 0)
