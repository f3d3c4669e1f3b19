"""What is asked of a variant: a target's statistic, or the mean of a measure, as one number with its jackknife."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.outcome import known, subjects
from sim.core.arrays import Floats
from sim.core.errors import PlannerError, unknown
from sim.records.frames import Records
from sim.records.measures import register as metrics
from sim.records.measures.base import Measure, Values
from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS, OfCases, OfVariants
from sim.records.units import Unit
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target, Wanted
from sim.spec.base import Name
from sim.spec.scope import Scope

USUAL = ("counted_days", "elapsed_days")
"""Measures that are asked about where a scenario has no target of the variant."""


@dataclass(frozen=True)
class Question:
    """One number that is asked of a variant; it crosses to other processes, and so names its records by their ids."""

    id: str
    """That of the target, or of the measure."""
    name: Name
    measure_id: str
    statistic_id: str
    scope: Scope
    processes: tuple[str, ...]
    """Those whose cases it takes together."""
    target: Target | None
    """None for a measure."""

    @property
    def measure(self) -> Measure:
        """The measure it is a statistic of."""
        return MEASURES[self.measure_id]

    @property
    def statistic(self) -> OfCases | OfVariants:
        """The statistic it is."""
        return STATISTICS[self.statistic_id]

    @property
    def limit(self) -> float | None:
        """The value within which cases are counted, where they are."""
        return self.target.limit if self.target else None

    @property
    def wanted(self) -> Wanted | None:
        """The values that meet the target; None for a measure."""
        return self.target.wanted if self.target else None

    @property
    def compares(self) -> bool:
        """Whether it compares a variant with the first one."""
        return not isinstance(self.statistic, OfCases)

    @property
    def unit(self) -> Unit:
        """The unit of the number."""
        return self.statistic.unit(self.measure)

    def values(self, found: Mapping[str, Records]) -> tuple[Values, ...]:
        """By process: the measure of every case of one replication that has it."""
        return tuple(known(metrics.values(self.measure_id, found[p], self.scope)) for p in self.processes)


def questions(
    prepared: Prepared, variant: str, measures: Sequence[str] = (), targets: Sequence[str] = ()
) -> list[Question]:
    """What is asked: the measures and the targets of these ids, else every target of the variant.

    Where neither is given and the variant has no target, the usual measures. Raises PlannerError for an id that there
    is not.
    """
    by_id = {target.id: target for target in prepared.scenario.targets}
    for kind, names, there in (("measure", measures, MEASURES), ("target", targets, by_id)):
        for name in names:
            if name not in there:
                raise PlannerError(unknown(kind, name, there))
    if not (measures or targets):
        targets = [target.id for target in by_id.values() if target.variant == variant]
        measures = () if targets else USUAL
    asked = [_of_target(prepared, by_id[name]) for name in dict.fromkeys(targets)]
    return [*asked, *(_of_measure(prepared, MEASURES[name]) for name in dict.fromkeys(measures))]


def bounded(asked: Sequence[Question], bound: float) -> list[Question]:
    """The questions with another bound of the one target among them; raises PlannerError where there is not one."""
    targets = [question for question in asked if question.target]
    if len(targets) != 1:
        raise PlannerError(f"another bound goes with one target, found {len(targets)}; name it with --target")
    return [replace(question, target=_held_to(question.target, bound)) for question in asked]


def _held_to(target: Target | None, bound: float) -> Target | None:
    return target.model_copy(update={target.direction.id: bound}) if target else None


def telling(prepared: Prepared, variant: str) -> list[str]:
    """The targets of a variant that may be asked to be met: neither a recorded miss nor one that tells nothing."""
    return [
        target.id
        for target in prepared.scenario.targets
        if target.variant == variant and target.on_record is None and target.tells_nothing is None
    ]


def _of_target(prepared: Prepared, target: Target) -> Question:
    processes = tuple(subjects(target, prepared))
    return Question(target.id, target.name, target.measure, target.statistic, target.scope, processes, target)


def _of_measure(prepared: Prepared, measure: Measure) -> Question:
    return Question(measure.id, measure.name, measure.id, "mean", Scope(), tuple(prepared.scenario.demand), None)


Sample = Sequence[tuple[Values, ...]]
"""Replication → process → its values."""


def reading(question: Question, sample: Sample) -> Floats:
    """What the number is made from: over all replications, then without each of them in turn.

    One row, the statistic itself; of a statistic that compares variants a row for each process, its mean.
    """
    statistic = question.statistic
    if isinstance(statistic, OfCases):
        pooled = [np.concatenate(values) for values in sample]
        return np.array([[_of_cases(statistic, question.limit, some) for some in _left_out(pooled)]])
    means = ([_mean(some) for some in _left_out(list(column))] for column in zip(*sample, strict=True))
    return np.array(list(means))


def number(question: Question, found: Floats, baseline: Floats) -> Floats:
    """The number, over all replications and without each of them in turn, from the readings of a variant and the first.

    Not-a-number where there is no case.
    """
    statistic = question.statistic
    if isinstance(statistic, OfCases):
        only: Floats = found[0]
        return only
    return np.array([statistic.of(before, after) for before, after in zip(baseline.T, found.T, strict=True)])


def _left_out(values: Sequence[Values]) -> Iterator[Values]:
    """All values together, then those without each part in turn."""
    yield np.concatenate(values)
    for n in range(len(values)):
        yield np.concatenate([*values[:n], *values[n + 1 :]]) if len(values) > 1 else np.empty(0)


def _of_cases(statistic: OfCases, limit: float | None, values: Values) -> float:
    return statistic.of(values, limit) if len(values) else math.nan


def _mean(values: Values) -> float:
    return float(values.mean()) if len(values) else math.nan
