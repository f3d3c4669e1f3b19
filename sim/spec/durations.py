"""Lengths of time, shares and factors, each with its evidence."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.core.workdays import DAY
from sim.spec.amounts import Amount, Array, mean, values
from sim.spec.sources import Sourced

SECONDS = {"minutes": 60, "hours": 3600, "calendar_days": DAY}
"""Seconds of each unit but the working day, whose length a place states with its office hours."""
CALENDAR_TO_WORKING_DAYS = 5 / 7
"""Working days per calendar day, as a week has them; for adding limits that are written in both."""
OFFICE_DAY = 8 * 3600
"""Seconds of the usual working day (国务院关于职工工作时间的规定 第三条), to compare limits by."""
UNITS = ("minutes", "hours", "days", "calendar_days")

Unit = Literal["minutes", "hours", "days", "calendar_days"]


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
        return self

    @property
    def unit(self) -> Unit:
        """The unit it is written in."""
        return next(u for u in ("minutes", "hours", "days", "calendar_days") if getattr(self, u) is not None)

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
        found = values(self.amount, u) * SECONDS.get(self.unit, day)
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


class Factor(Sourced):
    """A factor, or a distribution of factors, with its evidence."""

    factor: Amount
    """The factor."""
