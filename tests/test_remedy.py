"""What would meet a missed target, against answers found by hand."""

from __future__ import annotations

import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.remedy import remedies

from .small import scenario, service, world

STEPS = """
  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}
  second: {name: {zh: 乙, en: B}, at: bureau, after: {first: order}, limit: {statutory: {days: 6, source: guess}}}
"""


def asked(bound: float, measure: str = "counted_days", statistic: str = "mean", side: str = "at_most") -> Comparison:
    """Two steps one after another, 10 and 6 days to the full, held against a target."""
    targets = f"""
  after: {{name: {{zh: 改革后, en: After}}}}
targets:
  - {{id: T1, name: {{zh: 目标, en: Target}}, measure: {measure}, statistic: {statistic},
     {side}: {bound}, unit: 工作日, source: guess}}
"""
    return compare(world(service(STEPS), scenario(3, "every_minutes: 60", variants=targets)), runs=2)


def test_a_missed_target_is_met_by_all_limits_together_or_one_alone() -> None:
    """16 days against 8: every limit to a half, or the first from 10 to 2; the second alone cannot do it."""
    (remedy,) = remedies(asked(8)).values()
    assert remedy.together == pytest.approx(0.5, abs=0.01)
    assert remedy.alone == {"first": (10.0, pytest.approx(2.0, abs=0.1))}


def test_the_promised_time_has_the_same_remedy() -> None:
    """The critical path at full limits comes down as the limits do."""
    (remedy,) = remedies(asked(12, "promised_days")).values()
    assert remedy.together == pytest.approx(0.75, abs=0.01)
    assert remedy.alone == {"first": (10.0, pytest.approx(6.0, abs=0.1)), "second": (6.0, pytest.approx(2.0, abs=0.1))}


def test_a_met_target_needs_no_remedy() -> None:
    """Nothing is looked for where nothing is missed."""
    assert remedies(asked(16)) == {}


def test_counts_have_no_remedy_in_limits() -> None:
    """Shorter limits make no fewer touchpoints, so that none is offered."""
    comparison = asked(-1, "touchpoints")
    assert [r.verdict for r in comparison.targets] == ["missed"]
    assert remedies(comparison) == {}


@pytest.mark.parametrize("statistic", ["mean_reduction", "total_reduction"])
def test_a_reduction_has_no_remedy_in_limits(statistic: str) -> None:
    """It compares variants, so that playing one of them again with shorter limits does not tell it."""
    comparison = asked(-1, statistic=statistic)
    assert [r.verdict for r in comparison.targets] == ["missed"]
    assert remedies(comparison) == {}


@pytest.mark.parametrize(("bound", "share"), [(8, 0.5), (20, None)])
def test_a_total_has_a_remedy_in_limits_where_more_is_found(bound: float, share: float | None) -> None:
    """16 days where 8 are published come down by a half; where 20 are, shorter limits lead away from them."""
    found = remedies(asked(bound, side="equals"))
    assert [remedy.together for remedy in found.values()] == ([] if share is None else [pytest.approx(share, abs=0.01)])


def test_a_lowest_value_has_no_remedy_in_limits() -> None:
    """16 days where at least 20 are wanted: shorter limits lead away from it."""
    comparison = asked(20, side="at_least")
    assert [r.verdict for r in comparison.targets] == ["missed"]
    assert remedies(comparison) == {}
