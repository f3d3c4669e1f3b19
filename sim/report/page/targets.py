"""A target and what the model finds, in words: figure, bound, interval, margin."""

from __future__ import annotations

from sim.analysis.estimate import Estimate
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.report.numbers import SAME, exact, fine, has_interval, has_spread, interval, possible
from sim.report.page.context import Context
from sim.scenario.target import PROCESSWISE


def value_unit(result: TargetResult) -> str:
    """The unit of a target's value: that of its measure, or a share."""
    target = result.target
    return "share" if target.statistic in ("share_within", *PROCESSWISE) else MEASURES[target.measure].unit


def value(context: Context, result: TargetResult, amount: float) -> str:
    """An amount of what the target speaks of, with its unit."""
    return with_unit(context, result, fine(amount, value_unit(result)))


def with_unit(context: Context, result: TargetResult, text: str) -> str:
    """A number with the unit of the target's value."""
    return text if value_unit(result) == "share" else context.with_unit(text, result.target.measure)


def figure(context: Context, result: TargetResult) -> str:
    """The measure and the statistic a target speaks of."""
    name = context.inline(MEASURES[result.target.measure].name)
    return context.say("in_brackets", text=name, inner=statistic(context, result))


def statistic(context: Context, result: TargetResult) -> str:
    """The statistic a target speaks of."""
    target = result.target
    limit = "" if target.limit is None else exact(target.limit, MEASURES[target.measure].unit)
    return context.say(f"statistic {target.statistic}", limit=context.with_unit(limit, target.measure))


def bound(context: Context, result: TargetResult) -> str:
    """The bound with its sign and unit."""
    sign = "≤" if result.target.at_most is not None else "≥"
    return with_unit(context, result, f"{sign}\u00a0{exact(result.target.bound, value_unit(result))}")


def within(result: TargetResult, found: Estimate) -> Estimate:
    """An estimate of the target's value with its interval cut to what can be; a reduction may be an increase."""
    return found if result.target.statistic in PROCESSWISE else possible(found, value_unit(result))


def spread(context: Context, result: TargetResult, found: Estimate) -> str:
    """The interval of an estimate and the number of replications behind it."""
    if not has_interval(found):
        return context.say("without_interval", runs=found.runs)
    if not has_spread(found):
        return context.say("without_spread", runs=found.runs)
    return context.say(
        "with_interval", interval=interval(within(result, found), value_unit(result), fine), runs=found.runs
    )


def margin(context: Context, result: TargetResult) -> str:
    """By how much the estimate is above or below the bound."""
    if abs(result.residual) < SAME:
        return context.say("equal")
    return context.say("fewer" if result.residual < 0 else "more", by=_distance(context, result))


def _distance(context: Context, result: TargetResult) -> str:
    if value_unit(result) == "share":
        return f"{fine(abs(result.residual) * 100, 'points')} {context.say('points')}"
    return value(context, result, abs(result.residual))
