"""What checks across a file share: a finding, what may be named, and the walk over all parts of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sim.core.errors import misspelt, unknown
from sim.spec.attributes import Attribute, Bounds, Condition, Value
from sim.spec.base import Model
from sim.spec.bounds import CREW
from sim.spec.catalogue import Material
from sim.spec.keys import CITING
from sim.spec.place import Place
from sim.spec.sources import Assumption, Law, Publication, Source
from sim.text.clocks import as_date, as_month
from sim.text.document import KeyPath

_CHOOSING = ("when", "unless", "urgent")


class Finding(NamedTuple):
    """One thing wrong at a path of a model."""

    path: KeyPath
    message: str
    key: bool = False


@dataclass(frozen=True)
class Known:
    """What a process may name besides its own steps and attributes."""

    sources: Mapping[str, Source]
    materials: Mapping[str, Material]
    departments: Mapping[str, Mapping[str, int]]
    """Department → the roles of its staff, or of the acting one's → how many of a role may work on one case at once."""
    unread: frozenset[str] = frozenset()
    """Processes that there are, in files with faults of their own."""


def departments(*places: Place) -> dict[str, dict[str, int]]:
    """Return what `Known` asks for of some places; a role has the largest crew that it has in any of them."""
    staffed = [(name, _crews(place, name)) for place in places for name in place.departments]
    known: dict[str, dict[str, int]] = {}
    for name, crews in staffed:
        roles = known.setdefault(name, {})
        roles |= {role: max(crew, roles.get(role, 0)) for role, crew in crews.items()}
    for name, crews in staffed:  # where nobody of a role is counted, any number comes
        known[name] |= dict.fromkeys(known[name].keys() - crews, CREW)
    return known


def _crews(place: Place, name: str) -> dict[str, int]:
    """Role → the officers of the largest group of a department; as many as may be where they follow from the demand."""
    acting = place.departments.get(place.acting(name))
    staff = acting.staff if acting else {}
    return {role: max(CREW if g.count is None else g.count for g in groups) for role, groups in staff.items()}


_PLAIN = frozenset((str, int, float, bool, type(None)))
"""What most of a model is, and holds no other; that of other kinds is looked at."""


def parts(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Model]]:
    """Return every model in a value, the value itself first, with the path that leads there."""
    found: list[tuple[KeyPath, Model]] = []
    _gather(value, path, found)
    return found


def _gather(value: Any, path: KeyPath, found: list[tuple[KeyPath, Model]]) -> None:
    """Add every model in a value to those that are found."""
    if isinstance(value, Model):
        found.append((path, value))
        value = value.__dict__
    if isinstance(value, dict):
        for key, inner in value.items():
            if type(inner) not in _PLAIN and inner:
                _gather(inner, (*path, key), found)
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            if type(inner) not in _PLAIN:
                _gather(inner, (*path, i), found)


def citations(model: Model, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every key of a source that a model cites, and where."""
    yield from ((place, key) for place, _, key in cited_parts(model, path))


def cited_parts(model: Model, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Model, str]]:
    """Yield where a model cites a source, the part of it that does, and the key of the source."""
    for place, part in parts(model, path):
        for field in CITING:
            key = part.__dict__.get(field)
            if key is not None:
                yield (*place, field), part, key


def uncited(model: Model, sources: Mapping[str, Source], path: KeyPath = ()) -> Iterator[Finding]:
    """Yield every citation of a source there is not, and of one that is no law where a law is wanted."""
    for place, key in citations(model, path):
        if key not in sources:
            yield Finding(place, _unknown_source(key, sources))
        elif place[-1] == "law" and sources[key].kind != "law":
            yield Finding(place, f"wanted a law, found {key}, which is of kind {sources[key].kind}; cite the statute")


def _unknown_source(key: str, sources: Mapping[str, Source]) -> str:
    near = misspelt(key, sources)
    return unknown("source", key, sources, misspelt) + ("" if near else f"; cite one, or add {key} under sources")


def undated(model: Model) -> Iterator[Finding]:
    """Yield every date of a source that is no date, or does not go with another."""
    for path, part in parts(model):
        if isinstance(part, Law | Publication):
            if part.date is not None and not any(is_date(part.date + rest) for rest in ("", "-01", "-01-01")):
                wrong = f"wanted a date YYYY, YYYY-MM or YYYY-MM-DD, found {part.date!r}"
                yield Finding((*path, "date"), wrong + write(as_date(part.date) or as_month(part.date)))
            yield from _validity(path, part)


def _validity(path: KeyPath, rule: Law | Publication) -> Iterator[Finding]:
    """Yield what is wrong with the days on which a rule begins and ends."""
    days = {field: getattr(rule, field) for field in ("valid_from", "valid_to")}
    wrong = [field for field, day in days.items() if day is not None and not is_date(day)]
    for field in wrong:
        day = days[field]
        yield Finding((*path, field), f"wanted a date YYYY-MM-DD, found {day!r}" + write(as_date(day)))
    first, last = days.values()
    if first and last and not wrong and last < first:
        message = f"a rule ends on or after the day it begins, found {first} to {last}; mend one of the two"
        yield Finding((*path, "valid_to"), message)
    if rule.succeeded_by is not None and last is None:
        message = "something succeeds a rule that has ended; give its last day as valid_to"
        yield Finding((*path, "succeeded_by"), message, key=True)


def write(corrected: str) -> str:
    """What to write instead, at the end of a message; nothing where that is not known."""
    return f"; write {corrected}" if corrected else ""


def is_date(text: str) -> bool:
    """Return whether a text is a date, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def conditions(model: Model, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Condition]]:
    """Yield every condition in a model, and where it stands."""
    for place, part in parts(model, path):
        for field in _CHOOSING:
            condition = part.__dict__.get(field)
            if isinstance(condition, dict):
                yield (*place, field), condition


def unmeetable(model: Model, attributes: Mapping[str, Attribute], path: KeyPath = ()) -> Iterator[Finding]:
    """Yield every condition on an attribute, or on a value of it, that no case has."""
    for place, condition in conditions(model, path):
        for name, value in condition.items():
            if name not in attributes:
                yield Finding((*place, name), unknown("attribute", name, attributes), key=True)
            elif wrong := _no_value(name, attributes[name], value):
                yield Finding((*place, name), wrong)


def _no_value(name: str, attribute: Attribute, value: Value | Bounds) -> str:
    """Return what is wrong with a value in a condition, or ""."""
    found = _shown(value)
    if attribute.share is not None and not isinstance(value, bool):
        return f"{name} is a yes or no, found {found}; write true or false"
    if attribute.values is not None and not isinstance(value, str):
        return f"{name} is one of {', '.join(attribute.values)}, found {found}"
    if attribute.values is not None and value not in attribute.values:
        return unknown(f"value of {name}", str(value), attribute.values)
    if attribute.number is not None and not isinstance(value, Bounds):
        return f"{name} is a number, found {found}; write bounds, at_least or below"
    return ""


def _shown(value: Value | Bounds) -> str:
    if isinstance(value, Bounds):
        return "bounds"
    if isinstance(value, str):
        return repr(value)
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def is_assumption(key: str, sources: Mapping[str, Source]) -> bool:
    """Return whether a key names an assumption."""
    return isinstance(sources.get(key), Assumption)
