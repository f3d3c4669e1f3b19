"""Days of a target shared out: equal departments, a closed form, work side by side, and whole services."""

from __future__ import annotations

import csv
import json
from io import StringIO

import numpy as np
import pytest

from sim.core.errors import PlannerError
from sim.decide.budget import Budget, budget, split
from sim.report.budget import budget_csv, budget_json
from sim.report.chart_register import DECISIONS
from sim.report.charts.budget import SharedOut
from sim.report.charts.style import styled

from .small import PRACTICE, scenario, service, world

PLACE = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-17:00"], source: guess}
departments:
  north: {name: {zh: 北局, en: North}}
  south: {name: {zh: 南局, en: South}}
"""
STEP = "  %s: {name: {zh: 步骤, en: Step}, at: %s, %slimit: {statutory: {days: %g, source: guess}}}\n"
TARGET = """
  - {id: T, name: {zh: 目标, en: Target}, measure: counted_days, %s, unit: 工作日, source: guess}
  - {id: V, name: {zh: 跑动, en: Visits}, measure: trips, variant: before, at_most: 4, unit: 次, source: guess}
"""


def shared(first: float, second: float, days: str, after: str = "after: {one: nature}, ", pace: str = "1",
           runs: int = 2) -> Budget:  # fmt: skip
    """The days of a target shared out between two departments with a step each, by their limits."""
    steps = STEP % ("one", "north", "", first) + STEP % ("two", "south", after, second)
    question = scenario(40, "every_minutes: 4800") + "targets:" + TARGET % f"variant: before, {days}"
    practice = PRACTICE.replace("pace: {factor: 1,", f"pace: {{factor: {pace},")
    return budget(world(service(steps), question, PLACE, practice), "T", runs=runs)


def test_two_equal_departments_get_equal_parts() -> None:
    """Whatever their days are like, and whether there are enough or not."""
    sample = np.array([1.0, 2.0, 3.0, 7.0, 12.0])
    for days in (1.0, 9.0, 40.0):
        assert split([sample, sample], [1, 1], days)[1] == pytest.approx([days / 2, days / 2])
    assert [split([sample, sample], [1, 1], days)[0] for days in (1.0, 40.0)] == [0, 1]
    assert split([sample, sample], [1, 1], 6.0)[0] == pytest.approx(0.5)


def test_even_times_share_in_proportion_to_their_lengths() -> None:
    """Uniform from nothing to a, and to b: the chance is B / (a + b), the parts a B / (a + b) and b B / (a + b)."""
    for longest, other, days in ((10.0, 30.0, 20.0), (3.0, 5.0, 7.0)):
        chance, parts = split([np.linspace(0, longest, 201), np.linspace(0, other, 201)], [1, 1], days)
        assert chance == pytest.approx(days / (longest + other))
        assert parts == pytest.approx([longest * days / (longest + other), other * days / (longest + other)])


def test_work_side_by_side_counts_once() -> None:
    """Of two who work at the same time all the time, each may take all the days."""
    even = np.linspace(0, 10, 201)
    assert split([even, even], [0.5, 0.5], 8.0) == (pytest.approx(0.8), pytest.approx([8.0, 8.0]))


def test_a_service_of_two_equal_steps_is_shared_in_halves() -> None:
    """Ten days each, one after the other: of fifteen days each has seven and a half, and neither can keep them."""
    found = shared(10, 10, "at_most: 15")
    assert found.found.mean == pytest.approx(20)
    assert found.chance.mean == 0
    assert [(p.department, p.budget.mean, p.limit, p.coming, p.part, p.keeps.mean) for p in found.parts] == [
        (name, pytest.approx(7.5), 10, 1, pytest.approx(0.5), 1) for name in ("north", "south")
    ]


def test_a_service_of_steps_side_by_side_gives_each_the_whole() -> None:
    """Ten days each, at the same time: the case takes ten, and of fifteen each has fifteen."""
    found = shared(10, 10, "at_most: 15", after="")
    assert found.found.mean == pytest.approx(10)
    assert found.chance.mean == 1
    assert [part.budget.mean for part in found.parts] == pytest.approx([15, 15])


def test_days_add_up_to_the_target_and_the_slower_department_has_more() -> None:
    """With times of half to all of ten and of twenty days, twenty-four days are kept at a chance of three fifths."""
    found = shared(10, 20, "at_most: 24", pace="{uniform: [0.5, 1]}", runs=6)
    assert [part.department for part in found.parts] == ["south", "north"]
    assert sum(part.budget.mean for part in found.parts) == pytest.approx(24)
    assert found.chance.mean == pytest.approx(0.6, abs=0.07)
    assert found.parts[0].budget.mean == pytest.approx(16, abs=0.5)
    assert found.parts[0].budget.low < 16 < found.parts[0].budget.high


def test_a_share_of_cases_shares_out_its_limit() -> None:
    """Nine in ten within twenty-four days share out twenty-four."""
    found = shared(10, 10, "statistic: share_within, limit: 24, at_least: 0.9")
    assert found.days == 24


def test_what_cannot_be_shared_out_is_refused() -> None:
    """A target that is not there, and one that is about no days."""
    steps = STEP % ("one", "north", "", 10)
    question = scenario(4, "every_minutes: 4800") + "targets:" + TARGET % "variant: before, at_most: 15"
    prepared = world(service(steps), question, PLACE)
    with pytest.raises(PlannerError) as caught:
        budget(prepared, "TT", runs=2)
    assert str(caught.value) == "unknown target 'TT', did you mean 'T'?"
    with pytest.raises(PlannerError) as caught:
        budget(prepared, "V", runs=2)
    assert str(caught.value) == "V is about trips, of which no days can be shared out; T can be"


def test_files_and_chart_hold_every_department() -> None:
    """JSON, CSV, and two bars for each."""
    found = shared(10, 20, "at_most: 24")
    plain = json.loads(budget_json(found))
    assert [part["department"] for part in plain["parts"]] == ["south", "north"]
    rows = list(csv.DictReader(StringIO(budget_csv(found))))
    assert [float(row["limit"]) for row in rows] == [20, 10]
    for lang in ("zh", "en"):
        with styled():
            drawn = DECISIONS["budget"].draw(SharedOut(found, lang))
        assert len(drawn.axes[0].patches) == 4
