"""A target held against what the model finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.analysis.estimate import Estimate
from sim.scenario.target import Target

Verdict = Literal["met", "missed", "undecided"]


def judge(target: Target, found: Estimate) -> Verdict:
    """Met or missed when the whole interval lies on one side of the bound; undecided when it does not."""
    low, high = found.low - 1e-9, found.high + 1e-9
    if target.at_most is not None:
        return "met" if found.high <= target.at_most + 1e-9 else "missed" if low > target.at_most else "undecided"
    bound = target.bound
    return "met" if found.low >= bound - 1e-9 else "missed" if high < bound else "undecided"


@dataclass(frozen=True)
class TargetResult:
    """A target, what the model finds, and whether that is as wanted."""

    target: Target
    processes: tuple[str, ...]
    """The processes it speaks of; their cases are pooled."""
    estimate: Estimate
    verdict: Verdict
    baseline: Estimate
    """The same statistic of the first variant."""

    @property
    def process(self) -> str:
        """The process it speaks of, the first of several."""
        return self.processes[0]

    @property
    def as_wanted(self) -> bool:
        """Whether `check` passes: met, or missed where a miss is on record."""
        return self.verdict == ("missed" if self.target.known_miss else "met")

    @property
    def residual(self) -> float:
        """What the model finds minus the published bound."""
        return self.estimate.mean - self.target.bound

    @property
    def met_before(self) -> bool:
        """Whether the baseline meets it already, so that meeting it is no achievement."""
        return judge(self.target, self.baseline) == "met"
