"""Where the time of a command goes, with a clock that a test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.core import phases
from sim.core.phases import ELSEWHERE, HERE, Spent, table
from sim.core.workers import mapper


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that this process has worked."""
    now = [0.0]
    monkeypatch.setattr(phases, "process_time", lambda: now[0])
    return now


@pytest.fixture(autouse=True)
def _nothing_spent() -> Iterator[None]:
    phases.begin()
    yield
    phases.begin()


def test_a_phase_inside_another_is_not_counted_twice(clock: list[float]) -> None:
    """Three seconds of verdicts around two of statistics."""
    spent = Spent()
    with spent.phase("verdicts"):
        clock[0] += 1
        with spent.phase("statistics"):
            clock[0] += 2
        clock[0] += 2
    clock[0] += 5
    assert spent.taken() == {"verdicts": 3, "statistics": 2}
    assert spent.taken() == {}


def test_what_is_played_for_a_remedy_is_the_remedy_s(clock: list[float]) -> None:
    """A reader asks what looking for remedies costs, with everything in it."""
    spent = Spent()
    with spent.phase("remedies"), spent.phase("play"):
        clock[0] += 2
    assert spent.taken() == {"remedies": 2}


def worked(common: int, item: int) -> int:
    """The sum, for which some time passes."""
    with phases.phase("play"):
        return sum(common + item for _ in range(200_000))


def test_other_processes_tell_what_they_spent() -> None:
    """With the result of each job."""
    with mapper(2, worked, 1) as run:
        assert list(run([0, 1])) == [200_000, 400_000]
    assert {*ELSEWHERE.seconds} == {"play"}
    assert ELSEWHERE.seconds["play"] > 0
    assert HERE.seconds == {}


def test_the_table_tells_phases_in_order_and_the_rest(clock: list[float]) -> None:
    """Phases that did not come are left out."""
    with HERE.phase("verdicts"):
        clock[0] += 1.5
    with HERE.phase("library"):
        clock[0] += 0.25
    clock[0] += 0.25
    ELSEWHERE.add({"play": 3.0})
    assert table(2.75).splitlines() == [
        "processor       here  workers",
        "library         0.25     0.00",
        "play            0.00     3.00",
        "verdicts        1.50     0.00",
        "other           0.25     0.00",
        "whole           2.00     3.00",
        "2.75 seconds have passed",
    ]
