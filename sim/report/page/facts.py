"""What a reviewer needs to trace and doubt one answer: bound, scope, source, recorded reason, remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.answers import Effect, Remedy
from sim.analysis.verdict import Reading, TargetResult
from sim.records.units import PUBLISHED, SHARE, Unit
from sim.report.numbers import beside, exact, fine
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.table import Link
from sim.report.page.values import condition
from sim.report.plurals import agreeing, many
from sim.report.targets import (
    bound_words,
    published_words,
    reading_words,
    statistic_words,
    what_would_meet,
    with_unit,
)
from sim.scenario.target import Target
from sim.spec.sources import Assumption
from sim.spec.step import Step


@dataclass(frozen=True)
class Fact:
    """One line of an answer: a label, what is to say, and where it comes from."""

    label: str
    text: str = ""
    link: Link | None = None
    small: str = ""
    wide: bool = False
    """Whether it takes a line of its own."""


def facts(
    context: Context, result: TargetResult, remedy: Remedy | None, effects: Sequence[Effect] | None
) -> list[Fact]:
    """What one figure means and where it comes from; for a miss, why, and what would meet it."""
    found = [_source(context, result), *_scope(context, result)]
    if result.target.record:
        found.append(Fact(context.say("recorded"), context.name(result.target.record), wide=True))
    if result.target.tells_nothing is not None:
        found.append(Fact(context.say("tells_nothing"), context.name(result.target.tells_nothing), wide=True))
    if result.without_limit:
        names = context.listed([context.quoted(context.name(name)) for name in result.without_limit])
        found.append(Fact(context.say("no_limit"), names, wide=True))
    if result.readings_differ:
        found.append(Fact(context.say("other_reading"), reading_words(context.lang, result), wide=True))
    if remedy is not None:
        found.append(
            Fact(context.say("remedy"), what_would_meet(context.lang, context.comparison, result, remedy), wide=True)
        )
    if effects is not None:
        found.append(Fact(context.say("turned_by"), _turned_by(context, result, effects), wide=True))
    return found


def _turned_by(context: Context, result: TargetResult, effects: Sequence[Effect]) -> str:
    """The assumptions that turn the verdict by themselves at one end of their range."""
    turning = [context.assumption(effect.key, effect.part) for effect in effects if effect.turns(result.target)]
    if not turning:
        return context.say("turned_by_none")
    return context.say("turned_by_some", n=len(turning), names=context.listed(turning))


def figures(context: Context, result: TargetResult) -> Iterator[Fact]:
    """The numbers of a target: simulated, simulated before, published, and the differences."""
    target = result.target
    unit = target.value_unit
    for key, found in (("estimate", result.estimate), ("baseline", result.baseline)):
        label = context.say(key, base=context.base)
        yield Fact(label, targets.value(context, result, found.mean), small=targets.spread(context, result, found))
    if result.reading is not None:
        yield _other_reading(context, result, result.reading)
    yield Fact(context.say("target"), bound_words(context.lang, target), small=_published(context, target))
    scale = 100 if unit is SHARE else 1
    written = beside(lambda residual: target.meets(target.bound + residual / scale), fine)
    yield Fact(context.say("residual"), _apart(context, result.residual, unit, written))
    if result.before_residual is not None:
        judged = context.say("before_inside" if result.before_holds else "before_outside")
        yield Fact(context.say("before_residual"), _apart(context, result.before_residual, unit, fine), small=judged)


def _other_reading(context: Context, result: TargetResult, reading: Reading) -> Fact:
    """The figure read in the other way, now and before."""
    now, before = (targets.value(context, result, found.mean) for found in (reading.estimate, reading.baseline))
    told = context.say("list_then").join([
        targets.spread(context, result, reading.estimate),
        context.say("in_brackets", text=context.base, inner=before),
    ])  # fmt: skip
    return Fact(context.name(reading.measure.name), now, small=told)


def _apart(context: Context, residual: float, unit: Unit, write: Callable[[float, str], str]) -> str:
    """How far a value is from a published one, with its sign and unit."""
    written = write(residual * (100 if unit is SHARE else 1), "points")
    sign = "+" if residual > 0 and written.strip("0.") else ""
    return f"{sign}{written} {agreeing(written, context.name(unit.counted)) if unit.counted else context.say('points')}"


def _published(context: Context, target: Target) -> str:
    converted = published_words(context.lang, context.comparison, target)
    said = [converted or context.say("published_in", unit=_published_unit(context, target))]
    if (before := target.published_before) is not None:
        amount = with_unit(context.lang, exact(before, target.value_unit.id), target.value_unit)
        said.append(context.say("published_before", value=amount))
    return context.say("list_then").join(said)


def _published_unit(context: Context, target: Target) -> str:
    """The unit as published; in English with the Chinese word beside it."""
    name = many(context.name(PUBLISHED[target.unit].name))
    return name if name == target.unit else context.say("in_brackets", text=name, inner=target.unit)


def _source(context: Context, result: TargetResult) -> Fact:
    source = context.comparison.prepared.sources.get(result.target.source)
    said = source.why if isinstance(source, Assumption) else getattr(source, "note", None)
    return Fact(
        context.say("source"), link=context.cite(result.target.source), small=context.name(said or ""), wide=True
    )


def _scope(context: Context, result: TargetResult) -> Iterator[Fact]:
    """The scope in words: what is measured, by which statistic, over which steps and cases."""
    target, measure = result.target, result.target.measure_record
    definition = context.name(measure.name) + context.say("colon") + context.name(measure.definition)
    yield Fact(context.say("scope_clock"), definition, wide=True)
    if len(context.processes) > 1:
        yield Fact(context.say("scope_processes"), context.listed([context.process(p) for p in result.processes]))
    yield Fact(context.say("scope_statistic"), statistic_words(context.lang, target))
    yield Fact(context.say("scope_steps"), _steps(context, result), wide=target.scope.steps is not None)
    if measure.time:
        yield Fact(context.say("scope_construction"), _construction(context, result))
    cases = condition(context, target.scope.when) if target.scope.when else context.say("all_cases")
    yield Fact(context.say("scope_cases"), cases)


def _steps(context: Context, result: TargetResult) -> str:
    scope = result.target.scope
    if scope.steps is None:
        said = [context.say("all_counted" if result.target.measure_record.counted_steps else "all_steps")]
    else:
        names = [context.quoted(_step(context, result, s)) for s in scope.steps]
        said = [context.say("only_steps", steps=context.listed(names))]
    for key, kinds in (("kinds_left_out", scope.exclude), ("kinds_added", scope.include)):
        if kinds:
            said.append(context.say(key, kinds=context.listed([context.kind(k) for k in kinds])))
    return context.say("list_then").join(said)


def _step(context: Context, result: TargetResult, step: str) -> str:
    """What a step is called in whichever of the processes has it."""
    variant = context.variant(result.target.variant)
    names = (context.step(process, step, variant) for process in result.processes)
    return next((name for name in names if name != step), step)


def _construction(context: Context, result: TargetResult) -> str:
    variant = context.variant(result.target.variant)
    steps = [item for p in result.processes for item in context.steps(p, variant).items()]
    works = {s: x for s, x in steps if x.kind == "construction"}
    if not works:
        return context.say("no_construction")
    return context.say("construction_in" if counts_construction(result, works) else "construction_out")


def counts_construction(result: TargetResult, works: Mapping[str, Step]) -> bool:
    """Whether the time of some construction step belongs to the figure."""
    measure, scope = result.target.measure_record, result.target.scope
    inside = [s for s in works if scope.steps is None or s in scope.steps]
    if not measure.counted_steps:
        return bool(inside) and "construction" not in scope.exclude
    added = measure.clock and "construction" in scope.include
    return "construction" not in scope.exclude and any(added or works[s].is_counted for s in inside)
