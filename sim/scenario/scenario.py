"""A question: which processes, where, with which reforms, against which published targets."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from sim.reforms.register import Reform
from sim.scenario.costs import Cost
from sim.scenario.target import Target
from sim.spec.amounts import mean
from sim.spec.base import Id, Model, Name, Text
from sim.spec.bounds import CASES, REPLICATIONS, YEARLY
from sim.spec.durations import Minutes
from sim.spec.place import PlaceChange
from sim.spec.shapes import OfHours, OfMonths, OfWeekdays, refuse_empty
from sim.spec.sources import Source, Sourced

YEAR, WEEK = 365, 7
"""Days of a year of demand, and of a week of a window."""
MOST_CASES = 1_000_000
"""Cases of a process beyond which a replication asks for more memory than machines have."""


Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d$")]
SHAPES = ("by_month", "by_weekday", "by_hour")
FORMS = ("per_year", "every_minutes", "arrivals")


class Demand(Sourced):
    """How many cases of a process come, and when."""

    per_year: Annotated[float, Field(gt=0, le=YEARLY)] | None = None
    """Cases a year, arriving at random in office hours."""
    by_month: OfMonths | None = None
    """How the cases a year are shared out among January to December, as relative numbers of cases; each month has its
    part, however many working days it has."""
    by_weekday: OfWeekdays | None = None
    """How many come on a Monday, Tuesday, … on which the office is open, relative to one another."""
    by_hour: OfHours | None = None
    """How the cases of a day are shared out among the hours from 0 to 1, 1 to 2, … o'clock; those in which the office
    is closed have none."""
    shape_source: Id | None = None
    """Where `by_month`, `by_weekday` and `by_hour` come from, where that is not `source`: key of a source."""
    every_minutes: Minutes | None = None
    """Minutes from one case to the next, day and night; a number or a distribution."""
    arrivals: Annotated[tuple[Moment, ...], Field(min_length=1, strict=False)] | Text | None = None
    """When real cases came, day or night, YYYY-MM-DD HH:MM; or the name of a CSV file, relative to the scenario, with
    these times in a column `arrived`. Every replication has the same cases at the same times."""
    cases: Annotated[int, Field(ge=1, le=CASES)] | None = None
    """Cases simulated in one replication, where the scenario has no `window` and `arrivals` lists none."""
    warm_up: Annotated[int, Field(ge=0)] = 0
    """First of the `cases` that load the system but are not measured."""

    @model_validator(mode="after")
    def _one_form(self) -> Demand:
        given = [form for form in FORMS if getattr(self, form) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"demand is given in one way, found {found}; give one of {', '.join(FORMS)}")
        self._check_shape()
        if self.every_minutes is not None and mean(self.every_minutes) <= 0:
            raise ValueError("cases come some minutes apart, found none between them; give more than 0")
        if self.every_minutes is not None and self.yearly > YEARLY:
            raise ValueError(f"at most {YEARLY:g} cases come in a year, found {self.yearly:g}; let more minutes pass")
        if self.cases is not None and self.arrivals is not None:
            raise ValueError("with arrivals as many cases come as are listed; take cases out")
        if self.cases is not None and self.warm_up >= self.cases:
            raise ValueError(f"warm_up must leave cases to measure, found {self.warm_up} of {self.cases}")
        return self

    def _check_shape(self) -> None:
        shape = [form for form in SHAPES if getattr(self, form) is not None]
        if shape and self.per_year is None:
            raise ValueError(f"{shape[0]} shares out the cases a year; give per_year, or take it out")
        for form in shape:
            refuse_empty(form, getattr(self, form))
        if self.shape_source and not shape:
            raise ValueError("shape_source says where by_month, by_weekday or by_hour come from; add one of them")

    @property
    def yearly(self) -> float:
        """Return how many cases come in a year, on average; without end where an assumption moved lets no time pass."""
        if self.per_year is not None:
            return self.per_year
        if self.arrivals is not None:
            first, last = (date.fromisoformat(self.arrivals[n][:10]) for n in (0, -1))
            return len(self.arrivals) * YEAR / ((last - first).days + 1)
        assert self.every_minutes is not None
        between = mean(self.every_minutes)
        return YEAR * 24 * 60 / between if between else math.inf


class Window(Model):
    """The weeks of arrivals of a replication, the same for all processes; how many cases come in them is luck."""

    weeks: Annotated[int, Field(ge=1)]
    """Weeks, from `start` on, whose cases are measured."""
    warm_up: Annotated[int, Field(ge=0)] = 0
    """Weeks before `start` whose cases only load the system. As many weeks after the measured ones do so too, while a
    case is under way: the last that are measured meet queues as the first do."""

    @property
    def measured(self) -> tuple[int, int]:
        """Return the days after the first on which cases come on which measuring begins and ends."""
        return self.warm_up * WEEK, (self.warm_up + self.weeks) * WEEK

    @property
    def days(self) -> int:
        """Return the days on which cases come."""
        return (2 * self.warm_up + self.weeks) * WEEK


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
    """Replications made of every variant in any case."""
    most: Annotated[int, Field(ge=2, le=REPLICATIONS)] = 60
    """Budget of a variant: replications after which an undecided verdict on it stays undecided."""


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
    """Date on which the first case may arrive, of a window the first that is measured, YYYY-MM-DD."""
    calendar: Text | None = None
    """Overlay file, relative to the scenario (`calendars/mine.yaml` for `scenarios/calendars/mine.yaml`): days that the
    built-in calendar has otherwise, or only projects."""
    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    demand: Annotated[dict[Id, Demand], Field(min_length=1)]
    """Process → how many cases come."""
    window: Window | None = None
    """Weeks of arrivals that are simulated, the same for all processes; else each says its number of `cases`."""
    variants: Annotated[dict[Id, Variant], Field(min_length=1)]
    """Variants, in order; the first is the baseline."""
    targets: Annotated[tuple[Target, ...], Field(strict=False)] = ()
    """Published figures to hold the result against."""
    runs: Runs = Runs()
    """How many replications."""
    costs: dict[Text, Cost] = {}
    """What it would take to do something, by which `search` finds what is cheapest: a reform by its name, `staff.` and
    a department for an officer more, `hours` for a day more on which windows open. Where it is left out, the fewest
    changes are looked for."""

    @property
    def asked_from(self) -> date:
        """Return the date from which it asks."""
        return date.fromisoformat(self.start)

    @property
    def first_day(self) -> date:
        """Return the date on which cases begin to come: as long before the start as a window warms up."""
        return self.asked_from - timedelta(days=self.window.measured[0] if self.window else 0)

    @property
    def coming(self) -> float:
        """Return how many cases of all processes come in a replication, on average."""
        years = self.window.days / YEAR if self.window else 0.0
        return sum(d.yearly * years if years else d.cases or len(d.arrivals or ()) for d in self.demand.values())

    def meant(self, process: str | None) -> str:
        """Return the process that is meant, the only one if none is said; "" if that is none."""
        return process or (next(iter(self.demand)) if len(self.demand) == 1 else "")
