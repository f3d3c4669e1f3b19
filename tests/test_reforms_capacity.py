"""增员, 周日开放: more officers and more hours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .services import PLACE, changes, measured, play, practised, reformed, refusal, staffed

WORK = "  a: {limit: {statutory: ~1}, work: ~8h}"
MORE = "{reform: 增员, department: bureau, count: 2}"
SUNDAY = "{reform: 周日开放, hours: hall, also: [sun]}"


def test_a_second_officer_halves_the_queue() -> None:
    """Four cases of a day's work wait 0 to 3 days for one officer, and 0, 0, 1, 1 for two."""
    prepared = reformed(WORK, MORE, cases=4, demand="every_minutes: 1", place=staffed("officers"))
    days = [measured(play(prepared, v), "elapsed_days") for v in (0, 1)]
    assert days == [[1, 2, 3, 4], [1, 1, 2, 2]]
    assert changes(prepared) == [
        "departments.bureau.staff.officers: [{count: 1, hours: office}] → [{count: 2, hours: office}]"
    ]


FEWER = "{reform: 减员, department: bureau, count: 1}"


def test_an_officer_fewer_doubles_the_queue() -> None:
    """Four cases of a day's work wait 0, 0, 1, 1 days for two officers, and 0 to 3 for one."""
    prepared = reformed(WORK, FEWER, cases=4, demand="every_minutes: 1", place=staffed("officers", count=2))
    assert [measured(play(prepared, v), "elapsed_days") for v in (0, 1)] == [[1, 1, 2, 2], [1, 2, 3, 4]]
    assert changes(prepared) == [
        "departments.bureau.staff.officers: [{count: 2, hours: office}] → [{count: 1, hours: office}]"
    ]


def test_the_last_group_written_is_the_first_to_go() -> None:
    """Of one officer in office hours and two of the hall's, two are left: one of each."""
    groups = "[{count: 1, hours: office, source: guess}, {count: 2, hours: hall, source: guess}]"
    place = PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{officers: {groups}}}}}")
    for left, kept in ((2, [(1, "office"), (1, "hall")]), (1, [(1, "office")])):
        prepared = reformed(WORK, FEWER.replace("1", str(left)), place=place)
        staff = prepared.variants[1].place.departments["bureau"].staff["officers"]
        assert [(group.count, group.hours) for group in staff] == kept


def test_a_variant_may_have_more_demand() -> None:
    """The same cases come 1.5 times as fast after: every 960 minutes, then every 640; their luck is the same."""
    prepared = reformed(WORK, MORE, cases=3, demand="every_minutes: 960", place=staffed("officers"))
    scenario = prepared.scenario.variants["after"]
    assert scenario.demand == {}
    busier = replace(prepared, variants=(prepared.variants[0], replace(prepared.variants[1], demand={"service": 1.5})))
    arrived = [play(busier, v).cases["arrived"].tolist() for v in (0, 1)]
    assert arrived == [[960 * 60 * n for n in (1, 2, 3)], [640 * 60 * n for n in (1, 2, 3)]]


def test_newcomers_join_the_first_group_and_the_others_keep_their_hours() -> None:
    """Three become five: the two newcomers keep office hours, and their number comes from the reform's source."""
    groups = "[{count: 1, hours: office, source: guess}, {count: 2, hours: hall, source: guess}]"
    place = PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{officers: {groups}}}}}")
    prepared = reformed(WORK, MORE.replace("2}", "5, source: act}"), place=place)
    staff = prepared.variants[1].place.departments["bureau"].staff["officers"]
    assert [(group.count, group.hours, group.source) for group in staff] == [
        (3, "office", "act"), (2, "hall", "guess"),
    ]  # fmt: skip


