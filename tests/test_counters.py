"""Where a reform has applications handed in at a common counter, the clerks go along."""

from __future__ import annotations

from sim.analysis.compare import compare
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
COMMON = "{reform: 一窗受理, steps: [a, b], form: one, window: hall}"
BUREAU, HALL = ("bureau", "window"), ("hall", "window")


def asked(*reforms: str, **more: int) -> Prepared:
    """Two applications a case, looked at for half an hour each; 4,000 cases a year."""
    return reformed(STEPS, *reforms, place=COUNTERS, practice=practised(check=30), demand="per_year: 4000", **more)


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
