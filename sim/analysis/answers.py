"""What is found of a target besides its verdict: what would meet it, and which assumptions turn it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.scenario.target import Target
from sim.spec.sources import Assumption, Observation, possible

REPLICATIONS = 4
"""Replications played again for each value; the same cases, so that little noise is left in the difference."""


@dataclass(frozen=True)
class Remedy:
    """Which share of their limits would have to remain for the target to be met."""

    together: float | None
    """Share of every counted step's limit; None where even no time at all would not do."""
    alone: dict[str, tuple[float, float]]
    """Step → its limit now and the limit that would do alone, in working days."""

    def plain(self) -> dict[str, Any]:
        """The remedy as plain data."""
        alone = {s: {"now": round(now, 2), "needed": round(then, 2)} for s, (now, then) in self.alone.items()}
        return {"share_of_every_limit": None if self.together is None else round(self.together, 3), "alone": alone}


@dataclass(frozen=True)
class Effect:
    """What a target's estimate would be at both ends of an assumption's range, or of what a measurement leaves open."""

    key: str
    assumption: Assumption | Observation
    low: float
    """With the assumption at the low end of its range."""
    high: float
    """With the assumption at the high end."""

    @property
    def range(self) -> tuple[float, float]:
        """Between which values the number may lie."""
        found = possible(self.assumption)
        assert found is not None
        return found

    @property
    def swing(self) -> float:
        """How far the estimate moves."""
        return abs(self.high - self.low)

    def turns(self, target: Target) -> bool:
        """Whether the target is met at one end and missed at the other."""
        return target.meets(self.low) != target.meets(self.high)
