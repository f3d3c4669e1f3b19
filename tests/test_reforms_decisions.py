"""告知承诺, 备案制, 限时办结, 区域评估, 秒批, 绿色通道, 分级分类, 下放: how and where a step decides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.records.frames import Records
from sim.records.tables import Flag
from sim.reforms.decisions import Routing

from .services import after, changes, compared, measured, play, practised, reformed, refusal, staffed

CHECKED = "  a: {limit: {statutory: ~20}, work: {hours: 8, by: inspectors, source: guess}}\n"
PROMISE = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 1, check_within: ~0}"
CREDIT = "{good: {share: 0.5, source: guess}}"


def served(found: Records) -> list[list[int]]:
    """What the officers did: whether on the main line, for how many seconds, from when."""
    work = found.activities[found.activities["pool"] >= 0]
    rows: list[list[int]] = work[["main", "busy", "started"]].to_numpy().tolist()
    return rows


def test_a_promise_decides_at_once_and_the_check_comes_after() -> None:
    """1 day instead of 20; the same inspectors work the same 8 hours, on the day after the decision."""
    prepared = reformed(CHECKED, PROMISE, place=staffed("inspectors"))
    assert list(compared(prepared, "counted_days", "elapsed_days", "revoked_share")) == [(20, 1), (20, 1), (0, 0)]
    monday, tuesday = 9 * 3600, (24 + 9) * 3600
    assert served(play(prepared, 0)) == [[1, 8 * 3600, monday]]
    assert served(play(prepared, 1)) == [[0, 8 * 3600, tuesday]]


def test_the_check_is_made_within_its_window() -> None:
    """Of 200 checks within 10 days of decisions on day 1, all start in days 1 to 11, and spread over them."""
    steps = CHECKED.replace("hours: 8", "minutes: 1")
    prepared = reformed(steps, PROMISE.replace("check_within: ~0", "check_within: ~10"), cases=200,
                        demand="every_minutes: 540", place=staffed("inspectors", count=50))  # fmt: skip
    found = play(prepared, 1)
    checks = found.activities[found.activities["pool"] >= 0].set_index("attempt")
    waited = found.office_days(found.attempts["decided"].loc[checks.index].to_numpy(), checks["started"].to_numpy())
    assert waited.min() >= 0
    assert waited.max() <= 10
    assert np.quantile(waited, [0.25, 0.5, 0.75]) == pytest.approx([2.5, 5, 7.5], abs=1.2)


def test_the_check_of_one_case_delays_the_work_on_others() -> None:
    """One officer checks a's promise all Tuesday, so that b is worked on only on Wednesday; two officers do both."""
    steps = """
  a: {limit: {statutory: ~20}, work: ~8h}
  b: {after: {a: order}, limit: {statutory: ~20}, work: ~8h, circulation: ~0}
"""
    days = [measured(play(reformed(steps, PROMISE, place=staffed("officers", count=n)), 1), "elapsed_days")
            for n in (1, 2)]  # fmt: skip
    assert days == [[1 + 1 + 1], [1 + 1]]


def test_a_broken_promise_is_rectified_and_looked_at_again() -> None:
    """Every promise is broken, 5 days are given to rectify, and the inspectors come twice; nothing is revoked."""
    broken = PROMISE.replace("uptake: 1", "uptake: 1, breach: 1, rectify: ~5, rectified: 1")
    found = play(reformed(CHECKED, broken, place=staffed("inspectors")), 1)
    first, second = served(found)
    assert [first[:2], second[:2]] == [[0, 8 * 3600], [0, 8 * 3600]]
    # Checked on Tuesday the 5th, put right from Wednesday to Tuesday, looked at again on Wednesday the 13th.
    assert [first[2], second[2]] == [(24 + 9) * 3600, (9 * 24 + 9) * 3600]
    assert (measured(found, "revoked_share"), measured(found, "elapsed_days")) == ([0], [1])
    assert found.attempts["flags"].tolist() == [Flag.PROMISED | Flag.BREACHED]


