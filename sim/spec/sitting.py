"""A panel that sits at fixed times."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.spec.base import Model
from sim.spec.opening import Weekday
from sim.spec.sources import Sourced

DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class Notice(Model):
    """How long before a sitting a file must be there, in one unit; the day on which it is there is day 0."""

    days: Annotated[int, Field(ge=1)] | None = None
    """Working days (工作日)."""
    calendar_days: Annotated[int, Field(ge=1)] | None = None
    """Calendar days (自然日)."""

    @model_validator(mode="after")
    def _one_unit(self) -> Notice:
        if (self.days is None) == (self.calendar_days is None):
            raise ValueError("a notice has one unit; give days or calendar_days")
        return self


class Sitting(Sourced):
    """Fixed times at which a panel sits; files wait for the next one, in the order in which they come.

    Steps of one department that write the same sittings are before one panel.
    """

    weekdays: Annotated[tuple[Weekday, ...], Field(strict=False)] = ()
    """Weekdays on which it sits, when they are working days."""
    of_month: Annotated[tuple[Literal[1, 2, 3, 4, 5, -1], ...], Field(strict=False)] = ()
    """Which of these weekdays in a month: 1 the first, 3 the third, -1 the last; all of them when left out."""
    dates: Annotated[tuple[DayOfMonth, ...], Field(strict=False)] = ()
    """Days of the month on which it sits instead; one that is no working day moves on to the next that is."""
    at: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    """Time of day at which it sits, HH:MM."""
    at_most: Annotated[int, Field(ge=1)] | None = None
    """Files that one sitting takes; any number when left out."""
    notice: Notice | None = None
    """How long before a sitting a file must be there; it may come until the panel sits when left out."""
