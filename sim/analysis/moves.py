"""Assumptions moved: every number that rests on them, as the files state it."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.analysis.moved_hours import ImpossibleError, day_lengths, with_days
from sim.reforms.capacity import ChangeStaff
from sim.scenario.prepared import Origin
from sim.scenario.scenario import Demand
from sim.scenario.target import Target
from sim.spec.amounts import Distribution
from sim.spec.attributes import Attribute
from sim.spec.base import Model
from sim.spec.keys import OF_THEIR_OWN, source_of
from sim.spec.opening import Opening
from sim.spec.place import StaffGroup
from sim.spec.practice import Section, Visits
from sim.spec.sitting import Sitting
from sim.spec.sources import Uncertain
from sim.spec.step import Fields
from sim.text.document import dotted

T = TypeVar("T")
SAME = 1e-9
COUNTS: Mapping[type[Model], frozenset[str]] = {
    StaffGroup: frozenset({"count"}),
    Visits: frozenset({"submit", "correct", "collect"}),
    Fields: frozenset({"total"}),
    ChangeStaff: frozenset({"count"}),
    Section: frozenset({"officers"}),
    Sitting: frozenset({"at_most"}),
}
"""Whole numbers that an assumption may speak of, by the part of a spec they stand in; others only say how many."""
ASIDE: Mapping[type[Model], frozenset[str]] = {Target: frozenset({"limit"}), Demand: frozenset({"cases", "warm_up"})}
"""Numbers that a source stands beside without speaking of them."""


@dataclass(frozen=True, kw_only=True)
class Moving(ABC):
    """An assumption moved within its range."""

    key: str
    range: tuple[float, float]
    part: str = ""
    """Value of a mix whose share is moved, the others in proportion; nothing where plain numbers are."""

    def speaks_of(self, number: float) -> bool:
        """Whether a number is one that the assumption speaks of; one outside its range is not."""
        low, high = self.range
        return low - SAME <= number <= high + SAME

    def __call__(self, number: float) -> float:
        """What a number that rests on the assumption becomes."""
        return self._to(number) if self.speaks_of(number) else number

    @abstractmethod
    def _to(self, number: float) -> float:
        """What a number of which it speaks becomes."""


@dataclass(frozen=True, kw_only=True)
class Move(Moving):
    """An assumption moved to one end of its range."""

    bound: float

    def _to(self, number: float) -> float:
        del number
        return self.bound


@dataclass(frozen=True, kw_only=True)
class Towards(Moving):
    """An assumption moved part of the way to an end of its range."""

    bound: float
    way: float
    """Share of the way, from 0 where nothing moves to 1 at the end."""

    def _to(self, number: float) -> float:
        return number + (self.bound - number) * self.way


@dataclass(frozen=True, kw_only=True)
class Drawn(Moving):
    """An assumption drawn from its range: triangular, with the number used as its mode.

    All numbers that rest on it are drawn at the same quantile, so that they are high or low together.
    """

    quantile: float

    def _to(self, number: float) -> float:
        return drawn_at(self.quantile, self.range, number)


def drawn_at(quantile: float, between: tuple[float, float], mode: float) -> float:
    """The number that a triangular distribution has at a quantile."""
    low, high = between
    top = min(max(mode, low), high)
    if high <= low:
        return mode
    if quantile < (top - low) / (high - low):
        return low + math.sqrt(quantile * (high - low) * (top - low))
    return high - math.sqrt((1 - quantile) * (high - low) * (high - top))


@dataclass(frozen=True)
class Resting:
    """What rests on an assumption in one place."""

    path: str
    numbers: tuple[float, ...]
    """Plain numbers, and the means of distributions."""
    mix: Mapping[str, float]
    """Value of a mix → its share."""


def resting(key: str, origin: Origin) -> list[Resting]:
    """Everything that rests on an assumption, in the order of the files."""
    return rests(origin).get(key, [])


def rests(origin: Origin) -> Mapping[str, list[Resting]]:
    """Key of a source → everything that rests on it, in the order of the files."""
    found: defaultdict[str, list[Resting]] = defaultdict(list)
    for owner, model in owners(origin):
        for path, part in _parts(model, (owner,)):
            keys = dict.fromkeys(getattr(part, name, None) for name in ("source", *OF_THEIR_OWN.values()))
            for key in filter(None, keys):
                mix = part.values if isinstance(part, Attribute) and part.values else {}
                found[key].append(Resting(dotted(path), tuple(_numbers(part, key)), mix))
    return dict(found)


def moves(key: str, assumption: Uncertain, found: Iterable[Resting]) -> list[Move]:
    """The moves of an assumption, low end and high end by turns; a pair for each value of a mix that rests on it.

    None where no number that rests on it lies in its range.
    """
    move = Move(key=key, range=assumption.range, bound=assumption.range[0])
    plain = any(move.speaks_of(number) for part in found for number in part.numbers)
    named = {value: None for part in found for value, share in part.mix.items() if move.speaks_of(share)}
    parts = [*([""] if plain else []), *named]
    return [
        Move(key=key, range=assumption.range, bound=bound, part=part) for part in parts for bound in assumption.range
    ]


def owners(origin: Origin) -> Iterator[tuple[str, Model]]:
    """What a scenario is made from, by what each is called."""
    yield "scenario", origin.scenario
    yield "practice", origin.practice
    yield origin.place.id, origin.place
    yield from origin.processes.items()
    yield "materials", origin.catalogue
    yield from (("amendments", book) for book in origin.amendments)


def _parts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Model]]:
    if isinstance(value, Model):
        yield path, value
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _parts(inner, (*path, key))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from _parts(inner, (*path, i))


def _numbers(part: Model, key: str) -> Iterator[float]:
    """The numbers of a part that a source may speak of."""
    if isinstance(part, Opening):
        yield from day_lengths(part)
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ASIDE.get(type(part), ()) or isinstance(value, bool) or source_of(part, name) != key:
            continue
        if isinstance(value, Distribution):
            yield value.mean
        elif isinstance(value, float) or (isinstance(value, int) and name in COUNTS.get(type(part), ())):
            yield float(value)
        elif isinstance(value, Mapping) and not isinstance(part, Attribute):
            yield from (x for x in value.values() if isinstance(x, float))


def moved_world(origin: Origin, *moves: Moving) -> Origin:
    """What a scenario is made from, with every number that rests on the assumptions moved.

    Raises ImpossibleError where a number cannot be that.
    """
    return replace(
        origin,
        scenario=_valid(moved(origin.scenario, *moves), origin.scenario, "scenario"),
        place=_valid(moved(origin.place, *moves), origin.place, origin.place.id),
        practice=_valid(moved(origin.practice, *moves), origin.practice, "practice"),
        catalogue=_valid(moved(origin.catalogue, *moves), origin.catalogue, "materials"),
        amendments=tuple(_valid(moved(book, *moves), book, "amendments") for book in origin.amendments),
        processes={name: _valid(moved(p, *moves), p, name) for name, p in origin.processes.items()},
    )


def _valid(now: Any, before: Any, owner: str) -> Any:
    """A moved part, read again, so that it is one that a file could state; raises ImpossibleError."""
    if now is before:
        return before
    try:
        return type(now).model_validate(now.model_dump(by_alias=True))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = dotted((owner, *(part for part in first["loc"] if isinstance(part, int) or str(part).isidentifier())))
        why = first.get("ctx", {}).get("error") or first["msg"][:1].lower() + first["msg"][1:]
        raise ImpossibleError(f"{path}: {why}") from None


def moved(part: T, *moves: Moving) -> T:
    """The part of a spec with the numbers that rest on the assumptions moved, distributions by their mean."""
    by_key: dict[str, list[Moving]] = {}
    for move in moves:
        by_key.setdefault(move.key, []).append(move)
    return _moved(part, by_key)


def _moved(part: T, by_key: Mapping[str, Sequence[Moving]]) -> T:
    if isinstance(part, Model):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        changed = {name: _field(part, name, value, by_key) for name, value in fields.items()}
        changed = {name: value for name, value in changed.items() if value is not fields[name]}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, Mapping):
        inner = {k: _moved(v, by_key) for k, v in part.items()}
        return inner if any(inner[k] is not v for k, v in part.items()) else part  # type: ignore[return-value]
    if isinstance(part, tuple):
        items = tuple(_moved(v, by_key) for v in part)
        return items if any(a is not b for a, b in zip(items, part, strict=True)) else part  # type: ignore[return-value]
    return part


def _field(part: Model, name: str, value: Any, by_key: Mapping[str, Sequence[Moving]]) -> Any:
    """A field of a part, whose numbers rest on some assumptions and whose parts may rest on others."""
    inner = _moved(value, by_key)
    for move in by_key.get(source_of(part, name) or "", ()):
        inner = _own(part, name, inner, move)
    return inner


def _own(part: Model, name: str, value: Any, move: Moving) -> Any:
    """A field of a part that rests on the assumption."""
    if name in ASIDE.get(type(part), ()) or isinstance(value, bool):
        return value
    if isinstance(part, Attribute) and name == "values" and value is not None:
        return _mix(value, move)
    if move.part:  # only the mix is moved
        return value
    if isinstance(part, Opening):
        return with_days(value, move)
    if isinstance(value, int) and name in COUNTS.get(type(part), ()):
        return round(move(value)) if move(value) != value else value
    if isinstance(value, Mapping) and any(isinstance(x, float) for x in value.values()):
        return {k: _number(x, move) for k, x in value.items()}
    return _number(value, move)


def _number(value: Any, move: Moving) -> Any:
    """A number moved, a distribution scaled to it; what is no amount stays."""
    if isinstance(value, Distribution):
        to = move(value.mean)
        if to == value.mean or not value.mean:
            return value
        return value.scaled(to / value.mean) if to > 0 else to
    if isinstance(value, float):
        return value if move(value) == value else move(value)
    return value


def _mix(shares: Mapping[str, float], move: Moving) -> Mapping[str, float]:
    """A mix with the share of one value moved, the others in proportion; raises ImpossibleError where none are left."""
    old = shares.get(move.part)
    if old is None or not move.speaks_of(old):
        return shares
    now = move(old)
    if old >= 1 and now < 1:
        raise ImpossibleError(f"all cases are {move.part}, so that no other value takes what it leaves")
    rest = (1 - now) / (1 - old) if old < 1 else 0.0
    return {value: now if value == move.part else share * rest for value, share in shares.items()}
