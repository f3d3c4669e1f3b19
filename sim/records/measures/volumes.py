"""How much there is: the same number for every case, so that its mean is the number itself."""

from __future__ import annotations

import numpy as np

from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values
from sim.records.tables import Flag
from sim.records.units import CASES, SERVICES
from sim.spec.base import Name
from sim.spec.scope import Scope

SUNDAY = 6


def _services(records: Records, scope: Scope) -> Values:
    del scope
    return np.full(len(records.cases), float(len(records.tables.arrivals)))


services = Measure(
    id="services",
    name=Name(zh="上线服务", en="Services"),
    definition=Name(
        zh="本场景提供的事项数",
        en="services that the scenario offers",
    ),
    unit=SERVICES,
    of=_services,
    goes_in=True,
)


def _yearly_cases(records: Records, scope: Scope) -> Values:
    del scope
    stated = {arrivals.process: arrivals.yearly for arrivals in records.tables.arrivals}
    return np.full(len(records.cases), stated[records.process])


yearly_cases = Measure(
    id="yearly_cases",
    name=Name(zh="年办件量（输入）", en="Cases a year (input)"),
    definition=Name(
        zh="情景写明的一年办件量：是输入，不是模拟结果",
        en="cases that come in a year, as the scenario states: an input, no result",
    ),
    unit=CASES,
    of=_yearly_cases,
    goes_in=True,
)


def _sunday_cases(records: Records, scope: Scope) -> Values:
    del scope
    (between,) = (arrivals.between for arrivals in records.tables.arrivals if arrivals.process == records.process)
    first, last = (moment // DAY for moment in between)
    sundays = _open_sundays(records, first + 7, last)
    if not len(sundays):
        return np.full(len(records.cases), np.nan)
    decided = records.attempts["decided"].to_numpy() // DAY
    chosen = np.isin(decided, sundays)
    once = np.unique(np.stack([decided[chosen], records.position[chosen]]), axis=1)
    return np.full(len(records.cases), once.shape[1] / len(sundays))


def _open_sundays(records: Records, first: int, end: int) -> list[int]:
    """The Sundays from a day on and before another on which somebody who serves the process is there."""
    tables = records.tables
    epoch = tables.clocks[tables.office].epoch.weekday()
    sundays = [day for day in range(first, end) if (day + epoch) % 7 == SUNDAY]
    if (records.attempts["flags"].to_numpy() & Flag.AUTOMATIC).any():
        return sundays  # a system never closes
    pools = [tables.pools[number] for number in np.unique(records.activities["pool"]) if number >= 0]
    clocks = [tables.clocks[number] for number in {tables.office, *(crew.clock for p in pools for crew in p.groups)}]
    return [day for day in sundays if any(clock.between(day * DAY, (day + 1) * DAY) for clock in clocks)]


sunday_cases = Measure(
    id="sunday_cases",
    name=Name(zh="周日办件量", en="Cases decided on a Sunday"),
    definition=Name(
        zh="每个开放的周日办结的件数，无人办结的开放周日也算在内；只算此前一周都有申请的周日",
        en="cases decided on a Sunday, per Sunday that was open, even if for nobody, and had a whole week of arrivals "
        "before it",
    ),
    unit=CASES,
    of=_sunday_cases,
)
