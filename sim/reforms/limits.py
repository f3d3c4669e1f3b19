"""Reforms of limits: what an office promises, and what a new law allows it."""

from __future__ import annotations

from math import ceil
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.core.errors import ReformError
from sim.reforms.base import Context, Ids, ProcessReform
from sim.reforms.primitives import Rewrite, change, step_of
from sim.spec.amounts import mean
from sim.spec.bundles import parts_of, with_bundle
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.limit import Bundle, Limit
from sim.spec.process import Process
from sim.spec.step import Step


class TimeLimit(ProcessReform):
    """限时办结, 压缩承诺时限: committed limits, given or as a share of the statutory ones; never longer ones."""

    english = ("time limit",)
    aliases = {"压缩承诺时限": "限时办结"}

    reform: Literal["限时办结"]
    """`限时办结`."""
    steps: Ids | None = None
    """Steps it binds; with `compression`, every counted step with a statutory limit when left out."""
    committed: Duration | None = None
    """The committed limit."""
    together: bool = False
    """Whether `committed` is promised for the steps as a whole, and judged by it. No source says how they share it, so
    that each gets an equal part of their longest chain, and one that has less of its own leaves the rest to the others.
    """
    compression: Annotated[float, Field(gt=0, le=1)] | None = None
    """Share of the statutory limit that remains, rounded up to whole days; what goes is the measure `cut_share`."""

    @model_validator(mode="after")
    def _one_form(self) -> TimeLimit:
        if (self.committed is None) == (self.compression is None):
            raise ValueError("a time limit is committed or a compression; give one of the two")
        if self.committed is not None and self.steps is None:
            raise ValueError("committed binds named steps; give steps")
        if self.together and self.committed is None:
            raise ValueError("together goes with committed; a compression is taken of each step's own limit")
        return self

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with the committed limits."""
        del context
        if self.together:
            return Rewrite(self._shared(process))
        steps = self.steps or [s for s, x in process.steps.items() if x.is_counted and x.limit.statutory]
        return Rewrite(change(process, {s: self._limits(s, step_of(process, s)) for s in steps}))

    def _shared(self, process: Process) -> Process:
        """The process in which the steps share a limit of the whole."""
        assert self.committed is not None
        assert self.steps is not None
        for s in self.steps:
            refuse_classes(s, step_of(process, s), "give each class its part in the process")
        if not isinstance(self.committed.amount, int | float):
            raise ReformError("a limit of the whole is one number, not a distribution")
        limits = parts_of(process, self.steps, self.committed)
        if all(limit == process.steps[s].limit for s, limit in limits.items()):
            return process  # a promise that is no shorter than those of the steps is none
        shared = change(process, {s: {"limit": limit} for s, limit in limits.items()})
        return with_bundle(shared, Bundle(steps=self.steps, limit=Limit(committed=self.committed)))

    def _limits(self, step_id: str, step: Step) -> dict[str, Any]:
        """What changes of a step: its limit, and those of classes and of later attempts, where they are longer."""
        return step.with_limits(lambda _: self._limit(step_id, step), self._other)

    def _other(self, limit: Limit) -> Limit:
        committed, standing = self.committed, limit.effective
        if committed is None and limit.statutory is not None:
            committed = compressed(limit.statutory, self.compression or 1, self.source)
        if committed is None or (standing and _days(standing) <= _days(committed)):
            return limit
        return _commit(limit, committed)

    def _limit(self, step_id: str, step: Step) -> Limit:
        standing, committed = step.limit.committed, self.committed
        if committed is None:
            if step.limit.statutory is None:
                raise ReformError(f"{step_id} has no statutory limit to compress; give it a committed limit")
            committed = compressed(step.limit.statutory, self.compression or 1, self.source)
            return step.limit if standing and _days(committed) >= _days(standing) else _commit(step.limit, committed)
        if standing and _days(committed) > _days(standing):
            raise ReformError(f"{step_id} has a committed limit of {_said(standing)} already; "
                              f"{_said(committed)} would be longer")  # fmt: skip
        return _commit(step.limit, committed)


class NationalRule(ProcessReform):
    """法定时限调整: a national rule changes a statutory limit, or the length of a statutory wait."""

    english = ("change of a statutory limit",)

    reform: Literal["法定时限调整"]
    """`法定时限调整`."""
    steps: Ids
    """Steps it binds."""
    statutory: Duration | None = None
    """Statutory limit from now on."""
    duration: Duration | None = None
    """Length of a public notice or another statutory wait from now on."""

    @model_validator(mode="after")
    def _one_form(self) -> NationalRule:
        if (self.statutory is None) == (self.duration is None):
            raise ValueError("a national rule sets a statutory limit or a duration; give one of the two")
        return self

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process under the new rule; a committed limit above it comes down with it."""
        if context.sources[self.source].kind != "law":
            raise ReformError(f"only a law changes what is statutory; {self.source} is of kind "
                              f"{context.sources[self.source].kind}")  # fmt: skip
        if self.duration is not None:
            return Rewrite(change(process, {s: {"duration": self.duration} for s in self.steps}))
        limits = {s: step_of(process, s).with_limits(self._limit, self._other) for s in self.steps}
        return Rewrite(change(process, limits))

    def _limit(self, limit: Limit) -> Limit:
        statutory, committed = self.statutory, limit.committed
        assert statutory is not None
        beyond = committed and _days(committed) > _days(statutory)
        return limit.model_copy(update={"statutory": statutory, "committed": None if beyond else committed})

    def _other(self, limit: Limit) -> Limit:
        """The limit of a class, or of later attempts; a statutory one of its own that is shorter stays."""
        assert self.statutory is not None
        shorter = limit.statutory and _days(limit.statutory) < _days(self.statutory)
        return limit if shorter else self._limit(limit)


def refuse_classes(step_id: str, step: Step, why: str) -> None:
    """Refuse a step whose limit differs between classes of cases."""
    if any(c.limit.states_any for c in step.classes):
        raise ReformError(f"{step_id} has a limit by class of case; {why}")


def _commit(limit: Limit, committed: Duration) -> Limit:
    return limit.model_copy(update={"committed": committed})


def _days(limit: Duration) -> float:
    """A limit in usual working days, to compare limits in different units by."""
    return limit.mean_working_days(OFFICE_DAY)


def _said(limit: Duration) -> str:
    return f"{mean(limit.amount):g} {limit.unit}"


def compressed(statutory: Duration, share: float, source: str) -> Duration:
    """A share of a statutory limit, rounded up to whole units."""
    if not isinstance(statutory.amount, int | float):
        raise ReformError("a statutory limit is one number, not a distribution")
    # What 0.25 × 20 leaves behind the comma is no day.
    whole = float(ceil(round(statutory.amount * share, 6)))
    return Duration.model_validate({"source": source, statutory.unit: whole})
