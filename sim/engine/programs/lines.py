"""Putting instructions together, and what every part of a program looks up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Ints32, Whole
from sim.engine.population import Mask, Population
from sim.engine.programs.short import short
from sim.records.tables import Allowed, Crews, Instruction, Op, Within
from sim.spec.amounts import Amount, Distribution
from sim.spec.catalogue import Material
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.effort import Effort, Efforts
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sitting import Sitting
from sim.spec.step import Step

ALWAYS, OFFICE = 0, 1
"""Numbers of the clock that never stops, and of the one that measures standard working days."""
SERVED = -1
"""Stands for the hours of whoever has just worked on a case, whichever they are."""

Ints = NDArray[np.int64]
N = TypeVar("N", bound=Whole)
Spell = Mapping[int, Ints]
"""Number of a clock → seconds by case that pass on it."""


def all_of(number: int, cases: int) -> Ints:
    """One number that stands for those of all cases."""
    return np.ndarray((cases,), np.int64, np.array([number], dtype=np.int64), strides=(0,))


def evenly(numbers: N) -> N:
    """Numbers by case; where all are the same, one stands for all."""
    if numbers.strides == (0,) or not len(numbers) or numbers[0] != numbers[-1] or (numbers != numbers[0]).any():
        return numbers
    return np.ndarray(numbers.shape, numbers.dtype, numbers[:1].copy(), strides=(0,))  # type: ignore[return-value]


# Arithmetic takes a fraction of the time of choosing where a processor cannot foresee which cases are meant.
def only(cases: Mask, numbers: Ints) -> Ints:
    """Numbers of some cases, and 0 for all others."""
    return numbers if cases.all() else numbers * cases


def skipped(cases: Mask) -> Ints32:
    """0 for some cases, and for all others -1, in which every bit is set."""
    found: Ints32 = (cases.view(np.int8) - np.int8(1)).astype(np.int32)
    return found


class NumberedPlace(Protocol):
    """A place whose clocks, pools and sittings have numbers."""

    day: int

    def clock(self, duration: Duration, department: str = "") -> int:
        """The number of the clock a duration runs on, in office hours that of the department it is spent in."""
        ...

    def working(self, department: str) -> int:
        """The number of the clock of the work in a department whose officers nobody counts."""
        ...

    def regular(self, department: str) -> bool:
        """Whether a department is open for a standard working day on every working day."""
        ...

    def pool(self, department: str, role: str, staff: int) -> int:
        """The number of the pool that serves a role; -1 where nobody ever queues."""
        ...

    def duty(self, department: str) -> int:
        """The number of the clock by which a department decides."""
        ...

    def crew(self, wanted: Sequence[tuple[str, str, int]]) -> int:
        """The number of officers who work together, as department, role and how many; -1 where nobody ever queues."""
        ...

    def sitting(self, sitting: Sitting, department: str, step: str) -> int:
        """The number of a panel's sittings: that of a department, or of the step alone where it has none."""
        ...


