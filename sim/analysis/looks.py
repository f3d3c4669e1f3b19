"""When the verdicts are looked at while replications are added, and how sure each look has to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ERROR = 0.05
"""How often at most a verdict on a target is wrong, whatever the truth, over all looks together."""


@dataclass(frozen=True)
class Look:
    """One look at the verdicts."""

    runs: int
    """After how many replications."""
    level: float
    """Confidence of the interval that has to lie on one side of the bound."""


def looks(least: int, most: int) -> tuple[Look, ...]:
    """The looks after every `least` replications up to `most`, each with its part of the error.

    The error spent up to a look grows with the square of the replications (Kim and DeMets, Biometrika 74, 1987,
    power family), so that most of it is left for the end; each look takes what it adds. Their errors add up to ERROR
    and bound that of all looks by Bonferroni's inequality, however the looks depend on one another. A single look has
    all of it.
    """
    ends = [*range(least, most, least), most]
    spent = [ERROR * (end / most) ** 2 for end in ends]
    return tuple(Look(end, 1 - (now - then)) for end, now, then in zip(ends, spent, [0.0, *spent], strict=False))


def level_at(runs: int, planned: Sequence[Look]) -> float:
    """The confidence asked of so many replications; where they were interrupted, that of the look to come."""
    return next(look.level for look in planned if look.runs >= runs)
