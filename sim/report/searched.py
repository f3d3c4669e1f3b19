"""What a search found, in words that screen, files and charts share."""

from __future__ import annotations

from collections.abc import Iterator

from sim.decide.searching.levers import Lever
from sim.decide.searching.searched import Searched, Tried
from sim.report.attributed import names_of
from sim.report.numbers import exact, percent
from sim.report.words import Lang, named, say


def choice_words(found: Searched, one: Tried, lang: Lang) -> str:
    """What is done in a choice."""
    parts = [lever.part for lever in found.levers if lever.part]
    names = names_of(found.prepared, parts, lang)
    done = [_lever(lever, times, names, lang) for lever, times in zip(found.levers, one.chosen, strict=True) if times]
    return say(lang, "list_and").join(done) or say(lang, "choice_nothing")


def _lever(lever: Lever, times: int, names: dict[str, str], lang: Lang) -> str:
    if lever.kind == "reform":
        return names[lever.id]
    return say(lang, f"choice_{lever.kind}", name=named(lang, lever.name), n=times)


def cost_words(found: Searched, one: Tried, lang: Lang) -> str:
    """What a choice costs, or how many changes it takes."""
    return say(lang, "cost_priced" if found.priced else "cost_changes", n=exact(one.cost, ""))


def holds_words(one: Tried, lang: Lang) -> str:
    """In how many futures a choice holds."""
    return say(lang, "choice_times", share=percent(one.share), holds=one.holds, futures=one.futures)


def told(found: Searched, lang: Lang) -> Iterator[str]:
    """The answer, and how sure it is."""
    if found.best is None:
        yield say(lang, "found_nothing", share=holds_words(found.everything, lang))
        return
    if not any(found.best.chosen):
        yield say(lang, "found_standing")
    low, high = (percent(end) for end in found.rule.ends)
    choice, cost = choice_words(found, found.best, lang), cost_words(found, found.best, lang)
    confidence = percent(found.rule.confidence)
    yield say(lang, "found_best", choice=choice, cost=cost, confidence=confidence, low=low, high=high)
    if not found.complete:
        yield say(lang, "found_cut", n=found.tried)


def rows(found: Searched) -> Iterator[tuple[str, Tried]]:
    """Every choice that is told, with the word for why: the best, those beside it, those below, the front, all."""
    told_of: set[tuple[int, ...]] = set()
    best = (found.best,) if found.best else ()
    groups = {"best": best, "alike": found.alike, "open": found.open, "near": found.near, "front": found.front}
    for why, some in (*groups.items(), ("everything", (found.everything,))):
        for one in some:
            if one.chosen not in told_of:
                told_of.add(one.chosen)
                yield f"choice_{why}", one
