"""Lengths of time, shares and factors, each with its evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.core.arrays import NDArray, np
from sim.core.workdays import DAY
from sim.spec.amounts import Amount, Array, Distribution, mean, nearly_all, values
from sim.spec.bounds import FACTOR, LONGEST, RETURNS, YEARS
from sim.spec.sources import Sourced

SECONDS = {"minutes": 60, "hours": 3600, "calendar_days": DAY}
"""Seconds of each unit but the working day, whose length a place states with its office hours."""
CALENDAR_TO_WORKING_DAYS = 5 / 7
"""Working days per calendar day, as a week has them; for adding limits that are written in both."""
OFFICE_DAY = 8 * 3600
"""Seconds of the usual working day (国务院关于职工工作时间的规定 第三条), to compare limits by."""
UNITS = ("minutes", "hours", "days", "calendar_days")

Unit = Literal["minutes", "hours", "days", "calendar_days"]
_CALENDAR: dict[Unit, float] = {"minutes": 60 * 4.2, "hours": 3600 * 4.2, "days": DAY * 7 / 5, "calendar_days": DAY}
"""About how many seconds of the calendar pass in a unit: of 168 hours a week, 40 are worked."""


def refuse_too_long(amount: Amount, unit: Unit) -> None:
    """Raise ValueError for a time of so many units that lasts longer than any stretch of a case, or may well do."""
    longest = nearly_all(amount)
    if longest * _CALENDAR[unit] > LONGEST:
        found = f"{longest:g} {unit}"
        if isinstance(amount, Distribution):
            found = f"one of ten thousand longer than {found}"
        raise ValueError(f"a time is at most {YEARS} years, found {found}; write a shorter one")


def _minutes(amount: Amount) -> Amount:
    refuse_too_long(amount, "minutes")
    return amount


Minutes = Annotated[Amount, AfterValidator(_minutes)]
"""Minutes, or a distribution of minutes."""


class Duration(Sourced):
    """A length of time in exactly one unit, with its evidence."""

    minutes: Amount | None = None
    """Working minutes."""
    hours: Amount | None = None
    """Working hours."""
    days: Amount | None = None
    """Working days (工作日), as long as the place's office hours."""
    calendar_days: Amount | None = None
    """Calendar days of 24 hours (自然日), running through nights, weekends and holidays."""

    @model_validator(mode="after")
    def _one_unit(self) -> Duration:
        given = [u for u in UNITS if getattr(self, u) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"a duration has one unit, found {found}; give one of {', '.join(UNITS)}")
        refuse_too_long(self.amount, self.unit)
        return self

    @property
    def unit(self) -> Unit:
        """The unit it is written in."""
        if self.minutes is not None:
            return "minutes"
        if self.hours is not None:
            return "hours"
        return "days" if self.days is not None else "calendar_days"

    @property
    def amount(self) -> Amount:
        """The number or distribution, in its unit."""
        amount: Amount = getattr(self, self.unit)
        return amount

    @property
    def in_calendar_time(self) -> bool:
        """Whether it runs through nights, weekends and holidays."""
        return self.calendar_days is not None

    def seconds(self, u: Array, day: int) -> NDArray[np.int64]:
        """The lengths at the quantiles `u` in whole seconds, where a working day has `day` seconds."""
        return self.in_seconds(values(self.amount, u), day)

    def in_seconds(self, lengths: Array, day: int) -> NDArray[np.int64]:
        """Lengths in its unit in whole seconds, where a working day has `day` seconds."""
        found = lengths * SECONDS.get(self.unit, day)
        return np.rint(found, out=found).astype(np.int64)

    def mean_working_days(self, day: int) -> float:
        """The mean in working days of `day` seconds; a calendar day is 5/7 of one."""
        amount = mean(self.amount)
        if self.in_calendar_time:
            return amount * CALENDAR_TO_WORKING_DAYS
        return amount * SECONDS.get(self.unit, day) / day


class Share(Sourced):
    """A share between 0 and 1, with its evidence."""

    share: Annotated[float, Field(ge=0, le=1)]
    """The share; 0.3 means thirty of a hundred."""


class Deficiency(Sourced):
    """A chance that has a limit, for what is deficient is handed in again, with its evidence."""

    share: Annotated[float, Field(ge=0, le=RETURNS)]
    """The share; with the highest allowed a paper comes back nineteen times on average."""


class Factor(Sourced):
    """A factor, or a distribution of factors, with its evidence."""

    factor: Amount
    """The factor."""

    @model_validator(mode="after")
    def _bounded(self) -> Factor:
        if nearly_all(self.factor) > FACTOR:
            raise ValueError(f"a factor is at most {FACTOR}, found {nearly_all(self.factor):g}; write a lower one")
        return self
