"""When the cases come, and which of them are measured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.core.errors import PlannerError
from sim.core.workdays import DAY, Clock
from sim.engine.numbering import PlaceNumbers
from sim.engine.rhythm import Shape, rhythm
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import MOST_CASES, YEAR, Demand, Window
from sim.spec.amounts import values

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SPARE = 5
"""Standard deviations by which more cases are drawn at first than are expected."""


@dataclass(frozen=True)
class Coming:
    """The cases of one process that come in a replication, in order."""

    times: Ints
    warm_up: int
    """Cases before the first that is measured."""
    end: int
    """Cases up to the last that is measured."""
    between: tuple[int, int]
    """The moments between which the measured cases come."""


def coming(process: str, draws: Draws, place: PlaceNumbers, prepared: Prepared, faster: float = 1.0) -> Coming:
    """The cases of a process: so many as its demand says, or those that come in the weeks of the scenario's window.

    They come at random in office hours, or at stated intervals day and night, so many times faster; the n-th case is
    the same one however many come. Those that are listed come as they are listed.
    """
    scenario = prepared.scenario
    demand, window = scenario.demand[process], scenario.window
    if demand.arrivals is not None:
        times = _listed(tuple(demand.arrivals), prepared.start)
        return _within(window, times[: np.searchsorted(times, window.days * DAY)]) if window else _all(times, demand)
    stream = _Stream(demand, process, draws, place, prepared, faster)
    return stream.within(window) if window else stream.first()


def _all(times: Ints, demand: Demand) -> Coming:
    return Coming(times, demand.warm_up, len(times), (int(times[demand.warm_up]), int(times[-1])))


def _within(window: Window, times: Ints) -> Coming:
    start, end = (day * DAY for day in window.measured)
    first, after = np.searchsorted(times, (start, end))
    return Coming(times, int(first), int(after), (start, end))


@lru_cache(maxsize=16)
def _listed(arrivals: tuple[str, ...], start: date) -> Ints:
    """The seconds from the start of a day to each moment."""
    first = datetime.combine(start, time())
    seconds = [int((datetime.fromisoformat(moment) - first).total_seconds()) for moment in arrivals]
    return np.array(seconds, dtype=np.int64)


class _Stream:
    """The endless stream of the cases of one process."""

    def __init__(self, demand: Demand, process: str, draws: Draws, place: PlaceNumbers, prepared: Prepared,
                 faster: float) -> None:  # fmt: skip
        self.demand, self.process, self.draws, self.faster = demand, process, draws, faster
        self.office, self.prepared = place.office, prepared
        self.in_office_hours = demand.every_minutes is None
        shape = Shape(demand.by_month or (), demand.by_weekday or (), demand.by_hour or ())
        given = (shape, place.hours, prepared.table, prepared.start, YEAR)
        self.rhythm = None if shape == Shape() else rhythm(*given)

    def first(self) -> Coming:
        """So many cases as the demand says."""
        count = self.demand.cases
        assert count is not None, "a scenario has a window, or its demand a number of cases"
        return _all(self._moments(self._spent(count)), self.demand)

    def within(self, window: Window) -> Coming:
        """The cases of the weeks of a window, with those before and after that only load the system."""
        return _within(window, self._moments(self._spent_before(window.days * DAY)))

    def _spent_before(self, end: int) -> Floats:
        """As `_spent`, of all cases that come before a moment."""
        yearly = self.demand.yearly * self.faster
        if not yearly:
            return np.empty(0)
        last = self._passed(end)
        expected = min(yearly * (last if self.rhythm else end / (YEAR * DAY)), MOST_CASES)
        count = int(expected + SPARE * math.sqrt(expected)) + SPARE
        while count <= 2 * MOST_CASES:
            found = self._spent(count)
            if found[-1] >= last:
                return found[found < last]
            count *= 2
        raise PlannerError(f"more than {MOST_CASES} cases of {self.process} come in a replication; ask for fewer weeks")

    def _passed(self, end: int) -> float:
        """As much as `_spent` is by a moment."""
        if self.rhythm:
            return self.rhythm.expected(end)
        return self.office.between(0, end) if self.in_office_hours else end

    def _spent(self, count: int) -> Floats:
        """What has passed when each of so many cases comes: whole seconds, closed hours left out where they are.

        Where a year has a rhythm, it is the part of a year's cases that has come by then.
        """
        u = self.draws.uniform(count, self.process, "arrival")
        if self.demand.every_minutes is not None:
            return np.rint(np.cumsum(values(self.demand.every_minutes, u) * 60 / self.faster))
        assert self.demand.per_year is not None
        came, yearly = np.cumsum(-np.log1p(-u)), self.demand.per_year * self.faster
        if self.rhythm:
            return came / yearly
        return np.rint(came * open_in_year(self.office, self.prepared) / yearly)

    def _moments(self, spent: Floats) -> Ints:
        """When the cases come, in seconds since the start."""
        if self.rhythm:
            return self.rhythm.reached(spent)
        whole = spent.astype(np.int64)
        return self.office.add_many(0, whole) if self.in_office_hours else whole


def open_in_year(clock: Clock, prepared: Prepared) -> int:
    """Open seconds of the year from the start of the scenario."""
    first = prepared.scenario.asked_from
    days = (min(first + timedelta(days=YEAR), prepared.table.last) - first).days
    start = (first - prepared.start).days * DAY
    return clock.between(start, start + days * DAY) * YEAR // max(days, 1)