def test_staff_derived_from_a_utilisation_becomes_the_number_stated() -> None:
    """The reform says how many there are; nothing is derived after it."""
    place = staffed("officers").replace("officers: [{count: 1", "officers: [{utilisation: 0.5")
    prepared = reformed(WORK, MORE, place=place)
    (group,) = prepared.variants[1].place.departments["bureau"].staff["officers"]
    assert (group.count, group.utilisation, group.hours) == (2, None, "office")


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        (MORE.replace("bureau", "bureaus"), "unknown department 'bureaus', did you mean 'bureau'?"),
        (MORE.replace("count", "role: officer, count"), "unknown role 'officer', did you mean 'officers'?"),
        (MORE.replace("2", "1"), "bureau has 1 officers already; 增员 makes them more"),
        (MORE.replace("2", "1").replace("bureau", "hall").replace("count", "role: window, count"),
         "hall has 1 window already; 增员 makes them more"),
        (FEWER, "bureau has 1 officers; 减员 makes them fewer"),
        (SUNDAY.replace("hall", "halls"), "unknown hours 'halls', did you mean 'hall'?"),
        (SUNDAY.replace("hall", "office"),
         "office is the working day that all working days are measured in; "
         "give the windows that open on more days hours of their own"),
        (SUNDAY.replace("[sun]", "[fri]"), "hall hours include fri already; name another day"),
    ],
)  # fmt: skip
def test_more_of_what_is_not_there_is_refused(reform: str, message: str) -> None:
    """Unknown departments, roles and hours, no more officers than before, and the standard working day."""
    assert refusal(WORK, reform, place=staffed("officers")) == message


def test_a_window_open_on_sunday_takes_the_case_on_sunday_but_no_working_day_passes() -> None:
    """Handed in on Sunday at 09:00: accepted at 10:00 instead of on Monday, decided on Friday, 5 working days."""
    steps = "  a: {window: hall, needs: [form], limit: {statutory: ~5}}"
    prepared = reformed(steps, SUNDAY, start="2024-03-03", practice=practised(check=60), place=staffed("officers"))
    found = [play(prepared, v) for v in (0, 1)]
    assert [f.attempts["accepted"].tolist() for f in found] == [[(24 + 10) * 3600], [10 * 3600]]
    assert [measured(f, "counted_days") for f in found] == [[5], [5]]
    assert [measured(f, "elapsed_days") for f in found] == [[5 + 1 / 8], [5]]
    assert changes(prepared) == ["hours.hall.also: [] → [sun]"]


def test_opening_on_the_same_day_twice_changes_nothing() -> None:
    """Sunday is open already."""
    assert refusal(WORK, SUNDAY, SUNDAY) == "hall hours include sun already; name another day"


@pytest.mark.parametrize(
    ("days", "already", "further"),
    [
        ("workdays", ["mon", "fri"], ["sat", "sun"]),
        ("every_day", ["mon", "sat", "sun"], []),
        ("[mon, sat]", ["mon"], ["tue", "fri", "sat", "sun"]),
        ("workdays, also: [sat]", ["mon", "sat"], ["sun"]),
        ("[mon], also: [tue]", ["mon", "tue"], ["wed", "sat"]),
    ],
)
def test_a_day_is_added_only_where_the_windows_are_shut_on_some_such_days(
    days: str, already: list[str], further: list[str]
) -> None:
    """A weekday kept as a working day is open already; a Saturday kept so is open only where it is made up."""
    hours = f'{{periods: ["09:00-17:00"], days: {days}, source: guess}}'
    place = staffed("officers").replace('hall: {periods: ["09:00-17:00"], source: guess}', f"hall: {hours}")
    for day in already:
        told = f"hall hours include {day} already; name another day"
        assert refusal(WORK, SUNDAY.replace("[sun]", f"[{day}]"), place=place) == told
    for day in further:
        opened = reformed(WORK, SUNDAY.replace("[sun]", f"[{day}]"), place=place).variants[1].place.hours["hall"]
        assert opened.also[-1:] == (day,)


def test_of_several_days_only_those_not_open_yet_are_added() -> None:
    """Friday is a working day; Saturday stood there already, Sunday is new."""
    place = PLACE.replace(
        'hall: {periods: ["09:00-17:00"], source: guess}',
        'hall: {periods: ["09:00-17:00"], also: [sat], source: guess}',
    )
    opened = reformed(WORK, SUNDAY.replace("[sun]", "[fri, sat, sun]"), place=place)
    assert changes(opened) == ["hours.hall.also: [sat] → [sat, sun]"]
