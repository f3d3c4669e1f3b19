"""What screen and page say of a target in the worlds that the assumptions allow."""

from __future__ import annotations

from sim.analysis.in_worlds import Lever
from sim.analysis.verdict import TargetResult
from sim.report.numbers import beside, fine, percent
from sim.report.words import Lang, say

MOST_LEVERS = 3
"""Assumptions that are named in a sentence."""


def worlds_words(lang: Lang, result: TargetResult) -> str:
    """The range over worlds, the share of them that meet the target, and what it hangs on; "" where none were drawn."""
    found, target = result.in_worlds, result.target
    if found is None:
        return ""
    unit, written = target.value_unit.id, beside(target.meets, fine)
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
    levers = say(lang, "list_and").join(_lever(lever) for lever in found.levers[:MOST_LEVERS])
    return told + asked + (say(lang, "in_worlds_hangs", levers=levers) if levers else say(lang, "in_worlds_none"))


def _lever(lever: Lever) -> str:
    return f"{lever.key}: {lever.part}" if lever.part else lever.key
