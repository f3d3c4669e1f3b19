"""What screen and page say of a target in the worlds that the assumptions allow."""

from __future__ import annotations

from collections.abc import Mapping

from sim.analysis.in_worlds import InWorlds
from sim.analysis.verdict import TargetResult
from sim.report.numbers import beside, exact, fine, percent
from sim.report.words import Lang, named, say
from sim.spec.sources import Source

MOST_LEVERS = 3
"""Assumptions that are named in a sentence."""
Sources = Mapping[str, Source]
"""Key → source."""
LEAST_WORTH = 0.01
"""Share of the worlds below which a measurement is not worth a word."""


def worlds_words(lang: Lang, result: TargetResult, sources: Sources) -> str:
    """The range over worlds, the share of them that meet the target, and what it hangs on; "" where none were drawn."""
    found, target = result.in_worlds, result.target
    if found is None:
        return ""
    unit, written = target.value_unit.id, beside(target.meets, fine)
    if len(set(found.values)) == 1:
        return say(lang, "in_worlds_same", value=written(found.low, unit), n=len(found.met))
    low, high = found.share_range
    told = say(
        lang,
        "in_worlds",
        low=written(found.low, unit),
        high=written(found.high, unit),
        share=percent(found.share),
        n=len(found.met),
        least=percent(low),
        most=percent(high),
    )
    asked = say(lang, "in_worlds_asked", share=percent(target.in_worlds)) if target.in_worlds else ""
    levers = _levers(lang, found, sources)
    hangs = say(lang, "in_worlds_hangs", levers=levers) if levers else say(lang, "in_worlds_none")
    left_out = say(lang, "worlds_left_out", n=found.left_out) if found.left_out else ""
    return told + asked + hangs + _turned_in(lang, found, sources) + _first(lang, found, sources) + left_out


def hanging_words(lang: Lang, result: TargetResult, sources: Sources) -> str:
    """What a target hangs on, and what to measure first; "" where no worlds were drawn or it hangs on nothing."""
    found = result.in_worlds
    if found is None or not (levers := _levers(lang, found, sources)):
        return ""
    return say(lang, "hangs_on", levers=levers) + _first(lang, found, sources)


def _levers(lang: Lang, found: InWorlds, sources: Sources) -> str:
    """The assumptions that it hangs on most."""
    return say(lang, "list_and").join(
        assumption_called(lang, sources, lever.key, lever.part) for lever in found.levers[:MOST_LEVERS]
    )


def _turned_in(lang: Lang, found: InWorlds, sources: Sources) -> str:
    """Under which assumptions the verdict turns."""
    box = found.turned_in
    if box is None:
        return ""
    sides = []
    for side in box.sides:
        low, high = (exact(float(f"{end:.2g}"), "") for end in (side.low, side.high))
        sides.append(f"{assumption_called(lang, sources, side.key, side.part)} {low}–{high}")
    told = say(lang, "list_and").join(sides)
    return say(lang, "turned_in", sides=told, density=percent(box.density), coverage=percent(box.coverage))


def _first(lang: Lang, found: InWorlds, sources: Sources) -> str:
    """What to measure first, if a measurement would make the verdict surer."""
    best = max(found.levers, key=lambda lever: lever.worth, default=None)
    if best is None or best.worth < LEAST_WORTH:
        return ""
    return say(
        lang, "measure_first", key=assumption_called(lang, sources, best.key, best.part), worth=percent(best.worth)
    )


def assumption_called(lang: Lang, sources: Sources, key: str, part: str = "") -> str:
    """An assumption by its name with its key in brackets, or by its key; with the value of a mix drawn."""
    source = sources.get(key)
    name = getattr(source, "name", None)
    text = say(lang, "in_brackets", text=named(lang, name), inner=key) if name else key
    return f"{text}: {part}" if part else text
