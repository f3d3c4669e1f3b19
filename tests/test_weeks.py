"""The weeks that the library measures are chosen by rule, which CONTRIBUTING tells, and not by what comes of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sim.analysis.compare import compare
from sim.core.holidays import day_table
from sim.scenario.library import Library
from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.scenario import YEAR, Window

ROOT = Path(__file__).parents[1]
SCENARIOS = [path.stem for path in scenario_paths(ROOT)]
WEEKS, WARM_UPS = (4, 8, 13, 26, 52), (0, 4, 8, 13, 26, 39, 52, 78, 104, 130, 156, 182)
ENOUGH, MOST = 100, 3_000
"""Cases of the rarest process, and of all, in a replication."""
OTHERWISE = {
    "medical_settlement": Window(weeks=1, warm_up=1),
    "newborn": Window(weeks=4, warm_up=8),
    "one_thing_21": Window(weeks=2, warm_up=1),
    "place_year_xinxiang": Window(weeks=52, warm_up=26),
    "place_year_yanhu": Window(weeks=52, warm_up=26),
}
"""Scenario of many thousand cases, or of a year → its weeks, for which CONTRIBUTING gives the reason."""
FEW = [
    "driving_school", "entertainment_venue", "gym", "line_permits_yanhu", "low_risk_building_yanhu",
    "power_line_permits",
]  # fmt: skip
"""Scenarios whose cases are few beside what else their offices do."""


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the project."""
    return load_library(ROOT)


def as_few_as_will_do(yearly: list[float]) -> int:
    """The fewest weeks in which enough cases of the rarest process come, a year at most, and not too many of all."""
    enough = [w for w in WEEKS if min(yearly) * w * 7 / YEAR >= ENOUGH]
    within = [w for w in WEEKS if sum(yearly) * w * 7 / YEAR <= MOST]
    return min(min(enough, default=52), max(within, default=4))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_measures_as_few_whole_weeks_as_will_do(real: Library, name: str) -> None:
    """By the demand alone; a warm-up has one of a few lengths."""
    scenario = load_scenario(ROOT / f"scenarios/{name}.yaml", real).model
    assert scenario.window
    if name in OTHERWISE:
        assert scenario.window == OTHERWISE[name]
        assert name in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    else:
        assert scenario.window.weeks == as_few_as_will_do([d.yearly for d in scenario.demand.values()])
        assert scenario.window.warm_up in WARM_UPS


@pytest.mark.parametrize("name", FEW)
def test_a_scenario_without_warm_up_takes_a_small_share_of_every_office(real: Library, name: str) -> None:
    """So that none of its queues depends on how many of its cases are under way."""
    scenario = load_scenario(ROOT / f"scenarios/{name}.yaml", real)
    assert scenario.model.window
    assert not scenario.model.window.warm_up
    found = compare(prepare(scenario, real), runs=2)
    assert found.own
    assert not found.needs_warm_up


def test_every_scenario_without_warm_up_is_tried(real: Library) -> None:
    """There are no others."""
    windows = {name: load_scenario(ROOT / f"scenarios/{name}.yaml", real).model.window for name in SCENARIOS}
    assert [name for name, window in windows.items() if window and not window.warm_up] == FEW


@pytest.mark.parametrize("name", SCENARIOS)
def test_weeks_begin_on_a_monday_and_hold_no_long_holiday_unless_they_are_a_year(real: Library, name: str) -> None:
    """春节 and 国庆 close every office for a week, which is much of a month and little of a year."""
    scenario = load_scenario(ROOT / f"scenarios/{name}.yaml", real).model
    assert scenario.window
    first, table = scenario.asked_from, day_table()
    assert first.weekday() == 0
    days = [first + timedelta(days=n) for n in range(scenario.window.weeks * 7)]
    off = [day for day in days if table.holiday[table.index(day)]]
    long = [
        day for day in off if day.month == 10 or (day.month, day.day) in {(m, d) for m in (1, 2) for d in range(4, 32)}
    ]
    assert scenario.window.weeks == 52 or not long
