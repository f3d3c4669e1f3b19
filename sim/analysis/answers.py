"""What is found of a target besides its verdict: what would meet it, and which assumptions turn it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sim.scenario.target import Target
from sim.spec.sources import Assumption

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
class Remedy:
    """What would meet a missed target: shorter limits that an office could keep, or a further reform."""

    together: float | None
    """Share of every counted step's limit, rounded up to whole days; None where no such limits would do."""
    alone: dict[str, tuple[float, float]]
    """Step → its limit now and the longest that would do alone, in working days."""
    zero: bool = True
    """Whether limits of no time at all would do; None would keep them."""
    reforms: tuple[Further, ...] = ()
    """Further reforms that the guard accepts and each of which would do alone."""
    tried: tuple[Further, ...] = ()
    """Every further reform that the guard accepts and that was tried."""
    limited: bool = True
    """Whether shorter limits can move the target at all."""

    def plain(self) -> dict[str, Any]:
        """The remedy as plain data."""
        alone = {s: {"now": round(now, 2), "needed": round(then, 2)} for s, (now, then) in self.alone.items()}
        return {
            "share_of_every_limit": None if self.together is None else round(self.together, 3),
            "alone": alone,
            "reforms": tuple(asdict(further) for further in self.reforms),
            "reforms_tried": len(self.tried),
        }


@dataclass(frozen=True)
class Effect:
    """What a target's estimate would be at both ends of an assumption's range."""

    key: str
    assumption: Assumption
    low: float
    """With the assumption at the low end of its range."""
    high: float
    """With the assumption at the high end."""

    @property
    def swing(self) -> float:
        """How far the estimate moves."""
        return abs(self.high - self.low)

    def turns(self, target: Target) -> bool:
        """Whether the target is met at one end and missed at the other, or met somewhere between two that miss it."""
        return target.wanted.parts(self.low, self.high)
