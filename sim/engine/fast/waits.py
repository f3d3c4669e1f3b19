"""Moments up to which a case waits for its applicant, as `sim.engine.waits` and `sim.engine.player` have them."""

from __future__ import annotations

from sim.core.workdays import DAY
from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.case import case_at, since
from sim.engine.fast.clocks import add, between, period_end
from sim.engine.fast.given import Line
from sim.engine.fast.heap import plan
from sim.engine.fast.layout import Cursor, State
from sim.engine.fast.memory import by_case, compiled, numbers
from sim.engine.fast.rows import write
from sim.records.tables import Flag, Op, Within


@compiled
def due(s: State, which: int, index: int, start: int) -> int:
    """When a time ends that a case is allowed from a moment on."""
    time = reach.allowed(s.allowed, which)
    within = by_case(time.within, time.within_step, index)
    if time.unit == Within.SECONDS:
        return add(s, time.clock, start, within)
    return period_end(s, start, within, 1 if time.unit == Within.CALENDAR_DAYS else 0)


@compiled
def wait(s: State, c: int, category: int, end: int, busy: int) -> bool:
    """Let time pass up to a moment; whether there is any."""
    now = s.now
    if end == now:
        return False
    write(s, reach.cursors(s.cursors, c), category, at.NONE, at.ZERO, now, now, end, busy)
    plan(s, end, at.RESUME, c)
    return True


@compiled
def check(s: State, cursor: Cursor, days: int) -> None:
    """An application looked through after so many working days counts as accepted when it came."""
    submitted, now = cursor.submitted, s.now
    # Fewer calendar days than that cannot hold so many working days, and are quicker to tell.
    if now - submitted > days * DAY and now > period_end(s, submitted, days, at.ZERO) and cursor.accepted < 0:
        cursor.accepted = submitted
        cursor.flags |= Flag.DEEMED.value


@compiled
def returned(s: State, cursor: Cursor) -> bool:
    """Whether papers that may come later come too late, which returns the application."""
    program, index, now = reach.programs(s.programs, cursor.program), cursor.index, s.now
    end = now
    for number in range(program.supply, program.supply_end):
        part = reach.supply(s.supply, number)
        end = add(s, part.clock, end, by_case(part.seconds, part.seconds_step, index))
    late = end > due(s, program.deferral, index, now)
    if end == now:
        return False
    if not late:
        cursor.flags |= Flag.DEFERRED.value
        return False
    cursor.flags |= Flag.RETURNED.value
    cursor.accepted = at.NONE  # whatever silence had accepted: it is handed in anew
    return True


@compiled
def correct(s: State, c: int, line: Line, seconds: int) -> bool:
    """Let an application be put right, or lapse when the time from the first notice on is up; whether it takes any."""
    cursor, now = reach.cursors(s.cursors, c), s.now
    program, index = reach.programs(s.programs, cursor.program), cursor.index
    if cursor.told < 0:
        cursor.told = now
    end = add(s, line.where, now, seconds)
    last = max(now, due(s, program.corrections, index, cursor.told))
    if end <= last:
        return wait(s, c, line.category, end, seconds)
    each = by_case(program.each, program.each_step, index)
    cursor.visits = by_case(program.told, program.told_step, index) + (line.staff - 1) * each
    cursor.flags |= Flag.LAPSED.value
    cursor.line = cursor.end
    return wait(s, c, line.category, last, between(s, line.where, now, last))


@compiled
def lag(s: State, c: int, line: Line, seconds: int) -> bool:
    """Wait until so long after another node started, or ended, and start then; one that never did is no reason."""
    cursor, now = reach.cursors(s.cursors, c), s.now
    node = reach.nodes(s.nodes, cursor.node // s.width * s.width + line.staff)
    which = 1 if line.op == Op.SINCE_END else 0
    before = numbers(since(s, case_at(s, cursor.case), node), which).value
    if before == at.NONE:
        return False
    end = max(add(s, line.where, before, seconds), now)
    if end > now:
        cursor.ready = end
    return wait(s, c, line.category, end, between(s, line.where, now, end))
