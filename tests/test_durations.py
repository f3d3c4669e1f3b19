"""Distributions of times against their closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats
from scipy.integrate import quad

from sim.spec.amounts import mean, values
from sim.spec.durations import Duration

from .small import model

U = np.array([0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])
DISTRIBUTIONS = [
    ("{uniform: [2, 5]}", stats.uniform(2, 3)),
    ("{triangular: [2, 3, 7]}", stats.triang(0.2, 2, 5)),
    ("{triangular: [2, 2, 7]}", stats.triang(0, 2, 5)),
    ("{triangular: [2, 7, 7]}", stats.triang(1, 2, 5)),
    ("{pert: [15, 30, 45]}", stats.beta(3, 3, 15, 30)),
    ("{pert: [10, 12, 30]}", stats.beta(1.4, 4.6, 10, 20)),
    ("{exponential: 8}", stats.expon(scale=8)),
    ("{lognormal: [5, 12]}", stats.lognorm(np.log(12 / 5) / stats.norm.ppf(0.9), scale=5)),
]
"""As written, and the same distribution of scipy's with its own parameters."""
EVERY = pytest.mark.parametrize(("written", "known"), DISTRIBUTIONS, ids=[w for w, _ in DISTRIBUTIONS])


def duration(text: str) -> Duration:
    """A duration as a planner writes it."""
    found: Duration = model(f"{{{text}, source: guess}}", Duration)
    return found


@EVERY
def test_quantiles(written: str, known: stats.rv_continuous) -> None:
    """Uniform numbers become the distribution's quantiles."""
    assert values(duration(f"hours: {written}").amount, U) == pytest.approx(known.ppf(U), rel=1e-9)


@EVERY
def test_means(written: str, known: stats.rv_continuous) -> None:
    """The mean is the known one, and that of the quantiles."""
    amount = duration(f"hours: {written}").amount
    assert mean(amount) == pytest.approx(known.mean(), rel=1e-12)
    assert mean(amount) == pytest.approx(
        quad(lambda u: float(values(amount, np.array([u]))[0]), 0, 1, limit=200)[0], rel=1e-4
    )


@pytest.mark.parametrize(
    ("written", "found", "average"),
    [
        ("{observed: [3, 1, 8, 3]}", [1, 1, 1, 3, 3, 8, 8, 8], 3.75),
        ("{observed: [[8, 1], [1, 1], [3, 2]]}", [1, 1, 1, 3, 3, 8, 8, 8], 3.75),
        ("{observed: [[2, 89], [30, 11]]}", [2, 2, 2, 2, 2, 2, 30, 30], 5.08),
        ("{observed: [[0, 0.5], 7.5, [7.5, 0.5]]}", [0, 0, 0, 7.5, 7.5, 7.5, 7.5, 7.5], 5.625),
        ("{observed: [6]}", [6] * 8, 6),
    ],
)
def test_what_was_observed_comes_as_often_as_it_was(written: str, found: list[float], average: float) -> None:
    """At 0, 1, 10, 25, 50, 75, 90 and 99 %: each value for its share of the cases, from the lowest to the highest."""
    amount = duration(f"hours: {written}").amount
    assert values(amount, U).tolist() == found
    assert mean(amount) == pytest.approx(average)


def test_what_was_observed_scales_without_its_weights() -> None:
    """Twice as long: the values double, and each is as likely as before."""
    found = duration("hours: {observed: [[2, 3], [5, 1]]}").amount
    assert found.scaled(2).observed == ((4, 3), (10, 1))


@pytest.mark.parametrize(
    "written", ["4", "{uniform: [4, 4]}", "{triangular: [4, 4, 4]}", "{pert: [4, 4, 4]}", "{lognormal: [4, 4]}"]
)
def test_a_distribution_without_width_is_a_number(written: str) -> None:
    """Where lowest and highest value are one, every case takes it."""
    amount = duration(f"hours: {written}").amount
    assert values(amount, U).tolist() == pytest.approx([4] * len(U))
    assert mean(amount) == pytest.approx(4)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("minutes: 1.5", 90),
        ("hours: 0.25", 900),
        ("days: 0.5", 4 * 3600 + 900),
        ("calendar_days: 2", 2 * 86400),
        ("minutes: 0.008", 0),
        ("minutes: 0.009", 1),
    ],
)
def test_lengths_are_whole_seconds(written: str, seconds: int) -> None:
    """Each unit has its seconds, the working day those of the place (here 8.5 h), rounded to the nearest."""
    found = duration(written).seconds(U, day=8 * 3600 + 1800)
    assert found.tolist() == [seconds] * len(U)
    assert found.dtype == np.int64


def test_drawn_lengths_are_rounded_one_by_one() -> None:
    """A quarter, half and three quarters of the way from 0 to 10 seconds are 2, 5 and 8: halves go to the even side."""
    found = duration("minutes: {uniform: [0, 0.16666666666666666]}").seconds(np.array([0.25, 0.5, 0.75]), day=28800)
    assert found.tolist() == [2, 5, 8]


@pytest.mark.parametrize(
    ("written", "days"),
    [("minutes: 240", 0.5), ("hours: 4", 0.5), ("days: {uniform: [1, 4]}", 2.5), ("calendar_days: 7", 5)],
)
def test_means_in_working_days(written: str, days: float) -> None:
    """Hours count by the working day of the place, here 8 h; of seven calendar days five are working days."""
    assert duration(written).mean_working_days(8 * 3600) == pytest.approx(days)


ONE_UNIT = "a duration has one unit, found {}; give one of minutes, hours, days, calendar_days"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("hours: 1, days: 1", ONE_UNIT.format("hours and days")),
        ("", ONE_UNIT.format("none")),
        ("hours: {uniform: [5, 2]}", "uniform goes from low to high, found [5.0, 2.0]; put the numbers in order"),
        ("hours: {pert: [1, 9, 5]}", "pert goes from low to high, found [1.0, 9.0, 5.0]; put the numbers in order"),
        ("hours: {lognormal: [9, 5]}", "lognormal goes from low to high, found [9.0, 5.0]; put the numbers in order"),
    ],
)
def test_impossible_durations_are_refused(written: str, message: str) -> None:
    """A length in no or two units, or a distribution that goes backwards, is a fault that says what to do."""
    with pytest.raises(ValidationError) as caught:
        duration(written) if written else model("{source: guess}", Duration)
    assert [e["msg"] for e in caught.value.errors()] == [f"Value error, {message}"]


@pytest.mark.parametrize(
    "written",
    ["-1", "{exponential: 0}", "{uniform: [-1, 2]}", "{lognormal: [0, 2]}", "yes", "'5'", "{normal: [1, 2]}",
     "{observed: []}", "{observed: [-1]}", "{observed: [[1, 0]]}", "{observed: [[1, 2, 3]]}", "{observed: 5}"],
)  # fmt: skip
def test_amounts_are_numbers_that_time_can_have(written: str) -> None:
    """Negative times, an exponential of mean 0, nothing observed, truth values, text and unknown kinds are refused."""
    with pytest.raises(ValidationError):
        duration(f"hours: {written}")
