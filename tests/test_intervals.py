"""Intervals of what is pooled over replications, against answers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.estimate import Estimate
from sim.analysis.extremes import maximum, minimum
from sim.analysis.intervals import (
    EVERY,
    Sample,
    contrast,
    design_effect,
    deviation,
    difference,
    mean,
    quantile,
    share,
    share_within,
)
from sim.analysis.looks import ERROR, level_at, looks

TAN = math.tan(0.475 * math.pi)
"""Student's t on one degree of freedom has the quantile tan(π (p - 1/2)); this is that of 0.975, 12.706."""
ALWAYS = {"mean": mean, "share": share, "p50": lambda s: quantile(s, 0.5), "minimum": minimum, "maximum": maximum}


def sample(*replications: list[float]) -> Sample:
    """The cases of some replications."""
    return [np.array(cases, dtype=float) for cases in replications]


def told(found: Estimate) -> list[float]:
    """An estimate as it is compared."""
    return [found.mean, found.low, found.high, found.runs]


def test_the_mean_of_replications_of_one_size_has_the_interval_of_their_means() -> None:
    """Of 9, 11 and 13: deviation 2; for two degrees of freedom Student's t is α √(2 / (1 - α²)), 4.3027."""
    half = 0.95 * math.sqrt(2 / (1 - 0.95**2)) * 2 / math.sqrt(3)
    assert told(mean(sample([9], [11], [13]))) == pytest.approx([11, 11 - half, 11 + half, 3])


def test_an_interval_is_longer_on_the_side_to_which_replications_are_skewed() -> None:
    """Of 19, 20 and 24: deviation √7, skewness 6 / (14 / 3) ^ 1.5 = 0.5952; (2 · 1.96² + 1) / (6 √3) is 0.8355."""
    spread, student = math.sqrt(7 / 3), 0.95 * math.sqrt(2 / (1 - 0.95**2))
    longer = 6 / (14 / 3) ** 1.5 * (2 * 1.959964**2 + 1) / (6 * math.sqrt(3))
    expected = [21, 21 - student * spread, 21 + (student + longer) * spread, 3]
    assert told(mean(sample([19], [20], [24]))) == pytest.approx(expected)
    assert told(mean(sample([23], [22], [18]))) == pytest.approx([21, 42 - expected[2], 42 - expected[1], 3])


def test_a_replication_weighs_as_many_cases_as_it_has() -> None:
    """Three cases of 11 days and one of 14: 11.75; without either replication 14 or 11, 1.5 off their middle."""
    found = mean(sample([11, 11, 11], [14], []))
    assert told(found) == pytest.approx([11.75, max(0, 11.75 - 1.5 * TAN), 11.75 + 1.5 * TAN, 2])


def test_no_mean_of_what_cannot_be_negative_is_below_nothing() -> None:
    """0 and 1 day: 0.5 less twelve times as much; of what can be negative it is."""
    assert mean(sample([0], [1])).low == 0
    assert mean(sample([-1], [1])).low == pytest.approx(-TAN)


def test_a_difference_is_paired_by_replication() -> None:
    """Both lose 2 days in each of two replications that differ by 10: there is no doubt about the difference."""
    assert told(difference(sample([3, 5], [13]), sample([5, 7], [15]))) == pytest.approx([-2, -2, -2, 2])


def test_a_contrast_is_made_of_the_means_of_all_cases() -> None:
    """From 10 to 5 and from 20 to 20 the sum comes down by a sixth; without a replication it is 5 or none of 30."""
    before, after = [sample([10], [10]), sample([20], [20])], [sample([0], [10]), sample([20], [20])]
    found = contrast(before, after, lambda b, a: float(1 - a.sum() / b.sum()))
    assert told(found) == pytest.approx([1 / 6, 1 / 6 - TAN / 6, 1 / 6 + TAN / 6, 2])


