"""Statistics: what a target tells of a measure, as one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sim.core.arrays import np
from sim.core.register import register
from sim.records.measures.base import Measure, Values
from sim.records.units import SHARE, Unit
from sim.spec.base import Name

Estimation = Literal["mean", "deviation", "quantile", "share", "minimum", "maximum"]
"""How a statistic of all cases, and its interval, are estimated from replications."""
SAME = 1e-9
"""Values closer than this are the same."""


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
    """A statistic of the cases of one variant, those of all replications together."""

    of: Callable[[Values, float | None], float]
    """From the values of the cases, none of them not-a-number, and the limit."""
    estimation: Estimation
    """How it is estimated, with its interval, where replications are what is independent."""
    order: float = float("nan")
    """Of a quantile: the share of cases that do not exceed it."""
    extreme: bool = False
    """Whether a single case makes it, so that it lies the further out the more cases are simulated."""


@dataclass(frozen=True, kw_only=True)
class OfVariants(Statistic):
    """A statistic that compares a variant with the first one, process by process."""

    of: Callable[[Values, Values], float]
    """From the mean of every process in the first variant and in this one, over the cases of all replications."""


def _of_cases(statistic: Estimation, zh: str, en: str, of: Callable[[Values], float]) -> OfCases:
    return OfCases(id=statistic, name=Name(zh=zh, en=en), needs_limit=False, along_axis=True, is_share=False,
                   of=lambda values, _: of(values), estimation=statistic)  # fmt: skip


def _quantile(statistic: str, zh: str, en: str, order: float) -> OfCases:
    found = _of_cases("quantile", zh, en, lambda values: float(np.quantile(values, order)))
    return replace(found, id=statistic, order=order)


def within(values: Values, limit: float | None) -> Values:
    """By case: 1 where its value is at most the limit, else 0."""
    assert limit is not None
    return (values <= limit + SAME).astype(float)


def _mean_reduction(before: Values, after: Values) -> float:
    """The mean of the reductions of the processes.

    A process that starts from nothing, or of which nothing is known after, has none and is left out; not-a-number if
    all have.
    """
    some = (before > 0) & np.isfinite(after)
    return float(np.mean(1 - after[some] / before[some])) if some.any() else float("nan")


def _total_reduction(before: Values, after: Values) -> float:
    """The reduction of the sum over the processes that are known before and after."""
    both = np.isfinite(before) & np.isfinite(after)
    return _mean_reduction(before[both].sum(keepdims=True), after[both].sum(keepdims=True))


_ALL: tuple[OfCases | OfVariants, ...] = (
    _of_cases("mean", "均值", "mean", lambda values: float(values.mean())),
    _quantile("p50", "中位数", "median", 0.5),
    _quantile("p90", "90% 分位数", "90% quantile", 0.9),
    replace(
        _of_cases("deviation", "标准差", "standard deviation", lambda values: float(values.std())), along_axis=False
    ),
    replace(_of_cases("minimum", "最小值", "minimum", lambda values: float(values.min())), extreme=True),
    replace(_of_cases("maximum", "最大值", "maximum", lambda values: float(values.max())), extreme=True),
    OfCases(
        id="share_within",
        name=Name(zh="{limit}以内的案件占比", en="share of cases within {limit}"),
        needs_limit=True,
        along_axis=True,
        is_share=True,
        of=lambda values, limit: float(within(values, limit).mean()),
        estimation="share",
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
