"""The hash of what is simulated: whether two scenarios are the same for all that is played, however they are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from sim.scenario.prepared import Origin
from sim.spec.base import Model, Name
from sim.spec.sources import Source, possible


def simulated_hash(origin: Origin) -> str:
    """Return the SHA-256 over all that is played of a scenario, as its files and what a planner tries state it.

    Names, reasons and summaries are left out, as are citations: of a source only between which values it leaves a
    number, and when it is in force. So are materials, sources and amendments of which nothing in the scenario speaks.
    """
    amended = [reform for book in origin.amendments for reform in book.amendments if reform.process in origin.processes]
    spoken: set[str] = set()
    own = (origin.scenario, origin.place, origin.practice, origin.processes, tuple(amended))
    told = [_played(part, spoken) for part in own]
    told += [_played(_some(origin.catalogue.materials, spoken), spoken)]
    told += [{key: _source(source) for key, source in _some(origin.sources, spoken).items()}]
    found = hashlib.sha256(json.dumps(told).encode())
    found.update(f"{origin.table.first}".encode())
    for days in (origin.table.working, origin.table.holiday):
        found.update(days.tobytes())
    return found.hexdigest()


def _some(known: Mapping[str, Any], spoken: set[str]) -> dict[str, Any]:
    return {key: known[key] for key in sorted(spoken & known.keys())}


def _played(value: Any, spoken: set[str]) -> Any:
    """A part of a spec as plain data without what only tells; every word in it is added to those spoken."""
    if isinstance(value, Model):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields if name not in _told(type(value)))
        return {name: _played(inner, spoken) for name, inner in fields if not _silent(inner)}
    if isinstance(value, Mapping):
        spoken.update(value)
        return {key: _played(inner, spoken) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_played(inner, spoken) for inner in value]
    if isinstance(value, str):
        spoken.add(value)
    return value


def _silent(value: Any) -> bool:
    """Whether a field says nothing, so that a further one changes no hash; a zero says something."""
    return value is None or value is False or value == () or value == {}


@cache
def _told(model: type[Model]) -> frozenset[str]:
    """The fields of a part that only tell: what may stand in two languages, and the explanations of sources."""
    fields = model.model_fields.items()
    return frozenset(name for name, field in fields if name == "sources" or _is_name(field.annotation))


def _is_name(annotation: Any) -> bool:
    return annotation is Name or any(map(_is_name, get_args(annotation)))


def _source(source: Source) -> list[Any]:
    """What of a source is played."""
    return [possible(source), *(getattr(source, field, None) for field in ("valid_from", "valid_to"))]
