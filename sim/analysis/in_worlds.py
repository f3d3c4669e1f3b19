"""A target in the worlds that the assumptions allow: beside the noise of the draws, what nobody knows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from sim.analysis.estimate import CONFIDENCE
from sim.analysis.standing import Verdict

TAILS = (0.05, 0.95)
"""Shares of the worlds below the ends of the range that is told."""


@dataclass(frozen=True)
class Lever:
    """An assumption that a target hangs on."""

    key: str
    """Key of its source."""
    part: str
    """Value of a mix whose share is drawn; nothing where plain numbers are."""
    rank: float
    """Rank correlation of what is drawn for it with what the target comes to, from -1 to 1."""
    worth: float
    """By how much the share of worlds in which the verdict is right would grow if it were measured, 0 to 0.5."""


@dataclass(frozen=True)
class Side:
    """Between which values an assumption lies in a box."""

    key: str
    part: str
    low: float
    high: float


@dataclass(frozen=True)
class Circumstances:
    """A box of a few assumptions in which the verdict is another than on the numbers used."""

    sides: tuple[Side, ...]
    coverage: float
    """Share of the worlds with the other verdict that lie in it."""
    density: float
    """Share of the worlds in it that have the other verdict."""


@dataclass(frozen=True)
class InWorlds:
    """What a target comes to when all assumptions are drawn together from their ranges."""

    values: tuple[float, ...]
    """World → its estimate."""
    met: tuple[bool, ...]
    """World → whether the estimate meets what the target asks for in it."""
    levers: tuple[Lever, ...] = ()
    """The assumptions that it hangs on by more than chance, the strongest first."""
    left_out: int = 0
    """Worlds drawn that cannot be."""
    turned_in: Circumstances | None = None
    """Under which of them the verdict turns; None where no box is dense in such worlds."""

    @property
    def low(self) -> float:
        """The value below which one world in twenty lies."""
        return _tail(self.values, TAILS[0])

    @property
    def high(self) -> float:
        """The value above which one world in twenty lies."""
        return _tail(self.values, TAILS[1])

    @property
    def share(self) -> float:
        """The share of the worlds that meet it; not-a-number where there is none."""
        return sum(self.met) / len(self.met) if self.met else math.nan

    @property
    def share_range(self) -> tuple[float, float]:
        """Between which values the share of all possible worlds lies, at 95 % (Clopper and Pearson, Biometrika 26)."""
        return share_range(sum(self.met), len(self.met))

    def judged(self, verdict: Verdict, asked: float | None) -> Verdict:
        """The verdict of a target that asks for a share of the worlds besides; the same where it asks for none."""
        if asked is None or verdict == "missed":
            return verdict
        low, high = self.share_range
        if high < asked:
            return "missed"
        return verdict if low >= asked else "undecided"


def share_range(met: int, of: int, level: float = CONFIDENCE) -> tuple[float, float]:
    """Between which values a share lies that so many of so many independent trials had."""
    rest = (1 - level) / 2
    low = float(betaincinv(met, of - met + 1, rest)) if met else 0.0
    high = float(betaincinv(met + 1, of - met, 1 - rest)) if met < of else 1.0
    return low, high


def _tail(values: Sequence[float], share: float) -> float:
    known = [value for value in values if math.isfinite(value)]
    return float(np.quantile(known, share)) if known else math.nan
