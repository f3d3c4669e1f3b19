"""How much there is: the same number for every case, so that its mean is the number itself."""

from __future__ import annotations

import numpy as np

from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values
from sim.records.units import CASES, SERVICES
from sim.spec.base import Name
from sim.spec.scope import Scope

YEAR = 365 * DAY
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
)


def _yearly_cases(records: Records, scope: Scope) -> Values:
    del scope
    arrived = records.cases["arrived"].to_numpy()
    span = arrived.max() - arrived.min() if len(arrived) else 0
    rate = (len(arrived) - 1) * YEAR / span if span else np.nan
    return np.full(len(arrived), rate)


yearly_cases = Measure(
    id="yearly_cases",
    name=Name(zh="年办件量", en="Cases a year"),
    definition=Name(
        zh="一年的办件量，由首件与末件之间的时间推得",
        en="cases that come in a year, from the time between the first and the last",
    ),
    unit=CASES,
    of=_yearly_cases,
)


def _sunday_cases(records: Records, scope: Scope) -> Values:
    del scope
    epoch = records.tables.clocks[records.tables.office].epoch.weekday()
    arrived = records.cases["arrived"].to_numpy() // DAY
    if not len(arrived):
        return np.full(0, np.nan)
    days = np.arange(arrived.min() + 7, arrived.max())
    sundays = days[(days + epoch) % 7 == SUNDAY]
    decided = records.attempts["decided"].to_numpy() // DAY
    chosen = np.isin(decided, sundays)
    once = np.unique(np.stack([decided[chosen], records.position[chosen]]), axis=1)
    return np.full(len(arrived), once.shape[1] / len(np.unique(once[0])) if once.size else np.nan)


sunday_cases = Measure(
    id="sunday_cases",
    name=Name(zh="周日办件量", en="Cases decided on a Sunday"),
    definition=Name(
        zh="每个开放的周日办结的件数；只算此前一周都有申请的周日",
        en="cases decided on a Sunday, per Sunday that was open and had a whole week of arrivals before it",
    ),
    unit=CASES,
    of=_sunday_cases,
)
