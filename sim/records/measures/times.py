"""The three clocks."""

from __future__ import annotations

import numpy as np

from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Values, in_scope, measure, stops, timed
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


@measure("审批用时", "Counted time", "working days", time=True)
def counted_days(records: Records, scope: Scope) -> Values:
    """Working days from acceptance to decision, parallel steps once, less 补正 and special procedures."""
    return covered_days(records, scope, 1)


@measure("全程用时", "Elapsed time", "working days", time=True)
def elapsed_days(records: Records, scope: Scope) -> Values:
    """Working days from the first step to the usable certificate, everything in."""
    days = records.office_days(records.cases["arrived"].to_numpy(), records.cases["finished"].to_numpy())
    return days - _left_out(records, scope, "office") / records.day


@measure("跨度用时", "Calendar span", "calendar days", time=True)
def calendar_days(records: Records, scope: Scope) -> Values:
    """Calendar days from the first step to the usable certificate."""
    seconds: Values = (records.cases["finished"] - records.cases["arrived"]).to_numpy(dtype=float)
    return (seconds - _left_out(records, scope, "calendar")) / DAY


def _left_out(records: Records, scope: Scope, clock: str) -> Values:
    """Seconds of the critical path that fall to kinds of steps, or to steps, outside the scope."""
    if not scope.exclude and scope.steps is None:
        return np.zeros(len(records.cases))
    parts = records.stretches
    outside = np.array([not in_scope(node, scope) for node in records.nodes])[parts["node"].to_numpy()]
    return records.by_case(parts["position"].to_numpy()[outside], parts[clock].to_numpy()[outside])