@pytest.mark.parametrize(
    ("outcome", "checks", "flags"),
    [
        ("breach: 1, rectify: ~5, rectified: 0", 2, Flag.PROMISED | Flag.BREACHED | Flag.REVOKED),
        ("false: 1, rectify: ~5", 1, Flag.PROMISED | Flag.REVOKED),
        ("breach: 1, false: 1, rectify: ~5", 1, Flag.PROMISED | Flag.REVOKED),
        ("rectify: ~5", 1, Flag.PROMISED),
    ],
)
def test_a_promise_not_put_right_or_false_is_revoked(outcome: str, checks: int, flags: Flag) -> None:
    """An unrectified breach is revoked after a second look, a false promise at once; a kept one stands."""
    prepared = reformed(CHECKED, PROMISE.replace("uptake: 1", f"uptake: 1, {outcome}"), place=staffed("inspectors"))
    found = play(prepared, 1)
    assert (len(served(found)), found.attempts["flags"].tolist()) == (checks, [flags])
    assert measured(found, "revoked_share") == [float(Flag.REVOKED in flags)]


def test_only_good_credit_may_promise_and_only_some_want_to() -> None:
    """Bad credit takes 20 days; of good credit about 30 % choose the promise and take 1."""
    prepared = reformed(CHECKED, PROMISE.replace("uptake: 1", "uptake: 0.3, when: {good: true}"), cases=400,
                        attributes=CREDIT)  # fmt: skip
    found = play(prepared, 1)
    good = found.attribute("good").astype(bool)
    days = np.array(measured(found, "counted_days"))
    assert set(days[~good]) == {20}
    assert set(days[good]) == {1, 20}
    assert (days[good] == 1).mean() == pytest.approx(0.3, abs=0.08)
    assert ((found.attempts["flags"].to_numpy() == Flag.PROMISED) == (days == 1)).all()


def test_a_step_that_may_promise_is_still_held_to_its_limit_by_the_others() -> None:
    """Promised in 1 day or reviewed in 20, every decision is within the limit of 20."""
    found = play(reformed(CHECKED, PROMISE.replace("uptake: 1", "uptake: 0.5"), cases=30), 1)
    assert set(measured(found, "counted_days")) == {1, 20}
    assert set(measured(found, "on_time_share")) == {1}


def test_a_decision_on_promise_is_neither_failed_nor_refused() -> None:
    """What the review would have found, the check finds later."""
    steps = CHECKED.replace("{limit", "{fails: {rate: 0.9, source: guess}, refused: {share: 1, source: guess}, limit")
    assert list(compared(reformed(steps, PROMISE), "refused_share")) == [(1, 0)]


EXCLUDED = CHECKED.replace("{limit", "{promise_excluded: 直接涉及公共安全, limit")


