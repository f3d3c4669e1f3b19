"""What results.json holds on what would meet a missed target."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.base import Id, Model, Text

Count = Annotated[int, Field(ge=0)]
Number = float | None
"""None where nothing would do."""


class LimitNeeded(Model):
    """A step's limit and what it would have to be."""

    now: Number
    """Its limit in working days."""
    needed: Number
    """The limit that would do alone, in working days."""


class FurtherReform(Model):
    """A reform that the target's variant has not, added to it."""

    reform: Text
    """As a scenario writes it."""
    steps: tuple[Id, ...]
    """Steps that it names."""
    variant: Id | None
    """Variant in which the scenario has it; null for one that takes no number."""


class AddedFound(Model):
    """What is added to the variant of a target, that together meets it."""

    reforms: tuple[FurtherReform, ...]
    """Further reforms."""
    officers: dict[Id, Count]
    """Department → how many officers more."""
    replications: Count
    """In so many replications it was met, in each that was tried."""


class RemedyFound(Model):
    """What would meet a missed target, in more than six replications of ten at 95 %: the least effort first."""

    enough: tuple[AddedFound, ...]
    """Reforms, else reforms and officers, that would do with the fewest changes; the limits are only looked at where
    none do."""
    share_of_every_limit: Number
    """Share to which all counted limits would have to come down, rounded up to whole days; null where none would do."""
    alone: dict[Text, LimitNeeded]
    """Step → what would do if its limit alone came down, by half days at the least and to a quarter at most."""
    reforms_tried: int
    """How many further reforms were tried, by themselves and together."""
    departments_tried: tuple[Id, ...]
    """Departments of which officers more were tried beside them."""
    replications: Count
    """In so many replications it was met at most, with what is told."""
