"""What it takes to do something, as the planner prices it: a reform, an officer more, a day more that windows open."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.sources import Sourced

STAFF, HOURS = "staff.", "hours"
"""Before the department of which an officer more is priced; the key of a day more."""


class Cost(Sourced):
    """What something costs, in whatever unit all costs of the scenario share."""

    amount: Annotated[float, Field(ge=0)]
    """How much; of a reform for each time it is used, of staff for each officer more, of hours for each day more."""
