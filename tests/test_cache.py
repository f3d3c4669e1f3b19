"""What was found before is kept for the user alone, and nothing that others could have written is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core import cache


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / cache.NAME


def test_what_is_kept_is_found_again(place: Path) -> None:
    """Only the user may read the folder and the file."""
    assert cache.kept("a") is None
    cache.keep("a", b"content")
    assert cache.kept("a") == b"content"
    assert [oct(path.stat().st_mode & 0o777) for path in (place, place / "a")] == ["0o700", "0o600"]


def _file_for_all(place: Path) -> None:
    (place / "a").chmod(0o666)


def _folder_for_all(place: Path) -> None:
    place.chmod(0o777)


def _link(place: Path) -> None:
    (place / "a").rename(place / "b")
    (place / "a").symlink_to(place / "b")


def _linked_folder(place: Path) -> None:
    place.rename(place.with_name("elsewhere"))
    place.symlink_to(place.with_name("elsewhere"))


@pytest.mark.parametrize("tamper", [_file_for_all, _folder_for_all, _link, _linked_folder])
def test_what_others_could_have_written_is_not_read(place: Path, tamper: Callable[[Path], None]) -> None:
    """A file or a folder that others may write, or that is a link, is as good as none."""
    cache.keep("a", b"content")
    tamper(place)
    assert cache.kept("a") is None


def test_what_belongs_to_another_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever owns the file decides what is in it."""
    cache.keep("a", b"content")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.kept("a") is None
    cache.keep("a", b"other")
    monkeypatch.undo()
    assert (place / "a").read_bytes() == b"content"


def test_a_folder_that_cannot_be_made_does_no_harm(place: Path) -> None:
    """Nothing is kept, and nobody is told."""
    place.parent.mkdir(exist_ok=True)
    place.write_text("a file in the way", encoding="utf-8")
    cache.keep("a", b"content")
    assert cache.kept("a") is None


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a folder of his own."""

    def nowhere() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", nowhere)
    cache.keep("a", b"content")
    assert cache.kept("a") is None


def test_the_oldest_go_first(place: Path) -> None:
    """The folder does not grow without end."""
    for number in range(cache.MOST + 1):
        cache.keep(f"{number:02}", b"")
        os.utime(place / f"{number:02}", (number, number))
    assert sorted(path.name for path in place.iterdir()) == [f"{number:02}" for number in range(1, cache.MOST + 1)]


def test_what_was_just_kept_stays_where_the_clock_was_put_back(place: Path) -> None:
    """All the others look younger then, and one of them goes."""
    for number in range(cache.MOST):
        cache.keep(f"{number:02}", b"")
        os.utime(place / f"{number:02}", (2**32 + number, 2**32 + number))
    cache.keep("now", b"content")
    assert cache.kept("now") == b"content"
    assert sorted(path.name for path in place.iterdir()) == [*(f"{n:02}" for n in range(1, cache.MOST)), "now"]


def test_only_one_at_a_time_is_alone(place: Path) -> None:
    """Whoever comes meanwhile is told so, and does not wait; who comes later is alone again."""
    with cache.alone("work") as first, cache.alone("work") as second, cache.alone("other work") as third:
        assert (first, second, third) == (True, False, True)
    with cache.alone("work") as again:
        assert again
    assert place.is_dir()


def test_where_no_folder_can_be_made_everybody_is_alone(place: Path) -> None:
    """Nobody can tell, and nothing is kept from being done."""
    place.write_text("a file in the way", encoding="utf-8")
    with cache.alone("work") as first, cache.alone("work") as second:
        assert first
        assert second
