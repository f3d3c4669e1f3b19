"""A published figure to hold the model against."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.spec.base import Id, Name, Text
from sim.spec.scope import Scope
from sim.spec.sources import Sourced

Statistic = Literal["mean", "p50", "p90", "maximum", "share_within", "mean_reduction", "total_reduction"]
Measure = Literal[
    "counted_days", "elapsed_days", "calendar_days", "promised_days", "statutory_days",
    "touchpoints", "materials", "trips", "forms", "prefilled_share", "no_visit_share", "one_visit_share",
    "on_time_share", "parallel_share", "revoked_share", "refused_share", "refused_days",
    "returned_share", "compression", "services", "yearly_cases", "sunday_cases",
]  # fmt: skip
"""What is measured of the cases; how is told by the metrics."""


PROCESSWISE = ("mean_reduction", "total_reduction")
"""Statistics that compare a variant with the first one, process by process."""


class Target(Sourced):
    """A published figure and its scope."""

    id: Text
    """Number of the figure, such as T001."""
    name: Name
    """What the figure says."""
    measure: Measure
    """Measure it is held against."""
    statistic: Statistic = "mean"
    """Mean, quantile or maximum of the cases, the share of them within `limit`, or how far the measure came down
    against the first variant: the mean of the processes' reductions, or the reduction of their sum."""
    at_most: float | None = None
    """Highest value that meets it."""
    at_least: float | None = None
    """Lowest value that meets it."""
    limit: float | None = None
    """For `share_within`: the value within which the cases are counted."""
    unit: Literal["工作日", "天", "自然日", "个", "件", "次", "项", "%", "小时"]
    """Unit as published."""
    scope: Scope = Scope()
    """Which part of a case it speaks of."""
    variant: Id = "after"
    """Variant it is held against."""
    published_before: float | None = None
    """Figure published for the state before, if any."""
    known_miss: Text | None = None
    """Why this figure is missed: `check` then expects the miss and fails when the verdict changes."""

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("a target is at_most or at_least a value; give one of the two")
        if (self.statistic == "share_within") != (self.limit is not None):
            raise ValueError("limit goes with statistic: share_within, and only with it")
        return self

    @property
    def bound(self) -> float:
        """The value that decides."""
        bound = self.at_least if self.at_most is None else self.at_most
        assert bound is not None
        return bound
