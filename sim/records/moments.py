"""The moments of a case: from when the applicant sets about it to the usable certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.core.arrays import Ints, NDArray, np
from sim.core.register import register
from sim.core.workdays import Clock
from sim.records.frames import Records
from sim.spec.base import Name

CASE_KEYS = ("variant", "process", "replication", "case")
"""Columns by which a case is found in the table of cases, before its attributes, moments and measures."""
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
    first = records.by_attempt(lambda node: node.submission) & (records.attempts["nth"].to_numpy() == 0)
    handed = np.full(len(records.attempts), NEVER)
    handed[first] = _prepared(records, np.flatnonzero(first))
    return handed


def _prepared(records: Records, rows: Ints) -> list[int]:
    """When the papers of some attempts were ready to be handed in."""
    clocks, attempts = records.tables.clocks, records.attempts.iloc[rows]
    columns = (attempts[c].tolist() for c in ("case", "flow", "node", "ready"))
    found = []
    for case, flow, node, moment in zip(*columns, strict=True):
        for clock, seconds in records.flows[flow].program(node, 0).prepare:
            moment = _later(clocks[clock], moment, int(seconds[case]))
        found.append(moment)
    return found


def _later(clock: Clock, moment: int, seconds: int) -> int:
    return clock.add(moment, seconds) if seconds > 0 else moment


def _first(records: Records, moments: Ints) -> Ints:
    """By case: the earliest of the moments of its attempts that came."""
    found = np.full(len(records.cases), np.iinfo(np.int64).max)
    came = moments >= 0
    np.minimum.at(found, records.position[came], moments[came])
    return np.where(found == np.iinfo(np.int64).max, NEVER, found)


def _last(records: Records, moments: Ints) -> Ints:
    """By case: the latest of the moments of its attempts that came."""
    found = np.full(len(records.cases), NEVER)
    np.maximum.at(found, records.position, moments)
    return found


MOMENTS = register(
    (
        Moment(
            "arrived",
            Name(zh="着手", en="Begun"),
            Name(zh="申请人着手办理", en="the applicant sets about it"),
            lambda records: records.cases["arrived"].to_numpy(),
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
            lambda records: _first(records, records.attempts["accepted"].to_numpy()),
        ),
        Moment(
            "decided",
            Name(zh="决定", en="Decided"),
            Name(zh="最后一次作出决定，准予或不予", en="the last decision of an office, whatever it is"),
            lambda records: _last(records, records.attempts["decided"].to_numpy()),
        ),
        Moment(
            "ended",
            Name(zh="办结", en="Ended"),
            Name(
                zh="全部环节结束，或不予、撤销后不再进行", en="all steps are over, or nothing goes on after a refusal"
            ),
            lambda records: records.cases["finished"].to_numpy(),
        ),
    )
)
"""Every moment of a case, by its id, in their order."""


def dates(records: Records, moments: Ints) -> NDArray[np.datetime64]:
    """Moments as dates with time of day; not-a-time for those that did not come."""
    start = np.datetime64(records.tables.clocks[records.tables.office].epoch, "s")
    found: NDArray[np.datetime64] = np.where(
        moments >= 0, start + moments.astype("timedelta64[s]"), np.datetime64("NaT")
    )
    return found.astype("datetime64[s]")
