"""Pydantic's findings as faults: at the place the planner wrote, what is wanted, what was found, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from sim.core.errors import Fault, named, nearest, unknown
from sim.reforms.register import OTHER_NAMES
from sim.scenario.corrections import corrected
from sim.scenario.said import FORMER, Named, Others, in_document, in_register, meant_ids, meant_key, near_name, nobody
from sim.scenario.wishes import ID, shown, words
from sim.spec.base import Model
from sim.spec.meanings import meanings
from sim.spec.shape import Location, Shape, locate, member, shape, tags, written
from sim.text.document import Document
from sim.text.invisible import INVISIBLE, called

Problem = Mapping[str, Any]
"""One finding of pydantic: type, loc, msg, input, ctx."""


@dataclass(frozen=True)
class Findings:
    """What pydantic found in a document, and what things are called there and elsewhere."""

    document: Document
    kind: type[Model]
    problems: tuple[Problem, ...]
    others: Others

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Everything that has a name: in the language, in the document, in other files."""
        return (*in_register(), *in_document(self.document.data), *self.others())

    @cached_property
    def placed(self) -> tuple[tuple[Problem, Location], ...]:
        """The findings and where they are, but for those of `empty` and of forms that are not meant.

        Where no form seems to be meant, all are told: a file that is wrong is never left without a reason.
        """
        located = [(p, locate(self.kind, self.document.data, p["loc"])) for p in self.problems]
        written = [(p, at) for p, at in located if p["input"] is not None and not _hollow(p)]
        meant = tuple((p, at) for p, at in written if not at.stray)
        return meant or tuple(written[:1])

    @cached_property
    def renamed(self) -> frozenset[tuple[str | int, ...]]:
        """The keys that are missing only because they are written in another way, with the path to them."""
        unknown_keys = [(p, at) for p, at in self.placed if p["type"] == "extra_forbidden"]
        return frozenset((*p["loc"][:-1], key) for p, at in unknown_keys if (key := _intended(p, at)))


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


def faults(document: Document, kind: type[Model], error: ValidationError, others: Others = nobody) -> Iterator[Fault]:
    """Yield every fault that pydantic found in a document, but for those of `empty`.

    `others` tells what other files call things, for names that stand where ids should.
    """
    findings = Findings(document, kind, tuple(error.errors(include_url=False)), others)
    for problem, location in findings.placed:
        if problem["type"] == "missing" and tuple(problem["loc"]) in findings.renamed:
            continue
        at_key = problem["type"] == "extra_forbidden" or problem["loc"][-1:] == ("[key]",)
        said = message(problem, location, findings)
        yield document.fault(location.path, said + _hidden(problem, at_key), key=at_key)


def _hollow(problem: Problem) -> bool:
    """Return whether a list is called too short only because items with faults of their own do not count."""
    return problem["type"] == "too_short" and len(problem["input"]) >= int(problem["ctx"]["min_length"])


def _hidden(problem: Problem, at_key: bool) -> str:
    """Return the name of a character that nobody sees in a text that does not fit, or ""."""
    text = problem["loc"][-1] if at_key else problem["input"]
    found = re.search(f"[{INVISIBLE}]", text) if isinstance(text, str) else None
    return f"; there is a {called(found[0])} in it, delete it" if found else ""


def message(problem: Problem, location: Location, findings: Findings) -> str:
    """Return one finding in words."""
    return _SPECIAL.get(problem["type"], _wanted)(problem, location, findings)


def _wanted(problem: Problem, location: Location, findings: Findings) -> str:
    del findings
    wish, found = words(location.wanted), problem["input"]
    return f"wanted {wish}, found {shown(found)}{corrected(location.wanted, wish, found)}"


def _missing(problem: Problem, location: Location, findings: Findings) -> str:
    if isinstance(problem["loc"][-1], int):
        return _wanted(problem, location, findings)
    name = str(problem["loc"][-1])
    assert location.inside is not None  # a key can only be missing in a model
    meaning = meanings(location.inside).get(name, "").rstrip(".")
    return f"key {name!r} is missing; add it: {words(location.wanted)}, {meaning[:1].lower()}{meaning[1:]}"


def _unknown_key(problem: Problem, location: Location, findings: Findings) -> str:
    del findings
    key = str(problem["loc"][-1])
    known = written(location.inside) if location.inside else ()
    meant = meant_key(key, known)
    return f"unknown key {key!r}; write {meant}" if meant else unknown("key", key, known)


def _intended(problem: Problem, location: Location) -> str:
    """Return the key that an unknown one is meant to be, or ""."""
    known = location.inside.model_fields if location.inside else {}
    written = str(problem["loc"][-1])
    return meant_key(written, known) or nearest(written, sorted(known))


def _value(problem: Problem, location: Location, findings: Findings) -> str:
    del location, findings
    return str(problem["ctx"]["error"])


def _pattern(problem: Problem, location: Location, findings: Findings) -> str:
    if problem["ctx"]["pattern"] != ID:
        return _wanted(problem, location, findings)
    text = problem["input"]
    if ids := meant_ids(text, location.path, findings.named):
        return named(text, ids)
    said = f"an id is of small letters, digits and _, a letter first; found {shown(text)}"
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    writable = text.isascii() and re.fullmatch(ID, plain)
    if not (writable and re.fullmatch(r"\w+", text)) and (near := near_name(text, location.path, findings.named)):
        return f"{said}, did you mean {near.id} ({near.name})?"
    return f"{said}; write {plain}" if writable else said


def _literal(problem: Problem, location: Location, findings: Findings) -> str:
    found, wanted = problem["input"], shape(location.wanted)
    choices = wanted.choices or shape(member(wanted, found)).choices
    of_a_key = problem["loc"][-1:] == ("[key]",)
    name = "key" if of_a_key else next(part for part in reversed(location.path) if isinstance(part, str))
    if not isinstance(found, str):
        return _wanted(problem, location, findings)
    return _no_choice(name, found, [str(choice) for choice in choices], findings)


def _no_choice(name: str, found: str, choices: list[str], findings: Findings) -> str:
    """Return that a word is none of those that may stand here, and which one is meant."""
    if former := FORMER.get((name, found)):
        return f"unknown {name} {found!r}; {former}"
    meant = [key for key in _ids(found, findings.named) if key in choices]
    if meant:
        return f"unknown {name} {found!r}; write {' or '.join(meant)}"
    return unknown(name, found, [*choices, *OTHER_NAMES] if name == "reform" else choices)


def _ids(text: str, named: Iterable[Named]) -> list[str]:
    return list(dict.fromkeys(one.id for one in named if one.name.casefold() == text.strip().casefold()))


def _no_such_tag(problem: Problem, location: Location, findings: Findings) -> str:
    union = shape(location.wanted)
    name = union.tag if isinstance(union.tag, str) else "distribution"
    return _no_choice(name, str(problem["ctx"]["tag"]), _all_tags(union), findings)


def _no_tag(problem: Problem, location: Location, findings: Findings) -> str:
    union = shape(location.wanted)
    if not isinstance(union.tag, str):
        return _wanted(problem, location, findings)
    return f"key {union.tag!r} is missing; add it: one of {', '.join(_all_tags(union))}"


def _all_tags(union: Shape) -> list[str]:
    return [str(tag) for member in union.members for tag in tags(union, member)]


_SPECIAL: dict[str, Callable[[Problem, Location, Findings], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "value_error": _value,
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    "union_tag_invalid": _no_such_tag,
    "union_tag_not_found": _no_tag,
}
"""Findings that need words of their own."""
