"""What a run writes for other programs: results.json and cases.csv."""

from __future__ import annotations

import json
from typing import Any

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison, Summary
from sim.analysis.estimate import Estimate
from sim.analysis.verdict import TargetResult
from sim.report.numbers import PLAIN, rounded
from sim.scenario.evidence import evidence
from sim.scenario.prepared import PreparedVariant


def results(comparison: Comparison, remedies: dict[str, Remedy]) -> dict[str, Any]:
    """The comparison as plain data; the same for any number of workers."""
    prepared = comparison.prepared
    found = evidence(prepared)
    return {
        "scenario": prepared.scenario.id,
        "name": prepared.scenario.name.model_dump(),
        "place": prepared.scenario.place,
        "start": prepared.scenario.start,
        "projected_years": list(comparison.projected_years),
        "seed": comparison.seed,
        "runs": comparison.runs,
        "variants": {v.id: _variant(comparison, v) for v in prepared.variants},
        "targets": [_target(result, remedies.get(result.target.id)) for result in comparison.targets],
        "staff": [
            {"department": d, "role": r, "officers": n, "derived_from_utilisation": True}
            for (d, r), n in sorted(comparison.staff.items())
        ],
        "evidence": {"numbers": found.counts, "assumed_share": rounded(found.assumed_share)},
    }


def _variant(comparison: Comparison, variant: PreparedVariant) -> dict[str, Any]:
    processes = comparison.statistics[variant.id]
    return {
        "name": variant.name.model_dump(),
        "starts_from": variant.start,
        "changes": [
            {"reform": c.reform, "process": c.process, "change": str(c), "source": c.source} for c in variant.changes
        ],
        "processes": {p: {m: _statistics(s) for m, s in found.items()} for p, found in processes.items()},
        "days_by_step_and_category": {p: _split(comparison, variant.id, p) for p in processes},
        "utilisation": {f"{d}/{r}": _estimate(e) for (d, r), e in sorted(comparison.utilisation[variant.id].items())},
    }


def _split(comparison: Comparison, variant: str, process: str) -> list[dict[str, Any]]:
    rows = comparison.split[variant][process].to_dict("records")
    return [{k: rounded(v) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


def _statistics(found: Summary) -> dict[str, Any]:
    table = {"mean": _estimate(found.mean), "p50": rounded(found.p50.mean), "p90": rounded(found.p90.mean)}
    return table | ({"difference": _estimate(found.difference)} if found.difference else {})


def _estimate(found: Estimate) -> dict[str, Any]:
    return {"value": rounded(found.mean), "interval95": [rounded(found.low), rounded(found.high)], "runs": found.runs}


def _target(result: TargetResult, remedy: Remedy | None) -> dict[str, Any]:
    target = result.target
    written = target.model_dump(exclude_none=True, exclude={"name"})
    return written | {
        "name": target.name.model_dump(),
        "processes": list(result.processes),
        "estimate": _estimate(result.estimate),
        "baseline": _estimate(result.baseline),
        "verdict": result.verdict,
        "as_wanted": result.as_wanted,
        "residual": rounded(result.residual),
        "met_before_the_reforms": result.met_before,
        "remedy": remedy.plain() if remedy else None,
    }


def results_json(comparison: Comparison, remedies: dict[str, Remedy]) -> str:
    """The text of results.json."""
    return json.dumps(results(comparison, remedies), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def cases_csv(comparison: Comparison) -> str:
    """The text of cases.csv: one line per measured case, variant and replication."""
    return comparison.cases.to_csv(index=False, float_format=PLAIN, lineterminator="\n")  # type: ignore[no-any-return]
