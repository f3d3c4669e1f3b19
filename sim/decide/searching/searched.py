"""What a search found, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.decide.questions import Question
from sim.decide.searching.levers import Chosen, Lever
from sim.decide.searching.selection import Rule, Verdict
from sim.scenario.prepared import Prepared


@dataclass(frozen=True)
class Tried:
    """A choice that was tried."""

    chosen: Chosen
    cost: float
    verdict: Verdict
    holds: int
    futures: int
    """In how many of how many futures every target was met."""
    numbers: tuple[Estimate, ...]
    """By question: the mean of what it came to in the futures."""

    @property
    def share(self) -> float:
        """The share of the futures in which every target was met."""
        return self.holds / self.futures


@dataclass(frozen=True)
class Searched:
    """What was found for the targets of a scenario."""

    prepared: Prepared
    questions: tuple[Question, ...]
    levers: tuple[Lever, ...]
    rule: Rule
    seed: int
    worlds: int
    everything: Tried
    """All that could be done together."""
    best: Tried | None
    """The cheapest that holds as often as asked; None where not even all together does."""
    alike: tuple[Tried, ...]
    """Others of the same cost that hold, those that hold most often first."""
    open: tuple[Tried, ...]
    """Those that cost no more and were not decided: they hold about as often as asked."""
    near: tuple[Tried, ...]
    """Those that cost no more and do not hold as often, of each cost the one that comes nearest."""
    front: tuple[Tried, ...]
    """Of all that were tried those than which nothing that costs less does better on the first question."""
    tried: int
    refused: int
    """Choices tried; and those that were not, since the guard refuses some of what is in them."""
    complete: bool
    """Whether everything cheaper than the best was tried."""
    priced: bool
    """Whether the scenario says what things cost; else changes are counted."""


@dataclass(frozen=True)
class LimitFound:
    """How far a limit must come down."""

    prepared: Prepared
    questions: tuple[Question, ...]
    variant: str
    process: str
    step: str
    rule: Rule
    seed: int
    now: float
    """Its limit, in working days."""
    needed: float | None
    """The longest that does; None where not even the shortest does."""
    tried: Sequence[tuple[float, Tried]]
    """Limit → what came of it, the longest first."""
