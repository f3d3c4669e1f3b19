"""Reforms of how a step decides: on promise, as a filing, by a system, elsewhere, before the case."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from sim.core.errors import ReformError, unknown
from sim.reforms.base import Context, Ids, Probability, ProcessReform
from sim.reforms.primitives import Rewrite, change, step_of
from sim.spec.attributes import Attribute, Condition
from sim.spec.base import Id, Text
from sim.spec.durations import Duration, Minutes
from sim.spec.limit import Tacit
from sim.spec.process import Process
from sim.spec.step import Automatic, Promise, Step


class DecideOnPromise(ProcessReform):
    """告知承诺: decided on a promise; the check comes after the decision and takes the same inspectors."""

    english = ("decision on a promise",)

    reform: Literal["告知承诺"]
    """`告知承诺`."""
    steps: Ids
    """Steps that decide so."""
    decide: Duration
    """Time from acceptance to decision."""
    uptake: Probability
    """Share of the applicants allowed it who choose it."""
    uptake_source: Id | None = None
    """Where `uptake` comes from, where that is not `source`: key of a source."""
    check_within: Duration
    """Window after the decision within which the check is made."""
    breach: Probability = 0
    """Share of checks that find the promise not kept."""
    rectify: Duration | None = None
    """Applicant's time to rectify."""
    rectified: Probability = 1
    """Share of breaches that are rectified."""
    false: Probability = 0
    """Share of checks that find the promise false."""
    when: Condition = {}
    """Cases allowed it."""
    law: Id | None = None
    """Named statute that allows it where the general rule excludes it."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which those steps decide on promise."""
        for step_id in self.steps:
            step = step_of(process, step_id)
            if not step.official:
                raise ReformError(
                    f"{step_id} is of kind {step.kind} and decides nothing; 告知承诺 is for an office's steps"
                )
            if step.promise_excluded and self.law is None:
                raise ReformError(f"告知承诺 is excluded for {step_id}: {step.promise_excluded}; "
                                  "name the statute that allows it as law, or take the step out")  # fmt: skip
        if self.law is not None and (self.law not in context.sources or context.sources[self.law].kind != "law"):
            raise ReformError(f"law must name a source of kind law, found {self.law}")
        fields = {k: getattr(self, k) for k in Promise.model_fields}
        return Rewrite(change(process, {s: {"promise": Promise(**fields)} for s in self.steps}))


class File(ProcessReform):
    """备案制: an approval becomes a filing, over when the papers are complete: nothing is reviewed or refused."""

    english = ("filing instead of approval",)

    reform: Literal["备案制"]
    """`备案制`."""
    steps: Ids
    """Approvals that become filings."""
    committed: Duration
    """Committed limit of the filing."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which the steps are filings."""
        del context
        filings = change(process, {s: self._filing(s, step_of(process, s)) for s in self.steps})
        return Rewrite(filings, unreviewed=frozenset(self.steps))

    def _filing(self, step_id: str, step: Step) -> dict[str, Any]:
        if step.kind != "approval":
            raise ReformError(f"{step_id} is of kind {step.kind}; 备案制 makes filings of approvals")
        limit = step.limit.model_copy(update={"committed": self.committed})
        review = {"classes": (), "opinions": (), "tacit": None, "work": None, "circulation": None, "special": (),
                  "sits": None, "fails": None, "refused": None}  # fmt: skip
        return {"kind": "filing", "limit": limit, **review}


class SilentConsent(ProcessReform):
    """超时默认: a step whose limit ends without a decision counts as granted; its officers still work the file off."""

    english = ("silence is consent",)

    reform: Literal["超时默认"]
    """`超时默认`."""
    steps: Ids
    """Steps that are granted so."""
    law: Id | None = None
    """Named statute that allows it where a promise is excluded, as what concerns public safety is looked at first."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which the limit of those steps ends with consent."""
        for step_id in self.steps:
            step = step_of(process, step_id)
            if step.promise_excluded and self.law is None:
                raise ReformError(f"超时默认 is excluded for {step_id} as 告知承诺 is: {step.promise_excluded}; "
                                  "name the statute that allows it as law, or take the step out")  # fmt: skip
        if self.law is not None and (self.law not in context.sources or context.sources[self.law].kind != "law"):
            raise ReformError(f"law must name a source of kind law, found {self.law}")
        return Rewrite(change(process, {s: {"tacit": Tacit(source=self.source)} for s in self.steps}))


class RegionalAssessment(ProcessReform):
    """区域评估: enterprise-side work is done once for an area before the case starts; it does not vanish."""

    english = ("regional assessment",)

    reform: Literal["区域评估"]
    """`区域评估`."""
    steps: Ids
    """Steps done before the case."""
    by: Text
    """Who does them, such as the management committee of a development zone."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process whose cases find those steps done."""
        del context
        for s in self.steps:
            step_of(process, s)
        return Rewrite(change(process, {s: {"done_before": self.by} for s in self.steps}))


class Automate(ProcessReform):
    """秒批: a system decides a share of the cases day and night; the others fall back to people."""

    english = ("decision by a system",)

    reform: Literal["秒批"]
    """`秒批`."""
    steps: Ids
    """Steps decided so."""
    share: Probability
    """Share of cases it can decide."""
    minutes: Minutes
    """Minutes it takes."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which a system decides those steps."""
        del context
        system = Automatic(source=self.source, share=self.share, minutes=self.minutes)
        for s in self.steps:
            if not step_of(process, s).official:
                raise ReformError(f"{s} is of kind {process.steps[s].kind}; 秒批 is for an office's steps")
        return Rewrite(change(process, {s: {"automatic": system} for s in self.steps}))


class GreenLane(ProcessReform):
    """绿色通道: some cases are served first at every queue."""

    english = ("green lane",)

    reform: Literal["绿色通道"]
    """`绿色通道`."""
    when: Condition
    """Cases served first."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with those cases urgent."""
        del context
        return Rewrite(process.model_copy(update={"urgent": self.when}))


class Routing(ProcessReform):
    """分级分类: the share of cases that go one way or another changes."""

    english = ("routing by risk",)

    reform: Literal["分级分类"]
    """`分级分类`."""
    attribute: Id
    """Attribute whose shares change."""
    share: Probability | None = None
    """New share of a yes/no attribute."""
    values: dict[str, Probability] | None = None
    """New shares of a mix."""

    @model_validator(mode="after")
    def _one_form(self) -> Routing:
        if (self.share is None) == (self.values is None):
            raise ValueError("an attribute has a new share or new values; give one of the two")
        if self.values is not None and abs(sum(self.values.values()) - 1) > 1e-9:
            raise ValueError(f"the shares must sum to 1, found {sum(self.values.values()):g}; mend one of them")
        return self

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with the new shares."""
        del context
        if self.attribute not in process.attributes:
            raise ReformError(unknown("attribute", self.attribute, process.attributes))
        new = Attribute(source=self.source, share=self.share, values=self.values)
        return Rewrite(process.model_copy(update={"attributes": {**process.attributes, self.attribute: new}}))


class Reassign(ProcessReform):
    """下放, 一枚印章管审批: another department handles the steps."""

    english = ("delegation",)
    aliases = {"一枚印章管审批": "下放"}

    reform: Literal["下放"]
    """`下放`."""
    steps: Ids
    """Steps that move."""
    at: Id
    """Department that now handles them."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with the steps at the other department."""
        del context
        return Rewrite(change(process, {s: {"at": self.at} for s in self.steps}))
