"""Worlds: all assumptions drawn together, against distributions known in closed form."""

from __future__ import annotations

import math

import pytest

from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import InWorlds, share_range
from sim.decide.worlds import Worlds, with_worlds, worlds
from sim.report.results import results
from sim.report.worlds import worlds_words

from . import test_sensitivity
from .test_sensitivity import STEPS, assumption

COUNT = 200
LOW, MODE, HIGH = 2, 5, 8
"""Days of works: the range of the assumption, and the number used."""


@pytest.fixture(autouse=True)
def _guesses_that_speak_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that only the assumptions named here are drawn."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", assumption(9000, 9001))


def below(days: float) -> float:
    """How likely works take at most so many days."""
    return 1 - (HIGH - days) ** 2 / (HIGH - LOW) / (HIGH - MODE) if days > MODE else (days - LOW) ** 2 / 18


def drawn(comparison: Comparison, count: int = COUNT) -> Worlds:
    """The worlds of a comparison."""
    return worlds(comparison, count)


def test_the_share_of_worlds_is_that_of_the_distribution() -> None:
    """Ten days and works: 16 hold with 7 chances of 9, for works of at most six; drawn evenly, to one in 200."""
    found = drawn(test_sensitivity.asked(16)).targets["T1"]
    assert below(6) == pytest.approx(7 / 9)
    assert found.share == pytest.approx(below(6), abs=1 / COUNT)
    tail = math.sqrt(0.05 * (HIGH - LOW) * (HIGH - MODE))
    assert (found.low, found.high) == (pytest.approx(12 + tail, abs=0.05), pytest.approx(18 - tail, abs=0.05))


def test_what_rests_on_one_key_is_high_or_low_together() -> None:
    """Twice as many days of works have twice the range, and not what two that are drawn apart would have."""
    length = "duration: {days: 5, source: works}"
    second = f"  again: {{name: {{zh: 丁, en: D}}, kind: construction, after: {{works: order}}, {length}}}\n"
    found = drawn(test_sensitivity.asked(20, STEPS + second)).targets["T1"]
    assert found.high == pytest.approx(10 + 2 * (HIGH - math.sqrt(0.05 * 18)), abs=0.04)
    assert found.share == pytest.approx(0.5, abs=1 / COUNT)


def test_a_target_hangs_on_what_moves_it_and_on_nothing_else() -> None:
    """On the works, wholly; what lies beside the path is drawn too and is no lever."""
    found = drawn(test_sensitivity.asked(16))
    assert set(found.assumptions) >= {"works", "calm"}
    assert [(lever.key, round(lever.rank, 3)) for lever in found.targets["T1"].levers] == [("works", 1.0)]


def test_a_world_that_cannot_be_is_left_out() -> None:
    """Where all cases are of one kind, no other takes what a smaller share of it leaves: why is told."""
    more = "attributes: {kind: {values: {home: 1.0}, source: wide}}"
    found = drawn(test_sensitivity.asked(16, more=more), 20)
    assert (found.played, set(found.impossible)) == (
        0, {"all cases are home, so that no other value takes what it leaves"}
    )  # fmt: skip
    assert math.isnan(found.targets["T1"].share)


def test_worlds_of_more_processes_are_the_same() -> None:
    """Whoever plays them."""
    comparison = test_sensitivity.asked(16)
    assert worlds(comparison, 6, workers=2) == worlds(comparison, 6)


@pytest.mark.parametrize(
    ("met", "of", "asked_for", "verdict"),
    [(95, 100, 0.8, "met"), (60, 100, 0.8, "missed"), (80, 100, 0.8, "undecided"), (0, 100, None, "met")],
)
def test_a_target_may_ask_for_a_share_of_worlds(met: int, of: int, asked_for: float | None, verdict: str) -> None:
    """All of the interval of the share, or none of it, or neither; a target that asks for none keeps its verdict."""
    found = InWorlds((1.0,) * of, (True,) * met + (False,) * (of - met))
    assert found.judged("met", asked_for) == verdict
    assert found.judged("missed", asked_for) == "missed"


def test_the_interval_of_a_share_is_exact() -> None:
    """Clopper and Pearson: none of ten leaves up to 30.8 %, five of ten 18.7 to 81.3 %."""
    assert share_range(0, 10) == (0.0, pytest.approx(0.3085, abs=1e-4))
    assert share_range(5, 10) == (pytest.approx(0.1871, abs=1e-4), pytest.approx(0.8129, abs=1e-4))


def test_range_and_share_are_told_beside_the_figure() -> None:
    """On the screen in a sentence, in results.json as numbers; nothing where none were drawn."""
    comparison = test_sensitivity.asked(16)
    assert worlds_words("en", comparison.targets[0], comparison.prepared.sources) == ""
    told = with_worlds(comparison, drawn(comparison).targets)
    assert worlds_words("en", told.targets[0], told.prepared.sources) == (
        "With all assumptions drawn together from their ranges, 12.99 to 17.05 in nine worlds of ten, and met in 78% "
        "of 200 (between 72% and 84% of all); it hangs most on works. Within works 5.9–8 the verdict is another in 92% "
        "of the worlds, which are 100% of all such worlds. Measure works first: the verdict would be right in 19% more "
        "of the worlds."
    )
    written = results(told, {}).targets[0].worlds
    assert written is not None
    assert (written.played, written.share, written.hangs_on[0].assumption) == (COUNT, 0.78, "works")


def test_the_verdict_of_a_target_that_asks_for_worlds_is_theirs() -> None:
    """Met on the middle assumptions, but in four worlds of five only, where nine of ten are asked for."""
    comparison = test_sensitivity.asked(target="at_most: 16, in_worlds: 0.9, source: guess")
    assert comparison.targets[0].verdict == "met"
    told = with_worlds(comparison, drawn(comparison).targets)
    assert [r.verdict for r in told.targets] == ["missed"]
    assert with_worlds(comparison, {}).targets[0].verdict == "met"
