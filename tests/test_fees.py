"""What a case pays, and the reforms that change it, counted by hand."""

from __future__ import annotations

import math
from io import StringIO

import numpy as np
import pytest
from pydantic import ValidationError
from rich.console import Console

from sim.analysis.compare import compare
from sim.records.frames import Records
from sim.reforms.fees import ChangeFees
from sim.report.page.changes import changes as told_changes
from sim.report.page.context import Context
from sim.report.page.measures import glance
from sim.report.screen.printed import print_comparison

from .reported import rows
from .services import changes, measured, play, reformed, refusal

ONE = "{reform: 一次性告知}"
ATTRIBUTES = "{small: {share: 0.5, source: guess}, use: {values: {big: 0.5, little: 0.5}, source: guess}}"
EXEMPT = "reductions: [{remains: 0, when: {small: true}, source: guess}]"
STEPS = f"""
  a: {{limit: {{statutory: ~1}}, fees: [{{yuan: 550, source: guess, {EXEMPT}}}]}}
  b: {{kind: agency, after: {{a: order}}, duration: ~1,
       fees: [{{yuan: 80, when: {{use: big}}, source: guess}}, {{yuan: 10, source: guess}}]}}
"""
"""550 unless small; 80 if big, and 10 whatever it is."""


def paid(variant: int, *reforms: str, steps: str = STEPS) -> Records:
    """Forty cases, before the reforms or after."""
    return play(reformed(steps, *reforms, cases=40, attributes=ATTRIBUTES), variant)


def by_hand(found: Records, of_a: float, exempt: float = 0.0) -> list[float]:
    """What each case pays when the first step costs so much, and those that are small so much."""
    first = np.where(found.attribute("small") == True, exempt, of_a)  # noqa: E712  an array of objects
    second = np.where(found.attribute("use") == "big", 90.0, 10.0)
    total: list[float] = (first + second).tolist()
    return total


def test_a_case_pays_for_its_steps_what_its_class_pays() -> None:
    """From 10 for what is little and small to 640 for what is big and not small."""
    found = paid(0, ONE)
    assert measured(found, "fees") == by_hand(found, 550)
    assert set(measured(found, "fees")) == {10, 90, 560, 640}


def test_a_scope_counts_the_fees_of_its_steps_and_its_cases() -> None:
    """Of the second step alone; of the first where agencies are left out; of the small."""
    found = paid(0, ONE)
    assert set(measured(found, "fees", steps=["b"])) == {10, 90}
    assert set(measured(found, "fees", exclude=["agency"])) == {0, 550}
    assert set(measured(found, "fees", when={"small": True})) == {10, 90}


def test_a_fee_is_paid_once_however_often_the_step_is_done_and_by_no_one_who_does_not_get_there() -> None:
    """A review that half of the attempts fail costs 5; what comes after a refusal costs nothing."""
    steps = """
  a: {limit: {statutory: ~1}, fails: {rate: 0.5, source: guess}, fees: [{yuan: 5, source: guess}]}
  b: {after: {a: order}, when: {small: true}, limit: {statutory: ~1}, refused: {share: 1, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~1}, fees: [{yuan: 100, source: guess}]}
"""
    found = paid(0, ONE, steps=steps)
    assert found.attempts["nth"].max() > 0
    assert measured(found, "fees") == np.where(found.attribute("small") == True, 5.0, 105.0).tolist()  # noqa: E712


def test_a_fee_may_be_drawn_and_multiplied_by_a_number_of_the_case() -> None:
    """1500 yuan a square metre of 2 to 4; an amount from 10 to 20."""
    steps = """
  a: {limit: {statutory: ~1}, fees: [{yuan: 1500, per: area, source: guess}]}
  b: {limit: {statutory: ~1}, fees: [{yuan: {uniform: [10, 20]}, source: guess}]}
"""
    attributes = "{area: {number: {uniform: [2, 4]}, unit: m2, source: guess}}"
    found = play(reformed(steps, ONE, cases=30, attributes=attributes))
    assert measured(found, "fees", steps=["a"]) == [round(1500 * area, 9) for area in found.attribute("area")]
    drawn = measured(found, "fees", steps=["b"])
    assert len(set(drawn)) == 30
    assert 10 <= min(drawn) < 12 < 18 < max(drawn) <= 20


def test_where_no_fee_is_stated_nothing_is_known_of_fees() -> None:
    """Nothing is not free of charge; a step done beforehand costs the case nothing."""
    assert all(map(math.isnan, measured(play(reformed("  a: {limit: {statutory: ~1}}", ONE)), "fees")))
    assert all(
        map(math.isnan, measured(paid(0, ONE, steps=STEPS + "  c: {limit: {statutory: ~1}}"), "fees", steps=["c"]))
    )
    beforehand = paid(1, "{reform: 区域评估, steps: [a], by: 管委会}")
    assert measured(beforehand, "fees") == by_hand(beforehand, 0)


# -- reforms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reform", "of_a", "exempt"),
    [
        ("{reform: 取消收费, steps: [a]}", 0, 0),
        ("{reform: 取消收费, steps: [a], when: {small: false}}", 0, 0),
        ("{reform: 减免收费, steps: [a], remains: 0.5}", 275, 0),
        ("{reform: 调整收费, steps: [a], yuan: 80}", 80, 0),
    ],
)
def test_a_fee_is_dropped_reduced_or_changed(reform: str, of_a: float, exempt: float) -> None:
    """What is left of 550 yuan; those that pay nothing go on paying nothing."""
    found = paid(1, reform)
    assert measured(found, "fees") == by_hand(found, of_a, exempt)


