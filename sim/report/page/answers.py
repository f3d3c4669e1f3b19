"""The first section: the question, and the answer to each target in a sentence that can be traced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.answers import Remedy
from sim.analysis.telling import quiet_of
from sim.analysis.verdict import TargetResult
from sim.report.numbers import exact, number
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.facts import Fact, facts, figures
from sim.report.page.picture import Picture, picture
from sim.report.page.swings import Effects
from sim.report.page.table import Link
from sim.report.targets import bound_words, tally_words
from sim.report.worlds import worlds_words
from sim.scenario.scenario import SHAPES
from sim.scenario.scenario import Demand as Asked
from sim.spec.amounts import mean


@dataclass(frozen=True)
class Badge:
    """A standing in words, and the class that colours it."""

    text: str
    kind: str


@dataclass(frozen=True)
class Answer:
    """All that is said of one target."""

    id: str
    name: str
    badges: list[Badge]
    sentence: str
    worlds: str
    """What it comes to over the ranges of the assumptions; nothing where no worlds were drawn."""
    picture: Picture | None
    figures: list[Fact]
    facts: list[Fact]


@dataclass(frozen=True)
class Demand:
    """How many cases of a process come, and who says so."""

    text: str
    link: Link


def question(context: Context) -> str:
    """The question of the scenario in a sentence."""
    scenario, variants = context.comparison.prepared.scenario, context.variants
    return context.say(
        "question" if scenario.targets else "question_open",
        place=context.name(variants[0].place.name),
        n=len(variants),
        variants=context.listed([context.quoted(context.name(v.name)) for v in variants]),
        targets=len(scenario.targets),
    )


def demands(context: Context) -> list[Demand]:
    """How many cases come, by process."""
    found = []
    for process, demand in context.comparison.prepared.scenario.demand.items():
        rate = _rate(context, demand)
        key = "demand_window" if demand.cases is None else "demand" if demand.warm_up else "demand_cold"
        cases = _measured(context, process) if demand.cases is None else demand.cases
        text = context.say(key, process=context.process(process), rate=rate, cases=cases, warm_up=demand.warm_up)
        found.append(Demand(text, context.cite(demand.source)))
    return found


def _rate(context: Context, demand: Asked) -> str:
    """How many cases come, and when."""
    if demand.arrivals is not None:
        first, last = demand.arrivals[0][:10], demand.arrivals[-1][:10]
        return context.say("demand_listed", n=len(demand.arrivals), first=first, last=last)
    if demand.per_year is None:
        return context.say("demand_often", n=exact(mean(demand.every_minutes or 0), ""))
    rate = context.say("demand_year", n=exact(demand.per_year, ""))
    shapes = [context.say(f"demand_{shape}") for shape in SHAPES if getattr(demand, shape) is not None]
    return context.say("demand_shaped", rate=rate, shapes=context.listed(shapes)) if shapes else rate


def _measured(context: Context, process: str) -> str:
    """Cases of a process in a replication of the first variant, on average."""
    tables = context.comparison.tables[context.variants[0].id][process]
    return number(sum(map(len, tables)) / len(tables), "")


def window(context: Context) -> str:
    """Which weeks are measured; nothing where every process has its number of cases."""
    scenario = context.comparison.prepared.scenario
    found = scenario.window
    if found is None:
        return ""
    key = "window" if found.warm_up else "window_cold"
    return context.say(key, date=scenario.start, weeks=found.weeks, warm_up=found.warm_up)


def tally(context: Context) -> str:
    """How many targets there are of each standing."""
    results = context.comparison.targets
    if not results:
        return context.say("no_targets")
    told = ((result.standing, quiet_of(result)) for result in results)
    counted = tally_words(context.lang, told, lambda standing: context.name(standing.words))
    return context.say("tally", n=len(results), counts=counted)


def answers(context: Context, remedies: Mapping[str, Remedy], effects: Effects) -> list[Answer]:
    """The answer to each target, in the order of the scenario."""
    return [_answer(context, result, remedies.get(result.target.id), effects) for result in context.comparison.targets]


def _answer(context: Context, result: TargetResult, remedy: Remedy | None, effects: Effects) -> Answer:
    return Answer(
        id=result.target.id,
        name=context.name(result.target.name),
        badges=_badges(context, result),
        sentence=_sentence(context, result),
        worlds=worlds_words(context.lang, result, context.comparison.prepared.sources),
        picture=picture(context, result),
        figures=list(figures(context, result)),
        facts=facts(context, result, remedy, effects.get(result.target.id)),
    )


def _badges(context: Context, result: TargetResult) -> list[Badge]:
    badges = [Badge(context.name(result.standing.words), result.standing.tone)]
    if quiet := quiet_of(result):
        badges.append(Badge(context.name(quiet.words), "flag"))
    return badges


def _sentence(context: Context, result: TargetResult) -> str:
    found = result.estimate
    return context.say(
        "answer",
        variant=context.name(context.variant(result.target.variant).name),
        figure=targets.figure(context, result),
        value=targets.value(context, result, found.mean),
        interval=targets.spread(context, result, found),
        bound=bound_words(context.lang, result.target),
        verdict=context.name(result.standing.words),
        margin=targets.margin(context, result),
    )
