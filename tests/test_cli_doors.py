"""The commands before and around the play: doors tried first, verdicts kept, an interrupt told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from junitparser import Error, JUnitXml

from sim.analysis import replications, several
from sim.cli import drawing
from sim.cli.playing import GO_ON
from sim.core.errors import PlannerError
from sim.records.tables import Staff
from sim.report.tables import TABLES

from .test_cli import SCENARIO, call, retarget

DEAD = 2**22 + 1
"""The number of no process: above all that Linux gives."""
PLACES = {"reports": "reports", "schema": "processes/schema", "drafts": "processes/drafts"}
"""Where the program writes without being told where."""
Captured = pytest.CaptureFixture[str]


def also(root: Path, name: str, *changes: tuple[str, str], head: str = "") -> None:
    """A second scenario like the first one, with another id and these changes."""
    text = (root / SCENARIO).read_text(encoding="utf-8")
    for old, new in (("id: faster\n", f"id: {name}\n{head}"), *changes):
        assert old in text
        text = text.replace(old, new)
    (root / f"scenarios/{name}.yaml").write_text(text, encoding="utf-8")


def cases(path: Path) -> Iterator[tuple[str, str, list[tuple[type, str]]]]:
    """Suite, case and results of a JUnit file."""
    for suite in JUnitXml.fromfile(str(path)):
        for case in suite:
            yield suite.name, case.name, [(type(r), r.text or "") for r in case.result]


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be played."""

    def played(*_: object) -> None:
        raise AssertionError("played before the door was tried")

    monkeypatch.setattr(replications, "replicate_together", played)


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Lets the user stop a scenario at one of its replications."""
    real = replications.replicate_together

    def at(scenario: str, number: int) -> None:
        def replicate(prepared: replications.Prepared, staff: Staff, seed: int, numbers: Sequence[int],
                      *rest: object) -> object:  # fmt: skip
            if prepared.scenario.id == scenario and number in numbers:
                raise KeyboardInterrupt
            return real(prepared, staff, seed, numbers, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(replications, "replicate_together", replicate)
        monkeypatch.setattr("sim.analysis.together.CASES_TOGETHER", 0)  # each by itself

    return at


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", "faster", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["compare", "faster", "--out", ""], "--out: the name is empty; give one, or leave --out out"),
        (["compare", "faster"],
         "the report: {reports} is a file, not a folder; move it away, or name another folder with --out"),
        ([], "the report: {reports} is a file, not a folder; move it away, or name another folder with --out"),
        (["show", "shop", "--out", "old/map"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["show", "shop"],
         "the report: {reports} is a file, not a folder; move it away, or name another folder with --out"),
        (["check", "--junit", "new/verdicts.xml"],
         "--junit: there is no folder new; make it, or choose another file"),
        (["scoreboard", "--json", "."], "--json: . is a folder, not a file; move it away, or choose another file"),
        (["worlds", "faster"],
         "worlds: {reports} is a file, not a folder; move it away, or name another folder with --root"),
        (["doubt", "faster", "--out", "new", "--csv", "new/ranked.csv"],
         "--csv: there is no folder new; make it, or choose another file"),
        (["records", "faster", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["records", "faster", "--out", ""], "--out: the name is empty; give one, or leave --out out"),
        (["attribute", "faster", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["attribute", "faster"],
         "the report: {reports} is a file, not a folder; move it away, or name another folder with --out"),
        (["search", "faster", "--out", "new", "--csv", "new/rows.csv"],
         "--csv: there is no folder new; make it, or choose another file"),
        (["capacity", "faster", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["budget", "faster", "--target", "T1", "--out", "new", "--json", ""],
         "--json: the name is empty; give one, or leave --json out"),
        (["diff", "faster", "faster", "--json", "new/rows.json"],
         "--json: there is no folder new; make it, or choose another file"),
        (["learn", "nowhere.csv", "--json", "new/learnt.json"],
         "--json: there is no folder new; make it, or choose another file"),
        (["diff", "faster", "faster", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["export", "faster", "--to", "md", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["whatif", "faster", "--no-browser", "--out", "old"],
         "--out: old is a file, not a folder; move it away, or choose another folder"),
        (["new", "process", "stall"],
         "new: {drafts} is a file, not a folder; move it away, or name another folder with --root"),
        (["learn", "nowhere.csv", "--map", "old"],
         "--map: old is there already, and what was changed in it would be lost; name another file"),
        (["learn", "nowhere.csv", "--draft", "shop"],
         "--draft: there is a process shop already; choose another id"),
        (["learn", "nowhere.csv", "--map", ""], "--map: the name is empty; give one, or leave --map out"),
        (["learn", "nowhere.csv", "--draft", "shop_again"],
         "--draft: {drafts} is a file, not a folder; move it away, or name another folder with --root"),
        (["generate"], "generate: {schema} is a file, not a folder; move it away, or choose another folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_before_anything_is_played(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, words: list[str], said: str
) -> None:
    """Exit code 2 with one plain line, and nothing else on the screen or on the disk."""
    retarget(desk, "place: town", "headline: true\nplace: town")
    for path in (tmp_path / "old", *(desk / place for place in PLACES.values())):
        path.write_text("old", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert call(desk, *words) == 2
    told = said.format(**{name: desk / place for name, place in PLACES.items()})
    assert capsys.readouterr() == ("", f"{told}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_a_folder_needs_for_charts_is_told_before(desk: Path, tmp_path: Path, idle: None,
                                                              capsys: Captured) -> None:  # fmt: skip
    """An old file stands where the charts of the process go."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/shop").write_text("old", encoding="utf-8")
    assert call(desk, "compare", "faster", "--out", str(tmp_path / "out")) == 2
    told = f"--out: {tmp_path}/out/shop is a file, not a folder; move it away, or choose another folder\n"
    assert capsys.readouterr() == ("", told)


