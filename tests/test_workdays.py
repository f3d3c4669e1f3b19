import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import CalendarError
from sim.core.holidays import announced
from sim.core.hours import Hours, Pattern, Periods
from sim.core.sittings import Days, Sittings
from sim.core.workdays import DAY, Clock, DayTable, date_of

HOUR = 3_600
EPOCH = date(2024, 1, 1)
HORIZON = (date(2027, 1, 1) - EPOCH).days * DAY
NINE = ((9 * HOUR, 17 * HOUR),)
NINE_TO_FIVE = Hours(NINE)
WITH_NOON = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
WITH_LUNCH = ((9 * HOUR, 12 * HOUR), (13 * HOUR + 1_800, 17 * HOUR))
LAW = settings(derandomize=True, deadline=None)
TABLE = DayTable(2004, 2026, *announced())


def at(text: str) -> int:
    """Return the second of a local time such as "2024-02-09 15:00"."""
    return int((datetime.fromisoformat(text) - datetime(2024, 1, 1)).total_seconds())


def said(t: int) -> str:
    """Return the local time of a second, the inverse of `at`."""
    return f"{datetime(2024, 1, 1) + timedelta(seconds=t):%Y-%m-%d %H:%M}"


def clock(hours: Hours = NINE_TO_FIVE) -> Clock:
    """Return a clock of the known years from 1 January 2024."""
    return Clock(TABLE, hours, EPOCH)


def open_dates(hours: Hours, first: date, days: int) -> list[int]:
    """Return the days of the month, from `first` on, whose noon is open."""
    noons = [first + timedelta(days=n) for n in range(days)]
    return [day.day for day in noons if clock(hours).is_open((day - EPOCH).days * DAY + 11 * HOUR)]


# --- dates


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_of_its_state_council_notice(year: int, days: int) -> None:
    """Weekdays less weekday holidays plus make-up days: 262-19+8, 261-18+5 and 261-19+6."""
    assert TABLE.workdays_after(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_spring_festival_2024_is_as_announced() -> None:
    """10 to 17 February 2024 are off, Sundays 4 and 18 are on, 除夕 (the 9th) is an ordinary Friday."""
    days = [date(2024, 2, day) for day in range(1, 30)]
    working = [day.day for day in days if TABLE.is_workday(day)]
    assert working == [1, 2, 4, 5, 6, 7, 8, 9, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29]


@pytest.mark.parametrize(
    ("accepted", "days", "due"),
    [
        (date(2024, 1, 8), 0, date(2024, 1, 8)),
        (date(2024, 1, 8), 1, date(2024, 1, 9)),
        (date(2024, 1, 8), 5, date(2024, 1, 15)),
        (date(2024, 2, 8), 3, date(2024, 2, 19)),  # the 9th, Sunday the 18th, the 19th
        (date(2024, 9, 30), 5, date(2024, 10, 12)),  # 8 to 11 October, make-up Saturday the 12th
        (date(2024, 2, 3), 0, date(2024, 2, 3)),  # accepted on a Saturday off
        (date(2024, 2, 3), 1, date(2024, 2, 4)),
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
    ],
)
def test_the_legal_limit_counts_from_the_day_after_acceptance(accepted: date, days: int, due: date) -> None:
    """The day of acceptance is day 0, and the count to the due date gives the days back."""
    table = TABLE
    assert (table.due_date(accepted, days), table.workdays_after(accepted, due)) == (due, days)


@LAW
@given(st.dates(date(2004, 1, 1), date(2025, 12, 31)), st.integers(1, 200))
def test_due_date_is_the_first_date_with_the_count(accepted: date, days: int) -> None:
    """The due date is a working day, its count is the limit, and the day before has one less."""
    table = TABLE
    due = table.due_date(accepted, days)
    eve = due - timedelta(days=1)
    assert table.is_workday(due)
    assert (table.workdays_after(accepted, due), table.workdays_after(accepted, eve)) == (days, days - 1)


def test_no_working_days_lie_before_the_start() -> None:
    """A span that ends on or before its start has no working days."""
    assert TABLE.workdays_after(date(2024, 3, 8), date(2024, 3, 8)) == 0
    assert TABLE.workdays_after(date(2024, 3, 8), date(2024, 3, 1)) == 0


def test_date_of_changes_at_midnight() -> None:
    """A second belongs to the date whose 00:00 it has reached, before the epoch too."""
    dates = [date_of(EPOCH, t) for t in (-1, 0, DAY - 1, DAY)]
    assert dates == [date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 2)]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2024, 4, 29), 7, date(2024, 5, 6)),  # a Monday
        (date(2024, 4, 24), 7, date(2024, 5, 6)),  # 1 May; Labour Day lasts to Sunday the 5th
        (date(2024, 5, 6), 5, date(2024, 5, 11)),  # a Saturday that is worked
        (date(2024, 5, 6), 6, date(2024, 5, 13)),  # the Sunday after it
        (date(2024, 5, 6), 12, date(2024, 5, 20)),  # a plain Saturday
        (date(2025, 9, 21), 10, date(2025, 10, 9)),  # 1 October; National Day lasts to the 8th
        (date(2025, 9, 18), 10, date(2025, 9, 28)),  # a Sunday that is worked
        (date(2026, 1, 16), 30, date(2026, 2, 24)),  # 15 February; Spring Festival lasts to the 23rd
        (date(2026, 1, 15), 30, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2024, 2, 3), 1, date(2024, 2, 4)),  # from a Saturday to a Sunday that is worked
        (date(2024, 2, 3), 0, date(2024, 2, 3)),  # from a Saturday off
    ],
)
def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day(start: date, days: int, due: date) -> None:
    """The start is day 0, days off within count, and only a last day off moves on."""
    assert TABLE.due_calendar_date(start, days) == due


