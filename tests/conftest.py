"""What many tests start from: the small library under `tests/library`, and copies that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.scenario.library import Library
from sim.scenario.load import load_library

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache that the tests have to themselves: they neither read nor write the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_language() -> Iterator[None]:
    """An environment that speaks no language, in which a test asks for the one that it wants."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
            patch.delenv(name, raising=False)
        patch.setenv("LANG", "C.UTF-8")
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_lines_of_progress() -> Iterator[None]:
    """What commands print does not depend on how fast the machine is; tests of the lines ask for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.core.progress.EVERY", float("inf"))
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of the tests: a shop, a café, a bar, a well, a town and a village."""
    return load_library(ROOT / "tests/library")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the small library that a test may change."""
    return Path(shutil.copytree(ROOT / "tests/library", tmp_path / "desk"))


@pytest.fixture
def bare_desk(tmp_path: Path) -> Path:
    """A copy of the whole library without its scenarios, in the folder of the test."""
    shutil.copytree(ROOT / "processes", tmp_path / "processes")
    (tmp_path / "scenarios").mkdir()
    return tmp_path


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository as the current folder, so that faults name files as a planner sees them."""
    monkeypatch.chdir(ROOT)
    return ROOT
