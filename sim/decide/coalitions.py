"""Coalitions of reforms: what can be applied of some of the parts of a variant, in the written order.

A part is a reform, or a bundle: a variant on the way with its reforms, its place and its demand. A reform that is
refused where others are missing is left out of a coalition, as the world would be without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from sim.core.errors import PlannerError, ReformError, unknown
from sim.reforms.base import Context, PlaceReform, ProcessReform
from sim.reforms.register import PLACE, REFORM_NAMES
from sim.scenario.prepare import built_on
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.scenario.scenario import Variant
from sim.spec.base import Name

By = Literal["reform", "bundle"]
Reform = ProcessReform | PlaceReform
_CIRCUMSTANCES = Name(zh="地点与需求另设", en="other place and demand")


@dataclass(frozen=True)
class Part:
    """One part of a variant, of which it is asked what it buys."""

    id: str
    """VARIANT for a bundle, VARIANT.N for its Nth reform, VARIANT.place for what its place and demand are."""
    variant: str
    """The variant on the way that has it."""
    name: Name
    reforms: frozenset[int]
    """Places of its reforms in those of the variant."""
    around: bool
    """Whether it has the place and the demand of the variant."""
    steps: tuple[str, ...] = ()
    """Steps or materials that a single reform names, by which it is told from others of its name."""


@dataclass(frozen=True)
class Coalition:
    """What can be applied of some parts."""

    variant: PreparedVariant
    refused: tuple[tuple[int, str], ...]
    """Part → why one of its reforms is left out."""
    key: str
    """The same for the same world."""


def way(prepared: Prepared, variant: str) -> list[str]:
    """The variants that one stands on, itself last, the baseline left out; raises PlannerError where there is none."""
    _, *found = _below(prepared, variant)
    if not found:
        raise PlannerError(f"{variant} is the baseline, which has no reforms; name another variant")
    return found


def _below(prepared: Prepared, variant: str) -> list[str]:
    """The variants that one stands on, from the baseline up, itself last."""
    starts = {v.id: v.start for v in prepared.variants}
    if variant not in starts:
        raise PlannerError(unknown("variant", variant, starts))
    found: list[str] = []
    at: str | None = variant
    while at is not None:
        found.insert(0, at)
        at = starts[at]
    return found


def reforms_of_others(prepared: Prepared, variant: str) -> Iterator[tuple[str, int, Reform]]:
    """Yield what a variant and those it stands on have not: of another its id, the place of a reform in it, the reform.

    What several have is told once, of the first.
    """
    written, below = prepared.scenario.variants, _below(prepared, variant)
    used = [reform for name in below for reform in written[name].reforms]
    for name in (name for name in written if name not in below):
        for nth, reform in enumerate(written[name].reforms):
            if reform not in used:
                used.append(reform)
                yield name, nth, reform


def parts(prepared: Prepared, variant: str, by: By) -> list[Part]:
    """The parts of a variant in the written order; raises PlannerError where it has none."""
    written = prepared.scenario.variants
    return [part for name in way(prepared, variant) for part in parts_of(by, name, written[name])]


def parts_of(by: By, name: str, variant: Variant) -> Iterator[Part]:
    """The parts of one variant by itself."""
    return _MAKERS[by](name, variant)


def _bundle(name: str, variant: Variant) -> Iterator[Part]:
    yield Part(name, name, variant.name, frozenset(range(len(variant.reforms))), around=True)


def _reforms(name: str, variant: Variant) -> Iterator[Part]:
    if variant.place or variant.demand:
        yield Part(f"{name}.{PLACE}", name, _CIRCUMSTANCES, frozenset(), around=True)
    for n, reform in enumerate(variant.reforms):
        called = REFORM_NAMES[str(getattr(reform, "reform", ""))]
        named = next((x for field in ("steps", "step", "materials") if (x := getattr(reform, field, None))), ())
        told = (named,) if isinstance(named, str) else tuple(named)
        yield Part(f"{name}.{n + 1}", name, called, frozenset({n}), around=False, steps=told)


_MAKERS = {"bundle": _bundle, "reform": _reforms}


class Coalitions:
    """Builds the coalitions of some parts; those asked for in the order of `in_order` share what they begin with."""

    def __init__(self, prepared: Prepared, found: Sequence[Part]) -> None:
        self.parts = found
        rungs = dict.fromkeys(part.variant for part in found)
        self._written = [(name, prepared.scenario.variants[name]) for name in rungs]
        self._context = Context(materials=prepared.catalogue.materials, sources=prepared.sources)
        self._baseline = prepared.variants[0]
        self._kept: dict[int, tuple[int, PreparedVariant, tuple[tuple[int, str], ...]]] = {}

    def of(self, members: int) -> Coalition:
        """What can be applied of the parts whose bits are set."""
        built, refused = self._upto(len(self._written), members)
        return Coalition(built, refused, _key(built))

    def idle(self, found: Coalition) -> set[int]:
        """The parts of a coalition of which everything is refused, so that they do nothing in it."""
        told = Counter(part for part, _ in found.refused)
        variants = dict(self._written)

        def nothing_else(part: Part) -> bool:
            written = variants[part.variant]
            return not (part.around and (written.place or written.demand))

        return {n for n, times in told.items() if times == len(self.parts[n].reforms) and nothing_else(self.parts[n])}

    def _upto(self, rung: int, members: int) -> tuple[PreparedVariant, tuple[tuple[int, str], ...]]:
        """What the members in the first rungs come to, and what is refused of them."""
        if not rung:
            return self._baseline, ()
        here = {name for name, _ in self._written[:rung]}
        seen = sum(1 << i for i, part in enumerate(self.parts) if members >> i & 1 and part.variant in here)
        kept = self._kept.get(rung)
        if kept is None or kept[0] != seen:
            kept = (seen, *self._built(rung, members))
            self._kept[rung] = kept
        return kept[1], kept[2]

    def _built(self, rung: int, members: int) -> tuple[PreparedVariant, tuple[tuple[int, str], ...]]:
        start, refused = self._upto(rung - 1, members)
        name, written = self._written[rung - 1]
        own = [i for i, part in enumerate(self.parts) if part.variant == name and members >> i & 1]
        if not own:
            return start, refused
        chosen = sorted(n for i in own for n in self.parts[i].reforms)
        around = any(self.parts[i].around for i in own)
        update = {"reforms": tuple(written.reforms[n] for n in chosen)}
        some = written.model_copy(update=update if around else {**update, "place": None, "demand": {}})
        told: list[tuple[int, str]] = []

        def left_out(nth: int, error: ReformError) -> None:
            told.append((next(i for i in own if chosen[nth] in self.parts[i].reforms), str(error)))

        return built_on(start, name, some, self._context, left_out), (*refused, *told)


def in_order(members: Iterable[int], size: int) -> list[int]:
    """Coalitions so that those with the same first parts stand together."""
    return sorted(set(members), key=lambda m: [m >> i & 1 for i in range(size)])


def _key(variant: PreparedVariant) -> str:
    """A hash of all that is played of a variant."""
    told = blake2b(digest_size=16)
    for process, flows in variant.flows.items():
        for flow in flows:
            told.update(f"{process} {flow.share!r} {flow.process.model_dump_json()} {flow.efforts!r}".encode())
    told.update(f"{variant.place.model_dump_json()} {sorted(variant.demand.items())}".encode())
    return told.hexdigest()
