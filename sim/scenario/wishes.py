"""What an annotation asks for, and what was found, in the words of a planner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

from pydantic_core import PydanticUndefined

from sim.reforms.register import Reform
from sim.scenario.corrections import DATE, PERIOD, TIME
from sim.scenario.figures import PERCENT
from sim.spec.amounts import Amount
from sim.spec.attributes import Condition
from sim.spec.base import Id
from sim.spec.shape import Shape, fields, shape
from sim.spec.sources import Source

Link = Callable[[str], str]
"""From the name of a model or of one of ALIASES to how a page refers to it."""

ALIASES = {"Amount": Amount, "Condition": Condition, "Source": Source, "Reform": Reform}
"""Annotations that go by one name."""
_ALIAS = {
    "Amount": "a number or a distribution",
    "Condition": "attributes with the values wanted",
    "Source": "a source",
    "Reform": "a reform",
}
ID = shape(Id).extra("pattern")
"""Pattern of an id."""
_PATTERNS = {
    ID: "an id",
    DATE: "a date YYYY-MM-DD",
    r"^\d{4}-\d\d-\d\d \d\d:\d\d$": "a moment YYYY-MM-DD HH:MM",
    r"^\d\d-\d\d$": "a day of the year MM-DD",
    TIME: "a time of day HH:MM",
    PERIOD: "a period HH:MM-HH:MM",
    PERCENT: "a percentage such as 90%",
}
_PLAIN = {bool: "true or false", str: "text", float: "a number", int: "a whole number"}
_LONGEST, _KEYS = 60, 20
"""Characters of a text, and keys, that are shown of what was found."""


def words(annotation: Any, link: Link | None = None) -> str:
    """Return what an annotation asks for; on a page, with `link`, models as links and words as code."""
    wanted = shape(annotation)
    written = wanted.extra("json_schema_input_type")
    if written not in (None, PydanticUndefined):
        return words(written, link)
    if alias := next((name for name, known in ALIASES.items() if shape(known).core == wanted.core), None):
        return link(alias) if link else _ALIAS[alias]
    if wanted.model:
        return link(wanted.model.__name__) if link else f"the keys {', '.join(fields(wanted.model))}"
    if wanted.members:
        return " or ".join(dict.fromkeys(words(member, link) for member in wanted.members))
    if wanted.choices:
        return _one_of([f"`{choice}`" if link not in (None, _a) else str(choice) for choice in wanted.choices])
    if wanted.origin in (dict, tuple):
        return _collection(wanted, link)
    return _PATTERNS.get(wanted.extra("pattern")) or _PLAIN[wanted.core] + _range(wanted)


def _one_of(choices: Sequence[str]) -> str:
    return f"one of {', '.join(choices)}" if len(choices) > 1 else f"the word {choices[0]}"


def _collection(wanted: Shape, link: Link | None) -> str:
    args, link = get_args(wanted.core), link or _a
    least = " of at least one" if wanted.extra("min_length") else ""
    if wanted.origin is dict:
        return f"`key: value` lines{least} (each value {words(args[1], link)})"
    if args[-1] is Ellipsis:
        return f"a list{least} (each item {words(args[0], link)})"
    return f"a list of {len(args)} (each item {words(args[0], link)})"


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name.lower()}"


def _range(wanted: Shape) -> str:
    low, high = wanted.extra("ge"), wanted.extra("le")
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}"
    bounds = {"of at least": low, "above": wanted.extra("gt"), "of at most": high, "below": wanted.extra("lt")}
    said = " and ".join(f"{word} {bound:g}" for word, bound in bounds.items() if bound is not None)
    return f" {said}" if said else ""


def shown(value: Any) -> str:
    """Return what was found: a plain value itself, lists and keys by their size and names."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        more = f", … ({len(value):,} in all)" if len(value) > _KEYS else ""
        return f"the keys {', '.join(map(str, list(value)[:_KEYS]))}{more}" if value else "no keys"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
