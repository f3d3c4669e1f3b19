"""Putting instructions together, and what every part of a program looks up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.population import Mask, Population
from sim.records.tables import Instruction, Op
from sim.spec.amounts import Amount, Distribution
from sim.spec.catalogue import Material
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.effort import Efforts
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.step import Sitting

ALWAYS, OFFICE = 0, 1
"""Numbers of the clock that never stops, and of the standard working day."""
WINDOW = "window"
"""Role of those who look applications through."""
SERVED = -1
"""Stands for the hours of whoever has just worked on a case, whichever they are."""

Ints = NDArray[np.int64]
Spell = Mapping[int, Ints]
"""Number of a clock → seconds by case that pass on it."""


def all_of(number: int, cases: int) -> Ints:
    """One number that stands for those of all cases."""
    return np.ndarray((cases,), np.int64, np.array([number], dtype=np.int64), strides=(0,))


def evenly(numbers: Ints) -> Ints:
    """Numbers by case; where all are the same, one stands for all."""
    if numbers.strides == (0,) or not len(numbers) or numbers[0] != numbers[-1] or (numbers != numbers[0]).any():
        return numbers
    return all_of(int(numbers[0]), len(numbers))


class NumberedPlace(Protocol):
    """A place whose pools and sittings have numbers."""

    day: int

    def pool(self, department: str, role: str, staff: int) -> int:
        """The number of the pool that serves a role; -1 where nobody ever queues."""
        ...

    def duty(self, department: str) -> int:
        """The number of the clock by which a department decides."""
        ...

    def sitting(self, sitting: Sitting) -> int:
        """The number of a panel's sittings."""
        ...


class Lines:
    """Instructions being put together."""

    def __init__(self, cases: int) -> None:
        self.lines: list[Instruction] = []
        self.ends: Ints = all_of(ALWAYS, cases)
        """By case: the clock on which its last stretch of time ends, ALWAYS where that may be at night; `SERVED` where
        officers have just worked on it. Whoever adds a decision looks at it."""
        self._cases = cases

    def add(self, op: Op, seconds: Ints, mask: Mask | None = None, *,
            category: Category = Category.WORK, where: int = 0, staff: int = 0) -> None:  # fmt: skip
        """Add a line, skipped by the cases outside the mask and, if it only takes time, by those without any."""
        some = seconds > 0 if op in (Op.SERVE, Op.DELAY, Op.CIRCULATE) else seconds >= 0
        cases = some if mask is None else some & mask
        if cases.all():
            self._append(op, seconds, None, category, where, staff)
        elif cases.any():
            self._append(op, np.where(cases, seconds, -1), cases, category, where, staff)

    def _append(self, op: Op, seconds: Ints, cases: Mask | None, category: Category, where: int, staff: int) -> None:
        """Add a line that is for some cases, or for all."""
        self._end(op, where, cases)
        self.lines.append(Instruction(int(op), int(category), where, staff, evenly(seconds)))

    def _end(self, op: Op, where: int, cases: Mask | None) -> None:
        """Remember on which clock some cases now stand; what was before acceptance says nothing of a decision."""
        if op in (Op.DELAY, Op.CIRCULATE, Op.OPEN):
            end = where
        elif op in (Op.SERVE, Op.SIT, Op.PERIOD, Op.ACCEPT):
            end = SERVED if op == Op.SERVE else ALWAYS
        else:
            return
        self.ends = all_of(end, self._cases) if cases is None else np.where(cases, end, self.ends)

    def wait(self, spell: Spell, mask: Mask | None = None, *, category: Category) -> None:
        """Let times pass, each on its own clock, one after another."""
        for clock, seconds in spell.items():
            self.add(Op.DELAY, seconds, mask, category=category, where=clock)

    def mark(self, op: Op, mask: Mask | None = None, where: int = 0, category: Category = Category.WORK) -> None:
        """Add a line that takes no time of its own."""
        if mask is None or mask.all():
            self._append(op, all_of(0, self._cases), None, category, where, 0)
        elif mask.any():
            self._append(op, np.where(mask, 0, -1), mask, category, where, 0)


@dataclass(frozen=True)
class Setting:
    """A process version, the place it runs in, the general rule, and the cases with their luck."""

    process: Process
    efforts: Efforts
    """Step → the work of a file that is done in it."""
    materials: Mapping[str, Material]
    practice: Practice
    place: NumberedPlace
    population: Population

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return self.population.cases

    def none(self) -> Mask:
        """No case."""
        return np.zeros(self.cases, dtype=bool)

    def zeros(self) -> Ints:
        """Nothing, for every case."""
        return np.zeros(self.cases, dtype=np.int64)

    def luck(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per case for this purpose."""
        return self.population.uniform(*key)

    def luck_of(self, amount: Amount, *key: str | int) -> NDArray[np.float64]:
        """By case: the quantile at which an amount stands; a plain number asks for no luck."""
        return self.luck(*key) if isinstance(amount, Distribution) else np.zeros(self.cases)

    def seconds(self, duration: Duration, *key: str | int) -> Ints:
        """How long it takes each case, in seconds of the clock the duration runs on."""
        if isinstance(duration.amount, Distribution):
            return duration.seconds(self.luck(*key), self.place.day)
        return all_of(int(duration.seconds(np.zeros(1), self.place.day)[0]), self.cases)

    def spell(self, duration: Duration, *key: str | int, mask: Mask | None = None) -> Spell:
        """How long it takes each case, those outside the mask no time, on the clock the duration runs on."""
        seconds = self.seconds(duration, *key)
        return {clock_of(duration): seconds if mask is None else np.where(mask, seconds, 0)}

    def serve(self, lines: Lines, department: str, role: str, seconds: Ints, mask: Mask | None = None, *,
              staff: int = 1, category: Category = Category.WORK, clock: int = OFFICE) -> None:  # fmt: skip
        """Occupy officers; where a place does not limit them, the work only takes its time on a clock."""
        pool = self.place.pool(department, role, staff)
        if pool < 0:
            lines.add(Op.DELAY, seconds, mask, category=category, where=clock)
        else:
            lines.add(Op.SERVE, seconds, mask, category=category, where=pool, staff=staff)


def together(*spells: Spell) -> Spell:
    """Times that pass one after another: what runs in office hours first, then what runs day and night."""
    found: dict[int, Ints] = {}
    for clock, seconds in (item for spell in spells for item in spell.items()):
        found[clock] = found[clock] + seconds if clock in found else seconds
    return dict(sorted(found.items(), reverse=True))


def clock_of(duration: Duration) -> int:
    """The number of the clock a duration runs on."""
    return ALWAYS if duration.in_calendar_time else OFFICE


def whole_days(duration: Duration) -> int | None:
    """The days of a period that is counted by dates; None for hours, parts of a day and what is not fixed."""
    amount = duration.amount
    by_date = duration.unit in ("days", "calendar_days") and isinstance(amount, int | float) and amount % 1 == 0
    return int(amount) if by_date and isinstance(amount, int | float) else None
