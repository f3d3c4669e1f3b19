"""Which assumptions matter: the targets when each assumption takes the lowest and highest value of its range."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sim.analysis.answers import REPLICATIONS, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.outcome import statistic, target_cases
from sim.analysis.playing import played
from sim.analysis.verdict import TargetResult
from sim.core.draws import Draws
from sim.core.errors import PlannerError
from sim.core.progress import Tell, silent
from sim.core.workers import mapper
from sim.records.measures.base import Values
from sim.records.statistics import OfCases
from sim.scenario.evidence import evidence
from sim.scenario.prepared import Flow, Prepared, PreparedVariant
from sim.scenario.target import Target
from sim.spec.amounts import Distribution
from sim.spec.base import Model
from sim.spec.sources import Assumption, Observation

T = TypeVar("T")


def effects(comparison: Comparison, workers: int = 1,
            tell: Tell = silent) -> dict[str, list[Effect]]:  # fmt: skip
    """Target → the effect of every assumption behind the scenario, the largest first, those without any left out."""
    known = evidence(comparison.prepared)
    ranked = [*known.assumptions, *(key for key in known.uncertain if key not in known.assumptions)]
    moves = [Move(key, known.uncertain[key], bound) for key in ranked for bound in known.uncertain[key]]
    estimates: list[dict[str, float]] = []
    with mapper(workers, _estimates, comparison) as run:
        for found in run(moves):
            estimates.append(found)
            tell(len(estimates), len(moves))
    effects: dict[str, list[Effect]] = {t: [] for t in (estimates[0] if estimates else {})}
    for key, low, high in zip(ranked, estimates[::2], estimates[1::2], strict=True):
        source = known.sources[key]
        assert isinstance(source, Assumption | Observation)
        for target, rows in effects.items():
            rows.append(Effect(key, source, low[target], high[target]))
    return {t: sorted((e for e in rows if not e.swing <= 1e-9), key=lambda e: -e.swing) for t, rows in effects.items()}


@dataclass(frozen=True)
class Move:
    """An assumption moved to one end of its range."""

    key: str
    range: tuple[float, float]
    bound: float

    def __call__(self, number: float) -> float:
        """What a number that rests on the assumption becomes; one outside its range is not what it speaks of."""
        low, high = self.range
        return self.bound if low - 1e-9 <= number <= high + 1e-9 else number


def _estimates(comparison: Comparison, move: Move) -> dict[str, float]:
    """Each target's estimate with one assumption moved; not-a-number where no world can have it so."""
    prepared = moved_world(comparison.prepared, move)
    moving = [r for r in comparison.targets if isinstance(r.target.statistic_record, OfCases)]
    cases: dict[str, list[Values | None]] = {r.target.id: [] for r in moving}
    for replication in range(min(REPLICATIONS, comparison.runs)):
        for variant in prepared.variants:
            results = [r for r in moving if r.target.variant == variant.id]
            if results:
                for target, found in _played(comparison, prepared, variant, results, replication):
                    cases[target].append(found)
    return {r.target.id: _statistic(r.target, cases[r.target.id]) for r in moving}


def _statistic(target: Target, found: Sequence[Values | None]) -> float:
    """The target's statistic over all cases; not-a-number where a replication could not be played."""
    cases = [values for values in found if values is not None]
    return statistic(target, cases) if len(cases) == len(found) else math.nan


def _played(comparison: Comparison, prepared: Prepared, variant: PreparedVariant, results: Sequence[TargetResult],
            replication: int) -> list[tuple[str, Values | None]]:  # fmt: skip
    """The cases of each target; None where the replication cannot be played."""
    try:
        tables, log = played(prepared, variant, comparison.staff, Draws(comparison.seed, replication))
    except PlannerError:  # an end of the range that no world can have, or that runs past the calendar
        return [(r.target.id, None) for r in results]
    return [(r.target.id, target_cases(r.target, prepared, tables, log)) for r in results]


def moved_world(prepared: Prepared, move: Move) -> Prepared:
    """The scenario with every number that rests on an assumption moved to one end of its range."""
    variants = tuple(
        replace(v, place=moved(v.place, move), flows={
            p: tuple(Flow(f.share, moved(f.process, move), moved(f.efforts, move)) for f in flows)
            for p, flows in v.flows.items()
        })
        for v in prepared.variants
    )  # fmt: skip
    return replace(prepared, variants=variants, practice=moved(prepared.practice, move),
                   scenario=moved(prepared.scenario, move))  # fmt: skip


def moved(part: T, move: Move) -> T:
    """The part of a spec with the numbers that rest on the assumption moved, distributions by their mean."""
    if isinstance(part, Model):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        own = fields.get("source") == move.key
        changed = {n: _moved_number(v, move) if own else moved(v, move) for n, v in fields.items()}
        changed = {n: v for n, v in changed.items() if v is not fields[n]}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, Mapping):
        inner = {k: moved(v, move) for k, v in part.items()}
        return inner if any(inner[k] is not v for k, v in part.items()) else part  # type: ignore[return-value]
    if isinstance(part, tuple):
        items = tuple(moved(v, move) for v in part)
        return items if any(a is not b for a, b in zip(items, part, strict=True)) else part  # type: ignore[return-value]
    return part


def _moved_number(value: Any, move: Move) -> Any:
    """A number moved to the bound, a distribution scaled to it; what is no amount is searched for others."""
    if isinstance(value, Distribution):
        scale = move(value.mean) / value.mean if value.mean else 1.0
        return value if scale == 1.0 else value.scaled(scale)
    if isinstance(value, float):
        return value if move(value) == value else move(value)
    return moved(value, move)