class Lines:
    """Instructions being put together."""

    def __init__(self, cases: int) -> None:
        self.lines: list[Instruction] = []
        self.ends = np.full(cases, ALWAYS, dtype=np.int16)
        """By case: the clock on which its last stretch of time ends, ALWAYS where that may be at night; `SERVED` where
        officers have just worked on it. Whoever adds a decision looks at it."""
        self._at_once = short(all_of(0, cases))

    def add(self, op: Op, seconds: Ints, mask: Mask | None = None, *,
            category: Category = Category.WORK, where: int = 0, staff: int = 0) -> None:  # fmt: skip
        """Add a line, skipped by the cases outside the mask and, if it only takes time, by those without any."""
        whole = short(seconds)
        some = whole > 0 if op in (Op.SERVE, Op.VISIT, Op.DELAY, Op.CIRCULATE) else whole >= 0
        cases = some if mask is None else some & mask
        if cases.all():
            self._append(op, whole, None, category, where, staff)
        elif cases.any():
            self._append(op, whole | skipped(cases), cases, category, where, staff)

    def _append(self, op: Op, seconds: Ints32, cases: Mask | None, category: Category, where: int, staff: int) -> None:
        """Add a line that is for some cases, or for all."""
        self._end(op, where, cases)
        self.lines.append(Instruction(int(op), int(category), where, staff, evenly(seconds)))

    def _end(self, op: Op, where: int, cases: Mask | None) -> None:
        """Remember on which clock some cases now stand; what was before acceptance says nothing of a decision."""
        if op in (Op.DELAY, Op.CIRCULATE, Op.OPEN):
            end = where
        elif op in (Op.SERVE, Op.VISIT, Op.SIT, Op.PERIOD, Op.ACCEPT):
            end = SERVED if op in (Op.SERVE, Op.VISIT) else ALWAYS
        else:
            return
        self.ends[:] = end if cases is None else self.ends + (end - self.ends) * cases

    def wait(self, spell: Spell, mask: Mask | None = None, *, category: Category) -> None:
        """Let times pass, each on its own clock, one after another."""
        for clock, seconds in spell.items():
            self.add(Op.DELAY, seconds, mask, category=category, where=clock)

    def mark(self, op: Op, mask: Mask | None = None, where: int = 0, category: Category = Category.WORK,
             staff: int = 0) -> None:  # fmt: skip
        """Add a line that takes no time of its own."""
        if mask is None or mask.all():
            self._append(op, self._at_once, None, category, where, staff)
        elif mask.any():
            self._append(op, skipped(mask), mask, category, where, staff)


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

    def work_in(self, step: str) -> tuple[Effort, ...]:
        """The work of a file that is done in a step."""
        return self.efforts.get(step, ())

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

    def seconds(self, duration: Duration, *key: str | int, needed: Mask | None = None) -> Ints:
        """How long it takes each case, in seconds of the clock the duration runs on; any of cases not `needed`."""
        amount = duration.amount
        if isinstance(amount, Distribution):
            return duration.in_seconds(self.values(amount, *key, needed=needed), self.place.day)
        return all_of(int(duration.in_seconds(np.array([float(amount)]), self.place.day)[0]), self.cases)

    def values(self, amount: Amount, *key: str | int, needed: Mask | None = None) -> NDArray[np.float64]:
        """The values of an amount by case; any of cases not `needed`."""
        return self.population.values(amount, *key, needed=needed)

    def spell(self, duration: Duration, *key: str | int, mask: Mask | None = None, at: str = "") -> Spell:
        """How long it takes each case, those outside the mask no time, on the clock it runs on, in department `at`."""
        seconds = self.seconds(duration, *key, needed=mask)
        return {self.place.clock(duration, at): seconds if mask is None else only(mask, seconds)}

    def sit(self, lines: Lines, step: Step, name: str, mask: Mask | None = None) -> None:
        """Wait for the panel of a step, if it has one."""
        if step.sits:
            panel = self.place.sitting(step.sits, step.at or "", f"{self.process.id}.{name}")
            lines.mark(Op.SIT, mask, where=panel)

    def serve(self, lines: Lines, department: str, role: str, seconds: Ints, mask: Mask | None = None, *,
              staff: int = 1, category: Category = Category.WORK, always: bool = False,
              along: Sequence[tuple[str, str, int]] = ()) -> None:  # fmt: skip
        """Occupy officers, and whoever comes along.

        Where a place does not limit them, the work only takes its time, perhaps day and night.
        """
        if along and (crew := self.place.crew([(department, role, staff), *along])) >= 0:
            lines.add(Op.VISIT, seconds, mask, category=category, where=crew)
            return
        pool = self.place.pool(department, role, staff)
        if pool < 0:
            clock = ALWAYS if always else self.place.working(department)
            lines.add(Op.DELAY, seconds, mask, category=category, where=clock)
        else:
            lines.add(Op.SERVE, seconds, mask, category=category, where=pool, staff=staff)


def asking(line: Instruction, crews: Sequence[Crews]) -> Crews:
    """The pools whose officers a line asks for, each with how many at once."""
    if line.op == Op.VISIT:
        return crews[line.where]
    return ((line.where, line.staff),) if line.op == Op.SERVE else ()


def together(*spells: Spell) -> Spell:
    """Times that pass one after another: what runs in office hours first, then what runs day and night."""
    found: dict[int, Ints] = {}
    for clock, seconds in (item for spell in spells for item in spell.items()):
        found[clock] = found[clock] + seconds if clock in found else seconds
    return dict(sorted(found.items(), reverse=True))


def allowed(setting: Setting, time: Duration, *key: str | int, at: str = "") -> Allowed:
    """By when: whole days by the legal count, hours and parts of a day by the clock, in department `at`."""
    days, clock = whole_days(time), setting.place.clock(time, at)
    if days is None:
        return Allowed(Within.SECONDS, setting.seconds(time, *key), clock)
    unit = Within.CALENDAR_DAYS if time.in_calendar_time else Within.WORKING_DAYS
    return Allowed(unit, all_of(days, setting.cases), clock)


def whole_days(duration: Duration) -> int | None:
    """The days of a period that is counted by dates; None for hours, parts of a day and what is not fixed."""
    amount = duration.amount
    by_date = duration.unit in ("days", "calendar_days") and isinstance(amount, int | float) and amount % 1 == 0
    return int(amount) if by_date and isinstance(amount, int | float) else None
