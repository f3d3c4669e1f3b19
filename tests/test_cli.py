"""The commands as a planner and CI use them: exit codes, files, and no traceback for a planner's mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim import cli
from sim.analysis.moves import moves, rests
from sim.report.files import WATERFALL_FILES
from sim.report.tables import TABLES
from sim.scenario.desk import Desk
from sim.scenario.evidence import assumed

ROOT = Path(__file__).parents[1]
SCENARIO = Path("scenarios/faster.yaml")


def call(root: Path, *words: str) -> int:
    """The exit code of a command on a library."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["run.py", "--root", str(root), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    return int(ended.value.code or 0)


def retarget(root: Path, old: str, new: str) -> None:
    """Change the text of the scenario."""
    path = root / SCENARIO
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def without(heavy: set[str], *words: str, first: str = "") -> subprocess.CompletedProcess[str]:
    """What a command says that ends well in a fresh process, and has none of these libraries loaded then."""
    script = (
        f"import sys; sys.argv = {['run.py', *words]!r}\n"
        "from sim.cli import main\n"
        f"{first}\n"
        "try: main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        f"found = {heavy!r} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done


def test_help_tells_every_command_and_loads_nothing_heavy() -> None:
    """`run.py --help` needs neither pandas nor matplotlib, so that it answers at once."""
    heavy = {"pandas", "numpy", "matplotlib", "scipy", "networkx", "simpy", "pydantic", "yaml", "rich"}
    said = without(heavy, "--help").stdout
    assert all(f"\n  {name} " in said for name in ("list", "validate", "show", "compare", "check", "doubt"))


def test_checking_a_file_computes_nothing_and_loads_nothing_that_does() -> None:
    """A planner who changes a file waits for its faults alone."""
    heavy = {"pandas", "numpy", "matplotlib", "scipy", "networkx", "simpy", "rich"}
    assert without(heavy, "validate", f"{ROOT}/processes/personal/newborn.yaml").stdout == "no faults\n"


def test_a_quick_comparison_loads_no_library_of_tables() -> None:
    """Nor one that draws or writes pages: what is told at a glance are columns of numbers."""
    heavy = {"pandas", "matplotlib", "networkx", "jinja2", "asyncio"}
    words = ("--root", "tests/library", "compare", "faster", "--quick", "--workers", "1")
    said = without(heavy, *words, first="from sim.core import finished; finished.SHORT = float('inf')").stdout
    assert "T1" in said


def test_a_quick_comparison_prints_and_writes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table and the verdicts of the whole one, before the line that names its page."""
    retarget(desk, "at_most: 20", "at_most: 60")
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--quick") == 0
    quick = capsys.readouterr().out
    assert not (desk / "reports").exists()
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(desk / "report")) == 0
    assert capsys.readouterr().out == f"{quick}{desk}/report/index.html\n"


def test_quick_plays_the_fewest_replications_of_a_scenario(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, as if so many were asked for; whoever wants more asks for them."""
    (desk / SCENARIO).write_text((desk / SCENARIO).read_text("utf-8") + "runs: {least: 3, most: 40}\n", "utf-8")
    told = []
    for words in ((), ("--runs", "3"), ("--runs", "4")):
        assert call(desk, "compare", "faster", "--quick", "--workers", "1", *words) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] != told[2]


