"""The way of a case among its nodes, as `sim.engine.play` has it."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.bits import has, none, put, take
from sim.engine.fast.given import Node
from sim.engine.fast.heap import pop, push, top
from sim.engine.fast.layout import Case, Cursor, Frame, State
from sim.engine.fast.memory import by_case, compiled, make_ready_behind, numbers, switches, taken_in
from sim.records.log import Ended
from sim.records.tables import Flag

LAPSED, TACIT, FAILED, REFUSED = (flag.value for flag in (Flag.LAPSED, Flag.TACIT, Flag.FAILED, Flag.REFUSED))
ENDS = LAPSED | FAILED | REFUSED
"""What keeps a case from going on."""


@compiled
def case_at(s: State, number: int) -> int:
    """Where the row of a case is; behind it stand its words of bits."""
    return s.cases + number


@compiled
def _left(case: int) -> int:
    """Where the words of the nodes left begin."""
    return case + at.LEFT


@compiled
def _running(s: State, case: int) -> int:
    """Where the words of the nodes under way begin."""
    return case + at.LEFT + 8 * s.words


@compiled
def _begun(case: int, node: Node) -> int:
    """Where stands how often a node was begun."""
    return case + node.place


@compiled
def _waits(case: int, node: Node) -> int:
    """Where the words of the nodes that one waits for begin."""
    return case + node.place + 8


@compiled
def since(s: State, case: int, node: Node) -> int:
    """Where stand the moments at which a node that is watched last started and ended."""
    return case + node.place + 8 + 8 * s.words


# -- rows ----------------------------------------------------------------------------------------------


@compiled
def arrived(s: State, process: int, index: int) -> int:
    """The row of a case that arrives now."""
    number = s.cases_free
    if number == at.NONE:
        number = s.cases_used * s.case_size
        s.cases_used += 1
    else:
        s.cases_free = reach.cases(case_at(s, number), 0).next
    place, own = case_at(s, number), reach.processes(s.processes, process)
    case, flow = reach.cases(place, 0), numbers(own.flows, index).value
    case.index, case.process, case.flow, case.arrived = index, process, flow, s.now
    case.urgent = switches(own.urgent, index).value if own.urgent else 0
    case.refused = case.over = case.cursors = 0
    words, blank = _left(place), reach.flows(s.flows, flow).blank
    for word in range(s.case_words):
        numbers(words, word).value = numbers(blank, word).value
    return number


@taken_in
def new_cursor(s: State, case: int) -> int:
    """The row of a cursor of a case, or of none, that starts now."""
    number = s.cursors_free
    if number == at.NONE:
        number = s.cursors_used
        s.cursors_used += 1
    else:
        s.cursors_free = reach.cursors(s.cursors, number).next
    cursor = reach.cursors(s.cursors, number)
    cursor.case, cursor.ready = case, s.now
    cursor.id = cursor.parent = cursor.accepted = cursor.submitted = cursor.decided = at.NONE
    cursor.told = cursor.visits = cursor.since = at.NONE
    cursor.flags = cursor.pending = cursor.opinions = cursor.holds = cursor.over = cursor.released = 0
    if case != at.NONE:
        own = reach.cases(case_at(s, case), 0)
        cursor.index, cursor.urgent = own.index, own.urgent
        own.cursors += 1
    return number


@taken_in
def drop_cursor(s: State, number: int) -> None:
    """Let the row of a cursor be used again, and that of its case if nothing of it is left."""
    cursor = reach.cursors(s.cursors, number)
    cursor.next = s.cursors_free
    s.cursors_free = number
    if cursor.case != at.NONE:
        case = reach.cases(case_at(s, cursor.case), 0)
        case.cursors -= 1
        _drop_case(s, cursor.case, case)


@taken_in
def let_go(s: State, number: int) -> None:
    """Drop a cursor that is over as soon as nothing refers to it: no branch of it, and no moment of consent."""
    cursor = reach.cursors(s.cursors, number)
    if cursor.pending | cursor.opinions | cursor.holds:
        cursor.over = 1
    else:
        drop_cursor(s, number)


@compiled
def _drop_case(s: State, number: int, case: Case) -> None:
    if case.over and not case.cursors:
        case.next = s.cases_free
        s.cases_free = number


@compiled
def begin_section(s: State, cursor: Cursor, section: int) -> None:
    """Put a cursor at the beginning of a section of its program."""
    found = reach.sections(s.sections, reach.programs(s.programs, cursor.program).section + section)
    cursor.line, cursor.end = found.line, found.end


# -- a case among its nodes ----------------------------------------------------------------------------


@compiled
def begin_roots(s: State) -> int:
    """Start the next node that waits for none, its cursor; when there is none left, the frame goes."""
    frame = top(s)
    for place in range(frame.place, frame.end):
        if none(s, reach.nodes(s.nodes, place).waits):
            number = frame.whom
            _leave_off(s, frame, place + 1)
            return begin(s, number, place, at.NONE)
    pop(s)
    return at.NONE


@compiled
def _leave_off(s: State, frame: Frame, place: int) -> None:
    """Leave the frame on top for later, with what is still to be looked at; when there is nothing, it goes."""
    frame.place = place
    if place == frame.end:
        pop(s)


@taken_in
def begin(s: State, number: int, n: int, cause: int) -> int:
    """The cursor of an attempt at a node; NONE where it is not for this case, or its program has to be made first."""
    place, node = case_at(s, number), reach.nodes(s.nodes, n)
    case = reach.cases(place, 0)
    if case.refused:
        return at.NONE
    if node.active and not switches(node.active, case.index).value:
        complete(s, number, n, cause)
        return at.NONE
    begun = numbers(_begun(place, node), 0)
    nth, program = begun.value, node.program
    for _ in range(nth):
        program = reach.programs(s.programs, program).program
    if program == at.NONE:
        push(s, at.BEGIN, number, n, cause)
        s.wanted, s.wanted_nth = n, nth
        return at.NONE
    begun.value = nth + 1
    if node.watched:
        numbers(since(s, place, node), 0).value = s.now
    put(_running(s, place), node)
    c = new_cursor(s, number)
    cursor = reach.cursors(s.cursors, c)
    cursor.id, cursor.node, cursor.nth, cursor.cause, cursor.program = s.attempt, n, nth, cause, program
    s.attempt += 1
    lines = reach.programs(s.programs, program)
    cursor.line, cursor.end = lines.line, lines.end
    return c


@taken_in
def finish(s: State, c: int, working: int) -> None:
    """An attempt is over, though its officers may work on: go on, go back or end, unless it was sent back meanwhile."""
    cursor = reach.cursors(s.cursors, c)
    number, attempt, nth, n = cursor.case, cursor.id, cursor.nth, cursor.node
    place, node = case_at(s, number), reach.nodes(s.nodes, n)
    case = reach.cases(place, 0)
    flags = _write(s, cursor, case, node.number)
    if not working:
        let_go(s, c)
    if nth + 1 < numbers(_begun(place, node), 0).value:
        return
    take(_running(s, place), node)
    if case.refused:
        refuse(s, number, attempt, Ended.REFUSED.value)
    elif none(s, _waits(place, node)):
        _go_on(s, number, n, attempt, flags)


@taken_in
def _go_on(s: State, number: int, n: int, attempt: int, flags: int) -> None:
    """What an attempt that is over leads to."""
    node = reach.nodes(s.nodes, n)
    if not flags & ENDS:
        if node.watched:
            numbers(since(s, case_at(s, number), node), 1).value = s.now
        complete(s, number, n, attempt)
    elif flags & LAPSED:
        refuse(s, number, attempt, Ended.LAPSED.value)
    elif flags & FAILED:
        _redo(s, number, node, attempt)
    else:
        refuse(s, number, attempt, Ended.REFUSED.value)


@taken_in
def _write(s: State, cursor: Cursor, case: Case, node: int) -> int:
    """Write the row of an attempt that is over; return its flags."""
    of, row, index = reach.programs(s.programs, cursor.program), reach.attempts(s.attempts, s.attempts_used), case.index
    s.attempts_used += 1
    make_ready_behind(row)
    row.attempt, row.case, row.flow, row.node, row.nth = cursor.id, index, case.flow, node, cursor.nth
    row.cause, row.ready, row.accepted, row.decided = cursor.cause, cursor.ready, cursor.accepted, cursor.decided
    row.finished, row.papers = s.now, by_case(of.papers, of.papers_step, index)
    row.visits = by_case(of.visits, of.visits_step, index) if cursor.visits < 0 else cursor.visits
    flags = cursor.flags
    if of.flags:
        flags |= _happened(flags, by_case(of.flags, of.flags_step, index))
    row.flags = flags
    return flags


@compiled
def _happened(found: int, foreseen: int) -> int:
    """What a program had foreseen for a case and has happened: none of it before a decision, silence only grants."""
    if found & (LAPSED | TACIT):
        foreseen &= 0 if found & LAPSED else ~(FAILED | REFUSED)
    return foreseen


@taken_in
def complete(s: State, number: int, n: int, cause: int) -> None:
    """A node is over: what waited only for it starts, and the case ends when all is over."""
    node = reach.nodes(s.nodes, n)
    take(_left(case_at(s, number)), node)
    if node.after == node.after_end:
        _end_if_over(s, number, cause)
    else:
        frame = push(s, at.LOOK, number, n, cause)
        frame.place, frame.end = node.after, node.after_end


@taken_in
def look_after(s: State) -> int:
    """The cursor of the next node that waited only for one that is over; when none is left, the frame goes."""
    frame = top(s)
    number, node, cause = frame.whom, reach.nodes(s.nodes, frame.node), frame.cause
    for place in range(frame.place, frame.end):
        later = numbers(s.following, place).value
        waits = _waits(case_at(s, number), reach.nodes(s.nodes, later))
        if has(waits, node):
            take(waits, node)
            if none(s, waits):
                # Whatever begins last tells by itself when the case is over.
                _leave_off(s, frame, place + 1)
                return begin(s, number, later, cause)
    pop(s)
    _end_if_over(s, number, cause)
    return at.NONE


@compiled
def _end_if_over(s: State, number: int, cause: int) -> None:
    """End a case of which nothing is left and nothing under way."""
    case = case_at(s, number)
    if none(s, _left(case)) and none(s, _running(s, case)):
        _end(s, number, cause)


@compiled
def _redo(s: State, number: int, node: Node, cause: int) -> None:
    """Send a case back: what is done again, and what has not started yet, waits for it."""
    case = case_at(s, number)
    left, running = _left(case), _running(s, case)
    for place in range(node.again, node.again_end):
        again = reach.nodes(s.nodes, numbers(s.repeated, place).value)
        for following in range(again.after, again.after_end):
            later = reach.nodes(s.nodes, numbers(s.following, following).value)
            if has(left, later) and not has(running, later):
                put(_waits(case, later), again)
    for place in range(node.again, node.again_end):
        put(left, reach.nodes(s.nodes, numbers(s.repeated, place).value))
    for place in range(node.again, node.again_end):
        # What it rests on may itself be under way anew: nothing starts again on an old result.
        again = reach.nodes(s.nodes, numbers(s.repeated, place).value)
        for word in range(s.words):
            before = numbers(again.waits, word).value & numbers(left, word).value
            numbers(_waits(case, again), word).value |= before
    first = numbers(s.repeated, node.again).value
    again = reach.nodes(s.nodes, first)
    if not has(running, again) and none(s, _waits(case, again)):
        push(s, at.BEGIN, number, first, cause)


@compiled
def refuse(s: State, number: int, cause: int, how: int) -> None:
    """A case refused or revoked starts nothing more; it ends when what already runs is over."""
    place = case_at(s, number)
    case = reach.cases(place, 0)
    if not case.refused:
        case.refused = how
    if none(s, _running(s, place)):
        _end(s, number, cause)


@compiled
def _end(s: State, number: int, cause: int) -> None:
    place, row = case_at(s, number), reach.ended(s.ended, s.ended_used)
    case = reach.cases(place, 0)
    for word in range(s.words):
        numbers(_running(s, place), word).value = -1
    if case.index < reach.processes(s.processes, case.process).measured:
        s.open -= 1
    s.ended_used += 1
    row.case, row.process, row.flow, row.arrived = case.index, case.process, case.flow, case.arrived
    row.finished, row.last, row.refused = s.now, cause, case.refused
    case.over = 1
    _drop_case(s, number, case)
