"""When cases come: more in some months, on some weekdays, in some hours; or as a list of real ones says."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.core.draws import Draws
from sim.core.errors import SpecError
from sim.engine.arrivals import coming
from sim.engine.numbering import PlaceNumbers
from sim.engine.staffing import derived_staff
from sim.records.tables import Staff
from sim.report.page.answers import demands
from sim.report.page.context import Context
from sim.scenario.library import Library, Spec
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.text import yamlio

from .small import OFFICE_HOURS, play, scenario, service, world

STEP = service("  review: {name: {zh: 审查, en: Review}, at: bureau, work: {hours: 1, source: guess}}")
RUSH = "by_month: [1, 1, 1, 1, 1, 3, 3, 3, 1, 1, 1, 1]"
MONDAYS = "by_weekday: [3, 1, 1, 1, 1, 0, 0]"
EARLY = "by_hour: [0, 0, 0, 0, 0, 0, 0, 0, 9, 6, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]"
"""Of what comes from 9 to 17 o'clock six elevenths come before 10, and none after 15."""


def asked(demand: str, cases: int = 0, **more: int) -> Prepared:
    """The scenario, with an office from 9 to 17 and from Monday 4 March 2024 on."""
    return world(STEP, scenario(cases, demand, **more))


def came(prepared: Prepared, replication: int = 0, faster: float = 1.0) -> list[datetime]:
    """When the cases of a replication come."""
    place = PlaceNumbers(prepared, prepared.variants[0].place, Staff({}, {}))
    found = coming("service", Draws(1, replication), place, prepared, faster)
    return [datetime(2024, 3, 4) + timedelta(seconds=t) for t in found.times.tolist()]


def test_half_of_the_cases_come_in_three_months() -> None:
    """Nine of eighteen parts, and the year has as many as it says: 6,000 a year, within three standard deviations."""
    moments = came(asked(f"per_year: 6000, {RUSH}", 12_000))
    year = [moment for moment in moments if moment.year == 2025]
    assert abs(len(year) - 6000) < 3 * 6000**0.5
    summer = [moment for moment in year if moment.month in (6, 7, 8)]
    assert abs(len(summer) - 3000) < 3 * 3000**0.5
    months = Counter(moment.month for moment in year)
    assert all(abs(months[month] - 6000 / 18) < 4 * (6000 / 18) ** 0.5 for month in (1, 2, 3, 4, 5, 9, 10, 11, 12))


def test_mondays_and_early_hours_have_their_rush() -> None:
    """Three of seven parts of a week come on Monday, six of eleven of a day before ten, and nobody at night."""
    moments = came(asked(f"per_year: 6000, {MONDAYS}, {EARLY}", 6_000))
    assert {moment.hour for moment in moments} == {9, 10, 11, 12, 13, 14}
    early = sum(moment.hour == 9 for moment in moments)
    assert abs(early - 6000 * 6 / 11) < 3 * (6000 * 6 / 11 * 5 / 11) ** 0.5
    week = [m for m in moments if date(2024, 7, 1) <= m.date() < date(2024, 9, 1)]  # nine weeks without a holiday
    mondays = sum(moment.weekday() == 0 for moment in week)
    assert abs(mondays - len(week) * 3 / 7) < 3 * (len(week) * 3 / 7 * 4 / 7) ** 0.5


def test_the_same_cases_come_sooner_where_more_come() -> None:
    """Twice as fast, the n-th case comes by when half as much of the year's cases is expected; none comes later."""
    prepared = asked(f"per_year: 500, {RUSH}", 400)
    usual, faster = came(prepared), came(prepared, faster=2)
    assert all(a > b for a, b in zip(usual, faster, strict=True))
    place = PlaceNumbers(prepared, prepared.variants[0].place, Staff({}, {}))
    assert place.office.between(0, int((faster[-1] - datetime(2024, 3, 4)).total_seconds())) > 0


def test_a_rhythm_without_contrast_is_none() -> None:
    """Equal parts for weekdays and hours leave every case where it is, to the second or so."""
    plain = came(asked("per_year: 500", 300))
    even = came(asked(f"per_year: 500, by_weekday: {[1] * 7}, by_hour: {[1] * 24}", 300))
    apart = np.array([abs((a - b).total_seconds()) for a, b in zip(plain, even, strict=True)])
    assert apart.max() <= 1


