"""Cases come as a year's rhythm says: months, weekdays and hours have their shares, and the year has all of them."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import CalendarError
from sim.core.holidays import day_table
from sim.core.hours import Hours, Pattern
from sim.core.workdays import DAY, Clock
from sim.engine.rhythm import HOUR, Rhythm, Shape, rhythm

TABLE, START, YEAR = day_table(), date(2024, 3, 4), 365
OFFICE = Hours(((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)))
RUSH = (1.0,) * 5 + (3.0,) * 3 + (1.0,) * 4
MONDAYS = (3.0, 1.0, 1.0, 1.0, 1.0, 0.0, 2.0)
FORENOON = (0.0,) * 9 + (4.0, 2.0, 1.0, 5.0, 1.0, 0.5, 0.5) + (0.0,) * 8
"""Four parts from 9, two from 10, one from 11; the five at noon are closed; one from 13, halves from 14 and 15."""


def at(text: str) -> int:
    """The second of a local time."""
    return int((datetime.fromisoformat(text) - datetime.combine(START, datetime.min.time())).total_seconds())


def made(office: Hours = OFFICE, **shape: tuple[float, ...]) -> Rhythm:
    """The rhythm of a shape from Monday 4 March 2024 on."""
    return rhythm(Shape(**shape), office, TABLE, START, YEAR)


def part(found: Rhythm, first: str, end: str) -> float:
    """How much of a year's cases comes between two moments."""
    return found.expected(at(end)) - found.expected(at(first))


def test_without_a_shape_cases_come_evenly_in_office_hours() -> None:
    """A year from the start has all of them, and each open second as many as any other."""
    found, clock = made(), Clock(TABLE, OFFICE, START)
    open_ = clock.between(0, YEAR * DAY)
    assert found.expected(YEAR * DAY) == pytest.approx(1)
    for t in (0, at("2024-03-04 10:30"), at("2024-05-02 12:00"), at("2025-01-31 23:00"), at("2026-02-17 09:00")):
        assert found.expected(t) == pytest.approx(clock.between(0, t) / open_)
    shares = np.array([0.001, 0.25, 0.6, 1.7])
    assert found.reached(shares).tolist() == [clock.add(0, round(share * open_)) for share in shares]


def test_a_month_has_its_share_of_the_years_cases() -> None:
    """Nine of eighteen parts come from June to August, one in February with 18 working days as in March with 21."""
    found = made(months=RUSH)
    assert part(found, "2024-06-01", "2024-09-01") == pytest.approx(9 / 18)
    assert part(found, "2025-02-01", "2025-03-01") == pytest.approx(1 / 18)
    assert part(found, "2025-03-01", "2025-04-01") == pytest.approx(1 / 18)
    assert part(found, "2025-01-01", "2026-01-01") == pytest.approx(1)
    # From the 4th on March 2024 has 20 of its 21 working days.
    assert part(found, "2024-03-04", "2024-04-01") == pytest.approx(20 / 21 / 18)


def test_a_weekday_has_as_many_cases_as_it_weighs() -> None:
    """In the week of 15 April a Monday has three of seven parts; the make-up Sunday 28 April counts as a Sunday."""
    found = made(weekdays=MONDAYS)
    week = part(found, "2024-04-15", "2024-04-22")
    assert part(found, "2024-04-15", "2024-04-16") == pytest.approx(3 / 7 * week)
    assert part(found, "2024-04-28", "2024-04-29") == pytest.approx(2 / 7 * week)
    assert part(found, "2024-05-11", "2024-05-12") == 0  # a Saturday that is worked
    assert found.expected(YEAR * DAY) == pytest.approx(1)


def test_an_hour_has_its_share_of_the_days_cases() -> None:
    """Of nine open parts four come from 9 to 10, none at noon, half a part from 15 to 16 and none after it."""
    found = made(hours=FORENOON)
    day = part(found, "2024-04-15", "2024-04-16")
    expected = {9: 4, 10: 2, 11: 1, 12: 0, 13: 1, 14: 0.5, 15: 0.5, 16: 0}
    for hour, parts in expected.items():
        found_here = part(found, f"2024-04-15 {hour:02}:00", f"2024-04-15 {hour + 1:02}:00")
        assert found_here == pytest.approx(parts / 9 * day, abs=1e-12)
    assert part(found, "2024-04-15 09:00", "2024-04-15 09:15") == pytest.approx(1 / 9 * day)


def test_an_hour_that_is_open_in_part_has_its_whole_share() -> None:
    """Open from 8:30, the part of the hour from 8 comes in half an hour; in winter, from 9 on, others share the day."""
    hours = tuple(2.0 if hour in (8, 9) else 0.0 for hour in range(24))
    summer, winter = ((8 * HOUR + 1800, 11 * HOUR),), ((9 * HOUR, 11 * HOUR),)
    found = made(Hours(seasons=(((5, 1), Pattern(summer)), ((10, 1), Pattern(winter)))), hours=hours)
    for day, half in (("2024-07-01", "09:00"), ("2024-11-04", "09:30")):
        whole = part(found, day, f"{day} 23:00")
        assert part(found, day, f"{day} {half}") == pytest.approx(whole / 2)


def test_all_at_once() -> None:
    """June has 3 of 18 parts; of its 19 working days 3 are Mondays: each has 3 of 25 of it, and from 9 on 4 of 9."""
    found = made(months=RUSH, weekdays=MONDAYS, hours=FORENOON)
    assert part(found, "2024-06-17 09:00", "2024-06-17 10:00") == pytest.approx(3 / 18 * 3 / 25 * 4 / 9)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    st.just(()) | st.lists(st.floats(0.01, 5), min_size=12, max_size=12).map(tuple),
    st.just(()) | st.lists(st.floats(0.01, 5), min_size=7, max_size=7).map(tuple),
    st.just(()) | st.lists(st.floats(0.01, 5), min_size=24, max_size=24).map(tuple),
    st.lists(st.floats(0, 20), max_size=9),
)
def test_what_has_come_leads_back(
    months: tuple[float, ...], weekdays: tuple[float, ...], hours: tuple[float, ...], passed: list[float]
) -> None:
    """What is expected by the moment at which so much has come is so much, and that moment is an open one."""
    found, clock = made(months=months, weekdays=weekdays, hours=hours), Clock(TABLE, OFFICE, START)
    moments = found.reached(np.array(passed))
    assert [found.expected(t) for t in moments] == pytest.approx(passed, abs=1e-5)
    assert all(clock.is_open(max(int(t) - 1, 0)) or clock.is_open(int(t)) for t in moments)
    year = part(found, "2025-01-01", "2026-01-01") if months else found.expected(YEAR * DAY)
    assert year == pytest.approx(1)


def test_the_rhythm_ends_with_the_calendar() -> None:
    """After 36 years and some months no date is known."""
    found = made()
    assert found.reached(np.array([36.0])).size == 1
    with pytest.raises(CalendarError) as error:
        found.reached(np.array([1.0, 38.0]))
    assert str(error.value) == "2061-01-01 is outside the calendar, which knows 2004 to 2060"
