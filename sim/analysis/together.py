"""How many replications are made at once: for the cases of all most takes little longer than for those of one."""

from __future__ import annotations

from sim.scenario.scenario import YEAR, Scenario

CASES_TOGETHER = 10_000
"""Cases of all of them: as many as have their numbers of one purpose near the processor."""


def most_together(scenario: Scenario) -> int:
    """How many replications of a scenario are made at once at most; one of those that have many cases."""
    years = scenario.window.days / YEAR if scenario.window else 0.0
    cases = sum(
        demand.yearly * years or demand.cases or len(demand.arrivals or ()) for demand in scenario.demand.values()
    )
    return max(1, int(CASES_TOGETHER / max(cases, 1)))