def test_a_window_of_weeks_has_the_cases_of_its_season() -> None:
    """From 3 to 30 June lie all working days of a month that has 1,000 of 6,000 cases."""
    text = f"per_year: 6000, {RUSH}"
    prepared = world(STEP, scenario(0, text, weeks=4, start="2024-06-03"))
    place = PlaceNumbers(prepared, prepared.variants[0].place, Staff({}, {}))
    found = coming("service", Draws(1, 0), place, prepared)
    assert abs(len(found.times) - 1000) < 3 * 1000**0.5
    assert found.between == (0, 28 * 86400)


LISTED = "arrivals: [2024-03-05 14:00, 2024-03-04 09:30, 2024-03-09 22:15, 2024-03-04 09:30]"


def test_listed_cases_come_when_they_came() -> None:
    """In order, by day and night, the same in every replication, while all else is luck."""
    prepared = asked(LISTED)
    moments = ["2024-03-04 09:30", "2024-03-04 09:30", "2024-03-05 14:00", "2024-03-09 22:15"]
    for replication in (0, 7):
        assert [f"{moment:%Y-%m-%d %H:%M}" for moment in came(prepared, replication)] == moments
    found = play(prepared)
    ends = [datetime(2024, 3, 4) + timedelta(seconds=t) for t in found.cases["finished"].tolist()]
    assert [f"{end:%m-%d %H:%M}" for end in ends] == ["03-04 10:30", "03-04 10:30", "03-05 15:00", "03-11 10:00"]


