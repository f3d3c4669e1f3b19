"""Consoles that show little or nothing: the result is kept, and no exit code is better for it."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.playing import GO_ON
from sim.core.screens import quiet_screens

from .signals import heard

ROOT = Path(__file__).parents[1]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full; .ci/run has it")
LOST = "what is printed is lost: No space left on device; what is written to files is there\n"


def run(redirection: str, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command on the small library, its output redirected by a shell that gives back its exit code."""
    script = f'"$@" {redirection}; exit ${{PIPESTATUS[0]}}'
    command = [sys.executable, "run.py", "--root", "tests/library", *words]
    shell, known = ["bash", "-c", script, "bash", *command], {**os.environ, **environment}
    return subprocess.run(shell, cwd=ROOT, capture_output=True, check=False, env=known)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_screen_is_no_fault(closed: str) -> None:
    """Nobody is told, and nothing else is wrong."""
    done = run(closed, "list")
    assert (done.returncode, done.stderr) == (0, b"")


@needs_full
def test_a_screen_that_is_full_is_told_on_the_other() -> None:
    """Exit code 2, for whoever reads the file finds half of it; a wrong file stays what it is."""
    done = run("> /dev/full", "list")
    assert (done.returncode, done.stderr.decode()) == (2, LOST)
    assert run("2> /dev/full", "validate", "nowhere.yaml").returncode == 2


def test_a_reader_who_has_seen_enough_makes_no_verdict_better(tmp_path: Path) -> None:
    """`check | true` is missed as `check` is, and has written its file."""
    junit = tmp_path / "verdicts.xml"
    done = run("| true", "check", "--workers", "1", "--junit", str(junit))
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"failure" in junit.read_bytes()
    assert run("| true", "list").returncode == 0


@needs_full
def test_a_report_is_written_though_nobody_can_be_told(tmp_path: Path) -> None:
    """The page is there; exit code 2 says that what was printed is not."""
    done = run("> /dev/full", "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stderr.decode()) == (2, LOST)
    assert (tmp_path / "out/index.html").exists()


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", b"licences/bar  ??????????\n"), ("latin-1", b"  ????")])
def test_what_a_console_cannot_show_is_replaced(encoding: str, shown: bytes) -> None:
    """A question mark for each character; the rest is as it is elsewhere."""
    done = run("", "list", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown in done.stdout
    assert done.stdout.decode(encoding)


def test_a_stream_that_is_none_of_the_system_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a notebook; and afterwards everything is as before."""
    own = io.StringIO()
    monkeypatch.setattr(sys, "stdout", own)
    with quiet_screens():
        print("甲")
        assert sys.stdout is own
    assert (sys.stdout, own.getvalue()) == (own, "甲\n")


def test_a_check_that_is_interrupted_is_not_done(tmp_path: Path) -> None:
    """Ctrl-C after the first verdict: exit code 130, and the second scenario is told as unfinished, also in JUnit."""
    root, junit = tmp_path / "root", tmp_path / "verdicts.xml"
    shutil.copytree(ROOT / "tests/library", root)
    text = (root / "scenarios/faster.yaml").read_text(encoding="utf-8")
    endless = text.replace("id: faster", "id: slower\nruns: {least: 999, most: 1000}")
    (root / "scenarios/slower.yaml").write_text(endless, encoding="utf-8")
    command = [sys.executable, "-u", "run.py", "--root", str(root), "check", "--workers", "2", "--junit", str(junit)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": heard}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as check:  # type: ignore[call-overload]
        assert check.stdout is not None
        assert " faster T1 " in check.stdout.readline()
        check.send_signal(signal.SIGINT)
        printed, told = check.communicate(timeout=120)
    assert (check.returncode, printed, told) == (130, "", f"stopped; unfinished: slower\n{GO_ON}\n")
    assert "slower" in junit.read_text(encoding="utf-8")
