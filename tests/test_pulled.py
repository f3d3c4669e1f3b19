"""The plug is pulled while a command works: what is finished is kept, and the rest is told as unfinished."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sim.analysis import replications

from .signals import heard
from .test_cli import call
from .test_cli_doors import cases

ROOT = Path(__file__).parents[1]
HELD = """
import os, sys
from pkgutil import resolve_name

place, scenario, number, *words = sys.argv[1:]
holder, _, name = place.rpartition(".")
real = resolve_name(place)

def held(*given, **options):
    if scenario and (given[0].scenario.id, given[3][0]) != (scenario, int(number)):
        return real(*given, **options)
    os.write(1, b"begun\\n")
    sys.stdin.read()
    raise AssertionError("nobody pulled the plug")

setattr(resolve_name(holder), name, held)
resolve_name("sim.analysis.together").CASES_TOGETHER = 60
progress = resolve_name("sim.core.progress")
progress.EVERY = float("inf")
resolve_name("sim.core.finished").SHORT = 0.0
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.argv[1:] = words
from sim.cli import main
main()
"""
"""A command on one core that waits as long as its input is open where it calls a function or comes to a replication.

Three replications of the small scenarios, of twenty cases each, are made at once."""
GO_ON = "what is finished is kept; the same with --resume goes on from there\n"
REPLICATION = ("sim.analysis.replications.replicate_together", "slower", "3")
"""The fourth replication of the second scenario."""
DOUBTS = ("sim.analysis.sensitivity.doubts", "", "")
"""When the replications of a doubted scenario are there, and none of its assumptions has been moved."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The small library with a second scenario like the first one, both of them headlines."""
    root = Path(shutil.copytree(ROOT / "tests/library", tmp_path / "desk"))
    text = (root / "scenarios/faster.yaml").read_text(encoding="utf-8").replace("place:", "headline: true\nplace:")
    for name in ("faster", "slower"):
        (root / f"scenarios/{name}.yaml").write_text(text.replace("id: faster", f"id: {name}"), encoding="utf-8")
    return root


