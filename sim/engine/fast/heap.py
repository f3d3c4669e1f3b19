"""What will happen, in a heap by moment, and what is to be done at once, on a stack."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.layout import Event, Frame, State
from sim.engine.fast.memory import compiled, taken_in
from sim.engine.fast.row import columns

EVENT = columns(Event).itemsize
"""How far apart the places of the heap are, which are told by how far they are from the first: four below each."""


@taken_in
def plan(s: State, moment: int, what: int, whom: int) -> None:
    """Let something happen at a moment, after whatever was planned for that moment before."""
    _put(s, (2 * moment + 1) * at.ORDERS + s.order, at.KINDS * whom + what)


@compiled
def plan_first(s: State, moment: int, what: int, whom: int) -> None:
    """Let something happen at a moment, before whatever is planned for that moment otherwise."""
    _put(s, 2 * moment * at.ORDERS + s.order, at.KINDS * whom + what)


@taken_in
def _put(s: State, key: int, event: int) -> None:
    """Put what will happen into the heap: it fills the hole that what happens now has left, if nothing has yet."""
    s.order += 1
    if s.hole:
        s.hole = 0
        _rise(s, _sink(s), key, event)
    else:
        s.events_used += 1
        _rise(s, EVENT * (s.events_used - 1), key, event)


@compiled
def some_left(s: State) -> bool:
    """Whether anything is left to happen."""
    return s.events_used > s.hole


@compiled
def take_first(s: State) -> int:
    """What happens next, now: it leaves a hole at the top of the heap, for one thing mostly leads to another."""
    if s.hole:
        _fill_hole(s)
    first = reach.events(s.events, 0)
    s.hole, s.now = 1, first.key // at.ORDERS >> 1
    return first.event


@compiled
def _fill_hole(s: State) -> None:
    """Fill the hole with what stands last in the heap."""
    s.events_used -= 1
    last = reach.events(s.events, s.events_used)
    key, event = last.key, last.event
    last.key = at.NEVER
    _rise(s, _sink(s), key, event)


@taken_in
def _sink(s: State) -> int:
    """Let the hole at the top sink to the end, the earliest below it moving up each time; where it is then.

    What fills it mostly belongs there, so that a processor foresees the jumps (Wegener 1993, bottom-up heapsort).
    """
    events, end, place, below = s.events, EVENT * s.events_used, at.ZERO, EVENT
    while below < end:
        four = events + below
        first = four + EVENT * (reach.events(four, 1).key < reach.events(four, 0).key)
        second = four + 2 * EVENT + EVENT * (reach.events(four, 3).key < reach.events(four, 2).key)
        earliest = second if reach.events(second, 0).key < reach.events(first, 0).key else first
        _move(earliest, events + place)
        place = earliest - events
        below = 4 * place + EVENT
    return place


@taken_in
def _rise(s: State, place: int, key: int, event: int) -> None:
    """Put what will happen at a place of the heap, or above it as long as what stands there is later."""
    events, above = s.events, _above(place)
    while place and reach.events(events + above, 0).key > key:
        _move(events + above, events + place)
        place, above = above, _above(above)
    row = reach.events(events + place, 0)
    row.key, row.event = key, event


@compiled
def _above(place: int) -> int:
    """The place above another."""
    return (place - EVENT) >> 2 & -EVENT


@compiled
def _move(place: int, to: int) -> None:
    """Move what stands at one address to another."""
    moved, row = reach.events(place, 0), reach.events(to, 0)
    row.key, row.event = moved.key, moved.event


@compiled
def push(s: State, what: int, whom: int, node: int, cause: int) -> Frame:
    """Put something onto the stack."""
    frame = reach.frames(s.frames, s.frames_used)
    frame.what, frame.whom, frame.node, frame.cause = what, whom, node, cause
    s.frames_used += 1
    return frame


@compiled
def top(s: State) -> Frame:
    """What lies on top of the stack."""
    return reach.frames(s.frames, s.frames_used - 1)


@compiled
def pop(s: State) -> None:
    """Take away what lies on top of the stack."""
    s.frames_used -= 1
