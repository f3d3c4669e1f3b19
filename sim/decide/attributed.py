"""What each part of a variant buys, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.analysis.standing import Verdict
from sim.decide.coalitions import By, Part
from sim.decide.questions import Question
from sim.scenario.prepared import Prepared


@dataclass(frozen=True)
class Bought:
    """What one part does to one number: each a difference, below 0 where the number comes down."""

    part: Part
    alone: Estimate
    """Where the variant has no other part, against the baseline."""
    last: Estimate
    """The variant against the variant without it."""
    stacked: Estimate
    """Against those written before it, which depends on the order."""
    share: Estimate
    """Its Shapley value; those of all parts sum to the whole. The interval also holds the error of sampling."""
    error: float
    """Half of the 95 % interval of having sampled orders; 0 where all coalitions were played."""
    needed: bool
    """Whether the variant meets the target, and does not without it."""


@dataclass(frozen=True)
class Together:
    """What two parts do together beyond what each does."""

    first: Part
    second: Part
    effect: Estimate
    """Of the Shapley interaction where all coalitions were played, else the second difference against the baseline; its
    interval holds for all pairs at once."""


@dataclass(frozen=True)
class Subset:
    """One number where only some parts are there: what can be applied of these, in the written order."""

    parts: tuple[Part, ...]
    """In the written order."""
    value: Estimate
    """Not-a-number where no case has it."""
    verdict: Verdict | None
    """That of the target; None for a measure, and where no case has the number."""
    refused: tuple[tuple[Part, str], ...]
    """Part → why something of it cannot be applied here."""


@dataclass(frozen=True)
class Attributed:
    """One number, shared out among the parts."""

    question: Question
    before: Estimate
    after: Estimate
    whole: Estimate
    """After minus before, paired."""
    bought: tuple[Bought, ...]
    """In the written order; nothing where some coalition has no such number."""
    together: tuple[Together, ...]
    """The pairs of which the noise does not explain what they do together, the largest first."""
    missing: tuple[Part, ...] = ()
    """The parts of the smallest coalition in which no case has such a number, where there is one."""
    known: bool = True
    """Whether every coalition has such a number."""
    subsets: tuple[Subset, ...] = ()
    """Every coalition that was played, the smallest first; nothing and all of them are `before` and `after`."""


@dataclass(frozen=True)
class Attribution:
    """What each part of a variant buys."""

    prepared: Prepared
    variant: str
    by: By
    seed: int
    runs: int
    parts: tuple[Part, ...]
    answers: tuple[Attributed, ...]
    refused: Mapping[str, str]
    """Part → why it cannot stand alone."""
    coalitions: int
    """How many were asked for."""
    worlds: int
    """How many of them differ, and were played."""
    orders: int
    """Orders that were sampled; 0 where every coalition was played."""

    @property
    def exact(self) -> bool:
        """Whether every coalition was played."""
        return not self.orders
