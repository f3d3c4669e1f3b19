"""How far the limit of a step must come down for the targets to hold as often as is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.core.errors import PlannerError, ReformError, unknown
from sim.core.progress import Tell, silent
from sim.core.workers import mapper
from sim.decide.questions import Question
from sim.decide.searching.futures import Futures, RefusedError, World
from sim.decide.searching.levers import Chosen
from sim.decide.searching.searched import LimitFound, Tried
from sim.decide.searching.selection import Rule, Trial, tried
from sim.decide.searching.trials import Trials, futures_of
from sim.reforms.apply import World as Reformed
from sim.reforms.base import Context
from sim.reforms.limits import TimeLimit
from sim.scenario.prepared import Flow, Prepared, PreparedVariant
from sim.scenario.trial import tried as reformed
from sim.spec.durations import Duration, Unit
from sim.spec.opening import hours_of

LEAST: dict[Unit, float] = {"days": 0.5, "calendar_days": 1, "hours": 1, "minutes": 30}
"""Shortest limit that an office promises, and the steps in which it comes down."""


@dataclass(frozen=True)
class Limits:
    """Builds a variant with another limit of one step: so many steps of the shortest one."""

    variant: str
    process: str
    step: str
    standing: Duration

    def amount(self, steps: int) -> float:
        """The limit, in its own unit."""
        return steps * LEAST[self.standing.unit]

    def __call__(self, world: World, chosen: Chosen) -> PreparedVariant:
        """The variant with that limit in every way that has the step; raises RefusedError where it may not stand."""
        variant = next(v for v in world.prepared.variants if v.id == self.variant)
        source = self.standing.source
        committed = Duration.model_validate({"source": source, self.standing.unit: self.amount(chosen[0])})
        reform = TimeLimit(
            reform="限时办结", process=self.process, steps=(self.step,), committed=committed, source=source
        )
        flows = tuple(self._flow(world, variant, flow, reform) for flow in variant.flows[self.process])
        return replace(variant, flows={**variant.flows, self.process: flows})

    def _flow(self, world: World, variant: PreparedVariant, flow: Flow, reform: TimeLimit) -> Flow:
        if self.step not in flow.process.steps:
            return flow
        context = Context(materials=world.prepared.catalogue.materials, sources=world.prepared.sources)
        before = Reformed({self.process: flow.process}, variant.place, {self.process: flow.efforts})
        try:
            after, _ = reformed(before, reform, context)
        except ReformError as error:
            raise RefusedError(str(error)) from None
        return replace(flow, process=after.processes[self.process], efforts=after.efforts[self.process])


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

    Found by halving, since a shorter limit is taken to be no worse. Raises PlannerError where the variant has no such
    step, or it has no limit that is one number.
    """
    process, standing = _standing(prepared, variant, step)
    build = Limits(variant, process, step, standing)
    now = float(standing.amount)  # type: ignore[arg-type]
    most = math.ceil(now / LEAST[standing.unit]) - 1
    day = hours_of(prepared.variants[0].place.hours["office"]).day_seconds
    places = [World(world, ()) for world in worlds or (prepared,)]
    futures = Futures(places, questions, seed, build)
    with mapper(workers, futures_of, futures) as run:
        found = _halved(Trials(run, questions, rule), rule, most, tell)

    def days(steps: int) -> float:
        given = Duration.model_validate({"source": standing.source, standing.unit: build.amount(steps)})
        return given.mean_working_days(day)

    told = [(days(steps), one) for steps, one in found]
    return LimitFound(
        prepared=prepared,
        questions=tuple(questions),
        variant=variant,
        process=process,
        step=step,
        rule=rule,
        seed=seed,
        now=standing.mean_working_days(day),
        needed=max((limit for limit, one in told if one.verdict == "enough"), default=None),
        tried=tuple(sorted(told, key=lambda one: -one[0])),
    )


def _halved(trials: Trials, rule: Rule, most: int, tell: Tell) -> list[tuple[int, Tried]]:
    """The limits tried, in their steps: the shortest, then by halves whatever may be longest."""
    found: list[tuple[int, Tried]] = []

    def enough(steps: int) -> bool:
        trial: Trial[Chosen] = Trial((steps,), float(most - steps), len(found) + 1)
        tried([trial], trials.evaluate, rule)
        found.append((steps, trials.told(trial)))
        tell(len(found), most.bit_length() + 1)
        return trial.verdict == "enough"

    low, high = 1, most
    if most < 1 or not enough(1):
        return found
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if enough(middle) else (low, middle - 1)
    return found


def _standing(prepared: Prepared, variant: str, step: str) -> tuple[str, Duration]:
    """The process that has a step in a variant, and the limit it has there."""
    by_id = {v.id: v for v in prepared.variants}
    if variant not in by_id:
        raise PlannerError(unknown("variant", variant, by_id))
    steps = {s: (p, x) for p, flows in by_id[variant].flows.items() for s, x in flows[0].process.steps.items()}
    if step not in steps:
        raise PlannerError(unknown("step", step, steps))
    process, found = steps[step]
    standing = found.limit.effective
    if standing is None or not isinstance(standing.amount, int | float):
        raise PlannerError(f"{step} has no limit that is one number; name a step that has one")
    return process, standing