def test_a_folder_of_reports_is_tidied_and_what_is_not_ours_stays(desk: Path, tmp_path: Path) -> None:
    """Charts of the earlier scenario and beginnings of killed runs go; notes, a folder alike and live work stay."""
    also(desk, "cafes", ("shop: {", "cafe: {"))
    text = (desk / "scenarios/cafes.yaml").read_text(encoding="utf-8")
    (desk / "scenarios/cafes.yaml").write_text(text[: text.index("  after:")], encoding="utf-8")
    out = tmp_path / "out"
    words = ["--runs", "2", "--workers", "1", "--out", str(out)]
    assert call(desk, "compare", "faster", *words) == 0
    kept = {"notes.txt", "bar/gantt.png", f".results.json.{os.getppid()}", "shop/mine.txt"}
    (out / "bar").mkdir()
    for name in {f".results.json.{DEAD}", f"shop/.gantt.png.{DEAD}", *kept}:
        (out / name).write_text("half", encoding="utf-8")
    assert call(desk, "compare", "cafes", *words) == 0
    found = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    charts = {f"cafe/{name}.{kind}" for name in ("process_map", "gantt", "distribution", "time_split")
              for kind in ("png", "svg")}  # fmt: skip
    assert found == kept | charts | {"results.json", *TABLES, "index.html"}


def test_a_scenario_with_a_fault_keeps_no_other_from_its_verdict(desk: Path, tmp_path: Path,
                                                                  capsys: Captured) -> None:  # fmt: skip
    """Exit code 2; the fault, the verdicts of the others, and both in the JUnit file."""
    retarget(desk, "at_most: 20", "at_most: 60")
    also(desk, "broken", ("unit: 工作日", "unit: 工作天"))
    also(desk, "refused", ("steps: [review, inspect]", "steps: [review]"))
    assert call(desk, "check", "--workers", "1", "--junit", str(tmp_path / "verdicts.xml")) == 2
    said = capsys.readouterr()
    assert [line.partition(" counted_days")[0] for line in said.out.splitlines()] == [
        "ok   faster T1", "1 of 1 verdicts as wanted",
    ]  # fmt: skip
    broken, refused = said.err.splitlines()
    assert "broken.yaml:19: targets[0].unit: " in broken
    assert "refused.yaml:12: variants.after.reforms[0]: " in refused
    assert list(cases(tmp_path / "verdicts.xml")) == [
        ("faster", "T1 二十个工作日内办结", []), ("broken", "verdicts", [(Error, broken)]),
        ("refused", "verdicts", [(Error, refused)]),
    ]  # fmt: skip


def test_a_library_with_a_fault_still_gives_a_junit_file(desk: Path, tmp_path: Path, capsys: Captured) -> None:
    """Exit code 2, and the scenario that rests on it has one error that names every fault."""
    shop = desk / "processes/licences/shop.yaml"
    shop.write_text(shop.read_text(encoding="utf-8").replace("steps:", "stpes:"), encoding="utf-8")
    assert call(desk, "check", "--junit", str(tmp_path / "verdicts.xml")) == 2
    faults = capsys.readouterr().err.rstrip("\n")
    assert "stpes" in faults
    assert list(cases(tmp_path / "verdicts.xml")) == [("faster", "verdicts", [(Error, faults)])]


def test_an_unknown_scenario_still_gives_a_junit_file(desk: Path, tmp_path: Path) -> None:
    """A misspelt name in CI is read where the verdicts are read."""
    assert call(desk, "check", "fastr", "--junit", str(tmp_path / "verdicts.xml")) == 2
    said = "unknown scenario 'fastr', did you mean 'faster'?"
    assert list(cases(tmp_path / "verdicts.xml")) == [("check", "verdicts", [(Error, said)])]


