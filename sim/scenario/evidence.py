"""What a result rests on: every number it uses, by the kind of source behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.scenario.prepared import Prepared, PreparedVariant
from sim.spec.base import Model
from sim.spec.findings import citations, cited_parts
from sim.spec.keys import CITING, OF_THEIR_OWN
from sim.spec.sources import Assumption, Source, Uncertain, possible, standing
from sim.text.document import KeyPath

KINDS = ("law", "plan", "notice", "guide", "statistic", "measured", "assumption")
"""Kinds of sources; `measured` are the statistics found in a city's own records."""


@dataclass(frozen=True)
class Evidence:
    """The numbers of a scenario and their sources."""

    counts: Mapping[str, int]
    """Kind of source → numbers that rest on it."""
    assumptions: Mapping[str, tuple[Assumption, int]]
    """Key → the assumption and how many numbers rest on it, most used first."""
    uncertain: Mapping[str, tuple[float, float]]
    """Key → the range of an assumption, or what records leave open of a measurement, in the order of `sources`."""
    sources: Mapping[str, Source]
    """Key → every source used, in the order in which they are first used."""

    @property
    def assumed_share(self) -> float:
        """Share of the numbers that are assumptions."""
        return self.counts["assumption"] / max(sum(self.counts.values()), 1)


def evidence(prepared: Prepared) -> Evidence:
    """The evidence behind a scenario: its processes before and after, place, practice rule, demand and targets."""
    used = Counter(found.key for found in cited(prepared))
    sources = {key: prepared.sources[key] for key in used if key in prepared.sources}
    counts = Counter(dict.fromkeys(KINDS, 0))
    for key, source in sources.items():
        counts[standing(source)] += used[key]
    assumed = {k: (s, used[k]) for k, s in sources.items() if isinstance(s, Assumption)}
    ranked = dict(sorted(assumed.items(), key=lambda item: -item[1][1]))
    open_ = {key: possible(source) for key, source in sources.items()}
    uncertain = {key: found for key, found in open_.items() if found is not None}
    return Evidence(dict(counts), ranked, uncertain, sources)


def _used(variant: PreparedVariant) -> list[tuple[str, Model]]:
    """The hours of a place, and those of its departments that the processes go to."""
    place = variant.place
    steps = [step for flows in variant.flows.values() for flow in flows for step in flow.process.steps.values()]
    visited = dict.fromkeys(place.acting(d) for step in steps for d in step.departments)
    hours: list[tuple[str, Model]] = [(f"hours.{name}", opening) for name, opening in place.hours.items()]
    return hours + [(f"departments.{d}", place.departments[d]) for d in visited]


@dataclass(frozen=True)
class Cited:
    """A part of a spec that cites a source."""

    owner: str
    """What it belongs to: a process, `practice`, `scenario`, or something of the place."""
    path: KeyPath
    """Where it stands there; the last key is the field that cites."""
    key: str
    """The key of the source."""
    part: Model
    """The number, or the numbers, with what stands beside them."""

    @property
    def place(self) -> str:
        """Where it stands, in one line."""
        return f"{self.owner}.{'.'.join(map(str, self.path))}"


def cited(prepared: Prepared) -> Iterator[Cited]:
    """Yield everything that cites a source; what variants share is told once, as the first has it."""
    seen: set[tuple[str, str]] = set()
    models: list[tuple[str, Model]] = [("practice", prepared.practice), ("scenario", prepared.scenario)]
    for variant in prepared.variants:
        models += _used(variant)
        models += [(p, flow.process) for p, flows in variant.flows.items() for flow in flows]
    for owner, model in models:
        for path, part, key in cited_parts(model):
            found = Cited(owner, path, key, part)
            if (place := (found.place, key)) not in seen:
                seen.add(place)
                yield found


def figures(one: Cited) -> Iterator[tuple[str, float]]:
    """Yield every number that a part states under its citation, and where it stands; those cited by themselves not."""
    head = f"{one.owner}.{'.'.join(map(str, one.path[:-1]))}".rstrip(".")
    fields = [name for name in type(one.part).model_fields if _speaks(one, name)]
    yield from _leaves(head, {name: getattr(one.part, name) for name in fields})


def _speaks(one: Cited, name: str) -> bool:
    """Whether a citation speaks of a field: that of some fields alone of these, else of all but these."""
    own = OF_THEIR_OWN.get(name)
    cites = own is not None and getattr(one.part, own, None) is not None
    return own == one.path[-1] if cites else one.path[-1] not in OF_THEIR_OWN.values()


def _leaves(place: str, value: object) -> Iterator[tuple[str, float]]:
    if isinstance(value, Model):
        own = {name: getattr(value, name) for name in type(value).model_fields}
        value = {} if any(own.get(name) is not None for name in CITING) else own
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(f"{place}.{name}", inner)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _leaves(f"{place}[{number}]", inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield place, value


def assumed(prepared: Prepared) -> dict[str, Uncertain]:
    """Every assumption behind a scenario, and every measurement that leaves something open.

    Those of its numbers now come first, then those that reforms replaced.

    The sources of the materials that its processes ask for are among them, and of the national rules in force.
    """
    found = dict.fromkeys(one.key for one in cited(prepared))
    if (origin := prepared.origin) is not None:
        asked = {need.material for p in origin.processes.values() for step in p.steps.values() for need in step.needs}
        known = origin.catalogue.materials
        parts: list[Model] = [*origin.processes.values(), *(known[m] for m in sorted(asked) if m in known)]
        parts += [r for book in origin.amendments for r in book.amendments if r.process in origin.processes]
        found |= dict.fromkeys(key for part in parts for _, key in citations(part))
    sources = ((key, prepared.sources.get(key)) for key in found)
    return {key: source for key, source in sources if isinstance(source, Uncertain) and possible(source)}