@LAW
@given(st.lists(st.tuples(st.dates(EPOCH, date(2025, 12, 31)), st.integers(0, 200)), max_size=20), st.booleans())
def test_due_dates_of_whole_arrays_are_those_of_each(limits: list[tuple[date, int]], calendar: bool) -> None:
    """The arrays give what the single dates give, whatever the number of days of each."""
    starts = np.array([(start - TABLE.first).days for start, _ in limits], dtype=np.int64)
    due = TABLE.due_many(starts, np.array([days for _, days in limits], dtype=np.int64), calendar)
    one = TABLE.due_calendar_date if calendar else TABLE.due_date
    assert due.tolist() == [(one(start, days) - TABLE.first).days for start, days in limits]


@pytest.mark.parametrize(
    ("start", "days", "calendar", "end"),
    [
        ("2024-04-29 10:00", 7, True, "2024-05-06 17:00"),
        ("2024-04-24 10:00", 7, True, "2024-05-06 17:00"),
        ("2024-05-06 23:00", 5, True, "2024-05-11 17:00"),
        ("2024-04-29 10:00", 5, False, "2024-05-09 17:00"),  # the 30th, 6 to 9 May
        ("2024-09-30 16:59", 5, False, "2024-10-12 17:00"),
        ("2024-02-08 09:00", 3, False, "2024-02-19 17:00"),
        ("2024-02-08 09:00", 0, False, "2024-02-08 17:00"),
    ],
)
def test_the_legal_time_is_up_when_business_closes(start: str, days: int, calendar: bool, end: str) -> None:
    """Whatever the hour at which it begins, the time runs to the closing of its last day."""
    found = clock().deadlines(np.array([at(start)]), days, calendar)
    assert [said(t) for t in found.tolist()] == [end]


@pytest.mark.parametrize("hours", [Hours.ALWAYS, Hours(NINE, days=frozenset({1, 3}))])
def test_without_business_the_legal_time_is_up_at_midnight(hours: Hours) -> None:
    """On a Monday on which a Tuesday and Thursday office is closed, and for a machine, the day ends at 24:00."""
    found = clock(hours).deadlines(np.array([at("2024-01-05 10:00")]), 1, False)
    assert [said(t) for t in found.tolist()] == ["2024-01-09 00:00"]


# --- the ends of the known


