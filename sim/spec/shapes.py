"""How the cases of a year are shared out over its months, its weekdays and the hours of a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sim.spec.amounts import NotNegative

if TYPE_CHECKING:
    OfMonths = tuple[float, ...]
    OfWeekdays = tuple[float, ...]
    OfHours = tuple[float, ...]
else:
    OfMonths, OfWeekdays, OfHours = (
        Annotated[tuple[(NotNegative,) * parts], Field(strict=False)] for parts in (12, 7, 24)
    )


def refuse_empty(name: str, parts: Sequence[float]) -> None:
    """Raise ValueError where a shape has a part for nobody."""
    if not sum(parts):
        raise ValueError(f"{name} has no part above 0, so that nobody comes; mend it")
