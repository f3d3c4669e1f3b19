"""A question: which processes, where, with which reforms, against which published targets."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, model_validator

from sim.reforms.register import Reform
from sim.scenario.target import Target
from sim.spec.amounts import mean
from sim.spec.base import Id, Model, Name, Text
from sim.spec.bounds import CASES, REPLICATIONS, YEARLY
from sim.spec.durations import Minutes
from sim.spec.place import PlaceChange
from sim.spec.sources import Source, Sourced

YEAR = 365
"""Days of a year of demand."""


class Demand(Sourced):
    """How many cases of a process come, and when."""

    per_year: Annotated[float, Field(gt=0, le=YEARLY)] | None = None
    """Cases a year, arriving at random in office hours."""
    every_minutes: Minutes | None = None
    """Minutes from one case to the next, day and night; a number or a distribution."""
    cases: Annotated[int, Field(ge=1, le=CASES)]
    """Cases simulated in one replication."""
    warm_up: Annotated[int, Field(ge=0)] = 0
    """First cases that load the system but are not measured."""

    @model_validator(mode="after")
    def _one_form(self) -> Demand:
        if (self.per_year is None) == (self.every_minutes is None):
            raise ValueError("demand is given per_year or by every_minutes; give one of the two")
        if self.every_minutes is not None and mean(self.every_minutes) <= 0:
            raise ValueError("cases come some minutes apart, found none between them; give more than 0")
        if self.every_minutes is not None and self.yearly > YEARLY:
            raise ValueError(f"at most {YEARLY:g} cases come in a year, found {self.yearly:g}; let more minutes pass")
        if self.warm_up >= self.cases:
            raise ValueError(f"warm_up must leave cases to measure, found {self.warm_up} of {self.cases}")
        return self

    @property
    def yearly(self) -> float:
        """Return how many cases come in a year, on average; without end where an assumption moved lets no time pass."""
        if self.per_year is not None:
            return self.per_year
        assert self.every_minutes is not None
        between = mean(self.every_minutes)
        return YEAR * 24 * 60 / between if between else math.inf


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
    demand: dict[Id, Annotated[float, Field(ge=0.001, le=1000)]] = {}
    """Process → how many times as fast its cases come as the scenario's `demand` says; the same cases with the same
    luck, and as in the variant it starts from when left out."""
    place: PlaceChange | None = None
    """What the place has otherwise: hours, staff, who acts for whom; before the reforms of this variant."""
    source: Id | None = None
    """Where a share below 1, or another demand, comes from."""


class Runs(Model):
    """How many replications."""

    least: Annotated[int, Field(ge=2, le=REPLICATIONS)] = 10
    """Replications made in any case."""
    most: Annotated[int, Field(ge=2, le=REPLICATIONS)] = 60
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
    """Overlay file, relative to the scenario: days that the built-in calendar has otherwise, or only projects."""
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
