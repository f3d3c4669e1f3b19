"""What each part of a variant buys, in words that screen and charts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.decide.attributed import Attributed, Attribution, Bought, Together
from sim.decide.coalitions import Part
from sim.records.statistics import SAME
from sim.report.messages import said
from sim.report.numbers import NOTHING, signed, signed_interval
from sim.report.targets import with_unit
from sim.report.words import Lang, named, say
from sim.scenario.prepared import Prepared

NAMED, PAIRS = 2, 8
"""Steps by which a reform is told from others of its name; pairs that are told one by one."""


def part_names(attribution: Attribution, lang: Lang) -> dict[str, str]:
    """Part → what it is called, told from others of its name by its steps, else by its id."""
    return names_of(attribution.prepared, attribution.parts, lang)


def names_of(prepared: Prepared, parts: Sequence[Part], lang: Lang) -> dict[str, str]:
    """Part → what it is called among these, told from others of its name by its steps, else by its id."""
    often = Counter(part.name for part in parts)
    names = {p.id: _called(prepared, p, lang, often[p.name] > 1) for p in parts}
    alike = Counter(names.values())
    return {
        part: name if alike[name] == 1 else say(lang, "part_told", name=name, inner=part)
        for part, name in names.items()
    }


def _called(prepared: Prepared, part: Part, lang: Lang, told: bool) -> str:
    name = named(lang, part.name)
    if not (told and part.steps):
        return name
    shown = say(lang, "list_and").join(_thing(prepared, x, lang) for x in part.steps[:NAMED])
    more = len(part.steps) > NAMED
    inner = say(lang, "part_and_more", names=shown, n=len(part.steps)) if more else shown
    return say(lang, "part_told", name=name, inner=inner)


def _thing(prepared: Prepared, thing: str, lang: Lang) -> str:
    """What a step or a material is called."""
    for variant in prepared.variants:
        for flows in variant.flows.values():
            for flow in flows:
                if thing in flow.process.steps:
                    return named(lang, flow.process.steps[thing].name)
    material = prepared.catalogue.materials.get(thing)
    return named(lang, material.name) if material else thing


def told(attribution: Attribution, found: Attributed, lang: Lang) -> Iterator[str]:
    """What is to be said of one number besides its table."""
    names = part_names(attribution, lang)
    join = say(lang, "list_and").join
    if not found.known:
        yield say(lang, "not_shared_out", parts=join(names[p.id] for p in found.missing) or say(lang, "no_parts"))
        return
    yield _most(found, names, lang)
    if needed := [names[b.part.id] for b in found.bought if b.needed]:
        yield say(lang, "needed_parts", parts=join(needed))
    for pair in found.together[:PAIRS]:
        yield _pair(found, pair, names, lang)
    if len(found.together) > PAIRS:
        yield say(lang, "more_pairs", n=len(found.together) - PAIRS)


def _most(found: Attributed, names: dict[str, str], lang: Lang) -> str:
    """Which part does most of what the whole does, alone and in fair share."""
    way = -1 if found.whole.mean < 0 else 1
    one, fair = max(found.bought, key=lambda b: way * b.alone.mean), by_share(found)[0]
    alone, share = (
        change_words(found, signed(x, found.question.unit.id), lang) for x in (one.alone.mean, fair.share.mean)
    )
    return say(lang, "buys_most", part=names[one.part.id], alone=alone, fair=names[fair.part.id], share=share)


def _pair(found: Attributed, pair: Together, names: dict[str, str], lang: Lang) -> str:
    """What two parts do together beyond what each does."""
    unit = found.question.unit
    effect, against = pair.effect, pair.effect.mean * found.whole.mean < 0
    if effect.mean < 0:
        effect = replace(effect, mean=-effect.mean, low=-effect.high, high=-effect.low)
    by = change_words(found, signed(effect.mean, unit.id).lstrip("+"), lang)
    between = signed_interval(effect, unit.id)
    interval = "" if between == NOTHING else f" {between}"
    first, second = names[pair.first.id], names[pair.second.id]
    return say(lang, "overlap" if against else "complement", first=first, second=second, by=by, interval=interval)


def change_words(found: Attributed, written: str, lang: Lang) -> str:
    """A difference with what it counts: of shares percentage points."""
    unit = found.question.unit
    return with_unit(lang, written, unit) if unit.counted else say(lang, "counted", n=written, unit=say(lang, "points"))


def refused_words(attribution: Attribution, lang: Lang) -> Iterator[str]:
    """Which parts cannot stand alone, and why."""
    names = part_names(attribution, lang)
    for part in attribution.parts:
        if part.id in attribution.refused:
            key = "stands_not_alone" if len(part.reforms) == 1 and not part.around else "bundle_in_part"
            yield say(lang, key, part=names[part.id], why=said(attribution.refused[part.id], lang))


def by_share(found: Attributed) -> Sequence[Bought]:
    """The parts by what they do towards the whole, the most first."""
    way = -1 if found.whole.mean < -SAME else 1
    return sorted(found.bought, key=lambda b: -way * b.share.mean)