def test_our_own_bug_keeps_the_verdicts_before_it(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3; the JUnit file has the verdicts so far, and the bug as an error in characters XML can hold."""
    retarget(desk, "at_most: 20", "at_most: 60")
    also(desk, "second")
    real = several.compare

    def broken(prepared: several.Prepared, **options: object) -> object:
        if prepared.scenario.id == "second":
            raise ZeroDivisionError("a bug\x00")
        return real(prepared, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(several, "compare", broken)
    assert call(desk, "check", "--workers", "1", "--junit", str(tmp_path / "verdicts.xml")) == 3
    assert list(cases(tmp_path / "verdicts.xml")) == [
        ("faster", "T1 二十个工作日内办结", []), ("check", "verdicts", [(Error, "ZeroDivisionError: a bug\ufffd")]),
    ]  # fmt: skip


def test_a_scenario_that_cannot_be_played_to_its_end_keeps_no_other_from_its_verdict(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """What shows only when it is played, such as a date the calendar lacks, is told in its place; exit code 2."""
    retarget(desk, "at_most: 20", "at_most: 60")
    also(desk, "early")
    real = several.compare

    def outside(prepared: several.Prepared, **options: object) -> object:
        if prepared.scenario.id == "early":
            raise PlannerError("2031 is not known")
        return real(prepared, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(several, "compare", outside)
    assert call(desk, "check", "--workers", "1") == 2
    first, second, closing = capsys.readouterr().out.splitlines()
    assert (first, second[:14], closing) == (
        "FAIL early 2031 is not known", "ok   faster T1", "1 of 1 verdicts as wanted",
    )  # fmt: skip
    assert call(desk, "scoreboard", "--workers", "1") == 2
    assert capsys.readouterr().err == "2031 is not known\n"


def test_each_verdict_is_printed_as_soon_as_it_is_known(desk: Path, monkeypatch: pytest.MonkeyPatch,
                                                         capsys: Captured) -> None:  # fmt: skip
    """The line of the first scenario stands on the screen while the second is played."""
    also(desk, "second")
    real, said = replications.replicate_together, []

    def watched(prepared: replications.Prepared, *rest: object) -> object:
        said.append((prepared.scenario.id, capsys.readouterr().out[:14]))
        return real(prepared, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(replications, "replicate_together", watched)
    call(desk, "check", "--workers", "1")
    assert next(out for scenario, out in said if scenario == "second")[5:] == "faster T1"
    assert {out for scenario, out in said if scenario == "faster"} == {""}


@pytest.mark.parametrize("number", [0, 3])
def test_an_interrupted_check_is_not_done(
    desk: Path, tmp_path: Path, stopped: Callable[[str, int], None], capsys: Captured, number: int
) -> None:
    """Exit code 130 with what is unfinished, on the screen and in the JUnit file; what is finished is kept."""
    retarget(desk, "at_most: 20", "at_most: 60")
    also(desk, "second")
    also(desk, "third")
    stopped("second", number)
    assert call(desk, "check", "--workers", "1", "--junit", str(tmp_path / "verdicts.xml")) == 130
    out, err = capsys.readouterr()
    assert (out[:14], len(out.splitlines()), err) == (
        "ok   faster T1",
        1,
        f"stopped; unfinished: second, third\n{GO_ON}\n",
    )
    assert list(cases(tmp_path / "verdicts.xml")) == [
        ("faster", "T1 二十个工作日内办结", []),
        ("second", "verdicts", [(Error, "stopped before it was finished")]),
        ("third", "verdicts", [(Error, "stopped before it was finished")]),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "written"), [(0, {"faster"}), (3, {"faster", "second"})])
def test_an_interrupted_headline_run_is_not_done(
    desk: Path, stopped: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch, capsys: Captured,
    number: int, written: set[str],
) -> None:  # fmt: skip
    """Exit code 130 with what is unfinished; a report of the finished replications of the one that was stopped."""
    monkeypatch.setattr("sim.core.workers.cores", lambda: 1)
    retarget(desk, "place: town", "headline: true\nplace: town")
    also(desk, "second")
    also(desk, "third")
    stopped("second", number)
    assert call(desk) == 130
    assert capsys.readouterr().err == f"stopped; unfinished: second, third\n{GO_ON}\n"
    assert {p.name for p in (desk / "reports").iterdir()} == written | {"index.html"}
    told = {p.parent.name: json.loads(p.read_text(encoding="utf-8")) for p in desk.glob("reports/*/results.json")}
    assert {name: (r["runs"], r["interrupted"]) for name, r in told.items()} == {
        name: {"faster": (10, False), "second": (3, True)}[name] for name in written
    }


def test_worlds_are_drawn_past_a_scenario_with_a_fault(desk: Path, monkeypatch: pytest.MonkeyPatch,
                                                        capsys: Captured) -> None:  # fmt: skip
    """Of a file that is wrong, and of one that cannot be played to its end: told, exit code 2, the others on record."""
    also(desk, "broken", ("unit: 工作日", "unit: 工作天"))
    also(desk, "early")
    real = drawing._worlds

    def outside(prepared: several.Prepared, *rest: object) -> object:
        if prepared.scenario.id == "early":
            raise PlannerError("2031 is not known")
        return real(prepared, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "_worlds", outside)
    assert call(desk, "worlds", "--worlds", "2", "--workers", "1") == 2
    assert [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "targets[0].unit: unknown unit '工作天', did you mean '工作日'?", "",
    ]  # fmt: skip
    assert list(json.loads((desk / "reports/reference/worlds.json").read_bytes())) == ["faster"]


@pytest.mark.parametrize("headline", [True, False])
def test_a_headline_run_goes_on_past_a_file_with_a_fault(headline: bool, desk: Path, monkeypatch: pytest.MonkeyPatch,
                                                          capsys: Captured) -> None:  # fmt: skip
    """The fault of another headline is told, and the exit code is 2; a scenario that is none is noted."""
    monkeypatch.setattr("sim.core.workers.cores", lambda: 1)
    also(desk, "broken", ("unit: 工作日", "unit: 工作天"), head="headline: true\n" if headline else "")
    retarget(desk, "place: town", "headline: true\nplace: town")
    assert call(desk) == (2 if headline else 0)
    file, said = desk / "scenarios/broken.yaml", capsys.readouterr().err
    note = f"note: {file} is wrong and left out (1 fault); `run.py validate` tells what to mend\n"
    told = f"{file}:20: targets[0].unit: unknown unit '工作天', did you mean '工作日'?\n"
    assert said == (told if headline else note)
    assert sorted(p.name for p in (desk / "reports").iterdir()) == ["faster", "index.html"]


def test_an_interrupted_scoreboard_is_not_done(
    desk: Path, tmp_path: Path, stopped: Callable[[str, int], None], capsys: Captured
) -> None:
    """Exit code 130, the finished rows on the screen, and no file that would look whole."""
    also(desk, "second")
    stopped("second", 4)
    assert call(desk, "scoreboard", "--workers", "1", "--json", str(tmp_path / "rows.json")) == 130
    out, err = capsys.readouterr()
    assert out.count("T1 ") == 1
    assert err == f"stopped; unfinished: second, {tmp_path}/rows.json\n{GO_ON}\n"
    assert not (tmp_path / "rows.json").exists()


def test_a_scoreboard_writes_its_rows(desk: Path, tmp_path: Path) -> None:
    """A row per target of every scenario that has some."""
    also(desk, "second")
    assert call(desk, "scoreboard", "--workers", "1", "--json", str(tmp_path / "rows.json")) == 0
    found = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert [(row["id"], row["scenario"]) for row in found] == [("T1", "faster"), ("T1", "second")]


@pytest.mark.parametrize("number", [1, 3])
def test_an_interrupted_doubt_doubts_nothing(
    desk: Path, stopped: Callable[[str, int], None], capsys: Captured, number: int
) -> None:
    """Exit code 130 rather than effects against a comparison that was not finished."""
    stopped("faster", number)
    assert call(desk, "doubt", "faster", "--workers", "1") == 130
    assert capsys.readouterr() == ("", f"stopped; unfinished: {'doubt' if number == 1 else 'faster'}\n{GO_ON}\n")


def test_a_comparison_stopped_while_it_looks_for_remedies_is_kept(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The replications are finished: they are printed and written, and the exit code says that something is not."""
    from sim.decide import beside

    def slow(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(beside, "missed", lambda _: ["T1"])
    monkeypatch.setattr(beside, "remedy", slow)
    assert call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(tmp_path / "out")) == 130
    assert capsys.readouterr().err == f"stopped; unfinished: faster\n{GO_ON}\n"
    assert json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))["runs"] == 2


def test_a_comparison_stopped_at_once_writes_nothing(
    desk: Path, tmp_path: Path, stopped: Callable[[str, int], None], capsys: Captured
) -> None:
    """Of one replication nothing is known; an older report stays as it is."""
    out = tmp_path / "out"
    shutil.copytree(desk / "scenarios", out)
    before = sorted(out.rglob("*"))
    stopped("faster", 1)
    assert call(desk, "compare", "faster", "--workers", "1", "--out", str(out)) == 130
    assert capsys.readouterr() == ("", f"stopped; unfinished: faster\n{GO_ON}\n")
    assert sorted(out.rglob("*")) == before
