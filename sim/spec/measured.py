"""What a place's own records say, in the place of what is assumed of every place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.spec.attributes import Attribute
from sim.spec.base import Id, Model, Prose
from sim.spec.durations import Duration, Factor, Share
from sim.spec.practice import ByIssuer, DeficiencyByIssuer
from sim.spec.shapes import OfMonths, OfWeekdays, refuse_empty
from sim.spec.sources import Source, Sourced


class MeasuredPractice(Model):
    """The parts of the practice rule that were measured; what is left out is assumed as before."""

    pace: Factor | None = None
    """Share of its limit that an office takes from acceptance to decision."""
    overdue: Share | None = None
    """Share of the decisions that overrun the limit."""
    overrun: Factor | None = None
    """How far an overrun goes, as a factor of the limit."""
    work_share: Share | None = None
    """Share of the handling time in which officers work on the case."""
    check: Duration | None = None
    """Window's time to check an application for completeness."""
    prepare: ByIssuer | None = None
    """Applicant's time to get one material ready."""
    deficiency: DeficiencyByIssuer | None = None
    """Probability that one material is deficient when handed in."""
    correction: Duration | None = None
    """Applicant's time to put deficient materials right, per round."""


class MeasuredDemand(Sourced):
    """How many cases came."""

    per_year: Annotated[float, Field(gt=0)]
    """Cases a year."""


class MeasuredSeason(Sourced):
    """In which months, and on which days of the week, they came."""

    by_month: OfMonths | None = None
    """How the cases of a year are shared out among January to December, as relative numbers of cases."""
    by_weekday: OfWeekdays | None = None
    """How many came on a Monday, Tuesday, … on which the office was open, relative to one another."""

    @model_validator(mode="after")
    def _any(self) -> MeasuredSeason:
        given = [name for name in ("by_month", "by_weekday") if getattr(self, name) is not None]
        if not given:
            raise ValueError("a season is told by months or by weekdays, found none; give one of by_month, by_weekday")
        for name in given:
            refuse_empty(name, getattr(self, name))
        return self


class MeasuredRate(Sourced):
    """How often a check fails."""

    rate: Annotated[float, Field(ge=0, lt=1)]
    """Share of attempts that fail."""


class MeasuredStep(Model):
    """What was measured of one step."""

    pace: Factor | None = None
    """Share of its limit that the office takes in this step."""
    refused: Share | None = None
    """Share of cases refused."""
    fails: MeasuredRate | None = None
    """How often the case comes back."""
    correction: Duration | None = None
    """Time before a failed case comes back."""
    extension: Share | None = None
    """Share of the decisions whose limit was extended (延长审批)."""
    special: Duration | None = None
    """Time of the one special procedure inside the step."""
    special_share: Share | None = None
    """Share of the applications with the one special procedure of the step."""
    promise: Share | None = None
    """Share of the applicants who chose 告知承诺."""
    promise_time: Duration | None = None
    """Time from acceptance to a decision on a promise."""
    deferral: Share | None = None
    """Share of the decisions with papers to follow (容缺受理)."""


class MeasuredProcess(Model):
    """What was measured of one process."""

    demand: MeasuredDemand | None = None
    """How many cases came."""
    season: MeasuredSeason | None = None
    """In which months, and on which days of the week, they came."""
    online: Share | None = None
    """Share of the applications made without a visit."""
    attributes: dict[Id, Attribute] = {}
    """Attribute → how the cases were in it."""
    steps: dict[Id, MeasuredStep] = {}
    """Step → what was measured of it."""


class MeasuredCount(Sourced):
    """How many officers there are."""

    count: Annotated[int, Field(ge=1)]
    """Number of officers."""
    other: Share | None = None
    """Share of their time that matters outside the process take."""


class Measured(Model):
    """What the records of a place say; it stands in for assumptions, and for nothing that has another source."""

    id: Id
    """The place, and the file's name without its ending."""
    summary: Prose
    """From which records, in a line."""
    sources: dict[Id, Source] = {}
    """The measurements: kind `statistic`, with file hash, period, number, interval and method."""
    practice: MeasuredPractice = MeasuredPractice()
    """The practice of the place."""
    staff: dict[Id, dict[Id, MeasuredCount]] = {}
    """Department → role → its officers."""
    processes: dict[Id, MeasuredProcess] = {}
    """Process → what was measured of it."""
