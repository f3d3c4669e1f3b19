"""How often the printed intervals hold the truth, and how often a verdict is wrong, where the truth is known.

    python -m tests.benchmark.coverage

prints a Markdown table, in minutes. A single officer serves a queue (M/M/1, load 0.7) from its steady state on, a
thousand cases a replication: how long a case is there is exponential (Kleinrock, Queueing Systems I, section 5.12),
and the cases of a replication wait for one another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.estimate import Estimate
from sim.analysis.intervals import Sample
from sim.analysis.looks import Look, looks
from sim.analysis.pooled import ESTIMATIONS
from sim.analysis.standing import Verdict
from sim.analysis.verdict import judge
from sim.records.measures.base import Values
from sim.records.statistics import OfCases
from sim.scenario.target import Target

LOAD, CASES = 0.7, 1_000
LEAST, MOST = 10, 60
"""The budget of a scenario that states none."""
REPEATS = 400
BESIDE = (0.0, 0.01, -0.01)
"""How far the truth lies above the bound, as a share of it."""


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
    Question("median", "p50", lasting(0.5)),
    Question("90 % quantile", "p90", lasting(0.9)),
    Question("share of 90 %", "share_within", 0.9, lasting(0.9)),
    Question("share of 98 %", "share_within", 0.98, lasting(0.98)),
)
Estimator = Callable[[Target, Sample, float], Estimate]
"""From a target, the cases of every replication and a level of confidence."""


def estimated(target: Target, sample: Sample, level: float) -> Estimate:
    """As everything that is printed is."""
    statistic = target.statistic_record
    assert isinstance(statistic, OfCases)
    return ESTIMATIONS[statistic.estimation](target, sample, level)


def queue(rng: np.random.Generator, replications: int) -> Values:
    """How long each case is in the system: a row per replication (Lindley's recursion)."""
    times = np.empty((replications, CASES))
    wait = np.where(rng.random(replications) < LOAD, rng.exponential(1 / (1 - LOAD), replications), 0.0)
    for case in range(CASES):
        times[:, case] = wait + rng.exponential(1, replications)
        wait = np.maximum(times[:, case] - rng.exponential(1 / LOAD, replications), 0.0)
    return times


@dataclass(frozen=True)
class Stopped:
    """Where one run ended: its verdict and the interval it printed."""

    verdict: Verdict
    printed: Estimate


def stopped(estimator: Estimator, target: Target, times: Values, planned: Sequence[Look]) -> Stopped:
    """A run in which replications are added until the verdict is decided or the budget ends."""
    for look in planned:
        sample = list(times[: look.runs])
        verdict = judge(target, estimator(target, sample, look.level))
        if verdict != "undecided":
            break
    return Stopped(verdict, estimator(target, sample, 0.95))


@dataclass(frozen=True)
class Found:
    """How one statistic fared."""

    covered: float
    """Share of the intervals after the least replications that hold the truth."""
    covered_at_end: float
    """The same where the run was stopped by its verdict, with the truth on the bound; the lowest of all is here."""
    decided: float
    """Share of the runs that say anything where the truth is on the bound."""
    wrong: float
    """Share of the runs that are wrong where it is 1 % beside it, on the worse side."""


def fared(question: Question, estimator: Estimator, runs: Sequence[Values], planned: Sequence[Look]) -> Found:
    """How a statistic fares in so many runs."""
    holds = [_holds(estimator(question.target(1), list(t[: planned[0].runs]), 0.95), question) for t in runs]
    on, above, below = (
        [stopped(estimator, question.target(question.truth / (1 + beside)), t, planned) for t in runs]
        for beside in BESIDE
    )
    return Found(
        covered=float(np.mean(holds)),
        covered_at_end=float(np.mean([_holds(end.printed, question) for end in on])),
        decided=float(np.mean([end.verdict != "undecided" for end in on])),
        wrong=max(
            float(np.mean([end.verdict == wrong for end in ends]))
            for ends, wrong in ((above, "met"), (below, "missed"))
        ),
    )


def _holds(found: Estimate, question: Question) -> bool:
    return found.low <= question.truth <= found.high


def table(runs: Sequence[Values]) -> Iterator[str]:
    """The lines of the result."""
    yield "| | interval holds | when stopped | decided at the border | wrong 1 % beside it |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for question in QUESTIONS:
        found = fared(question, estimated, runs, looks(LEAST, MOST))
        figures = (found.covered, found.covered_at_end, found.decided, found.wrong)
        yield " | ".join([f"| {question.name}", *(f"{share:.1%}" for share in figures)]) + " |"


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    for line in table([queue(rng, MOST) for _ in range(REPEATS)]):
        print(line, flush=True)
