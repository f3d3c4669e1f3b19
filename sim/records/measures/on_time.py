"""Whether limits are kept: by each decision, or by several steps as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.core.arrays import Ints, Mask, np
from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures import bounds
from sim.records.measures.base import Measure, Timed, Values, ratio, stops, timed
from sim.records.measures.times import covered
from sim.records.tables import Bundled, Flag
from sim.records.units import SHARE
from sim.spec.base import Name
from sim.spec.scope import Scope


class Judged(NamedTuple):
    """What is held against a limit: decisions, or all that is done under one limit in a case."""

    case: Ints
    """Positions of their cases."""
    start: Ints
    end: Ints
    limit: Values
    """In legal days; not-a-number where there is none."""
    calendar: Mask
    """Whether those are calendar days."""
    dates: Values
    """Days by the legal count, in which the first is day 0, less those in which the clock stood."""
    exact: Values
    """Working or calendar days between the moments, less those in which the clock stood."""
    silent: Mask
    """Whether any of it was granted by silence."""


def _on_time_share(records: Records, scope: Scope) -> Values:
    """By case: the share of its decisions within their limit; steps under one limit are one decision.

    A limit of whole days is held against the legal count, in which the day of acceptance is day 0
    (民法典 第二百零一条); a part of a day, or hours, against working time. 补正 and special procedures stop both,
    and an approved extension lengthens both.
    """
    found = [_decisions(records, scope), *_bundles(records, scope)]
    judged = Judged(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    whole, limited = judged.limit % 1 == 0, ~np.isnan(judged.limit)
    taken = np.where(whole, judged.dates, judged.exact)
    allowed = judged.limit + np.where(whole, _moved_on(records, judged), 0)
    kept = records.by_case(judged.case[limited], ((taken <= allowed + 1e-9) & ~judged.silent)[limited])
    return ratio(kept, records.by_case(judged.case[limited], np.ones(limited.sum())))


on_time_share = Measure(
    id="on_time_share",
    name=Name(zh="按时办结率", en="On-time share"),
    definition=Name(
        zh="在时限内作出的决定；受理当天算第 0 天，逾期默认的不算作出决定，共用一个时限的环节合起来判断",
        en="share of the decisions within their limit; the day of acceptance is day 0, silence is no decision, and "
        "steps under one limit are judged as a whole",
    ),
    unit=SHARE,
    of=_on_time_share,
    counted_steps=True,
)


def _decisions(records: Records, scope: Scope) -> Judged:
    """Each decision that has a limit of its own."""
    attempts = timed(records, scope)
    of_bundle = np.zeros(records.tries, dtype=bool)
    for number, bundle in _each(records):
        of_bundle |= _in(records, number, bundle)
    limit = np.where(of_bundle, np.nan, bounds.legal(records) + bounds.extension(records))[attempts.rows]
    calendar = bounds.by_attempt(records, lambda limits: float(limits.legal_calendar)) > 0
    hours = bounds.by_attempt(records, lambda limits: float(limits.legal_hours)) > 0
    stopped = stops(records, attempts, scope)

    def less_stops(whole: Values, stood: Values) -> Values:
        off = np.bincount(stopped.rows, stood, minlength=records.tries)
        left: Values = whole - off[attempts.rows]
        return left

    here, there = calendar[attempts.rows], calendar[stopped.rows]
    return Judged(
        attempts.case, attempts.start, attempts.end, limit, here,
        less_stops(_dates(records, attempts.start, attempts.end, here),
                   _dates(records, stopped.start, stopped.end, there)),
        less_stops(_exact(records, attempts.start, attempts.end, here, hours[attempts.rows]),
                   _exact(records, stopped.start, stopped.end, there, hours[stopped.rows])),
        _silent(records)[attempts.rows],
    )  # fmt: skip


def _bundles(records: Records, scope: Scope) -> Iterator[Judged]:
    """What is done under each limit over several steps, in the cases in which the scope speaks of any of it."""
    chosen = timed(records, scope)
    whole = timed(records, scope.model_copy(update={"steps": None}))
    stopped = stops(records, whole, scope)
    for number, bundle in _each(records):
        own = _in(records, number, bundle)
        spoken_of = np.unique(chosen.case[own[chosen.rows]])
        inside, standing = (own[x.rows] & np.isin(x.case, spoken_of) for x in (whole, stopped))
        if inside.any():
            yield _together(records, bundle, _of(whole, inside), _of(stopped, standing))


def _of(attempts: Timed, mask: Mask) -> Timed:
    return Timed(*(part[mask] for part in (attempts.rows, attempts.case, attempts.start, attempts.end)))


def _together(records: Records, bundle: Bundled, attempts: Timed, stopped: Timed) -> Judged:
    """All that is done under one limit in each case, as the stretches in which any of it is under way."""
    case, start, end = covered(
        (attempts.case, attempts.start, 1), (attempts.case, attempts.end, -1),
        (stopped.case, stopped.start, -1), (stopped.case, stopped.end, 1),
    )  # fmt: skip
    first = np.append(True, (case[1:] != case[:-1]) | (start[1:] != end[:-1])) if len(case) else np.zeros(0, dtype=bool)
    heads = np.flatnonzero(first)
    case, start, end = case[heads], start[heads], end[np.append(heads[1:], len(end)) - 1] if len(heads) else end
    cases, place = np.unique(attempts.case, return_inverse=True)
    here = np.searchsorted(cases, case)
    limits = bundle.limits
    calendar, hours = (np.full(len(case), kind) for kind in (limits.legal_calendar, limits.legal_hours))

    def by_case(numbers: Values) -> Values:
        total: Values = np.bincount(here, numbers, minlength=len(cases)).astype(float)
        return total

    begun, over = np.full(len(cases), np.iinfo(np.int64).max), np.zeros(len(cases), dtype=np.int64)
    np.minimum.at(begun, place, attempts.start)
    np.maximum.at(over, place, attempts.end)
    silent = np.bincount(place, _silent(records)[attempts.rows], minlength=len(cases)) > 0
    return Judged(
        cases, begun, over, np.full(len(cases), np.nan if limits.legal_days is None else limits.legal_days),
        np.full(len(cases), limits.legal_calendar), by_case(_dates(records, start, end, calendar)),
        by_case(_exact(records, start, end, calendar, hours)), silent,
    )  # fmt: skip


def _each(records: Records) -> Iterator[tuple[int, Bundled]]:
    """The limits over several nodes of all flows, with the number of the flow."""
    return ((number, bundle) for number, flow in enumerate(records.flows) for bundle in flow.bundles)


def _in(records: Records, flow: int, bundle: Bundled) -> Mask:
    """By attempt: whether it is at a node of a bundle."""
    attempts = records.of_attempts
    inside: Mask = (attempts["flow"] == flow) & np.isin(attempts["node"], list(bundle.nodes))
    return inside


def _silent(records: Records) -> Mask:
    """By attempt: whether silence granted it."""
    silent: Mask = (records.of_attempts["flags"] & int(Flag.TACIT)) > 0
    return silent


def _exact(records: Records, start: Ints, end: Ints, calendar: Mask, hours: Mask) -> Values:
    """Working or calendar days between moments; hours as hours, which are as long on a short day as on any other."""
    open_ = records.tables.clocks[records.tables.hours]
    worked = np.where(hours, open_.between_many(start, end) / records.day, records.office_days(start, end))
    return np.where(calendar, (end - start) / DAY, worked)


def _moved_on(records: Records, judged: Judged) -> Values:
    """By what is judged: the days by which a last calendar day off moves on to a working day (民法典 第二百零三条).

    That last day is found with and without what stopped the clock, which may have stopped before it or after.
    """
    left = judged.limit - judged.dates
    calendar, limit = judged.calendar & ~np.isnan(left), judged.limit
    lasts = judged.end // DAY + np.where(calendar, left, 0), judged.start // DAY + np.where(calendar, limit, 0)
    shifts = [records.tables.deadlines.moved_on(last.astype(np.int64)) for last in lasts]
    shift: Values = np.where(calendar, np.maximum(*shifts), 0).astype(float)
    return shift


def _dates(records: Records, start: Ints, end: Ints, calendar: Mask) -> Values:
    """Days after the day of `start` up to and with the day of `end`."""
    first_day, last_day = start // DAY, end // DAY
    office = records.tables.clocks[records.tables.office]
    days = np.arange(0, int(last_day.max(initial=0)) + 2) * DAY
    worked = np.concatenate([[0], np.cumsum(office.between_many(days[:-1], days[1:]) > 0)])
    counted: Values = np.where(calendar, last_day - first_day, worked[last_day + 1] - worked[first_day + 1])
    return counted
