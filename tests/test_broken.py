"""Every mistake a planner can make has a file in `tests/broken/` that says how it is answered."""

from pathlib import Path

import pytest

from sim.scenario.library import Library
from sim.scenario.validation import validate

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))
MARK = "# expect: "


def expected(path: Path) -> list[str]:
    """What the first lines of a file expect, or a file beside it where it can hold no comment."""
    beside = path.with_suffix(".expect")
    lines = (beside if beside.exists() else path).read_text(encoding="utf-8").splitlines()
    return [f"tests/broken/{path.name}:{line.removeprefix(MARK)}" for line in lines if line.startswith(MARK)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_answered_with_all_its_faults(path: Path, library: Library, here: Path) -> None:
    """All faults of the file come at once, each with its line, its place, what was found and what to do."""
    faults = validate(path.relative_to(here), library)
    assert [str(fault) for fault in faults] == expected(path)


def test_every_broken_file_expects_a_fault() -> None:
    """No file is checked against nothing."""
    assert [path.stem for path in FILES if not expected(path)] == []
