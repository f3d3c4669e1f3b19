"""Checks of what a scenario says its reforms, officers and hours cost."""

from __future__ import annotations

from collections.abc import Iterator

from sim.core.errors import unknown
from sim.scenario.costs import HOURS, STAFF
from sim.scenario.scenario import Scenario
from sim.spec.findings import Finding
from sim.spec.place import Place
from sim.text.document import KeyPath


def cost_findings(scenario: Scenario, place: Place | None) -> Iterator[Finding]:
    """Yield every cost of nothing that could be done, and every reform that has none where others have."""
    if not scenario.costs:
        return
    used = {str(getattr(reform, "reform", "")): None for v in scenario.variants.values() for reform in v.reforms}
    departments = [name for name, d in place.departments.items() if d.staff] if place else []
    known = [*used, *(f"{STAFF}{name}" for name in departments), HOURS]
    for key in scenario.costs:
        if key not in known and (place or not key.startswith(STAFF)):
            path: KeyPath = ("costs", key)
            yield Finding(path, unknown("cost", key, known), key=True)
    if missing := [name for name in used if name not in scenario.costs]:
        yield Finding(
            ("costs",), f"nothing says what {', '.join(missing)} would cost; add it, 0 where it is nothing", key=True
        )
