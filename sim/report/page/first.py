"""The first screen: what was found in a sentence, what it hangs on, and every verdict on a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.depth import GLANCE
from sim.analysis.telling import leading, quiet_of
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.report.numbers import beside, exact, fine, number, percent
from sim.report.page import measures, targets
from sim.report.page.context import Context
from sim.report.page.picture import Picture, picture
from sim.report.targets import bound_words, with_unit
from sim.report.worlds import hanging_words
from sim.scenario.prepared import PreparedVariant

NEVER_LEAD = ("promised_days", "statutory_days")
"""Times that no case takes: a page without targets does not begin with them."""


@dataclass(frozen=True)
class Verdict:
    """One target on a line of the first screen."""

    id: str
    name: str
    standing: str
    tone: str
    """The class that colours it."""
    quiet: str
    """Why it tells nothing; nothing where it tells something."""
    value: str
    bound: str
    worlds: str
    """In what share of the worlds it is met; nothing where none were drawn."""
    picture: Picture | None


def sentences(context: Context) -> list[str]:
    """What was found, then what it hangs on and what to measure first, where worlds were drawn.

    Without targets: the time, or else the measure, that changed most.
    """
    result = leading(context.comparison.targets)
    if result is None:
        return [_most_changed(context)]
    hanging = hanging_words(context.lang, result, context.comparison.prepared.sources)
    return [_found(context, result), *([hanging] if hanging else [])]


def _found(context: Context, result: TargetResult) -> str:
    """The figure, the range over worlds and the share of them that meet the bound."""
    said = context.say(
        "first_found",
        variant=context.name(context.variant(result.target.variant).name),
        figure=targets.figure(context, result),
        name=context.name(result.target.name),
        value=targets.value(context, result, result.estimate.mean),
        bound=bound_words(context.lang, result.target),
        verdict=context.name(result.standing.words),
    )
    found = result.in_worlds
    if found is None:
        return said + context.say("first_end")
    if len(set(found.values)) == 1:
        return said + context.say("first_sure")
    unit, written = result.target.value_unit, beside(result.target.meets, fine)
    high = with_unit(context.lang, written(found.high, unit.id), unit)
    return said + context.say("first_worlds", low=written(found.low, unit.id), high=high, share=percent(found.share))


def _most_changed(context: Context) -> str:
    """The measure whose mean changed most in relation to what it was, from the first variant to the last."""
    changes = list(_changes(context))
    if not changes:
        return context.say("first_same", base=context.base)
    _, process, name = max(changes, key=lambda change: change[0])
    measure = MEASURES[name]
    first, last = (context.comparison.of(v.id, process, name).mean.mean for v in _ends(context))
    return context.say(
        "first_changed",
        process=context.process(process),
        measure=context.inline(measure.name),
        first=with_unit(context.lang, number(first, measure.unit.id), measure.unit),
        last=with_unit(context.lang, number(last, measure.unit.id), measure.unit),
        change=measures.relative(context, first, last, measure.unit.id),
    )


def _changes(context: Context) -> Iterator[tuple[float, str, str]]:
    """How far each measure of the short table changed, where its interval leaves out 0."""
    first, last = _ends(context)
    for process in context.processes:
        for name in (name for name in GLANCE if name not in NEVER_LEAD):
            before, after = (context.comparison.of(v.id, process, name) for v in (first, last))
            moved = after.difference
            if moved is None or not math.isfinite(moved.mean) or moved.low <= 0 <= moved.high or not before.mean.mean:
                continue
            yield abs(moved.mean / before.mean.mean), process, name


def _ends(context: Context) -> tuple[PreparedVariant, PreparedVariant]:
    return context.variants[0], context.variants[-1]


def verdicts(context: Context) -> list[Verdict]:
    """Every target on a line, in the order of the scenario."""
    return [_verdict(context, result) for result in context.comparison.targets]


def _verdict(context: Context, result: TargetResult) -> Verdict:
    quiet, found = quiet_of(result), result.in_worlds
    return Verdict(
        id=result.target.id,
        name=context.name(result.target.name),
        standing=context.name(result.standing.words),
        tone=result.standing.tone,
        quiet=context.name(quiet.words) if quiet else "",
        value=targets.value(context, result, result.estimate.mean),
        bound=bound_words(context.lang, result.target),
        worlds=context.say("first_holds", share=percent(found.share), n=exact(len(found.met), "")) if found else "",
        picture=picture(context, result),
    )
