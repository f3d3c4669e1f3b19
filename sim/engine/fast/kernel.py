"""The compiled player: what happens, one thing after another, until nothing is left.

It does what `sim.engine.play` and `sim.engine.queue` do, in the same order, so that the rows of the log are the same;
what those tell stands there. Where they call a function that calls them again, a frame is put onto the stack.
"""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.branches import consent
from sim.engine.fast.case import arrived, begin, begin_roots, case_at, look_after, new_cursor
from sim.engine.fast.heap import plan, pop, push, some_left, take_first, top
from sim.engine.fast.layout import State
from sim.engine.fast.line import catch_up, write_joined
from sim.engine.fast.memory import compiled, numbers, taken_in
from sim.engine.fast.program import play
from sim.engine.fast.queue import dispatch, leave, part, release, stand_in_queue
from sim.spec.categories import Category


@compiled
def _start(s: State) -> None:
    """Plan the first case of each process, and the first file of each stream of other matters."""
    for process in range(s.process_count):
        _next_arrival(s, process)
    for stream in range(s.stream_count):
        _next_other(s, stream)


@compiled
def _next_arrival(s: State, number: int) -> None:
    process = reach.processes(s.processes, number)
    if process.next < process.cases:
        plan(s, numbers(process.times, process.next).value, at.ARRIVE, number)


@compiled
def _next_other(s: State, number: int) -> None:
    """Let the next file of other matters come, as long as somebody may have to wait behind it."""
    stream = reach.streams(s.streams, number)
    if stream.next < stream.files and s.open:
        plan(s, numbers(stream.times, stream.next).value, at.OTHER, number)


@compiled
def _arrive(s: State, number: int) -> None:
    process = reach.processes(s.processes, number)
    if process.next >= process.measured and not s.open:
        return  # nobody is left who might wait behind it
    case = arrived(s, number, process.next)
    process.next += 1
    _next_arrival(s, number)
    flow = reach.cases(case_at(s, case), 0).flow
    frame = push(s, at.ROOTS, case, at.NONE, at.NONE)
    frame.place, frame.end = flow * s.width, flow * s.width + reach.flows(s.flows, flow).nodes


@compiled
def _take_other(s: State, number: int) -> None:
    stream = reach.streams(s.streams, number)
    seconds = numbers(stream.seconds, stream.next).value
    stream.next += 1
    _next_other(s, number)
    c = new_cursor(s, at.NONE)
    cursor = reach.cursors(s.cursors, c)
    cursor.parent, cursor.line, cursor.end, cursor.urgent = at.ELSEWHERE, at.ZERO, at.ZERO, at.ZERO
    stand_in_queue(s, stream.pool, c, Category.WORK.value, at.ONE, seconds)


@compiled
def _free(s: State, what: int, c: int) -> None:
    """Let those who have worked on a case take whoever is next."""
    if what == at.RELEASE:
        release(s, c)
    else:
        part(s, c)


@taken_in
def _happen(s: State) -> None:
    """Begin with what happens next."""
    event = take_first(s)
    what, whom = event % at.KINDS, event // at.KINDS
    if what <= at.PART:
        if what != at.RESUME:
            _free(s, what, whom)
        play(s, whom)
    elif what == at.LEAVE:
        leave(s, whom)
    elif what == at.ARRIVE:
        _arrive(s, whom)
    elif what == at.OTHER:
        _take_other(s, whom)
    elif what == at.CONSENT:
        consent(s, whom)
    else:
        if what == at.AWAKE:
            reach.pools(s.pools, whom).wake = at.NONE
        dispatch(s, whom)


@compiled
def _close(s: State) -> None:
    """Let the files of other matters join the lines that come before the last measured case does."""
    for number in range(s.pool_count):
        pool = reach.pools(s.pools, number)
        if not pool.queue:
            catch_up(s, pool, s.close)
    s.closed = 1


@compiled
def _write_others(s: State) -> None:
    """Write what became of the files of other matters that have joined a line, behind all other activities."""
    for number in range(s.pool_count):
        write_joined(s, number)


@taken_in
def _go_on(s: State) -> None:
    """Do what lies on top of the stack."""
    what, whom = top(s).what, top(s).whom
    if what == at.LOOK:
        c = look_after(s)
    elif what == at.ROOTS:
        c = begin_roots(s)
    else:
        node, cause = top(s).node, top(s).cause
        pop(s)
        c = whom if what == at.PLAY else begin(s, whom, node, cause)
    if c != at.NONE:
        play(s, c)


@compiled
def _short(s: State) -> bool:
    """Whether some rows may not suffice for what comes next."""
    most = max(s.events_used - s.events_room, s.frames_used - s.frames_room, s.cursors_used - s.cursors_room)
    most = max(most, s.guests_used - s.guests_room, s.cases_used - s.cases_room, s.ended_used - s.ended_room)
    most = max(most, s.attempts_used - s.attempts_room, s.activities_used - s.activities_room, s.order - at.ORDERS)
    return most + s.margin > 0


def run(address: int) -> int:
    """Play until all is over or something is wanted first; which of these."""
    s = reach.states(address, 0)
    if s.closed:
        _write_others(s)
        return at.DONE
    if not s.begun:
        s.begun = 1
        _start(s)
    while not _short(s):
        for _ in range(at.STEPS):
            if s.frames_used:
                _go_on(s)
                if s.wanted != at.NONE:
                    return at.WANT
            elif some_left(s):
                _happen(s)
            else:
                _close(s)
                return at.CLOSE
    return at.ROOM
