"""What screen and page say of a target in the worlds that the assumptions allow."""

from __future__ import annotations

from sim.analysis.in_worlds import InWorlds
from sim.analysis.verdict import TargetResult
from sim.report.numbers import beside, exact, fine, percent
from sim.report.words import Lang, say

MOST_LEVERS = 3
"""Assumptions that are named in a sentence."""
LEAST_WORTH = 0.01
"""Share of the worlds below which a measurement is not worth a word."""


def worlds_words(lang: Lang, result: TargetResult) -> str:
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
    levers = _levers(lang, found)
    hangs = say(lang, "in_worlds_hangs", levers=levers) if levers else say(lang, "in_worlds_none")
    left_out = say(lang, "worlds_left_out", n=found.left_out) if found.left_out else ""
    return told + asked + hangs + _turned_in(lang, found) + _first(lang, found) + left_out


def hanging_words(lang: Lang, result: TargetResult) -> str:
    """What a target hangs on, and what to measure first; "" where no worlds were drawn or it hangs on nothing."""
    found = result.in_worlds
    if found is None or not (levers := _levers(lang, found)):
        return ""
    return say(lang, "hangs_on", levers=levers) + _first(lang, found)


def _levers(lang: Lang, found: InWorlds) -> str:
    """The assumptions that it hangs on most."""
    return say(lang, "list_and").join(_called(lever.key, lever.part) for lever in found.levers[:MOST_LEVERS])


def _turned_in(lang: Lang, found: InWorlds) -> str:
    """Under which assumptions the verdict turns."""
    box = found.turned_in
    if box is None:
        return ""
    sides = say(lang, "list_and").join(
        f"{_called(side.key, side.part)} {exact(float(f'{side.low:.2g}'), '')}–{exact(float(f'{side.high:.2g}'), '')}"
        for side in box.sides
    )
    return say(lang, "turned_in", sides=sides, density=percent(box.density), coverage=percent(box.coverage))


def _first(lang: Lang, found: InWorlds) -> str:
    """What to measure first, if a measurement would make the verdict surer."""
    best = max(found.levers, key=lambda lever: lever.worth, default=None)
    if best is None or best.worth < LEAST_WORTH:
        return ""
    return say(lang, "measure_first", key=_called(best.key, best.part), worth=percent(best.worth))


def _called(key: str, part: str) -> str:
    """An assumption, with the value of a mix whose share is drawn."""
    return f"{key}: {part}" if part else key
