"""What screen and page say of the warm-up: whether one is needed, and which process is measured before it is warm."""

from __future__ import annotations

from sim.analysis.comparison import Comparison
from sim.analysis.own import OwnShare
from sim.analysis.warming import Warming
from sim.report.numbers import exact, number
from sim.report.words import Lang, named, say, say_or
from sim.scenario.scenario import Scenario


def cold_words(lang: Lang, comparison: Comparison) -> list[str]:
    """A sentence for each process that is measured before it is warm, with the key of the scenario that mends it."""
    return [_sentence(lang, comparison, found) for found in comparison.cold]


def warm_up_words(lang: Lang, comparison: Comparison) -> list[str]:
    """Whether cases have to be under way before the measured ones come, by how much of the hours of officers they take.

    Nothing where no officers are counted.
    """
    if not comparison.own:
        return []
    told, scenario = comparison.needs_warm_up, comparison.prepared.scenario
    key = ("own_large" if warmed_up(scenario) else "own_cold") if told else "own_small"
    return [_own(lang, comparison, own, key) for own in (told or comparison.own)[:1]] + [
        _own(lang, comparison, own, "own_too_much") for own in told if own.too_much
    ]


def warmed_up(scenario: Scenario) -> bool:
    """Whether some cases of every process load the system before the first is measured."""
    warm_ups = [scenario.window.warm_up] if scenario.window else [d.warm_up for d in scenario.demand.values()]
    return all(warm_ups)


def _own(lang: Lang, comparison: Comparison, own: OwnShare, key: str) -> str:
    variant = next(v for v in comparison.prepared.variants if v.id == own.variant)
    department = variant.place.departments[own.department].name
    who = [named(lang, department) if department else own.department, say_or(lang, f"role {own.role}", own.role)]
    share = number(own.share, "share")
    return say(lang, key, share=share, who=say(lang, "list_and").join(who), variant=named(lang, variant.name))


def _sentence(lang: Lang, comparison: Comparison, found: Warming) -> str:
    prepared = comparison.prepared
    variant = next(v for v in prepared.variants if v.id == found.variant)
    key = "window.warm_up" if prepared.scenario.window else f"demand.{found.process}.warm_up"
    fields = {
        "process": named(lang, variant.flows[found.process][0].process.name),
        "variant": named(lang, variant.name),
        "start": exact(round(found.measured_from, 1), ""),
        "early": number(found.early, "days"),
        "later": number(found.later, "days"),
        "key": key,
    }
    if found.warm_from is None:
        return say(lang, "cold_open", **fields)
    return say(lang, "cold", **fields, warm=exact(round(found.warm_from, 1), ""), enough=found.enough)
