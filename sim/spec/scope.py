"""Which part of a case a figure speaks of."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Annotated

from pydantic import Field

from sim.spec.base import Id, Model


class Scope(Model):
    """Which part of a case a figure speaks of."""

    process: Id | None = None
    """Process it speaks of; the cases of all processes together when left out."""
    steps: Annotated[tuple[Id, ...], Field(strict=False)] | None = None
    """Steps it counts; all when left out."""
    exclude: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Kinds of steps left out, such as construction."""
    include: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Kinds of steps counted although they are not by nature, such as construction where the figure says so."""
    when: dict[Id, bool | str] = {}
    """Cases it speaks of, by attribute; all when left out."""

    @property
    def told(self) -> tuple[Hashable, ...]:
        """All that it says: the same for scopes that are equal."""
        return self.process, self.steps, self.exclude, self.include, tuple(self.when.items())
