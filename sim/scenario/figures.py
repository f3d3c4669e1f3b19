"""How a published number is written: plain, or as a percentage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sim.spec.base import Model

PERCENT = r"^\d+(\.\d+)?%$"
"""How a percentage is written."""
OF = "%"
"""The unit of shares."""

Figure = Annotated[
    float, BeforeValidator(lambda x: x, json_schema_input_type=float | Annotated[str, Field(pattern=PERCENT)])
]
"""A published number in the unit of its target; a share as 0.9, as 90 with the unit %, or as 90%."""


def figures(kind: type[Model]) -> list[str]:
    """The fields of a target that hold a number in its unit."""
    return [name for name, field in kind.model_fields.items() if field.annotation == Figure | None]


def as_shares(kind: type[Model], written: Any) -> Any:
    """The target as it is written, its percentages as shares: 90% and 90 with the unit % are 0.9, and 0.9 is 0.9.

    Raises ValueError for a percentage with another unit.
    """
    if not isinstance(written, Mapping):
        return written
    shares = {field: _share(written[field], written.get("unit")) for field in figures(kind) if field in written}
    return {**written, **shares}


def _share(value: Any, unit: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(PERCENT, value):
        if unit != OF:
            raise ValueError(f"{value} is a share, the unit is {unit}; write unit: '{OF}', or the number in {unit}")
        return float(value.removesuffix(OF)) / 100
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / 100 if number and unit == OF and abs(value) > 1 else value
