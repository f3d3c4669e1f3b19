"""When a panel sits, and which sitting a file comes to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import CalendarError
from sim.core.sittings import LAST, Days, Sittings
from sim.engine.panel import Panel

from .test_workdays import DAY, EPOCH, HOUR, LAW, TABLE, TUESDAYS, at, said


@pytest.mark.parametrize(
    ("t", "sits"),
    [
        ("2024-01-01 00:00", "2024-01-02 14:00"),
        ("2024-01-02 14:00", "2024-01-02 14:00"),
        ("2024-01-02 14:00:01", "2024-01-09 14:00"),
        ("2024-02-06 15:00", "2024-02-20 14:00"),  # Tuesday the 13th lies in Spring Festival
    ],
)
def test_a_panel_sits_on_its_weekday_unless_it_is_a_holiday(t: str, sits: str) -> None:
    """The next sitting of a Tuesday panel is at 14:00 of the next Tuesday that is a working day."""
    assert said(TUESDAYS.next(at(t))) == sits


def test_a_make_up_day_counts_as_its_own_weekday() -> None:
    """A Thursday and Sunday panel sits on the make-up Sunday but on no plain Sunday."""
    panel = Sittings(TABLE, Days(frozenset({3, 6})), 9 * HOUR, EPOCH)
    sittings = [said(panel.next(at(f"2024-02-{day:02} 00:00"))) for day in (2, 5, 9, 19)]
    assert sittings == ["2024-02-04 09:00", "2024-02-08 09:00", "2024-02-18 09:00", "2024-02-22 09:00"]


def test_a_panel_needs_a_day() -> None:
    """A panel that sits on no day is refused."""
    with pytest.raises(CalendarError) as error:
        Days()
    assert str(error.value) == "a panel sits on some day, found none"


def held(days: Days, first: str, count: int, **more: object) -> list[str]:
    """Return the dates of the next sittings, month and day, from the morning of a day on."""
    panel = Sittings(TABLE, days, 9 * HOUR, EPOCH, **more)
    number = panel.first(at(f"{first} 00:00"))
    return [said(panel.moment(number + n))[5:10] for n in range(count)]


@pytest.mark.parametrize(
    ("days", "dates"),
    [
        # Tuesday 13 February 2024 and Friday 31 January 2025 lie in Spring Festival.
        (Days(frozenset({1}), frozenset({1, 3})), ["02-06", "02-20", "03-05", "03-19", "04-02", "04-16"]),
        (Days(frozenset({1}), frozenset({2})), ["03-12", "04-09", "05-14", "06-11", "07-09", "08-13"]),
        (Days(frozenset({4}), frozenset({LAST})), ["02-23", "03-29", "04-26", "05-31", "06-28", "07-26"]),
        (Days(frozenset({4}), frozenset({5})), ["03-29", "05-31", "08-30", "11-29", "05-30", "08-29"]),
        (Days(frozenset({0, 4}), frozenset({1})), ["02-02", "02-05", "03-01", "03-04", "04-01", "05-06"]),
        # 10 February is in the holiday that lasts to the 17th; 25 February and 10 March are Sundays.
        (Days(dates=frozenset({10, 25})), ["02-18", "02-26", "03-11", "03-25", "04-10", "04-25"]),
        (Days(dates=frozenset({31})), ["04-01", "05-31", "07-31", "09-02", "10-31", "12-31"]),
        (Days(dates=frozenset({24, 25})), ["02-26", "03-25", "04-24", "04-25", "05-24", "05-27"]),
    ],
)
def test_a_panel_sits_on_days_of_the_month(days: Days, dates: list[str]) -> None:
    """A weekday that is a day off is left out; a date moves on, and two that meet are one sitting."""
    assert held(days, "2024-02-01", 6) == dates


def test_a_panel_does_not_sit_where_its_department_is_closed() -> None:
    """Closed on Tuesday 5 March and on Wednesday the 20th: the weekday is left out, the date moves on."""
    closed = frozenset({date(2024, 3, 5), date(2024, 3, 20)})
    assert held(Days(frozenset({1})), "2024-03-01", 2, closed=closed) == ["03-12", "03-19"]
    assert held(Days(dates=frozenset({20})), "2024-03-01", 2, closed=closed) == ["03-21", "04-22"]


@pytest.mark.parametrize(
    ("t", "notice", "calendar", "sits"),
    [
        ("2024-03-14 23:59", 3, False, "2024-03-19 14:00"),  # Thursday; Friday, Monday, Tuesday are three working days
        ("2024-03-15 00:00", 3, False, "2024-03-26 14:00"),
        ("2024-03-16 12:00", 3, True, "2024-03-19 14:00"),  # Saturday; Sunday, Monday, Tuesday are three days
        ("2024-03-17 00:00", 3, True, "2024-03-26 14:00"),
        ("2024-03-18 23:59", 1, False, "2024-03-19 14:00"),
        ("2024-03-19 14:00", 0, False, "2024-03-19 14:00"),
        ("2024-04-30 12:00", 3, False, "2024-05-14 14:00"),  # only the 6th and 7th of May are between
        ("2024-04-29 12:00", 3, False, "2024-05-07 14:00"),
    ],
)
def test_a_file_is_there_in_time(t: str, notice: int, calendar: bool, sits: str) -> None:
    """Three days before is day 0, whatever the hour: the sitting is on the third working or calendar day after."""
    panel = Sittings(TABLE, Days(frozenset({1})), 14 * HOUR, EPOCH, notice=notice, calendar=calendar)
    assert said(panel.next(at(t))) == sits


@LAW
@given(st.frozensets(st.integers(0, 4), min_size=1), st.integers(0, 12), st.booleans(), st.integers(0, 700 * DAY))
def test_no_earlier_sitting_would_do(weekdays: frozenset[int], notice: int, calendar: bool, t: int) -> None:
    """The sitting has the notice it asks for, and that before it has not, or is over."""
    panel = Sittings(TABLE, Days(weekdays), 9 * HOUR, EPOCH, notice=notice, calendar=calendar)
    number = panel.first(t)

    def in_time(sitting: int) -> bool:
        there, held = (EPOCH + timedelta(days=second // DAY) for second in (t, panel.moment(sitting)))
        days = (held - there).days if calendar else TABLE.workdays_after(there, held)
        return t <= panel.moment(sitting) and (days >= notice or not notice)

    assert in_time(number)
    assert number == 0 or not in_time(number - 1)


def test_a_sitting_takes_so_many_files_and_the_others_come_to_the_next() -> None:
    """Two at a sitting: five of one morning take three Tuesdays, and one that is too late for them the fourth."""
    panel = Panel(Sittings(TABLE, Days(frozenset({1})), 14 * HOUR, EPOCH, at_most=2))
    moments = ["2024-03-04 09:00"] * 5 + ["2024-03-19 15:00", "2024-03-19 15:00", "2024-03-19 15:00"]
    taken = [said(panel.take(at(moment)))[5:10] for moment in moments]
    assert taken == ["03-05", "03-05", "03-12", "03-12", "03-19", "03-26", "03-26", "04-02"]


def test_sittings_end_with_the_calendar() -> None:
    """A panel that is full up to the last known year is told as any other date is."""
    panel = Panel(Sittings(TABLE, Days(dates=frozenset({31})), 9 * HOUR, EPOCH, at_most=1))
    assert said(panel.take(at("2026-12-20 09:00"))) == "2026-12-31 09:00"
    with pytest.raises(CalendarError) as error:
        panel.take(at("2026-12-20 09:00"))
    assert str(error.value) == "2027-01-01 is outside the calendar, which knows 2004 to 2026"
