"""Putting instructions together, and what every part of a program looks up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.population import Mask, Population
from sim.records.tables import Instruction, Op
from sim.spec.catalogue import Material
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.step import Sitting

ALWAYS, OFFICE = 0, 1
"""Numbers of the clock that never stops, and of the standard working day."""

Ints = NDArray[np.int64]


class NumberedPlace(Protocol):
    """A place whose pools and sittings have numbers."""

    day: int

    def pool(self, department: str, role: str, staff: int) -> int:
        """The number of the pool that serves a role; -1 where nobody ever queues."""
        ...

    def sitting(self, sitting: Sitting) -> int:
        """The number of a panel's sittings."""
        ...


class Lines:
    """Instructions being put together."""

    def __init__(self, cases: int) -> None:
        self.lines: list[Instruction] = []
        self._cases = cases

    def add(self, op: Op, seconds: Ints, mask: Mask | None = None, *,
            category: Category = Category.WORK, where: int = 0, staff: int = 0) -> None:  # fmt: skip
        """Add a line, skipped by the cases outside the mask and, if it only takes time, by those without any."""
        chosen = seconds if mask is None else np.where(mask, seconds, -1)
        if op in (Op.SERVE, Op.DELAY):
            chosen = np.where(chosen > 0, chosen, -1)
        if (chosen >= 0).any():
            self.lines.append(Instruction(int(op), int(category), where, staff, chosen.tolist()))

    def mark(self, op: Op, mask: Mask | None = None, where: int = 0) -> None:
        """Add a line that takes no time of its own."""
        self.add(op, np.zeros(self._cases, dtype=np.int64), mask, where=where)


@dataclass(frozen=True)
class Setting:
    """A process version, the place it runs in, the general rule, and the cases with their luck."""

    process: Process
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

    def seconds(self, duration: Duration, *key: str | int) -> Ints:
        """How long it takes each case, in seconds of the clock the duration runs on."""
        return duration.seconds(self.luck(*key), self.place.day)

    def serve(self, lines: Lines, department: str, role: str, seconds: Ints, mask: Mask | None = None, *,
              staff: int = 1, category: Category = Category.WORK) -> None:  # fmt: skip
        """Occupy officers; where a place does not limit them, the work only takes its time in office hours."""
        pool = self.place.pool(department, role, staff)
        if pool < 0:
            lines.add(Op.DELAY, seconds, mask, category=category, where=OFFICE)
        else:
            lines.add(Op.SERVE, seconds, mask, category=category, where=pool, staff=staff)


def clock_of(duration: Duration) -> int:
    """The number of the clock a duration runs on."""
    return ALWAYS if duration.in_calendar_time else OFFICE
