"""How far limits must come down for the targets to hold as often as is asked: that of one step, or all together."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sim.core.errors import PlannerError, ReformError, unknown
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.decide.luck import Lucks
from sim.decide.questions import Question
from sim.decide.searching.futures import Futures, RefusedError, World
from sim.decide.searching.levers import Chosen
from sim.decide.searching.searched import LimitFound, Tried
from sim.decide.searching.selection import Rule, Trial, tried
from sim.decide.searching.trials import Trials, futures_of
from sim.records.tables import Staff
from sim.reforms.apply import World as Reformed
from sim.reforms.base import Context
from sim.reforms.limits import TimeLimit
from sim.scenario.prepared import Flow, Prepared, PreparedVariant
from sim.scenario.trial import tried as reformed
from sim.spec.durations import Duration, Unit
from sim.spec.effort import Effort
from sim.spec.opening import hours_of

LEAST: dict[Unit, float] = {"days": 0.5, "calendar_days": 1, "hours": 1, "minutes": 30}
"""Shortest limit that an office promises, and the steps in which it comes down."""


@dataclass(frozen=True)
class Standing:
    """The limit that a step has."""

    step: str
    limit: Duration
    """One number."""
    work: float
    """Working days that the officers' work on a file takes where it is stated: no limit is kept below it."""

    @property
    def now(self) -> float:
        """The limit, in its own unit."""
        return float(self.limit.amount)  # type: ignore[arg-type]

    @property
    def grid(self) -> float:
        """The steps in which it comes down, in its own unit."""
        return LEAST[self.limit.unit]

    @property
    def most(self) -> int:
        """The longest limit that is shorter, in those steps."""
        return math.ceil(self.now / self.grid) - 1

    def least(self, day: int, share: float = 0.0) -> int:
        """The shortest that somebody would keep, in those steps: no less than the work, nor than a share of now."""
        return max(1, math.ceil(self.work / self.days(1, day)), math.ceil(round(share * self.now / self.grid, 6)))

    def duration(self, steps: int) -> Duration:
        """So many steps."""
        return Duration.model_validate({"source": self.limit.source, self.limit.unit: steps * self.grid})

    def days(self, steps: int, day: int) -> float:
        """So many steps, in working days of so many seconds."""
        return self.duration(steps).mean_working_days(day)


@dataclass(frozen=True)
class Limits:
    """Builds a variant with other limits of some steps, each so many of its own steps; none for one that stays."""

    variant: str
    process: str
    standing: tuple[Standing, ...]

    def __call__(self, world: World, chosen: Chosen) -> PreparedVariant:
        """The variant with those limits in every way that has the step; raises RefusedError where one may not stand."""
        variant = next(v for v in world.prepared.variants if v.id == self.variant)
        flows = tuple(self._flow(world, variant, flow, chosen) for flow in variant.flows[self.process])
        return replace(variant, flows={**variant.flows, self.process: flows})

    def _reforms(self, chosen: Chosen, there: Container[str]) -> Iterator[TimeLimit]:
        """Those that make the limits of the steps there so, one for all that come to the same by the same source."""
        alike: dict[tuple[str, Unit, float], list[Standing]] = {}
        for one, steps in zip(self.standing, chosen, strict=True):
            if steps and one.step in there:
                alike.setdefault((one.limit.source, one.limit.unit, steps * one.grid), []).append(one)
        for (source, unit, amount), some in alike.items():
            committed = Duration.model_validate({"source": source, unit: amount})
            yield TimeLimit(reform="限时办结", process=self.process, steps=tuple(one.step for one in some),
                            committed=committed, source=source)  # fmt: skip

    def _flow(self, world: World, variant: PreparedVariant, flow: Flow, chosen: Chosen) -> Flow:
        context = Context(materials=world.prepared.catalogue.materials, sources=world.prepared.sources)
        now = Reformed({self.process: flow.process}, variant.place, {self.process: flow.efforts})
        for reform in self._reforms(chosen, flow.process.steps):
            try:
                now, _ = reformed(now, reform, context)
            except ReformError as error:
                raise RefusedError(str(error)) from None
        return replace(flow, process=now.processes[self.process], efforts=now.efforts[self.process])


def limits_of(variant: PreparedVariant, process: str) -> tuple[Standing, ...]:
    """The limits of the counted steps of a process that are one number, the longest first."""
    flow, day = variant.flows[process][0], day_of(variant)
    steps = {s: step for s, step in flow.process.steps.items() if step.is_counted}
    found = {s: x.limit.effective for s, x in steps.items() if x.limit.effective}
    plain = {s: limit for s, limit in found.items() if isinstance(limit.amount, int | float)}
    standing = [Standing(s, limit, _work(flow.efforts.get(s, ()), day)) for s, limit in plain.items()]
    return tuple(sorted(standing, key=lambda one: -one.limit.mean_working_days(day)))


