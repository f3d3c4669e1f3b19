"""The numbers of each chart as a table: those that are drawn, in the words of the chart."""

from __future__ import annotations

import csv
from functools import cache
from io import StringIO

import pandas as pd
import pytest

from sim.decide.bought import bought
from sim.report.chart_register import CHARTS, DECISIONS
from sim.report.charts import data
from sim.report.charts.drawing import handed_on
from sim.report.charts.view import View
from sim.report.charts.waterfall import Shared
from sim.report.words import LANGS, Lang

from .test_charts import compared
from .test_report_bought import overlapping


@cache
def view(lang: Lang = "en") -> View:
    """54 → 18 counted working days, of which a map, a typical case and so on are drawn."""
    return View(compared(), "service", lang)


def records(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of a table, row by row."""
    return list(table[list(columns)].itertuples(index=False, name=None))


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_of_a_page_has_its_numbers(lang: Lang) -> None:
    """Under heads in the language of the chart, with as many cells in every row."""
    rows = {name: list(csv.reader(StringIO(handed_on(c, view(lang)).data))) for name, c in CHARTS.items()}
    assert all(len({*map(len, lines)}) == 1 < len(lines) for lines in rows.values())
    assert {name: lines[0][0] for name, lines in rows.items()} == dict.fromkeys(
        CHARTS, {"zh": "方案", "en": "Variant"}[lang]
    )
    assert DECISIONS["waterfall"].data is not None


def test_the_map_tells_what_each_step_waits_for_and_why() -> None:
    """A habit that the reforms end stands apart, and so does a step that they take away."""
    found = data.process_map(view())
    waits = [column for column in found.columns if column.startswith("Waits")]
    before = {row[0]: row[1:] for row in records(found, "Step", *waits, "Limit or usual time", "Taken away by")[:6]}
    assert before == {
        "Land permit": ("", "", "", "", 10, ""),
        "Review of the scheme": ("Land permit", "", "", "", 20, ""),
        "Air defence": ("", "", "", "Review of the scheme", 15, ""),
        "Check of the drawings": ("", "", "Air defence", "", 4, "dropped"),
        "Works": ("", "Check of the drawings", "", "", 100, ""),
        "Completion filing": ("", "Works", "", "", 5, ""),
    }
    together = {step: form for step, form in records(found, "Step", "Steps of the same application") if form}
    assert together == dict.fromkeys(("Review of the scheme", "Air defence"), "Review of the scheme; Air defence")


def test_the_typical_case_is_told_stretch_by_stretch() -> None:
    """The review before: a day of work, then nineteen of circulation, and the decision at its end."""
    found = data.gantt(view())
    review = found[(found["Step"] == "Review of the scheme") & (found["Variant"] == found["Variant"][0])]
    assert records(review, "Where the time goes", "From", "To", "Unit") == [
        ("Officers' work", 10, 11, "work. days"),
        ("Circulation", 11, 30, "work. days"),
        ("accepted", 10, 10, "work. days"),
        ("decided", 30, 30, "work. days"),
    ]


def test_the_bars_of_a_distribution_hold_every_case() -> None:
    """Ten cases of 54 days, and ten of 18, against a target of 20."""
    found = data.distribution(view())
    assert records(found, "Variant", "Cases", "Mean", "Target") == [("Before", 10, 54, 20), ("After", 10, 18, 20)]
    assert [low <= days <= high for (low, high), days in zip(records(found, "From", "To"), (54, 18), strict=True)] == [
        True,
        True,
    ]


def test_the_split_of_time_adds_up_to_the_whole() -> None:
    """154 working days before, 118 after."""
    found = data.time_split(view())
    assert found.groupby("Variant")["Working days per case"].sum().round(6).to_dict() == {"Before": 154, "After": 118}


def test_the_shares_of_a_waterfall_add_up_to_the_whole() -> None:
    """Five days each of ten, towards a target of seven."""
    found = bought(overlapping())
    assert found
    table = data.waterfall(Shared(found, found.answers[0], "en"))
    assert records(table, "Part", "Fair share", "Alone", "Last", "Target")[:2] == [
        ("time limit", -5, -6, -4, 7),
        ("parallel approval", -5, -6, -4, 7),
    ]
    assert records(table, "Part", "Fair share")[2:] == [("the whole", -10)]
