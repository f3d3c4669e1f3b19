"""What will happen, in a heap by moment, and what is to be done at once, on a stack."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast.layout import Frame, State
from sim.engine.fast.memory import compiled, numbers


@compiled
def _move(s: State, place: int, to: int) -> None:
    """Move what stands at one place of the heap to another."""
    numbers(s.keys, to).value = numbers(s.keys, place).value
    numbers(s.events, to).value = numbers(s.events, place).value


@compiled
def plan(s: State, moment: int, what: int, whom: int) -> None:
    """Let something happen at a moment, after whatever was planned for that moment before."""
    _put(s, (2 * moment + 1) * at.ORDERS + s.order, at.KINDS * whom + what)


@compiled
def plan_first(s: State, moment: int, what: int, whom: int) -> None:
    """Let something happen at a moment, before whatever is planned for that moment otherwise."""
    _put(s, 2 * moment * at.ORDERS + s.order, at.KINDS * whom + what)


@compiled
def _put(s: State, key: int, event: int) -> None:
    """Put what will happen into the heap."""
    place = s.events_used
    s.order += 1
    s.events_used = place + 1
    while place and numbers(s.keys, (place - 1) >> 2).value > key:
        _move(s, (place - 1) >> 2, place)
        place = (place - 1) >> 2
    numbers(s.keys, place).value, numbers(s.events, place).value = key, event


@compiled
def moment_of_first(s: State) -> int:
    """When what happens next does."""
    return numbers(s.keys, 0).value // at.ORDERS >> 1


@compiled
def drop_first(s: State) -> None:
    """Take what happens next out of the heap; it stands at its top.

    The earlier of two moves up all the way, and the last then up from the end: nearly always it belongs there, so that
    a processor foresees the jumps (Wegener 1993, bottom-up heapsort).
    """
    size, place, below = s.events_used - 1, at.ZERO, at.ONE
    s.events_used = size
    key, event = numbers(s.keys, size).value, numbers(s.events, size).value
    numbers(s.keys, size).value = at.NEVER
    while below < size:
        first = below + (numbers(s.keys, below + 1).value < numbers(s.keys, below).value)
        second = below + 2 + (numbers(s.keys, below + 3).value < numbers(s.keys, below + 2).value)
        below = second if numbers(s.keys, second).value < numbers(s.keys, first).value else first
        _move(s, below, place)
        place, below = below, 4 * below + 1
    while place and numbers(s.keys, (place - 1) >> 2).value > key:
        _move(s, (place - 1) >> 2, place)
        place = (place - 1) >> 2
    numbers(s.keys, place).value, numbers(s.events, place).value = key, event


@compiled
def push(s: State, what: int, whom: int, node: int, cause: int) -> Frame:
    """Put something onto the stack."""
    frame = at.frames(s.frames, s.frames_used)
    frame.what, frame.whom, frame.node, frame.cause = what, whom, node, cause
    s.frames_used += 1
    return frame


@compiled
def top(s: State) -> Frame:
    """What lies on top of the stack."""
    return at.frames(s.frames, s.frames_used - 1)


@compiled
def pop(s: State) -> None:
    """Take away what lies on top of the stack."""
    s.frames_used -= 1
