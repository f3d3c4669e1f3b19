"""Files are written whole or not at all."""

from __future__ import annotations

import os
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


def test_a_file_may_come_in_pieces(tmp_path: Path) -> None:
    """They stand one behind the other."""
    write_whole(tmp_path / "a.txt", (text for text in ("甲\n", "", "乙")))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "甲\n乙"


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


def test_folders_that_are_missing_are_made(tmp_path: Path) -> None:
    """Whoever writes makes no folder itself; the path comes back."""
    assert write_whole(tmp_path / "a/b/c.txt", "x") == tmp_path / "a/b/c.txt"
    assert (tmp_path / "a/b/c.txt").read_text(encoding="utf-8") == "x"


def test_a_link_stays_and_leads_to_what_is_written(tmp_path: Path) -> None:
    """The file behind a link is written, as an editor would."""
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").readlink() == Path("file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("name", ["a" * 255, "字" * 85])
def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path, name: str) -> None:
    """The file beside it has a name that fits too."""
    write_whole(tmp_path / name, "x")
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    """The planner reads what is wrong, not what was tried after it."""
    (tmp_path / "old").write_text("old", encoding="utf-8")
    with pytest.raises(PlannerError) as error:
        write_whole(tmp_path / "old/a.txt", "new")
    path = tmp_path / "old/a.txt"
    assert str(error.value) == f"{path} cannot be written: File exists; choose another folder"


def test_what_a_killed_run_left_of_the_file_is_removed(tmp_path: Path) -> None:
    """Beside a.txt stand beginnings of dead processes, of this number, of one that lives, and what looks alike."""
    dead, alive = 2**22 + 1, os.getppid()
    kept = {
        f".a.txt.{alive}",
        ".a.txt.old",
        f".a.txt.0{dead}",
        f".b.txt.{dead}",
        f"a.txt.{dead}",
        ".a.txt.0",
        ".a.txt.",
    }
    for name in {f".a.txt.{dead}", f".a.txt.{os.getpid()}", f".a.txt.{'9' * 40}", *kept}:
        (tmp_path / name).write_text("half", encoding="utf-8")
    write_whole(tmp_path / "a.txt", "whole")
    assert {p.name for p in tmp_path.iterdir()} == kept | {"a.txt", f".a.txt.{'9' * 40}"}
