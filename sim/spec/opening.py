"""Opening hours as a planner writes them: periods of the day, by weekday and season."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.core.hours import Hours, MonthDay, Pattern, Periods
from sim.spec.base import Model
from sim.spec.sources import Sourced

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKEND = ("sat", "sun")
Period = Annotated[str, Field(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]
PeriodsOfDay = Annotated[tuple[Period, ...], Field(min_length=1, strict=False)]


class Season(Model):
    """Hours that hold from a date on, every year, until the next season begins."""

    from_: Annotated[str, Field(alias="from", pattern=r"^\d\d-\d\d$")]
    """Day on which it begins, MM-DD."""
    periods: PeriodsOfDay
    """Periods of an open day in this season."""
    weekdays: dict[Weekday, PeriodsOfDay] = {}
    """Weekday → its periods, where they differ."""

    @property
    def month_day(self) -> MonthDay:
        """The month and the day on which it begins."""
        return int(self.from_[:2]), int(self.from_[3:])

    @model_validator(mode="after")
    def _right(self) -> Season:
        if not _in_leap_year(self.month_day):
            raise ValueError(f"wanted a day of the year MM-DD, found {self.from_!r}")
        _check((self.periods, *self.weekdays.values()))
        return self


class Opening(Sourced):
    """Opening hours."""

    periods: PeriodsOfDay | None = None
    """Periods of an open day, such as 09:00-12:00; left out where `seasons` give them."""
    weekdays: dict[Weekday, PeriodsOfDay] = {}
    """Weekday → its periods, where they differ; a weekend day worked for a holiday (调休) has the usual ones."""
    seasons: Annotated[tuple[Season, ...], Field(strict=False)] = ()
    """Hours by season (夏令时间, 冬令时间), in place of `periods` and `weekdays`."""
    days: Literal["workdays", "every_day"] | Annotated[tuple[Weekday, ...], Field(strict=False)] = "workdays"
    """`workdays` (Chinese working days with 调休), `every_day`, or the weekdays among the working days."""
    also: Annotated[tuple[Weekday, ...], Field(strict=False)] = ()
    """Extra service days, such as sun (周日开放); service time, not working days."""

    @model_validator(mode="after")
    def _right(self) -> Opening:
        if (self.periods is None) == (not self.seasons):
            raise ValueError("hours are given by periods or by seasons; give one of the two")
        _check(((self.periods or ()), *self.weekdays.values()))
        if not (self.days or self.also):
            raise ValueError("an office opens on some day, found none; name one in days or also")
        if self.seasons:
            self._check_seasons()
        for weekday in [*self.weekdays, *(day for season in self.seasons for day in season.weekdays)]:
            if not self.opens_on(weekday):
                raise ValueError(f"{weekday} has periods of its own but is no open day; add it to also, or take it out")
        return self

    def _check_seasons(self) -> None:
        if self.weekdays:
            raise ValueError("with seasons, each has weekdays of its own; write them there")
        first = [season.from_ for season in self.seasons]
        if len(first) == 1 or first != sorted(set(first)):
            raise ValueError(f"seasons are two or more, in the order of the year, found {', '.join(first)}")

    def opens_on(self, weekday: Weekday) -> bool:
        """Whether the hours hold on all such days that are no holidays."""
        if self.days == "every_day" or weekday in self.also:
            return True
        # Of the days at the weekend only those are working days on which a holiday is made up for.
        return weekday not in WEEKEND and (self.days == "workdays" or weekday in self.days)


def out_of_order(periods: tuple[str, ...]) -> str:
    """What is wrong with the periods of a day, or ""."""
    ends = [clock for period in periods for clock in period.split("-")]
    if wrong := next((clock for clock in ends if clock[3:] > "59"), None):
        return f"wanted a time of day HH:MM, found {wrong!r}"
    if ends != sorted(ends) or len(set(ends)) != len(ends) or ends[-1:] > ["24:00"]:
        return f"periods must follow one another within the day, found {', '.join(periods)}"
    return ""


def _check(days: Iterable[tuple[str, ...]]) -> None:
    """Raise ValueError where the periods of a day are not in order."""
    if wrong := next(filter(None, map(out_of_order, days)), None):
        raise ValueError(wrong)


def _in_leap_year(day: MonthDay) -> bool:
    try:
        date(2000, *day)
    except ValueError:
        return False
    return True


def second_of_day(clock: str) -> int:
    """The second of the day that a clock shows, as HH:MM."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def periods_of(written: Iterable[str]) -> Periods:
    """Periods in seconds of the day."""
    return tuple((second_of_day(a), second_of_day(b)) for a, b in (period.split("-") for period in written))


def hours_of(opening: Opening) -> Hours:
    """The opening hours in seconds of the day."""
    days = opening.days if isinstance(opening.days, str) else numbers_of(opening.days)
    seasons = [(season.month_day, Pattern(periods_of(season.periods), _own(season))) for season in opening.seasons]
    return Hours(periods_of(opening.periods or ()), days, numbers_of(opening.also), _own(opening), tuple(seasons))


def numbers_of(weekdays: Iterable[Weekday]) -> frozenset[int]:
    """Weekdays by number, 0 Monday to 6 Sunday."""
    return frozenset(map(WEEKDAYS.index, weekdays))


def _own(part: Opening | Season) -> tuple[tuple[int, Periods], ...]:
    return tuple((WEEKDAYS.index(day), periods_of(periods)) for day, periods in part.weekdays.items())