def test_the_first_of_listed_cases_may_only_load_the_system() -> None:
    """Two of four warm it up; or a window of two weeks measures its own, and not those of the weeks beside it."""
    prepared = world(STEP, scenario(0, f"{LISTED}, warm_up: 2"))
    assert len(play(prepared).cases) == 2
    long = LISTED.replace("]", ", 2024-02-28 09:00, 2024-03-20 09:00, 2024-03-28 09:00]")
    found = play(world(STEP, scenario(0, long, weeks=2, warm_up=1)))
    assert [t // 86400 for t in found.cases["arrived"]] == [7, 7, 8, 12]  # from Monday 26 February on
    assert [t // 86400 for t in found.tables.arrivals[0].times] == [2, 7, 7, 8, 12, 23]


def test_staff_follows_from_the_rate_of_listed_cases() -> None:
    """Eight cases of 100 hours in two days are 1,460 a year: at half utilisation 146,000 hours need 147 officers."""
    staff = "en: Bureau}, staff: {officers: [{utilisation: 0.5, hours: office, source: guess}]}}"
    place = OFFICE_HOURS.replace("en: Bureau}}", staff)
    day = [f"2024-03-{day:02} {hour:02}:00" for day in (4, 5) for hour in (9, 10, 11, 14)]
    process = STEP.replace("hours: 1,", "hours: 100,")
    prepared = world(process, scenario(0, f"arrivals: [{', '.join(day)}]"), place)
    # 249 working days of eight hours lie in the year from 4 March 2024 on.
    open_hours = 8 * sum(prepared.table.is_workday(date(2024, 3, 4) + timedelta(days=n)) for n in range(365))
    assert derived_staff(prepared).officers == {("bureau", "officers"): -(-1460 * 100 * 2 // open_hours)}


# --- tables

QUESTION = """\
id: question
name: {zh: 问题, en: Question}
place: town
start: 2025-07-07
demand:
  shop: {arrivals: cases.csv, source: guess}
variants:
  before: {name: {zh: 前, en: Before}}
"""


def from_table(tmp_path: Path, library: Library, table: str, question: str = QUESTION) -> Prepared:
    """The scenario with a table beside it."""
    (tmp_path / "cases.csv").write_text(table, encoding="utf-8")
    document = yamlio.parse(question, "question.yaml")
    return prepare(Spec(tmp_path / "question.yaml", document, Scenario.model_validate(document.data)), library)


@pytest.mark.parametrize(
    "table",
    [
        "arrived\n2025-07-08 09:05\n2025-07-07 16:30\n",
        "case,arrived\nA2,2025-07-08T09:05\nA1,2025-07-07T16:30:00\n",
        "事项,arrived\n设立,2025/7/8 9:05\n变更,2025/7/7 16:30:00.25\n",
    ],
)
def test_a_table_of_real_cases_is_read(table: str, tmp_path: Path, library: Library) -> None:
    """As a register or a spreadsheet writes them, in any order, with other columns beside."""
    demand = from_table(tmp_path, library, table).scenario.demand["shop"]
    assert demand.arrivals == ("2025-07-07 16:30:00", "2025-07-08 09:05:00")
    assert demand.yearly == 365


def test_a_result_rests_on_its_table(tmp_path: Path, library: Library) -> None:
    """The hash of the inputs moves with the bytes of the table, and not with the place where it stands."""
    one, other = "arrived\n2025-07-08 09:05\n", "arrived\n2025-07-08 09:06\n"
    hashes = [from_table(tmp_path, library, table).inputs for table in (one, other, one)]
    assert hashes[0] == hashes[2] != hashes[1]


BEFORE = "1 of 2 cases come before the start, 2025-07-07, the first on 2025-07-04; start earlier, or take them out"
LATE = "the last case comes on 2060-03-01, and the calendar ends 2060-12-31, less than a year later; take it out"


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        ("arrived\n2025-07-08\n2025-02-30 09:00\n2025-07-08 09:00\n",
         ["cases.csv:2: wanted a date and a time of day, YYYY-MM-DD HH:MM, found '2025-07-08'",
          "cases.csv:3: wanted a date and a time of day, YYYY-MM-DD HH:MM, found '2025-02-30 09:00'"]),
        ("arrived\n" + "x\n" * 14,
         [*(f"cases.csv:{n}: wanted a date and a time of day, YYYY-MM-DD HH:MM, found 'x'" for n in range(2, 11)),
          "cases.csv:11: wanted a date and a time of day, YYYY-MM-DD HH:MM, found 'x'; and 4 more rows like this"]),
        ("arrived\n", ["cases.csv:1: nothing stands under arrived: write when each case came"]),
        ("start\n2025-07-08 09:00\n",
         ["cases.csv:1: the first row has no column 'arrived', found start: name the column arrived"]),
        ("arrived\n2025-07-08 09:00\n2025-07-04 09:00\n", [f"question.yaml:6: demand.shop.arrivals: {BEFORE}"]),
        ("arrived\n2025-07-08 09:00\n2060-03-01 09:00\n", [f"question.yaml:6: demand.shop.arrivals: {LATE}"]),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_told(table: str, faults: list[str], tmp_path: Path, library: Library) -> None:
    """Before anything is played, each with its line and what to do."""
    with pytest.raises(SpecError) as error:
        from_table(tmp_path, library, table)
    assert [str(fault).removeprefix(f"{tmp_path}/") for fault in error.value.faults] == faults


@pytest.mark.parametrize(
    ("demand", "fault"),
    [
        ("arrivals: other.csv", "demand.shop.arrivals: no file other.csv from here; mend the name"),
        ("arrivals: cases.csv, warm_up: 1", "demand.shop.warm_up: warm_up must leave cases to measure, found 1 of 1"),
        ("arrivals: [2025-07-08 09:00, 2025-07-32 09:00]",
         "demand.shop.arrivals[1]: there is no moment 2025-07-32 09:00; mend it"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_is_told(demand: str, fault: str, tmp_path: Path, library: Library) -> None:
    """A name of no file, a warm-up that leaves nothing, a day that there is not."""
    question = QUESTION.replace("arrivals: cases.csv", demand)
    with pytest.raises(SpecError) as error:
        from_table(tmp_path, library, "arrived\n2025-07-08 09:00\n", question)
    assert str(error.value) == f"question.yaml:6: {fault}"


@pytest.mark.parametrize(
    ("demand", "cases", "zh", "en"),
    [
        (
            f"per_year: 600, {RUSH}, {EARLY}",
            9,
            "每年 600 件，按月份、钟点分布",
            "600 cases a year, shared out by month, hour",
        ),
        (
            LISTED,
            0,
            "按实际到达时间（2024-03-04 至 2024-03-09，4 件）",
            "4 cases as they came (2024-03-04 to 2024-03-09)",
        ),
    ],
)
def test_the_page_says_when_cases_come(demand: str, cases: int, zh: str, en: str) -> None:
    """The number a year with what shares it out, or how many there were from when to when."""
    comparison = compare(asked(demand, cases), runs=2)
    for lang, said in (("zh", zh), ("en", en)):
        (found,) = demands(Context(comparison, lang))
        assert said in found.text.replace("\u00a0", " ")
