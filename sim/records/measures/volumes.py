"""How much there is: the same number for every case, so that its mean is the number itself."""

from __future__ import annotations

import numpy as np

from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Values, measure
from sim.spec.scope import Scope

YEAR = 365 * DAY
SUNDAY = 6


@measure("上线服务", "Services", "services")
def services(records: Records, scope: Scope) -> Values:
    """Services that the scenario offers."""
    del scope
    return np.full(len(records.cases), float(len(records.tables.arrivals)))


@measure("年办件量", "Cases a year", "cases")
def yearly_cases(records: Records, scope: Scope) -> Values:
    """Cases that come in a year, from the time between the first and the last."""
    del scope
    arrived = records.cases["arrived"].to_numpy()
    span = arrived.max() - arrived.min() if len(arrived) else 0
    rate = (len(arrived) - 1) * YEAR / span if span else np.nan
    return np.full(len(arrived), rate)


@measure("周日办件量", "Cases decided on a Sunday", "cases")
def sunday_cases(records: Records, scope: Scope) -> Values:
    """Cases decided on a Sunday, per Sunday that was open and had a whole week of arrivals before it."""
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
