"""The three clocks."""

from __future__ import annotations

import numpy as np

from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values, in_scope, stops, timed
from sim.records.units import CALENDAR_DAYS, WORKING_DAYS
from sim.spec.base import Name
from sim.spec.scope import Scope


def covered_days(records: Records, scope: Scope, at_least: int) -> Values:
    """Working days by case during which at least so many counted steps were under way.

    What stops the clock inside a step stops that step's own clock only.
    """
    attempts = timed(records, scope)
    stopped = stops(records, attempts, scope)
    pieces = [(attempts.case, attempts.start, 1), (attempts.case, attempts.end, -1),
              (stopped.case, stopped.start, -1), (stopped.case, stopped.end, 1)]  # fmt: skip
    case = np.concatenate([piece[0] for piece in pieces])
    when = np.concatenate([piece[1] for piece in pieces])
    change = np.concatenate([np.full(len(piece[0]), piece[2]) for piece in pieces])
    order = np.lexsort((when, case))
    under_way = np.cumsum(change[order])[:-1] >= at_least
    start, end = when[order][:-1][under_way], when[order][1:][under_way]
    return records.by_case(case[order][:-1][under_way], records.office_days(start, end))


def _counted_days(records: Records, scope: Scope) -> Values:
    return covered_days(records, scope, 1)


counted_days = Measure(
    id="counted_days",
    name=Name(zh="审批用时", en="Counted time"),
    definition=Name(
        zh="自受理至决定的工作时间；并行的环节只算一次，补正和特别程序不算",
        en="working time from acceptance to decision; parallel steps once, corrections and special procedures left out",
    ),
    unit=WORKING_DAYS,
    of=_counted_days,
    time=True,
    clock=True,
    counted_steps=True,
    falls_with_limits=True,
)


def _elapsed_days(records: Records, scope: Scope) -> Values:
    days = records.office_days(records.cases["arrived"].to_numpy(), records.cases["finished"].to_numpy())
    return days - _left_out(records, scope, "office") / records.day


elapsed_days = Measure(
    id="elapsed_days",
    name=Name(zh="全程用时", en="Elapsed time"),
    definition=Name(
        zh="自首次提出至拿到可用证照的工作日，全部计入",
        en="working days from the first submission to the usable certificate, everything in",
    ),
    unit=WORKING_DAYS,
    of=_elapsed_days,
    time=True,
    clock=True,
    falls_with_limits=True,
)


def _calendar_days(records: Records, scope: Scope) -> Values:
    seconds: Values = (records.cases["finished"] - records.cases["arrived"]).to_numpy(dtype=float)
    return (seconds - _left_out(records, scope, "calendar")) / DAY


calendar_days = Measure(
    id="calendar_days",
    name=Name(zh="跨度用时", en="Calendar span"),
    definition=Name(
        zh="自首次提出至拿到可用证照的自然日，全部计入",
        en="calendar days from the first submission to the usable certificate, everything in",
    ),
    unit=CALENDAR_DAYS,
    of=_calendar_days,
    time=True,
    clock=True,
    falls_with_limits=True,
)


def _left_out(records: Records, scope: Scope, clock: str) -> Values:
    """Seconds of the critical path that fall to kinds of steps, or to steps, outside the scope."""
    if not scope.exclude and scope.steps is None:
        return np.zeros(len(records.cases))
    parts = records.stretches
    outside = np.array([not in_scope(node, scope) for node in records.nodes])[parts["node"].to_numpy()]
    return records.by_case(parts["position"].to_numpy()[outside], parts[clock].to_numpy()[outside])