def test_29_of_29_are_not_certainty() -> None:
    """Clopper and Pearson: a share of which 29 cases are all with probability 2.5 %, 0.025 ^ (1 / 29)."""
    assert told(share(sample([1] * 15, [1] * 14))) == pytest.approx([1, 0.025 ** (1 / 29), 1, 2])
    assert told(share(sample([0] * 15, [0] * 14))) == pytest.approx([0, 0, 1 - 0.025 ** (1 / 29), 2])


def test_a_share_that_is_the_same_in_every_replication_is_not_certain() -> None:
    """9 of 10 three times are 27 of 30: 0.7347 to 0.9789 in the tables of Clopper and Pearson."""
    nine = [1.0] * 9 + [0.0]
    assert told(share(sample(nine, nine, nine))) == pytest.approx([0.9, 0.7347, 0.9789, 3], abs=5e-5)


def test_cases_that_share_their_luck_count_as_few() -> None:
    """Ten replications, in one of which all of 100 cases fail: about as sure as one of ten, 0.0025 to 0.4450."""
    found = share(sample(*[[1.0] * 100] * 9, [0.0] * 100))
    assert found.mean == pytest.approx(0.9)
    assert found.low < 1 - 0.4450 < 1 - 0.0025 < found.high < 1


def test_a_share_of_all_is_as_sure_as_the_times_of_the_cases_are_alike() -> None:
    """Two of five alike days know as much as two cases: 10 of 10 are 2 of 2, at least √0.025 = 0.1581, not 0.6915."""
    effect, ones = design_effect(sample([1] * 5, [2] * 5)), sample([1] * 5, [1] * 5)
    assert told(share(ones, 0.95, effect)) == pytest.approx([1, 0.1581, 1, 2], abs=5e-5)
    assert told(share(ones)) == pytest.approx([1, 0.6915, 1, 2], abs=5e-5)
    nobody = [1 - x for x in ones]
    assert told(share(nobody, 0.95, effect)) == pytest.approx([0, 0, 0.8419, 2], abs=5e-5)


def test_a_part_that_every_case_has_is_certain() -> None:
    """Three of four fields are filled in for everybody: no draw decides that."""
    assert told(share(sample([0.75] * 3, [0.75] * 2))) == [0.75, 0.75, 0.75, 2]


@given(st.lists(st.lists(st.floats(0, 1), max_size=6), min_size=2, max_size=6), st.floats(0.5, 0.9999))
def test_no_share_leaves_its_range(cases: list[list[float]], level: float) -> None:
    """Its interval holds the share itself, and is no wider than from nothing to all."""
    found = share(sample(*cases), level)
    if found.runs > 1:
        assert 0 <= found.low <= found.mean + 1e-9
        assert found.mean - 1e-9 <= found.high <= 1


def test_a_quantile_is_that_of_all_cases() -> None:
    """Nine cases of 1 day in one replication and one of 11 in the other: 0.9 is a tenth of the way to the eleventh."""
    assert quantile(sample([1] * 9, [11]), 0.9).mean == pytest.approx(2)


