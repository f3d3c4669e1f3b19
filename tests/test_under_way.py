"""Other work has been going on when the first case comes: the office is in its usual state by then."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.others import LONGEST, RELAXATIONS, Coming, lead_in, under_way
from sim.engine.staffing import derived_staff

from .test_other_work import asked, erlang_wait, stated

HOUR, DAY = 3600, 24 * 3600
REPLICATIONS = 3_000
FILES = asked(stated(2, 0.8), "every_minutes: 6000", cases=2, warm_up=0)
"""Two officers, of whom files of an hour on average take four fifths."""


def left(officers: int, busy: float, replication: int) -> list[int]:
    """The seconds that are left at second 0 of the files from before."""
    length = FILES.practice.other_file
    assert length
    coming = Coming(("desk", "officers"), busy, length, DAY, Draws(1, replication))
    found: list[int] = under_way(coming, officers).tolist()
    return found


def wait(seconds: list[int], officers: int) -> float:
    """Hours until an officer is free for whoever comes at second 0, by hand."""
    free = [0] * officers
    for length in seconds:
        free.sort()
        free[0] += length
    return min(free) / HOUR


@pytest.mark.parametrize(("officers", "other"), [(1, 0.7), (3, 0.7), (3, 0.5), (8, 0.85)])
def test_whoever_comes_first_waits_as_in_the_long_run(officers: int, other: float) -> None:
    """Files of an hour on average, from empty long before: at second 0 the mean wait is that of M/M/c, by Erlang C."""
    waits = np.array([wait(left(officers, officers * other, n), officers) for n in range(REPLICATIONS)])
    exact = erlang_wait(officers, officers * other, 1)
    error = waits.std(ddof=1) / np.sqrt(REPLICATIONS)
    assert abs(waits.mean() - exact) < 3 * error
    assert error < 0.06 * exact


def test_other_work_has_gone_on_for_five_relaxation_times() -> None:
    """By hand: one officer, 49 % busy: τ is 1 h / (1 - 0.7)²; 64 with 36 busy: an hour, no less; a year at most."""
    assert lead_in(1, 0.49, HOUR, 8 * HOUR) == pytest.approx(RELAXATIONS * HOUR / 0.09, abs=1)
    assert lead_in(64, 36, HOUR, 8 * HOUR) == RELAXATIONS * HOUR
    assert [lead_in(2, busy, HOUR, 8 * HOUR) for busy in (1.99, 2, 3)] == [LONGEST * 8 * HOUR] * 3


def test_as_many_files_are_there_as_in_the_long_run() -> None:
    """Of M/M/2 at 80 % there are 2 × 0.8 / (1 - 0.64) on average."""
    assert np.mean([len(left(2, 1.6, n)) for n in range(REPLICATIONS)]) == pytest.approx(1.6 / 0.36, rel=0.06)


def test_an_officer_more_leaves_no_more_of_the_same_files() -> None:
    """The last files before second 0 are the same however long they have been coming."""
    fewer = [sum(left(3, 1.6, n)) <= sum(left(2, 1.6, n)) for n in range(100)]
    assert all(fewer)


def test_files_from_before_stand_first_in_the_line() -> None:
    """At second 0, before those that come later."""
    (files,) = compile_variant(FILES, FILES.variants[0], derived_staff(FILES), Draws(1, 0)).others
    before, times, seconds = left(2, 1.6, 0), files.times.tolist(), files.seconds.tolist()
    assert (times[: len(before)], seconds[: len(before)]) == ([0] * len(before), before)
    assert times == sorted(times)
    assert times[len(before)] > 0
