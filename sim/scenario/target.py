"""A published figure to hold the model against."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from sim.core.register import register
from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.records.statistics import SAME, STATISTICS, OfCases, OfVariants
from sim.records.units import PUBLISHED, Unit
from sim.scenario.figures import Figure
from sim.spec.base import Id, Name, Prose, Text
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


@dataclass(frozen=True)
class Direction:
    """How a value is held against a bound."""

    id: str
    """The key under which a target writes its bound."""
    name: Name
    sign: str
    plain: str
    """The sign where only ASCII is sure to be shown."""
    span: Callable[[float, float], tuple[float, float]]
    """From the bound and the tolerance: the lowest and the highest value that meet it."""


DIRECTIONS = register(
    (
        Direction("at_most", Name(zh="不超过", en="at most"), "≤", "<=", lambda bound, _: (-math.inf, bound)),
        Direction("at_least", Name(zh="不少于", en="at least"), "≥", ">=", lambda bound, _: (bound, math.inf)),
        Direction("equals", Name(zh="等于", en="equal to"), "=", "=", lambda bound, far: (bound - far, bound + far)),
    )
)
"""Every direction, by its id; a new one is one record above and the field of a target that it is written under."""


@dataclass(frozen=True)
class Wanted:
    """The values that meet a target."""

    direction: Direction
    bound: float
    tolerance: float = 0.0

    @property
    def lowest(self) -> float:
        """The lowest value that meets it; minus infinity where none is too low."""
        return self.direction.span(self.bound, self.tolerance)[0]

    @property
    def highest(self) -> float:
        """The highest value that meets it; infinity where none is too high."""
        return self.direction.span(self.bound, self.tolerance)[1]

    def meets(self, value: float) -> bool:
        """Whether a value meets it, the ends themselves included."""
        return self.lowest - SAME <= value <= self.highest + SAME

    def parts(self, one: float, other: float) -> bool:
        """Whether it lies between two values: one meets it and the other does not, or they miss it on both sides."""
        if self.meets(one) != self.meets(other):
            return True
        low, high = sorted((one, other))
        return low < self.lowest - SAME and high > self.highest + SAME


class Target(Sourced):
    """A published figure and its scope."""

    id: Text
    """Number of the figure, such as T001."""
    name: Name
    """What the figure says."""
    measure: MeasureId
    """Measure it is held against."""
    statistic: StatisticId = "mean"
    """Mean, standard deviation, quantile, smallest or largest of the cases, the share of them within `limit`, or how
    far the measure came down against the first variant: the mean of the processes' reductions, or the reduction of
    their sum."""
    unit: PublishedUnitId
    """Unit as published; one that the measure has, or hours for days. With `%`, 90, 90% and 0.9 are the same."""
    at_most: Figure | None = None
    """Highest value that meets it."""
    at_least: Figure | None = None
    """Lowest value that meets it."""
    equals: Figure | None = None
    """Value that meets it, give or take the `tolerance`: a published total that the model has to give back."""
    tolerance: Figure | None = None
    """For `equals`: how far a value may be from it, in the same unit; it is met exactly when left out."""
    limit: float | None = None
    """For `share_within`: the value within which the cases are counted."""
    scope: Scope = Scope()
    """Which part of a case it speaks of."""
    variant: Id = "after"
    """Variant it is held against."""
    published_before: Figure | None = None
    """Figure published for the state before, if any."""
    in_worlds: Annotated[float, Field(gt=0, le=1)] | None = None
    """Share of the worlds that the assumptions allow in which it must be met too, such as 0.8."""
    known_miss: Prose | None = None
    """Why this figure is missed: `check` then expects the miss and fails when the verdict changes."""

    known_undecided: Prose | None = None
    """Why no number of replications that anybody would wait for tells this figure from its bound: `check` then expects
    no verdict and fails when there is one."""

    tells_nothing: Prose | None = None
    """Why its verdict only says what went in; it is then told apart from those by which something is found. Seen
    without it: rows that the state before meets, whose limits the figure's source sets, or whose measure goes in."""

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if sum(getattr(self, direction) is not None for direction in DIRECTIONS) != 1:
            raise ValueError("a target is at_most or at_least a value, or equals one; give one of the three")
        if self.known_miss is not None and self.known_undecided is not None:
            raise ValueError("a figure is missed or it is too near to tell; take known_miss or known_undecided out")
        if self.tolerance is not None and self.equals is None:
            raise ValueError("tolerance says how far from equals a value may be; take it out, or write equals")
        if self.tolerance is not None and self.tolerance < 0:
            raise ValueError(f"tolerance is 0 or more, found {self.tolerance:g}")
        if self.statistic_record.needs_limit != (self.limit is not None):
            limited = ", ".join(name for name, statistic in STATISTICS.items() if statistic.needs_limit)
            raise ValueError(f"limit goes with statistic: {limited}, and only with it")
        return self

    @property
    def measure_record(self) -> Measure:
        """The measure it is held against."""
        return MEASURES[self.measure]

    @property
    def other_reading(self) -> Target | None:
        """The same figure in the other reading of its measure, under an id of its own; None where there is no other."""
        measure = self.measure_record.other_reading
        return self.model_copy(update={"id": f"{self.id} {measure}", "measure": measure}) if measure else None

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
        """How values are held against its bound."""
        return next(d for d in DIRECTIONS.values() if getattr(self, d.id) is not None)

    @property
    def bound(self) -> float:
        """The value that decides."""
        bound: float = getattr(self, self.direction.id)
        return bound

    @property
    def wanted(self) -> Wanted:
        """The values that meet it."""
        return Wanted(self.direction, self.bound, self.tolerance or 0.0)

    @property
    def on_record(self) -> Literal["missed", "undecided"] | None:
        """The verdict that is expected, where it is not met."""
        if self.known_undecided is not None:
            return "undecided"
        return None if self.known_miss is None else "missed"

    @property
    def record(self) -> Prose:
        """Why it is expected not to be met; "" where it is."""
        return self.known_miss or self.known_undecided or ""

    def meets(self, value: float) -> bool:
        """Whether a value meets it, the bound itself included."""
        return self.wanted.meets(value)
