"""A scope is a part of time, and the counted time has two readings; totals of limits know how a case is decided."""

from __future__ import annotations

import numpy as np
import pytest

from .services import measured, play, reformed

ONE = "{reform: 一次性告知}"


@pytest.mark.parametrize("works", [9.9, 10.1])
def test_a_scope_is_a_union_of_time(works: float) -> None:
    """A day, works beside an approval of 10 days, a day: without the works 12 days, however long they take."""
    steps = f"""
  a: {{limit: {{statutory: ~1}}}}
  works: {{kind: construction, after: {{a: nature}}, duration: ~{works}}}
  b: {{after: {{a: order}}, limit: {{statutory: ~10}}}}
  c: {{after: {{works: nature, b: order}}, limit: {{statutory: ~1}}}}
"""
    found = play(reformed(steps, ONE))
    assert measured(found, "elapsed_days", exclude=["construction"]) == [12]
    assert measured(found, "elapsed_days", steps=["works", "b"]) == [max(works, 10)]
    assert measured(found, "counted_days") == [12]


def test_what_runs_beside_something_longer_is_on_no_path() -> None:
    """3 days, then works of 10 beside an approval of 4, then 2: 9 counted days, of which 5 decided how long it took."""
    steps = """
  a: {limit: {statutory: ~3}}
  works: {kind: construction, after: {a: nature}, duration: ~10}
  b: {after: {a: order}, limit: {statutory: ~4}}
  c: {after: {works: nature, b: order}, limit: {statutory: ~2}}
"""
    found = play(reformed(steps, ONE))
    assert (measured(found, "counted_days"), measured(found, "counted_path_days")) == ([3 + 4 + 2], [3 + 2])


def test_what_stops_the_clock_on_the_path_is_not_counted_there() -> None:
    """Four days of review and a hearing of three: seven days, four of them counted, all on the path."""
    steps = "  a: {limit: {statutory: ~4}, special: [{procedure: 听证, days: 3, source: guess}]}"
    found = play(reformed(steps, ONE))
    assert (measured(found, "counted_path_days"), measured(found, "elapsed_days")) == ([4], [7])


def test_promised_time_knows_how_a_case_is_decided() -> None:
    """Half of the cases decide on a promise in one day and not in twenty; a system takes four hours, half a day."""
    steps = "  a: {limit: {statutory: ~20}}\n  b: {after: {a: order}, limit: {statutory: ~10}}"
    promise = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 0.5, check_within: ~0}"
    found = play(reformed(steps, promise, cases=100, demand="every_minutes: 10080"), 1)
    totals = measured(found, "promised_days")
    assert set(totals) == {1 + 10, 20 + 10}
    assert 30 <= totals.count(11) <= 70
    assert measured(found, "statutory_days") == [30] * 100
    assert set(measured(found, "cut_share")) == {0, round(1 - 11 / 30, 9)}
    system = "{reform: 秒批, steps: [a], share: 1, minutes: 240}"
    assert measured(play(reformed(steps, system), 1), "promised_days") == [0.5 + 10]


def test_what_no_statute_limits_has_no_statutory_time() -> None:
    """A committed limit is no statutory one: the total is that of the other step, and so is the compression."""
    steps = "  a: {limit: {committed: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~10, committed: ~4}}"
    found = play(reformed(steps, ONE))
    assert (measured(found, "statutory_days"), measured(found, "promised_days")) == ([10], [9])
    assert measured(found, "cut_share") == [0.6]
    alone = play(reformed("  a: {limit: {committed: ~5}}", ONE))
    assert measured(alone, "statutory_days") == [0]
    assert np.isnan(measured(alone, "cut_share")).all()
