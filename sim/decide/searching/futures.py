"""Futures in which what could be done is tried: the same applicants and luck for all, in one world or in several."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sim.analysis.together import most_together
from sim.core.arrays import Floats
from sim.core.errors import PlannerError, ReformError
from sim.decide.coalitions import Coalition, Coalitions
from sim.decide.luck import Lucks
from sim.decide.officers import counted, with_officers
from sim.decide.questions import Question, number, reading
from sim.decide.searching.levers import DAYS, Chosen, Lever
from sim.engine.counters import staff_of
from sim.records.frames import all_records
from sim.records.tables import Staff
from sim.reforms.capacity import OpenMore
from sim.scenario.prepared import Prepared, PreparedVariant

KEPT = 32
"""Variants of a world that are remembered, so that one is not built again at each stage of its trial."""


class RefusedError(PlannerError):
    """A choice in which something does nothing, since the guard refuses it: without it the same costs less."""


@dataclass(frozen=True)
class Future:
    """What a choice came to in one future: the number of each question on its cases alone."""

    numbers: tuple[float, ...]
    holds: bool
    """Whether every target is met; a target of which no case speaks is not."""


Readings = tuple[Floats, ...]
"""By question."""
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

    def __post_init__(self) -> None:
        self.staff = self.known or staff_of(self.prepared)
        self.coalitions = Coalitions(self.prepared, [lever.part for lever in self.levers if lever.part])

    def applicable(self, chosen: Chosen) -> Chosen:
        """What is left of a choice without the reforms that the guard refuses in it."""
        reforms = [n for n, lever in enumerate(self.levers) if lever.part]
        out = {reforms[part] for part in self.coalitions.idle(self._coalition(chosen))}
        return tuple(0 if n in out else times for n, times in enumerate(chosen))

    def _coalition(self, chosen: Chosen) -> Coalition:
        reforms = [times for lever, times in zip(self.levers, chosen, strict=True) if lever.part]
        return self.coalitions.of(sum(1 << n for n, times in enumerate(reforms) if times))

    def built(self, chosen: Chosen) -> PreparedVariant:
        """The variant of a choice; raises RefusedError where the guard refuses some of it."""
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
    luck: Lucks
    build: Build = World.built
    _built: dict[tuple[int, Chosen], PreparedVariant] = field(default_factory=dict, compare=False)
    _before: dict[int, tuple[Floats, ...]] = field(default_factory=dict, compare=False)

    def of(self, chosen: Chosen, begin: int, end: int) -> list[Future]:
        """What a choice comes to in futures from one up to another; nothing holds where a case does not end."""
        found: dict[int, Future] = {}
        for place, world in enumerate(self.worlds):
            own = [nth for nth in range(begin, end) if nth % len(self.worlds) == place]
            most = most_together(world.prepared.scenario)
            for first in range(0, len(own), most):
                some = tuple(own[first : first + most])
                found |= zip(some, self._of(place, chosen, some), strict=True)
        return [found[nth] for nth in range(begin, end)]

    def variant(self, place: int, chosen: Chosen) -> PreparedVariant:
        """The variant of a choice in the world of that place; raises RefusedError where some of it is refused."""
        if (place, chosen) not in self._built:
            while len(self._built) >= KEPT * len(self.worlds):
                self._built.pop(next(iter(self._built)))
            self._built[place, chosen] = self.build(self.worlds[place], chosen)
        return self._built[place, chosen]

    def _of(self, place: int, chosen: Chosen, some: tuple[int, ...]) -> list[Future]:
        """What a choice comes to in some futures of one world, which are played together."""
        world, variant = self.worlds[place], self.variant(place, chosen)
        found = self._where_known(world, variant, some)
        before = self._baselines(world, some) or found
        return [self._future(a, b) for a, b in zip(found, before, strict=True)]

    def _future(self, readings: Readings | None, before: Readings | None) -> Future:
        if readings is None:
            return Future((math.nan,) * len(self.questions), holds=False)
        numbers = tuple(
            float(number(q, a, b)[0]) for q, a, b in zip(self.questions, readings, before or readings, strict=True)
        )
        wanted = ((q.wanted, x) for q, x in zip(self.questions, numbers, strict=True))
        return Future(numbers, all(w is None or w.meets(x) for w, x in wanted))

    def _baselines(self, world: World, some: tuple[int, ...]) -> list[Readings] | None:
        """The readings of the state before, where a question compares with it."""
        if not any(question.compares for question in self.questions):
            return None
        new = tuple(nth for nth in some if nth not in self._before)
        if new:
            self._before |= zip(new, self._readings(world, world.prepared.variants[0], new), strict=True)
        return [self._before[nth] for nth in some]

    def _where_known(self, world: World, variant: PreparedVariant, some: tuple[int, ...]) -> list[Readings | None]:
        """The readings of a variant in some futures; None where a case does not end."""
        try:
            return list(self._readings(world, variant, some))
        except PlannerError:
            if len(some) == 1:
                return [None]
            return [one for nth in some for one in self._where_known(world, variant, (nth,))]

    def _readings(self, world: World, variant: PreparedVariant, some: tuple[int, ...]) -> Iterator[Readings]:
        for played in self.luck.of(some).played(world.prepared, variant, world.staff):
            found = all_records(*played)
            yield tuple(reading(question, [question.values(found)]) for question in self.questions)
