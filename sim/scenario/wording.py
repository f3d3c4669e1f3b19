"""Pydantic's findings as faults: at the place the planner wrote, what is wanted, what was found, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sim.core.errors import Fault, unknown
from sim.scenario.wishes import ID, shown, words
from sim.spec.base import Model
from sim.spec.shape import Location, Shape, locate, member, shape, tags, written
from sim.text.document import Document

Problem = Mapping[str, Any]
"""One finding of pydantic: type, loc, msg, input, ctx."""


def empty(document: Document) -> Iterator[Fault]:
    """Yield a fault for every key or list item of a document after which nothing is written."""
    for path in _empty(document.data, ()):
        yield document.fault(path, "nothing is written here; write a value, or take the key out", key=True)


def _empty(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if data is None:
        yield path
    elif isinstance(data, dict | list):
        for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _empty(inner, (*path, key))


def faults(document: Document, kind: type[Model], error: ValidationError) -> Iterator[Fault]:
    """Yield every fault that pydantic found in a document, but for those of `empty`."""
    for problem in error.errors(include_url=False):
        location = locate(kind, document.data, problem["loc"])
        if not location.stray and problem["input"] is not None and not _hollow(problem):
            at_key = problem["type"] == "extra_forbidden" or problem["loc"][-1:] == ("[key]",)
            yield document.fault(location.path, message(problem, location), key=at_key)


def _hollow(problem: Problem) -> bool:
    """Return whether a list is called too short only because items with faults of their own do not count."""
    return problem["type"] == "too_short" and len(problem["input"]) >= int(problem["ctx"]["min_length"])


def message(problem: Problem, location: Location) -> str:
    """Return one finding in words."""
    return _SPECIAL.get(problem["type"], _wanted)(problem, location)


def _wanted(problem: Problem, location: Location) -> str:
    wish, found = words(location.wanted), problem["input"]
    return f"wanted {wish}, found {shown(found)}{_advice(wish, found)}"


def _advice(wish: str, found: Any) -> str:
    """Return how to mend a number with its unit, or a number where text is wanted; else ""."""
    number = re.match(r"-?\d+(\.\d+)?", found) if isinstance(found, str) and "number" in wish else None
    if number:
        return f"; write the number alone, {number.group()}"
    return f"; put it in quotes, '{found}'" if wish == "text" and type(found) in (int, float) else ""


def _missing(problem: Problem, location: Location) -> str:
    if isinstance(problem["loc"][-1], int):
        return _wanted(problem, location)
    name = str(problem["loc"][-1])
    assert location.inside is not None  # a key can only be missing in a model
    meaning = (written(location.inside)[name].description or "").rstrip(".")
    return f"key {name!r} is missing; add it: {words(location.wanted)}, {meaning[:1].lower()}{meaning[1:]}"


def _unknown_key(problem: Problem, location: Location) -> str:
    return unknown("key", str(problem["loc"][-1]), written(location.inside) if location.inside else ())


def _value(problem: Problem, location: Location) -> str:
    del location
    return str(problem["ctx"]["error"])


def _pattern(problem: Problem, location: Location) -> str:
    if problem["ctx"]["pattern"] != ID:
        return _wanted(problem, location)
    return f"an id is of small letters, digits and _, a letter first; found {shown(problem['input'])}"


def _literal(problem: Problem, location: Location) -> str:
    found, wanted = problem["input"], shape(location.wanted)
    choices = wanted.choices or shape(member(wanted, found)).choices
    of_a_key = problem["loc"][-1:] == ("[key]",)
    name = "key" if of_a_key else next(part for part in reversed(location.path) if isinstance(part, str))
    return unknown(name, found, map(str, choices)) if isinstance(found, str) else _wanted(problem, location)


def _no_such_tag(problem: Problem, location: Location) -> str:
    union = shape(location.wanted)
    name = union.tag if isinstance(union.tag, str) else "distribution"
    return unknown(name, str(problem["ctx"]["tag"]), _all_tags(union))


def _no_tag(problem: Problem, location: Location) -> str:
    union = shape(location.wanted)
    if not isinstance(union.tag, str):
        return _wanted(problem, location)
    return f"key {union.tag!r} is missing; add it: one of {', '.join(_all_tags(union))}"


def _all_tags(union: Shape) -> list[str]:
    return [str(tag) for member in union.members for tag in tags(union, member)]


_SPECIAL: dict[str, Callable[[Problem, Location], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "value_error": _value,
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    "union_tag_invalid": _no_such_tag,
    "union_tag_not_found": _no_tag,
}
"""Findings that need words of their own."""