def test_the_interval_of_a_quantile_is_an_inverted_share() -> None:
    """1 to 5 days twice: by the tables 2 of 10 may be one half (0.5561), 8 of 10 too (0.4439), 10 of 10 may not."""
    assert told(quantile(sample([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), 0.5)) == [3, 1, 5, 2]


def test_a_quantile_beyond_what_was_seen_has_no_upper_end() -> None:
    """Twenty cases are all below the 90 % quantile with probability 0.12, fifty with 0.005."""
    assert quantile(sample([*range(10)], [*range(10)]), 0.9).high == math.inf
    assert quantile(sample([*range(25)], [*range(25)]), 0.9).high == 24


def test_a_maximum_is_known_once_enough_cases_were_seen() -> None:
    """0.025 ^ (1 / 736) is the first above 0.995; with one case fewer a larger one cannot be ruled out."""
    assert math.ceil(math.log(0.025) / math.log(EVERY)) == 736
    assert told(maximum(sample([7] * 400, [7] * 336))) == [7, 7, 7, 2]
    assert told(maximum(sample([7] * 400, [7] * 335))) == [7, 7, math.inf, 2]


@pytest.mark.parametrize(("value", "least"), [(7, 0), (0, 0), (-7, -math.inf)])
def test_a_minimum_is_known_as_a_maximum_is(value: float, least: float) -> None:
    """Of as many cases; until then one to come may be smaller, but not below 0 where no case is."""
    assert told(minimum(sample([value] * 400, [value] * 336))) == [value, value, value, 2]
    assert told(minimum(sample([value] * 400, [value, *[value + 1] * 334]))) == [value, least, value, 2]


def test_a_deviation_has_the_interval_of_its_logarithm() -> None:
    """0, 2 and 0, 6: the root of 24 / 4; 3 without the first two and 1 without the others, half of log 3 each way."""
    found = deviation(sample([0, 2], [0, 6], []))
    assert told(found) == pytest.approx(
        [math.sqrt(6), math.sqrt(6) * 3 ** (-TAN / 2), math.sqrt(6) * 3 ** (TAN / 2), 2]
    )


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([[4, 4], [4]], [0, 0, 0, 2]),
        ([[1, 3], [2, 2]], [math.sqrt(0.5), 0, math.inf, 2]),
        ([[1, 3], []], [1, -math.inf, math.inf, 1]),
        ([[], []], [math.nan, -math.inf, math.inf, 0]),
    ],
)
def test_a_deviation_of_cases_alike_is_none(cases: list[list[float]], expected: list[float]) -> None:
    """None where all are alike; where those of only one replication differ, nobody knows how far it may be off."""
    assert told(deviation(sample(*cases))) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("found", ALWAYS.values(), ids=ALWAYS)
@pytest.mark.parametrize(("cases", "value"), [([], math.nan), ([[], []], math.nan), ([[0.5]], 0.5), ([[], [0.5]], 0.5)])
def test_fewer_than_two_replications_have_no_interval(found: object, cases: list[list[float]], value: float) -> None:
    """Whatever is estimated; a replication without a case is none."""
    assert callable(found)
    runs = 0 if math.isnan(value) else 1
    assert str(found(sample(*cases))) == str(Estimate(value, -math.inf, math.inf, runs))


def test_the_design_effect_is_one_where_cases_are_independent_and_their_number_where_they_are_alike() -> None:
    """Two replications of five alike cases know as much as two cases; replications alike tell of no effect."""
    assert design_effect(sample([1] * 5, [2] * 5)) == pytest.approx(10)
    assert design_effect(sample([1, 2], [1, 2])) == 1
    assert design_effect(sample([1, 1], [1])) == 1


def test_a_share_within_a_limit_counts_the_limit_itself() -> None:
    """Three of four cases are within 3 days."""
    assert share_within(sample([1, 2], [3, 10]), 3).mean == 0.75


# -- the looks ------------------------------------------------------------------------------------------


def test_the_error_is_spent_by_the_fourth_power_of_the_replications() -> None:
    """Of 5 % a 256th by a quarter of the budget, a 16th by half of it, 81 by three quarters, the rest at the end."""
    found = looks(5, 20)
    assert [look.runs for look in found] == [5, 10, 15, 20]
    assert [1 - look.level for look in found] == pytest.approx([ERROR * part / 256 for part in (1, 15, 65, 175)])


@pytest.mark.parametrize(("least", "most"), [(10, 60), (5, 20), (3, 8), (3, 5), (10, 10), (2, 3)])
def test_the_looks_share_one_error(least: int, most: int) -> None:
    """Whatever the budget, and with a last step that is shorter."""
    assert sum(1 - look.level for look in looks(least, most)) == pytest.approx(ERROR)


def test_an_interrupted_run_is_judged_as_the_look_it_was_on_the_way_to() -> None:
    """7 of 5, 10, 15, 20 as 10 would be."""
    assert level_at(7, looks(5, 20)) == looks(5, 20)[1].level


def test_a_stated_number_of_replications_is_looked_at_once() -> None:
    """With the interval that is printed."""
    assert [look.level for look in looks(7, 7)] == pytest.approx([0.95])
