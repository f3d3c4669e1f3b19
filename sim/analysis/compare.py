"""From replications to estimates with intervals, differences between variants, and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.depth import Depth
from sim.analysis.estimate import Estimate
from sim.analysis.intervals import Sample, design_effect
from sim.analysis.looks import Look, level_at, looks
from sim.analysis.months import by_month
from sim.analysis.outcome import known, read, subjects
from sim.analysis.owned import own_shares
from sim.analysis.pooled import TOOK, compared, of_each, of_target, played
from sim.analysis.replications import Replication, runner
from sim.analysis.summary import Summary
from sim.analysis.telling import limits_are_the_figure, without_limit
from sim.analysis.verdict import Reading, TargetResult, judge
from sim.analysis.warming import Warming, warming
from sim.core.arrays import pd
from sim.core.errors import CalendarError, PlannerError, naming
from sim.core.later import Later
from sim.core.phases import phase
from sim.core.progress import Tell, silent
from sim.core.workdays import DAY
from sim.engine.counters import staff_of
from sim.records.measures.base import Values
from sim.records.measures.register import MEASURES
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import YEAR
from sim.scenario.target import Target


def idle() -> None:
    """Do nothing."""


def compare(prepared: Prepared, *, seed: int = 1, runs: int | None = None, workers: int = 1,
            progress: Tell = silent, often: bool = False, depth: Depth = Depth.COURSES,
            meanwhile: Callable[[], None] = idle) -> Comparison:  # fmt: skip
    """The comparison of a scenario's variants.

    Replications are added until every verdict is decided at one of the looks (`sim.analysis.looks`) or the
    scenario's budget ends, each time of the variants on which an open verdict hangs; `runs` fixes their number
    instead, for a single look at all. The result depends on the seed, not on the number of workers. `progress` is told
    how many replications are done, and of how many at most. When the user interrupts it, what is finished is compared,
    if that is at least two replications. `often` says that this is one of many comparisons, for which
    `sim.analysis.playing` may choose another player; `depth` how much will be told of it: what is not needed for that
    is neither found nor kept. `meanwhile` is done while others play.
    Raises PlannerError for a seed below 0, fewer than two runs or no worker, and for what keeps a case from ending.
    """
    for name, least_of_it, given in (("seed", 0, seed), ("runs", 2, runs), ("workers", 1, workers)):
        if given is not None and given < least_of_it:
            raise PlannerError(f"{name} is at least {least_of_it}, found {given}")
    with naming(prepared.where):
        try:
            return _compared(prepared, seed, runs, workers, progress, often, depth, meanwhile)
        except CalendarError as error:
            raise prepared.located(error) from None


def _compared(prepared: Prepared, seed: int, runs: int | None, workers: int, progress: Tell, often: bool,
              depth: Depth, meanwhile: Callable[[], None]) -> Comparison:  # fmt: skip
    staff, budget = staff_of(prepared), prepared.scenario.runs
    planned = looks(runs, runs) if runs else looks(budget.least, budget.most)
    done: list[Replication] = []
    going_on = [v.id for v in prepared.variants]
    interrupted = False
    try:
        with runner(prepared, staff, seed, workers, often, depth, planned[0].runs) as run:
            for look in planned:
                coming = run(range(len(done), look.runs), going_on)
                meanwhile()
                for replication in coming:
                    done.append(replication)
                    progress(len(done), planned[-1].runs)
                if not (going_on := _undecided(prepared, done, planned)):
                    break
    except KeyboardInterrupt:
        interrupted = True
        if len(done) < 2:
            raise
    with phase("verdicts"):
        found = _comparison(prepared, staff, seed, done, planned, depth)
    return replace(found, interrupted=interrupted)


def _undecided(prepared: Prepared, done: Sequence[Replication], planned: Sequence[Look]) -> list[str]:
    """The variants on which a verdict hangs that is open yet."""
    with phase("verdicts"):
        wanted = {
            variant
            for target in prepared.scenario.targets
            if judge(target, _judged_on(prepared, target, done, planned)) == "undecided"
            for variant in compared(target, prepared)
        }
    return [v.id for v in prepared.variants if v.id in wanted]


def _judged_on(prepared: Prepared, target: Target, done: Sequence[Replication], planned: Sequence[Look]) -> Estimate:
    """What a target comes to, as sure as the look asks after which its variant was played no more."""
    seen = min(len(played(variant, done)) for variant in compared(target, prepared))
    return of_target(prepared, target, target.variant, done, level_at(seen, planned))


def _comparison(prepared: Prepared, staff: Staff, seed: int, done: Sequence[Replication], planned: Sequence[Look],
                depth: Depth) -> Comparison:  # fmt: skip
    variants, processes = [v.id for v in prepared.variants], list(prepared.scenario.demand)
    base = variants[0]
    samples = {v: {p: _samples(v, p, done, depth) for p in processes} for v in variants}
    statistics = {v: {p: _summaries(v, base, p, samples) for p in processes} for v in variants}
    targets = [_target_result(prepared, t, base, done, planned) for t in prepared.scenario.targets]
    outcomes = {v: played(v, done) for v in variants}
    kept = {v: own[0].split for v, own in outcomes.items()}
    split = {v: {p: _mean_split([one.split[p] for one in own]) for p in kept[v]} for v, own in outcomes.items()}
    pools = done[0].variants[base].utilisation
    use = {v: {k: of_each([one.utilisation[k] for one in own]) for k in pools} for v, own in outcomes.items()}
    tables = {v: {p: [one.cases[p] for one in own] for p in processes} for v, own in outcomes.items()}
    return Comparison(
        prepared=prepared,
        seed=seed,
        runs={v: len(own) for v, own in outcomes.items()},
        staff=staff,
        statistics=statistics,
        targets=targets,
        split=split,
        utilisation=use,
        tables=tables,
        values={v: _values(v, prepared, done) for v in variants},
        courses=done[0].courses,
        events=done[0].events,
        months=Later(variants, lambda v: {p: found for p in processes if (found := by_month(tables[v][p]))}),
        warming=_warming(prepared, done),
        own=own_shares(prepared, done),
        projected_years=_projected_years(prepared, done),
    )


def _warming(prepared: Prepared, done: Sequence[Replication]) -> tuple[Warming, ...]:
    processes, in_weeks = list(prepared.scenario.demand), prepared.scenario.window is not None
    return tuple(
        warming(v.id, p, [outcome.spans[p] for outcome in played(v.id, done)], in_weeks, len(processes))
        for v in prepared.variants
        for p in processes
    )


def _projected_years(prepared: Prepared, done: Sequence[Replication]) -> tuple[int, ...]:
    """The projected years from the start to the last end, and at least the year over which demand is reckoned."""
    ended = max(outcome.end for r in done for outcome in r.variants.values()) // DAY
    left = (prepared.table.last - prepared.start).days
    return prepared.table.projected_within(prepared.start, prepared.start + timedelta(days=min(max(YEAR, ended), left)))


def _values(variant: str, prepared: Prepared, done: Sequence[Replication]) -> dict[str, dict[str, list[Values]]]:
    return {
        t.id: {p: [outcome.values[t.id][p] for outcome in played(variant, done)] for p in subjects(t, prepared)}
        for t in read(prepared)
    }


def _samples(variant: str, process: str, done: Sequence[Replication], depth: Depth) -> Mapping[str, Sample]:
    """Measure → what is known of it, of those that are kept; who asks for few does not wait for all."""
    tables = [outcome.cases[process] for outcome in played(variant, done)]
    return Later(depth.measures, lambda measure: [known(np.asarray(table[measure], dtype=float)) for table in tables])


def _summaries(
    variant: str, base: str, process: str, samples: Mapping[str, Mapping[str, Mapping[str, Sample]]]
) -> Mapping[str, Summary]:
    """Measure → its statistics, likewise."""
    own, first = samples[variant][process], None if variant == base else samples[base][process]
    effect = design_effect(own[TOOK])
    return Later(own, lambda m: Summary(MEASURES[m], own[m], None if first is None else first[m], effect))


def _target_result(
    prepared: Prepared, target: Target, base: str, done: Sequence[Replication], planned: Sequence[Look]
) -> TargetResult:
    judged_on, processes = _judged_on(prepared, target, done, planned), subjects(target, prepared)
    return TargetResult(
        target=target,
        processes=tuple(processes),
        estimate=of_target(prepared, target, target.variant, done),
        verdict=judge(target, judged_on),
        baseline=of_target(prepared, target, base, done),
        judged_on=judged_on,
        first=base,
        limits_are_the_figure=limits_are_the_figure(prepared, target, processes),
        without_limit=without_limit(prepared, target, processes),
        reading=_reading(prepared, target, base, done, planned),
    )


def _reading(
    prepared: Prepared, target: Target, base: str, done: Sequence[Replication], planned: Sequence[Look]
) -> Reading | None:
    """What a target comes to when its figure is read in the other way."""
    other = target.other_reading
    if other is None:
        return None
    return Reading(
        measure=other.measure_record,
        estimate=of_target(prepared, other, target.variant, done),
        baseline=of_target(prepared, other, base, done),
        verdict=judge(other, _judged_on(prepared, other, done, planned)),
    )


def _mean_split(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    keys = ["node", "kind", "category"]
    return pd.concat(parts).groupby(keys, as_index=False)[["office", "calendar"]].sum().assign(
        office=lambda x: x["office"] / len(parts), calendar=lambda x: x["calendar"] / len(parts))  # fmt: skip
