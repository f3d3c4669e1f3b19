"""When the cases come."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.core.workdays import DAY, Clock
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import YEAR, Demand
from sim.spec.amounts import values


def arrival_times(demand: Demand, process: str, draws: Draws, office: Clock, prepared: Prepared,
                  faster: float = 1.0) -> NDArray[np.int64]:  # fmt: skip
    """When the cases come: at random in office hours, or at stated intervals day and night; so many times faster."""
    u = draws.uniform(demand.cases, process, "arrival")
    if demand.every_minutes is not None:
        gaps = values(demand.every_minutes, u) * 60
        return np.rint(np.cumsum(gaps / faster)).astype(np.int64)
    open_seconds = open_in_year(office, prepared)
    assert demand.per_year is not None
    worked = np.rint(np.cumsum(-np.log1p(-u)) * open_seconds / (demand.per_year * faster)).astype(np.int64)
    return office.add_many(0, worked)


def open_in_year(clock: Clock, prepared: Prepared) -> int:
    """Open seconds of the year from the start of the scenario."""
    last = min(prepared.start + timedelta(days=YEAR), prepared.table.last)
    days = (last - prepared.start).days
    return clock.between(0, days * DAY) * YEAR // max(days, 1)
