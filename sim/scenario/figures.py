"""How a published number is written: plain, or as a percentage."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo

from sim.spec.base import Model

PERCENT = r"^\d+(\.\d+)?%$"
"""How a percentage is written."""
OF = "%"
"""The unit of shares."""


def as_share(value: Any, info: ValidationInfo) -> Any:
    """A number of a target whose unit is known already: 90% and 90 with the unit % are 0.9, and 0.9 is 0.9.

    Raises ValueError for a percentage with another unit.
    """
    unit = info.data.get("unit")
    if isinstance(value, str) and re.fullmatch(PERCENT, value):
        if unit not in (None, OF):
            raise ValueError(f"{value} is a share, the unit is {unit}; write unit: '{OF}', or the number in {unit}")
        return float(value.removesuffix(OF)) / 100
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / 100 if number and unit == OF and abs(value) > 1 else value


Figure = Annotated[
    float, BeforeValidator(as_share, json_schema_input_type=float | Annotated[str, Field(pattern=PERCENT)])
]
"""A published number in the unit of its target, which stands before it; a share as 0.9, as 90 with %, or as 90%."""


def figures(kind: type[Model]) -> list[str]:
    """The fields of a target that hold a number in its unit."""
    return [name for name, field in kind.model_fields.items() if field.annotation == Figure | None]
