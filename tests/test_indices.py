"""Where the spread over the worlds comes from, and what to measure first, against answers in closed form."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sim.analysis.comparison import Comparison
from sim.analysis.sensitivity import doubts
from sim.core.errors import PlannerError
from sim.decide.flips import flips
from sim.decide.indices import Indices, indices
from sim.decide.ranking import ranking
from sim.decide.worlds import with_worlds, worlds
from sim.report.doubted import Doubted, doubted_csv, doubted_json
from sim.report.screen.console import console
from sim.report.screen.doubted import print_indices, print_ranking

from . import test_sensitivity
from .test_sensitivity import STEPS, assumption

LENGTH = "  {name}: {{name: {{zh: 丁, en: D}}, kind: construction, after: {{{before}: order}}, {length}}}\n"
SUM = STEPS + "".join(
    LENGTH.format(name=name, before=before, length=f"duration: {{days: {days}, source: {source}}}")
    for name, before, days, source in (("more", "works", 5, "calm"), ("most", "more", 12, "old"))
)
"""Ten days, then works of 2 to 8, others of 1 to 9 and others of 4 to 20, one after another."""
VARIANCE = {"works": 1.5, "calm": 8 / 3, "old": 32 / 3}
"""Of the triangular distribution of each, the square of half of its range by six."""


@pytest.fixture(autouse=True)
def _guesses_that_speak_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that only the assumptions named here are moved."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", assumption(9000, 9001))


def asked(at_most: float = 33) -> Comparison:
    """The sum, held against a number of days; it is 32."""
    steps = SUM.replace("  aside: {name: {zh: 丙, en: C}, kind: agency, duration: {days: 2, source: calm}}\n", "")
    return test_sensitivity.asked(at_most, steps)


def test_in_a_sum_each_part_has_its_share_of_the_variance() -> None:
    """By itself and in all, for nothing does anything together: 10, 18 and 72 %, within the intervals that are told."""
    comparison = asked()
    found = indices(comparison, doubts(comparison), draws=64)
    assert found.worlds == 5 * 64
    told = found.targets["T1"]
    assert [index.key for index in told] == ["old", "calm", "works"]
    for index in told:
        share = VARIANCE[index.key] / sum(VARIANCE.values())
        assert index.total == pytest.approx(share, abs=0.1)
        assert index.first == pytest.approx(share, abs=0.15)
        for low, high in (index.first_between, index.total_between):
            assert low <= share <= high


def test_of_few_assumptions_nothing_is_asked() -> None:
    """Two tell by their swings what there is to tell."""
    comparison = test_sensitivity.asked(16)
    assert indices(comparison, doubts(comparison), draws=8) == Indices({}, 0)


def test_a_world_that_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no indices then, for one of the two samples would lack it; why is said."""
    comparison = asked()
    moved = doubts(comparison)

    def refused(*_: object) -> None:
        raise PlannerError("nobody would be left")

    monkeypatch.setattr("sim.analysis.replayed.made", refused)
    found = indices(comparison, moved, draws=8)
    assert found == Indices({}, 0, "nobody would be left")
    screen = io.StringIO()
    print_indices(console(screen, width=160), comparison, found, "en")
    assert "Where the spread comes from cannot be told: some worlds cannot be (nobody would be left)." in (
        screen.getvalue()
    )


def test_what_a_measurement_is_worth_comes_first() -> None:
    """33 days turn by the longest works by themselves, which explain most: they stand above what turns nothing."""
    comparison = with_worlds(asked(), worlds(asked(), 100).targets)
    moved = doubts(comparison)
    assert [one.called for one in ranking(comparison, moved)] == ["old", "calm", "works"]
    first, *others = Doubted(comparison, moved, {"T1": []}, None).ranked
    assert (first.key, first.turned, first.swing) == ("old", ("T1",), 1)
    assert first.worth["T1"] > 0.15 > max(one.worth.get("T1", 0) for one in others)
    assert {one.key: round(one.swing, 9) for one in others} == {"calm": 0.5, "works": 0.375}


def test_everything_that_is_found_is_written() -> None:
    """JSON and CSV: rank, ends, where the verdict turns, indices, worth; the screen has the tables."""
    comparison = with_worlds(asked(), worlds(asked(), 20).targets)
    moved = doubts(comparison)
    found = Doubted(comparison, moved, flips(comparison, moved), indices(comparison, moved, draws=8))
    plain = json.loads(doubted_json(found))
    assert plain["measure_first"][0]["assumption"] == "old"
    (target,) = plain["targets"]
    first = target["assumptions"][0]
    assert {key: first[key] for key in ("assumption", "at_low", "at_high", "turns")} == {
        "assumption": "old", "at_low": 24, "at_high": 40, "turns": True,
    }  # fmt: skip
    assert first["first_low"] <= first["first_order"] <= first["first_high"]
    rows = list(csv.DictReader(io.StringIO(doubted_csv(found))))
    assert [(r["assumption"], r["target"], r["value"]) for r in rows] == [
        (key, "T1", "32") for key in ("old", "calm", "works")
    ]
    assert all(float(r["total_order"]) >= 0 for r in rows)
    assert found.indices
    screen = io.StringIO()
    print_indices(console(screen, width=160), comparison, found.indices, "en")
    print_ranking(console(screen, width=160), found.ranked, "en")
    said = " ".join(screen.getvalue().split())
    assert "T1 Target: where the spread comes from (shares of the variance over 40 worlds)" in said
    assert "What to measure first, over all targets" in said
