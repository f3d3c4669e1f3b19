"""What results.json holds of the worlds that the assumptions allow."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.analysis.in_worlds import Circumstances, InWorlds, Lever
from sim.report.numbers import rounded
from sim.spec.base import Id, Model, Text

Count = Annotated[int, Field(ge=0)]
Number = float | None
"""None where there is none."""


class LeverFound(Model):
    """An assumption that a target hangs on."""

    assumption: Id
    """Key of its source."""
    part: Text | None
    """Value of a mix whose share is drawn; null where plain numbers are."""
    rank_correlation: Number
    """Of what is drawn for it with what the target comes to, from -1 to 1."""
    worth: Number
    """By how much the share of worlds in which the verdict is right would grow if it were measured."""


class SideFound(Model):
    """Between which values an assumption lies."""

    assumption: Id
    """Key of its source."""
    part: Text | None
    """Value of a mix whose share it is; null where plain numbers are."""
    between: tuple[Number, Number]
    """The values; of several numbers that rest on it, those of the first."""


class CircumstancesFound(Model):
    """A box of a few assumptions in which the verdict is another than on the numbers used."""

    sides: tuple[SideFound, ...]
    """Its assumptions; the others may be anything."""
    coverage: Number
    """Share of the worlds with the other verdict that lie in it."""
    density: Number
    """Share of the worlds in it that have the other verdict."""


class WorldsFound(Model):
    """A target in the worlds that the assumptions allow: all drawn together from their ranges."""

    played: Count
    """Worlds played."""
    left_out: Count
    """Worlds drawn that cannot be."""
    range90: tuple[Number, Number]
    """Values between which nine worlds in ten lie."""
    share: Number
    """Share of the worlds that meet it."""
    share_interval95: tuple[Number, Number]
    """Between which values the share of all possible worlds lies."""
    hangs_on: tuple[LeverFound, ...]
    """The assumptions that it hangs on by more than chance, the strongest first."""
    turned_in: CircumstancesFound | None
    """Under which of them the verdict turns; null where nothing short says it."""


def worlds_found(found: InWorlds) -> WorldsFound:
    """A target in the worlds that were drawn, as it is written."""
    low, high = found.share_range
    return WorldsFound(
        played=len(found.met),
        left_out=found.left_out,
        range90=(rounded(found.low), rounded(found.high)),
        share=rounded(found.share),
        share_interval95=(rounded(low), rounded(high)),
        hangs_on=tuple(map(_lever, found.levers)),
        turned_in=_circumstances(found.turned_in) if found.turned_in else None,
    )


def _lever(found: Lever) -> LeverFound:
    return LeverFound(
        assumption=found.key,
        part=found.part or None,
        rank_correlation=rounded(found.rank),
        worth=rounded(found.worth),
    )


def _circumstances(found: Circumstances) -> CircumstancesFound:
    sides = tuple(
        SideFound(assumption=side.key, part=side.part or None, between=(rounded(side.low), rounded(side.high)))
        for side in found.sides
    )
    return CircumstancesFound(sides=sides, coverage=rounded(found.coverage), density=rounded(found.density))
