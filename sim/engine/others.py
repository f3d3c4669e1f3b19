"""What officers do besides the cases of a scenario: files of other matters, the same in every variant."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.core.workdays import DAY, Clock
from sim.engine.numbering import PlaceNumbers
from sim.engine.shared import Shared
from sim.records.tables import WINDOW, OtherFiles, PoolKey, Staff
from sim.scenario.prepared import Prepared
from sim.spec.durations import Duration
from sim.spec.practice import Practice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HORIZON = 3 * 365 * DAY
"""Seconds after the last arrival up to which other files come, while cases of the scenario are still under way."""
RELAXATIONS = 5
"""Relaxation times for which other files have been coming when the first case may: e⁻⁵ of the way is left."""
LONGEST = 250
"""Working days for which they have been coming at most, where officers can hardly keep up with them, or cannot."""


def other_files(prepared: Prepared, place: PlaceNumbers, staff: Staff, draws: Draws, last: int,
                asked: Collection[int], shared: Shared) -> list[OtherFiles]:  # fmt: skip
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
            groups = place.pools[number].groups
            clock, officers = place.clocks[groups[0].clock], sum(g.count for g in groups)
            stream = partial(_stream, number, clock, Coming(key, busy, length, place.day, draws), officers, end)
            found.append(shared.once((draws, number, key, busy, officers, clock, end), stream))
    return found


def _length(practice: Practice, key: PoolKey) -> Duration | None:
    # At a window a file of other matters takes as long as one of the scenario.
    return practice.check if key[1] == WINDOW and practice.other_file else practice.other_file


@dataclass(frozen=True)
class Coming:
    """How other files come to one pool."""

    key: PoolKey
    busy: float
    """How many officers they keep busy."""
    length: Duration
    day: int
    draws: Draws

    @property
    def mean(self) -> float:
        """Mean seconds that one takes."""
        return self.length.mean_working_days(self.day) * self.day

    def gaps(self, count: int, when: str) -> Floats:
        """Seconds between so many of them."""
        u = self.draws.uniform(count, "other", *self.key, when)
        found: Floats = -np.log1p(-u) * self.mean / self.busy
        return found

    def seconds(self, count: int, which: str) -> Ints:
        """How long each of so many takes."""
        u = self.draws.uniform(count, "other", *self.key, which)
        found: Ints = np.maximum(self.length.seconds(u, self.day), 1)
        return found

    def most_in(self, seconds: int) -> int:
        """More than come in so many seconds."""
        return int(seconds * self.busy / self.mean * 1.05) + 20


def _stream(pool: int, clock: Clock, coming: Coming, officers: int, end: int) -> OtherFiles:
    """The files of one pool: at second 0 what is left of those from before, then those that come."""
    if coming.mean <= 0:
        return OtherFiles(pool, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    left, open_seconds = under_way(coming, officers), clock.between(0, end)
    count = coming.most_in(open_seconds)
    worked = np.rint(np.cumsum(coming.gaps(count, "arrival"))).astype(np.int64)
    inside = worked < open_seconds
    times, seconds = clock.add_many(0, worked[inside]), coming.seconds(count, "length")[inside]
    return OtherFiles(pool, np.append(np.zeros_like(left), times), np.append(left, seconds))


def under_way(coming: Coming, officers: int) -> Ints:
    """The seconds that are left at second 0 of each file from before: those in hand, then those that wait, in order.

    Whoever comes after second 0 meets the same queue as if the files from before had been played: first come, first
    served. They are drawn from second 0 back, so that the last ones before it are the same however long they have been
    coming.
    """
    lead = lead_in(officers, coming.busy, coming.mean, coming.day)
    count = coming.most_in(lead)
    ago = np.rint(np.cumsum(coming.gaps(count, "before"))).astype(np.int64)
    known = int(np.searchsorted(ago, lead))
    came, seconds = (-ago[:known][::-1]).tolist(), coming.seconds(count, "length before")[:known][::-1].tolist()
    free, left = [-lead] * officers, []
    for moment, length in zip(came, seconds, strict=True):
        start = max(moment, free[0])
        heapreplace(free, start + length)
        if start + length > 0:
            left.append(min(length, start + length))
    return np.array(left, dtype=np.int64)


def lead_in(officers: int, busy: float, mean: float, day: int) -> int:
    """The seconds for which other files have been coming when the first case may.

    In M/M/c what is left of the start from empty dies away as exp(-t / τ) with τ = 1 / (√(cμ) - √λ)², and never faster
    than files are done, τ ≥ 1 / μ (Karlin and McGregor, Pacific Journal of Mathematics 8, 1958; van Doorn, Stochastic
    Monotonicity and Queueing Applications of Birth-Death Processes, 1981).
    """
    slack = max(math.sqrt(officers) - math.sqrt(busy), 0.0) ** 2
    longest = LONGEST * day
    return min(math.ceil(RELAXATIONS * mean / min(slack, 1.0)), longest) if slack else longest
