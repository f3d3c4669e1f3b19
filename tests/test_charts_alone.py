"""The charts of what a planner decides by, each with a page of its own: for a phone too, with numbers and source."""

from __future__ import annotations

import csv
from base64 import b64decode
from functools import cache
from io import StringIO
from typing import Any

import pytest

from sim.analysis.estimate import Estimate
from sim.analysis.sensitivity import doubts
from sim.decide.bought import bought
from sim.decide.capacity import Capacity, Point, Role
from sim.decide.moved import difference
from sim.learn.forecasting.validation import SHARES
from sim.report.chart_register import DECISIONS
from sim.report.charts.budget import SharedOut
from sim.report.charts.capacity import Crowded
from sim.report.charts.drawing import drawn, handed_on, narrowed
from sim.report.charts.forecast import Foretold
from sim.report.charts.moved import Compared
from sim.report.charts.narrow import TEXT, WIDTH
from sim.report.charts.pareto import Choices, front_words
from sim.report.charts.recorded import Recorded
from sim.report.charts.tornado import Swung
from sim.report.charts.waterfall import Shared
from sim.report.charts.worlds import Drawn
from sim.report.doubted import Doubted
from sim.report.page.alone import chart_page
from sim.report.words import LANGS, Lang

from . import test_sensitivity
from .reported import Tags
from .services import reformed
from .test_attribution import BESIDE, CHAIN, CUT, OTHER, TARGET
from .test_budget import shared
from .test_capacity import queue
from .test_charts import cut_off, labelled, texts
from .test_deciding_files import RECORD
from .test_learn_charts import ROWS, VALIDATION
from .test_moved import estimate, result
from .test_report_bought import overlapping
from .test_search import searched


def crowd() -> Capacity:
    """A desk of four: two officers keep half of their limits, or a tenth of them with twice the files."""
    prepared = queue(3)

    def point(officers: int, demand: float, share: float, wait: float) -> Point:
        found = [Estimate(x, x - 0.1, x + 0.1, 4) for x in (12.0, share, wait, 0.5)]
        return Point(officers, demand, *found)

    few, now = point(2, 1, 0.5, 8), point(4, 1, 0.98, 1)
    role = Role(("desk", "officers"), 4, 0.0, 2.0, (now,), ({"before": 1, "behind": 0},) * 2, (few, now))
    grid = (few, now, point(2, 2, 0.1, 30), point(4, 2, 0.6, 6))
    return Capacity(prepared, prepared.variants[0], 1, 4, (role,), grid)


