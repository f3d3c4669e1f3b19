"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core.errors import PlannerError
from sim.core.files import write_whole


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """Text is written as UTF-8, bytes as they are, and nothing is left beside the file."""
    write_whole(tmp_path / "a.txt", "甲\n")
    write_whole(tmp_path / "a.txt", "乙\n")
    write_whole(tmp_path / "b.bin", b"\x00")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.txt": "乙\n".encode(), "b.bin": b"\x00"}


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new content cannot take its place, the old file stands and the planner is told."""
    (tmp_path / "index.html").write_text("old", encoding="utf-8")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PlannerError) as error:
        write_whole(tmp_path / "index.html", "new")
    path = tmp_path / "index.html"
    assert str(error.value) == f"{path} cannot be written: No space left on device; choose another folder"
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"index.html": "old"}
