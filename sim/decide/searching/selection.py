"""Selecting the cheapest candidate that holds as often as is asked, by sequential trials with a stated guarantee.

Each candidate is tried on futures: in each it holds or does not. Whether it holds in a share `chance` of them is
decided by Wald's sequential probability ratio test (Annals of Mathematical Statistics 16, 1945) between `chance` minus
and plus the indifference `delta`. Candidates are tried by their cost, the one that does nothing, the standard, first.
Of the error rate allowed

- a quarter is that the cheapest candidate that holds in `chance + delta` of the futures or more is passed over, and a
  quarter that all there is, which is tried before, is found too little though it holds as often;
- half is that one is taken though it holds in `chance - delta` of them or less: of the nth tried 6/(pi n)^2 of that
  half, which sums to it over however many are tried.

So what is selected holds in more than `chance - delta`, and costs no more than the cheapest that holds in `chance +
delta`, with the confidence asked, whether or not candidates are tried on the same futures (Boole's inequality).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic, Literal, TypeVar

C = TypeVar("C")
Verdict = Literal["enough", "not_enough", "open"]
"""Holds as often as asked, does not, or was not decided by the futures there are: it lies about where is asked."""
ROUNDING = 1e-12
FIRST = 4
"""Futures on which every candidate is tried; those still open are looked at after twice as many, again and again."""


@dataclass(frozen=True)
class Rule:
    """How often is asked, and how sure it has to be."""

    chance: float
    delta: float
    confidence: float = 0.95
    most: int = 256
    """Futures on which a candidate is tried at most."""

    @property
    def ends(self) -> tuple[float, float]:
        """The shares between which it makes no difference what is selected."""
        return max(self.chance - self.delta, 0.0), min(self.chance + self.delta, 1.0)

    @property
    def error(self) -> float:
        """How often the selection may be wrong."""
        return 1 - self.confidence

    def verdict(self, outcomes: Sequence[bool], nth: int) -> tuple[Verdict, int]:
        """What the outcomes tell of the nth candidate that is tried, from 1 on, and how many of them it took."""
        low, high = self.ends
        enough, too_few = self._bounds(nth)
        hit, miss = _log(high, low), _log(1 - high, 1 - low)
        told = 0.0
        for n, holds in enumerate(outcomes, start=1):
            told += hit if holds else miss
            if told >= enough:
                return "enough", n
            if told <= too_few:
                return "not_enough", n
        return "open", len(outcomes)

    def hits(self, nth: int, outcomes: Sequence[bool]) -> int:
        """How many futures more the nth candidate has to hold in to be enough, where it holds in each of them."""
        low, high = self.ends
        hit, miss = _log(high, low), _log(1 - high, 1 - low)
        told = sum(hit if holds else miss for holds in outcomes)
        return max(math.ceil((self._bounds(nth)[0] - told) / hit - ROUNDING), 1)

    def _bounds(self, nth: int) -> tuple[float, float]:
        """The logarithms of the ratios at which the nth candidate is enough, and is not."""
        wrong, missed = self.error / 2 * 6 / (math.pi * nth) ** 2, self.error / 4
        return math.log((1 - missed) / wrong), math.log(missed / (1 - wrong))


def _log(above: float, below: float) -> float:
    """The logarithm of a ratio of likelihoods; what cannot be under one of both decides at once."""
    if not above:
        return -math.inf
    return math.log(above / below) if below else math.inf


@dataclass
class Trial(Generic[C]):
    """A candidate on trial."""

    candidate: C
    cost: float
    nth: int
    outcomes: list[bool] = field(default_factory=list)
    verdict: Verdict = "open"
    used: int = 0
    """Futures that the verdict took."""

    @property
    def share(self) -> float:
        """The share of the futures tried in which it holds."""
        return sum(self.outcomes) / len(self.outcomes) if self.outcomes else math.nan


Asked = Sequence[tuple[C, int, int]]
"""Candidates, each with the futures on which it is to be tried: from, and up to but without."""
Evaluate = Callable[[Asked[C]], Iterable[Sequence[bool]]]
"""Whether each candidate holds in each of its futures."""


def selected(
    candidates: Iterable[tuple[float, C]], evaluate: Evaluate[C], rule: Rule, before: int = 0
) -> Iterator[list[Trial[C]]]:
    """Yield the candidates of each cost after their trial, the cheapest first, up to the first cost at which one holds.

    `candidates` come by their cost; so many were tried before.
    """
    nth = before
    for _, alike in groupby(candidates, key=lambda one: round(one[0], 9)):
        trials = []
        for cost, candidate in alike:
            nth += 1
            trials.append(Trial(candidate, cost, nth))
        tried(trials, evaluate, rule)
        yield trials
        if any(trial.verdict == "enough" for trial in trials):
            return


def tried(trials: Sequence[Trial[C]], evaluate: Evaluate[C], rule: Rule) -> None:
    """Try candidates until each is decided, or was tried on all futures."""
    stage = FIRST
    while left := [trial for trial in trials if trial.verdict == "open" and len(trial.outcomes) < rule.most]:
        asked = [(trial.candidate, *_span(trial, stage, rule)) for trial in left]
        for trial, more in zip(left, evaluate(asked), strict=True):
            trial.outcomes.extend(more)
            trial.verdict, trial.used = rule.verdict(trial.outcomes, trial.nth)
        stage *= 2


def _span(trial: Trial[C], stage: int, rule: Rule) -> tuple[int, int]:
    """The futures on which a candidate is tried next: no more than it takes where it holds in all of them."""
    done = len(trial.outcomes)
    return done, min(max(stage, done + 1), done + rule.hits(trial.nth, trial.outcomes), rule.most)
