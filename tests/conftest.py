"""What many tests start from: the small library under `tests/library`."""

from pathlib import Path

import pytest

from sim.scenario.library import Library
from sim.scenario.load import load_library

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of the tests: a shop, a café, a bar, a well, a town and a village."""
    return load_library(ROOT / "tests/library")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository as the current folder, so that faults name files as a planner sees them."""
    monkeypatch.chdir(ROOT)
    return ROOT
