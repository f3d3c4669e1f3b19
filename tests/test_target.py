"""What a target says of itself."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.records.units import SHARE, WORKING_DAYS
from sim.scenario.target import Target


def target(**fields: Any) -> Target:
    """A target in working days."""
    written = {"id": "T1", "name": {"zh": "时限", "en": "Limit"}, "measure": "counted_days", "unit": "工作日"}
    return Target.model_validate({**written, "source": "plan", **fields})


def test_a_target_tells_its_side() -> None:
    """A highest or a lowest value that meets it."""
    told = [(t.direction, t.sign, t.bound) for t in (target(at_most=5.0), target(at_least=0.0))]
    assert told == [("at_most", "≤", 5), ("at_least", "≥", 0)]


@pytest.mark.parametrize(
    ("value", "at_most", "at_least"),
    [(4.9, True, False), (5, True, True), (5 + 1e-12, True, True), (5 - 1e-12, True, True), (5.1, False, True)],
)
def test_the_bound_itself_meets_it(value: float, at_most: bool, at_least: bool) -> None:
    """Up to what numbers of a computer can tell apart."""
    assert (target(at_most=5.0).meets(value), target(at_least=5.0).meets(value)) == (at_most, at_least)


def test_nothing_known_meets_nothing() -> None:
    """Not-a-number is on no side."""
    assert not target(at_most=5.0).meets(math.nan)
    assert not target(at_least=5.0).meets(math.nan)


@pytest.mark.parametrize(
    ("fields", "unit"),
    [
        ({}, WORKING_DAYS),
        ({"statistic": "p90"}, WORKING_DAYS),
        ({"statistic": "share_within", "limit": 5.0}, SHARE),
        ({"statistic": "mean_reduction"}, SHARE),
        ({"statistic": "total_reduction"}, SHARE),
        ({"measure": "on_time_share"}, SHARE),
    ],
)
def test_the_unit_of_its_value_follows_from_its_measure_and_its_statistic(fields: dict[str, Any], unit: object) -> None:
    """A share of the cases and a reduction are shares, of whatever."""
    assert target(at_least=0.5, **fields).value_unit is unit


def test_a_miss_is_on_record_where_it_has_a_reason() -> None:
    """`known_miss` is that reason."""
    assert [target(at_most=1.0, **more).miss_on_record for more in ({}, {"known_miss": "慢"})] == [False, True]


@pytest.mark.parametrize("fields", [{"limit": 5.0}, {"statistic": "share_within"}])
def test_a_limit_goes_with_the_statistic_that_needs_one(fields: dict[str, Any]) -> None:
    """Neither stands alone."""
    with pytest.raises(ValueError, match="limit goes with statistic: share_within, and only with it"):
        target(at_most=5.0, **fields)
