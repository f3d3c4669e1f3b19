"""Hours by weekday and season, closed dates, duty, shifts and panels, as they are written and as they are played."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from sim.core.workdays import DAY
from sim.records.log import CASE
from sim.records.utilisation import utilisation
from sim.scenario.library import Library, Spec
from sim.scenario.load import validate_path
from sim.scenario.prepare import prepare
from sim.scenario.scenario import Scenario
from sim.scenario.validation import faults_and_notes
from sim.spec.categories import Category
from sim.text import yamlio

from .services import measured, reformed
from .small import PRACTICE, frame, log_of, moment, play, scenario, service, trace, world

HEAD = "id: town\nname: {zh: 小城, en: Town}\nhours:\n"
SIX = service("  review: {name: {zh: 审查, en: Review}, at: bureau, work: {hours: 6, source: guess}}")
LIMIT = """
  review: {name: {zh: 审查, en: Review}, at: bureau, needs: [], limit: {statutory: {days: 2, source: guess}}}
"""
FORENOON = "saturday: {periods: ['09:00-12:00'], days: [], also: [sat], source: guess}"


def place(*hours: str, bureau: str = "") -> str:
    """The town with these hours and a bureau of which more is said."""
    lines = "".join(f"  {line}\n" for line in hours)
    return f"{HEAD}{lines}departments:\n  bureau: {{name: {{zh: 局, en: Bureau}}{bureau}}}\n"


def officers(*hours: str) -> str:
    """One officer for each of these hours."""
    groups = ", ".join(f"{{count: 1, hours: {name}, source: guess}}" for name in hours)
    return f", staff: {{officers: [{groups}]}}"


def moments(process: str, place: str, start: str, cases: int = 1, every: int = 600) -> list[str]:
    """What happens to the cases, the first of which comes at 10:00, line by line with their local times."""
    prepared = world(process, scenario(cases, f"every_minutes: {every}", start=start), place)
    return trace(*log_of(prepared), lambda t: moment(t, start))


OFFICE = "office: {periods: ['09:00-12:00', '13:00-17:00'], source: guess}"


def test_the_same_officer_works_on_saturday_morning_and_goes_on_on_monday() -> None:
    """Six hours from Saturday at 10:00 with a window open until 12:00 end on Monday at 14:00, 2.17 days later."""
    kept = OFFICE.replace("office", "counter").replace(
        ", source", ", also: [sat], weekdays: {sat: ['09:00-12:00']}, source"
    )
    town = place(OFFICE, kept, bureau=officers("counter"))
    assert moments(SIX, town, "2024-03-09") == ["0 review work 03-09 10:00 03-09 10:00 03-11 14:00"]
    found = play(world(SIX, scenario(1, "every_minutes: 600", start="2024-03-09"), town))
    assert measured(found, "calendar_days") == [round(52 / 24, 9)]
    assert measured(found, "elapsed_days") == [round(4 / 7, 9)]  # no working day passes on Saturday


def test_one_shift_hands_on_what_it_has_under_way_and_another_waits_for_its_next() -> None:
    """The Saturday officer leaves four hours to the colleague of Monday, or else needs two more Saturdays for them."""
    alone = place(OFFICE, FORENOON, bureau=officers("office", "saturday"))
    assert moments(SIX, alone, "2024-03-09") == ["0 review work 03-09 10:00 03-09 10:00 03-23 10:00"]
    both = place(OFFICE, FORENOON, bureau=officers("office", "saturday") + ", hands_on: [officers], source: guess")
    assert moments(SIX, both, "2024-03-09") == [
        "0 review work 03-09 10:00 03-09 10:00 03-09 12:00",
        "0 review work 03-09 12:00 03-11 09:00 03-11 12:00",  # at noon nobody takes it over
        "0 review work 03-11 12:00 03-11 13:00 03-11 14:00",
    ]


SHIFTS = ("early: {periods: ['08:00-12:00'], source: guess}", "late: {periods: ['12:00-18:00'], source: guess}")


def test_what_is_handed_on_comes_before_all_that_waits() -> None:
    """At noon the late officer goes on with the second file, and takes the third, there since 10:30, after it."""
    town = place(OFFICE, *SHIFTS, bureau=officers("early", "late") + ", hands_on: [officers], source: guess")
    three = SIX.replace("hours: 6", "hours: 3")
    assert moments(three, town, "2024-03-11", cases=3, every=210) == [
        "0 review work 03-11 03:30 03-11 08:00 03-11 11:00",
        "1 review work 03-11 07:00 03-11 11:00 03-11 12:00",
        "1 review work 03-11 12:00 03-11 12:00 03-11 14:00",
        "2 review work 03-11 10:30 03-11 14:00 03-11 17:00",
    ]


def test_the_time_of_a_handed_on_file_splits_into_work_and_what_lies_between() -> None:
    """Six hours of work; from Saturday noon to Monday 9:00 and over lunch nobody is there: 46 hours off duty."""
    both = place(OFFICE, FORENOON, bureau=officers("office", "saturday") + ", hands_on: [officers], source: guess")
    found = play(world(SIX, scenario(1, "every_minutes: 600", start="2024-03-09"), both))
    split = found.stretches.groupby("category")[["calendar", "office"]].sum() / 3600
    assert {category: tuple(row) for category, *row in split.itertuples()} == {0: (6, 4), 3: (46, 0)}


def test_officers_of_other_hours_are_busy_when_they_work() -> None:
    """The Saturday officer works for two of six hours of two Saturdays: what is done then is no less work."""
    town = place(OFFICE, FORENOON, bureau=officers("office", "saturday"))
    two = SIX.replace("hours: 6", "hours: 2")
    prepared = world(two, scenario(2, "every_minutes: 10080", start="2024-03-02"), town)
    tables, log = log_of(prepared)  # the cases come on Saturday 9 and 16 March at 00:00
    # From the 9th to the 16th one officer is there for 35 hours and the other for 3.
    assert utilisation(tables, log) == {("bureau", "officers"): pytest.approx(2 / 38)}


BAICHENG = """office:
    source: guess
    seasons:
      - {from: 05-01, periods: ['08:30-11:30', '14:00-17:30']}
      - {from: 10-01, periods: ['08:30-11:30', '13:30-17:00']}"""


@pytest.mark.parametrize(
    ("bureau", "end", "days", "on_time"),
    [
        ("", "10-09 10:00", 2, 1),
        (", closed: [2024-10-09], source: guess", "10-10 10:00", 3, 0),
        (", closed: [2024-10-05], source: guess", "10-09 10:00", 2, 1),
        (", closed: [2024-10-08, 2024-10-09, 2024-10-10], source: guess", "10-12 10:00", 5, 0),
    ],
)
def test_summer_ends_in_the_holiday_and_the_bureau_is_closed_after_it(
    bureau: str, end: str, days: int, on_time: int
) -> None:
    """Two days of six and a half hours from 30 September: five hours, six and a half, one and a half on the 9th.

    While the bureau alone is closed, working days pass all the same, and the limit is missed.
    """
    town, start = place(BAICHENG, bureau=bureau), "2024-09-30"
    assert moments(service(LIMIT), town, start)[0].endswith(f" {end}")
    found = play(world(service(LIMIT), scenario(1, "every_minutes: 600", start=start), town))
    assert measured(found, "counted_days") == measured(found, "elapsed_days") == [days]
    assert measured(found, "on_time_share") == [on_time]


def test_a_working_day_is_one_day_however_short_friday_is() -> None:
    """Five days from Monday at 9:00 end as Friday does at 12:00, in time, and are five; two more end on Tuesday."""
    town = place(OFFICE.replace(", source", ", weekdays: {fri: ['09:00-12:00']}, source"))
    for days, end in ((5, "03-08 12:00"), (7, "03-12 17:00")):
        process = service(LIMIT.replace("days: 2", f"days: {days}"))
        prepared = world(process, scenario(1, "every_minutes: 540"), town)
        found = play(prepared)
        assert trace(*log_of(prepared), moment)[0].endswith(f" {end}")
        assert measured(found, "counted_days") == [days]
        assert measured(found, "on_time_share") == [1]


def test_a_limit_of_hours_is_kept_in_hours_however_short_friday_is() -> None:
    """Six hours from Friday at 10:00 end on Monday at 14:00, in time; as parts of days they would be more than one."""
    town = place(OFFICE.replace(", source", ", weekdays: {fri: ['09:00-12:00']}, source"))
    process = service(LIMIT.replace("days: 2", "hours: 6"))
    found = play(world(process, scenario(1, "every_minutes: 600", start="2024-03-08"), town))
    assert moments(process, town, "2024-03-08")[0].endswith(" 03-11 14:00")
    assert measured(found, "counted_days") == [round(2 / 3 + 4 / 7, 9)]
    assert measured(found, "on_time_share") == [1]


def test_hours_of_work_are_hours_however_short_friday_is() -> None:
    """Six hours from Friday at 10:00, of officers whom nobody counts: two on Friday, four on Monday."""
    town = place(OFFICE.replace(", source", ", weekdays: {fri: ['09:00-12:00']}, source"))
    assert moments(SIX, town, "2024-03-08") == ["0 review work 03-08 10:00 03-08 10:00 03-11 14:00"]


def test_a_bureau_on_duty_out_of_turn_works_and_decides() -> None:
    """On duty on Sunday 10 March from 9 to 12: four hours from Friday at 16:00 end there, and no working day passes."""
    town = place(OFFICE, bureau=officers("office") + ", open: {2024-03-10: ['09:00-12:00']}, source: guess")
    four, start = SIX.replace("hours: 6", "hours: 4"), "2024-03-08"
    assert moments(four, town, start, every=960) == ["0 review work 03-08 16:00 03-08 16:00 03-10 12:00"]
    found = play(world(four, scenario(1, "every_minutes: 960", start=start), town))
    assert measured(found, "counted_days") == [round(1 / 7, 9)]


def test_the_hours_of_a_date_stand_for_the_usual_ones() -> None:
    """Open until 10:00 on a Friday: six hours from 9:00 go on on Monday."""
    town = place(OFFICE, bureau=officers("office") + ", open: {2024-03-08: ['09:00-11:00']}, source: guess")
    assert moments(SIX, town, "2024-03-08") == ["0 review work 03-08 10:00 03-08 10:00 03-11 15:00"]


SITS = "sits: {weekdays: [tue], of_month: [1, 3], at: '09:00', at_most: 5, notice: {days: 3}, source: guess}"


def test_a_panel_of_the_first_and_third_tuesday_takes_five_files() -> None:
    """From Monday 4 March on a file comes every ten hours: too late for the 5th, five for the 19th, five in April."""
    step = LIMIT.replace("limit:", f"{SITS}, limit:")
    lines = moments(service(step), place(OFFICE), "2024-03-04", cases=12)
    sittings = [line.split(maxsplit=5)[5].split(" ", 2)[2] for line in lines if " sitting " in line]
    assert [end[-11:] for end in sittings] == ["03-19 09:00"] * 5 + ["04-02 09:00"] * 5 + ["04-16 09:00"] * 2


def test_two_processes_are_before_one_panel_of_a_department() -> None:
    """Steps of one bureau with the same sittings share the places, those of another bureau have their own."""
    step = "limit: ~1, sits: {weekdays: [tue], at: '09:00', at_most: 1, source: guess}".replace("~1", "{statutory: ~1}")
    steps = f"  a: {{{step}}}\n  b: {{{step}}}\n  c: {{at: hall, {step}}}"
    found = play(reformed(steps, "{reform: 一次性告知}"), 0)
    ended = {name: moment(end)[:5] for name, end in zip(found.node_name, found.attempts["decided"], strict=True)}
    assert ended == {"a": "03-05", "b": "03-12", "c": "03-05"}


def test_a_window_that_is_closed_for_long_has_accepted_by_its_silence() -> None:
    """Nobody counts who looks papers through; closed from Tuesday for seven days, the window is late with them."""
    closed = ", ".join(f"2024-03-{day:02}" for day in (5, 6, 7, 8, 11, 12, 13))
    town = place(OFFICE, bureau=f", closed: [{closed}], source: guess")
    practice = PRACTICE.replace("check: {minutes: 0", "check: {hours: 8")
    process = service(LIMIT.replace("needs: []", "needs: [form]"))
    materials = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant}}"
    prepared = world(process, scenario(1, "every_minutes: 540"), town, practice, materials)
    attempts = play(prepared).attempts
    assert [moment(t) for t in attempts["accepted"]] == ["03-04 09:00"]
    ends = frame(log_of(prepared)[1].cases, CASE)["finished"]
    assert [moment(t) for t in ends] == ["03-18 10:00"]


def test_a_commission_reviews_what_has_been_there_for_three_weeks(library: Library) -> None:
    """In the tests' library a city of many hours visits by shifts, and files wait for the 1st and 3rd Tuesday."""
    text = scenario(60, "every_minutes: 700", start="2024-09-30", place="baicheng", process="terrace")
    document = yamlio.parse(text, "scenario.yaml")
    prepared = prepare(Spec(Path("scenario.yaml"), document, Scenario.model_validate(document.data)), library)
    found = play(prepared)
    waits = found.main[found.main["category"] == int(Category.SITTING)]
    there, held = (
        [date(2024, 9, 30) + timedelta(days=t // DAY) for t in waits[column]] for column in ("started", "ended")
    )
    assert len(held) == 60
    assert {(day.weekday(), (day.day - 1) // 7) for day in held} == {(1, 0), (1, 2)}
    assert min(day - came for came, day in zip(there, held, strict=True)) == timedelta(days=21)
    assert {t % DAY for t in waits["ended"]} == {14 * 3600}
    # Nobody is there on 9 October; on duty on Sunday the 13th until noon, officers hand on what is left to Monday's.
    work = found.activities[found.activities["category"] == int(Category.WORK)]
    ends = [datetime(2024, 9, 30) + timedelta(seconds=t) for t in work.loc[work["pool"] >= 0, "ended"]]
    assert not [end for end in ends if end.date() == date(2024, 10, 9)]
    assert max(end for end in ends if end.date() == date(2024, 10, 13)) == datetime(2024, 10, 13, 12)


# --- what a planner is told

LIBRARY = Path(__file__).parent / "library"
LATE = "late: {periods: ['09:00-12:00'], source: guess}"


@pytest.mark.parametrize(
    ("hours", "bureau", "told"),
    [
        ("late: {seasons: [{from: 02-30, periods: ['09:00-12:00']}], source: guess}", "",
         ["hours.late.seasons[0]: wanted a day of the year MM-DD, found '02-30'"]),
        ("late: {seasons: [{from: 3-1, periods: ['09:00-12:00']}], source: guess}", "",
         ["hours.late.seasons[0].from: wanted a day of the year MM-DD, found '3-1'"]),
        ("late: {seasons: [{periods: ['09:00-12:00']}], source: guess}", "",
         ["hours.late.seasons[0].from: key 'from' is missing; add it: a day of the year MM-DD, "
          "day on which it begins, MM-DD"]),
        ("late: {seasons: [{from: 05-01, periods: ['09:00-12:00']}], source: guess}", "",
         ["hours.late: seasons are two or more, in the order of the year, found 05-01"]),
        ("late: {seasons: [{from: 05-01, periods: ['09:00-12:00']}, {from: 03-01, periods: ['09:00-12:00']}],"
         " source: guess}", "",
         ["hours.late: seasons are two or more, in the order of the year, found 05-01, 03-01"]),
        ("late: {source: guess}", "", ["hours.late: hours are given by periods or by seasons; give one of the two"]),
        ("late: {periods: ['09:00-12:00'], weekdays: {sat: ['09:00-10:00']}, source: guess}", "",
         ["hours.late: sat has periods of its own but is no open day; add it to also, or take it out"]),
        ("late: {periods: ['09:00-12:00'], weekdays: {sta: ['09:00-10:00']}, source: guess}", "",
         ["hours.late.weekdays.sta: unknown key 'sta', did you mean 'sat'?"]),
        ("late: {periods: ['09:00-12:00'], weekdays: {mon: ['10:00-09:00']}, source: guess}", "",
         ["hours.late: periods must follow one another within the day, found 10:00-09:00"]),
        ("late: {weekdays: {mon: ['09:00-10:00']}, seasons: [{from: 05-01, periods: ['09:00-12:00']},"
         " {from: 10-01, periods: ['09:00-12:00']}], source: guess}", "",
         ["hours.late: with seasons, each has weekdays of its own; write them there"]),
        (LATE, ", closed: [2024-13-01], open: {2024-02-30: ['09:00-12:00']}",
         ["departments.bureau.closed[0]: wanted a date YYYY-MM-DD, found '2024-13-01'",
          "departments.bureau.open.2024-02-30: wanted a date YYYY-MM-DD, found '2024-02-30'"]),
        (LATE, ", open: {2024-2-3: ['09:00-12:00']}",
         ["departments.bureau.open.2024-2-3: wanted a date YYYY-MM-DD, found '2024-2-3'; write 2024-02-03"]),
        (LATE, ", closed: [2024-02-03], open: {2024-02-03: ['09:00-08:00']}",
         ["departments.bureau.open.2024-02-03: 2024-02-03 is under closed too; keep one",
          "departments.bureau.open.2024-02-03: periods must follow one another within the day, found 09:00-08:00"]),
        (LATE, officers("late") + ", hands_on: [officers, officer]",
         ["departments.bureau.hands_on[0]: officers are one group, and nobody else is there to go on; add a group with "
          "other hours",
          "departments.bureau.hands_on[1]: unknown role 'officer', did you mean 'officers'?"]),
        (LATE, ", source: gues",
         ["departments.bureau.source: unknown source 'gues', did you mean 'guess'?"]),
    ],
)  # fmt: skip
def test_hours_and_dates_that_cannot_be_are_told(
    hours: str, bureau: str, told: list[str], tmp_path: Path, library: Library
) -> None:
    """Each with its place, what was found and what to do."""
    path = tmp_path / "places" / "town.yaml"
    path.parent.mkdir()
    path.write_text(place(OFFICE, hours, bureau=bureau), encoding="utf-8")
    faults = validate_path(path, library)
    assert [f"{fault.path}: {fault.message}" for fault in faults] == told


def test_a_working_day_holds_no_service_days(tmp_path: Path, library: Library) -> None:
    """Sunday service is no working day, so that the hours that measure them have none."""
    path = tmp_path / "places" / "town.yaml"
    path.parent.mkdir()
    path.write_text(place(OFFICE.replace(", source", ", also: [sun], source")), encoding="utf-8")
    (fault,) = validate_path(path, library)
    assert f"{fault.path}: {fault.message}" == (
        "hours.office.also: office is the working day that all working days are measured in; take also out, and give "
        "those who open on more days hours of their own"
    )


def test_dates_without_a_source_meet_the_eye(tmp_path: Path) -> None:
    """They are allowed, and `validate` says so."""
    for file in (LIBRARY / "processes").rglob("*.yaml"):
        copy = tmp_path / file.relative_to(LIBRARY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if file.stem == "village":
            text = text.replace("en: Approval station}}", "en: Approval station}, closed: [2024-10-09]}")
        copy.write_text(text, encoding="utf-8")
    message = "nothing says where its dates and its handing on come from; add source below it"
    assert f"village: departments.bureau: {message}" in faults_and_notes(tmp_path, ())[1]


@pytest.mark.parametrize(
    ("sits", "told"),
    [
        ("{at: '09:00', source: guess}",
         ["sits: a panel sits on weekdays or on dates of the month, found neither; name one"]),
        ("{weekdays: [mon], dates: [5], at: '09:00', source: guess}",
         ["sits: a panel sits on weekdays or on dates of the month, found both; name one"]),
        ("{dates: [5], of_month: [1], at: '09:00', source: guess}",
         ["sits.of_month: only weekdays are the first or the third of a month; name weekdays, or take of_month out"]),
        ("{weekdays: [mon], at: '09:00', notice: {}, source: guess}",
         ["sits.notice: a notice has one unit; give days or calendar_days"]),
        ("{weekdays: [mon], of_month: [6], at_most: 0, at: '09:00', source: guess}",
         ["sits.at_most: wanted a whole number of at least 1, found 0",
          "sits.of_month[0]: wanted one of 1, 2, 3, 4, 5, -1, found 6"]),
        ("{dates: [32], at: '09:00', notice: {days: 0.5}, source: guess}",
         ["sits.dates[0]: wanted a whole number from 1 to 31, found 32",
          "sits.notice.days: wanted a whole number of at least 1, found 0.5"]),
    ],
)  # fmt: skip
def test_panels_that_cannot_be_are_told(sits: str, told: list[str], tmp_path: Path, library: Library) -> None:
    """Each with its place, what was found and what to do."""
    path = tmp_path / "licences" / "service.yaml"
    path.parent.mkdir()
    path.write_text(service(LIMIT.replace("limit:", f"sits: {sits}, limit:")), encoding="utf-8")
    faults = validate_path(path, library)
    assert [f"{fault.path}: {fault.message}".removeprefix("steps.review.") for fault in faults] == told
