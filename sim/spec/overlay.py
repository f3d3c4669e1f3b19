"""An overlay file: working days that the built-in calendar has otherwise, or only projects."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.base import Day, Id, Model
from sim.spec.sources import Source, Sourced


class Year(Sourced):
    """One year.

    What is listed changes a year that the State Council has announced; all else of that year stays. A year that
    it has not announced is what stands here and nothing else: Monday to Friday, less the holidays, plus the
    make-up days, in place of the projection.
    """

    holidays: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    """Days off, YYYY-MM-DD; in an announced year also a make-up day that is taken away."""
    workdays: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    """Weekend days on (调休), YYYY-MM-DD; in an announced year also a holiday that is taken away."""


class CalendarOverlay(Model):
    """Changes to announced years of the built-in calendar, and later years in place of their projection."""

    sources: dict[Id, Source]
    """The State Council's notices, or the assumption made."""
    years: dict[str, Year]
    """Year, YYYY → its holidays and make-up days."""