def outside(day: str) -> str:
    """Return what is said of a date past either end of the table."""
    return f"{day} is outside the calendar, which knows 2004 to 2026"


LATE = HORIZON + 5 * DAY + 9 * HOUR
TUESDAYS = Sittings(TABLE, Days(frozenset({1})), 14 * HOUR, EPOCH)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: TABLE.is_workday(date(2027, 3, 1)), outside("2027-03-01")),
        (lambda: TABLE.is_workday(date(2003, 12, 31)), outside("2003-12-31")),
        (lambda: TABLE.workdays_after(date(2026, 12, 1), date(2027, 1, 4)), outside("2027-01-04")),
        (lambda: TABLE.workdays_after(date(2003, 5, 1), date(2027, 1, 4)), outside("2027-01-04")),
        (lambda: TABLE.due_date(date(2026, 12, 30), 2), outside("2027-01-01")),
        (lambda: TABLE.due_date(date(2027, 2, 1), 0), outside("2027-02-01")),
        (lambda: TABLE.due_calendar_date(date(2026, 12, 30), 2), outside("2027-01-01")),
        (lambda: TABLE.due_calendar_date(date(2003, 12, 31), 0), outside("2003-12-31")),
        (lambda: Clock(TABLE, Hours.ALWAYS, date(2003, 6, 1)), outside("2003-06-01")),
        (lambda: Clock(TABLE, NINE_TO_FIVE, date(2027, 1, 1)), outside("2027-01-01")),
        (lambda: clock().add(at("2026-12-31 15:00"), 2 * HOUR + 1), outside("2027-01-01")),
        (lambda: clock().add(LATE, 1), outside("2027-01-06")),
        (lambda: clock().is_open(HORIZON), outside("2027-01-01")),
        (lambda: clock().is_open(LATE), outside("2027-01-06")),
        (lambda: clock().next_open(at("2026-12-31 17:00")), outside("2027-01-01")),
        (lambda: clock().between(0, HORIZON + 1), outside("2027-01-01")),
        (lambda: clock().between_many(np.array([0, 0]), np.array([1, LATE])), outside("2027-01-06")),
        (lambda: clock().between(0, 10**12), outside("9999-12-31")),
        (lambda: clock().deadlines(np.array([0, LATE]), 1, False), outside("2027-01-06")),
        (lambda: clock().deadlines(np.array([0, HORIZON - DAY]), 1, False), outside("2027-01-01")),
        (lambda: clock().deadlines(np.array([0, HORIZON - DAY]), 1, True), outside("2027-01-01")),
        (lambda: TUESDAYS.next(at("2026-12-29 14:01")), outside("2027-01-01")),
        (lambda: clock().is_open(-1), "2023-12-31 is before the first simulated day, 2024-01-01"),
        (lambda: clock().add(-DAY - 1, 1), "2023-12-30 is before the first simulated day, 2024-01-01"),
        (lambda: clock().next_open(-1), "2023-12-31 is before the first simulated day, 2024-01-01"),
        (
            lambda: clock().between_many(np.array([-1]), np.array([1])),
            "2023-12-31 is before the first simulated day, 2024-01-01",
        ),
        (lambda: TUESDAYS.next(-1), "2023-12-31 is before the first simulated day, 2024-01-01"),
    ],
)
def test_unknown_dates_are_named_and_never_guessed(call: Callable[[], object], message: str) -> None:
    """Every way past the known years, or before the epoch, ends in the date and what to do."""
    with pytest.raises(CalendarError) as error:
        call()
    assert str(error.value) == message


def test_the_last_known_day_can_be_used_up() -> None:
    """Work may end at the last closing time, and open time may be measured up to the last midnight."""
    hours = clock()
    assert said(hours.add(at("2026-12-31 15:00"), 2 * HOUR)) == "2026-12-31 17:00"
    assert hours.between(at("2026-12-31 15:00"), HORIZON) == 2 * HOUR


def test_time_cannot_be_taken_back() -> None:
    """Negative open time is refused."""
    with pytest.raises(ValueError, match=r"^seconds must be 0 or more, found -1$"):
        clock().add(0, -1)


