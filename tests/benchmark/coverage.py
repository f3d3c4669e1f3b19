"""How often the printed intervals hold the truth, and how often a verdict is wrong, where the truth is known.

    python -m tests.benchmark.coverage

prints a Markdown table, in minutes. A single officer serves a queue (M/M/1, load 0.7) from its steady state on, two
thousand cases a replication: how long a case is there is exponential (Kleinrock, Queueing Systems, volume I), and the
cases of a replication wait for one another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.intervals import Sample
from sim.analysis.looks import Look, looks
from sim.analysis.pooled import ESTIMATIONS
from sim.analysis.standing import Verdict
from sim.analysis.verdict import judge
from sim.records.measures.base import Values
from sim.records.statistics import OfCases
from sim.scenario.target import Target

LOAD, CASES = 0.7, 2_000
LEAST, MOST = 10, 60
"""The budget of a scenario that states none."""
REPEATS, STOPPED, BATCH = 2_000, 1_000, 25
"""Runs of the least replications, runs that stop by their verdict, and how many are played at once."""
BESIDE = {0.0: "undecided", 0.01: "met", -0.01: "missed"}
"""How far the truth lies above the bound, as a share of it, and what is wrong to say there."""


def lasting(share: float) -> float:
    """The time that a share of the cases does not exceed."""
    return -math.log(1 - share) / (1 - LOAD)


@dataclass(frozen=True)
class Question:
    """A statistic of the queue, and what it is."""

    name: str
    statistic: str
    truth: float
    limit: float | None = None

    def target(self, bound: float) -> Target:
        """The target that it is at most so much."""
        name = {"zh": "目标", "en": "Goal"}
        written = {"id": "T1", "name": name, "measure": "elapsed_days", "unit": "工作日", "source": "queue"}
        return Target.model_validate(written | {"statistic": self.statistic, "limit": self.limit, "at_most": bound})


QUESTIONS = (
    Question("mean", "mean", 1 / (1 - LOAD)),
    Question("standard deviation", "deviation", 1 / (1 - LOAD)),
    Question("median", "p50", lasting(0.5)),
    Question("90 % quantile", "p90", lasting(0.9)),
    Question("share of 90 %", "share_within", 0.9, lasting(0.9)),
    Question("share of 98 %", "share_within", 0.98, lasting(0.98)),
)
HEAD = (
    "| | interval holds | when stopped | decided at the border | wrong 1 % beside it |",
    "| --- | ---: | ---: | ---: | ---: |",
)
Estimator = Callable[[Target, Sample, float], Estimate]
"""From a target, the cases of every replication and a level of confidence."""


def estimated(target: Target, sample: Sample, level: float) -> Estimate:
    """As everything that is printed is."""
    statistic = target.statistic_record
    assert isinstance(statistic, OfCases)
    return ESTIMATIONS[statistic.estimation](target, sample, level, 1.0)


def queue(rng: np.random.Generator, replications: int) -> Values:
    """How long each case is in the system: a row per replication (Lindley's recursion)."""
    times = np.empty((replications, CASES))
    wait = np.where(rng.random(replications) < LOAD, rng.exponential(1 / (1 - LOAD), replications), 0.0)
    for case in range(CASES):
        times[:, case] = wait + rng.exponential(1, replications)
        wait = np.maximum(times[:, case] - rng.exponential(1 / LOAD, replications), 0.0)
    return times


def runs(rng: np.random.Generator, count: int, replications: int) -> Iterator[Values]:
    """So many runs of so many replications."""
    for _ in range(count // BATCH):
        yield from queue(rng, BATCH * replications).reshape(BATCH, replications, CASES)


def holds(found: Estimate, question: Question) -> bool:
    """Whether an interval has the truth in it."""
    return found.low <= question.truth <= found.high


def stopped(
    question: Question, estimator: Estimator, times: Values, planned: Sequence[Look]
) -> Iterator[tuple[Verdict, bool]]:
    """For each place of the bound: the verdict at which a run stops, and whether the interval printed then holds."""

    @cache
    def found(replications: int, level: float) -> Estimate:
        return estimator(question.target(question.truth), list(times[:replications]), level)

    for beside in BESIDE:
        target, verdict = question.target(question.truth / (1 + beside)), "undecided"
        for look in planned:
            verdict = judge(target, found(look.runs, look.level))
            if verdict != "undecided":
                break
        yield verdict, holds(found(look.runs, CONFIDENCE), question)


@dataclass(frozen=True)
class Found:
    """How one statistic fared."""

    holds: float
    """Share of the intervals after the least replications that hold the truth."""
    holds_at_end: float
    """The same where a run was stopped by its verdict, the least of the three places of the bound."""
    decided: float
    """Share of the runs that say anything where the truth is on the bound."""
    wrong: float
    """Share of the runs that are wrong where it is 1 % beside it, on the worse side."""


def fared(
    question: Question, estimator: Estimator, short: Iterable[Values], long: Iterable[Values], planned: Sequence[Look]
) -> Found:
    """How a statistic fares in runs of the least replications, and in runs that stop by their verdict."""
    target = question.target(question.truth)
    held = [holds(estimator(target, list(times), CONFIDENCE), question) for times in short]
    ends = [list(stopped(question, estimator, times, planned)) for times in long]
    said, held_at_end = (np.array([[end[i] for end in run] for run in ends]) for i in (0, 1))
    decided, *wrong = [float((said[:, i] == verdict).mean()) for i, verdict in enumerate(BESIDE.values())]
    return Found(float(np.mean(held)), float(held_at_end.mean(axis=0).min()), 1 - decided, max(wrong))


def table() -> Iterator[str]:
    """The lines of the result."""
    yield from HEAD
    for question in QUESTIONS:
        short = runs(np.random.default_rng(1), REPEATS, LEAST)
        long = runs(np.random.default_rng(2), STOPPED, MOST)
        found = fared(question, estimated, short, long, looks(LEAST, MOST))
        figures = (found.holds, found.holds_at_end, found.decided, found.wrong)
        yield " | ".join([f"| {question.name}", *(f"{share:.1%}" for share in figures)]) + " |"


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