def test_without_steps_every_fee_goes() -> None:
    """All are dropped, and known to be nothing."""
    assert measured(paid(1, "{reform: 取消收费}"), "fees") == [0] * 40


def test_merged_steps_cost_what_their_parts_cost_each_of_its_own_cases() -> None:
    """Of two reviews, the second for the big only: 5 from all and 80 from them."""
    steps = """
  a: {limit: {statutory: ~1}, fees: [{yuan: 5, source: guess}]}
  b: {after: {a: order}, when: {use: big}, limit: {statutory: ~1}, fees: [{yuan: 80, source: guess}]}
"""
    found = paid(1, "{reform: 合并办理, steps: [a, b], into: a}", steps=steps)
    assert measured(found, "fees") == np.where(found.attribute("use") == "big", 85.0, 5.0).tolist()


def test_a_step_that_is_dropped_costs_nothing_any_more() -> None:
    """Only what the other costs is left."""
    found = paid(1, "{reform: 取消, steps: [a]}")
    assert measured(found, "fees") == by_hand(found, 0)


@pytest.mark.parametrize(
    ("reform", "why"),
    [
        ("{reform: 取消收费, steps: [c]}", "c does not say what it costs; add fees to it, or take it out of the steps"),
        ("{reform: 取消收费, steps: [d]}", "unknown step 'd'; known: a, b, c"),
        ("{reform: 调整收费, steps: [b], yuan: 5}",
         "b has 2 fees, and yuan would not say which; reduce them by 减免收费"),
        ("{reform: 减免收费, steps: [a], remains: 0.5, when: {small: true}}",
         "a has its fee reduced to 0 of it already for those cases"),
        ("{reform: 调整收费, steps: [a], yuan: 550}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
    ],
)  # fmt: skip
def test_a_reform_of_fees_without_effect_is_refused(reform: str, why: str) -> None:
    """It says why, and what to do."""
    steps = STEPS + "  c: {limit: {statutory: ~1}}"
    assert refusal(steps, reform, attributes=ATTRIBUTES).startswith(why)


def test_a_process_without_fees_has_none_to_drop() -> None:
    """The reform needs to know what it drops."""
    why = "no step of service says what it costs; add fees to a step"
    assert refusal("  a: {limit: {statutory: ~1}}", "{reform: 取消收费}") == why


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"reform": "减免收费"}, "remains goes with 减免收费, and only with it"),
        ({"reform": "取消收费", "remains": 0.5}, "remains goes with 减免收费, and only with it"),
        ({"reform": "调整收费"}, "yuan goes with 调整收费, and only with it"),
        ({"reform": "取消收费", "yuan": 5.0}, "yuan goes with 调整收费, and only with it"),
        ({"reform": "调整收费", "yuan": 5.0, "when": {"small": True}}, "调整收费 holds for every case"),
    ],
)
def test_each_reform_of_fees_has_fields_of_its_own(fields: dict[str, object], why: str) -> None:
    """A field of another is refused."""
    with pytest.raises(ValidationError, match=why):
        ChangeFees.model_validate({"source": "guess", **fields})


# -- as it is told ------------------------------------------------------------------------------------------


def test_a_change_of_fees_is_told() -> None:
    """In the words of the spec on the screen, in those of the language on the page."""
    prepared = reformed(STEPS, "{reform: 减免收费, steps: [a], remains: 0.5}", cases=4, attributes=ATTRIBUTES)
    standing = "{remains: 0, when: {small: yes}}"
    assert changes(prepared) == [
        f"steps.a.fees: [{{yuan: 550, reductions: [{standing}]}}] → "
        f"[{{yuan: 550, reductions: [{standing}, {{remains: 0.5}}]}}]"
    ]
    (told,) = told_changes(Context(compare(prepared, runs=2), "zh"))
    assert told.table is not None
    (group,) = rows(told.table).values()
    assert group[0][1:] == [
        "金额（元）：550；减免：仍收：0%；适用于：small = 是",
        "金额（元）：550；减免：仍收：0%；适用于：small = 是、仍收：50%",
    ]


def test_screen_and_page_tell_fees_where_they_are_stated() -> None:
    """A row with its unit; none where no step says what it costs."""
    steps = "  a: {limit: {statutory: ~1}, fees: [{yuan: 550, source: guess}]}"
    for told, row in ((steps, True), ("  a: {limit: {statutory: ~1}}", False)):
        reform = "{reform: 取消收费}" if row else ONE
        comparison = compare(reformed(told, reform), runs=2)
        screen = StringIO()
        print_comparison(Console(file=screen, width=200), comparison, {}, "en")
        lines = [line.split() for line in screen.getvalue().splitlines() if "Fees" in line]
        assert lines == ([["│", "Fees", "│", "yuan", "│", "550.0", "│", "0.00", "│"]] if row else [])
        found = {line[0]: line[1:] for line in rows(glance(Context(comparison, "en"), "service"))[""]}
        assert found.get("Fees") == (["550.0", "0.00", "−100.0%"] if row else None)
