"""Officers' work on a file: the hours that belong to it, stated or by the general rule, whatever its limit is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.workdays import DAY
from sim.engine.population import Mask, exclusive
from sim.engine.programs.lines import Ints, Lines, Setting, only
from sim.spec.categories import Category
from sim.spec.durations import CALENDAR_TO_WORKING_DAYS, Duration
from sim.spec.effort import Effort


def pace(setting: Setting, step: str, attempt: int) -> NDArray[np.float64]:
    """By case: the share of a step's limit that an office takes, more than 1 where it overruns it."""
    practice, stated = setting.practice, setting.process.overdue
    slow = setting.luck(step, "overdue", attempt) < (stated or practice.overdue).share
    overrun = setting.values(practice.overrun.factor, step, "overrun", attempt, needed=slow)
    own = practice.paces.get(setting.process.id, {}).get(step, practice.pace)
    return np.where(slow, overrun, setting.values(own.factor, step, "pace", attempt, needed=~slow))


def within(setting: Setting, limit: Duration, step: str, attempt: int) -> Ints:
    """By case: pace times limit, in seconds of the clock that the limit runs on."""
    length = setting.seconds(limit, step, "limit", attempt)
    seconds: Ints = np.rint(pace(setting, step, attempt) * length).astype(np.int64)
    return seconds


def in_working_time(setting: Setting, limit: Duration, seconds: Ints) -> Ints:
    """Seconds of a limit's clock as seconds of working time."""
    if not limit.in_calendar_time:
        return seconds
    scale = CALENDAR_TO_WORKING_DAYS * setting.place.day / DAY
    working: Ints = np.rint(seconds * scale).astype(np.int64)
    return working


class Work:
    """The officers' work in one attempt at a step, of all that a file asks for there."""

    def __init__(self, setting: Setting, efforts: tuple[Effort, ...], attempt: int) -> None:
        self._setting, self._attempt = setting, attempt
        whole = [piece for part in efforts for piece in self._of_classes(part)]
        self._parts = [(part, self._seconds(part, mask)) for mask, part in whole]

    def _of_classes(self, part: Effort) -> Iterator[tuple[Mask, Effort]]:
        """The work of a part as each class of cases asks for it, with the cases of the class."""
        population = self._setting.population
        asking = population.holds(part.when)
        for mask, piece in exclusive(population, part.of_classes(self._attempt)):
            yield asking & mask, piece

    def _seconds(self, part: Effort, mask: Mask) -> Ints:
        setting = self._setting
        if part.work is not None:
            seconds = setting.seconds(part.work, part.step, "work", self._attempt, needed=mask)
        elif part.limit is not None:
            whole = in_working_time(setting, part.limit, within(setting, part.limit, part.step, self._attempt))
            seconds = np.rint(whole * setting.practice.work_share.share).astype(np.int64)
        else:
            seconds = setting.zeros()
        return only(mask, seconds)

    @property
    def seconds(self) -> Ints:
        """By case: how long the work takes in all, one part after another."""
        return sum((seconds for _, seconds in self._parts), self._setting.zeros())

    def add(self, lines: Lines, mask: Mask | None = None, category: Category = Category.WORK) -> None:
        """Add the work of the cases in the mask: who does it, and how many at once, is said by each part."""
        for shift, seconds in self._shifts():
            self._setting.serve(lines, shift.department, shift.role, seconds, mask, staff=shift.staff,
                                category=category, always=shift.always, along=shift.along)  # fmt: skip

    def _shifts(self) -> list[tuple[_Shift, Ints]]:
        """Who works, and how long by case, part by part; the same officers do all of a case in one go."""
        found: list[tuple[_Shift, Ints]] = []
        for part, seconds in self._parts:
            work, department, left = part.work, part.at or "", seconds
            shift = _Shift(department)
            if work:
                along = tuple((c.at, c.by, c.staff) for c in work.along)
                shift = _Shift(department, work.by, work.staff, work.in_calendar_time, along)
            for n, (other, standing) in enumerate(found):
                if other == shift:
                    served = standing > 0
                    found[n] = shift, standing + only(served, left)
                    left = only(~served, left)
            found.append((shift, left))
        return found


class _Shift(NamedTuple):
    """Who works on a part: how many of which officers, and whether day and night where nobody counts them."""

    department: str
    role: str = "officers"
    staff: int = 1
    always: bool = False
    along: tuple[tuple[str, str, int], ...] = ()
    """Who comes along from other departments."""
