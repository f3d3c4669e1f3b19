"""Limits, and whether they are kept."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.core.workdays import DAY
from sim.records.frames import Ints, Records
from sim.records.measures.base import Mask, Measure, Timed, Values, counts, first, ratio, stops, timed
from sim.records.tables import Flag, FlowTables, Node
from sim.records.units import SHARE, WORKING_DAYS
from sim.spec.base import Name
from sim.spec.scope import Scope

PROMISED: Callable[[Node], float] = attrgetter("promised")
AUTOMATIC: Callable[[Node], float] = attrgetter("automatic")
"""How long a step takes where a promise, or a system, decides."""


def _promised_days(records: Records, scope: Scope) -> Values:
    return _longest(records, scope, lambda node: node.committed, decided=True)


promised_days = Measure(
    id="promised_days",
    name=Name(zh="承诺时限合计", en="Promised time"),
    definition=Name(
        zh="每个部门都用满承诺时限、其他都不花时间时的工作日；没有时限的环节按零计",
        en="working days when every office uses up its committed limit and nothing else takes time; no limit is 0",
    ),
    unit=WORKING_DAYS,
    of=_promised_days,
    time=True,
    counted_steps=True,
    falls_with_limits=True,
    totals="effective",
)


def _statutory_days(records: Records, scope: Scope) -> Values:
    return _longest(records, scope, lambda node: node.statutory)


statutory_days = Measure(
    id="statutory_days",
    name=Name(zh="法定时限合计", en="Statutory time"),
    definition=Name(
        zh="每个部门都用满法定时限、其他都不花时间时的工作日；没有法定时限的环节按零计",
        en="working days when every office uses up its statutory limit and nothing else takes time; none is 0",
    ),
    unit=WORKING_DAYS,
    of=_statutory_days,
    time=True,
    counted_steps=True,
    totals="statutory",
)


def _longest(records: Records, scope: Scope, limit: Callable[[Node], float], *, decided: bool = False) -> Values:
    """The longest chain of limits by case; `decided` takes those by which each case was in fact decided."""
    cases, flows = records.cases["case"].to_numpy(), records.cases["flow"].to_numpy()
    result = np.zeros(len(cases))
    for number in np.unique(flows):
        flow, chosen = records.flows[number], flows == number
        lengths = np.array([[limit(node) if counts(node, scope) else 0.0] for node in flow.nodes])
        lengths = np.repeat(lengths, len(cases), axis=1)
        if decided:
            _decided_otherwise(records, scope, number, lengths)
        result[chosen] = _longest_path(flow, cases[chosen], lengths[:, chosen])
    return result


def _decided_otherwise(records: Records, scope: Scope, flow: int, lengths: NDArray[np.float64]) -> None:
    """Put in the lengths, by node and case, where a promise or a system decided instead of a review."""
    attempts = records.attempts[records.attempts["flow"].to_numpy() == flow]
    for flag, length in ((Flag.PROMISED, PROMISED), (Flag.AUTOMATIC, AUTOMATIC)):
        found = attempts[(attempts["flags"].to_numpy() & int(flag)) > 0]
        nodes = found["node"].to_numpy()
        limits = np.array([length(n) if counts(n, scope) else 0.0 for n in records.flows[flow].nodes])
        lengths[nodes, np.searchsorted(records.cases["case"].to_numpy(), found["case"].to_numpy())] = limits[nodes]


def _longest_path(flow: FlowTables, cases: Ints, lengths: NDArray[np.float64]) -> Values:
    """The longest chain by case, over the steps that the case goes through."""
    ends: list[Values] = []
    for number, (active, length) in enumerate(zip(flow.active, lengths, strict=True)):
        start = np.max([ends[u] for u in flow.before[number]], axis=0, initial=0.0)
        ends.append(start + length * (np.ones(len(cases)) if active is None else np.array(active)[cases]))
    longest: Values = np.max(ends, axis=0)
    return longest


def _on_time_share(records: Records, scope: Scope) -> Values:
    """By case: the share of its decisions within their limit.

    A limit of whole days is held against the legal count, in which the day of acceptance is day 0
    (民法典 第二百零一条); a part of a day, or hours, against working time. 补正 and special procedures stop both.
    """
    attempts = timed(records, scope)
    limit = records.by_attempt(lambda node: np.nan if node.legal_days is None else node.legal_days)[attempts.rows]
    whole, limited = limit % 1 == 0, ~np.isnan(limit)
    taken = np.where(whole, _legal_days(records, attempts, scope), _exact_days(records, attempts, scope))
    allowed = limit + np.where(whole, _moved_on(records, attempts, limit - taken), 0)
    kept = records.by_case(attempts.case[limited], (taken <= allowed + 1e-9)[limited])
    return ratio(kept, records.by_case(attempts.case[limited], np.ones(limited.sum())))


on_time_share = Measure(
    id="on_time_share",
    name=Name(zh="按时办结率", en="On-time share"),
    definition=Name(
        zh="在时限内作出的决定；受理当天算第 0 天",
        en="share of the decisions within their limit; the day of acceptance is day 0",
    ),
    unit=SHARE,
    of=_on_time_share,
    counted_steps=True,
)


def _legal_days(records: Records, attempts: Timed, scope: Scope) -> Values:
    """Days after that of acceptance up to that of decision, less those after the day on which the clock stopped."""
    return _less_stops(records, attempts, scope, lambda part, calendar: _dates(records, part, calendar))


def _exact_days(records: Records, attempts: Timed, scope: Scope) -> Values:
    """Working or calendar days between acceptance and decision, less those in which the clock stood."""
    return _less_stops(records, attempts, scope, lambda part, calendar: np.where(
        calendar, (part.end - part.start) / DAY, records.office_days(part.start, part.end)))  # fmt: skip


def _moved_on(records: Records, attempts: Timed, left: Values) -> Values:
    """By attempt: the days by which a last calendar day off moves on to a working day (民法典 第二百零三条).

    `left` are the days of its limit that were left when it was decided, what stopped the clock aside. That last day
    is found with and without what stopped it, for the clock may have stopped before it or after.
    """
    deadlines = records.tables.deadlines
    calendar = records.by_attempt(lambda node: node.legal_calendar)[attempts.rows] & ~np.isnan(left)
    limit = records.by_attempt(lambda node: node.legal_days or 0.0)[attempts.rows]
    lasts = attempts.end // DAY + np.where(calendar, left, 0), attempts.start // DAY + np.where(calendar, limit, 0)
    shifts = [deadlines.moved_on(last.astype(np.int64)) for last in lasts]
    shift: Values = np.where(calendar, np.maximum(*shifts), 0).astype(float)
    return shift


def _less_stops(records: Records, attempts: Timed, scope: Scope, days: Callable[[Timed, Mask], Values]) -> Values:
    """By attempt: its days less those in which its clock stood, by the calendar its limit attempts on."""
    calendar = records.by_attempt(lambda node: node.legal_calendar)
    stopped = stops(records, attempts, scope)
    off = np.bincount(stopped.rows, days(stopped, calendar[stopped.rows]), minlength=len(records.attempts))
    left: Values = days(attempts, calendar[attempts.rows]) - off[attempts.rows]
    return left


def _dates(records: Records, part: Timed, calendar: Mask) -> Values:
    """Days after the day of `start` up to and with the day of `end`."""
    first_day, last_day = part.start // DAY, part.end // DAY
    office = records.tables.clocks[records.tables.office]
    days = np.arange(0, int(last_day.max(initial=0)) + 2) * DAY
    worked = np.concatenate([[0], np.cumsum(office.between_many(days[:-1], days[1:]) > 0)])
    counted: Values = np.where(calendar, last_day - first_day, worked[last_day + 1] - worked[first_day + 1])
    return counted


def _cut_share(records: Records, scope: Scope) -> Values:
    # A step that no statute binds compresses nothing.
    chosen = records.by_attempt(lambda node: counts(node, scope) and node.statutory > 0) & first(records)
    case, flags = records.position[chosen], records.attempts["flags"].to_numpy()
    length = records.by_attempt(lambda node: node.committed)
    for flag, decided in ((Flag.PROMISED, PROMISED), (Flag.AUTOMATIC, AUTOMATIC)):
        length = np.where(flags & int(flag) > 0, records.by_attempt(decided), length)
    committed = records.by_case(case, length[chosen])
    return 1 - ratio(committed, records.by_case(case, records.by_attempt(lambda node: node.statutory)[chosen]))


cut_share = Measure(
    id="cut_share",
    name=Name(zh="时限压缩比", en="Cut of limits"),
    definition=Name(
        zh="一减去承诺时限之和除以法定时限之和",
        en="one minus the sum of committed limits over the sum of statutory ones",
    ),
    unit=SHARE,
    of=_cut_share,
    counted_steps=True,
)
