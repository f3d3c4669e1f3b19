"""What officers do besides the cases of a scenario: files of other matters, the same in every variant."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.core.draws import Draws
from sim.core.workdays import DAY, Clock
from sim.engine.numbering import PlaceNumbers
from sim.engine.programs.lines import WINDOW
from sim.records.tables import OtherFiles, PoolKey, Staff
from sim.scenario.prepared import Prepared
from sim.spec.durations import Duration
from sim.spec.practice import Practice

HORIZON = 3 * 365 * DAY
"""Seconds after the last arrival up to which other files come, while cases of the scenario are still under way."""


def other_files(prepared: Prepared, place: PlaceNumbers, staff: Staff, draws: Draws, last: int,
                asked: Collection[int]) -> list[OtherFiles]:  # fmt: skip
    """The files of other matters of the pools `asked`, up to long after the last arrival at second `last`.

    They come at random in the hours of the pool's first group, so many that they keep as many officers busy as
    `staff.other` says.
    """
    end = min(last + HORIZON, place.office.horizon)
    found = []
    for key, busy in staff.other.items():
        length = _length(prepared.practice, key)
        number = place.pool_numbers.get(key, -1)
        if busy > 0 and length is not None and number in asked:
            clock = place.clocks[place.pools[number].groups[0].clock]
            found.append(_stream(number, clock, busy, length, place.day, draws, key, end))
    return found


def _length(practice: Practice, key: PoolKey) -> Duration | None:
    # At a window a file of other matters takes as long as one of the scenario.
    return practice.check if key[1] == WINDOW and practice.other_file else practice.other_file


def _stream(pool: int, clock: Clock, busy: float, length: Duration, day: int, draws: Draws, key: PoolKey,
            end: int) -> OtherFiles:  # fmt: skip
    """The files of one pool."""
    mean = length.mean_working_days(day) * day
    if mean <= 0:
        return OtherFiles(pool, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    open_seconds = clock.between(0, end)
    count = int(open_seconds * busy / mean * 1.05) + 20
    gaps = -np.log1p(-draws.uniform(count, "other", *key, "arrival")) * mean / busy
    worked = np.rint(np.cumsum(gaps)).astype(np.int64)
    seconds = np.maximum(length.seconds(draws.uniform(count, "other", *key, "length"), day), 1)
    inside = worked < open_seconds
    return OtherFiles(pool, clock.add_many(0, worked[inside]), seconds[inside])
