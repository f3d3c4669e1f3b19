"""The moments of a case: from when the applicant sets about it to the usable certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.core.arrays import Ints, NDArray, np
from sim.core.register import register
from sim.records.frames import Records
from sim.spec.base import Name
from sim.spec.scope import Scope

CASE_KEYS = ("variant", "process", "replication", "case")
"""Columns by which a case is found in the table of cases, before its attributes, moments and measures."""
ARRIVED = "arrived"
"""The moment by which a case belongs to a month."""
NEVER = -1
"""Stands for a moment that did not come."""


@dataclass(frozen=True)
class Moment:
    """One moment of a case."""

    id: str
    name: Name
    definition: Name
    of: Callable[[Records], Ints]
    """By case, in seconds since 00:00 of the start; NEVER where it did not come."""


def handed_in(records: Records) -> Ints:
    """By attempt: when its papers were handed in, which had to be prepared before; NEVER where it hands in none."""
    return records.once(_handed_in, Scope())


def _handed_in(records: Records, scope: Scope) -> Ints:
    del scope
    attempts = records.of_attempts
    first = records.by_attempt(lambda node: node.submission) & (attempts["nth"] == 0)
    found = np.where(first, attempts["ready"], NEVER)
    case, clocks = attempts["case"], records.tables.clocks
    for program, own in records.followed:
        for clock, seconds in program.prepare if first[own[0]] else ():
            taken = seconds[case[own]]
            some = own[taken > 0]
            found[some] = clocks[clock].add_many(found[some], taken[taken > 0])
    return found


def _first(records: Records, moments: Ints) -> Ints:
    """By case: the earliest of the moments of its attempts that came."""
    found = np.full(records.size, np.iinfo(np.int64).max)
    came = moments >= 0
    np.minimum.at(found, records.position[came], moments[came])
    return np.where(found == np.iinfo(np.int64).max, NEVER, found)


def _last(records: Records, moments: Ints) -> Ints:
    """By case: the latest of the moments of its attempts that came."""
    found = np.full(records.size, NEVER)
    np.maximum.at(found, records.position, moments)
    return found


MOMENTS = register(
    (
        Moment(
            ARRIVED,
            Name(zh="着手", en="Begun"),
            Name(zh="申请人着手办理", en="the applicant sets about it"),
            lambda records: records.of_cases["arrived"],
        ),
        Moment(
            "submitted",
            Name(zh="提交", en="Submitted"),
            Name(zh="首次递交申请材料", en="papers are handed in for the first time"),
            lambda records: _first(records, handed_in(records)),
        ),
        Moment(
            "accepted",
            Name(zh="受理", en="Accepted"),
            Name(zh="首次受理，逾期视为受理的自收到之日", en="the first acceptance, by an office or by its silence"),
            lambda records: _first(records, records.of_attempts["accepted"]),
        ),
        Moment(
            "decided",
            Name(zh="决定", en="Decided"),
            Name(zh="最后一次作出决定，准予或不予", en="the last decision of an office, whatever it is"),
            lambda records: _last(records, records.of_attempts["decided"]),
        ),
        Moment(
            "ended",
            Name(zh="办结", en="Ended"),
            Name(
                zh="全部环节结束，或不予、撤销后不再进行", en="all steps are over, or nothing goes on after a refusal"
            ),
            lambda records: records.of_cases["finished"],
        ),
    )
)
"""Every moment of a case, by its id, in their order."""


def told(records: Records, moment: Moment) -> NDArray[np.datetime64]:
    """By case: a moment as a date with time of day; not-a-time where it did not come."""
    return records.by_each(_told, Scope(), moment)


def _told(records: Records, moment: Moment, scope: Scope) -> NDArray[np.datetime64]:
    del scope
    return dates(records, moment.of(records))


def dates(records: Records, moments: Ints) -> NDArray[np.datetime64]:
    """Moments as dates with time of day; not-a-time for those that did not come."""
    start = np.datetime64(records.tables.clocks[records.tables.office].epoch, "s")
    found: NDArray[np.datetime64] = np.where(
        moments >= 0, start + moments.astype("timedelta64[s]"), np.datetime64("NaT")
    )
    return found.astype("datetime64[s]")
