"""What screen and page say of a process that is measured before it is warm."""

from __future__ import annotations

from sim.analysis.comparison import Comparison
from sim.analysis.warming import Warming
from sim.report.numbers import exact, number
from sim.report.words import Lang, named, say


def cold_words(lang: Lang, comparison: Comparison) -> list[str]:
    """A sentence for each process that is measured before it is warm, with the key of the scenario that mends it."""
    return [_sentence(lang, comparison, found) for found in comparison.cold]


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
