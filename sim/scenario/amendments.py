"""National rules by the date from which they apply: the law of the day, before any reform of a city."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.reforms.register import Reform
from sim.spec.base import Id, Model
from sim.spec.sources import Source


class Amendments(Model):
    """What national rules changed in some processes; a run applies those in force when it starts."""

    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    amendments: Annotated[tuple[Reform, ...], Field(strict=False)]
    """Changes, oldest first; each names its process, and a law with the date from which it applies."""
