"""The hours of a file belong to the file: no reform of a limit, a step or its place makes them fewer."""

from __future__ import annotations

import pytest

from sim.records.frames import Records

from .services import measured, play, practised, reformed, staffed

RULE = practised().replace("work_share: {share: 0", "work_share: {share: 0.1")
"""Offices take their whole limit, and an officer works for a tenth of it."""
DAY = 8 * 3600


def worked(found: Records) -> dict[str, float]:
    """Step → hours in which officers were busy, of all cases; steps without any left out."""
    served = found.activities[(found.activities["pool"] >= 0) & (found.activities["busy"] > 0)]
    names = dict(zip(found.attempts.index, found.node_name, strict=True))
    hours: dict[str, float] = {}
    for part in served.itertuples():
        name = names[part.attempt]
        hours[name] = hours.get(name, 0) + part.busy * part.staff / 3600
    return hours


def before_and_after(steps: str, reform: str, **more: object) -> list[dict[str, float]]:
    """The hours worked on one file before and after a reform, where officers are plenty."""
    place = staffed("officers", "inspectors", count=9)
    prepared = reformed(steps, reform, place=place, practice=RULE, **more)  # type: ignore[arg-type]
    return [worked(play(prepared, variant)) for variant in (0, 1)]


@pytest.mark.parametrize(
    "reform",
    [
        "{reform: 限时办结, steps: [a], committed: ~5}",
        "{reform: 限时办结, compression: 0.25}",
        "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 1, check_within: ~0}",
        "{reform: 法定时限调整, steps: [a], statutory: ~5, source: act}",
        "{reform: 区域评估, steps: [a], by: 管委会}",
    ],
)
def test_a_shorter_promise_takes_no_work_away(reform: str) -> None:
    """By the general rule a 20-day file takes an officer a tenth of its 20 days, 16 hours, whatever it is given now."""
    steps = "  a: {limit: {statutory: ~20}}"
    assert before_and_after(steps, reform) == [{"a": 16}, {"a": 16}]


def test_merged_work_adds_up() -> None:
    """4 and 6 hours merged take 10; a part by the rule adds a tenth of its own limit, 8 hours."""
    steps = """
  a: {limit: {statutory: ~10}, work: ~4h}
  b: {after: {a: order}, limit: {statutory: ~5}, work: ~6h}
  c: {after: {b: order}, limit: {statutory: ~10}}
"""
    found = before_and_after(steps, "{reform: 合并办理, steps: [a, b, c], into: c}")
    assert found == [{"a": 4, "b": 6, "c": 8}, {"c": 18}]


def test_each_part_of_a_merged_step_is_done_by_its_own_officers() -> None:
    """Two inspectors of one bureau and an officer of another work on the merged step as they did on its parts."""
    steps = """
  a: {limit: {statutory: ~10}, work: {hours: 4, by: inspectors, staff: 2, source: guess}}
  b: {at: hall, after: {a: order}, limit: {statutory: ~5}, work: {hours: 6, by: window, source: guess}}
"""
    place = staffed("officers", "inspectors", count=2)
    prepared = reformed(steps, "{reform: 合并办理, steps: [a, b], into: b}", place=place, practice=RULE)
    for variant in (0, 1):
        served = play(prepared, variant).activities
        served = served[served["busy"] * (served["pool"] >= 0) > 0]
        assert [tuple(row) for row in served[["pool", "staff", "busy"]].to_numpy().tolist()] == [
            (1, 2, 4 * 3600),
            (2, 1, 6 * 3600),
        ]


def test_a_part_that_few_cases_need_is_worked_on_for_those_alone() -> None:
    """Of 200 cases a tenth is large; only they take the 6 hours of the step that is merged away."""
    steps = """
  a: {limit: {statutory: ~10}, work: ~4h}
  b: {after: {a: order}, when: {large: true}, limit: {statutory: ~5}, work: ~6h}
"""
    old, new = before_and_after(steps, "{reform: 合并办理, steps: [a, b], into: a}", cases=200,
                                attributes="{large: {share: 0.1, source: guess}}")  # fmt: skip
    assert new == {"a": old["a"] + old["b"]}
    assert 6 * 8 <= old["b"] <= 6 * 34


def test_a_filing_is_not_reviewed() -> None:
    """备案制 abolishes the review: what is left follows from the filing's own limit, a tenth of one day."""
    filed = "{reform: 备案制, steps: [a], committed: ~1}"
    assert before_and_after("  a: {limit: {statutory: ~20}}", filed) == [{"a": 16}, {"a": pytest.approx(0.8)}]


def test_work_moves_with_its_step_to_another_department() -> None:
    """下放: the hall's officers do what the bureau's did."""
    place = staffed("officers", count=9).replace("staff: {window:", "staff: {officers: [{count: 1, hours: hall, "
                                                 "source: guess}], window:")  # fmt: skip
    prepared = reformed("  a: {limit: {statutory: ~20}}", "{reform: 下放, steps: [a], at: hall}",
                        place=place, practice=RULE)  # fmt: skip
    pools = [play(prepared, v).activities.query("pool >= 0 and busy > 0")["pool"].tolist() for v in (0, 1)]
    assert pools == [[0], [1]]


def test_handling_takes_at_least_its_work() -> None:
    """24 hours of work do not fit into one day: the case takes three, and misses the limit it was given."""
    prepared = reformed("  a: {limit: {statutory: ~30}}", "{reform: 限时办结, steps: [a], committed: ~1}",
                        place=staffed("officers"), practice=RULE)  # fmt: skip
    found = play(prepared, 1)
    assert measured(found, "counted_days") == [3]
    assert measured(found, "on_time_share") == [0]


def test_where_nothing_is_reviewed_a_late_paper_costs_no_review() -> None:
    """A paper that comes too late loses 8 hours of review; decided on a promise, the file is looked at once, later."""
    steps, late = "  a: {needs: [plan], limit: {statutory: ~20}, work: ~8h}", "{reform: 容缺受理, steps: [a], "
    promise = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 1, check_within: ~0}"
    prepared = reformed(steps, late + "materials: [plan], within: ~1}", place=staffed("officers"),
                        practice=practised(prepare=5))  # fmt: skip
    promised = reformed(steps, late + "materials: [plan], within: ~1}", promise, place=staffed("officers"),
                        practice=practised(prepare=5))  # fmt: skip
    assert [worked(play(p, 1)) for p in (prepared, promised)] == [{"a": 16}, {"a": 8}]


def test_a_queue_does_not_go_because_the_promise_is_shorter() -> None:
    """Ten files of 16 hours come at once to one officer; with a promise of 5 days the last still waits for 18 days."""
    prepared = reformed("  a: {limit: {statutory: ~20}}", "{reform: 限时办结, steps: [a], committed: ~5}",
                        place=staffed("officers"), practice=RULE, cases=10, demand="every_minutes: 0.1")  # fmt: skip
    waits = []
    for variant in (0, 1):
        parts = play(prepared, variant).activities.query("pool >= 0 and busy > 0")
        waits.append(((parts["started"] - parts["queued"]).max() > 17 * DAY, len(parts)))
    assert waits == [(True, 10), (True, 10)]
