"""Statistics: what a target tells of a measure, as one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.core.register import register
from sim.records.measures.base import Measure, Values
from sim.records.units import SHARE, Unit
from sim.spec.base import Name


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """One statistic: what it is called and what kind of number it is."""

    id: str
    name: Name
    """What it is called; `{limit}` stands for the limit of a target, where it needs one."""
    needs_limit: bool
    """Whether a target has to state the value within which cases are counted."""
    along_axis: bool
    """Whether a line across the axis of the measure can stand for it."""
    is_share: bool
    """Whether it is a share whatever the measure counts."""

    def unit(self, measure: Measure) -> Unit:
        """The unit of this statistic of a measure."""
        return SHARE if self.is_share else measure.unit


@dataclass(frozen=True, kw_only=True)
class OfCases(Statistic):
    """A statistic of the cases of one replication of one variant."""

    of: Callable[[Values, float | None], float]
    """From the values of the cases, none of them not-a-number, and the limit."""


@dataclass(frozen=True, kw_only=True)
class OfVariants(Statistic):
    """A statistic that compares a variant with the first one, process by process."""

    of: Callable[[Values, Values], float]
    """From the mean of every process in the first variant and in this one."""


def _of_cases(statistic: str, zh: str, en: str, of: Callable[[Values], float]) -> OfCases:
    return OfCases(id=statistic, name=Name(zh=zh, en=en), needs_limit=False, along_axis=True, is_share=False,
                   of=lambda values, _: of(values))  # fmt: skip


def _within(values: Values, limit: float | None) -> float:
    assert limit is not None
    return float((values <= limit + 1e-9).mean())


def _mean_reduction(before: Values, after: Values) -> float:
    """The mean of the reductions of the processes.

    A process that starts from nothing has no reduction and is left out; not-a-number if all do.
    """
    some = before > 0
    return float(np.mean(1 - after[some] / before[some])) if some.any() else float("nan")


def _total_reduction(before: Values, after: Values) -> float:
    """The reduction of the sum over the processes."""
    return _mean_reduction(np.nansum(before, keepdims=True), np.nansum(after, keepdims=True))


_ALL: tuple[OfCases | OfVariants, ...] = (
    _of_cases("mean", "均值", "mean", lambda values: float(values.mean())),
    _of_cases("p50", "中位数", "median", lambda values: float(np.quantile(values, 0.5))),
    _of_cases("p90", "90% 分位数", "90% quantile", lambda values: float(np.quantile(values, 0.9))),
    _of_cases("maximum", "最大值", "maximum", lambda values: float(values.max())),
    OfCases(
        id="share_within",
        name=Name(zh="{limit}以内的案件占比", en="share of cases within {limit}"),
        needs_limit=True,
        along_axis=True,
        is_share=True,
        of=_within,
    ),
    OfVariants(
        id="mean_reduction",
        name=Name(zh="较基准方案的降幅，各业务平均", en="reduction against the baseline, mean over processes"),
        needs_limit=False,
        along_axis=False,
        is_share=True,
        of=_mean_reduction,
    ),
    OfVariants(
        id="total_reduction",
        name=Name(zh="较基准方案的降幅，各业务合计", en="reduction against the baseline, of the sum over processes"),
        needs_limit=False,
        along_axis=False,
        is_share=True,
        of=_total_reduction,
    ),
)
STATISTICS = register(_ALL)
"""Every statistic, by its id; a new one is one record above."""
