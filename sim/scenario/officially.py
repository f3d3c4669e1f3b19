"""Reforms by other names than the one that scenarios go by: what was written in English, or as other plans call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim.reforms.register import official
from sim.text.document import Document, KeyPath

_COSTS = "costs"


def officially(document: Document) -> Document:
    """A document in which every reform has the name that it goes by; itself where each has it already."""
    names = {path: name for path, written in _reforms(document.data) if (name := official(written)) != written}
    if not names:
        return document
    lines = {_renamed(path, names): line for path, line in document.lines.items()}
    return replace(document, data=_told(document.data, (), names), lines=lines)


def _reforms(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Where a file names reforms, and how: as what is done, and as what costs something."""
    if not isinstance(data, dict):
        return
    variants = data.get("variants")
    lists: list[tuple[KeyPath, Any]] = [(("amendments",), data.get("amendments"))]
    for name, variant in variants.items() if isinstance(variants, dict) else ():
        lists.append((("variants", name, "reforms"), variant.get("reforms") if isinstance(variant, dict) else None))
    for path, reforms in lists:
        for nth, reform in enumerate(reforms) if isinstance(reforms, list) else ():
            if isinstance(reform, dict) and isinstance(reform.get("reform"), str):
                yield (*path, nth, "reform"), reform["reform"]
    costs = data.get(_COSTS)
    yield from (((_COSTS, key), key) for key in (costs if isinstance(costs, dict) else ()) if isinstance(key, str))


def _told(value: Any, path: KeyPath, names: dict[KeyPath, str]) -> Any:
    """Plain data with the official names; what costs something has them as its keys."""
    if isinstance(value, dict):
        return {_renamed((*path, key), names)[-1]: _told(inner, (*path, key), names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told(inner, (*path, nth), names) for nth, inner in enumerate(value)]
    return value if path[:1] == (_COSTS,) else names.get(path, value)


def _renamed(path: KeyPath, names: dict[KeyPath, str]) -> KeyPath:
    """A path by the official name of what costs something."""
    return (_COSTS, names[path[:2]], *path[2:]) if path[:1] == (_COSTS,) and path[:2] in names else path
