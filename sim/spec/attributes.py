"""In what cases differ, and conditions on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from sim.spec.amounts import Amount
from sim.spec.base import Id, Model, Name, Text
from sim.spec.sources import Sourced


class Bounds(Model):
    """Bounds of a numeric attribute."""

    at_least: float | None = None
    """Lowest value for which the condition holds."""
    below: float | None = None
    """The condition holds for values below this one."""

    @model_validator(mode="after")
    def _some(self) -> Bounds:
        if self.at_least is None and self.below is None:
            raise ValueError("bounds need at_least, below or both; give one")
        return self


Value = bool | str | float
"""A value of an attribute: yes or no, one of a mix, or a number."""
Condition = dict[Id, Value | Bounds]
"""Attribute → the value it must have, or the bounds it must lie in; all must hold."""


def clash(one: Mapping[str, object], other: Mapping[str, object]) -> str | None:
    """The first attribute of which two conditions ask different things; none where both can stand as one."""
    return next((name for name in one if name in other and one[name] != other[name]), None)


class Attribute(Sourced):
    """Something in which cases differ, drawn once per case: a yes/no share, a mix of values, or a number."""

    name: Name | None = None
    """What it is, for reports; its key is told where it has no name."""
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of cases for which it is true."""
    values: dict[str, Annotated[float, Field(ge=0, le=1)]] | None = None
    """Value → its share; the shares sum to 1."""
    number: Amount | None = None
    """Distribution of a numeric attribute, such as an area in square metres."""
    unit: Text | None = None
    """Unit of a numeric attribute."""

    @model_validator(mode="after")
    def _one_form(self) -> Attribute:
        given = [k for k in ("share", "values", "number") if getattr(self, k) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"an attribute has one form, found {found}; give one of share, values, number")
        if self.values is not None and abs(sum(self.values.values()) - 1) > 1e-9:
            raise ValueError(f"the shares must sum to 1, found {sum(self.values.values()):g}; mend one of them")
        return self
