"""A target and what the model finds, in words: figure, bound, interval, margin."""

from __future__ import annotations

from sim.analysis.estimate import Estimate
from sim.analysis.verdict import TargetResult
from sim.records.statistics import OfCases
from sim.records.units import SHARE
from sim.report.numbers import NOTHING, SAME, beside, fine, has_interval, has_spread, interval
from sim.report.page.context import Context
from sim.report.targets import judged_words, statistic_words, with_unit


def value(context: Context, result: TargetResult, amount: float) -> str:
    """An amount of what the target speaks of, to be held against its bound, with its unit."""
    unit = result.target.value_unit
    return with_unit(context.lang, beside(result.target.meets, fine)(amount, unit.id), unit)


def figure(context: Context, result: TargetResult) -> str:
    """The measure and the statistic a target speaks of."""
    name = context.inline(result.target.measure_record.name)
    return context.say("in_brackets", text=name, inner=statistic_words(context.lang, result.target))


def spread(context: Context, result: TargetResult, found: Estimate) -> str:
    """The interval of an estimate and the number of replications behind it."""
    if _is_extreme(result):
        return context.say(f"extreme {result.target.statistic}", runs=found.runs)
    if not has_interval(found):
        return context.say("without_interval", runs=found.runs)
    if not has_spread(found):
        return context.say("without_spread", runs=found.runs)
    return context.say("with_interval", interval=between(result, found), runs=found.runs)


def between(result: TargetResult, found: Estimate) -> str:
    """The interval of an estimate; nothing where it has none, or no spread, or is one of the cases."""
    written = interval(found, result.target.value_unit.id, beside(result.target.meets, fine))
    return "" if written == NOTHING or _is_extreme(result) else written


def _is_extreme(result: TargetResult) -> bool:
    statistic = result.target.statistic_record
    return isinstance(statistic, OfCases) and statistic.extreme


def margin(context: Context, result: TargetResult) -> str:
    """By how much the estimate is above or below the bound; nothing is claimed where that is undecided."""
    if result.verdict == "undecided":
        wider = judged_words(context.lang, result)
        return context.say("across_wider", judged=wider) if wider else context.say("across")
    if abs(result.residual) < SAME:
        return context.say("equal")
    return context.say("fewer" if result.residual < 0 else "more", by=_distance(context, result))


def _distance(context: Context, result: TargetResult) -> str:
    if result.target.value_unit is SHARE:
        return f"{_some(abs(result.residual) * 100, 'points')} {context.say('points')}"
    unit = result.target.value_unit
    return with_unit(context.lang, _some(abs(result.residual), unit.id), unit)


_some = beside(lambda distance: distance < SAME, fine)
"""How a distance is written, so that one that is there is not read as none."""
