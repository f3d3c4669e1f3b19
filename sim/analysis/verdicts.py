"""The gate for CI: the verdicts of many scenarios, and whether every one is as wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sim.analysis.compare import compare
from sim.analysis.verdict import TargetResult
from sim.scenario.prepared import Prepared

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of some scenarios."""

    by_scenario: dict[str, Sequence[TargetResult]]

    @property
    def results(self) -> list[TargetResult]:
        """All of them, scenario by scenario."""
        return [result for results in self.by_scenario.values() for result in results]

    @property
    def as_wanted(self) -> bool:
        """Whether every one is met, or missed where a miss is on record."""
        return all(result.as_wanted for result in self.results)


def check_scenarios(scenarios: Sequence[Prepared], seed: int, workers: int, progress: Progress) -> Verdicts:
    """The verdicts of the scenarios that have targets."""
    found = {}
    for prepared in scenarios:
        if prepared.scenario.targets:
            with progress(prepared.scenario.id) as tell:
                found[prepared.scenario.id] = compare(prepared, seed=seed, workers=workers, progress=tell).targets
    return Verdicts(found)
