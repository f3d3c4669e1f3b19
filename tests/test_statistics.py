"""Statistics of a measure, counted by hand."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest

from sim.analysis.pooled import ESTIMATIONS
from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS, Estimation, OfCases, OfVariants
from sim.records.units import SHARE, WORKING_DAYS
from sim.scenario.target import Target

CASES = {
    "mean": 4.0, "p50": 2.5, "p90": 7.9, "deviation": 12.5**0.5, "minimum": 1.0, "maximum": 10.0, "share_within": 0.75
}  # fmt: skip
VARIANTS = {"mean_reduction": 0.35, "total_reduction": 0.26}


def test_a_process_of_which_nothing_is_known_after_is_no_reduction() -> None:
    """10 to 5 is a half; the 30 days of a process whose cases are all refused after are not saved."""
    before, after = np.array([10.0, 30.0]), np.array([5.0, np.nan])
    assert [STATISTICS[name].of(before, after) for name in VARIANTS] == [0.5, 0.5]


def test_every_statistic_is_counted_here() -> None:
    """A new one gets an answer by hand."""
    assert [*CASES, *VARIANTS] == list(STATISTICS)


@pytest.mark.parametrize("name", CASES)
def test_a_statistic_of_cases(name: str) -> None:
    """Cases of 1, 2, 3 and 10 days, three of which keep a limit of 3; 0.9 of the way is 0.7 of that from 3 to 10.

    They are 3, 2, 1 and 6 off their mean of 4: squares of 9 + 4 + 1 + 36 = 50, 12.5 each.
    """
    statistic = STATISTICS[name]
    assert isinstance(statistic, OfCases)
    assert statistic.of(np.array([1.0, 2, 3, 10]), 3.0) == pytest.approx(CASES[name])


def test_every_way_of_estimating_is_done_and_used() -> None:
    """A statistic that says how it is estimated is estimated so."""
    used = {s.estimation for s in STATISTICS.values() if isinstance(s, OfCases)}
    assert set(ESTIMATIONS) == set(get_args(Estimation)) == used


@pytest.mark.parametrize("name", CASES)
def test_the_estimate_of_a_statistic_is_that_statistic_of_all_cases(name: str) -> None:
    """1 and 2 days in one replication, 3 and 10 in another: as if they were of one."""
    fields = {"statistic": name, "limit": 3.0 if STATISTICS[name].needs_limit else None, "at_most": 1.0}
    written = {"id": "T1", "name": {"zh": "目标", "en": "Goal"}, "measure": "counted_days", "unit": "工作日"}
    target, statistic = Target.model_validate({**written, "source": "guess", **fields}), STATISTICS[name]
    assert isinstance(statistic, OfCases)
    found = ESTIMATIONS[statistic.estimation](target, [np.array([1.0, 2]), np.array([3.0, 10])], 0.9, 1.0)
    assert (found.mean, found.runs, found.level) == (pytest.approx(CASES[name]), 2, 0.9)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_statistic_of_variants(name: str) -> None:
    """Processes of 10 and 40 days come down to 5 and 32: by 0.5 and 0.2, and together from 50 by 13."""
    statistic = STATISTICS[name]
    assert isinstance(statistic, OfVariants)
    assert statistic.of(np.array([10.0, 40]), np.array([5.0, 32])) == pytest.approx(VARIANTS[name])


@pytest.mark.parametrize("name", VARIANTS)
def test_what_starts_from_nothing_has_no_reduction(name: str) -> None:
    """A process of 0 days that takes 0 or 3 afterwards is left out of the mean; alone it has no reduction."""
    statistic = STATISTICS[name]
    assert isinstance(statistic, OfVariants)
    zero, ten, five = 0.0, 10.0, 5.0
    assert statistic.of(np.array([zero, ten]), np.array([zero, five])) == 0.5
    assert math.isnan(statistic.of(np.array([zero]), np.array([3.0])))
    assert math.isnan(statistic.of(np.array([math.nan]), np.array([3.0])))


def test_the_mean_of_reductions_leaves_out_what_starts_from_nothing() -> None:
    """0 → 3 has no reduction, 10 → 5 has one of a half."""
    statistic = STATISTICS["mean_reduction"]
    assert isinstance(statistic, OfVariants)
    assert statistic.of(np.array([0.0, 10]), np.array([3.0, 5])) == 0.5


def test_a_share_or_a_reduction_of_days_is_no_number_of_days() -> None:
    """The unit of a statistic is that of its measure, unless the statistic is a share by itself."""
    units = {name: statistic.unit(MEASURES["counted_days"]) for name, statistic in STATISTICS.items()}
    shares = ("share_within", "mean_reduction", "total_reduction")
    assert units == {name: SHARE if name in shares else WORKING_DAYS for name in STATISTICS}
