"""A target held against what the model finds."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.analysis.in_worlds import InWorlds
from sim.analysis.intervals import EVERY
from sim.analysis.standing import Standing, Verdict, standing_of
from sim.records.measures.base import Measure
from sim.records.statistics import SAME, OfCases
from sim.records.units import SHARE, WORKING_DAYS
from sim.scenario.target import Target
from sim.spec.base import Name

DAYS_APART = 1.0
"""Working days from which on two readings of a figure differ enough for the reader to be told."""


def judge(target: Target, found: Estimate) -> Verdict:
    """Met or missed when all or nothing of the interval meets the target; undecided when some of it does.

    A target that speaks of every case is missed as soon as one is an exception, and met when none of so many was one
    that all but half a percent of those to come are sure to be none: no number of cases shows that all will be.
    """
    wanted = target.wanted
    if not (found.low <= wanted.highest + SAME and found.high >= wanted.lowest - SAME):
        return "missed"
    below, above = _left_open(target)
    inside = found.low + below >= wanted.lowest - SAME and found.high - above <= wanted.highest + SAME
    return "met" if inside else "undecided"


def _left_open(target: Target) -> tuple[float, float]:
    """How far the ends of an interval may lie below and above what is wanted: little where that is all or none."""
    if not isinstance(target.statistic_record, OfCases) or target.value_unit is not SHARE:
        return 0.0, 0.0
    wanted = target.wanted
    return (1 - EVERY if wanted.lowest >= 1 else 0.0), (1 - EVERY if wanted.highest <= 0 else 0.0)


@dataclass(frozen=True)
class Reading:
    """What a target comes to when its figure is read in another way."""

    measure: Measure
    """The measure that reads it so."""
    estimate: Estimate
    baseline: Estimate
    """The same statistic of the first variant."""
    verdict: Verdict


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
    judged_on: Estimate
    """The same as the estimate, with the interval that decides: wider, so that all looks together keep the error."""
    first: str = ""
    """Id of the first variant."""
    limits_are_the_figure: bool = False
    """Whether every limit in its scope was promised by the source of the figure itself."""
    without_limit: tuple[Name, ...] = ()
    """Counted steps that a total of limits takes as nothing because they have none."""

    in_worlds: InWorlds | None = None
    """What it comes to in the worlds that the assumptions allow; None where none were drawn."""
    reading: Reading | None = None
    """The other reading of the figure, where its measure has one."""

    @property
    def readings_differ(self) -> bool:
        """Whether the two readings are days apart, or lead to different verdicts."""
        if self.reading is None:
            return False
        apart = abs(self.estimate.mean - self.reading.estimate.mean)
        return self.verdict != self.reading.verdict or (self.target.value_unit is WORKING_DAYS and apart >= DAYS_APART)

    @property
    def process(self) -> str:
        """The process it speaks of, the first of several."""
        return self.processes[0]

    @property
    def standing(self) -> Standing:
        """Its verdict, and whether that is the one on record."""
        return standing_of(self.verdict, self.target.on_record)

    @property
    def as_wanted(self) -> bool:
        """Whether `check` passes: met, or missed where a miss is on record."""
        return self.standing.as_wanted

    @property
    def residual(self) -> float:
        """What the model finds minus the published bound."""
        return self.estimate.mean - self.target.bound

    @property
    def of_baseline(self) -> bool:
        """Whether the first variant is the one that it is held against."""
        return self.target.variant == self.first

    @property
    def before_residual(self) -> float | None:
        """What the model finds before the reforms minus what was published; None where nothing was."""
        published = self.target.published_before
        return None if published is None else self.baseline.mean - published

    @property
    def before_holds(self) -> bool | None:
        """Whether what was published for the state before lies inside the interval found; None where nothing was."""
        published, found = self.target.published_before, self.baseline
        return None if published is None else found.low - SAME <= published <= found.high + SAME

    @property
    def met_before(self) -> bool:
        """Whether the baseline meets it already, so that meeting it is no achievement."""
        return judge(self.target, self.baseline) == "met"
