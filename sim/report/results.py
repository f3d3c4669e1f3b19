"""What a run writes for other programs: results.json."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison, Month
from sim.analysis.estimate import Estimate
from sim.analysis.own import OwnShare
from sim.analysis.summary import Summary
from sim.analysis.telling import quiet_of
from sim.analysis.verdict import Reading, TargetResult
from sim.analysis.warming import Warming
from sim.core.version import VERSION
from sim.report.numbers import DIGITS, rounded
from sim.report.results_model import (
    ChangeMade,
    DaysFound,
    EstimateFound,
    EvidenceFound,
    MeasureFound,
    MonthFound,
    OutlivedFound,
    OwnShareFound,
    ReadingFound,
    Results,
    SettingFound,
    StaffFound,
    TargetFound,
    VariantFound,
    WarmingFound,
    WindowPlayed,
)
from sim.report.results_remedies import RemedyFound
from sim.report.results_worlds import worlds_found
from sim.report.settings import values
from sim.scenario.evidence import evidence
from sim.scenario.prepared import PreparedVariant
from sim.scenario.settings import Made


def results(comparison: Comparison, remedies: Mapping[str, Remedy]) -> Results:
    """The comparison as it is written; the same for any number of workers."""
    prepared = comparison.prepared
    found, window = evidence(prepared), prepared.scenario.window
    tried = tuple(_setting(made, comparison) for made in prepared.settings.made)
    return Results(
        **({"settings": tried} if tried else {}),
        schema_version=1,
        scenario=prepared.scenario.id,
        name=prepared.scenario.name,
        place=prepared.scenario.place,
        start=prepared.scenario.start,
        window=WindowPlayed(weeks=window.weeks, warm_up=window.warm_up) if window else None,
        warming=tuple(map(_warming, comparison.warming)),
        own_shares=tuple(map(_own_share, comparison.own)),
        projected_years=comparison.projected_years,
        outlived_rules=tuple(
            OutlivedFound(source=rule.key, last=rule.last, ended=rule.ended, by=rule.by) for rule in prepared.outlived
        ),
        seed=comparison.seed,
        runs=comparison.most_runs,
        interrupted=comparison.interrupted,
        version=VERSION,
        inputs=prepared.inputs,
        variants={v.id: _variant(comparison, v) for v in prepared.variants},
        targets=tuple(_target(result, remedies.get(result.target.id)) for result in comparison.targets),
        staff=tuple(
            StaffFound(department=d, role=r, officers=n, derived_from_utilisation=True)
            for (d, r), n in sorted(comparison.staff.officers.items())
        ),
        evidence=EvidenceFound(numbers=dict(found.counts), assumed_share=rounded(found.assumed_share)),
    )


def _setting(made: Made, comparison: Comparison) -> SettingFound:
    old, new = values(made, comparison.staff)
    return SettingFound(setting=made.setting, owner=made.owner, path=made.path, old=old, new=new)


def _warming(found: Warming) -> WarmingFound:
    return WarmingFound(
        variant=found.variant,
        process=found.process,
        measured_from=round(found.measured_from, DIGITS),
        warm_from=None if found.warm_from is None else rounded(found.warm_from),
        early=rounded(found.early),
        later=rounded(found.later),
        cold=found.cold,
        enough=found.enough,
    )


def _own_share(own: OwnShare) -> OwnShareFound:
    return OwnShareFound(
        department=own.department, role=own.role, variant=own.variant, share=rounded(own.share), small=own.small
    )


def _variant(comparison: Comparison, variant: PreparedVariant) -> VariantFound:
    processes = comparison.statistics[variant.id]
    return VariantFound(
        name=variant.name,
        starts_from=variant.start,
        runs=comparison.runs[variant.id],
        changes=tuple(
            ChangeMade(reform=c.reform, process=c.process, change=str(c), source=c.source) for c in variant.changes
        ),
        processes={p: {m: _measure(s) for m, s in found.items()} for p, found in processes.items()},
        months={p: tuple(map(_month, found)) for p, found in comparison.months[variant.id].items()},
        days_by_step_and_category={p: _days(comparison.split[variant.id][p]) for p in processes},
        utilisation={f"{d}/{r}": _estimate(e) for (d, r), e in sorted(comparison.utilisation[variant.id].items())},
    )


def _reading(found: Reading) -> ReadingFound:
    return ReadingFound(
        measure=found.measure.id,
        estimate=_estimate(found.estimate),
        baseline=_estimate(found.baseline),
        verdict=found.verdict,
    )


def _month(found: Month) -> MonthFound:
    return MonthFound(month=found.month, cases=found.cases, means={m: _estimate(e) for m, e in found.means.items()})


def _days(split: pd.DataFrame) -> tuple[DaysFound, ...]:
    rows = split.to_dict("records")
    return tuple(DaysFound(**r | {"office": rounded(r["office"]), "calendar": rounded(r["calendar"])}) for r in rows)


def _measure(found: Summary) -> MeasureFound:
    difference = {"difference": _estimate(found.difference)} if found.difference else {}
    return MeasureFound(
        mean=_estimate(found.mean),
        p50=rounded(found.p50.mean),
        p50_interval95=_interval(found.p50),
        p90=rounded(found.p90.mean),
        p90_interval95=_interval(found.p90),
        deviation=rounded(found.deviation.mean),
        minimum=rounded(found.minimum.mean),
        maximum=rounded(found.maximum.mean),
        **difference,
    )


def _estimate(found: Estimate) -> EstimateFound:
    return EstimateFound(value=rounded(found.mean), interval95=_interval(found), runs=found.runs)


def _interval(found: Estimate) -> tuple[float | None, float | None]:
    return rounded(found.low), rounded(found.high)


def _target(result: TargetResult, remedy: Remedy | None) -> TargetFound:
    written, quiet, earlier = result.target.model_dump(exclude_none=True), quiet_of(result), result.before_residual
    return TargetFound(
        **written,
        processes=result.processes,
        estimate=_estimate(result.estimate),
        baseline=_estimate(result.baseline),
        verdict=result.verdict,
        verdict_interval=_interval(result.judged_on),
        verdict_confidence=round(result.judged_on.level, DIGITS),
        as_wanted=result.as_wanted,
        residual=rounded(result.residual),
        met_before_the_reforms=result.met_before,
        quiet=quiet.id if quiet else None,
        residual_before=None if earlier is None else rounded(earlier),
        published_before_inside=result.before_holds,
        steps_without_limit=result.without_limit,
        worlds=worlds_found(result.in_worlds) if result.in_worlds else None,
        reading=_reading(result.reading) if result.reading else None,
        remedy=RemedyFound.model_validate(remedy.plain()) if remedy else None,
    )


def results_json(comparison: Comparison, remedies: Mapping[str, Remedy]) -> str:
    """The text of results.json."""
    plain = results(comparison, remedies).model_dump(exclude_unset=True)
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
