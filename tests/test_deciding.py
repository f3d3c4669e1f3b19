"""Flip values, flip boxes and the worth of a measurement, against answers known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.sensitivity import doubts
from sim.decide.boxes import flip_box
from sim.decide.flips import HALVINGS, flips
from sim.decide.worth import worth

from . import test_sensitivity
from .small import scenario, service, staffed, world
from .test_sensitivity import STEPS, assumption

FINE = 2.0**-HALVINGS


@pytest.fixture(autouse=True)
def _guesses_that_speak_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that only the assumptions named here are moved."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", assumption(9000, 9001))


def test_a_sum_turns_where_its_parts_reach_the_target() -> None:
    """Ten days and five of works are 15; 16 hold up to six days of works, a third of the way from five to eight."""
    comparison = test_sensitivity.asked(16, STEPS)
    (flip,) = flips(comparison, doubts(comparison))["T1"]
    assert (flip.key, flip.numbers, flip.bound) == ("works", (5.0,), 8)
    assert flip.way == pytest.approx(1 / 3, abs=FINE)
    assert flip.values[0] == pytest.approx(6, abs=3 * FINE)


def test_a_target_that_no_assumption_turns_has_no_flip_value() -> None:
    """Twenty days hold with works of two to eight."""
    comparison = test_sensitivity.asked(20, STEPS)
    assert flips(comparison, doubts(comparison)) == {"T1": []}


def test_a_queue_turns_where_its_mean_is_known_to() -> None:
    """M/M/1, a file every 40 minutes: 120 minutes in all hold up to a service of 30, for 1/(1/30 - 1/40) = 120."""
    steps = "  a: {name: {zh: 甲, en: A}, at: bureau, work: {minutes: {exponential: 20}, source: works}}"
    variants = """
  after: {name: {zh: 改革后, en: After}, reforms: []}
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: calendar_days, unit: 自然日, at_most: 0.0833333, source: guess}
"""
    sources = test_sensitivity.SOURCES | {"works": assumption(15, 38)}
    question = scenario(12000, "every_minutes: {exponential: 40}", variants=variants)
    comparison = compare(world(service(steps), question, place=staffed(bureau=1), sources=sources), runs=2)
    (flip,) = flips(comparison, doubts(comparison))["T1"]
    assert flip.values[0] == pytest.approx(30, abs=1)


def test_a_box_is_found_where_a_target_fails() -> None:
    """It fails where one of five assumptions is above six tenths and another below a half."""
    points = np.random.default_rng(1).random((2000, 5))
    fails = (points[:, 1] > 0.6) & (points[:, 3] < 0.5)
    box = flip_box(points, fails, range(5))
    assert box is not None
    assert {d for d, _, _ in box.sides} == {1, 3}
    assert (box.coverage, box.density) == (pytest.approx(1, abs=0.15), pytest.approx(0.9, abs=0.1))
    sides = {d: (low, high) for d, low, high in box.sides}
    assert sides[1] == (pytest.approx(0.6, abs=0.08), 1)
    assert sides[3] == (0, pytest.approx(0.5, abs=0.08))


def test_nothing_is_a_box_where_luck_decides() -> None:
    """What fails in a tenth of the worlds at random lies in no box; nor does what always fails, or never."""
    points = np.random.default_rng(2).random((500, 4))
    fails = np.random.default_rng(3).random(500) < 0.1
    assert flip_box(points, fails, range(4)) is None
    assert flip_box(points, np.ones(500, dtype=bool), range(4)) is None
    assert flip_box(points, np.zeros(500, dtype=bool), range(4)) is None


def test_a_measurement_is_worth_the_verdicts_that_it_sets_right() -> None:
    """Half of the worlds are met, all by one assumption: who knows it is always right, another gains nothing."""
    drawn = np.random.default_rng(4).random((4000, 2))
    met = drawn[:, 0] < 0.5
    assert worth(drawn[:, 0], met) == pytest.approx(0.5, abs=0.02)
    assert worth(drawn[:, 1], met) == pytest.approx(0, abs=0.02)


def test_a_measurement_of_what_decides_three_in_four_is_worth_a_quarter() -> None:
    """Met below three quarters: without it the verdict is right in three worlds of four, with it in all."""
    drawn = np.random.default_rng(5).random(4000)
    assert worth(drawn, drawn < 0.75) == pytest.approx(0.25, abs=0.02)
