"""Clocks and legal periods over rows; each function does what the method of the same name of `Clock` does."""

from __future__ import annotations

from sim.core.workdays import DAY
from sim.engine.fast import layout as at
from sim.engine.fast.layout import Clock, State
from sim.engine.fast.memory import compiled, numbers, switches


@compiled
def _fail(s: State, what: int, clock: int, time: int, seconds: int) -> None:
    """Stop the play: the clock itself says afterwards what is wrong."""
    s.fault, s.fault_clock, s.fault_time, s.fault_seconds = what, clock, time, seconds
    raise OverflowError


@compiled
def first_from(values: int, begin: int, end: int, bound: int) -> int:
    """The first of some ascending numbers that is at least a bound, from one place to before another."""
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
    last = clock.last
    if numbers(clock.starts, last).value <= t:
        if last + 1 == clock.openings or t < numbers(clock.starts, last + 1).value:
            return last
        found = first_from(clock.starts, last + 1, clock.openings, t + 1) - 1
    else:
        found = first_from(clock.starts, 0, last, t + 1) - 1
    clock.last = found
    return found


@compiled
def _open_until(clock: Clock, opening: int, t: int) -> int:
    """The seconds of open time up to `t`, before which an opening is the last that began."""
    return numbers(clock.totals, opening).value - max(0, numbers(clock.ends, opening).value - t)


@compiled
def add(s: State, c: int, t: int, seconds: int) -> int:
    clock = at.clocks(s.clocks, c)
    if clock.always or seconds == 0:
        return t + seconds
    if t < 0 or t > clock.horizon:
        _fail(s, at.ADD, c, t, seconds)
    opening = _last_start(clock, t)
    total = _open_until(clock, opening, t) + seconds
    opening = first_from(clock.totals, opening, clock.openings, total)
    if opening == clock.openings:
        _fail(s, at.ADD, c, t, seconds)
    return numbers(clock.ends, opening).value - numbers(clock.totals, opening).value + total


@compiled
def is_open(s: State, c: int, t: int) -> bool:
    clock = at.clocks(s.clocks, c)
    if clock.always:
        return True
    if t < 0 or t >= clock.horizon:
        _fail(s, at.IS_OPEN, c, t, 0)
    return t < numbers(clock.ends, _last_start(clock, t)).value


@compiled
def next_open(s: State, c: int, t: int) -> int:
    if is_open(s, c, t):
        return t
    clock = at.clocks(s.clocks, c)
    following = _last_start(clock, t) + 1
    if following == clock.openings:
        _fail(s, at.NEXT_OPEN, c, t, 0)
    return numbers(clock.starts, following).value


@compiled
def settled(s: State, c: int, start: int, t: int) -> int:
    if is_open(s, c, t):
        return t
    clock = at.clocks(s.clocks, c)
    closed = numbers(clock.ends, _last_start(clock, t)).value
    return closed if closed // DAY == t // DAY and closed >= start else next_open(s, c, t)


@compiled
def between(s: State, c: int, start: int, end: int) -> int:
    clock = at.clocks(s.clocks, c)
    if clock.always:
        return end - start
    if min(start, end) < 0 or max(start, end) > clock.horizon:
        _fail(s, at.BETWEEN, c, start, end)
    until_end = _open_until(clock, _last_start(clock, end), end)
    return until_end - _open_until(clock, _last_start(clock, start), start)


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
            nth = first_from(s.numbers, 0, s.workdays, due + 1) + left - 1
            due = numbers(s.numbers, nth).value if nth < s.workdays else s.days
    if due < 0 or due >= s.days:
        _fail(s, at.PERIOD_END, calendar, t, days)
    return (due - s.epoch + 1) * DAY