def test_quick_and_a_folder_to_write_are_one_too_many(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for files that do not come."""
    assert call(desk, "compare", "faster", "--quick", "--out", str(desk / "report")) == 2
    assert capsys.readouterr().err == "--quick writes nothing; leave out --out, or --quick\n"


def test_what_run_py_alone_may_be_told_is_not_told_a_command(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that stands before a command would do nothing."""
    assert call(desk, "--quick", "list") == 2
    assert capsys.readouterr().err == "write --quick after list, where it takes it\n"


def test_timings_are_told_at_the_end_of_any_command(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Among the errors, so that what is found can be passed on."""
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--quick", "--timings") == 0
    first, *told = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert (first, told[:-1]) == (
        "processor", ["library", "programs", "play", "statistics", "verdicts", "screen", "other", "whole"]
    )  # fmt: skip


def test_check_passes_when_every_target_is_met(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, a line per verdict and a closing count."""
    retarget(desk, "at_most: 20", "at_most: 60")
    assert call(desk, "check", "--workers", "1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok   faster T1 counted_days mean ")
    assert lines[0].endswith("<= 60: met")
    assert lines[-1] == "1 of 1 verdicts as wanted"


def test_check_fails_when_a_target_is_missed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, and the line says so."""
    retarget(desk, "at_most: 20", "at_most: 1")
    assert call(desk, "check", "--workers", "1") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FAIL faster T1")
    assert lines[0].endswith("<= 1: missed")
    assert lines[-1] == "0 of 1 verdicts as wanted"


def test_check_passes_on_a_recorded_miss_that_holds(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A true miss can stand in the project."""
    retarget(desk, "at_most: 20", "at_most: 1\n    known_miss: nobody is that fast")
    assert call(desk, "check", "--workers", "1") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("<= 1: missed (on record)")


def test_check_fails_when_a_recorded_miss_turns(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A miss on record that is met has to be taken off the record."""
    retarget(desk, "at_most: 20", "at_most: 60\n    known_miss: nobody is that fast")
    assert call(desk, "check", "--workers", "1") == 1
    said = capsys.readouterr().out.splitlines()[0]
    assert said.endswith("met, but a miss is on record: take known_miss out, or say why it should still be missed")


def test_check_ends_with_2_and_every_fault_when_a_file_is_wrong(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A planner's mistake is told with file and line, without a traceback."""
    retarget(desk, "unit: 工作日", "unit: 工作天")
    retarget(desk, "measure: counted_days", "measure: counted_day")
    assert call(desk, "check") == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith(
        "faster.yaml:17: targets[0].measure: unknown measure 'counted_day', did you mean 'counted_days'?"
    )
    assert "faster.yaml:19: targets[0].unit: " in second


def test_our_own_bug_ends_with_3_and_says_so(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bug shows its traceback and that it is ours."""
    from sim.analysis import several

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(several, "compare_all", broken)
    assert call(desk, "check") == 3
    said = capsys.readouterr().err
    assert "ZeroDivisionError: a bug" in said
    assert said.endswith("This is a fault of the simulator, not of your files; please report the text above.\n")


def test_an_unknown_scenario_is_told_with_the_nearest_name(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a did-you-mean."""
    assert call(desk, "compare", "fastr") == 2
    assert "unknown scenario 'fastr', did you mean 'faster'?" in capsys.readouterr().err


def test_check_writes_junit(desk: Path, tmp_path: Path) -> None:
    """Each target is a test case of its scenario's suite; one that is not as wanted has a failure."""
    from junitparser import JUnitXml

    retarget(desk, "at_most: 20", "at_most: 1")
    assert call(desk, "check", "--workers", "1", "--junit", str(tmp_path / "verdicts.xml")) == 1
    (suite,) = JUnitXml.fromfile(str(tmp_path / "verdicts.xml"))
    (case,) = suite
    assert (suite.name, suite.tests, suite.failures, case.name) == ("faster", 1, 1, "T1 二十个工作日内办结")
    assert case.result[0].message.endswith("<= 1: missed")


def test_compare_writes_the_same_bytes_whatever_the_workers(desk: Path, tmp_path: Path) -> None:
    """The same seed gives the same results.json and tables with one worker, with two, and again."""
    written = []
    for name, workers in (("one", "1"), ("two", "2"), ("again", "1")):
        out = tmp_path / name
        assert call(desk, "compare", "faster", "--runs", "4", "--workers", workers, "--out", str(out)) == 0
        written.append([(out / file).read_bytes() for file in ("results.json", *TABLES)])
    assert written[0] == written[1] == written[2]
    other = tmp_path / "other"
    call(desk, "compare", "faster", "--runs", "4", "--workers", "1", "--seed", "2", "--out", str(other))
    assert (other / "results.json").read_bytes() != written[0][0]


def test_compare_writes_what_it_promises(desk: Path, tmp_path: Path) -> None:
    """results.json, tables, five charts twice over and a page; the JSON holds what DESIGN asks for."""
    call(desk, "compare", "faster", "--runs", "3", "--workers", "1", "--out", str(tmp_path / "out"))
    charts = {f"shop/{name}.{kind}" for name in ("process_map", "gantt", "distribution", "time_split")
              for kind in ("png", "svg")}  # fmt: skip
    files = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert files == {"results.json", *TABLES, "index.html", *WATERFALL_FILES} | charts
    found = json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))
    assert (found["scenario"], found["seed"], found["runs"]) == ("faster", 1, 3)
    counted = found["variants"]["after"]["processes"]["shop"]["counted_days"]
    assert set(counted) == {
        "mean",
        "p50",
        "p50_interval95",
        "p90",
        "p90_interval95",
        "deviation",
        "minimum",
        "maximum",
        "difference",
    }
    assert set(counted["mean"]) == {"value", "interval95", "runs"}
    (target,) = found["targets"]
    assert {"scope", "estimate", "verdict", "source"} <= set(target)


def test_validate_tells_all_faults_of_a_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 with every fault; 0 and a word when there is none."""
    assert call(desk, "validate") == 0
    assert capsys.readouterr().out.endswith("no faults\n")
    retarget(desk, "shop: {per_year: 500,", "shp: {per_year: -1,")
    assert call(desk, "validate", str(desk / SCENARIO)) == 2
    assert "demand.shp.per_year" in capsys.readouterr().err


def test_list_names_everything(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Processes, scenarios, reforms and measures, a line each."""
    assert call(desk, "list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [x for x in lines if not x.startswith(" ")] == [
        "processes", "scenarios", "places", "departments", "materials", "sources that every file may cite", "reforms",
        "measures",
    ]  # fmt: skip
    assert any(x.startswith("  licences/shop  ") for x in lines)
    assert any(x.startswith("  faster  Faster (2 variants, 1 target)") for x in lines)


def test_show_marks_the_critical_path_and_prints_the_diff(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The steps of each variant in order, what the reforms changed, a map and two diagrams on disk."""
    assert call(desk, "show", "shop", "--after", "faster", "--out", str(tmp_path / "out")) == 0
    said = capsys.readouterr().out
    assert "●" in said
    assert "并联审批" in said
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"map.png", "map.svg", "before.bpmn", "after.bpmn"}
    assert call(desk, "show", "shpo") == 2


def test_an_interrupted_run_keeps_what_is_finished(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after three replications writes the results of three and ends with 130."""
    from sim.analysis import replications as runs

    real = runs.replicate_together

    def interrupted(prepared: object, staff: object, seed: int, numbers: Sequence[int], *others: bool) -> object:
        if 3 in numbers:
            raise KeyboardInterrupt
        return real(prepared, staff, seed, numbers, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "replicate_together", interrupted)
    monkeypatch.setattr("sim.analysis.together.CASES_TOGETHER", 0)  # each by itself
    assert call(desk, "compare", "faster", "--runs", "5", "--workers", "1", "--out", str(tmp_path)) == 130
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["runs"] == 3


def test_doubt_tells_which_verdicts_turn(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every assumption with its range and what the target would be at both ends."""
    assert call(desk, "doubt", "faster", "--workers", "1", "--worlds", "8", "--draws", "8") == 0
    said = capsys.readouterr().out
    assert "T1 二十个工作日内办结" in said
    assert "guess" in said


def test_compare_writes_before_it_prints(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that fails keeps nothing from the disk."""

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sim.report.screen.printed.print_comparison", broken)
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(tmp_path / "out")) == 3
    assert (tmp_path / "out/results.json").is_file()
    assert (tmp_path / "out/index.html").is_file()


def test_a_check_of_nothing_is_no_success(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 where a scenario that is named has no targets, where none has any, and where there is none at all."""
    text = (desk / SCENARIO).read_text(encoding="utf-8")
    for other in (desk / SCENARIO).parent.glob("*.yaml"):
        other.unlink()
    (desk / SCENARIO).write_text(text[: text.index("targets:")], encoding="utf-8")
    for words in (("check", "faster"), ("check",)):
        assert call(desk, *words, "--workers", "1") == 2
        assert capsys.readouterr().err == "faster: it has no targets to check; add some\n"
    (desk / SCENARIO).unlink()
    assert call(desk, "check", "--workers", "1") == 2
    assert capsys.readouterr().err == f"no scenario below {desk}, nothing to check; name a file, or another root\n"


def test_a_doubt_that_would_take_hours_is_refused_with_what_takes_less(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is played: the moves times the cases of a replication, and those from which staff is derived."""
    monkeypatch.setattr("sim.analysis.sensitivity.MOST_CASES", 1_000)
    prepared = Desk(desk).prepare("faster")
    assert prepared.origin is not None
    known = assumed(prepared)
    there = rests(prepared.origin)
    count = sum(len(moves(key, one, there.get(key, ()))) for key, one in known.items())
    whole = count * (4 * 20 + 1000)
    told = f"faster: {count} moves of {len(known)} assumptions play {whole:,} cases, "
    told += "more than 1,000, which takes hours; try --runs 2, or fewer cases\n"
    for words in (["doubt", "faster"], ["compare", "faster", "--doubt"], ["compare", "faster", "--quick", "--doubt"]):
        assert call(desk, *words) == 2
        assert capsys.readouterr().err == told
    assert not (desk / "reports").exists()


def test_compare_tells_the_doubts_on_the_page(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--doubt` moves the assumptions too; without it the page has no such tables."""
    words = ("compare", "faster", "--runs", "2", "--workers", "1", "--lang", "en", "--out", str(tmp_path / "out"))
    assert call(desk, *words) == 0
    plain = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert call(desk, *words, "--doubt") == 0
    doubted = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    said = "Assumptions that were not moved, or move no target"
    assert (said in plain, said in doubted) == (False, True)
    assert "At low end" in capsys.readouterr().out
