"""An assumption moved to an end of its range: every number that rests on it, as the files state it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.core.errors import PlannerError
from sim.reforms.capacity import ChangeStaff
from sim.scenario.prepared import Origin
from sim.scenario.scenario import Demand
from sim.scenario.target import Target
from sim.spec.amounts import Distribution
from sim.spec.attributes import Attribute
from sim.spec.base import Model
from sim.spec.opening import Opening, second_of_day
from sim.spec.place import StaffGroup
from sim.spec.practice import Section, Visits
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
}
"""Whole numbers that an assumption may speak of, by the part of a spec they stand in; others only say how many."""
ASIDE: Mapping[type[Model], frozenset[str]] = {Target: frozenset({"limit"}), Demand: frozenset({"cases", "warm_up"})}
"""Numbers that a source stands beside without speaking of them."""
ENDLESS = 0.98
"""Share of attempts that fail, from which on cases hardly ever end: fifty attempts on average."""


class ImpossibleError(PlannerError):
    """An end of a range that no world can have."""


@dataclass(frozen=True)
class Move:
    """An assumption moved to one end of its range."""

    key: str
    range: tuple[float, float]
    bound: float
    part: str = ""
    """Value of a mix whose share is moved, the others in proportion; nothing where plain numbers are."""

    def speaks_of(self, number: float) -> bool:
        """Whether a number is one that the assumption speaks of; one outside its range is not."""
        low, high = self.range
        return low - SAME <= number <= high + SAME

    def __call__(self, number: float) -> float:
        """What a number that rests on the assumption becomes."""
        return self.bound if self.speaks_of(number) else number


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
    found = []
    for owner, model in owners(origin):
        for path, part in _parts(model, (owner,)):
            if getattr(part, "source", None) == key:
                mix = part.values if isinstance(part, Attribute) and part.values else {}
                found.append(Resting(dotted(path), tuple(_numbers(part)), mix))
    return found


def moves(key: str, assumption: Uncertain, found: Iterable[Resting]) -> list[Move]:
    """The moves of an assumption, low end and high end by turns; a pair for each value of a mix that rests on it.

    None where no number that rests on it lies in its range.
    """
    move = Move(key, assumption.range, assumption.range[0])
    plain = any(move.speaks_of(number) for part in found for number in part.numbers)
    named = {value: None for part in found for value, share in part.mix.items() if move.speaks_of(share)}
    parts = [*([""] if plain else []), *named]
    return [Move(key, assumption.range, bound, part) for part in parts for bound in assumption.range]


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


def _numbers(part: Model) -> Iterator[float]:
    """The numbers of a part that its source may speak of."""
    if isinstance(part, Opening) and part.periods:
        yield open_hours(part.periods)
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ASIDE.get(type(part), ()) or isinstance(value, bool):
            continue
        if isinstance(value, Distribution):
            yield value.mean
        elif isinstance(value, float) or (isinstance(value, int) and name in COUNTS.get(type(part), ())):
            yield float(value)
        elif isinstance(value, Mapping) and not isinstance(part, Attribute):
            yield from (x for x in value.values() if isinstance(x, float))


def open_hours(periods: Iterable[str]) -> float:
    """The hours of an open day."""
    ends = [[second_of_day(clock) for clock in period.split("-")] for period in periods]
    return sum(end - start for start, end in ends) / 3600.0


def moved_world(origin: Origin, move: Move) -> Origin:
    """What a scenario is made from, with every number that rests on the assumption moved.

    Raises ImpossibleError where a number cannot be that.
    """
    return replace(
        origin,
        scenario=_valid(moved(origin.scenario, move), origin.scenario, "scenario"),
        place=_valid(moved(origin.place, move), origin.place, origin.place.id),
        practice=_valid(moved(origin.practice, move), origin.practice, "practice"),
        catalogue=_valid(moved(origin.catalogue, move), origin.catalogue, "materials"),
        amendments=tuple(_valid(moved(book, move), book, "amendments") for book in origin.amendments),
        processes={name: _valid(moved(p, move), p, name) for name, p in origin.processes.items()},
    )


def _valid(now: Any, before: Any, owner: str) -> Any:
    """A moved part, read again, so that it is one that a file could state; raises ImpossibleError."""
    if now is before:
        return before
    try:
        return type(now).model_validate(now.model_dump())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = dotted((owner, *(part for part in first["loc"] if isinstance(part, int) or str(part).isidentifier())))
        why = first.get("ctx", {}).get("error") or first["msg"][:1].lower() + first["msg"][1:]
        raise ImpossibleError(f"{path}: {why}") from None


def moved(part: T, move: Move) -> T:
    """The part of a spec with the numbers that rest on the assumption moved, distributions by their mean."""
    if isinstance(part, Model):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        own = fields.get("source") == move.key
        changed = {n: _own(part, n, v, move) if own else moved(v, move) for n, v in fields.items()}
        changed = {n: v for n, v in changed.items() if v is not fields[n]}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, Mapping):
        inner = {k: moved(v, move) for k, v in part.items()}
        return inner if any(inner[k] is not v for k, v in part.items()) else part  # type: ignore[return-value]
    if isinstance(part, tuple):
        items = tuple(moved(v, move) for v in part)
        return items if any(a is not b for a, b in zip(items, part, strict=True)) else part  # type: ignore[return-value]
    return part


def _own(part: Model, name: str, value: Any, move: Move) -> Any:
    """A field of a part that rests on the assumption."""
    if name in ASIDE.get(type(part), ()) or isinstance(value, bool):
        return value
    if isinstance(part, Attribute) and name == "values" and value is not None:
        return _mix(value, move)
    if move.part:  # only the mix is moved
        return moved(value, move)
    if isinstance(part, Opening) and name == "periods" and part.periods:
        return _periods(part.periods, move)
    if isinstance(value, int) and name in COUNTS.get(type(part), ()):
        return round(move(value)) if move(value) != value else value
    if isinstance(value, Mapping) and any(isinstance(x, float) for x in value.values()):
        return {k: _number(x, move) for k, x in value.items()}
    return _number(value, move)


def _number(value: Any, move: Move) -> Any:
    """A number moved to the bound, a distribution scaled to it; what is no amount is searched for others."""
    if isinstance(value, Distribution):
        to = move(value.mean)
        if to == value.mean or not value.mean:
            return value
        return value.scaled(to / value.mean) if to > 0 else to
    if isinstance(value, float):
        return value if move(value) == value else move(value)
    return moved(value, move)


def _mix(shares: Mapping[str, float], move: Move) -> Mapping[str, float]:
    """A mix with the share of one value moved, the others in proportion; raises ImpossibleError where none are left."""
    old = shares.get(move.part)
    if old is None or not move.speaks_of(old):
        return shares
    if old >= 1 and move.bound < 1:
        raise ImpossibleError(f"all cases are {move.part}, so that no other value takes what it leaves")
    rest = (1 - move.bound) / (1 - old) if old < 1 else 0.0
    return {value: move.bound if value == move.part else share * rest for value, share in shares.items()}


def _periods(periods: tuple[str, ...], move: Move) -> tuple[str, ...]:
    """The periods of a day of as many hours as the bound says: the last one ends earlier or later."""
    now = open_hours(periods)
    if move(now) == now:
        return periods
    *others, last = periods
    start, end = (second_of_day(clock) for clock in last.split("-"))
    minutes = round((end + (move.bound - now) * 3600) / 60)
    if not start < minutes * 60 <= 24 * 3600:
        raise ImpossibleError(f"a day of {move.bound:g} hours cannot be had by moving the end of {last}")
    return (*others, f"{last.split('-')[0]}-{minutes // 60:02}:{minutes % 60:02}")


def endless(origin: Origin) -> str:
    """Where a world fails so often that its cases hardly ever end; "" where it does not."""
    for owner, model in owners(origin):
        for path, part in _parts(model, (owner,)):
            for field in ("rate", "share"):
                repeated = field == "rate" or "deficiency" in path
                if repeated and isinstance(x := getattr(part, field, None), float) and x > ENDLESS:
                    return f"{dotted((*path, field))} would be {x:g}, so that cases hardly ever end"
    return ""
