"""Trials of choices on futures, by as many processes as are wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.estimate import Estimate
from sim.analysis.intervals import mean
from sim.decide.questions import Question
from sim.decide.searching.futures import Future, Futures
from sim.decide.searching.levers import Chosen
from sim.decide.searching.searched import Tried
from sim.decide.searching.selection import Rule, Trial

PIECE = 8
"""Futures that a process takes at once."""
Ask = tuple[Chosen, int, int]
Run = Callable[[Iterable[Ask]], Iterator[list[Future]]]


def futures_of(futures: Futures, asked: Ask) -> list[Future]:
    """What a choice comes to in some futures."""
    return futures.of(*asked)


@dataclass
class Trials:
    """Tries choices on futures, and remembers what came of them."""

    run: Run
    questions: Sequence[Question]
    rule: Rule
    came: dict[Chosen, list[Future]] = field(default_factory=dict)

    def evaluate(self, asked: Sequence[Ask]) -> Iterator[list[bool]]:
        """Whether choices hold in futures; those that they were tried on before are remembered."""
        new = [ask for chosen, _, end in asked for ask in _pieces(chosen, len(self.came.get(chosen, ())), end)]
        for (chosen, _, _), found in zip(new, self.run(new), strict=True):
            self.came.setdefault(chosen, []).extend(found)
        for chosen, begin, end in asked:
            yield [future.holds for future in self.came[chosen][begin:end]]

    def told(self, trial: Trial[Chosen]) -> Tried:
        """What came of a choice."""
        came = self.came[trial.candidate]
        numbers = tuple(mean_of([f.numbers[n] for f in came]) for n in range(len(self.questions)))
        holds = sum(future.holds for future in came)
        return Tried(trial.candidate, trial.cost, trial.verdict, holds, len(came), numbers)


def mean_of(numbers: Sequence[float]) -> Estimate:
    """The mean over the futures that have a number."""
    return mean([np.array([x]) for x in numbers if not math.isnan(x)])


def _pieces(chosen: Chosen, begin: int, end: int) -> Iterator[Ask]:
    """Futures in pieces, so that several processes try one choice."""
    yield from ((chosen, first, min(first + PIECE, end)) for first in range(begin, end, PIECE))