def test_an_excluded_step_may_promise_only_where_a_statute_says_so() -> None:
    """Fire safety is out unless a law is named; a guess is no law."""
    assert refusal(EXCLUDED, PROMISE) == (
        "告知承诺 is excluded for a: 直接涉及公共安全; name the statute that allows it as law, or take the step out"
    )
    assert refusal(EXCLUDED, PROMISE.replace("uptake", "law: guess, uptake")) == (
        "law must name a source of kind law, found guess"
    )
    allowed = after(reformed(EXCLUDED, PROMISE.replace("uptake", "law: act, uptake"))).steps["a"].promise
    assert allowed is not None
    assert allowed.law == "act"


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        (PROMISE.replace("[a]", "[w]"),
         "w is of kind construction and decides nothing; 告知承诺 is for an office's steps"),
        (PROMISE.replace("[a]", "[aa]"), "unknown step 'aa', did you mean 'a'?"),
        ("{reform: 秒批, steps: [w], share: 1, minutes: 5}",
         "w is of kind construction; 秒批 is for an office's steps"),
        ("{reform: 备案制, steps: [w], committed: ~1}",
         "w is of kind construction; 备案制 makes filings of approvals"),
        ("{reform: 备案制, steps: [a], committed: ~25}",
         "the reform would leave steps.a.limit.committed: a committed limit is at most the statutory one, "
         "found 25 days against 20 days; mend one of them"),
        ("{reform: 区域评估, steps: [aa], by: 管委会}", "unknown step 'aa', did you mean 'a'?"),
        ("{reform: 分级分类, attribute: goood, share: 0.5}", "unknown attribute 'goood', did you mean 'good'?"),
        ("{reform: 分级分类, attribute: good, share: 0.5}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
        ("{reform: 下放, steps: [a], at: bureau}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
        ("{reform: 下放, steps: [a], at: halls}",
         "the reform would leave steps.a.at: unknown department 'halls', did you mean 'hall'?"),
        ("{reform: 绿色通道, when: {}}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
    ],
)  # fmt: skip
def test_a_reform_that_does_not_fit_the_step_is_refused(reform: str, message: str) -> None:
    """Steps that decide nothing, limits that would grow or break the statute, unknown names, and no effect."""
    steps = """
  a: {limit: {statutory: ~20}}
  b: {limit: {statutory: ~10, committed: ~8}}
  w: {kind: construction, duration: ~3}
"""
    assert refusal(steps, reform, attributes=CREDIT) == message


def test_a_filing_is_over_when_the_papers_are_complete() -> None:
    """The review with its sitting, hearing, failures and refusals is gone; 1 day remains."""
    steps = """
  a: {needs: [form], limit: {statutory: ~20}, work: ~8h, circulation: ~15,
      sits: {weekdays: [fri], at: "10:00", source: guess}, special: [{procedure: 听证, days: 5, source: guess}],
      fails: {rate: 0.5, source: guess}, refused: {share: 1, source: guess}}
"""
    prepared = reformed(steps, "{reform: 备案制, steps: [a], committed: ~1}")
    assert list(compared(prepared, "refused_share", "materials")) == [(1, 0), (1, 1)]
    found = play(prepared, 1)
    assert (measured(found, "counted_days"), measured(found, "elapsed_days")) == ([1], [1])
    step = after(prepared).steps["a"]
    assert (step.kind, step.is_counted) == ("filing", True)
    assert (step.work, step.circulation, step.special, step.sits, step.fails, step.refused) == (
        None, None, (), None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (Routing, {"reform": "分级分类", "attribute": "x"},
         "an attribute has a new share or new values; give one of the two"),
        (Routing, {"reform": "分级分类", "attribute": "x", "share": 0.1, "values": {"a": 1.0}},
         "an attribute has a new share or new values; give one of the two"),
        (Routing, {"reform": "分级分类", "attribute": "x", "values": {"a": 0.5, "b": 0.4}},
         "the shares must sum to 1, found 0.9; mend one of them"),
    ],
)  # fmt: skip
def test_a_reform_with_contradicting_fields_is_refused(kind: Any, fields: dict[str, Any], message: str) -> None:
    """Neither, both, or shares that do not add up."""
    with pytest.raises(ValidationError) as error:
        kind(source="guess", **fields)
    assert [e["msg"] for e in error.value.errors()] == [f"Value error, {message}"]


def test_an_area_assessed_beforehand_costs_the_case_nothing() -> None:
    """The step stays in the graph, but takes no time, no paper, no visit, no limit of the case."""
    steps = """
  p: {limit: {statutory: ~3}}
  a: {after: {p: order}, needs: [form, plan], attend: 1, fields: {total: 9, source: guess}, limit: {statutory: ~20}}
  b: {after: {a: act}, needs: [form], limit: {statutory: ~5}}
"""
    prepared = reformed(steps, "{reform: 区域评估, steps: [a], by: 开发区管委会}", practice=practised(prepare=1))
    measures = (
        "counted_days",
        "elapsed_days",
        "touchpoints",
        "materials",
        "trips",
        "forms",
        "promised_days",
        "statutory_days",
    )
    assert list(compared(prepared, *measures)) == [
        (28, 8), (31, 9), (2, 1), (3, 1), (5, 2), (2, 1), (28, 8), (28, 8),
    ]  # fmt: skip
    assert list(after(prepared).steps) == ["p", "a", "b"]
    assert changes(prepared) == ["steps.a.done_before: — → 开发区管委会"]


SYSTEM = "{reform: 秒批, steps: [a], share: 1, minutes: 10}"


