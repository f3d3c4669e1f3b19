"""What a reviewer needs to trace and doubt one answer: bound, scope, source, recorded reason, remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.remedy import Remedy
from sim.analysis.sensitivity import Effect
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.report.numbers import exact, fine, number
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.table import Link
from sim.report.page.values import condition
from sim.spec.sources import Assumption
from sim.spec.step import Step

UNSCOPED = ("elapsed_days", "calendar_days", "touchpoints", "materials", "trips", "forms")
"""Measures that look at every step, counted or not."""


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
    if result.target.known_miss:
        found.append(Fact(context.say("recorded"), result.target.known_miss, wide=True))
    if remedy is not None:
        found.append(Fact(context.say("remedy"), in_words(context, result, remedy), wide=True))
    if effects is not None:
        found.append(Fact(context.say("turned_by"), _turned_by(context, result, effects), wide=True))
    return found


def _turned_by(context: Context, result: TargetResult, effects: Sequence[Effect]) -> str:
    """The assumptions that turn the verdict by themselves at one end of their range."""
    turning = [effect.key for effect in effects if effect.turns(result.target)]
    if not turning:
        return context.say("turned_by_none")
    return context.say("turned_by_some", n=len(turning), names=context.listed(turning))


def figures(context: Context, result: TargetResult) -> Iterator[Fact]:
    """The four numbers of a target: simulated, simulated before, published, and the difference."""
    unit = targets.value_unit(result)
    for key, found in (("estimate", result.estimate), ("baseline", result.baseline)):
        label = context.say(key, base=context.base)
        yield Fact(label, targets.value(context, result, found.mean), small=targets.spread(context, result, found))
    published = context.say_or(f"published {result.target.unit}", result.target.unit)
    yield Fact(context.say("target"), targets.bound(context, result), small=_published(context, result, published))
    residual = fine(result.residual * (100 if unit == "share" else 1), "points")
    sign = "+" if result.residual > 0 and residual.strip("0.") else ""
    written = context.say("points") if unit == "share" else context.unit(result.target.measure)
    yield Fact(context.say("residual"), f"{sign}{residual} {written}".strip())


def _published(context: Context, result: TargetResult, unit: str) -> str:
    said = [context.say("published_in", unit=unit)]
    if (before := result.target.published_before) is not None:
        amount = targets.with_unit(context, result, exact(before, targets.value_unit(result)))
        said.append(context.say("published_before", value=amount))
    return context.say("list_then").join(said)


def _source(context: Context, result: TargetResult) -> Fact:
    source = context.comparison.prepared.sources.get(result.target.source)
    said = source.why if isinstance(source, Assumption) else getattr(source, "note", None)
    return Fact(context.say("source"), link=context.cite(result.target.source), small=said or "", wide=True)


def _scope(context: Context, result: TargetResult) -> Iterator[Fact]:
    """The scope in words: what is measured, by which statistic, over which steps and cases."""
    target, measure = result.target, MEASURES[result.target.measure]
    definition = context.say_or(f"measured {target.measure}", (measure.of.__doc__ or "").strip())
    name = context.name(measure.name)
    yield Fact(context.say("scope_clock"), name + context.say("colon") + definition, wide=True)
    if len(context.processes) > 1:
        yield Fact(context.say("scope_processes"), context.listed([context.process(p) for p in result.processes]))
    yield Fact(context.say("scope_statistic"), targets.statistic(context, result))
    yield Fact(context.say("scope_steps"), _steps(context, result), wide=target.scope.steps is not None)
    if measure.time:
        yield Fact(context.say("scope_construction"), _construction(context, result))
    cases = condition(context, target.scope.when) if target.scope.when else context.say("all_cases")
    yield Fact(context.say("scope_cases"), cases)


def _steps(context: Context, result: TargetResult) -> str:
    scope = result.target.scope

    def named(steps: tuple[str, ...]) -> str:
        return context.listed([context.quoted(_step(context, result, s)) for s in steps])

    everything = "all_steps" if result.target.measure in UNSCOPED else "all_counted"
    said = [context.say(everything) if scope.steps is None else context.say("only_steps", steps=named(scope.steps))]
    if scope.exclude:
        said.append(context.say("kinds_left_out", kinds=context.listed([context.kind(k) for k in scope.exclude])))
    if scope.include:
        said.append(context.say("kinds_added", kinds=context.listed([context.kind(k) for k in scope.include])))
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
    target, scope = result.target, result.target.scope
    inside = [s for s in works if scope.steps is None or s in scope.steps]
    if target.measure in ("elapsed_days", "calendar_days", "refused_days"):
        return bool(inside) and "construction" not in scope.exclude
    added = target.measure == "counted_days" and "construction" in scope.include
    return added or ("construction" not in scope.exclude and any(works[s].is_counted for s in inside))


def in_words(context: Context, result: TargetResult, remedy: Remedy) -> str:
    """What would meet a missed target, in a sentence."""
    if remedy.together is None:
        return context.say("remedy_never")
    said = [context.say("remedy_all", share=number(remedy.together, "share"))]
    for step, (now, then) in remedy.alone.items():
        name = context.quoted(_step(context, result, step))
        said.append(context.say("remedy_alone", step=name, now=f"{now:.4g}", then=fine(then, "")))
    return context.say("list_then").join(said)
