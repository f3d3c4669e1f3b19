"""What is found of a target besides its verdict: what would meet it, and which assumptions turn it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from sim.records.statistics import SAME
from sim.scenario.target import Target
from sim.spec.sources import Uncertain

Reason = Literal["no_number", "outside", "impossible", "no_effect"]
"""Nothing rests on it but text; only numbers outside its range do; no world can have it so; no target moves."""
REPLICATIONS = 4
"""Replications played again for each value; the same cases, so that little noise is left in the difference."""


@dataclass(frozen=True)
class Further:
    """A reform that the target's variant has not, added to it."""

    reform: str
    """As a scenario writes it."""
    steps: tuple[str, ...]
    """Steps that it names; nothing where it names none."""
    variant: str | None
    """Variant in which the scenario has it; None for one that takes no number, and so needs no source."""


@dataclass(frozen=True)
class Added:
    """What is added to a variant so that a target is met."""

    reforms: tuple[Further, ...]
    officers: Mapping[str, int]
    """Department → how many more."""
    futures: int
    """Replications in each of which the target was met."""

    def plain(self) -> dict[str, Any]:
        """The set as plain data."""
        reforms = tuple(asdict(further) for further in self.reforms)
        return {"reforms": reforms, "officers": dict(self.officers), "replications": self.futures}


@dataclass(frozen=True)
class Remedy:
    """What would meet a missed target: what is added to its variant, or shorter limits where nothing of that does."""

    enough: tuple[Added, ...] = ()
    """The sets of further reforms, else of reforms and officers, that are enough with the fewest changes."""
    together: float | None = None
    """Share of every counted step's limit, rounded up to whole days; None where no such limits would do."""
    alone: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Step → its limit now and the longest that would do alone, in working days."""
    tried: tuple[Further, ...] = ()
    """Every further reform that was tried."""
    officers: tuple[str, ...] = ()
    """The departments of which officers more were tried, where reforms were not enough."""
    more: int = 0
    """How many more in each at most."""
    limited: bool = True
    """Whether shorter limits can move the target at all."""
    futures: int = 0
    """Replications in each of which it was met, at the most of what is told."""

    def plain(self) -> dict[str, Any]:
        """The remedy as plain data."""
        alone = {s: {"now": round(now, 2), "needed": round(then, 2)} for s, (now, then) in self.alone.items()}
        return {
            "enough": tuple(added.plain() for added in self.enough),
            "share_of_every_limit": None if self.together is None else round(self.together, 3),
            "alone": alone,
            "reforms_tried": len(self.tried),
            "departments_tried": self.officers,
            "replications": self.futures,
        }


@dataclass(frozen=True)
class Effect:
    """What a target's estimate would be at both ends of an assumption's range, or of what a measurement leaves open."""

    key: str
    assumption: Uncertain
    low: float
    """With the assumption at the low end of its range; not-a-number where no world can have it so."""
    high: float
    """With the assumption at the high end."""
    part: str = ""
    """Value of a mix whose share is moved; nothing where plain numbers are."""
    bounds: tuple[float, float] | None = None
    """What the target would ask for at both ends, where the assumption is its own reading."""
    now: float = math.nan
    """The estimate as it is."""

    @property
    def called(self) -> str:
        """The assumption, with the value of a mix whose share is moved."""
        return f"{self.key}: {self.part}" if self.part else self.key

    @property
    def swing(self) -> float:
        """How far the estimate moves between the ends, or from what it is to the only end that can be."""
        ends = [x for x in (self.low, self.high) if math.isfinite(x)]
        return abs(ends[0] - (ends[1] if len(ends) > 1 else self.now)) if ends else math.nan

    @property
    def ends(self) -> tuple[float, float]:
        """The estimate at both ends, as it is now where an end cannot be."""
        low, high = (x if math.isfinite(x) else self.now for x in (self.low, self.high))
        return low, high

    def turns(self, target: Target) -> bool:
        """Whether the target is met at one end and missed at the other, or at the only end unlike as it is."""
        low, high = self.ends
        if self.bounds is None:
            return target.wanted.parts(low, high)
        one, other = (replace(target.wanted, bound=bound) for bound in self.bounds)
        return one.meets(low) != other.meets(high)

    @property
    def matters(self) -> bool:
        """Whether anything about the target moves."""
        return self.swing > SAME or (self.bounds is not None and self.bounds[0] != self.bounds[1])


@dataclass(frozen=True)
class Unmoved:
    """An assumption, or one end of it, that was not moved, or whose move changes no target."""

    key: str
    assumption: Uncertain
    reason: Reason
    told: str = ""
    """What stands in its way, or which numbers lie outside its range."""


@dataclass(frozen=True)
class Doubts:
    """What the assumptions behind a scenario do to its targets."""

    effects: dict[str, list[Effect]]
    """Target → the effect of every assumption that moves it, the largest first."""
    unmoved: tuple[Unmoved, ...]
    """Every assumption that is not among them, and every end that no world can have."""
