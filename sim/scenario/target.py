"""A published figure to hold the model against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.records.statistics import SAME, STATISTICS, OfCases, OfVariants
from sim.records.units import PUBLISHED, Unit
from sim.scenario.figures import Figure
from sim.spec.base import Id, Name, Text
from sim.spec.scope import Scope
from sim.spec.sources import Sourced

if TYPE_CHECKING:
    MeasureId = str
    StatisticId = str
    PublishedUnitId = str
else:
    MeasureId = Literal[tuple(MEASURES)]
    StatisticId = Literal[tuple(STATISTICS)]
    PublishedUnitId = Literal[tuple(PUBLISHED)]

Direction = Literal["at_most", "at_least"]
SIGNS: dict[Direction, str] = {"at_most": "≤", "at_least": "≥"}


def meets(direction: Direction, bound: float, value: float) -> bool:
    """Whether a value is on the right side of a bound, the bound itself included."""
    return value <= bound + SAME if direction == "at_most" else value >= bound - SAME


class Target(Sourced):
    """A published figure and its scope."""

    id: Text
    """Number of the figure, such as T001."""
    name: Name
    """What the figure says."""
    measure: MeasureId
    """Measure it is held against."""
    statistic: StatisticId = "mean"
    """Mean, quantile or maximum of the cases, the share of them within `limit`, or how far the measure came down
    against the first variant: the mean of the processes' reductions, or the reduction of their sum."""
    unit: PublishedUnitId
    """Unit as published; one that the measure has, or hours for days. With `%`, 90, 90% and 0.9 are the same."""
    at_most: Figure | None = None
    """Highest value that meets it."""
    at_least: Figure | None = None
    """Lowest value that meets it."""
    limit: float | None = None
    """For `share_within`: the value within which the cases are counted."""
    scope: Scope = Scope()
    """Which part of a case it speaks of."""
    variant: Id = "after"
    """Variant it is held against."""
    published_before: Figure | None = None
    """Figure published for the state before, if any."""
    known_miss: Text | None = None
    """Why this figure is missed: `check` then expects the miss and fails when the verdict changes."""

    tells_nothing: Text | None = None
    """Why its verdict only says what went in; it is then told apart from those by which something is found. Seen
    without it: rows that the state before meets, whose limits the figure's source sets, or whose measure goes in."""

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("a target is at_most or at_least a value; give one of the two")
        if self.statistic_record.needs_limit != (self.limit is not None):
            limited = ", ".join(name for name, statistic in STATISTICS.items() if statistic.needs_limit)
            raise ValueError(f"limit goes with statistic: {limited}, and only with it")
        return self

    @property
    def measure_record(self) -> Measure:
        """The measure it is held against."""
        return MEASURES[self.measure]

    @property
    def statistic_record(self) -> OfCases | OfVariants:
        """The statistic it is held against."""
        return STATISTICS[self.statistic]

    @property
    def value_unit(self) -> Unit:
        """The unit of its bound and of every value held against it."""
        return self.statistic_record.unit(self.measure_record)

    @property
    def direction(self) -> Direction:
        """Whether it is the highest or the lowest value that meets it."""
        return "at_least" if self.at_most is None else "at_most"

    @property
    def sign(self) -> str:
        """The sign before its bound."""
        return SIGNS[self.direction]

    @property
    def bound(self) -> float:
        """The value that decides."""
        bound = self.at_least if self.at_most is None else self.at_most
        assert bound is not None
        return bound

    @property
    def miss_on_record(self) -> bool:
        """Whether it is expected to be missed."""
        return self.known_miss is not None

    def meets(self, value: float) -> bool:
        """Whether a value meets it, the bound itself included."""
        return meets(self.direction, self.bound, value)
