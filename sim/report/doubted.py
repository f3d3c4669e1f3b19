"""What the assumptions do to the targets, for other programs: JSON and CSV."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.analysis.answers import Doubts, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import Lever
from sim.analysis.verdict import TargetResult
from sim.core.version import VERSION
from sim.decide.flips import Flip
from sim.decide.indices import Index, Indices
from sim.decide.ranking import Ranked, ranking
from sim.report.numbers import PLAIN, rounded
from sim.report.results_worlds import worlds_found
from sim.text.spreadsheets import written

COLUMNS = ("target", "unit", "value", "assumption", "part", "range_low", "range_high", "at_low", "at_high", "swing",
           "turns", "flips_on_the_way_to", "flips_at_share_of_it", "rank_correlation", "worth", "first_order",
           "first_low", "first_high", "total_order", "total_low", "total_high")  # fmt: skip


@dataclass(frozen=True)
class Doubted:
    """A comparison, what each assumption does to its targets, and where it turns them."""

    comparison: Comparison
    doubts: Doubts
    flips: Mapping[str, Sequence[Flip]]
    indices: Indices | None = None
    """Where the spread over the worlds comes from; None where it was not asked."""

    @property
    def ranked(self) -> list[Ranked]:
        """The assumptions over all targets, what to measure first at the top."""
        worlds = {r.target.id: r.in_worlds for r in self.comparison.targets if r.in_worlds}
        return ranking(self.comparison, self.doubts, worlds)

    def index(self, target: str, effect: Effect) -> Index | None:
        """How much of the variance of a target comes from an assumption; None where that was not asked."""
        found = self.indices.targets.get(target, ()) if self.indices else ()
        return next((index for index in found if (index.key, index.part) == (effect.key, effect.part)), None)

    def flip(self, target: str, effect: Effect) -> Flip | None:
        """Where an assumption turns a target; None where it does not, or was not looked for."""
        found = (flip for flip in self.flips.get(target, ()) if (flip.key, flip.part) == (effect.key, effect.part))
        return next(found, None)


def doubted_json(found: Doubted) -> str:
    """The text of the JSON file: every target with its worlds and all that moves it, and what was not moved."""
    comparison = found.comparison
    prepared = comparison.prepared
    unmoved = [
        {"assumption": one.key, "range": list(one.assumption.range), "reason": one.reason, "told": one.told}
        for one in found.doubts.unmoved
    ]
    whole = {
        "schema_version": 1,
        "scenario": prepared.scenario.id,
        "version": VERSION,
        "inputs": prepared.inputs,
        "settings": [made.setting for made in prepared.settings.made],
        "seed": comparison.seed,
        "runs": comparison.most_runs,
        "measure_first": [_ranked(one) for one in found.ranked],
        "targets": [_target(found, result) for result in comparison.targets],
        "unmoved": unmoved,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def doubted_csv(found: Doubted) -> str:
    """The text of the CSV file: one line per target and assumption that moves it, the largest swing first."""
    lines = [
        {"target": result.target.id, "unit": result.target.value_unit.id, "value": rounded(result.estimate.mean), **row}
        for result in found.comparison.targets
        for row in _rows(found, result)
    ]
    return written(pd.DataFrame(lines, columns=list(COLUMNS)), PLAIN)


def _target(found: Doubted, result: TargetResult) -> dict[str, Any]:
    target = result.target
    return {
        "id": target.id,
        "name": target.name.model_dump(),
        "unit": target.value_unit.id,
        "value": rounded(result.estimate.mean),
        "direction": target.direction.id,
        "bound": rounded(target.bound),
        "worlds": worlds_found(result.in_worlds).model_dump(mode="json") if result.in_worlds else None,
        "assumptions": list(_rows(found, result)),
    }


def _rows(found: Doubted, result: TargetResult) -> Iterator[dict[str, Any]]:
    """What each assumption does: the target at both ends, where it turns, and what a measurement would be worth."""
    target, levers = result.target, _levers(result)
    for effect in found.doubts.effects.get(target.id, ()):
        flip, lever = found.flip(target.id, effect), levers.get((effect.key, effect.part))
        yield {
            "assumption": effect.key,
            "part": effect.part or None,
            "range_low": rounded(effect.assumption.range[0]),
            "range_high": rounded(effect.assumption.range[1]),
            "at_low": rounded(effect.low),
            "at_high": rounded(effect.high),
            "swing": rounded(effect.swing),
            "turns": effect.turns(target),
            "flips_on_the_way_to": rounded(flip.bound) if flip else None,
            "flips_at_share_of_it": rounded(flip.way) if flip else None,
            "rank_correlation": rounded(lever.rank) if lever else None,
            "worth": rounded(lever.worth) if lever else None,
            **_index(found.index(target.id, effect)),
        }


def _index(index: Index | None) -> dict[str, float | None]:
    orders = (index.first, *index.first_between, index.total, *index.total_between) if index else (math.nan,) * 6
    return dict(zip(COLUMNS[-6:], map(rounded, orders), strict=True))


def _ranked(one: Ranked) -> dict[str, Any]:
    worth = {target: rounded(worth) for target, worth in one.worth.items()}
    return {"assumption": one.key, "part": one.part or None, "turns": list(one.turned), "swing": rounded(one.swing),
            "worth": worth}  # fmt: skip


def _levers(result: TargetResult) -> dict[tuple[str, str], Lever]:
    return {(lever.key, lever.part): lever for lever in (result.in_worlds.levers if result.in_worlds else ())}
