"""How far work is, and how long the rest will take, against answers found by hand."""

from __future__ import annotations

import pytest

from sim.core.progress import Lines, left, part_of, told
from sim.report.screen.progress import progress


@pytest.mark.parametrize(
    ("passed", "done", "most", "words"),
    [
        (10, 0, 4, ""),
        (10, 1, 4, "30 s left"),
        (10, 4, 4, "0 s left"),
        (60, 1, 4, "3 min left"),
        (3600, 1, 4, "3 h left"),
    ],
)
def test_the_rest_takes_as_long_as_what_is_done(passed: float, done: int, most: int, words: str) -> None:
    """Part for part; while nothing is done, nobody knows."""
    assert left(passed, done, most) == words


def test_a_line_is_written_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before ten seconds are over, then at most every ten; the first part took eleven, so that three take 33."""
    monkeypatch.setattr("sim.core.progress.EVERY", 10.0)
    moments, lines = iter([0.0, 5.0, 11.0, 15.0, 22.0, 40.0]), list[str]()
    tell = Lines("building", lines.append, clock=lambda: next(moments))
    for done in (0, 1, 1, 2):
        tell(done, 4)
    assert lines == ["building: 25 %, about 33 s left", "building: 50 %, about 22 s left"]


@pytest.mark.parametrize(
    ("locale", "line"),
    [("zh_CN.UTF-8", "更快：50%，约还需 20 秒\n"), ("en_US.UTF-8", "更快: 50 %, about 20 s left\n")],
)
def test_a_line_is_in_the_language_of_who_reads(
    locale: str, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under the title as it is given."""
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setattr("sim.core.progress.EVERY", 10.0)
    with progress("更快", since=0.0) as tell:
        assert isinstance(tell, Lines)
        tell._told, tell._clock = 0.0, lambda: 20.0
        tell(1, 2)
    assert capsys.readouterr().err == line


def test_one_of_several_works_tells_how_far_all_are() -> None:
    """Half of the second of four is three eighths of the whole."""
    said: list[tuple[int, int]] = []
    part_of(lambda done, most: said.append((done, most)), 1, 4)(1, 2)
    assert said == [(1500, 4000)]


def test_things_are_told_as_they_are_taken() -> None:
    """Before each, how many are done."""
    said: list[tuple[int, int]] = []
    assert list(told("ab", lambda done, most: said.append((done, most)))) == ["a", "b"]
    assert said == [(0, 2), (1, 2)]


def test_elsewhere_than_on_a_terminal_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads the errors of a short command finds only errors."""
    with progress("building") as tell:
        tell(1, 2)
    assert capsys.readouterr().err == ""


def test_elsewhere_than_on_a_terminal_long_work_tells_lines(capsys: pytest.CaptureFixture[str],
                                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Among the errors, so that what is found can be passed on."""
    monkeypatch.setattr("sim.core.progress.EVERY", 0.0)
    with progress("building") as tell:
        tell(2, 2)
    assert capsys.readouterr() == ("", "building: 100 %, about 0 s left\n")
