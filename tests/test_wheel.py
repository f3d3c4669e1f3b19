"""The wheel: what it holds, which command it installs, and that it works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ABOUT = f"reform_simulator-{VERSION}.dist-info"
CALL = "import sys; from sim.cli import main; sys.argv[0] = 'reform-sim'; main()"
"""What the installed command runs."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The wheel of this checkout, built by the locked backend, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--check-build-dependencies", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, ROOT], check=True)
    (built,) = folder.iterdir()
    with ZipFile(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def unpacked(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def call(packages: Path, here: Path, *words: str) -> str:
    """What the command prints that was installed with `packages`, called in the folder `here`."""
    words = (sys.executable, "-c", CALL, *words)
    environment = os.environ | {"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=here, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def files(folder: str) -> set[str]:
    """Every file of a folder of the checkout, compiled ones left out."""
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_holds_the_package_and_the_library(wheel: ZipFile) -> None:
    """Code, templates and style, processes and scenarios; neither tests nor reports."""
    library = {f"sim/shipped/{name}" for name in files("processes") | files("scenarios")}
    about = {f"{ABOUT}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    assert set(wheel.namelist()) == files("sim") | library | about


def test_the_wheel_installs_one_command_and_names_its_licence(wheel: ZipFile) -> None:
    """`reform-sim` is what `run.py` is, and the licence is told as packaging tools read it."""
    assert wheel.read(f"{ABOUT}/entry_points.txt").decode() == "[console_scripts]\nreform-sim = sim.cli:main\n"
    assert "License-Expression: Apache-2.0" in wheel.read(f"{ABOUT}/METADATA").decode().splitlines()


def test_the_installed_command_lists_the_library_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    """What is listed there is what the checkout lists."""
    listed = call(unpacked, tmp_path, "list")
    assert listed == call(ROOT, ROOT, "list")
    assert "  bookshop  Opening a bookshop with one licence in Xinxiang (4 variants, 0 targets)" in listed.splitlines()


def test_the_installed_command_writes_its_report_below_the_current_folder(unpacked: Path, tmp_path: Path) -> None:
    """A comparison needs nothing of the checkout and leaves the installed package as it was."""
    before = set(unpacked.rglob("*"))
    printed = call(unpacked, tmp_path, "compare", "bookshop", "--runs", "2", "--workers", "1")
    assert printed.splitlines()[-1] == str(tmp_path / "reports/bookshop/index.html")
    assert {path.name for path in tmp_path.iterdir()} == {"reports"}
    assert set(unpacked.rglob("*")) == before
