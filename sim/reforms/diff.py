"""What a reform changed, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.spec.amounts import distribution
from sim.spec.durations import UNITS


@dataclass(frozen=True)
class Change:
    """One value that a reform changed: where, from what, to what, by which reform, on whose authority."""

    reform: str
    process: str
    path: str
    old: Any
    new: Any
    source: str

    def __str__(self) -> str:
        return f"{self.path}: {_shown(self.old)} → {_shown(self.new)}"


ABSENT = "—"
"""Stands in a diff for what is not there."""


def changed_values(reform: str, owner: str, old: Any, new: Any, source: str) -> list[Change]:
    """Every value that differs, in the order of the spec; the same value on another authority is no change."""
    same = _same(old, new)
    was, now = (_bare(one.model_dump(by_alias=True, exclude=same)) for one in (old, new))
    pairs = _differences("", was, now)
    return [Change(reform, owner, path, a, b, source) for path, a, b in pairs]


def _same(old: Any, new: Any) -> dict[str, Any]:
    """What of two models is one and the same thing, most steps under a reform; as pydantic leaves it out."""
    found: dict[str, Any] = {}
    for name, was in old:
        now = getattr(new, name)
        if was is now:
            found[name] = True
        elif isinstance(was, dict) and isinstance(now, dict):
            found[name] = {key: True for key, part in was.items() if now.get(key) is part}
    return found


def _bare(value: Any) -> Any:
    """The value without its sources and without what it leaves out."""
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k != "source" and v is not None}
    return tuple(map(_bare, value)) if isinstance(value, list | tuple) else value


def _differences(path: str, old: Any, new: Any) -> Iterable[tuple[str, Any, Any]]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not (_is_length(old) or _is_length(new)):
        for key in dict.fromkeys((*old, *new)):
            yield from _differences(f"{path}.{key}" if path else key, old.get(key, ABSENT), new.get(key, ABSENT))
    else:
        yield path, old, new


def _is_length(part: Mapping[str, Any]) -> bool:
    """Whether a part is a length of time, which is told as a whole."""
    amounts = (part[unit] for unit in UNITS if unit in part)
    return any(isinstance(a, int | float) or (isinstance(a, Mapping) and distribution(a)) for a in amounts)


def _shown(value: Any) -> str:
    """A value of a diff as a planner reads it."""
    if isinstance(value, Mapping):
        return _shown_part(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _shown_part(part: Mapping[str, Any]) -> str:
    """A part of a spec by its name, as a material or a length of time, or else in full."""
    if "name" in part:
        return str(part["name"]["zh"])
    unit = next((u for u in UNITS if isinstance(part.get(u), int | float)), None)
    title = str(part["material"]) if "material" in part else f"{part[unit]:g} {unit}" if unit else ""
    rest = {k: v for k, v in part.items() if k not in ("material", unit) and v not in ({}, ())}
    inner = ", ".join(f"{k}: {_shown(v)}" for k, v in rest.items())
    return f"{title} ({inner})" if title and inner else title or f"{{{inner}}}"
