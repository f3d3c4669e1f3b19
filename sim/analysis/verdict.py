"""A target held against what the model finds."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.analysis.standing import Standing, Verdict, standing_of
from sim.scenario.target import Target

_VERDICTS: dict[bool | None, Verdict] = {True: "met", False: "missed", None: "undecided"}


def judge(target: Target, found: Estimate) -> Verdict:
    """Met or missed when the whole interval lies on one side of the bound; undecided when it does not."""
    return _VERDICTS[target.met_by(found.low, found.high)]


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
    def standing(self) -> Standing:
        """Its verdict, and whether that is the one on record."""
        return standing_of(self.verdict, self.target.miss_on_record)

    @property
    def as_wanted(self) -> bool:
        """Whether `check` passes: met, or missed where a miss is on record."""
        return self.standing.as_wanted

    @property
    def residual(self) -> float:
        """What the model finds minus the published bound."""
        return self.estimate.mean - self.target.bound

    @property
    def met_before(self) -> bool:
        """Whether the baseline meets it already, so that meeting it is no achievement."""
        return judge(self.target, self.baseline) == "met"
