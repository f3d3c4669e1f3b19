"""What doubts, worlds and differences are written to: JSON, CSV and a chart each, with the numbers that were found."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.in_worlds import InWorlds, Lever
from sim.analysis.sensitivity import doubts
from sim.decide.flips import flips
from sim.decide.moved import Difference, Said, difference
from sim.decide.recorded import Holding, Recorded
from sim.decide.worlds import with_worlds
from sim.report.chart_register import DECISIONS
from sim.report.charts.moved import Compared
from sim.report.charts.style import styled
from sim.report.charts.tornado import Swung
from sim.report.charts.worlds import Drawn
from sim.report.doubted import Doubted, doubted_csv, doubted_json
from sim.report.drawn import worlds_csv, worlds_json
from sim.report.moved import moved_csv, moved_json
from sim.report.words import LANGS, Lang

from . import test_sensitivity
from .test_cli import call
from .test_moved import estimate, result
from .test_sensitivity import assumption


def rows(text: str) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    return list(csv.DictReader(StringIO(text)))


def labelled(drawn: Any, label: str) -> list[Any]:
    """What stands under a label in the axes of a chart: bars and lines."""
    axes = drawn.axes[0]
    return [one for one in (*axes.containers, *axes.lines) if one.get_label() == label]


@pytest.fixture
def doubted(monkeypatch: pytest.MonkeyPatch) -> Doubted:
    """Ten days and five of works, which may be two to eight, against sixteen; what is known of them is worth 0.1."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", assumption(9000, 9001))
    comparison = test_sensitivity.asked(16)
    found = doubts(comparison)
    worlds = InWorlds((12.0, 18.0), (True, False), (Lever("works", "", 0.9, 0.1),))
    return Doubted(with_worlds(comparison, {"T1": worlds}), found, flips(comparison, found))


def test_doubts_are_written_with_where_they_turn_and_what_they_are_worth(doubted: Doubted) -> None:
    """12 days at the low end of the works, 18 at the high; a third of the way to it the verdict turns."""
    plain = json.loads(doubted_json(doubted))
    assert plain["measure_first"] == [
        {"assumption": "works", "part": None, "turns": ["T1"], "swing": 1, "worth": {"T1": 0.1}},
    ]  # fmt: skip
    (target,) = plain["targets"]
    (works,) = target["assumptions"]
    assert works.pop("flips_at_share_of_it") == pytest.approx(1 / 3, abs=1 / 64)
    assert works == {
        "assumption": "works", "part": None, "range_low": 2, "range_high": 8, "at_low": 12, "at_high": 18, "swing": 6,
        "turns": True, "flips_on_the_way_to": 8, "rank_correlation": 0.9, "worth": 0.1,
        "first_order": None, "first_low": None, "first_high": None, "total_order": None, "total_low": None,
        "total_high": None,
    }  # fmt: skip
    assert (target["value"], target["bound"], target["worlds"]["share"]) == (15, 16, 0.5)
    (row,) = rows(doubted_csv(doubted))
    assert (row["target"], row["assumption"], row["swing"], row["turns"]) == ("T1", "works", "6", "True")


@pytest.mark.parametrize("lang", LANGS)
def test_a_tornado_has_a_bar_from_end_to_end(doubted: Doubted, lang: Lang) -> None:
    """From 12 to 18, with a line at 15 and one at 16."""
    with styled():
        drawn = DECISIONS["tornado"].draw(Swung(doubted, doubted.comparison.targets[0], lang))
    (bar,) = labelled(drawn, "swing")[0].patches
    assert (bar.get_x(), bar.get_width()) == (12, 6)
    assert [labelled(drawn, label)[0].get_xdata()[0] for label in ("now", "target")] == [15, 16]


RECORD = {
    "one": Recorded("ab", {
        "T1": Holding(InWorlds((8.0, 13.0, 9.0, 9.0), (True, False, True, True), (Lever("pace", "", 0.9, 0.2),)), True),
        "T2": Holding(InWorlds((1.0, 1.0), (True, True)), True),
    })
}  # fmt: skip


