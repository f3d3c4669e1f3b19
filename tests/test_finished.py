"""A run that was cut short goes on where it was: what is finished is kept, and nothing is done twice."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pytest

from sim.core import cache, finished, program
from sim.core.errors import PlannerError
from sim.core.jobs import at, jobs

ALL = [n / 3 for n in range(8)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of finished jobs, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / cache.NAME / finished.ROOM


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder in which every job that is done leaves a file."""
    path = tmp_path / "book"
    path.mkdir()
    return path


def third(book: Path, item: int) -> float:
    """A third of the item, and a file that says that it was found."""
    (book / f"{item}-{uuid4()}").touch()
    return item / 3


def done(book: Path) -> dict[str, int]:
    """Item → how often it was done."""
    return Counter(path.name.partition("-")[0] for path in book.iterdir())


def cut_short(book: Path, workers: int = 1, after: int = 3) -> None:
    """A run that asks for no more after so many, and does not come to its end."""
    with at(), jobs(workers, third, book) as run:
        list(islice(run(range(8)), after))


def gone_on(book: Path, workers: int = 1, resume: bool = True) -> list[float]:
    """All results of a run that comes to its end."""
    with at(resume=resume) as kept, jobs(workers, third, book) as run:
        found = list(run(range(8)))
        kept.forget()
    return found


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("later", [1, 2])
def test_what_is_finished_is_not_done_again(book: Path, folder: Path, workers: int, later: int) -> None:
    """On however many processes before and after; each is done once, and all come in their order."""
    cut_short(book, workers)
    assert gone_on(book, later) == ALL
    assert done(book) == {str(n): 1 for n in range(8)}
    assert list(folder.iterdir()) == []


def test_a_short_run_that_comes_to_its_end_keeps_nothing_on_the_way(
    book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What decides its jobs is not even looked at."""
    looked: list[object] = []
    monkeypatch.setattr(finished, "fingerprint", lambda *things: looked.append(things))
    assert gone_on(book, resume=False) == ALL
    assert (looked, folder.exists()) == ([], False)


@pytest.mark.parametrize(("short", "written"), [(3600.0, [0, 0, 0]), (0.0, [1, 2, 3])])
def test_a_run_keeps_what_is_finished_once_it_has_lasted(
    book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, short: float, written: list[int]
) -> None:
    """By then each job as soon as it is finished; before, all of them where the run is stopped."""
    monkeypatch.setattr(finished, "SHORT", short)
    with at() as kept, jobs(1, third, book) as run:
        found = [len(list(folder.glob("*/*"))) for _ in islice(run(range(8)), 3)]
        assert kept.settle()
    assert (found, len(list(folder.glob("*/*")))) == (written, 3)


def test_nothing_is_gone_on_with_unless_asked(book: Path) -> None:
    """A run without the word does everything anew."""
    cut_short(book)
    assert gone_on(book, resume=False) == ALL
    assert done(book) == {str(n): 2 if n < 3 else 1 for n in range(8)}


def test_a_run_that_came_to_its_end_leaves_nothing_to_go_on_with(book: Path, folder: Path) -> None:
    """The next does everything anew, and so does one after another run of something else."""
    assert gone_on(book) == ALL
    assert not folder.exists()
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 2 for n in range(8)}


def test_jobs_of_another_run_are_not_taken(book: Path, tmp_path: Path) -> None:
    """Where anything differs that they have in common, they are other jobs."""
    other = tmp_path / "other"
    other.mkdir()
    cut_short(other)
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 1 for n in range(8)}


def test_jobs_of_another_program_are_not_taken(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its results may be others."""
    cut_short(book)
    monkeypatch.setattr(finished, "program", lambda: program.program() + "!")
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 2 if n < 3 else 1 for n in range(8)}


def _of_another_job(files: list[Path]) -> None:
    files[0].write_bytes(files[1].read_bytes())


def _cut_off(files: list[Path]) -> None:
    files[0].write_bytes(files[0].read_bytes()[:-1])


def _empty(files: list[Path]) -> None:
    files[0].write_bytes(b"")


def _for_all(files: list[Path]) -> None:
    files[0].chmod(0o666)


@pytest.mark.parametrize("tamper", [_of_another_job, _cut_off, _empty, _for_all])
def test_what_is_not_whole_is_done_again(book: Path, folder: Path, tamper: Callable[[list[Path]], None]) -> None:
    """Or of another job, or what others could have written; the rest is taken."""
    cut_short(book)
    (place,) = folder.iterdir()
    tamper(sorted(place.iterdir()))
    assert gone_on(book) == ALL
    assert sorted(done(book).values()) == [1] * 7 + [2]


def test_where_nothing_can_be_kept_everything_is_done(book: Path, folder: Path) -> None:
    """A file stands where the folder goes."""
    folder.parent.mkdir(mode=0o700, parents=True)
    folder.touch()
    cut_short(book)
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 2 if n < 3 else 1 for n in range(8)}


def test_what_takes_too_much_room_goes_oldest_first(book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of runs that nobody went on with."""
    cut_short(book)
    (size,) = {sum(file.stat().st_size for file in place.iterdir()) for place in folder.iterdir()}
    monkeypatch.setattr(finished, "MOST", size)
    for name in ("b", "c"):
        (book.parent / name).mkdir()
        cut_short(book.parent / name)
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 2 if n < 3 else 1 for n in range(8)}


def test_a_run_goes_on_where_the_clock_was_put_back(book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own jobs are kept though others look younger and there is no room for both."""
    cut_short(book)
    (own,) = folder.iterdir()
    monkeypatch.setattr(finished, "MOST", sum(file.stat().st_size for file in own.iterdir()))
    (book.parent / "b").mkdir()
    cut_short(book.parent / "b")
    for place in folder.iterdir():
        moment = 1 if place == own else 2**32
        os.utime(place, (moment, moment))
    assert gone_on(book) == ALL
    assert done(book) == {str(n): 1 for n in range(8)}


def failing(common: None, item: int) -> int:
    """The item, but a mistake of the planner's for 3."""
    del common
    if item == 3:
        raise PlannerError("three")
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_what_fails_is_not_finished(folder: Path, workers: int) -> None:
    """It fails again where the run goes on, at its place."""
    for resume in (False, True):
        found: list[int] = []
        with pytest.raises(PlannerError, match=r"^three$"), at(resume=resume), jobs(workers, failing, None) as run:
            found.extend(run(range(6)))
        assert found == [0, 1, 2]
    (place,) = folder.iterdir()
    assert len(list(place.iterdir())) == {1: 3, 2: 5}[workers]
