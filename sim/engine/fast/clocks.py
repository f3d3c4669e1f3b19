"""Clocks, panels and legal periods over rows; each function does what the method of the same name does elsewhere."""

from __future__ import annotations

from sim.core.workdays import DAY
from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.given import Clock
from sim.engine.fast.layout import State
from sim.engine.fast.memory import compiled, numbers, switches


@compiled
def _fail(s: State, what: int, which: int, time: int, seconds: int) -> None:
    """Stop the play: whoever could not tell says afterwards what is wrong."""
    s.fault, s.fault_of, s.fault_time, s.fault_seconds = what, which, time, seconds
    raise OverflowError


@compiled
def first_from(values: int, begin: int, end: int, bound: int) -> int:
    """The first of some ascending numbers that is at least a bound, from one place to before another; often soon."""
    step = 1
    while begin + step < end and numbers(values, begin + step).value < bound:
        begin += step
        step += step
    end = min(end, begin + step)
    while begin < end:
        middle = (begin + end) >> 1
        if numbers(values, middle).value < bound:
            begin = middle + 1
        else:
            end = middle
    return begin


@compiled
def _last_start(clock: Clock, t: int) -> int:
    """The last opening that began at or before `t`."""
    begin = clock.last if numbers(clock.starts, clock.last).value <= t else 0
    clock.last = first_from(clock.starts, begin, clock.openings, t + 1) - 1
    return clock.last


@compiled
def _measured(clock: Clock, opening: int, t: int) -> int:
    """What a clock measures up to `t`, before which an opening is the last that began."""
    until = min(t, numbers(clock.ends, opening).value)
    if clock.day:
        worked = numbers(clock.before, opening).value + until - numbers(clock.starts, opening).value
        return numbers(clock.base, opening).value + worked * clock.day // numbers(clock.length, opening).value
    return numbers(clock.totals, opening).value - numbers(clock.ends, opening).value + until


@compiled
def _reached(clock: Clock, opening: int, total: int) -> int:
    """The moment in an opening at which a clock has measured so much."""
    if clock.day:
        more = numbers(clock.base, opening).value - total
        worked = -(more * numbers(clock.length, opening).value // clock.day)
        return numbers(clock.starts, opening).value + worked - numbers(clock.before, opening).value
    return numbers(clock.ends, opening).value - numbers(clock.totals, opening).value + total


@compiled
def add(s: State, c: int, t: int, seconds: int) -> int:
    """What `Clock.add` tells."""
    clock = reach.clocks(s.clocks, c)
    if clock.always or seconds == 0:
        return t + seconds
    if t < 0 or t > clock.horizon:
        _fail(s, at.ADD, c, t, seconds)
    opening = _last_start(clock, t)
    total = _measured(clock, opening, t) + seconds
    opening = first_from(clock.totals, opening, clock.openings, total)
    if opening == clock.openings:
        _fail(s, at.ADD, c, t, seconds)
    return _reached(clock, opening, total)


@compiled
def passed(s: State, c: int, t: int) -> int:
    """What `Clock.between` tells from the start to `t`."""
    clock = reach.clocks(s.clocks, c)
    if clock.always:
        return t
    if t < 0 or t > clock.horizon:
        _fail(s, at.BETWEEN, c, at.ZERO, t)
    return _measured(clock, _last_start(clock, t), t)


@compiled
def between(s: State, c: int, start: int, end: int) -> int:
    """What `Clock.between` tells."""
    until_end = passed(s, c, end)
    return until_end - passed(s, c, start)


@compiled
def begins(s: State, c: int, seconds: int, now: int) -> int:
    """What `Clock.begins` tells, which is not before `now`."""
    clock = reach.clocks(s.clocks, c)
    if clock.always:
        return seconds
    opening = first_from(clock.totals, _last_start(clock, now), clock.openings, seconds + 1)
    if opening == clock.openings:
        _fail(s, at.BEGINS, c, at.ZERO, seconds)
    return numbers(clock.starts, opening).value + seconds - numbers(clock.totals, opening - 1).value


@compiled
def ends(s: State, c: int, seconds: int, now: int) -> int:
    """What `Clock.add` tells from the start, which is not before `now`."""
    clock = reach.clocks(s.clocks, c)
    if clock.always or seconds == 0:
        return seconds
    opening = first_from(clock.totals, _last_start(clock, now), clock.openings, seconds)
    if opening == clock.openings:
        _fail(s, at.ADD, c, at.ZERO, seconds)
    return _reached(clock, opening, seconds)


@compiled
def is_open(s: State, c: int, t: int) -> bool:
    """What `Clock.is_open` tells."""
    clock = reach.clocks(s.clocks, c)
    if clock.always:
        return True
    if t < 0 or t >= clock.horizon:
        _fail(s, at.IS_OPEN, c, t, at.ZERO)
    return t < numbers(clock.ends, _last_start(clock, t)).value


@compiled
def next_open(s: State, c: int, t: int) -> int:
    """What `Clock.next_open` tells."""
    if is_open(s, c, t):
        return t
    clock = reach.clocks(s.clocks, c)
    following = _last_start(clock, t) + 1
    if following == clock.openings:
        _fail(s, at.NEXT_OPEN, c, t, at.ZERO)
    return numbers(clock.starts, following).value


@compiled
def closing(s: State, c: int, t: int) -> int:
    """When a clock that is open at `t` closes next; NONE where it never does."""
    clock = reach.clocks(s.clocks, c)
    return at.NONE if clock.always else numbers(clock.ends, _last_start(clock, t)).value


@compiled
def settled(s: State, c: int, start: int, t: int) -> int:
    """What `Clock.settled` tells."""
    if is_open(s, c, t):
        return t
    clock = reach.clocks(s.clocks, c)
    closed = numbers(clock.ends, _last_start(clock, t)).value
    return closed if closed // DAY == t // DAY and closed >= start else next_open(s, c, t)


@compiled
def period_end(s: State, t: int, days: int, calendar: int) -> int:
    """The midnight at which a legal period ends that starts at `t`, as `Deadlines.end` tells it."""
    due = s.epoch + t // DAY
    if days:
        left = days
        if calendar:
            due += days
            left = 0 if due < s.days and switches(s.working, due).value else 1
        if left:
            nth = first_from(s.numbers, at.ZERO, s.workdays, due + 1) + left - 1
            due = numbers(s.numbers, nth).value if nth < s.workdays else s.days
    if due < 0 or due >= s.days:
        _fail(s, at.PERIOD_END, calendar, t, days)
    return (due - s.epoch + 1) * DAY


@compiled
def take(s: State, which: int, t: int) -> int:
    """The sitting of a panel for a file that is there at `t`, as `Panel.take` gives it."""
    panel = reach.panels(s.panels, which)
    number = first_from(panel.deadlines, at.ZERO, panel.sittings, t)
    if panel.at_most != at.NONE:
        if number > panel.number:
            panel.number, panel.taken = number, 0
        elif panel.taken == panel.at_most:
            panel.number, panel.taken = panel.number + 1, 0
        panel.taken += 1
        number = panel.number
    if number >= panel.sittings:
        _fail(s, at.SITTING, which, number, at.ZERO)
    return numbers(panel.moments, number).value
