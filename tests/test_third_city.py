"""A third city's first day: its place, its process and its questions beside the library, as a planner writes them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.scenario.desk import Desk
from sim.scenario.validation import validate

from .test_cli import call

ROOT = Path(__file__).parents[1]
CITY = Path(__file__).parent / "third_city"


def founded(root: Path) -> Path:
    """The library, copied to a folder, with the city's files beside those that are there."""
    shutil.copytree(ROOT / "processes", root / "processes")
    shutil.copytree(CITY / "places", root / "processes/places", dirs_exist_ok=True)
    shutil.copytree(CITY / "municipal", root / "processes/municipal")
    shutil.copytree(CITY / "scenarios", root / "scenarios")
    return root


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The library with the city's files."""
    return Desk(founded(tmp_path_factory.mktemp("city")))


def test_its_files_stand_beside_the_library(desk: Desk) -> None:
    """Nothing is left out, and nothing of the library is in the way."""
    assert desk.library.broken == ()
    assert desk.library.groups["large_outdoor_ad"] == "municipal"
    assert "luohe" in desk.library.places


def test_its_units_are_read(desk: Desk) -> None:
    """Five percent are a share, twenty hours of a day of seven are days; calendar days and visits are refused."""
    path = desk.path("luohe_units")
    assert [(fault.line, fault.message) for fault in validate(path, desk.library)] == [
        (46, "counted_days is in working days, found 自然日; write 工作日 or 天 or 小时 or 分钟, "
             "or hold 自然日 against calendar_days"),
        (47, "counted_days is in working days, found 次; write 工作日 or 天 or 小时 or 分钟, "
             "or hold 次 against trips or corrections"),
    ]  # fmt: skip
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "A3" not in line and "A4" not in line), encoding="utf-8")
    targets = desk.prepare("luohe_units").scenario.targets
    assert {t.id: (t.bound, t.unit) for t in targets} == {
        "A1": (0.05, "%"), "A2": (pytest.approx(20 / 7), "工作日"), "A5": (0.9, "%"),
    }  # fmt: skip


def test_its_small_law_is_a_variant(desk: Desk) -> None:
    """A statutory limit of ten days instead of twenty, before any reform of the city, saves some of them."""
    prepared = desk.prepare("luohe_law")
    (law,) = (v for v in prepared.variants if v.id == "law1")
    assert [str(change) for change in law.changes] == ["steps.road_occupation.limit.statutory: 20 days → 10 days"]
    found = compare(prepared, runs=2)
    before, after = (found.of(v, "large_outdoor_ad", "counted_days").mean.mean for v in ("before", "law1"))
    assert 2 < before - after < 10


def test_an_order_that_a_law_lets_go_is_a_variant(desk: Desk) -> None:
    """Building that need no longer wait for the road permit waits for what that waited for, and all is over sooner."""
    prepared = desk.prepare("luohe_law")
    (law,) = (v for v in prepared.variants if v.id == "law2")
    assert [str(change) for change in law.changes] == [
        "steps.ad_building.after.road_occupation: road_rule_31 → —",
        "steps.ad_building.after.ad_notice: — → order",
        "steps.ad_acceptance.after.road_occupation: — → order",
    ]
    found = compare(prepared, runs=2)
    before, after = (found.of(v, "large_outdoor_ad", "elapsed_days").mean.mean for v in ("before", "law2"))
    assert 5 < before - after < 20


def test_its_question_is_answered(desk: Desk) -> None:
    """The verdicts come with what would meet them, limits that somebody would keep among them."""
    found = compare(desk.prepare("luohe_outdoor_ad"), runs=2)
    assert [(r.target.id, r.target.value_unit.id) for r in found.targets] == [
        ("L1", "working days"), ("L2", "share"), ("L3", "visits"),
    ]  # fmt: skip


README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = README.split("## Your own city's records")[1].split("```sh\n")[1].split("```")[0].splitlines()
QUICKLY = ("--runs", "2", "--worlds", "12", "--workers", "1")


def test_its_worlds_come_together_once_a_year_of_records_is_measured(
    bare_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """README's commands, one by one: 20 days hold in some worlds before, in all after, and in the records of a year."""
    shutil.copytree(CITY, bare_desk / "tests/third_city")
    monkeypatch.chdir(bare_desk)
    found: list[dict[str, Any]] = []
    for line in COMMANDS:
        first, *words = line.split()
        if first == "cp":
            subprocess.run(line, shell=True, check=True)  # as a planner's shell does it
            continue
        assert call(Path(), *words, *(QUICKLY if words[0] == "compare" else ())) == 0
        if words[0] == "compare":
            found.append(json.loads(Path("reports/luohe_outdoor_ad/results.json").read_text(encoding="utf-8")))
    before, after = (result["targets"][0]["worlds"] for result in found)
    assert [result["evidence"]["numbers"]["measured"] for result in found] == [0, 21]
    assert before["share"] < 0.8
    assert after["share"] == 1
    assert width(after) < width(before) / 10


def width(worlds: dict[str, Any]) -> float:
    """Days from one end of nine worlds of ten to the other."""
    low, high = worlds["range90"]
    return float(high - low)
