"""Days off and on: as announced, as a planner says, and as projected where nothing is announced yet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import numpy as np
import pytest
from borax.calendars.lunardate import LunarDate, TermUtils

from sim.core.errors import CalendarError
from sim.core.holidays import Overlay, announced, day_table, is_day_off
from sim.core.projection import projected
from sim.core.workdays import DayTable

NONE: frozenset[date] = frozenset()
PROJECTED = range(2027, 2061)


def days(*texts: str) -> frozenset[date]:
    """Return dates such as "2027-02-05", or whole spans such as "2027-02-05/12"."""
    found: set[date] = set()
    for text in texts:
        first, _, last = text.partition("/")
        start = date.fromisoformat(first)
        found |= {start + timedelta(days=n) for n in range(int(last or start.day) - start.day + 1)}
    return frozenset(found)


def different(one: DayTable, other: DayTable) -> list[str]:
    """Return the dates that are worked in one table only; both have the same years."""
    return [str(one.first + timedelta(days=int(n))) for n in np.flatnonzero(one.working != other.working)]


def by_rule(year: int) -> tuple[DayTable, DayTable]:
    """Return a year as projected and as announced."""
    return DayTable(year, year, *projected(year)), DayTable(year, year, *announced())


# --- the table


def test_the_table_covers_whole_years_and_is_built_once() -> None:
    """It runs from 2004 to 2060, projects what comes after 2026, and the same overlays give the same table."""
    table = day_table()
    assert (table.first, table.last) == (date(2004, 1, 1), date(2060, 12, 31))
    assert table.projected == frozenset(PROJECTED)
    assert day_table([]) is table


def test_a_span_tells_its_projected_years() -> None:
    """Only the projected years between two dates are told, both included, in order."""
    table = day_table([Overlay(2028, NONE, NONE)])
    spans = [("2025-03-03", "2026-12-31"), ("2026-11-25", "2027-01-01"), ("2027-12-31", "2030-06-01")]
    found = [table.projected_within(*map(date.fromisoformat, span)) for span in spans]
    assert found == [(), (2027,), (2027, 2029, 2030)]


# --- overlays


def test_an_overlay_gives_a_year_that_is_not_announced_whole() -> None:
    """Of 2027 only what the overlay says is off or on, and it is projected no more."""
    table = day_table([Overlay(2027, days("2027-01-01"), days("2027-01-03"))])
    assert [table.is_workday(date(2027, 1, day)) for day in (1, 2, 3, 4)] == [False, False, True, True]
    assert table.workdays_after(date(2026, 12, 31), date(2027, 12, 31)) == 261 - 1 + 1
    assert table.projected == frozenset(PROJECTED) - {2027}
    assert not table.is_workday(date(2028, 10, 2))


def test_an_empty_overlay_of_a_year_that_is_not_announced_means_monday_to_friday() -> None:
    """2027 starts on a Friday and has 261 weekdays; National Day is then a working day."""
    table = day_table([Overlay(2027, NONE, NONE)])
    assert table.workdays_after(date(2026, 12, 31), date(2027, 12, 31)) == 261
    assert table.is_workday(date(2027, 10, 1))


def test_an_overlay_changes_of_an_announced_year_what_it_names() -> None:
    """A day more off, a make-up day and a holiday taken away: three dates of 2019 change and no other."""
    table = day_table([Overlay(2019, days("2019-09-02", "2019-09-29"), days("2019-10-07"))])
    assert different(table, day_table()) == ["2019-09-02", "2019-09-29", "2019-10-07"]
    assert [table.is_workday(d) for d in sorted(days("2019-09-02", "2019-09-29", "2019-10-07"))] == [False, False, True]
    assert table.holiday[table.index(date(2019, 10, 1))]
    assert not table.holiday[table.index(date(2019, 10, 7))]


def test_an_overlay_that_repeats_a_notice_changes_nothing() -> None:
    """The notice that moved the Labour Day of 2019, given as an overlay, leaves National Day alone."""
    notice = Overlay(2019, days("2019-05-01/3"), days("2019-04-28", "2019-05-05"))
    table = day_table([notice])
    assert different(table, day_table()) == []
    assert table.due_calendar_date(date(2019, 9, 29), 5) == date(2019, 10, 8)


@pytest.mark.parametrize(("years", "found"), [((2062,), "[2062]"), ((2027, 2027), "[2027, 2027]"), ((2002,), "[2002]")])
def test_overlays_with_a_gap_or_a_double_are_refused(years: tuple[int, ...], found: str) -> None:
    """The table never has a hole, and never two opinions on a year."""
    with pytest.raises(CalendarError) as error:
        day_table([Overlay(year, NONE, NONE) for year in years])
    assert str(error.value) == f"calendar overlays must leave out no year and give each once, found {found}"


@pytest.mark.parametrize(
    ("holidays", "workdays"),
    [({date(2028, 1, 3)}, set()), (set(), {date(2028, 1, 3)}), ({date(2028, 1, 3)}, {date(2028, 1, 3)})],
)
def test_an_overlay_keeps_to_its_year(holidays: set[date], workdays: set[date]) -> None:
    """A date of another year in an overlay is refused."""
    with pytest.raises(CalendarError) as error:
        Overlay(2027, frozenset(holidays), frozenset(workdays))
    assert str(error.value) == "overlay of 2027: 2028-01-03 is in another year or both off and on"


def test_an_overlay_date_is_either_off_or_on() -> None:
    """A date that is both a holiday and a working day is refused."""
    with pytest.raises(CalendarError) as error:
        Overlay(2027, frozenset({date(2027, 1, 4)}), frozenset({date(2027, 1, 4)}))
    assert str(error.value) == "overlay of 2027: 2027-01-04 is in another year or both off and on"


def test_only_a_day_off_can_be_put_on() -> None:
    """A Saturday and the announced National Day are off by themselves, a plain Friday and a projected day are not."""
    dates = ["2026-10-10", "2026-10-01", "2026-10-16", "2027-10-01"]
    assert [is_day_off(date.fromisoformat(day)) for day in dates] == [True, True, False, False]


# --- projection


@pytest.mark.parametrize(
    ("year", "dates"),
    [
        (2019, ["02-03", "02-11", "02-16", "05-05"]),
        (2020, ["02-02", "04-26"]),
        (2021, ["02-18", "04-25", "09-25", "09-26"]),
        (2022, ["01-30", "02-07", "02-12", "04-24", "09-24", "10-08"]),
        (2023, ["01-28", "04-23", "09-24", "10-07"]),
        (2024, ["02-09", "05-11"]),
        (2025, []),
        (2026, []),
    ],
)
def test_the_rule_is_held_against_the_notices(year: int, dates: list[str]) -> None:
    """It gives 2025 and 2026 back, and differs on 2 to 6 dates a year from notices under the regulation before."""
    assert different(*by_rule(year)) == [f"{year}-{day}" for day in dates]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_rule_closes_sunday_service_as_the_notices_do(year: int) -> None:
    """The weekend days that belong to a break are those of the notice."""
    rule, notice = by_rule(year)
    assert np.array_equal(rule.holiday, notice.holiday)


def test_2027_is_projected() -> None:
    """除夕 is Friday 5 February, 清明 a Monday, 端午 and 中秋 fall on Wednesdays, 1 May on a Saturday."""
    off = days("2027-01-01/3", "2027-02-05/13", "2027-04-03/5", "2027-05-01/5", "2027-06-09", "2027-09-15")
    on = days("2027-01-31", "2027-02-14", "2027-05-08", "2027-09-26", "2027-10-09")
    assert projected(2027) == (off | days("2027-10-01/7"), on)


def test_half_a_weekend_and_the_turn_of_a_year() -> None:
    """In 2029 Spring Festival starts on a Monday, and the Tuesday that is 元旦 2030 takes 30 and 31 December."""
    off, on = projected(2029)
    winter = [day for day in sorted(off) if day.month in (2, 12)]
    assert winter == sorted(days("2029-02-11/19", "2029-12-30/31"))
    assert [day for day in sorted(on) if day.month in (2, 12)] == sorted(days("2029-02-10", "2029-02-24", "2029-12-29"))
    assert projected(2030)[0] >= days("2030-01-01")


def test_mid_autumn_joins_national_day() -> None:
    """In 2028 both last from Sunday to Sunday and owe the Saturday before; in 2050 they start on 30 September."""
    autumn = [{day for day in part if day.month in (9, 10)} for part in projected(2028)]
    assert autumn == [days("2028-10-01/8"), days("2028-09-30")]
    assert {day for day in projected(2050)[0] if day.month in (9, 10)} == days("2050-09-30", "2050-10-01/8")


@pytest.mark.parametrize("year", PROJECTED)
def test_a_projected_year_keeps_the_regulation(year: int) -> None:
    """No holiday of the 13 is lost to a weekend (第六条), and no more than six days on end are worked (第七条)."""
    table = DayTable(year, year, *projected(year))
    assert table.working.sum() == (table.weekday < 5).sum() - 13
    assert max(len(list(run)) for worked, run in groupby(table.working.tolist()) if worked) <= 6


@pytest.mark.parametrize("year", range(2008, 2027))
def test_the_lunar_dates_are_those_of_the_notices(year: int) -> None:
    """初一, 端午, 中秋 and 清明 are days off in every year that notices cover since they are holidays."""
    lunar = [LunarDate(year, *day).to_solar_date() for day in ((1, 1), (5, 5), (8, 15))]
    assert not {*lunar, TermUtils.nth_term_day(year, term_name="清明")} - announced()[0] - weekends(year)


def weekends(year: int) -> set[date]:
    """Return the weekend dates of a year that are not worked."""
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {day for day in every if day.weekday() > 4} - announced()[1]


@pytest.mark.parametrize(
    ("year", "dates"),
    [
        (2033, ["01-31", "06-01", "09-08", "04-04"]),  # a leap month follows the eleventh
        (2034, ["02-19", "06-20", "09-27", "04-05"]),
        (2057, ["02-04", "06-06", "09-13", "04-04"]),
        (2060, ["02-02", "06-03", "09-09", "04-04"]),
    ],
)
def test_the_lunar_dates_to_come_are_those_of_the_sky(year: int, dates: list[str]) -> None:
    """New moons and the sun's longitude of 15°, reckoned apart from the library, give the same dates."""
    lunar = [LunarDate(year, *day).to_solar_date() for day in ((1, 1), (5, 5), (8, 15))]
    found = [*lunar, TermUtils.nth_term_day(year, term_name="清明")]
    assert found == [date.fromisoformat(f"{year}-{day}") for day in dates]
