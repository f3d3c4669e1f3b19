"""Where a reform has applications handed in at a common counter, the clerks go along."""

from __future__ import annotations

from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.decide.budget import budget
from sim.decide.capacity import capacity
from sim.decide.searching.futures import World
from sim.engine.counters import staff_of
from sim.engine.staffing import derived_staff
from sim.scenario.prepared import Prepared

from .services import PLACE, practised, reformed

CLERKS = "staff: {window: [{utilisation: 0.5, hours: office, source: guess}]}"
COUNTERS = PLACE.replace("en: Bureau}}", f"en: Bureau}}, {CLERKS}}}").replace("en: Hall}}", f"en: Hall}}, {CLERKS}}}")
STEPS = """
  a: {needs: [form], limit: {statutory: ~3}}
  b: {needs: [plan], after: {a: order}, limit: {statutory: ~3}}
"""
DONE_BY_CLERKS = (
    "  c: {at: hall, after: {b: nature}, limit: {statutory: ~1h}, work: {hours: 0.25, by: window, source: guess}}"
)
GOAL = "{id: T, name: {zh: 目标, en: Goal}, unit: 工作日, source: guess, measure: counted_days, at_most: 7}"
COMMON = "{reform: 一窗受理, steps: [a, b], form: one, window: hall}"
BUREAU, HALL = ("bureau", "window"), ("hall", "window")


def asked(*reforms: str, steps: str = STEPS, **more: Any) -> Prepared:
    """Two applications a case, looked at for half an hour each; 4,000 cases a year."""
    return reformed(steps, *reforms, place=COUNTERS, practice=practised(check=30), demand="per_year: 4000", **more)


def test_a_common_counter_has_the_clerks_that_its_work_asks_for() -> None:
    """4,000 hours of 1,960 at half utilisation are five clerks before; one application for two is three at the hall."""
    prepared = asked(COMMON)
    assert derived_staff(prepared).officers == {BUREAU: 5, HALL: 1}
    assert staff_of(prepared).officers == {BUREAU: 5, HALL: 3}
    found = compare(asked(COMMON, weeks=4), runs=2).utilisation
    assert [found[v][HALL].mean > 0 for v in ("before", "after")] == [False, True]


def test_a_reform_that_moves_no_counter_changes_no_staff() -> None:
    """All faults at once means fewer corrections, and the clerks stay."""
    prepared = asked("{reform: 一次性告知}")
    assert staff_of(prepared) == derived_staff(prepared)


def test_with_its_clerks_a_common_counter_has_no_queue_without_end() -> None:
    """Two reviews of three days each; one clerk would have more work than he can do, three have a third of it each."""
    prepared = asked(COMMON, weeks=8, warm_up=4)
    waits = compare(prepared, runs=2).of("after", "service", "elapsed_days").mean.mean
    assert 6 < waits < 6.3


def test_the_officers_looked_at_are_those_that_the_comparison_plays_with() -> None:
    """Three clerks at the common counter, not the one of before the reforms, of whom other numbers are tried."""
    (found,) = capacity(asked(COMMON, weeks=4), departments=["hall"], runs=2).roles
    assert (found.pool, found.today) == (HALL, 3)


def test_days_are_shared_out_of_those_that_the_comparison_finds() -> None:
    """Clerks who do a step as well; with those of before the reforms the files would wait longer."""
    prepared = asked(COMMON, steps=f"{STEPS}{DONE_BY_CLERKS}", targets=f"targets: [{GOAL}]", weeks=8)
    days = compare(prepared, runs=2).of("after", "service", "counted_days").mean.mean
    assert budget(prepared, "T", runs=2).found.mean == pytest.approx(days, abs=1e-5)


def test_what_is_searched_is_tried_with_the_officers_of_the_comparison() -> None:
    """The clerks go along with whichever reforms are chosen."""
    prepared = asked(COMMON)
    assert World(prepared, ()).staff == staff_of(prepared)
