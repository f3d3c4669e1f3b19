"""One setting of a planner who tries something: `after.告知承诺.uptake=0.6`, and what it makes of a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sim.core.errors import PlannerError, SpecError
from sim.spec.amounts import KINDS, distribution
from sim.text import yamlio

_WRITTEN = re.compile(r"(?P<address>[^=]*?)\s*(?P<operator>[*+-]?=)\s*(?P<value>.*)", re.DOTALL)
_PART = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<which>[^\[\]]+)\])?")
OFF = "off"
"""The value by which a reform is taken out."""
EXAMPLE = "write ADDRESS=VALUE, such as after.告知承诺.uptake=0.6, or *=, += or -= with a number"


class NowhereError(PlannerError):
    """A setting that speaks of something that a scenario does not have."""


@dataclass(frozen=True)
class Part:
    """A part of an address: a name, and in brackets which of several."""

    name: str
    which: str = ""

    def __str__(self) -> str:
        return f"{self.name}[{self.which}]" if self.which else self.name


@dataclass(frozen=True)
class Setting:
    """What a planner sets: where, how and to what."""

    text: str
    """As it was written."""
    parts: tuple[Part, ...]
    operator: str
    value: Any

    @property
    def takes_out(self) -> bool:
        """Whether it is a reform that is to be taken out of its variant."""
        return self.operator == "=" and self.value == OFF

    def wrong(self, message: str) -> PlannerError:
        """The error that something is wrong with it."""
        return PlannerError(f"--set {self.text}: {message}")

    def nowhere(self, message: str) -> NowhereError:
        """The error that a scenario has nothing of that name."""
        return NowhereError(f"--set {self.text}: {message}")

    def of(self, old: Any) -> Any:
        """What it makes of the present value, None for one that is not there; raises PlannerError."""
        if self.operator == "=":
            return self.value
        if old is None:
            raise self.wrong("nothing is written there that could be changed; give the value with =")
        if self.operator == "*=" and is_distribution(old) and (found := distribution(old)):
            return {key: _plain(value) for key, value in found.scaled(float(self.value)).model_dump().items()}
        if not _is_number(old):
            raise self.wrong(f"{self.operator} changes a number, found {_shown(old)}; give the value with =")
        return self.on(old)

    def on(self, number: float) -> float:
        """What it makes of a number, whole where both are; 0.1 * 3 is 0.3."""
        one, other = Decimal(str(number)), Decimal(str(self.value))
        found = {"=": other, "*=": one * other, "+=": one + other, "-=": one - other}[self.operator]
        whole = isinstance(number, int) and found == found.to_integral_value()
        return int(found) if whole else float(found)


def setting(text: str) -> Setting:
    """Return the setting that a text means; raises PlannerError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not found["address"]:
        raise PlannerError(f"--set {text}: no setting; {EXAMPLE}")
    address = found["address"]
    parts = [Part(part["name"].strip(), part["which"] or "") for part in _PART.finditer(address)]
    if ".".join(map(str, parts)) != address.replace(" ", "") and ".".join(map(str, parts)) != address:
        raise PlannerError(f"--set {text}: {address} is no address; {EXAMPLE}")
    made = Setting(text.strip(), tuple(parts), found["operator"], _value(text, found["value"]))
    if made.operator != "=" and not _is_number(made.value):
        raise made.wrong(f"{made.operator} goes with a number, found {_shown(made.value)}")
    return made


def _value(text: str, written: str) -> Any:
    """A value as a file would have it."""
    try:
        value = yamlio.parse(f"value: {written}", "--set").data["value"]
    except SpecError as error:
        raise PlannerError(f"--set {text}: {error.faults[0].message}") from None
    if value is None:
        raise PlannerError(f"--set {text}: no value; {EXAMPLE}")
    return value


def is_distribution(written: Any) -> bool:
    """Whether a distribution is written: one key of a kind, with its parameters."""
    return isinstance(written, Mapping) and any([kind.key()] == list(written) for kind in KINDS)


def _plain(value: Any) -> Any:
    return [_plain(x) for x in value] if isinstance(value, tuple | list) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"a part with {', '.join(map(str, value))}"
    return "a list" if isinstance(value, list | tuple) else str(value)
