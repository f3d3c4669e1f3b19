"""What a result rests on: every number it uses, by the kind of source behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.scenario.prepared import Prepared, PreparedVariant
from sim.spec.base import Model
from sim.spec.findings import citations
from sim.spec.sources import Assumption, Source

KINDS = ("law", "plan", "notice", "guide", "statistic", "assumption")


@dataclass(frozen=True)
class Evidence:
    """The numbers of a scenario and their sources."""

    counts: Mapping[str, int]
    """Kind of source → numbers that rest on it."""
    assumptions: Mapping[str, tuple[Assumption, int]]
    """Key → the assumption and how many numbers rest on it, most used first."""
    sources: Mapping[str, Source]
    """Key → every source used, in the order in which they are first used."""

    @property
    def assumed_share(self) -> float:
        """Share of the numbers that are assumptions."""
        return self.counts["assumption"] / max(sum(self.counts.values()), 1)


def evidence(prepared: Prepared) -> Evidence:
    """The evidence behind a scenario: its processes before and after, place, practice rule, demand and targets."""
    used = Counter(key for _, key in _cited(prepared))
    sources = {key: prepared.sources[key] for key in used if key in prepared.sources}
    counts = Counter(dict.fromkeys(KINDS, 0))
    for key, source in sources.items():
        counts[source.kind] += used[key]
    assumed = {k: (s, used[k]) for k, s in sources.items() if isinstance(s, Assumption)}
    ranked = dict(sorted(assumed.items(), key=lambda item: -item[1][1]))
    return Evidence(dict(counts), ranked, sources)


def _used(variant: PreparedVariant) -> list[tuple[str, Model]]:
    """The hours of a place, and those of its departments that the processes go to."""
    place = variant.place
    steps = [step for flows in variant.flows.values() for flow in flows for step in flow.process.steps.values()]
    visited = dict.fromkeys(place.acting(d) for step in steps for d in step.departments)
    hours: list[tuple[str, Model]] = [(f"hours.{name}", opening) for name, opening in place.hours.items()]
    return hours + [(f"departments.{d}", place.departments[d]) for d in visited]


def _cited(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Where each number stands and its source; a number that variants share is told once."""
    seen: set[tuple[str, str]] = set()
    models: list[tuple[str, Model]] = [("practice", prepared.practice), ("scenario", prepared.scenario)]
    for variant in prepared.variants:
        models += _used(variant)
        models += [(p, flow.process) for p, flows in variant.flows.items() for flow in flows]
    for owner, model in models:
        for path, key in citations(model):
            place = (f"{owner}.{'.'.join(map(str, path))}", key)
            if place not in seen:
                seen.add(place)
                yield place
