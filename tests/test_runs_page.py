"""The page over all runs: each scenario once, with its verdicts and a way to its page."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from sim.report.page.runs import Found, Run, runs, write_runs

from .test_cli import call


@pytest.fixture
def reports(desk: Path) -> Path:
    """The reports of the small library, of which one scenario was run."""
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--worlds", "0", "--lang", "en") == 0
    return desk / "reports"


def test_a_run_is_told_with_its_verdicts_and_a_way_to_its_page(reports: Path) -> None:
    """As its results.json has them: value, bound, standing; a folder without results is no run."""
    (reports / "other").mkdir()
    (reports / "broken").mkdir()
    (reports / "broken/results.json").write_text("{", encoding="utf-8")
    (target,) = json.loads((reports / "faster/results.json").read_text(encoding="utf-8"))["targets"]
    told = Found("T1", "Done in twenty working days", "missed", "alarm", "", f"{target['estimate']['value']:.2f}",
                 "≤\u00a020\u00a0working days", "")  # fmt: skip
    about = "From 2025-01-06, 2 replications, seed 1"
    assert list(runs(reports, "en")) == [Run("Faster", "faster/index.html", about, (told,))]


def test_variants_that_were_played_less_are_told_as_on_the_page_of_the_run(reports: Path) -> None:
    """From the fewest replications to the most; results of before that say of no variant how many have all alike."""
    results = reports / "faster/results.json"
    plain = json.loads(results.read_text(encoding="utf-8"))
    plain["runs"] = plain["variants"]["after"]["runs"] = 8
    results.write_text(json.dumps(plain), encoding="utf-8")
    assert [run.about for run in runs(reports, "en")] == ["From 2025-01-06, 2–8 replications, seed 1"]
    for variant in plain["variants"].values():
        del variant["runs"]
    results.write_text(json.dumps(plain), encoding="utf-8")
    assert [run.about for run in runs(reports, "en")] == ["From 2025-01-06, 8 replications, seed 1"]


def test_a_bound_and_a_value_are_told_as_on_the_page_of_the_run(reports: Path) -> None:
    """Of shares in percent, with the decimals that tell a near miss from its bound."""
    results = reports / "faster/results.json"
    plain = json.loads(results.read_text(encoding="utf-8"))
    (target,) = plain["targets"]
    del target["at_most"]
    share = {"at_least": 0.9, "unit": "%", "statistic": "share_within", "limit": 5.0, "estimate": {"value": 0.89996}}
    plain["targets"] = [target | share]
    results.write_text(json.dumps(plain), encoding="utf-8")
    (run,) = runs(reports, "en")
    assert [(found.value, found.bound) for found in run.targets] == [("89.996%", "≥\u00a090%")]


@pytest.mark.parametrize(
    "other",
    [{"targets": []}, {"targets": [{"id": "T1"}]}, {"targets": 7}],
)
def test_results_that_somebody_else_wrote_are_no_run(reports: Path, other: dict[str, object]) -> None:
    """They have the form of a result at first sight, and stop no run that stands beside them."""
    (reports / "other").mkdir()
    (reports / "other/index.html").touch()
    plain = {"schema_version": 1, "variants": {}, "staff": [], **other}
    (reports / "other/results.json").write_text(json.dumps(plain), encoding="utf-8")
    assert [run.page for run in runs(reports, "en")] == ["faster/index.html"]


def test_compare_writes_it_beside_the_reports_and_not_where_a_folder_is_named(reports: Path, tmp_path: Path) -> None:
    """In the language of the run, with a link to the page."""
    page = unescape((reports / "index.html").read_text(encoding="utf-8"))
    assert '<a href="faster/index.html">Faster</a>' in page
    call(reports.parent, "compare", "faster", "--runs", "2", "--workers", "1", "--worlds", "0", "--out",
         str(tmp_path / "away/here"))  # fmt: skip
    assert not (tmp_path / "away/index.html").exists()
    assert "每个情景的最近一次结果" in write_runs(reports, "zh").read_text(encoding="utf-8")


def test_nothing_of_a_name_is_markup(reports: Path) -> None:
    """Names come from files that anybody may have written."""
    results = reports / "faster/results.json"
    plain = json.loads(results.read_text(encoding="utf-8"))
    plain["name"]["en"] = "<script>alert(1)</script>"
    results.write_text(json.dumps(plain), encoding="utf-8")
    page = write_runs(reports, "en").read_text(encoding="utf-8")
    assert not re.search("<script", page)


def test_a_page_over_all_runs_that_cannot_be_written_is_told_before_anything_is_played(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As of any other file of a report."""
    (reports / "index.html").unlink()
    (reports / "index.html").mkdir()
    assert call(reports.parent, "compare", "faster", "--lang", "en") == 2
    assert "the report: " in capsys.readouterr().err


def test_a_share_is_told_in_percent_and_a_verdict_that_tells_nothing_with_the_reason(reports: Path) -> None:
    """As on the page of the run, although results.json has the share as a number."""
    results = reports / "faster/results.json"
    plain = json.loads(results.read_text(encoding="utf-8"))
    (target,) = plain["targets"]
    del target["at_most"]
    target |= {"statistic": "share_within", "limit": 20.0, "unit": "%", "at_least": 0.9, "quiet": "stated"}
    target["estimate"]["value"] = 0.784
    results.write_text(json.dumps(plain), encoding="utf-8")
    ((found,),) = [run.targets for run in runs(reports, "en")]
    assert (found.value, found.bound, found.quiet) == ("78.4%", "≥\u00a090%", "says what went in")