# --- hours


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2024-01-12 15:00", 10, "2024-01-15 17:00"),  # an ordinary weekend
        ("2024-02-02 15:00", 10, "2024-02-04 17:00"),  # make-up Sunday before Spring Festival
        ("2024-02-09 15:00", 10, "2024-02-18 17:00"),  # 10 to 17 February off, make-up Sunday the 18th
        ("2024-05-10 15:00", 10, "2024-05-11 17:00"),  # make-up Saturday after Labour Day
        ("2024-02-11 03:00", 1, "2024-02-18 10:00"),  # begun within the holiday
        ("2024-01-12 17:00", 1, "2024-01-15 10:00"),  # begun at closing time
        ("2024-01-12 03:00", 0, "2024-01-12 03:00"),
    ],
)
def test_work_goes_on_in_opening_hours_only(start: str, hours: int, end: str) -> None:
    """Work goes on from 9 to 17 on working days only and ends at closing time when it fills the day."""
    assert said(clock().add(at(start), hours * HOUR)) == end
    assert clock().between(at(start), at(end)) == hours * HOUR


def test_lunch_interrupts_work() -> None:
    """With lunch from 12:00 to 13:30, an hour from 11:30 ends at 14:00 and half an hour at 12:00."""
    hours = clock(Hours(WITH_LUNCH))
    noon, two = hours.add(at("2024-01-12 11:30"), 1_800), hours.add(at("2024-01-12 11:30"), HOUR)
    assert (said(noon), said(two)) == ("2024-01-12 12:00", "2024-01-12 14:00")
    assert Hours(WITH_LUNCH).day_seconds == 6 * HOUR + 1_800


@pytest.mark.parametrize(
    ("t", "is_open", "following"),
    [
        ("2024-01-12 08:59", False, "2024-01-12 09:00"),
        ("2024-01-12 09:00", True, "2024-01-12 09:00"),
        ("2024-01-12 16:59", True, "2024-01-12 16:59"),
        ("2024-01-12 17:00", False, "2024-01-15 09:00"),
        ("2024-02-09 17:00", False, "2024-02-18 09:00"),
        ("2024-01-01 00:00", False, "2024-01-02 09:00"),
    ],
)
def test_a_closing_time_is_closed(t: str, is_open: bool, following: str) -> None:
    """Opening hours hold their first second and not their last."""
    assert (clock().is_open(at(t)), said(clock().next_open(at(t)))) == (is_open, following)


@pytest.mark.parametrize(
    ("hours", "february"),
    [
        (NINE_TO_FIVE, [1, 2, 4, 5, 6, 7, 8, 9, 18, 19, 20]),
        (Hours(NINE, also=frozenset({5})), [1, 2, 3, 4, 5, 6, 7, 8, 9, 18, 19, 20]),
        (Hours(NINE, days="every_day"), list(range(1, 21))),
        (Hours(NINE, days=frozenset({1, 3})), [1, 6, 8, 20]),
        (Hours(NINE, days=frozenset({1, 6})), [4, 6, 18, 20]),
        (Hours(NINE, days=frozenset(), also=frozenset({5})), [3]),
    ],
)
def test_opening_days(hours: Hours, february: list[int]) -> None:
    """A weekday set opens on working days only, an extra weekday on plain weekends but on no holiday."""
    assert open_dates(hours, date(2024, 2, 1), 20) == february


def test_sunday_service_is_open_but_no_working_day() -> None:
    """A window open on Sundays serves on Sunday 7 January, which the legal count leaves out."""
    hours = clock(Hours(NINE, also=frozenset({6})))
    assert said(hours.add(at("2024-01-05 15:00"), 10 * HOUR)) == "2024-01-07 17:00"
    assert not TABLE.is_workday(date(2024, 1, 7))
    assert TABLE.workdays_after(date(2024, 1, 5), date(2024, 1, 7)) == 0


