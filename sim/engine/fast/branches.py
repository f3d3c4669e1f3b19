"""Branches beside the main line of an attempt, and consent by silence, as `sim.engine.player` has them."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.case import begin_section, drop_cursor, finish, let_go, new_cursor
from sim.engine.fast.clocks import between
from sim.engine.fast.heap import plan, push
from sim.engine.fast.layout import Cursor, State
from sim.engine.fast.memory import compiled, taken_in
from sim.engine.fast.rows import write
from sim.engine.fast.waits import due
from sim.records.tables import Beside, Flag
from sim.spec.categories import Category


@compiled
def fork(s: State, c: int, where: int, group: int) -> None:
    """Start a branch; the main line waits for it only at a JOIN."""
    b = new_cursor(s, reach.cursors(s.cursors, c).case)
    branch, main = reach.cursors(s.cursors, b), reach.cursors(s.cursors, c)
    branch.id, branch.node, branch.nth, branch.cause = main.id, main.node, main.nth, main.cause
    branch.program, branch.parent, branch.group = main.program, c, group
    begin_section(s, branch, where + 1)
    _count(main, group, at.ONE)
    push(s, at.PLAY, b, at.NONE, at.NONE)


@compiled
def _count(main: Cursor, group: int, change: int) -> None:
    """So many branches more of a group are under way."""
    if group == Beside.OPINION:
        main.opinions += change
    else:
        main.pending += change


@compiled
def under_way(main: Cursor, group: int) -> int:
    """How many branches of a group are under way."""
    return main.opinions if group == Beside.OPINION else main.pending


@taken_in
def leave(s: State, c: int) -> None:
    """A cursor has come to the end of its lines."""
    cursor = reach.cursors(s.cursors, c)
    if cursor.released:
        let_go(s, c)
    elif cursor.parent == at.NONE:
        finish(s, c, at.ZERO)
    elif cursor.parent == at.ELSEWHERE:
        drop_cursor(s, c)
    else:
        cursor.released = 1
        parent, group = cursor.parent, cursor.group
        let_go(s, c)
        finish_branch(s, parent, group)


@compiled
def finish_branch(s: State, c: int, group: int) -> None:
    """Let the main line go on if this was the last branch it waited for."""
    main = reach.cursors(s.cursors, c)
    _count(main, group, at.NONE)
    if main.since >= 0 and main.joins == group and not under_way(main, group):
        _stop_waiting(s, main)
        push(s, at.PLAY, c, at.NONE, at.NONE)
    elif main.over:
        let_go(s, c)


@compiled
def _stop_waiting(s: State, main: Cursor) -> None:
    """Note how long the main line has waited for its branches, if it has."""
    since, now = main.since, s.now
    if since >= 0:
        busy = now - since if main.waits == Category.APPLICANT else between(s, s.office, since, now)
        write(s, main, main.waits, at.NONE, at.ZERO, since, since, now, busy)
        main.since = at.NONE


@compiled
def hush(s: State, c: int, silence: int) -> None:
    """From here on silence for as long as a time of the program is consent."""
    cursor = reach.cursors(s.cursors, c)
    start = s.now if cursor.accepted < 0 else cursor.accepted
    which = reach.programs(s.programs, cursor.program).silences + silence
    cursor.holds += 1
    plan(s, max(due(s, which, cursor.index, start), s.now), at.CONSENT, c)


@compiled
def consent(s: State, c: int) -> None:
    """Silence is consent: nobody waits any more for who has not answered, and whose officers work it off."""
    cursor = reach.cursors(s.cursors, c)
    cursor.holds -= 1
    if cursor.over or cursor.released or cursor.decided >= 0:
        if cursor.over:
            let_go(s, c)
        return
    working = 1 if cursor.since < 0 else 0
    _stop_waiting(s, cursor)
    cursor.decided = s.now
    cursor.flags |= Flag.TACIT.value
    cursor.released = 1
    if cursor.parent == at.NONE:
        finish(s, c, working)
    else:
        finish_branch(s, cursor.parent, cursor.group)
        if not working:
            let_go(s, c)
