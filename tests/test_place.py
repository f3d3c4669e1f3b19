"""A place: its hours as seconds of the day, its staff and its departments."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.hours import Hours
from sim.spec.opening import Opening, hours_of, second_of_day
from sim.spec.place import Department, Place, StaffGroup

from .small import model


def opening(text: str) -> Opening:
    """Hours as a planner writes them."""
    found: Opening = model(f"{{{text}, source: guess}}", Opening)
    return found


@pytest.mark.parametrize(("clock", "second"), [("00:00", 0), ("00:01", 60), ("08:30", 30600), ("24:00", 86400)])
def test_a_clock_shows_a_second_of_the_day(clock: str, second: int) -> None:
    """Half past eight is 8 × 3600 + 30 × 60 seconds."""
    assert second_of_day(clock) == second


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ('periods: ["08:30-12:00", "14:15-18:00"]', Hours(((30600, 43200), (51300, 64800)))),
        ('periods: ["00:00-24:00"], days: every_day', Hours(((0, 86400),), "every_day")),
        (
            'periods: ["09:00-17:00"], days: [mon, sat], also: [sun]',
            Hours(((32400, 61200),), frozenset({0, 5}), frozenset({6})),
        ),
    ],
)
def test_hours_are_periods_of_seconds_on_numbered_weekdays(text: str, hours: Hours) -> None:
    """Monday is 0 and Sunday 6; nothing said of the days are working days."""
    assert hours_of(opening(text)) == hours


@pytest.mark.parametrize(
    "periods", ["12:00-09:00", "09:00-12:00, 11:00-13:00", "09:00-12:00, 12:00-13:00", "09:00-09:00", "20:00-24:01"]
)
def test_periods_that_overlap_or_touch_or_leave_the_day_are_refused(periods: str) -> None:
    """Two that touch are one; a day ends at 24:00."""
    listed = ", ".join(f'"{period}"' for period in periods.split(", "))
    with pytest.raises(ValidationError) as error:
        opening(f"periods: [{listed}]")
    message = f"Value error, periods must follow one another within the day, found {periods}"
    assert [e["msg"] for e in error.value.errors()] == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('periods: ["09:00-12:60"]', "wanted a time of day HH:MM, found '12:60'"),
        ('periods: ["09:00-12:00", "13:75-15:99"]', "wanted a time of day HH:MM, found '13:75'"),
        ('periods: ["09:00-12:00"], days: []',
         "an office opens on some day, found none; name one in days or also"),
    ],
)  # fmt: skip
def test_hours_of_no_time_of_day_or_of_no_day_are_refused(text: str, message: str) -> None:
    """An hour has 60 minutes; windows may open on Sundays alone, but not on no day."""
    with pytest.raises(ValidationError) as error:
        opening(text)
    assert [e["msg"] for e in error.value.errors()] == [f"Value error, {message}"]
    assert hours_of(opening('periods: ["09:00-11:59"], days: [], also: [sun]')) == Hours(
        ((32400, 43140),), frozenset(), frozenset({6})
    )


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (StaffGroup, {"hours": "office", "source": "guess"},
         "staff is given by a count or by a utilisation; give one of the two"),
        (StaffGroup, {"hours": "office", "source": "guess", "count": 2, "utilisation": 0.5},
         "staff is given by a count or by a utilisation; give one of the two"),
        (Department, {}, "a department has a name, or names the one that acts for it; give one of the two"),
        (Department, {"name": {"zh": "局", "en": "Bureau"}, "by": "bureau"},
         "a department has a name, or names the one that acts for it; give one of the two"),
    ],
)  # fmt: skip
def test_staff_and_departments_are_given_in_one_way(kind: Any, fields: dict[str, Any], message: str) -> None:
    """Neither of two ways, or both, are refused."""
    with pytest.raises(ValidationError) as error:
        kind.model_validate(fields)
    assert [e["msg"] for e in error.value.errors()] == [f"Value error, {message}"]


def test_the_department_that_acts_is_the_one_named_or_the_department_itself() -> None:
    """The planning office's seals are held by the bureau."""
    place: Place = model("""
id: town
name: {zh: 小城, en: Town}
hours: {}
departments: {bureau: {name: {zh: 局, en: Bureau}}, planning: {by: bureau}}
""", Place)  # fmt: skip
    assert (place.acting("planning"), place.acting("bureau")) == ("bureau", "bureau")
