"""Reforms of what the applicant pays: 取消收费, 减免收费, 调整收费."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.core.errors import ReformError
from sim.reforms.base import Context, Ids, ProcessReform
from sim.reforms.primitives import Rewrite, change, step_of
from sim.spec.attributes import Condition
from sim.spec.fees import Fee, Reduction
from sim.spec.process import Process


class ChangeFees(ProcessReform):
    """取消收费, 减免收费, 调整收费: fees go, are reduced for some cases or all, or become another amount."""

    english = ("fees dropped", "fees reduced", "fees changed")

    reform: Literal["取消收费", "减免收费", "调整收费"]
    """`取消收费`, `减免收费` or `调整收费`."""
    steps: Ids | None = None
    """Steps whose fees they are; every step that has any when left out."""
    remains: Annotated[float, Field(ge=0, lt=1)] | None = None
    """For `减免收费`: share of the fee that remains to be paid."""
    yuan: Annotated[float, Field(ge=0)] | None = None
    """For `调整收费`: the fee from now on, in yuan."""
    when: Condition = {}
    """For `取消收费` and `减免收费`: cases for which; all when left out."""

    @model_validator(mode="after")
    def _own_fields(self) -> ChangeFees:
        if (self.reform == "减免收费") != (self.remains is not None):
            raise ValueError("remains goes with 减免收费, and only with it: the share of the fee still to be paid")
        if (self.reform == "调整收费") != (self.yuan is not None):
            raise ValueError("yuan goes with 调整收费, and only with it: the fee from now on")
        if self.reform == "调整收费" and self.when:
            raise ValueError("调整收费 holds for every case; take when out, or reduce the fee of some by 减免收费")
        return self

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with those fees changed; a fee that is dropped stays on record as one that nobody pays."""
        del context
        steps = self.steps or tuple(s for s, step in process.steps.items() if step.fees)
        if not steps:
            raise ReformError(f"no step of {process.id} says what it costs; add fees to a step")
        return Rewrite(change(process, {s: {"fees": self._changed(s, step_of(process, s).fees)} for s in steps}))

    def _changed(self, step: str, fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
        if not fees:
            raise ReformError(f"{step} does not say what it costs; add fees to it, or take it out of the steps")
        if self.yuan is not None and len(fees) > 1:
            raise ReformError(f"{step} has {len(fees)} fees, and yuan would not say which; reduce them by 减免收费")
        return tuple(self._fee(step, fee) for fee in fees)

    def _fee(self, step: str, fee: Fee) -> Fee:
        if self.yuan is not None:
            return fee.model_copy(update={"yuan": self.yuan, "source": self.source})
        remains = self.remains or 0.0
        standing = [r.remains for r in fee.reductions if not r.when or r.when == self.when]
        if min(standing, default=1.0) <= remains:
            raise ReformError(f"{step} has its fee reduced to {min(standing):g} of it already for those cases")
        reduction = Reduction(source=self.source, remains=remains, when=self.when)
        return fee.model_copy(update={"reductions": (*fee.reductions, reduction)})
