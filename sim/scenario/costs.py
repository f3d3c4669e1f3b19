"""What it takes to do something, as the planner prices it: a reform, an officer more, a day more that windows open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sim.core.errors import unknown
from sim.spec.findings import Finding
from sim.spec.place import Place
from sim.spec.sources import Sourced
from sim.text.document import KeyPath

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

STAFF, HOURS = "staff.", "hours"
"""Before the department of which an officer more is priced; the key of a day more."""


class Cost(Sourced):
    """What something costs, in whatever unit all costs of the scenario share."""

    amount: Annotated[float, Field(ge=0)]
    """How much; of a reform for each time it is used, of staff for each officer more, of hours for each day more."""


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
