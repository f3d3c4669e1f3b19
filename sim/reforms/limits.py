"""Reforms of limits: what an office promises, and what a new law allows it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import ceil, inf
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.core.errors import ReformError
from sim.reforms.base import Context, Ids, ProcessReform
from sim.reforms.primitives import Rewrite, change, step_of
from sim.spec import graph
from sim.spec.amounts import mean
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.process import Process
from sim.spec.step import Limit, Step


class TimeLimit(ProcessReform):
    """限时办结, 压缩承诺时限: committed limits, given or as a share of the statutory ones; never longer ones."""

    english = ("time limit",)

    reform: Literal["限时办结"]
    """`限时办结`."""
    steps: Ids | None = None
    """Steps it binds; with `compression`, every counted step with a statutory limit when left out."""
    committed: Duration | None = None
    """The committed limit."""
    together: bool = False
    """Whether `committed` is promised for the steps as a whole. No source says how they share it, so that each gets an
    equal part of their longest chain, and one that has less of its own leaves the rest to the others."""
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
            return Rewrite(change(process, {s: {"limit": x} for s, x in self._shared(process).items()}))
        steps = self.steps or [s for s, x in process.steps.items() if x.is_counted and x.limit.statutory]
        return Rewrite(change(process, {s: {"limit": self._limit(s, step_of(process, s))} for s in steps}))

    def _shared(self, process: Process) -> dict[str, Limit]:
        """The limits of the steps when the whole is shared out over them; a shorter one of their own stays."""
        assert self.committed is not None
        assert self.steps is not None
        whole, limits = self.committed, {s: step_of(process, s).limit for s in self.steps}
        if not isinstance(whole.amount, int | float):
            raise ReformError("a limit of the whole is one number, not a distribution")
        own = {s: _days(x.effective) if x.effective else inf for s, x in limits.items()}
        part = equal_part(_days(whole), own, graph.ancestors(graph.predecessors(process)))
        share = whole.model_copy(update={whole.unit: round(whole.amount * part / _days(whole), 6)})
        return {s: _commit(limit, share) if own[s] > part else limit for s, limit in limits.items()}

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
        return Rewrite(change(process, {s: {"limit": self._limit(step_of(process, s))} for s in self.steps}))

    def _limit(self, step: Step) -> Limit:
        statutory, committed = self.statutory, step.limit.committed
        assert statutory is not None
        beyond = committed and _days(committed) > _days(statutory)
        return Limit(statutory=statutory, committed=None if beyond else committed)


def equal_part(whole: float, own: Mapping[str, float], elders: Mapping[str, Collection[str]]) -> float:
    """The part that each step gets when the longest chain of them lasts the whole: days, as the whole and `own` are.

    `own` are the limits the steps have already, in an order in which each stands after its `elders`; one shorter than
    the part stays. Infinite where all of them together are shorter than the whole.
    """
    found = inf
    for chain in _chains(sorted(own, key=lambda s: len(elders[s])), elders):
        left, free = whole, sorted(own[s] for s in chain)
        while free and free[0] < left / len(free):
            left -= free.pop(0)
        found = min(found, left / len(free) if free else inf)
    return found


def _chains(steps: list[str], elders: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Every chain of steps that cannot be made longer by one more at its end."""
    paths: dict[str, list[list[str]]] = {}
    for step in steps:
        before = [s for s in paths if s in elders[step]]
        last = [s for s in before if not any(s in elders[t] for t in before)]
        paths[step] = [[*path, step] for s in last for path in paths[s]] or [[step]]
    ends = [s for s in steps if not any(s in elders[t] for t in steps)]
    return (path for s in ends for path in paths[s])


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