def test_always_open_needs_no_calendar() -> None:
    """A machine that never closes counts every second, beyond the known years too."""
    hours = clock(Hours.ALWAYS)
    assert (hours.always, clock().always, Hours(((0, DAY),)).always) == (True, False, False)
    assert (hours.add(LATE, 7), hours.next_open(LATE), hours.is_open(LATE)) == (LATE + 7, LATE, True)
    assert hours.between(5, LATE) == LATE - 5
    assert hours.between_many(np.array([5]), np.array([LATE])).tolist() == [LATE - 5]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ({"periods": ()}, "opening periods must be in order within 0 to 86400, found ()"),
        ({"periods": ((5, 5),)}, "opening periods must be in order within 0 to 86400, found ((5, 5),)"),
        (
            {"periods": ((5, 9), (8, 10))},
            "opening periods must be in order within 0 to 86400, found ((5, 9), (8, 10))",
        ),
        (
            {"periods": ((0, 86401),)},
            "opening periods must be in order within 0 to 86400, found ((0, 86401),)",
        ),
        (
            {"periods": ((0, 1),), "days": "weekdays"},
            'opening days are "workdays", "every_day" or weekdays, found "weekdays"',
        ),
        ({"periods": ((0, 1),), "days": frozenset()}, "weekdays must be 0 to 6, found []"),
        (
            {"periods": ((0, 1),), "also": frozenset({7})},
            "weekdays must be 0 to 6, found [0, 1, 2, 3, 4, 5, 6, 7]",
        ),
    ],
)
def test_impossible_hours_are_refused(pattern: dict[str, Any], message: str) -> None:
    """Periods out of order, unknown day names and weekdays beyond Sunday are refused."""
    with pytest.raises(CalendarError) as error:
        Hours(**pattern)
    assert str(error.value) == message


# --- laws of every clock

WEEKDAYS = st.frozensets(st.integers(0, 6))
PERIODS = st.lists(st.integers(0, DAY), min_size=2, max_size=6, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)
DAYS = st.sampled_from(["workdays", "every_day"]) | WEEKDAYS.filter(bool)
OWN = st.dictionaries(st.integers(0, 6), PERIODS, max_size=3).map(lambda own: tuple(own.items()))
PATTERNS = st.builds(Pattern, PERIODS, OWN)
FIRSTS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
SEASONS = st.dictionaries(FIRSTS, PATTERNS, min_size=2, max_size=4).map(lambda found: tuple(sorted(found.items())))
DATES = st.dates(EPOCH - timedelta(days=9), date(2027, 1, 9))
SPECIAL = st.dictionaries(DATES, PERIODS, max_size=4).map(lambda found: tuple(found.items()))
ODD = {"days": DAYS, "also": WEEKDAYS, "closed": st.frozensets(DATES, max_size=9), "special": SPECIAL}
HOURS = (
    st.builds(Hours, periods=PERIODS, days=DAYS, also=WEEKDAYS)
    | st.builds(Hours, periods=PERIODS, weekdays=OWN, **ODD)
    | st.builds(Hours, seasons=SEASONS, **ODD)
)
"""The same hours on every open day; or others by weekday and season, and dates on which all is different."""
TIMES = st.integers(0, HORIZON)


def kept(hours: Hours, day: date) -> Periods:
    """Return the periods of one date, found one question after another."""
    if found := dict(hours.special).get(day):
        return found
    working, holiday = TABLE.is_workday(day), bool(TABLE.holiday[TABLE.index(day)])
    listed = working and (isinstance(hours.days, str) or day.weekday() in hours.days)
    extra = day.weekday() in hours.also and not holiday
    if day in hours.closed or not (hours.days == "every_day" or listed or extra):
        return ()
    begun = [pattern for first, pattern in hours.seasons if first <= (day.month, day.day)]
    pattern = (begun or [p for _, p in hours.seasons] or [Pattern(hours.periods, hours.weekdays)])[-1]
    made_up = working and day.weekday() >= 5
    return pattern.periods if made_up else dict(pattern.weekdays).get(day.weekday(), pattern.periods)


