"""What a target says of itself."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from pydantic import ValidationError

from sim.records.units import SHARE, WORKING_DAYS
from sim.scenario.schema import json_schemas
from sim.scenario.target import DIRECTIONS, Target, Wanted

ONE_BOUND = "a target is at_most or at_least a value, or equals one; give one of the three"


def target(**fields: Any) -> Target:
    """A target in working days."""
    written = {"id": "T1", "name": {"zh": "时限", "en": "Limit"}, "measure": "counted_days", "unit": "工作日"}
    return Target.model_validate({**written, "source": "plan", **fields})


def test_a_target_tells_its_side() -> None:
    """A highest or a lowest value that meets it, or the value itself with what it may be off."""
    asked = (target(at_most=5.0), target(at_least=0.0), target(equals=12.0), target(equals=12.0, tolerance=0.5))
    told = [(t.direction.id, t.direction.sign, t.bound, t.wanted.lowest, t.wanted.highest) for t in asked]
    assert told == [
        ("at_most", "≤", 5, -math.inf, 5),
        ("at_least", "≥", 0, 0, math.inf),
        ("equals", "=", 12, 12, 12),
        ("equals", "=", 12, 11.5, 12.5),
    ]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_direction_has_a_field_of_its_own(direction: str) -> None:
    """A target is written under it, and the schema tells it."""
    assert target(**{direction: 5.0}).wanted == Wanted(DIRECTIONS[direction], 5.0)
    assert direction in json_schemas()["scenario.schema.json"]["$defs"]["Target"]["properties"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ONE_BOUND),
        ({"at_most": 1.0, "equals": 1.0}, ONE_BOUND),
        ({"at_most": 1.0, "tolerance": 0.5},
         "tolerance says how far from equals a value may be; take it out, or write equals"),
    ],
)  # fmt: skip
def test_a_target_says_one_thing(fields: dict[str, float], why: str) -> None:
    """One bound, and a tolerance only where there is something to be off from."""
    with pytest.raises(ValidationError, match=re.escape(why)):
        target(**fields)


@pytest.mark.parametrize(
    ("value", "at_most", "at_least"),
    [(4.9, True, False), (5, True, True), (5 + 1e-12, True, True), (5 - 1e-12, True, True), (5.1, False, True)],
)
def test_the_bound_itself_meets_it(value: float, at_most: bool, at_least: bool) -> None:
    """Up to what numbers of a computer can tell apart; it equals what is neither above nor below."""
    met = [target(**{direction: 5.0}).meets(value) for direction in ("at_most", "at_least", "equals")]
    assert met == [at_most, at_least, at_most and at_least]


@pytest.mark.parametrize(
    ("value", "meets"), [(11.4, False), (11.5, True), (12.2, True), (12.5, True), (12.6, False), (math.nan, False)]
)
def test_a_tolerance_holds_on_both_sides(value: float, meets: bool) -> None:
    """12, give or take half a day."""
    assert target(equals=12.0, tolerance=0.5).meets(value) is meets


@pytest.mark.parametrize(
    ("one", "other", "equals", "at_most"),
    [(11, 12, True, False), (11, 13, True, True), (13, 14, False, False), (10, 11, False, False),
     (12, 12, False, False), (13, 11, True, True)],
)  # fmt: skip
def test_a_target_lies_between_two_values(one: float, other: float, equals: bool, at_most: bool) -> None:
    """12 days: one value meets them and the other does not, or one is below them and the other above."""
    found = target(equals=12.0).wanted.parts(one, other), target(at_most=12.0).wanted.parts(one, other)
    assert found == (equals, at_most)


def test_nothing_known_meets_nothing() -> None:
    """Not-a-number is on no side."""
    assert not target(at_most=5.0).meets(math.nan)
    assert not target(at_least=5.0).meets(math.nan)
    assert not target(equals=5.0).meets(math.nan)


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


def test_a_verdict_is_on_record_where_it_has_a_reason() -> None:
    """`known_miss` is that of a miss, `known_undecided` that of a figure too near to tell; no figure is both."""
    reasons: tuple[dict[str, str], ...] = ({}, {"known_miss": "慢"}, {"known_undecided": "近"})
    found = [target(at_most=1.0, **more) for more in reasons]
    assert [(one.on_record, one.record) for one in found] == [(None, ""), ("missed", "慢"), ("undecided", "近")]
    with pytest.raises(ValidationError, match="a figure is missed or it is too near to tell"):
        target(at_most=1.0, known_miss="慢", known_undecided="近")


@pytest.mark.parametrize("fields", [{"limit": 5.0}, {"statistic": "share_within"}])
def test_a_limit_goes_with_the_statistic_that_needs_one(fields: dict[str, Any]) -> None:
    """Neither stands alone."""
    with pytest.raises(ValueError, match="limit goes with statistic: share_within, and only with it"):
        target(at_most=5.0, **fields)
