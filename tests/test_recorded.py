"""Worlds on record: what was drawn before tells a quick check which verdicts are fragile."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.in_worlds import Circumstances, InWorlds, Lever, Side
from sim.analysis.verdicts import Verdicts
from sim.decide import recorded
from sim.decide.recorded import FILE, Holding, Recorded, keep
from sim.decide.worlds import with_worlds, worlds
from sim.report.screen.verdicts import fragile, lines

from . import test_sensitivity
from .test_sensitivity import assumption


@pytest.fixture(autouse=True)
def _guesses_that_speak_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that only the assumptions named here are drawn."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", assumption(9000, 9001))


@pytest.mark.parametrize(
    ("share", "met", "expected"), [(0.81, True, False), (0.8, True, True), (0.19, False, False), (0.2, False, True)]
)
def test_a_verdict_is_fragile_when_it_is_another_in_one_world_of_five(share: float, met: bool, expected: bool) -> None:
    """Whichever it is on the numbers used."""
    worlds_met = round(100 * share)
    found = InWorlds((1.0,) * 100, (True,) * worlds_met + (False,) * (100 - worlds_met))
    assert Holding(found, met).fragile is expected


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """Byte for byte the same, by name; a file that cannot be read is no record."""
    box = Circumstances((Side("pace", "", 0.6, 0.8),), 0.75, 0.5)
    found = InWorlds((8.5, 13.5), (True, False), (Lever("pace", "", -0.9, 0.2),), 1, box)
    record = {"one": Recorded("ab", {"T1": Holding(found, True), "T2": Holding(InWorlds((1.0,), (True,)), False)})}
    keep(tmp_path, record)
    assert recorded.recorded(tmp_path) == record
    (tmp_path / FILE).write_text("[", encoding="utf-8")
    assert recorded.recorded(tmp_path) == {}
    assert recorded.recorded(tmp_path / "nowhere") == {}


def test_a_fragile_verdict_is_marked_and_counted() -> None:
    """Sixteen days hold in seven worlds of nine: the line says so; without worlds it says nothing."""
    comparison = test_sensitivity.asked(16)
    found = recorded.of(with_worlds(comparison, worlds(comparison, 90).targets))
    verdicts = Verdicts({"one": comparison.targets})
    (line,) = lines(verdicts, "one", found)
    assert line == "ok   one T1 elapsed_days mean 15 [15, 15] <= 16: met (fragile: met in 78% of 90 worlds)"
    assert next(lines(verdicts, "one")) == "ok   one T1 elapsed_days mean 15 [15, 15] <= 16: met"
    assert fragile(verdicts, {"one": found}) == "1 of 1 verdicts are fragile over the assumptions"
    assert fragile(verdicts, {"one": None}) == ""


def test_scenarios_without_worlds_on_record_are_counted() -> None:
    """And what draws them is said."""
    comparison = test_sensitivity.asked(16)
    found = Recorded("ab", {"T1": Holding(InWorlds((1.0,), (True,)), True)})
    verdicts = Verdicts({"one": comparison.targets, "other": comparison.targets})
    assert fragile(verdicts, {"one": found, "other": None}) == (
        "0 of 1 verdicts are fragile over the assumptions; 1 have no worlds on record as they are now: "
        "`run.py worlds` draws them"
    )