def open_seconds(hours: Hours, start: int, end: int) -> int:
    """Return the open seconds of a span by going through its days one by one."""
    total = 0
    for n in range(start // DAY, -(-end // DAY)):
        spans = [(n * DAY + opens, n * DAY + closes) for opens, closes in kept(hours, EPOCH + timedelta(days=n))]
        total += sum(max(0, min(end, closes) - max(start, opens)) for opens, closes in spans)
    return total


@LAW
@given(HOURS, TIMES, st.integers(0, 60 * DAY))
def test_between_is_the_sum_of_the_days(hours: Hours, start: int, length: int) -> None:
    """The cumulative look-up gives what adding up day by day gives."""
    end = min(start + length, HORIZON)
    assert clock(hours).between(start, end) == open_seconds(hours, start, end)


@LAW
@given(HOURS, TIMES, st.data())
def test_add_and_between_are_exact_inverses(hours: Hours, t: int, data: st.DataObject) -> None:
    """The seconds between t and add(t, n) are n, and one second earlier they are fewer."""
    running = clock(hours)
    n = data.draw(st.integers(0, running.between(t, HORIZON)))
    end = running.add(t, n)
    assert running.between(t, end) == n
    assert end == t if n == 0 else running.between(t, end - 1) == n - 1


@LAW
@given(HOURS, TIMES, st.lists(st.integers(0, 400 * DAY), max_size=5))
def test_many_additions_are_those_of_each(hours: Hours, t: int, lengths: list[int]) -> None:
    """The whole array gives what its numbers give one by one, the end of the calendar included."""
    running, seconds = clock(hours), np.array(lengths, dtype=np.int64)
    try:
        expected = [running.add(t, n) for n in lengths]
    except CalendarError as error:
        with pytest.raises(CalendarError, match=re.escape(str(error))):
            running.add_many(t, seconds)
    else:
        assert running.add_many(t, seconds).tolist() == expected
        assert running.add_many(np.full_like(seconds, t), seconds).tolist() == expected


@LAW
@given(HOURS, st.lists(TIMES, min_size=1, max_size=5))
def test_an_open_second_begins_when_those_before_it_have_passed(hours: Hours, times: list[int]) -> None:
    """It is open then, and just so many open seconds lie before it; for one number and for a whole array."""
    running = clock(hours)
    passed = [running.between(0, running.next_open(t)) for t in times if running.between(t, HORIZON)]
    begins = [running.begins(n) for n in passed]
    assert [running.between(0, t) for t in begins] == passed
    assert all(map(running.is_open, begins))
    assert running.begins_many(np.array(passed, dtype=np.int64)).tolist() == begins


@LAW
@given(HOURS, TIMES, TIMES, TIMES)
def test_between_is_additive(hours: Hours, a: int, b: int, c: int) -> None:
    """Spans laid end to end, forwards or backwards, add up."""
    running = clock(hours)
    assert running.between(a, b) + running.between(b, c) == running.between(a, c)


@LAW
@given(HOURS, st.lists(TIMES, min_size=2, max_size=2).map(sorted), st.data())
def test_add_is_monotonic(hours: Hours, times: list[int], data: st.DataObject) -> None:
    """A later start never ends earlier, and more work always ends later."""
    running = clock(hours)
    left = running.between(times[1], HORIZON)
    n = data.draw(st.integers(0, left))
    assert running.add(times[0], n) <= running.add(times[1], n)
    assert n == left or running.add(times[1], n) < running.add(times[1], n + 1)


@LAW
@given(HOURS, TIMES)
def test_next_open_is_open_and_nothing_before_it_is(hours: Hours, t: int) -> None:
    """Up to the next opening there is no open second, and it is itself open."""
    running = clock(hours)
    if running.between(t, HORIZON):
        following = running.next_open(t)
        assert running.is_open(following)
        assert running.between(t, following) == 0
        assert running.is_open(t) == (following == t)


@LAW
@given(HOURS, st.lists(st.tuples(TIMES, TIMES), max_size=20))
def test_between_many_equals_between(hours: Hours, spans: list[tuple[int, int]]) -> None:
    """The arrays give what the single look-ups give."""
    running = clock(hours)
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    assert running.between_many(starts, ends).tolist() == [running.between(a, b) for a, b in spans]


@LAW
@given(HOURS, TIMES)
def test_a_closing_is_the_end_of_what_is_open(hours: Hours, t: int) -> None:
    """From an open second to the closing all is open, and the closing is not, unless the next opening is there."""
    running = clock(hours)
    if t < HORIZON and running.is_open(t) and not running.always:
        closing = running.closing(t)
        assert running.between(t, closing) == closing - t
        assert closing == HORIZON or closing % DAY == 0 or not running.is_open(closing)


@LAW
@given(HOURS, TIMES, st.integers(0, 40), st.booleans())
def test_a_deadline_ends_with_business_on_its_day(hours: Hours, t: int, days: int, calendar: bool) -> None:
    """On the date that the legal count gives, at its last closing whatever the weekday or season; else at midnight."""
    start = EPOCH + timedelta(days=t // DAY)
    if start > date(2026, 6, 1):
        return
    due = (TABLE.due_calendar_date if calendar else TABLE.due_date)(start, days)
    midnight = ((due - EPOCH).days + 1) * DAY
    closing = max((midnight - DAY + closes for _, closes in kept(hours, due)), default=midnight)
    (found,) = clock(hours).deadlines(np.array([t]), days, calendar).tolist()
    assert found == (midnight if hours.always else closing)


# --- hours by weekday and season


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2024-04-30 16:30", 1, "2024-05-06 09:00"),  # winter closes at 17:00; after the holiday it is summer
        ("2024-05-06 16:30", 1, "2024-05-06 17:30"),
        ("2024-09-30 17:00", 1, "2024-10-08 09:00"),
        ("2024-10-08 16:30", 1, "2024-10-09 09:00"),
        ("2026-01-05 16:30", 1, "2026-01-06 09:00"),  # winter goes on in the new year
    ],
)
def test_the_hours_of_a_season_hold_from_its_first_day_to_the_next_one(start: str, hours: int, end: str) -> None:
    """白城: in summer to 17:30, from October on to 17:00, both of six and a half hours."""
    morning = (8 * HOUR + 1800, 11 * HOUR + 1800)
    summer, winter = (morning, (14 * HOUR, 17 * HOUR + 1800)), (morning, (13 * HOUR + 1800, 17 * HOUR))
    found = Hours(seasons=(((5, 1), Pattern(summer)), ((10, 1), Pattern(winter))))
    assert (found.even, found.day_seconds) == (True, 23_400)
    assert said(clock(found).add(at(start), hours * HOUR)) == end