@cache
def views(lang: Lang) -> dict[str, Any]:
    """What each chart of the register looks at."""
    comparison, whole = test_sensitivity.asked(16), bought(overlapping())
    assert whole
    return {
        "waterfall": Shared(whole, whole.answers[0], lang),
        "pareto": Choices(searched(reformed(CHAIN, CUT, OTHER, BESIDE, targets=TARGET)), lang),
        "tornado": Swung(Doubted(comparison, doubts(comparison), {}), comparison.targets[0], lang),
        "worlds": Drawn(RECORD, {}, lang),
        "moved": Compared(difference(result(estimate(20, 18, 23)), result(estimate(30, 26, 39))), lang),
        "capacity": Crowded(crowd(), lang),
        "budget": SharedOut(shared(10, 20, "at_most: 24"), lang),
        "recorded": Recorded(ROWS, "a.csv", ("2025-01-01", "2025-02-28"), lang),
        "forecast": Foretold(VALIDATION, ["受理", "审查"], lang),
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_of_decisions_is_drawn_for_a_phone(lang: Lang) -> None:
    """As wide as its screen, where a point is a pixel; no type below 11, nothing beyond the edge."""
    figures = {name: narrowed(DECISIONS[name], view) for name, view in views(lang).items()}
    assert list(figures) == list(DECISIONS)
    assert {name: figure.get_size_inches()[0] for name, figure in figures.items()} == dict.fromkeys(figures, WIDTH)
    assert min(text.get_fontsize() for figure in figures.values() for text in texts(figure)) == TEXT > 11
    assert cut_off(figures) == []


@pytest.mark.parametrize(
    ("name", "label"),
    [("tornado", "swing"), ("worlds", "share"), ("moved", "change"), ("budget", "budget"), ("recorded", "counted")],
)
def test_the_bars_of_a_phone_are_those_of_the_wide_drawing(name: str, label: str) -> None:
    """As many, from and to the same values."""
    wide, narrow = (draw(DECISIONS[name], views("en")[name]) for draw in (drawn, narrowed))
    spans = [
        [(bar.get_x(), bar.get_width()) for axes in figure.axes for bars in axes.containers
         if bars.get_label() == label for bar in bars]
        for figure in (wide, narrow)
    ]  # fmt: skip
    assert spans[0] == spans[1] != []


def test_cells_and_curves_of_officers_stand_in_both_drawings() -> None:
    """Four cells and a curve; today's officers in a frame."""
    for figure in (draw(DECISIONS["capacity"], views("en")["capacity"]) for draw in (drawn, narrowed)):
        cells = [text.get_text() for text in texts(figure) if text.get_label() == "cell"]
        assert cells == ["50%\n(12)", "98%\n(12)", "10%\n(12)", "60%\n(12)"]
        (frame,) = labelled(figure, "today")
        assert (frame.get_x(), frame.get_width()) == (0.5, 1)


def test_the_front_of_a_search_is_numbered_and_told_beside_it() -> None:
    """16 days as it is; 10 by a cut, 6 with the review beside it, 4 with the other cut."""
    view = views("en")["pareto"]
    assert front_words(view) == [
        "1. 16.0: nothing at all",
        "2. 10.0: time limit (Step) (after.1)",
        "3. 6.00: as 2, and parallel approval",
        "4. 4.00: as 3, and time limit (Step) (after.2)",
    ]
    for figure in (draw(DECISIONS["pareto"], view) for draw in (drawn, narrowed)):
        assert [text.get_text() for text in texts(figure) if text.get_label() == "name"] == ["1", "2", "3", "4"]
        told = " ".join(text.get_text().replace("\n", " ") for text in texts(figure))
        assert all(line in told for line in front_words(view))


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_of_decisions_has_its_numbers(lang: Lang) -> None:
    """Under heads in the language of the chart, with as many cells in every row."""
    rows = {
        name: list(csv.reader(StringIO(handed_on(DECISIONS[name], view).data))) for name, view in views(lang).items()
    }
    assert all(len({*map(len, lines)}) == 1 < len(lines) for lines in rows.values())
    assert {name: len(lines) - 1 for name, lines in rows.items()} == {
        "waterfall": 3, "pareto": 6, "tornado": 1, "worlds": 2, "moved": 2, "capacity": 6, "budget": 2, "recorded": 5,
        "forecast": len(SHARES) + 3,
    }  # fmt: skip


def test_the_numbers_of_worlds_and_differences_are_those_drawn() -> None:
    """Three worlds of four; ten days more than twenty, of which luck explains five."""
    worlds, moved = (
        list(csv.reader(StringIO(handed_on(DECISIONS[n], views("en")[n]).data))) for n in ("worlds", "moved")
    )
    assert worlds[1][:3] == ["one", "T1", "0.75"]
    assert worlds[1][-1] == "yes"
    assert moved[0] == ["Figure", "Was", "Is", "Change", "How far luck may move it"]
    assert [row[1:] for row in moved[1:]] == [["20", "30", "10", "5"]] * 2


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DECISIONS)
def test_a_chart_has_a_page_with_all_that_is_told_of_it(name: str, lang: Lang) -> None:
    """Both drawings under the same words for those who do not see them, the numbers as table and file, the source."""
    chart, view = DECISIONS[name], views(lang)[name]
    drawing = handed_on(chart, view)
    assert chart.data
    page = Tags(chart_page(lang, chart, drawing, chart.data(view), "found", "Source: here"))
    read = [a["aria-label"] or "" for tag, a in page.tags if tag == "svg" and a.get("role") == "img"]
    section = {"zh": "图中数字", "en": "The numbers of the chart"}[lang]
    assert len(read) == 2
    assert read[0] == read[1]
    assert read[0].endswith(getattr(chart.alternative, lang).format(section=section))
    (saved,) = (a for _, a in page.tags if "download" in a)
    assert saved["download"] == "found.csv"
    assert b64decode(str(saved["href"]).partition(",")[2]).decode("utf-8-sig") == drawing.data
    assert "Source: here" in page.text
    heads = [a for tag, a in page.tags if tag == "th" and a.get("scope") == "col"]
    assert len(heads) == len(chart.data(view).columns)
