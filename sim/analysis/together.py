"""How many replications are made at once: for the cases of all most takes little longer than for those of one."""

from __future__ import annotations

from sim.scenario.scenario import Scenario

CASES_TOGETHER = 10_000
"""Cases of all of them: as many as have their numbers of one purpose near the processor."""


def most_together(scenario: Scenario) -> int:
    """How many replications of a scenario are made at once at most; one of those that have many cases."""
    return max(1, int(CASES_TOGETHER / max(scenario.coming, 1)))
