"""Conditions on cases in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sim.report.numbers import exact
from sim.report.words import Lang, say
from sim.spec.attributes import Bounds


def conditions(lang: Lang, when: Mapping[str, Any], called: Callable[[str], str]) -> Iterator[str]:
    """Yield what cases must be like: an attribute by what it is called, with a value or with each bound."""
    for key, wanted in when.items():
        if isinstance(wanted, Bounds | Mapping):
            bounds = wanted.model_dump() if isinstance(wanted, Bounds) else wanted
            yield from (f"{called(key)} {say(lang, k, n=exact(v, ''))}" for k, v in bounds.items() if v is not None)
        else:
            yield f"{called(key)} = {_value(lang, wanted)}"


def _value(lang: Lang, value: bool | str | float) -> str:
    if isinstance(value, bool):
        return say(lang, "yes" if value else "no")
    return value if isinstance(value, str) else exact(value, "")