@contextmanager
def begun(desk: Path, held: tuple[str, str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command that has come to where it is held."""
    script = [sys.executable, "-c", HELD, *held, "--root", str(desk), *words]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": heard}
    one = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(script, cwd=desk, text=True, env=one, **pipes) as command:  # type: ignore[call-overload]
        assert command.stdout is not None
        assert "begun\n" in iter(command.stdout.readline, "")
        yield command


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_check_that_is_stopped_keeps_its_verdicts(desk: Path, tmp_path: Path, how: signal.Signals) -> None:
    """By Ctrl-C, by whoever ends it or by a closed terminal: exit code 130, and JUnit says which is unfinished."""
    junit = tmp_path / "verdicts.xml"
    with begun(desk, REPLICATION, "check", "--workers", "1", "--junit", str(junit)) as command:
        command.send_signal(how)
        _, told = command.communicate()
    assert (command.returncode, told) == (130, f"stopped; unfinished: slower\n{GO_ON}")
    assert [(suite, [text for _, text in told]) for suite, _, told in cases(junit)][1] == (
        "slower", ["stopped before it was finished"],
    )  # fmt: skip
    assert next(cases(junit))[1] == "T1 二十个工作日内办结"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_headline_run_that_is_stopped_keeps_its_reports(desk: Path, how: signal.Signals) -> None:
    """The first is whole; that of the second rests on its three replications and says so."""
    with begun(desk, REPLICATION) as command:
        command.send_signal(how)
        printed, told = command.communicate()
    assert (command.returncode, told) == (130, f"stopped; unfinished: slower\n{GO_ON}")
    results = [json.loads((desk / f"reports/{name}/results.json").read_bytes()) for name in ("faster", "slower")]
    assert [(found["runs"] > 3, found["interrupted"]) for found in results] == [(True, False), (False, True)]
    assert "slower/index.html" in printed


@pytest.mark.parametrize(
    ("held", "words", "unfinished"),
    [
        (REPLICATION, ["scoreboard", "--workers", "1", "--json", "rows.json"], "slower, rows.json"),
        (REPLICATION, ["doubt", "slower", "--workers", "1"], "slower"),
        (DOUBTS, ["doubt", "faster", "--workers", "1"], "doubt"),
        (("sim.learn.gather.open_log", "", ""), ["learn", "log.csv", "--json", "learnt.json"], "learn"),
        (REPLICATION, ["worlds", "slower", "--workers", "1"], "slower"),
        (REPLICATION, ["diff", "slower", "faster", "--workers", "1", "--json", "moved.json"], "diff"),
        (("sim.decide.attribution.attribute", "", ""), ["attribute", "faster", "--json", "rows.json"], "attribute"),
        (("sim.decide.searching.search.search", "", ""), ["search", "faster", "--csv", "rows.csv"], "search"),
        (("sim.decide.capacity.capacity", "", ""), ["capacity", "faster", "--json", "rows.json"], "capacity"),
        (("sim.decide.budget.budget", "", ""), ["budget", "faster", "--target", "T1"], "budget"),
        (("sim.learn.writing.playing.recorded", "", ""), ["records", "faster", "--out", "export"], "records"),
        (("sim.cli.exporting.answered", "", ""), ["export", "faster", "--to", "md"], "export"),
        (("sim.scenario.validation.faults_and_notes", "", ""), ["validate"], "validate"),
        (("sim.scenario.desk.read_library", "", ""), [], "the headline scenarios"),
    ],
)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_what_is_unfinished(
    desk: Path, held: tuple[str, str, str], words: list[str], unfinished: str, how: signal.Signals
) -> None:
    """Exit code 130, and no file that would look whole; where a replication is finished, that it is kept."""
    before = sorted(desk.rglob("*"))
    with begun(desk, held, *words) as command:
        command.send_signal(how)
        _, told = command.communicate()
    kept = GO_ON if held in (REPLICATION, DOUBTS) else ""
    assert (command.returncode, told) == (130, f"stopped; unfinished: {unfinished}\n{kept}")
    assert sorted(desk.rglob("*")) == before


def test_worlds_that_are_stopped_keep_those_that_are_drawn(desk: Path) -> None:
    """The first scenario is on record, the second is not, though its comparison was under way."""
    with begun(desk, REPLICATION, "worlds", "--worlds", "2", "--workers", "1") as command:
        command.send_signal(signal.SIGTERM)
        _, told = command.communicate()
    assert (command.returncode, told) == (130, f"stopped; unfinished: slower\n{GO_ON}")
    assert list(json.loads((desk / "reports/reference/worlds.json").read_bytes())) == ["faster"]


def test_a_signal_that_is_ignored_stays_ignored(desk: Path) -> None:
    """As under `nohup`: a closed terminal is nothing to such a run."""
    ignoring = HELD.replace("import os, sys", "import os, signal, sys\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)")
    held = ignoring.replace('raise AssertionError("nobody pulled the plug")', "return real(*given, **options)")
    script = [sys.executable, "-c", held, "sim.scenario.validation.faults_and_notes", "", "", "--root", str(desk)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "preexec_fn": heard}
    one = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*script, "validate"], text=True, env=one, **pipes) as command:  # type: ignore[call-overload]
        assert command.stdout is not None
        assert command.stdout.readline() == "begun\n"
        command.send_signal(signal.SIGHUP)
        printed, _ = command.communicate()
    assert (command.returncode, printed) == (0, "no faults\n")


def test_a_run_that_is_killed_goes_on_where_it_was(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --resume it plays what is missing and nothing else, and writes the same report; then nothing is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk / "cache"))
    monkeypatch.chdir(desk)
    words = ["compare", "slower", "--runs", "6", "--workers", "1", "--out"]
    with begun(desk, REPLICATION, *words, str(desk / "out")) as command:
        command.kill()
    played: list[int] = []
    real = replications.replicate_together
    monkeypatch.setattr(replications, "replicate_together", lambda *given: played.extend(given[3]) or real(*given))
    assert call(desk, *words, str(desk / "out"), "--resume") == 0
    assert played == [3, 4, 5]
    assert list((desk / "cache/reform-simulator/unfinished").iterdir()) == []
    assert call(desk, *words, str(desk / "whole"), "--resume") == 0
    assert played == [3, 4, 5, 0, 1, 2, 3, 4, 5]
    assert written(desk / "out") == written(desk / "whole")


def test_a_check_that_is_stopped_goes_on_where_it_was(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it had come to in all scenarios is not played again, and the verdicts are the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk / "cache"))
    monkeypatch.chdir(desk)
    with begun(desk, REPLICATION, "check", "--workers", "1") as command:
        command.send_signal(signal.SIGTERM)
        command.communicate()
    played: list[tuple[str, int]] = []
    real = replications.replicate_together

    def noted(*given: Any) -> Any:
        played.extend((given[0].scenario.id, number) for number in given[3])
        return real(*given)

    monkeypatch.setattr(replications, "replicate_together", noted)
    code = call(desk, "check", "--workers", "1", "--resume")
    resumed, rest = capsys.readouterr().out, list(played)
    assert (call(desk, "check", "--workers", "1"), capsys.readouterr().out) == (code, resumed)
    assert rest == [one for one in played[len(rest) :] if one[0] == "slower" and one[1] >= 3]


def written(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_that_is_killed_leaves_nothing_for_long(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run had begun to write is gone after the next, and an older report was whole all the while."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk / "scenarios/faster.yaml"))  # where nothing can be kept
    words = ["compare", "faster", "--runs", "2", "--workers", "1", "--out", "out"]
    with begun(desk, ("pathlib.Path.replace", "", ""), *words) as command:
        half = [path.name for path in desk.rglob(".*") if path.is_file()]
        command.kill()
    assert (command.returncode, len(half)) == (-signal.SIGKILL, 1)
    run = [sys.executable, str(ROOT / "run.py"), "--root", str(desk), *words]
    assert subprocess.run(run, cwd=desk, check=False, capture_output=True).returncode == 0
    assert [path.name for path in desk.rglob(".*") if path.is_file()] == []


def test_a_disk_that_is_full_keeps_the_older_report(desk: Path) -> None:
    """Exit code 2 with one line; what stood there stands there still, and nothing half written is left."""
    words = ["compare", "faster", "--runs", "2", "--workers", "1", "--out", "out"]
    run = [sys.executable, str(ROOT / "run.py"), "--root", str(desk), *words]
    assert subprocess.run(run, cwd=desk, check=False, capture_output=True).returncode == 0
    before = {path: path.read_bytes() for path in (desk / "out").rglob("*") if path.is_file()}

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))

    done = subprocess.run(run, cwd=desk, check=False, capture_output=True, text=True, preexec_fn=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("cannot be written: File too large; choose another folder\n")
    after = {path: path.read_bytes() for path in (desk / "out").rglob("*") if path.is_file()}
    assert after.keys() == before.keys()
    assert {path.name for path, raw in after.items() if raw != before[path]} <= {"results.json", "cases.csv"}


def test_processes_that_could_not_meet_are_told_before(desk: Path, tmp_path: Path) -> None:
    """A folder for temporary files with a very long name: exit code 2 before anything is played; one process works."""
    folder = tmp_path / ("x" * 200)
    folder.mkdir()
    run = [sys.executable, str(ROOT / "run.py"), "--root", str(desk)]
    wrong = f"a name of {len(str(folder))} bytes is too long for processes to meet in that folder"
    told = f"TMPDIR: {wrong}, 75 at most; set a shorter one, or ask for --workers 1\n"
    for words in (["check"], ["compare", "faster"], ["scoreboard"], ["doubt", "faster"]):
        done = subprocess.run([*run, *words, "--workers", "2"], check=False, capture_output=True, text=True,
                              env={**os.environ, "TMPDIR": str(folder)})  # fmt: skip
        assert (words, done.returncode, done.stdout, done.stderr) == (words, 2, "", told)
    alone = [*run, "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(tmp_path / "out")]
    alone_env = {**os.environ, "TMPDIR": str(folder)}
    assert subprocess.run(alone, check=False, capture_output=True, env=alone_env).returncode == 0