def day_of(variant: PreparedVariant) -> int:
    """The seconds of a working day of an office."""
    return hours_of(variant.place.hours["office"]).day_seconds


def _work(efforts: Sequence[Effort], day: int) -> float:
    return sum(e.work.mean_working_days(day) for e in efforts if e.work and not e.when)


@dataclass
class Bench:
    """Limits on trial, each remembered with what came of it."""

    trials: Trials
    futures: Futures
    told: dict[Chosen, Tried] = field(default_factory=dict)

    def enough(self, chosen: Chosen) -> bool:
        """Whether the targets hold with these limits; not where a limit is refused."""
        if chosen not in self.told:
            try:
                self.futures.variant(0, chosen)
            except RefusedError:
                return False
            trial: Trial[Chosen] = Trial(chosen, 0.0, len(self.told) + 1)
            tried([trial], self.trials.evaluate, self.trials.rule)
            self.told[chosen] = self.trials.told(trial)
        return self.told[chosen].verdict == "enough"

    def longest(self, chosen: Callable[[int], Chosen], least: int, most: int, tell: Tell = silent) -> int | None:
        """The last number from the least on whose limits are enough, found by halving; None where the least is not.

        A shorter limit is taken to be no worse.
        """
        looks = max(most - least, 0).bit_length() + 1
        tell(0, looks)
        if least > most or not self.enough(chosen(least)):
            return None
        low, high, done = least, most, 1
        while low < high:
            tell(done, looks)
            middle, done = (low + high + 1) // 2, done + 1
            low, high = (middle, high) if self.enough(chosen(middle)) else (low, middle - 1)
        return low


@contextmanager
def bench(prepared: Prepared, questions: Sequence[Question], build: Limits, rule: Rule, *, seed: int, workers: int,
          worlds: Sequence[Prepared] = (), staff: Staff | None = None,
          luck: Lucks | None = None) -> Iterator[Bench]:  # fmt: skip
    """Where limits are tried on the futures of a scenario, or of some worlds by turns; `luck` is that of the seed."""
    places = [World(world, (), staff) for world in worlds or (prepared,)]
    futures = Futures(places, questions, luck or Lucks(seed), build)
    with jobs(workers, futures_of, futures) as run:
        yield Bench(Trials(run, questions, rule), futures)


def limit_needed(
    prepared: Prepared,
    questions: Sequence[Question],
    variant: str,
    step: str,
    rule: Rule,
    *,
    seed: int = 1,
    workers: int = 1,
    worlds: Sequence[Prepared] = (),
    tell: Tell = silent,
) -> LimitFound:
    """The longest limit of a step with which every target asked is met in the share of futures asked.

    No shorter one is tried than an office promises, nor than the work itself. Raises PlannerError where the variant
    has no such step, or it has no limit that is one number.
    """
    process, standing = _standing(prepared, variant, step)
    day = day_of(prepared.variants[0])
    with bench(prepared, questions, Limits(variant, process, (standing,)), rule, seed=seed, workers=workers,
               worlds=worlds) as desk:  # fmt: skip
        needed = desk.longest(lambda steps: (steps,), standing.least(day), standing.most, tell)
    told = sorted(desk.told.items(), key=lambda one: -one[0][0])
    return LimitFound(
        prepared=prepared,
        questions=tuple(questions),
        variant=variant,
        process=process,
        step=step,
        rule=rule,
        seed=seed,
        now=standing.limit.mean_working_days(day),
        needed=None if needed is None else standing.days(needed, day),
        tried=tuple((standing.days(steps, day), one) for (steps,), one in told),
    )


def _standing(prepared: Prepared, variant: str, step: str) -> tuple[str, Standing]:
    """The process that has a step in a variant, and the limit it has there."""
    by_id: Mapping[str, PreparedVariant] = {v.id: v for v in prepared.variants}
    if variant not in by_id:
        raise PlannerError(unknown("variant", variant, by_id))
    holding = {s: p for p, flows in by_id[variant].flows.items() for s in flows[0].process.steps}
    if step not in holding:
        raise PlannerError(unknown("step", step, holding))
    process = holding[step]
    limits = {one.step: one for one in limits_of(by_id[variant], process)}
    if step not in limits:
        raise PlannerError(f"{step} has no limit that is one number; name a step that has one")
    return process, limits[step]
