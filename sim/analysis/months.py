"""Results by the month in which cases arrived."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.analysis.comparison import MONTHLY, Month
from sim.analysis.estimate import Estimate
from sim.analysis.intervals import Sample, design_effect
from sim.analysis.outcome import known
from sim.analysis.pooled import TOOK, of_measure
from sim.records.measures.register import MEASURES


def by_month(cases: pd.DataFrame) -> dict[str, dict[str, tuple[Month, ...]]]:
    """Variant → process → the months in which its measured cases arrived, in order."""
    months = cases["arrived"].to_numpy().astype("datetime64[M]").astype(str)
    found: dict[str, dict[str, list[Month]]] = {}
    for (variant, process, month), own in cases.groupby(["variant", "process", months], sort=False):
        found.setdefault(variant, {}).setdefault(process, []).append(_month(month, own))
    return {
        variant: {p: tuple(sorted(months, key=lambda m: m.month)) for p, months in own.items()}
        for variant, own in found.items()
    }


def _month(month: str, cases: pd.DataFrame) -> Month:
    replications = [own for _, own in cases.groupby("replication")]
    effect = design_effect(_sample(TOOK, replications))
    return Month(month, len(cases), {m: _mean(m, replications, effect) for m in MONTHLY})


def _mean(measure: str, replications: Sequence[pd.DataFrame], effect: float) -> Estimate:
    return of_measure(MEASURES[measure], _sample(measure, replications), effect=effect)


def _sample(measure: str, replications: Sequence[pd.DataFrame]) -> Sample:
    return [known(own[measure].to_numpy(dtype=float)) for own in replications]
