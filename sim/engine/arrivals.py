"""When the cases come, and which of them are measured."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.core.errors import PlannerError
from sim.core.workdays import DAY, Clock
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import MOST_CASES, YEAR, Demand, Window
from sim.spec.amounts import values

Seconds = NDArray[np.float64]
SPARE = 5
"""Standard deviations by which more cases are drawn at first than are expected."""


@dataclass(frozen=True)
class Coming:
    """The cases of one process that come in a replication, in order."""

    times: list[int]
    warm_up: int
    """Cases before the first that is measured."""
    end: int
    """Cases up to the last that is measured."""
    between: tuple[int, int]
    """The moments between which the measured cases come."""


def coming(process: str, draws: Draws, office: Clock, prepared: Prepared, faster: float = 1.0) -> Coming:
    """The cases of a process: so many as its demand says, or those that come in the weeks of the scenario's window.

    They come at random in office hours, or at stated intervals day and night, so many times faster; the n-th case is
    the same one however many come.
    """
    scenario = prepared.scenario
    stream = _Stream(scenario.demand[process], process, draws, office, prepared, faster)
    return stream.within(scenario.window) if scenario.window else stream.first()


class _Stream:
    """The endless stream of the cases of one process."""

    def __init__(self, demand: Demand, process: str, draws: Draws, office: Clock, prepared: Prepared,
                 faster: float) -> None:  # fmt: skip
        self.demand, self.process, self.draws, self.faster = demand, process, draws, faster
        self.office, self.prepared = office, prepared
        self.in_office_hours = demand.every_minutes is None

    def first(self) -> Coming:
        """So many cases as the demand says."""
        count, warm_up = self.demand.cases, self.demand.warm_up
        assert count is not None, "a scenario has a window, or its demand a number of cases"
        times = self._moments(self._spent(count))
        return Coming(times, warm_up, count, (times[warm_up], times[-1]))

    def within(self, window: Window) -> Coming:
        """The cases of the weeks of a window, with those before and after that only load the system."""
        start, end = (day * DAY for day in window.measured)
        times = self._moments(self._spent_before(window.days * DAY))
        return Coming(times, bisect_left(times, start), bisect_left(times, end), (start, end))

    def _spent_before(self, end: int) -> Seconds:
        """As `_spent`, of all cases that come before a moment."""
        yearly = self.demand.yearly * self.faster
        if not yearly:
            return np.empty(0)
        last = self.office.between(0, end) if self.in_office_hours else end
        expected = min(yearly * end / (YEAR * DAY), MOST_CASES)
        count = int(expected + SPARE * math.sqrt(expected)) + SPARE
        while count <= 2 * MOST_CASES:
            found = self._spent(count)
            if found[-1] >= last:
                return found[found < last]
            count *= 2
        raise PlannerError(f"more than {MOST_CASES} cases of {self.process} come in a replication; ask for fewer weeks")

    def _spent(self, count: int) -> Seconds:
        """The whole seconds that have passed when each of so many cases comes, closed hours left out where they are."""
        u = self.draws.uniform(count, self.process, "arrival")
        if self.demand.every_minutes is not None:
            return np.rint(np.cumsum(values(self.demand.every_minutes, u) * 60 / self.faster))
        assert self.demand.per_year is not None
        open_seconds = open_in_year(self.office, self.prepared)
        return np.rint(np.cumsum(-np.log1p(-u)) * open_seconds / (self.demand.per_year * self.faster))

    def _moments(self, spent: Seconds) -> list[int]:
        """When the cases come, in seconds since the start."""
        whole = spent.astype(np.int64)
        times: list[int] = (self.office.add_many(0, whole) if self.in_office_hours else whole).tolist()
        return times


def open_in_year(clock: Clock, prepared: Prepared) -> int:
    """Open seconds of the year from the start of the scenario."""
    last = min(prepared.start + timedelta(days=YEAR), prepared.table.last)
    days = (last - prepared.start).days
    return clock.between(0, days * DAY) * YEAR // max(days, 1)
