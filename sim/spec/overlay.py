"""An overlay file: working days of years that the built-in tables do not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.base import Id, Model
from sim.spec.sources import Source, Sourced

Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Year(Sourced):
    """One year: Monday to Friday, less the holidays, plus the make-up days."""

    holidays: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    """Weekdays off, YYYY-MM-DD."""
    workdays: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    """Weekend days on (调休), YYYY-MM-DD."""


class CalendarOverlay(Model):
    """Years to add to, or to put in place of, the built-in calendar."""

    sources: dict[Id, Source]
    """The State Council's notices, or the assumption made."""
    years: dict[str, Year]
    """Year, YYYY → its holidays and make-up days."""