def test_a_saturday_has_hours_of_its_own_unless_it_is_worked_for_a_holiday() -> None:
    """Six hours from Saturday at 10:00 end on Monday at 14:00; 11 May 2024 makes up for a holiday and is a full day."""
    hours = clock(Hours(WITH_NOON, also=frozenset({5}), weekdays=((5, ((9 * HOUR, 12 * HOUR),)),)))
    assert said(hours.add(at("2024-03-09 10:00"), 6 * HOUR)) == "2024-03-11 14:00"
    assert said(hours.add(at("2024-05-11 10:00"), 6 * HOUR)) == "2024-05-11 17:00"


def test_a_date_may_be_closed_or_open_in_its_own_way() -> None:
    """Closed on Wednesday 9 October 2024, on duty on Sunday the 13th from 9 to 12, and on National Day."""
    nine = (date(2024, 10, 9), date(2024, 10, 13), date(2024, 10, 1))
    hours = Hours(NINE, closed=frozenset(nine[:1]), special=tuple((day, ((9 * HOUR, 12 * HOUR),)) for day in nine[1:]))
    found = clock(hours)
    assert said(found.add(at("2024-09-30 16:00"), 4 * HOUR)) == "2024-10-01 12:00"
    assert said(found.add(at("2024-10-08 16:00"), 2 * HOUR)) == "2024-10-10 10:00"
    assert said(found.add(at("2024-10-12 16:00"), 4 * HOUR)) == "2024-10-13 12:00"
