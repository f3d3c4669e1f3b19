"""How much there is to play."""

from __future__ import annotations

from sim.records.tables import Tables


def expected_attempts(tables: Tables) -> int:
    """How many attempts there are in some tables if nothing is done twice."""
    found = 0.0
    for number, flow in enumerate(tables.flows):
        cases = sum(int((arrivals.flow == number).sum()) for arrivals in tables.arrivals)
        found += cases * sum(1.0 if mask is None else float(mask.mean()) for mask in flow.active)
    return round(found)
