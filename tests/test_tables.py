"""The tables a run writes: moments and events of single cases, results by month, and no text that runs."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import MONTHLY, Comparison, Month
from sim.analysis.estimate import Estimate
from sim.records.events import COLUMNS, DONE, status
from sim.records.measures.register import MEASURES
from sim.records.moments import MOMENTS
from sim.records.tables import Flag
from sim.report.page import months as page_months
from sim.report.page.context import Context
from sim.report.screen import months as screen_months
from sim.report.tables import TABLES, cases_csv, events_csv, months_csv
from sim.report.words import LANGS, Lang
from sim.text.spreadsheets import harmless, written

from .reported import rows
from .services import practised, reformed, staffed

ROOT = Path(__file__).parents[1]
ONE = "{reform: 一次性告知}"
STEPS = """
  a: {needs: [form], window: hall, work: ~4h, limit: {statutory: ~2}}
  b: {after: {a: order}, limit: {statutory: ~1}, refused: {share: 1, source: guess}}
"""


def one() -> Comparison:
    """A case that comes on Monday at nine, prepares a form for a day, is looked at for half an hour, and refused."""
    place, practice = staffed("officers"), practised(prepare=1, check=30)
    return compare(reformed(STEPS, ONE, place=place, practice=practice), runs=2)


def read(text: Iterable[str]) -> list[dict[str, str]]:
    """The lines of a CSV file by the heads of its columns."""
    return list(csv.DictReader(StringIO("".join(text))))


def test_the_table_of_cases_has_the_moments_of_each() -> None:
    """Handed in at the end of Monday, accepted on Tuesday at half past nine, decided two days and one more later."""
    first = read(cases_csv(one()))[0]
    assert {moment: first[moment] for moment in MOMENTS} == {
        "arrived": "2024-03-04T09:00:00",
        "submitted": "2024-03-04T17:00:00",
        "accepted": "2024-03-05T09:30:00",
        "decided": "2024-03-08T09:30:00",
        "ended": "2024-03-08T09:30:00",
    }
    assert list(first) == ["variant", "process", "replication", "case", *MOMENTS, *MEASURES]


def test_what_did_not_come_is_left_empty() -> None:
    """A case that no office handles hands nothing in, and nothing is decided."""
    steps = "  a: {kind: applicant, duration: ~1}"
    first = read(cases_csv(compare(reformed(steps, ONE), runs=2)))[0]
    assert [first[m] for m in MOMENTS] == ["2024-03-04T09:00:00", "", "", "", "2024-03-04T17:00:00"]


def test_the_table_of_events_tells_what_happened_to_a_case() -> None:
    """An hour of each kind after another, with who did it and what the attempt came to."""
    text = "".join(events_csv(one()))
    before = [line for line in text.splitlines()[1:] if line.startswith("before")]
    assert before == [
        "before,service,0,a,1,attempt,,2024-03-04T09:00:00,2024-03-07T09:30:00,0,bureau,,0,done",
        "before,service,0,a,1,applicant,,2024-03-04T09:00:00,2024-03-04T17:00:00,0,,,0,done",
        "before,service,0,a,1,submitted,,2024-03-04T17:00:00,2024-03-04T17:00:00,0,bureau,,0,done",
        "before,service,0,a,1,work,2024-03-04T17:00:00,2024-03-05T09:00:00,2024-03-05T09:30:00,0,hall,window,1,done",
        "before,service,0,a,1,accepted,,2024-03-05T09:30:00,2024-03-05T09:30:00,0,bureau,,0,done",
        "before,service,0,a,1,work,2024-03-05T09:30:00,2024-03-05T09:30:00,2024-03-05T13:30:00,0,bureau,officers,1,done",
        "before,service,0,a,1,circulation,,2024-03-05T13:30:00,2024-03-07T09:30:00,0,bureau,,0,done",
        "before,service,0,a,1,decided,,2024-03-07T09:30:00,2024-03-07T09:30:00,0,bureau,,0,done",
        "before,service,0,b,1,attempt,,2024-03-07T09:30:00,2024-03-08T09:30:00,0,bureau,,0,refused",
        "before,service,0,b,1,accepted,,2024-03-07T09:30:00,2024-03-07T09:30:00,0,bureau,,0,refused",
        "before,service,0,b,1,circulation,,2024-03-07T09:30:00,2024-03-08T09:30:00,0,bureau,,0,refused",
        "before,service,0,b,1,decided,,2024-03-08T09:30:00,2024-03-08T09:30:00,0,bureau,,0,refused",
    ]
    assert text.splitlines()[0].split(",") == ["variant", "process", *COLUMNS]


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_is_a_status(flag: Flag) -> None:
    """Whatever may happen to an attempt is told in a word, and all of it where several things do."""
    assert flag.name is not None
    assert (status(flag), status(0)) == (flag.name.lower(), DONE)
    assert status(Flag.PROMISED | Flag.REVOKED) == "promised+revoked"


# -- months ---------------------------------------------------------------------------------------------


def two_months() -> Comparison:
    """Cases of a day each, one a week from the last week of February on: one, four in March, and one."""
    steps = "  a: {limit: {statutory: ~1}}"
    return compare(reformed(steps, ONE, cases=6, demand="every_minutes: 10080", start="2024-02-22"), runs=2)


def test_results_are_told_by_month_of_arrival() -> None:
    """Arrivals on 29 February, on 7, 14, 21 and 28 March, and on 4 April, a holiday that lasts to the 6th."""
    found = two_months()
    exact = {m: Estimate(1, 1, 1, 2) for m in MONTHLY if m.endswith("_days") and m != "calendar_days"}
    months = found.months["before"]["service"]
    assert [(m.month, m.cases, m.means["counted_days"]) for m in months] == [
        ("2024-02", 2, exact["counted_days"]),
        ("2024-03", 8, exact["counted_days"]),
        ("2024-04", 2, exact["counted_days"]),
    ]
    assert read(months_csv(found))[2] | {"elapsed_days": ""} == {
        "variant": "before", "process": "service", "month": "2024-04", "cases": "2",
        "counted_days": "1", "counted_days_low": "1", "counted_days_high": "1",
        "elapsed_days": "", "elapsed_days_low": "1", "elapsed_days_high": "1",
        "calendar_days": "3.70833", "calendar_days_low": "3.70833", "calendar_days_high": "3.70833",
        "before_acceptance_days": "0", "before_acceptance_days_low": "0", "before_acceptance_days_high": "0",
        "on_time_share": "1", "on_time_share_low": "0.158114", "on_time_share_high": "1",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_page_and_screen_tell_more_months_than_one(lang: Lang) -> None:
    """A group per month, a row per variant; nothing where all come in one month."""
    found, single = two_months(), one()
    table = page_months.by_month(Context(found, lang), "service")
    assert table is not None
    groups = rows(table)
    assert list(groups) == ["2024-02", "2024-03", "2024-04"]
    assert [row[1:3] for row in groups["2024-03"]] == [["8", "1.00"], ["8", "1.00"]]
    shown = screen_months.by_month(found, "service", lang)
    assert shown is not None
    assert [list(column.cells) for column in shown.columns[:4:2]] == [
        ["2024-02", "2024-02", "2024-03", "2024-03", "2024-04", "2024-04"],
        ["2", "2", "8", "8", "2", "2"],
    ]
    assert page_months.by_month(Context(single, lang), "service") is None
    assert screen_months.by_month(single, "service", lang) is None


def test_months_without_an_interval_are_left_empty_in_the_table() -> None:
    """No number stands for what is not known."""
    found = two_months()
    endless = Month("2024-02", 1, {m: Estimate(1, float("-inf"), float("inf"), 1) for m in MONTHLY})
    text = "".join(months_csv(Comparison(**{**vars(found), "months": {"before": {"service": (endless,)}}})))
    assert read(text)[0]["counted_days_low"] == read(text)[0]["counted_days_high"] == ""


# -- how cells are written --------------------------------------------------------------------------------


def test_numbers_and_moments_are_written_in_one_form() -> None:
    """So many digits and no more, a zero with its minus, nothing for what is none; a moment to the second."""
    numbers = [1 / 3, 2e6, 3.0, -0.0, 0.0, math.inf, math.nan, 1 / 3]
    days = [*np.arange("2024-03-04", "2024-03-11", dtype="datetime64[D]").astype("datetime64[ns]"), None]
    moments = pd.Series(days, dtype="datetime64[ns]") + pd.Timedelta("9h30m1.5s")
    table = pd.DataFrame({"a": numbers, "b": np.array(numbers, dtype="f4"), "c": moments, "d": range(8)})
    assert written(table, "%.6g").splitlines() == [
        "a,b,c,d",
        "0.333333,0.333333,2024-03-04T09:30:01,0",
        "2e+06,2e+06,2024-03-05T09:30:01,1",
        "3,3,2024-03-06T09:30:01,2",
        "-0,-0,2024-03-07T09:30:01,3",
        "0,0,2024-03-08T09:30:01,4",
        "inf,inf,2024-03-09T09:30:01,5",
        ",,2024-03-10T09:30:01,6",
        "0.333333,0.333333,,7",
    ]


# -- what a spreadsheet would run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "＋1", "－1", "＠a"]
)
def test_a_text_that_a_spreadsheet_would_run_does_not_run(cell: str) -> None:
    """It is shown as it was written, behind an apostrophe; a return, which would begin a row, is a line feed."""
    told = f"'{cell}".replace("\r", "\n")
    assert harmless(cell) == told
    table = written(pd.DataFrame({cell: [cell, "plain"]}))
    assert list(csv.reader(StringIO(table, newline=""))) == [[told], [told], ["plain"]]


def test_a_return_inside_a_text_begins_no_row() -> None:
    """What stands behind it would be a cell of its own, and run."""
    assert list(csv.reader(StringIO(written(pd.DataFrame({"a": ["b\r=1", "b\r\n=1"]})), newline=""))) == [
        ["a"], ["b\n=1"], ["b\n=1"],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["a=1", "", " ", "1-1", -1.5, True, None])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    """Numbers below 0 are numbers."""
    assert harmless(cell) is cell


@pytest.mark.parametrize("name", TABLES)
def test_no_table_of_a_run_has_a_cell_that_runs(name: str) -> None:
    """An attribute has a value that is a formula; no cell of any table begins as one, but for numbers below 0."""
    attributes = '{sort: {values: {"=1+1": 0.5, "@x": 0.5}, source: guess}}'
    found = compare(reformed("  a: {limit: {statutory: ~1}}", ONE, cases=4, attributes=attributes), runs=2)
    cells = [cell for line in csv.reader(StringIO("".join(TABLES[name](found)))) for cell in line]
    assert not [cell for cell in cells if cell[:1] in "=+@\t" and cell]
    assert ("'=1+1" in cells) == (name == "cases.csv")


def test_every_table_is_written_through_one_door() -> None:
    """Whatever writes CSV makes its cells harmless."""
    found = [path.name for path in (ROOT / "sim").rglob("*.py") if ".to_csv(" in path.read_text(encoding="utf-8")]
    assert found == ["spreadsheets.py"]


@pytest.mark.parametrize(("cases", "pieces"), [(4, 12), (12, 8)])
def test_tables_in_pieces_are_those_of_one(monkeypatch: pytest.MonkeyPatch, cases: int, pieces: int) -> None:
    """However many cases and lines are in memory at a time, the files have the same text; each has one head."""
    found = two_months()
    whole = {name: "".join(text(found)) for name, text in TABLES.items()}
    monkeypatch.setattr("sim.analysis.comparison.CASES", cases)
    monkeypatch.setattr("sim.text.spreadsheets.LINES", 3)
    in_pieces = {name: list(text(found)) for name, text in TABLES.items()}
    assert {name: len(pieces) for name, pieces in in_pieces.items()} == {
        "cases.csv": pieces,
        "events.csv": 16,
        "months.csv": 2,
    }
    assert {name: "".join(pieces) for name, pieces in in_pieces.items()} == whole
    assert whole["cases.csv"].count("variant") == 1