def test_a_system_decides_within_minutes_even_on_sunday() -> None:
    """A case of Sunday 09:00 is decided at 09:10 instead of after 20 working days."""
    steps = CHECKED.replace("{limit", "{needs: [form], limit")
    prepared = reformed(steps, SYSTEM, start="2024-03-03", place=staffed("inspectors"))
    found = play(prepared, 1)
    assert (found.cases["finished"] - found.cases["arrived"]).tolist() == [600]
    assert (measured(found, "elapsed_days"), served(found)) == ([0], [])
    assert found.attempts["flags"].tolist() == [Flag.AUTOMATIC]


def test_what_the_system_cannot_decide_falls_back_to_people() -> None:
    """Three in four are decided at once, the others as before."""
    found = play(reformed(CHECKED, SYSTEM.replace("share: 1", "share: 0.75"), cases=400), 1)
    automatic = found.attempts.sort_values("case")["flags"].to_numpy() == Flag.AUTOMATIC
    days = np.array(measured(found, "counted_days"))
    assert set(days[~automatic]) == {20}
    assert max(days[automatic]) <= 10 / (8 * 60) + 1e-9
    assert automatic.mean() == pytest.approx(0.75, abs=0.07)


def test_urgent_cases_are_served_first_at_every_queue() -> None:
    """All cases wait on Monday at 09:00 for the one officer, who takes a day over each: the urgent come first."""
    steps = "  a: {limit: {statutory: ~1}, work: ~8h}"
    prepared = reformed(steps, "{reform: 绿色通道, when: {vip: true}}", cases=12, demand="every_minutes: 1",
                        place=staffed("officers"), attributes="{vip: {share: 0.4, source: guess}}")  # fmt: skip
    before, found = play(prepared, 0), play(prepared, 1)
    vip = found.attribute("vip").tolist()
    order = [i for i in range(12) if vip[i]] + [i for i in range(12) if not vip[i]]
    assert order != list(range(12))
    assert before.cases.sort_values("finished")["case"].tolist() == list(range(12))
    assert found.cases.sort_values("finished")["case"].tolist() == order
    assert sorted(measured(found, "elapsed_days")) == sorted(measured(before, "elapsed_days")) == list(range(1, 13))


def test_routing_sends_more_cases_the_short_way() -> None:
    """Low-risk cases skip b; the reform makes all cases low-risk."""
    steps = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, when: {risk: high}, limit: {statutory: ~10}}"
    prepared = reformed(steps, "{reform: 分级分类, attribute: risk, values: {low: 1, high: 0}}", cases=50,
                        attributes="{risk: {values: {low: 0.3, high: 0.7}, source: guess}}")  # fmt: skip
    assert set(measured(play(prepared, 0), "counted_days")) == {5, 15}
    assert set(measured(play(prepared, 1), "counted_days")) == {5}
    assert changes(prepared) == ["attributes.risk.values.low: 0.3 → 1", "attributes.risk.values.high: 0.7 → 0"]


def test_routing_only_moves_the_cases_it_must() -> None:
    """A case that was low-risk at 30 % is so at 60 %."""
    steps = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, when: {good: false}, limit: {statutory: ~10}}"
    prepared = reformed(steps, "{reform: 分级分类, attribute: good, share: 0.6}", cases=100,
                        attributes="{good: {share: 0.3, source: guess}}")  # fmt: skip
    before, found = (play(prepared, v).attribute("good").astype(bool) for v in (0, 1))
    assert (found >= before).all()
    assert before.sum() < found.sum()


def test_a_step_handed_down_is_worked_on_by_the_other_department() -> None:
    """The hall's window takes the work off the bureau's officers."""
    steps = "  a: {limit: {statutory: ~2}, work: {hours: 8, by: window, source: guess}}"
    place = staffed("window", count=1)
    prepared = reformed(steps, "{reform: 下放, steps: [a], at: hall}", place=place)
    pools = [[found.tables.pools[p].department for p in found.activities["pool"] if p >= 0]
             for found in (play(prepared, 0), play(prepared, 1))]  # fmt: skip
    assert pools == [["bureau"], ["hall"]]
    assert changes(prepared) == ["steps.a.at: bureau → hall"]
