"""Futures in which what could be done is tried: the same applicants and luck for all, in one world or in several."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sim.analysis.playing import played
from sim.core.arrays import Floats
from sim.core.draws import Draws
from sim.core.errors import PlannerError, ReformError
from sim.decide.coalitions import Coalition, Coalitions
from sim.decide.officers import counted, with_officers
from sim.decide.questions import Question, number, reading
from sim.decide.searching.levers import DAYS, Chosen, Lever
from sim.engine.counters import staff_of
from sim.records.frames import all_records
from sim.records.tables import Staff
from sim.reforms.capacity import OpenMore
from sim.scenario.prepared import Prepared, PreparedVariant

KEPT = 32
"""Variants that are remembered, so that one is not built again at each stage of its trial."""


KEPT_LUCK = 4
"""Futures whose random numbers are remembered: those on which every choice is tried."""


class RefusedError(PlannerError):
    """A choice in which something does nothing, since the guard refuses it: without it the same costs less."""


@dataclass(frozen=True)
class Future:
    """What a choice came to in one future: the number of each question on its cases alone."""

    numbers: tuple[float, ...]
    holds: bool
    """Whether every target is met; a target of which no case speaks is not."""


Build = Callable[["World", Chosen], PreparedVariant]


@dataclass
class World:
    """One world: a scenario made ready from what its assumptions are there."""

    prepared: Prepared
    levers: Sequence[Lever]
    known: Staff | None = None
    """The officers there are; derived from the demand when left out."""
    staff: Staff = field(init=False)
    coalitions: Coalitions = field(init=False, compare=False)
    kept: dict[Chosen, PreparedVariant] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self.staff = self.known or staff_of(self.prepared)
        self.coalitions = Coalitions(self.prepared, [lever.part for lever in self.levers if lever.part])

    def built(self, chosen: Chosen) -> PreparedVariant:
        """The variant of a choice; raises RefusedError where the guard refuses some of it."""
        if chosen not in self.kept:
            while len(self.kept) >= KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[chosen] = self._built(chosen)
        return self.kept[chosen]

    def applicable(self, chosen: Chosen) -> Chosen:
        """What is left of a choice without the reforms that the guard refuses in it."""
        reforms = [n for n, lever in enumerate(self.levers) if lever.part]
        out = {reforms[part] for part in self.coalitions.idle(self._coalition(chosen))}
        return tuple(0 if n in out else times for n, times in enumerate(chosen))

    def _coalition(self, chosen: Chosen) -> Coalition:
        reforms = [times for lever, times in zip(self.levers, chosen, strict=True) if lever.part]
        return self.coalitions.of(sum(1 << n for n, times in enumerate(reforms) if times))

    def _built(self, chosen: Chosen) -> PreparedVariant:
        found = self._coalition(chosen)
        idle = self.coalitions.idle(found)
        if idle:
            raise RefusedError(next(why for part, why in found.refused if part in idle))
        variant = found.variant
        for lever, times in zip(self.levers, chosen, strict=True):
            if times and lever.kind == "staff":
                pool = lever.of, lever.role
                variant = with_officers(variant, pool, counted(variant, self.staff)[pool] + times)
            elif times and lever.kind == "hours":
                variant = self._open(variant, lever, times)
        return variant

    def _open(self, variant: PreparedVariant, lever: Lever, times: int) -> PreparedVariant:
        """The variant in which windows open on so many days more; raises RefusedError where that is refused."""
        left = [day for day in DAYS if not variant.place.hours[lever.of].opens_on(day)]
        source = next(iter(self.prepared.scenario.demand.values())).source  # any will do: it is only tried
        more = OpenMore(reform="周日开放", hours=lever.of, also=tuple(left[:times]), source=source)
        try:
            return replace(variant, place=more.rewrite_place(variant.place))
        except ReformError as error:
            raise RefusedError(str(error)) from None


@dataclass
class Futures:
    """Tries choices on futures: the nth is the nth replication, of the worlds by turns."""

    worlds: Sequence[World]
    questions: Sequence[Question]
    seed: int
    build: Build = World.built
    _before: dict[int, tuple[Floats, ...]] = field(default_factory=dict, compare=False)
    _luck: dict[int, Draws] = field(default_factory=dict, compare=False)

    def of(self, chosen: Chosen, nth: int) -> Future:
        """What a choice comes to in one future; nothing holds where a case does not end."""
        world = self.worlds[nth % len(self.worlds)]
        variant = self.build(world, chosen)
        try:
            found = self._readings(world, variant, nth)
        except PlannerError:
            return Future((math.nan,) * len(self.questions), holds=False)
        before = self._baseline(world, nth)
        numbers = tuple(
            float(number(q, a, b)[0]) for q, a, b in zip(self.questions, found, before or found, strict=True)
        )
        wanted = ((q.wanted, x) for q, x in zip(self.questions, numbers, strict=True))
        return Future(numbers, all(w is None or w.meets(x) for w, x in wanted))

    def _baseline(self, world: World, nth: int) -> tuple[Floats, ...] | None:
        """The readings of the state before, where a question compares with it."""
        if not any(question.compares for question in self.questions):
            return None
        if nth not in self._before:
            self._before[nth] = self._readings(world, world.prepared.variants[0], nth)
        return self._before[nth]

    def _readings(self, world: World, variant: PreparedVariant, nth: int) -> tuple[Floats, ...]:
        luck = self._luck.get(nth) or Draws(self.seed, nth)
        if nth < KEPT_LUCK:
            self._luck[nth] = luck
        found = all_records(*played(world.prepared, variant, world.staff, luck, often=True))
        return tuple(reading(question, [question.values(found)]) for question in self.questions)
