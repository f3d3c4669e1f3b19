"""The way of a case among its nodes, as `sim.engine.play` has it."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast.heap import pop, push, top
from sim.engine.fast.layout import Case, Cursor, Frame, Node, State
from sim.engine.fast.memory import by_case, compiled, numbers, switches
from sim.records.log import Ended
from sim.records.tables import Flag

# -- words of bits ---------------------------------------------------------------------------------------


@compiled
def _has(words: int, bit: int) -> bool:
    return (numbers(words, bit >> 6).value >> (bit & 63)) & 1 != 0


@compiled
def _put(words: int, bit: int) -> None:
    numbers(words, bit >> 6).value |= 1 << (bit & 63)


@compiled
def _take(words: int, bit: int) -> None:
    numbers(words, bit >> 6).value &= ~(1 << (bit & 63))


@compiled
def _none(s: State, words: int) -> bool:
    for word in range(s.words):  # noqa: SIM110  compiled code knows no any()
        if numbers(words, word).value:
            return False
    return True


@compiled
def _fill(s: State, words: int, bits: int) -> None:
    """Put the lowest bits, so many of them, and no others."""
    for word in range(s.words):
        here = min(max(bits - 64 * word, 0), 64)
        numbers(words, word).value = -1 if here == 64 else (1 << here) - 1


@compiled
def case_at(s: State, number: int) -> int:
    """Where the row of a case is; behind it stand its words of bits."""
    return s.cases + number * s.case_size


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


# -- rows ----------------------------------------------------------------------------------------------


@compiled
def arrived(s: State, process: int, index: int) -> int:
    """The row of a case that arrives now."""
    number = s.cases_free
    if number == at.NONE:
        number = s.cases_used
        s.cases_used += 1
    else:
        s.cases_free = at.cases(case_at(s, number), 0).next
    place, own = case_at(s, number), at.processes(s.processes, process)
    case, flow = at.cases(place, 0), numbers(own.flows, index).value
    case.index, case.process, case.flow, case.arrived = index, process, flow, s.now
    case.urgent = switches(own.urgent, index).value if own.urgent else 0
    case.refused = case.over = case.cursors = 0
    nodes = at.flows(s.flows, flow).nodes
    _fill(s, _left(place), nodes)
    _fill(s, _running(s, place), 0)
    for n in range(flow * s.width, flow * s.width + nodes):
        node = at.nodes(s.nodes, n)
        numbers(_begun(place, node), 0).value = 0
        for word in range(s.words):
            numbers(_waits(place, node), word).value = numbers(node.waits, word).value
    return number


@compiled
def new_cursor(s: State, case: int) -> int:
    """The row of a cursor of a case, or of none, that starts now."""
    number = s.cursors_free
    if number == at.NONE:
        number = s.cursors_used
        s.cursors_used += 1
    else:
        s.cursors_free = at.cursors(s.cursors, number).next
    cursor = at.cursors(s.cursors, number)
    cursor.id, cursor.case, cursor.parent, cursor.ready = at.NONE, case, at.NONE, s.now
    cursor.submitted = cursor.accepted = cursor.decided = cursor.since = at.NONE
    cursor.flags = cursor.pending = cursor.over = cursor.line = cursor.end = cursor.urgent = 0
    if case != at.NONE:
        own = at.cases(case_at(s, case), 0)
        cursor.index, cursor.urgent = own.index, own.urgent
        own.cursors += 1
    return number


@compiled
def drop_cursor(s: State, number: int) -> None:
    """Let the row of a cursor be used again, and that of its case if nothing of it is left."""
    cursor = at.cursors(s.cursors, number)
    cursor.next = s.cursors_free
    s.cursors_free = number
    if cursor.case != at.NONE:
        case = at.cases(case_at(s, cursor.case), 0)
        case.cursors -= 1
        _drop_case(s, cursor.case, case)


@compiled
def _drop_case(s: State, number: int, case: Case) -> None:
    if case.over and not case.cursors:
        case.next = s.cases_free
        s.cases_free = number


@compiled
def begin_section(s: State, cursor: Cursor, section: int) -> None:
    """Put a cursor at the beginning of a section of its program."""
    found = at.sections(s.sections, at.programs(s.programs, cursor.program).section + section)
    cursor.line, cursor.end = found.line, found.end


# -- a case among its nodes ----------------------------------------------------------------------------


@compiled
def begin_roots(s: State) -> int:
    """Start the next node that waits for none, its cursor; when there is none left, the frame goes."""
    frame = top(s)
    for place in range(frame.place, frame.end):
        if _none(s, at.nodes(s.nodes, place).waits):
            number = frame.whom
            _leave_off(s, frame, place + 1)
            return begin(s, number, place, at.NONE)
    pop(s)
    return at.NONE


@compiled
def _leave_off(s: State, frame: Frame, place: int) -> None:
    """Leave the frame on top of the stack for later, with what is still to be looked at; when there is nothing, it goes."""
    frame.place = place
    if place == frame.end:
        pop(s)


@compiled
def begin(s: State, number: int, n: int, cause: int) -> int:
    """The cursor of an attempt at a node; NONE where it is not for this case, or its program has to be made first."""
    place, node = case_at(s, number), at.nodes(s.nodes, n)
    case = at.cases(place, 0)
    if case.refused:
        return at.NONE
    if node.active and not switches(node.active, case.index).value:
        complete(s, number, node, cause)
        return at.NONE
    begun = numbers(_begun(place, node), 0)
    nth, program = begun.value, node.program
    for _ in range(nth):
        program = at.programs(s.programs, program).program
    if program == at.NONE:
        push(s, at.BEGIN, number, n, cause)
        s.wanted, s.wanted_nth = n, nth
        return at.NONE
    begun.value = nth + 1
    _put(_running(s, place), node.bit)
    c = new_cursor(s, number)
    cursor = at.cursors(s.cursors, c)
    cursor.id, cursor.node, cursor.nth, cursor.cause, cursor.program = s.attempt, n, nth, cause, program
    s.attempt += 1
    begin_section(s, cursor, 0)
    return c


@compiled
def finish(s: State, c: int) -> None:
    """An attempt is over: go on, go back or end, unless the case was sent back meanwhile."""
    cursor = at.cursors(s.cursors, c)
    number, attempt, nth, node = cursor.case, cursor.id, cursor.nth, at.nodes(s.nodes, cursor.node)
    place = case_at(s, number)
    case = at.cases(place, 0)
    flags = _write(s, cursor, case, node.bit)
    if cursor.pending:
        cursor.over = 1
    else:
        drop_cursor(s, c)
    if nth + 1 < numbers(_begun(place, node), 0).value:
        return
    _take(_running(s, place), node.bit)
    if case.refused:
        refuse(s, number, attempt, Ended.REFUSED.value)
    elif not _none(s, _waits(place, node)):
        return
    elif flags & Flag.FAILED.value:
        _redo(s, number, node, attempt)
    elif flags & Flag.REFUSED.value:
        refuse(s, number, attempt, Ended.REFUSED.value)
    else:
        complete(s, number, node, attempt)


@compiled
def _write(s: State, cursor: Cursor, case: Case, node: int) -> int:
    """Write the row of an attempt that is over; return its flags."""
    of, row, index = at.programs(s.programs, cursor.program), at.attempts(s.attempts, s.attempts_used), case.index
    s.attempts_used += 1
    row.attempt, row.case, row.flow, row.node, row.nth = cursor.id, index, case.flow, node, cursor.nth
    row.cause, row.ready, row.accepted, row.decided = cursor.cause, cursor.ready, cursor.accepted, cursor.decided
    row.finished, row.flags = s.now, cursor.flags | by_case(of.flags, of.flags_step, index)
    row.papers, row.visits = by_case(of.papers, of.papers_step, index), by_case(of.visits, of.visits_step, index)
    return row.flags


@compiled
def complete(s: State, number: int, node: Node, cause: int) -> None:
    """A node is over: what waited only for it starts, and the case ends when all is over."""
    _take(_left(case_at(s, number)), node.bit)
    if node.after == node.after_end:
        _end_if_over(s, number, cause)
    else:
        frame = push(s, at.LOOK, number, node.bit, cause)
        frame.place, frame.end = node.after, node.after_end


@compiled
def look_after(s: State) -> int:
    """The cursor of the next node that waited only for one that is over; when none is left, the frame goes."""
    frame = top(s)
    number, bit, cause = frame.whom, frame.node, frame.cause
    for place in range(frame.place, frame.end):
        later = numbers(s.following, place).value
        waits = _waits(case_at(s, number), at.nodes(s.nodes, later))
        if _has(waits, bit):
            _take(waits, bit)
            if _none(s, waits):
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
    if _none(s, _left(case)) and _none(s, _running(s, case)):
        _end(s, number, cause)


@compiled
def _redo(s: State, number: int, node: Node, cause: int) -> None:
    """Send a case back: what is done again, and what has not started yet, waits for it."""
    case = case_at(s, number)
    left, running = _left(case), _running(s, case)
    for place in range(node.again, node.again_end):
        again = at.nodes(s.nodes, numbers(s.repeated, place).value)
        for following in range(again.after, again.after_end):
            later = at.nodes(s.nodes, numbers(s.following, following).value)
            if _has(left, later.bit) and not _has(running, later.bit):
                _put(_waits(case, later), again.bit)
    for place in range(node.again, node.again_end):
        _put(left, at.nodes(s.nodes, numbers(s.repeated, place).value).bit)
    for place in range(node.again, node.again_end):
        # What it rests on may itself be under way anew: nothing starts again on an old result.
        again = at.nodes(s.nodes, numbers(s.repeated, place).value)
        for word in range(s.words):
            before = numbers(again.waits, word).value & numbers(left, word).value
            numbers(_waits(case, again), word).value |= before
    first = numbers(s.repeated, node.again).value
    again = at.nodes(s.nodes, first)
    if not _has(running, again.bit) and _none(s, _waits(case, again)):
        push(s, at.BEGIN, number, first, cause)


@compiled
def refuse(s: State, number: int, cause: int, how: int) -> None:
    """A case refused or revoked starts nothing more; it ends when what already runs is over."""
    place = case_at(s, number)
    case = at.cases(place, 0)
    if not case.refused:
        case.refused = how
    if _none(s, _running(s, place)):
        _end(s, number, cause)


@compiled
def _end(s: State, number: int, cause: int) -> None:
    place, row = case_at(s, number), at.ended(s.ended, s.ended_used)
    case = at.cases(place, 0)
    for word in range(s.words):
        numbers(_running(s, place), word).value = -1
    s.open -= 1
    s.ended_used += 1
    row.case, row.process, row.flow, row.arrived = case.index, case.process, case.flow, case.arrived
    row.finished, row.last, row.refused = s.now, cause, case.refused
    case.over = 1
    _drop_case(s, number, case)
