"""The keys of sources that parts of a spec cite, changed where two files mean different things by one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sim.spec.base import Model
from sim.spec.sources import Source

T = TypeVar("T")
M = TypeVar("M", bound=Model)

CITING = ("source", "basis", "law", "shape_source", "uptake_source")
"""Fields that hold the key of a source."""
OF_THEIR_OWN = {
    "uptake": "uptake_source",
    **dict.fromkeys(("by_month", "by_weekday", "by_hour"), "shape_source"),
}
"""Field → the field that says where it comes from, where that is not the source of the whole part."""


def source_of(part: Model, field: str) -> str | None:
    """Return the key of the source that a field of a part rests on; None where it rests on none."""
    own: str | None = getattr(part, OF_THEIR_OWN.get(field, ""), None)
    return own if own is not None else getattr(part, "source", None)


def recited(part: T, keys: Mapping[str, str]) -> T:
    """The part of a spec with some keys of sources changed, where they are cited and where they are explained."""
    if isinstance(part, Model):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        changed = {name: _field(name, value, keys) for name, value in fields.items()}
        changed = {name: value for name, value in changed.items() if value is not fields[name]}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, Mapping):
        inner = {key: recited(value, keys) for key, value in part.items()}
        return inner if any(inner[key] is not value for key, value in part.items()) else part  # type: ignore[return-value]
    if isinstance(part, tuple):
        items = tuple(recited(value, keys) for value in part)
        return items if any(a is not b for a, b in zip(items, part, strict=True)) else part  # type: ignore[return-value]
    return part


def _field(name: str, value: Any, keys: Mapping[str, str]) -> Any:
    if name in CITING and value in keys:
        return keys[value]
    if name == "after" and isinstance(value, Mapping) and not keys.keys().isdisjoint(value.values()):
        return {step: keys.get(reason, reason) for step, reason in value.items()}
    if name == "sources" and isinstance(value, Mapping) and not keys.keys().isdisjoint(value):
        return {keys.get(key, key): source for key, source in value.items()}
    return recited(value, keys)


def apart(model: M, owner: str, known: Mapping[str, Source]) -> M:
    """Return a model whose sources go by keys that mean nothing else among those known.

    A key that does becomes `key_of_owner`, where it is explained and wherever the model cites it.
    """
    own: Mapping[str, Source] = getattr(model, "sources", {})
    taken = {*known, *own}
    keys: dict[str, str] = {}
    for key in (key for key, source in own.items() if known.get(key, source) != source):
        name = f"{key}_of_{owner}"
        while name in taken:
            name += "_too"
        keys[key] = name
        taken.add(name)
    return recited(model, keys) if keys else model
