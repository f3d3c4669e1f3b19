"""A question: which processes, where, with which reforms, against which published targets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..durations import Amount, mean
from ..reforms.named import Reform
from .base import Id, Model, Name, Source, Sourced, Text

Statistic = Literal["mean", "p50", "p90", "maximum", "share_within", "mean_reduction", "total_reduction"]
Measure = Literal[
    "counted_days", "elapsed_days", "calendar_days", "promised_days", "statutory_days",
    "touchpoints", "materials", "trips", "forms", "prefilled_share", "no_visit_share", "one_visit_share",
    "on_time_share", "parallel_share", "revoked_share", "refused_share", "refused_days",
    "returned_share", "compression", "services", "yearly_cases", "sunday_cases",
]  # fmt: skip
"""What is measured of the cases; how is told by the metrics."""


PROCESSWISE = ("mean_reduction", "total_reduction")
"""Statistics that compare a variant with the first one, process by process."""


class Demand(Sourced):
    """How many cases of a process come, and when."""

    per_year: Annotated[float, Field(gt=0)] | None = None
    """Cases a year, arriving at random in office hours."""
    every_minutes: Amount | None = None
    """Minutes from one case to the next, day and night; a number or a distribution."""
    cases: Annotated[int, Field(ge=1)]
    """Cases simulated in one replication."""
    warm_up: Annotated[int, Field(ge=0)] = 0
    """First cases that load the system but are not measured."""

    @model_validator(mode="after")
    def _one_form(self) -> Demand:
        if (self.per_year is None) == (self.every_minutes is None):
            raise ValueError("demand is given per_year or by every_minutes; give one of the two")
        if self.every_minutes is not None and mean(self.every_minutes) <= 0:
            raise ValueError("cases come some minutes apart, found none between them; give more than 0")
        if self.warm_up >= self.cases:
            raise ValueError(f"warm_up must leave cases to measure, found {self.warm_up} of {self.cases}")
        return self


class Variant(Model):
    """The processes after some reforms, applied in order to the variant above it."""

    name: Name
    """What the variant is called."""
    start: Id | None = None
    """Variant it starts from; the one above when left out."""
    reforms: Annotated[tuple[Reform, ...], Field(strict=False)] = ()
    """Reforms, applied in the order written."""
    share: Annotated[float, Field(gt=0, le=1)] = 1
    """Share of the cases that go the reformed way; the others go the way of the variant it starts from."""
    source: Id | None = None
    """Where a share below 1 comes from."""


class Scope(Model):
    """Which part of a case a figure speaks of."""

    process: Id | None = None
    """Process it speaks of; the cases of all processes together when left out."""
    steps: Annotated[tuple[Id, ...], Field(strict=False)] | None = None
    """Steps it counts; all when left out."""
    exclude: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Kinds of steps left out, such as construction."""
    include: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Kinds of steps counted although they are not by nature, such as construction where the figure says so."""
    when: dict[Id, bool | str] = {}
    """Cases it speaks of, by attribute; all when left out."""


class Target(Sourced):
    """A published figure and its scope."""

    id: Text
    """Number of the figure, such as T001."""
    name: Name
    """What the figure says."""
    measure: Measure
    """Measure it is held against."""
    statistic: Statistic = "mean"
    """Mean, quantile or maximum of the cases, the share of them within `limit`, or how far the measure came down
    against the first variant: the mean of the processes' reductions, or the reduction of their sum."""
    at_most: float | None = None
    """Highest value that meets it."""
    at_least: float | None = None
    """Lowest value that meets it."""
    limit: float | None = None
    """For `share_within`: the value within which the cases are counted."""
    unit: Literal["工作日", "天", "自然日", "个", "件", "次", "项", "%", "小时"]
    """Unit as published."""
    scope: Scope = Scope()
    """Which part of a case it speaks of."""
    variant: Id = "after"
    """Variant it is held against."""
    published_before: float | None = None
    """Figure published for the state before, if any."""
    known_miss: Text | None = None
    """Why this figure is missed: `check` then expects the miss and fails when the verdict changes."""

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("a target is at_most or at_least a value; give one of the two")
        if (self.statistic == "share_within") != (self.limit is not None):
            raise ValueError("limit goes with statistic: share_within, and only with it")
        return self

    @property
    def bound(self) -> float:
        """The value that decides."""
        bound = self.at_least if self.at_most is None else self.at_most
        assert bound is not None
        return bound


class Runs(Model):
    """How many replications."""

    least: Annotated[int, Field(ge=2)] = 10
    """Replications made in any case."""
    most: Annotated[int, Field(ge=2)] = 60
    """Budget: replications after which an undecided verdict stays undecided."""


class Scenario(Model):
    """A question asked of one place."""

    id: Id
    """The file's name without its ending."""
    name: Name
    """What is asked."""
    headline: bool = False
    """Whether `run.py` alone runs it."""
    place: Id
    """Place it is asked of."""
    start: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    """Date on which the first case may arrive, YYYY-MM-DD."""
    calendar: Text | None = None
    """Overlay file for years the calendar does not know, relative to the scenario."""
    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    demand: Annotated[dict[Id, Demand], Field(min_length=1)]
    """Process → how many cases come."""
    variants: Annotated[dict[Id, Variant], Field(min_length=1)]
    """Variants, in order; the first is the baseline."""
    targets: Annotated[tuple[Target, ...], Field(strict=False)] = ()
    """Published figures to hold the result against."""
    runs: Runs = Runs()
    """How many replications."""
