"""Whatever becomes of the screen and the disk, a command does what it does elsewhere, or tells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sim.cli import commands

from .pulling import COMMANDS

ROOT = Path(__file__).parents[1]


def tried(fault: str, folder: Path) -> dict[str, Any]:
    """How every command ends under a fault."""
    folder.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "tests.pulling", fault, str(folder / "tried")]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_command_is_tried() -> None:
    """A new one is tried as the others are, or these tests say so."""
    assert {name.split()[0] for name in COMMANDS} == commands.commands.keys() - {"whatif"}  # which ends when stopped


def test_a_reader_who_has_left_changes_nothing(tmp_path: Path) -> None:
    """As in `compare | true`: the same exit code and the same files, and nothing said of it."""
    wanted = {name: {"code": one.code, "said": "", "files": sorted(one.files)} for name, one in COMMANDS.items()}
    assert tried("left", tmp_path) == wanted


def test_a_disk_that_is_full_costs_no_older_file(tmp_path: Path) -> None:
    """What stood there stands there still, nothing is half written, and one line says which file and why."""
    found = tried("small", tmp_path)
    assert {name: (end["code"], end["files"]) for name, end in found.items()} == {
        name: (2 if one.files else one.code, []) for name, one in COMMANDS.items()
    }
    for name, end in found.items():
        said = end["said"].splitlines()
        assert (name, [line.partition(" cannot be written: ")[2] for line in said]) == (
            name, ["File too large; choose another folder"] * bool(COMMANDS[name].files),
        )  # fmt: skip
