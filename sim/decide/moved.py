"""Two results held against each other: what was asked otherwise, and which figures moved by more than luck."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.records.statistics import SAME

Plain = Mapping[str, Any]
"""results.json as it is read."""
ASKED = ("scenario", "place", "start", "window", "seed", "runs", "version", "inputs")
"""What a result says of its question."""
FOUND = frozenset(
    ("processes", "estimate", "baseline", "verdict", "verdict_interval", "verdict_confidence", "as_wanted", "residual",
     "met_before_the_reforms", "quiet", "residual_before", "published_before_inside", "steps_without_limit", "reading",
     "remedy", "worlds")
)  # fmt: skip
"""What a result says of a target besides how it is stated."""


@dataclass(frozen=True)
class Said:
    """One thing that is stated otherwise; None where it is not stated."""

    where: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Figure:
    """A figure in both results: the mean of a measure of a process, or what a target is about."""

    variant: str
    process: str
    """Nothing for a target."""
    what: str
    """Measure or target."""
    old: float
    new: float
    reach: float
    """How far luck alone may move it, at 95 %; not-a-number where that is not known."""

    @property
    def difference(self) -> float:
        """How far it moved."""
        return self.new - self.old

    @property
    def moved(self) -> bool:
        """Whether it moved by more than luck."""
        return abs(self.difference) > max(self.reach, SAME)


@dataclass(frozen=True)
class Difference:
    """What is otherwise in the second of two results."""

    said: tuple[Said, ...]
    """What was asked or stated otherwise."""
    figures: tuple[Figure, ...]
    """Every figure that both have."""
    verdicts: tuple[Said, ...]
    """Targets that are judged otherwise."""

    @property
    def moved(self) -> list[Figure]:
        """The figures that moved by more than luck."""
        return [figure for figure in self.figures if figure.moved]

    def plain(self) -> dict[str, Any]:
        """All of it as plain data; null where a number is none."""
        figures = [{**asdict(f), "reach": _none(f.reach), "difference": f.difference, "moved": f.moved}
                   for f in self.figures]  # fmt: skip
        return {
            "stated": [asdict(said) for said in self.said],
            "verdicts": [asdict(said) for said in self.verdicts],
            "figures": figures,
        }


def difference(before: Plain, after: Plain, said: tuple[Said, ...] | None = None) -> Difference:
    """Return what is otherwise in the second of two results.

    `said` is what their files state otherwise, where that is known better than from the results. A figure moved where
    it did so by more than the root of the squares of both half-intervals that face each other (Zou and Donner,
    Statistics in Medicine 27, 2008): of two that differ by luck alone, one in twenty does.
    """
    stated = tuple(_stated(before, after)) if said is None else said
    return Difference(stated, tuple(_figures(before, after)), tuple(_verdicts(before, after)))


def _stated(before: Plain, after: Plain) -> Iterator[Said]:
    for key in ASKED:
        yield from _one(key, before.get(key), after.get(key))
    old, new = ({s["setting"]: s["new"] for s in result.get("settings", ())} for result in (before, after))
    yield from _each("--set ", old, new)
    for variant in _both(before["variants"], after["variants"]):
        yield from _each(f"{variant}: ", _changes(before, variant), _changes(after, variant))
    yield from _only("variant", before["variants"], after["variants"])
    old, new = (_targets(result) for result in (before, after))
    for target in dict.fromkeys((*old, *new)):
        parts = [{k: v for k, v in side.get(target, {}).items() if k not in FOUND} for side in (old, new)]
        yield from _each(f"target.{target}.", *parts)
    officers = (
        {f"{s['department']}.{s['role']}": s["officers"] for s in result["staff"]} for result in (before, after)
    )
    yield from _each("officers derived: ", *officers)


def _changes(result: Plain, variant: str) -> dict[str, str]:
    """What the reforms of a variant change: reform, process and place of a value → from what to what."""
    told = ((c, *c["change"].partition(": ")) for c in result["variants"][variant]["changes"])
    return {f"{c['reform']} · {c['process']} · {path}": values for c, path, _, values in told}


def _targets(result: Plain) -> dict[str, Plain]:
    return {target["id"]: target for target in result["targets"]}


def _both(before: Plain, after: Plain) -> list[str]:
    return [key for key in before if key in after]


def _only(kind: str, before: Plain, after: Plain) -> Iterator[Said]:
    for key in dict.fromkeys((*before, *after)):
        if (key in before) != (key in after):
            yield Said(f"{kind} {key}", *(kind if key in side else None for side in (before, after)))


def _each(where: str, before: Plain, after: Plain) -> Iterator[Said]:
    for key in dict.fromkeys((*before, *after)):
        yield from _one(f"{where}{key}", before.get(key), after.get(key))


def _one(where: str, before: Any, after: Any) -> Iterator[Said]:
    if before != after:
        yield Said(where, before, after)


def _figures(before: Plain, after: Plain) -> Iterator[Figure]:
    for variant in _both(before["variants"], after["variants"]):
        old, new = (result["variants"][variant]["processes"] for result in (before, after))
        for process in _both(old, new):
            for measure in _both(old[process], new[process]):
                yield from _figure(variant, process, measure, *(s[process][measure]["mean"] for s in (old, new)))
    old, new = _targets(before), _targets(after)
    for target in _both(old, new):
        yield from _figure(new[target]["variant"], "", target, old[target]["estimate"], new[target]["estimate"])


def _figure(variant: str, process: str, what: str, old: Plain, new: Plain) -> Iterator[Figure]:
    if old["value"] is not None and new["value"] is not None:
        yield Figure(variant, process, what, old["value"], new["value"], _reach(old, new))


def _reach(old: Plain, new: Plain) -> float:
    rises = new["value"] >= old["value"]
    sides = (old["interval95"][rises], new["interval95"][not rises])
    if None in sides:
        return math.inf
    return math.hypot(sides[0] - old["value"], sides[1] - new["value"])


def _verdicts(before: Plain, after: Plain) -> Iterator[Said]:
    old, new = _targets(before), _targets(after)
    for target in _both(old, new):
        yield from _one(target, old[target]["verdict"], new[target]["verdict"])


def _none(number: float) -> float | None:
    return number if math.isfinite(number) else None
