"""What a run writes for other programs: results.json and cases.csv."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison, Summary
from sim.analysis.estimate import Estimate
from sim.analysis.telling import quiet_of
from sim.analysis.verdict import TargetResult
from sim.core.version import VERSION
from sim.report.numbers import DIGITS, PLAIN, rounded
from sim.report.results_model import (
    ChangeMade,
    DaysFound,
    EstimateFound,
    EvidenceFound,
    MeasureFound,
    OutlivedFound,
    RemedyFound,
    Results,
    StaffFound,
    TargetFound,
    VariantFound,
)
from sim.scenario.evidence import evidence
from sim.scenario.prepared import PreparedVariant


def results(comparison: Comparison, remedies: Mapping[str, Remedy]) -> Results:
    """The comparison as it is written; the same for any number of workers."""
    prepared = comparison.prepared
    found = evidence(prepared)
    return Results(
        schema_version=1,
        scenario=prepared.scenario.id,
        name=prepared.scenario.name,
        place=prepared.scenario.place,
        start=prepared.scenario.start,
        projected_years=comparison.projected_years,
        outlived_rules=tuple(
            OutlivedFound(source=rule.key, last=rule.last, ended=rule.ended, by=rule.by) for rule in prepared.outlived
        ),
        seed=comparison.seed,
        runs=comparison.runs,
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


def _variant(comparison: Comparison, variant: PreparedVariant) -> VariantFound:
    processes = comparison.statistics[variant.id]
    return VariantFound(
        name=variant.name,
        starts_from=variant.start,
        changes=tuple(
            ChangeMade(reform=c.reform, process=c.process, change=str(c), source=c.source) for c in variant.changes
        ),
        processes={p: {m: _measure(s) for m, s in found.items()} for p, found in processes.items()},
        days_by_step_and_category={p: _days(comparison.split[variant.id][p]) for p in processes},
        utilisation={f"{d}/{r}": _estimate(e) for (d, r), e in sorted(comparison.utilisation[variant.id].items())},
    )


def _days(split: pd.DataFrame) -> tuple[DaysFound, ...]:
    rows = split.to_dict("records")
    return tuple(DaysFound(**r | {"office": rounded(r["office"]), "calendar": rounded(r["calendar"])}) for r in rows)


def _measure(found: Summary) -> MeasureFound:
    difference = {"difference": _estimate(found.difference)} if found.difference else {}
    return MeasureFound(
        mean=_estimate(found.mean), p50=rounded(found.p50.mean), p90=rounded(found.p90.mean), **difference
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
        remedy=RemedyFound.model_validate(remedy.plain()) if remedy else None,
    )


def results_json(comparison: Comparison, remedies: Mapping[str, Remedy]) -> str:
    """The text of results.json."""
    plain = results(comparison, remedies).model_dump(exclude_unset=True)
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def cases_csv(comparison: Comparison) -> str:
    """The text of cases.csv: one line per measured case, variant and replication."""
    return comparison.cases.to_csv(index=False, float_format=PLAIN, lineterminator="\n")  # type: ignore[no-any-return]
