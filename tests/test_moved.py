"""Two results, or two scenarios, held against each other."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.decide.moved import Figure, Said, difference
from sim.decide.stated import stated
from sim.scenario.desk import Desk

from .test_cli import call
from .test_settings import rewrite

ROOT = Path(__file__).parents[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small library that a test may change."""
    return Path(shutil.copytree(ROOT / "tests/library", tmp_path / "desk"))


def estimate(value: float | None, low: float | None, high: float | None) -> dict[str, Any]:
    """A figure as it is written."""
    return {"value": value, "interval95": [low, high], "runs": 5}


def result(mean: dict[str, Any], verdict: str = "met", bound: float = 20, change: str = "", **asked: Any) -> Any:
    """A result with one measure of one process, and one target about it."""
    made = [{"reform": "限时办结", "process": "p", "change": change, "source": "plan"}] if change else []
    variant = {"changes": made, "processes": {"p": {"counted_days": {"mean": mean}}}}
    target = {"id": "T", "variant": "after", "at_most": bound, "estimate": mean, "verdict": verdict}
    return {"seed": 1, "variants": {"after": variant}, "targets": [target], "staff": [], **asked}


def test_a_figure_moved_where_it_did_so_by_more_than_both_intervals() -> None:
    """The half-intervals that face each other, three and four days, together reach five."""
    before = result(estimate(20, 18, 23))
    for value, moved in ((24.9, False), (25.1, True)):
        found = difference(before, result(estimate(value, value - 4, value + 9)))
        days = Figure("after", "p", "counted_days", 20, value, pytest.approx(5))
        assert (found.figures, [f.moved for f in found.figures]) == (
            (days, Figure("after", "", "T", 20, value, pytest.approx(5))), [moved, moved],
        )  # fmt: skip
    fewer = difference(before, result(estimate(15, 10, 15.5)))
    assert fewer.figures[0].reach == pytest.approx(math.hypot(2, 0.5))


def test_what_has_no_end_never_moves_and_what_has_no_spread_always_does() -> None:
    """An interval without an end reaches everywhere; a sum of limits that changed has changed."""
    open_ended = difference(result(estimate(20, 18, None)), result(estimate(90, 85, 95)))
    assert [figure.moved for figure in open_ended.figures] == [False, False]
    assert open_ended.plain()["figures"][0]["reach"] is None
    certain = difference(result(estimate(20, 20, 20)), result(estimate(20.5, 20.5, 20.5)))
    assert [figure.moved for figure in certain.figures] == [True, True]
    assert difference(result(estimate(None, None, None)), result(estimate(1, 1, 1))).figures == ()


def test_what_was_asked_otherwise_is_told() -> None:
    """Question, settings, what the reforms change, the bound of a target, and its verdict."""
    days = estimate(20, 18, 22)
    before = result(days, change="limit: 20 days → 5 days")
    after = result(days, "missed", 15, "limit: 20 days → 4 days", seed=2, settings=[{"setting": "a.b=1", "new": 1}])
    found = difference(before, after)
    assert found.said == (
        Said("seed", 1, 2),
        Said("--set a.b=1", None, 1),
        Said("after: 限时办结 · p · limit", "20 days → 5 days", "20 days → 4 days"),
        Said("target.T.at_most", 20, 15),
    )
    assert found.verdicts == (Said("T", "met", "missed"),)
    assert difference(before, before).said == ()


def test_two_scenarios_are_told_apart_by_meaning(root: Path) -> None:
    """Reforms that went, came, or have other numbers; demand and targets by their values; order of keys is nothing."""
    other = root / "scenarios/other.yaml"
    shutil.copy(root / "scenarios/faster.yaml", other)
    rewrite(other, "id: faster", "id: other")
    rewrite(other, "per_year: 500", "per_year: 650")
    rewrite(other, "at_most: 20", "at_most: 15")
    rewrite(other, "      - {reform: 并联审批, steps: [review, inspect], source: plan}\n",
            "      - {reform: 一次性告知, source: plan}\n")  # fmt: skip
    rewrite(other, "fallback: 0.1, source: plan", "source: plan, fallback: 0.3")
    desk = Desk(root)
    assert stated(desk.prepare("faster"), desk.prepare("other")) == (
        Said("id", "faster", "other"),
        Said("demand.shop.per_year", 500, 650),
        Said("target.T1.at_most", 20, 15),
        Said("variant.after.并联审批[review, inspect]", "并联审批[review, inspect]", None),
        Said("variant.after.一次性告知", None, "一次性告知"),
        Said("variant.after.数据共享.fallback", 0.1, 0.3),
    )
    assert stated(desk.prepare("faster"), desk.prepare("faster")) == ()


def test_diff_tells_what_changed_since_the_last_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same files give the same figures; a change in them is told with what it moved."""
    assert call(root, "diff", "faster") == 2
    assert capsys.readouterr().err.endswith("; run compare, or name two results\n")
    assert call(root, "compare", "faster", "--runs", "3", "--workers", "1", "--worlds", "0") == 0
    capsys.readouterr()
    assert call(root, "diff", "faster", "--workers", "1", "--lang", "en") == 0
    first, tally = capsys.readouterr().out.splitlines()
    assert first == "Both state the same"
    assert "figures 0 moved by more than their intervals, 0 within them" in tally
    rewrite(root / "processes/licences/shop.yaml", "committed: {days: 10", "committed: {days: 4")
    file = root / "found.json"
    assert call(root, "diff", "faster", "--workers", "1", "--lang", "en", "--json", str(file)) == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    moved = {(f["variant"], f["what"]) for f in found["figures"] if f["moved"]}
    assert {("before", "counted_days"), ("before", "promised_days")} <= moved
    assert [said["where"] for said in found["stated"]] == ["inputs"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("diff", "none.json", "none.json"), "none.json: no result can be read: No such file or directory; name a "
         "results.json"),
        (("diff", "faster", "none.json"), "none.json: no result can be read: No such file or directory; name a "
         "results.json"),
        (("diff", "faster", "slower"), "unknown scenario 'slower'; known: faster, pavement"),
    ],
)  # fmt: skip
def test_what_is_no_result_is_refused(
    root: Path, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is none, and a scenario that is none."""
    assert call(root, *words) == 2
    assert capsys.readouterr().err == f"{message}\n"


def test_a_result_and_a_scenario_are_no_pair(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are told apart by what they are, not guessed."""
    file = root / "results.json"
    file.write_text(json.dumps({"schema_version": 1, **result(estimate(1, 1, 1))}), encoding="utf-8")
    assert call(root, "diff", str(file), "faster") == 2
    assert capsys.readouterr().err == (
        "diff takes two results or two scenarios, or one scenario; found a result alone or beside one\n"
    )