def test_worlds_are_written_by_scenario_and_target() -> None:
    """Three of four worlds meet the first, which is fragile so; all meet the second."""
    plain = json.loads(worlds_json(RECORD, ["target.T1.at_most=9"], 1))
    found = plain["scenarios"]["one"]["targets"]
    assert (plain["settings"], found["T1"]["share"], found["T2"]["share"]) == (["target.T1.at_most=9"], 0.75, 1)
    told = [(row["target"], row["share"], row["fragile"], row["measure_first"]) for row in rows(worlds_csv(RECORD))]
    assert told == [("T1", "0.75", "True", "pace"), ("T2", "1", "False", "")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_chart_of_worlds_has_a_bar_for_each_target(lang: Lang) -> None:
    """As long as the share of worlds that meet it."""
    with styled():
        drawn = DECISIONS["worlds"].draw(Drawn(RECORD, {}, lang))
    assert [bar.patches[0].get_width() for bar in labelled(drawn, "share")] == [0.75, 1]


@pytest.mark.parametrize("lang", LANGS)
def test_a_difference_is_written_and_drawn(lang: Lang) -> None:
    """20 days that become 30, of which luck explains five: half as much again, and a quarter of it luck."""
    found = difference(result(estimate(20, 18, 23)), result(estimate(30, 26, 39)))
    assert json.loads(moved_json(found))["figures"][0]["difference"] == 10
    lines = [(row["what"], row["old"], row["new"], row["reach"], row["moved"]) for row in rows(moved_csv(found))]
    assert lines == [("counted_days", "20", "30", "5", "True"), ("T", "20", "30", "5", "True")]
    with styled():
        drawn = DECISIONS["moved"].draw(Compared(found, lang))
    assert [bar.patches[0].get_width() for bar in labelled(drawn, "change")] == [0.5, 0.5]
    assert [list(line.get_xdata()) for line in labelled(drawn, "luck")] == [[-0.25, 0.25]] * 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ["2 个数字中 2 个的变动超出其区间", "变动的数字原值都是零，只在表格里"]),
        ("en", ["2 of 2 figures moved by more than their intervals",
                "All that moved were nothing before; they are in the table only"]),
    ],
)  # fmt: skip
def test_figures_that_were_nothing_are_told_to_have_moved(lang: Lang, told: list[str]) -> None:
    """There is no percentage of nothing: no bar, but not that nothing moved either."""
    found = difference(result(estimate(0, 0, 0)), result(estimate(3, 2, 4)))
    with styled():
        drawn = DECISIONS["moved"].draw(Compared(found, lang))
    assert [text.get_text() for text in drawn.texts] == told


def test_where_nothing_moved_the_chart_says_so() -> None:
    """There is no bar, and no table is empty of its columns."""
    found = difference(result(estimate(20, 18, 23)), result(estimate(21, 19, 24)))
    with styled():
        drawn = DECISIONS["moved"].draw(Compared(found, "en"))
    assert drawn.texts[0].get_text() == "None of 2 figures moved by more than its interval"
    assert moved_csv(difference(result(estimate(None, None, None)), result(estimate(None, None, None)))) == (
        "variant,process,what,old,new,difference,reach,moved\n"
    )


def test_where_nothing_was_played_the_chart_says_that_and_what_is_stated_otherwise() -> None:
    """No figure is said to have kept within its interval that there is not."""
    found = Difference((Said("demand.shop.per_year", 500, 600), Said("place", "a", "b")), (), ())
    told = {"zh": "两个情景有 2 处写法不同", "en": "2 things are stated otherwise"}
    for lang in LANGS:
        with styled():
            drawn = DECISIONS["moved"].draw(Compared(found, lang))
        assert drawn.texts[0].get_text() == told[lang]
        assert drawn.axes == []


@pytest.mark.parametrize(
    ("words", "stem", "head"),
    [
        (("doubt", "faster", "--runs", "2", "--worlds", "2"), "tornado_T1", "target,unit,value,assumption,"),
        (("worlds", "faster", "--worlds", "2"), "worlds", "scenario,target,met,share,"),
        (("diff", "faster", "faster", "--runs", "2"), "moved", "variant,process,what,old,new,"),
    ],
)
def test_the_commands_write_tables_and_charts(desk: Path, tmp_path: Path, words: tuple[str, ...], stem: str, head: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """JSON, CSV, each chart as a picture and a drawing, and its page, whose paths are printed."""
    files = {"--json": tmp_path / "found.json", "--csv": tmp_path / "found.csv", "--out": tmp_path / "out"}
    asked = [str(word) for pair in files.items() for word in pair]
    assert call(desk, *words, "--workers", "1", *asked) == 0
    drawn = {f"{stem}.{ending}" for ending in ("png", "svg", "html")}
    assert {path.name for path in files["--out"].iterdir()} == drawn
    said = capsys.readouterr().out
    assert all(name in said for name in drawn)
    assert json.loads(files["--json"].read_text(encoding="utf-8"))
    assert files["--csv"].read_text(encoding="utf-8").startswith(head)
