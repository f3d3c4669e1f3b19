"""What a step costs the applicant."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.amounts import Amount
from sim.spec.attributes import Condition
from sim.spec.base import Id
from sim.spec.sources import Sourced


class Reduction(Sourced):
    """减免: a fee of which some cases pay only a part, or nothing."""

    remains: Annotated[float, Field(ge=0, le=1)] = 0
    """Share of the fee that remains to be paid: 0 is 免收, 0.5 is 减半."""
    when: Condition = {}
    """Cases for which it is reduced; all when left out."""


class Fee(Sourced):
    """费用: what the applicant pays for a step, once per case, however often the step is done."""

    yuan: Amount
    """How much, in yuan."""
    per: Id | None = None
    """Numeric attribute by which it is multiplied, such as an area for a fee per square metre; none when left out."""
    when: Condition = {}
    """Cases that pay it; all when left out."""
    reductions: Annotated[tuple[Reduction, ...], Field(strict=False)] = ()
    """Who pays only a part of it; where several hold, the least of them is paid."""
