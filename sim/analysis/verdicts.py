"""The gate for CI: the verdicts of many scenarios, and whether every one is as wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sim.analysis.comparison import Comparison
from sim.analysis.verdict import TargetResult
from sim.core.errors import PlannerError

STOPPED = "stopped before it was finished"


@dataclass
class Verdicts:
    """The verdicts of some scenarios, as far as they are known."""

    by_scenario: dict[str, Sequence[TargetResult]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    """Scenario, or what else it was → why there are no verdicts."""

    @property
    def results(self) -> list[TargetResult]:
        """All of them, scenario by scenario."""
        return [result for results in self.by_scenario.values() for result in results]

    @property
    def as_wanted(self) -> bool:
        """Whether every one is met, or missed where a miss is on record."""
        return all(result.as_wanted for result in self.results)

    def gather(self, compared: Iterable[tuple[str, Comparison | PlannerError]]) -> Iterator[str]:
        """Keep what becomes known of scenarios, and yield the name of each when it is."""
        for scenario, found in compared:
            if isinstance(found, PlannerError):
                self.fail(scenario, found)
            else:
                self.by_scenario[scenario] = found.targets
            yield scenario

    def fail(self, scenario: str, error: BaseException) -> None:
        """Keep why there are no verdicts, for a reader who sees nothing else."""
        if isinstance(error, KeyboardInterrupt):
            self.failures[scenario] = STOPPED
        elif isinstance(error, PlannerError):
            self.failures[scenario] = str(error)
        else:
            self.failures[scenario] = f"{type(error).__name__}: {error}"
