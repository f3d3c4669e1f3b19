"""Rows of the log that more than one part of the player writes."""

from __future__ import annotations

from sim.engine.fast import layout as at
from sim.engine.fast import reach
from sim.engine.fast.layout import Cursor, State
from sim.engine.fast.memory import make_ready_behind, taken_in


@taken_in
def write(s: State, cursor: Cursor, category: int, pool: int, staff: int, queued: int, started: int, ended: int,
          busy: int) -> None:  # fmt: skip
    """Write down a stretch of an attempt, or of a branch of one."""
    row = reach.activities(s.activities, s.activities_used)
    make_ready_behind(row)
    row.attempt, row.main, row.category = cursor.id, 1 if cursor.parent == at.NONE else 0, category
    row.pool, row.staff, row.queued, row.started, row.ended, row.busy = pool, staff, queued, started, ended, busy
    s.activities_used += 1
