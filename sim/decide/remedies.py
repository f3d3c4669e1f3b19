"""What would meet a missed target, the least effort first: further reforms, officers beside them, shorter limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sim.analysis.answers import Added, Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.verdict import TargetResult
from sim.core.errors import naming
from sim.core.phases import phase
from sim.core.progress import Tell, part_of, silent
from sim.decide.luck import Lucks
from sim.decide.questions import Question, questions
from sim.decide.searching.further import BESIDES, Besides, besides
from sim.decide.searching.levers import Chosen, levers
from sim.decide.searching.limits import Bench, Limits, Standing, bench, day_of, limits_of
from sim.decide.searching.search import search
from sim.decide.searching.searched import Searched
from sim.decide.searching.selection import Rule
from sim.records.statistics import OfCases
from sim.scenario.prepared import PreparedVariant

RULE = Rule(chance=0.8, delta=0.2, most=32)
"""In every future that is tried, of so many that it is in more than six of ten at 95 %; one that fails ends a trial."""
CHOICES = 24
"""Sets that are tried at most on the way up."""
DEPARTMENTS = 4
"""Departments that may have more officers: those that are busiest of all that the cases come to."""
MORE = 2
"""Officers more in each at most."""
STEPS = 6
"""Steps of which the limit is tried alone: those with the longest."""
SHARE = 0.25
"""Share of a limit below which none is offered: the deepest cut of a limit that stands in a plan."""
PARTS = 20
"""Parts of all limits that are told apart."""
TOLD = 3
"""Sets that are told, of those that take as few changes."""


def remedies(comparison: Comparison, tell: Tell = silent, workers: int = 1) -> dict[str, Remedy]:
    """Target → what would meet it, for every missed target of the cases of one process; `tell` is told how far it is.

    Found by the search of what is enough, upon the variant of the target as it is: the fewest further reforms; where
    none are enough, reforms and officers; where they are not, limits, one alone or all together. So many of each are
    tried at most, whatever there is.
    """
    asked = missed(comparison)
    found = {t: remedy(comparison, t, workers, part_of(tell, i, len(asked))) for i, t in enumerate(asked)}
    return {target: one for target, one in found.items() if one is not None}


def missed(comparison: Comparison) -> list[str]:
    """The missed targets of the cases of one process."""
    return [r.target.id for r in comparison.targets if r.verdict == "missed" and _of_cases(r)]


def remedy(comparison: Comparison, target: str, workers: int = 1, tell: Tell = silent) -> Remedy | None:
    """What would meet one of them, likewise; None where nothing can be tried."""
    result = next(r for r in comparison.targets if r.target.id == target)
    with phase("remedies"), naming(comparison.prepared.where):
        found = _Remedy(comparison, result, workers, tell).found()
    return found if found.limited or found.tried or found.officers else None


def _of_cases(result: TargetResult) -> bool:
    return len(result.processes) == 1 and isinstance(result.target.statistic_record, OfCases)


@dataclass
class _Remedy:
    """The search for what would meet one missed target."""

    comparison: Comparison
    missed: TargetResult
    workers: int
    tell: Tell
    _luck: Lucks = field(init=False)

    def __post_init__(self) -> None:
        self._luck = Lucks(self.comparison.seed)

    def found(self) -> Remedy:
        """The first kind of effort that is enough, and what was tried."""
        there = besides(self.comparison.prepared, self.variant, self.missed.process, self.missed.target.source)
        departments = self._departments()
        enough: tuple[Added, ...] = ()
        for nth, staff in enumerate([{}, dict.fromkeys(departments, MORE)] if departments else [{}]):
            if not enough and (found := self._searched(there, staff, part_of(self.tell, nth, 3))):
                enough = tuple(_added(there, found))
        together, alone, futures = (None, {}, 0) if enough or not self._movable else self._limits()
        return Remedy(
            enough=enough,
            together=together,
            alone=alone,
            tried=there.reforms,
            officers=tuple(departments),
            more=MORE,
            limited=self._movable,
            futures=max([futures, *(one.futures for one in enough)]),
        )

    @property
    def variant(self) -> PreparedVariant:
        """The variant that misses it."""
        return next(v for v in self.comparison.prepared.variants if v.id == self.missed.target.variant)

    @property
    def _question(self) -> Question:
        """What is asked: of a total that is too high, to come down to the highest value that meets it."""
        target = self.missed.target
        (asked,) = questions(self.comparison.prepared, self.variant.id, (), [target.id])
        if target.equals is None or self.missed.estimate.mean < target.wanted.lowest:
            return asked
        down = {"equals": None, "tolerance": None, "at_most": target.wanted.highest}
        return replace(asked, target=target.model_copy(update=down))

    def _departments(self) -> list[str]:
        """The departments of the process that have officers, the busiest first."""
        place, steps = self.variant.place, self.variant.flows[self.missed.process][0].process.steps.values()
        acting = {place.acting(step.at) for step in steps if step.at in place.departments}
        busy: dict[str, float] = {}
        for (department, _), found in self.comparison.utilisation[self.variant.id].items():
            if department in acting and place.departments[department].staff:
                busy[department] = max(busy.get(department, 0.0), found.mean)
        return sorted(busy, key=lambda department: -busy[department])[:DEPARTMENTS]

    def _searched(self, there: Besides, staff: dict[str, int], tell: Tell) -> Searched | None:
        """The fewest changes that are enough; None where there is nothing to do."""
        could = levers(there.prepared, BESIDES, "reform", staff, ())
        if not could:
            return None
        return search(there.prepared, [self._question], could, RULE, seed=self.comparison.seed, workers=self.workers,
                      budget=CHOICES, staff=self.comparison.staff, luck=self._luck, tell=tell)  # fmt: skip

    @property
    def _movable(self) -> bool:
        """Whether shorter limits bring the figure to the target: days down, or up the share within some days."""
        target, value = self.missed.target, self.missed.estimate.mean
        rises = target.statistic_record.needs_limit
        return target.measure_record.falls_with_limits and (
            value < target.wanted.lowest if rises else value > target.wanted.highest
        )

    def _limits(self) -> tuple[float | None, dict[str, tuple[float, float]], int]:
        """The share of all limits that is enough, the steps whose limit alone would be, and in how many futures."""
        process, day = self.missed.process, day_of(self.comparison.prepared.variants[0])
        standing = limits_of(self.variant, process)
        build, asked, staff = Limits(self.variant.id, process, standing), [self._question], self.comparison.staff
        looks = min(len(standing), STEPS) + 1
        with bench(self.comparison.prepared, asked, build, RULE, seed=self.comparison.seed, workers=self.workers,
                   staff=staff, luck=self._luck) as desk:  # fmt: skip
            part = _together(desk, standing, day, part_of(_last(self.tell), 0, looks))
            alone: dict[str, tuple[float, float]] = {}
            for nth, one in enumerate(standing[:STEPS] if part else ()):
                found = _alone(desk, standing, nth, day, part_of(_last(self.tell), nth + 1, looks))
                if found is not None:
                    alone[one.step] = one.limit.mean_working_days(day), one.days(found, day)
            futures = [one.futures for one in desk.told.values() if one.verdict == "enough"]
        return part and part / PARTS, alone, max(futures, default=0)


def _last(tell: Tell) -> Tell:
    """The last of the three kinds of effort."""
    return part_of(tell, 2, 3)


def _together(desk: Bench, standing: Sequence[Standing], day: int, tell: Tell) -> int | None:
    """The most parts of all limits that are enough, rounded up to whole ones; None where no sensible limits are."""

    def cut(parts: int) -> Chosen:
        return tuple(_whole(one, parts, day) for one in standing)

    return desk.longest(cut, round(SHARE * PARTS), PARTS - 1, tell) if standing else None


def _whole(one: Standing, parts: int, day: int) -> int:
    """So many parts of a limit in its own steps, as 限时办结 rounds it up; none where it stays as it is."""
    amount = max(1.0, math.ceil(round(one.now * parts / PARTS, 6)))
    steps = max(math.ceil(amount / one.grid), one.least(day))
    return steps if steps <= one.most else 0


def _alone(desk: Bench, standing: Sequence[Standing], nth: int, day: int, tell: Tell) -> int | None:
    """The longest limit of one step that is enough, all others as they are; None where none is."""
    before, after = (0,) * nth, (0,) * (len(standing) - nth - 1)
    one = standing[nth]
    return desk.longest(lambda steps: (*before, steps, *after), one.least(day, SHARE), one.most, tell)


def _added(there: Besides, found: Searched) -> Iterator[Added]:
    """The sets that are enough, the first and those that take as few changes."""
    for one in [found.best, *found.alike][:TOLD] if found.best else ():
        reforms, officers = [], {}
        for lever, times in zip(found.levers, one.chosen, strict=True):
            if times and lever.part:
                reforms += [there.reforms[n] for n in sorted(lever.part.reforms)]
            elif times:
                officers[lever.of] = times
        yield Added(tuple(reforms), officers, one.futures)
