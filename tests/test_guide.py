"""A guide of the kind that water offices publish, with limits, opinions, visits and lags in one process: `well`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.records.frames import Records
from sim.records.tables import Flag
from sim.scenario.library import Library, Spec
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.text import yamlio

from .identities import check
from .services import measured, practised
from .small import PRACTICE, log_of, model, moment, play, trace
from .test_metrics import overrunning

QUESTION = """
id: wells
name: {zh: 打井, en: Wells}
place: town
start: 2024-03-04
sources:
  early_rule: {kind: law, title: 新条例, article: 第二条, note: 论证报告批复前可以先行公示}
demand:
  well: {every_minutes: 30240, cases: 150, source: guess}
variants:
  before: {name: {zh: 改革前, en: Before}}
  after:
    name: {zh: 改革后, en: After}
    reforms:
      - {reform: 提前介入, step: notice, before: [review], law: early_rule, source: plan}
      - {reform: 超时默认, steps: [review], source: plan}
      - {reform: 联合踏勘, steps: [check, fire_check], into: check, source: plan}
"""
TINY = Path(__file__).parent / "library"
FIRES = "en: Fire service}, staff: {officers: [{count: 4, hours: office, source: guess}]}"
FIRST = {"home": 5, "farm": 12, "trade": 20}
"""Use of the water → working days of the first review."""


def wells(library: Library, practice: str = PRACTICE) -> Prepared:
    """Wells, one every three weeks, under this general rule in a town with officers enough."""
    document = yamlio.parse(QUESTION, "wells.yaml")
    spec = Spec(Path("wells.yaml"), document, Scenario.model_validate(document.data))
    town = (TINY / "processes/places/town.yaml").read_text(encoding="utf-8").replace("en: Fire service}", FIRES)
    town = town.replace("count: 2", "count: 9")
    return prepare(spec, replace(library, practice=model(practice, Practice), places={"town": model(town, Place)}))


@pytest.fixture(scope="module")
def both(library: Library) -> list[Records]:
    """What happened before the reforms and after them."""
    prepared = wells(library)
    return [play(prepared, variant) for variant in (0, 1)]


def test_each_review_has_the_limit_of_its_class_its_turn_and_its_extension(both: list[Records]) -> None:
    """5, 12 or 20 days the first time and 10 the second and third, 10 more where extended; opinions take 5 of them."""
    for found in both:
        reviews = found.attempts[found.node_name == "review"]
        extended = (reviews["flags"].to_numpy() & int(Flag.EXTENDED)) > 0
        first = np.array([FIRST[use] for use in found.attribute("use")])
        row = np.searchsorted(found.cases["case"].to_numpy(), reviews["case"].to_numpy())
        days = np.where(reviews["nth"].to_numpy() == 0, first[row], 10) + 10 * extended
        assert {*zip(days.tolist(), extended.tolist(), strict=True)} == {
            (5, False), (10, False), (12, False), (20, False), (15, True), (20, True), (22, True), (30, True)
        }  # fmt: skip
        granted = np.array(measured(found, "refused_share")) == 0
        counted = np.array(measured(found, "counted_days", steps=["review"]))
        assert counted[granted].tolist() == found.by_case(row, days)[granted].tolist()
        assert np.nanmin(measured(found, "on_time_share", steps=["review"])) == 1


def test_who_fails_three_times_is_refused(both: list[Records]) -> None:
    """Nobody is reviewed a fourth time; of those reviewed three times some are granted, nobody else is refused."""
    for found in both:
        reviews = found.by_case(found.position, found.node_name == "review")
        outcomes = {*zip(reviews.tolist(), measured(found, "refused_share"), strict=True)}
        assert outcomes == {(1, 0), (2, 0), (3, 0), (3, 1)}


def test_one_case_is_followed_from_day_to_day(library: Library) -> None:
    """A household whose review is extended from 5 days to 15; the well runs on trial for thirty days.

    Before, the notice waits for the review, and the inspectors come one after another; after, neither. May 1st to 5th
    and June 10th are off, April 28th and May 11th are worked.
    """
    prepared = wells(library)
    lines = [[x for x in trace(*log_of(prepared, v), moment) if x.startswith("1 ")] for v in (0, 1)]
    begun = [
        "1 survey work 04-15 00:00 04-15 09:00 04-15 12:00",
        "1 survey work beside 04-15 00:00 04-15 09:00 04-15 12:00",
        "1 survey circulation 04-15 12:00 04-15 12:00 04-19 18:00",
        "1 review circulation 04-19 18:00 04-19 18:00 05-13 18:00",
    ]
    assert lines[0] == [
        *begun,
        "1 notice special 05-13 18:00 05-13 18:00 05-21 00:00",
        "1 drill construction 05-21 00:00 05-21 00:00 06-11 18:00",
        "1 check special 06-11 18:00 06-11 18:00 07-11 18:00",
        "1 check work 07-11 18:00 07-12 09:00 07-12 12:00",
        "1 check circulation 07-12 12:00 07-12 12:00 07-16 18:00",
        "1 fire_check work 07-16 18:00 07-17 09:00 07-17 11:00",
        "1 fire_check circulation 07-17 11:00 07-17 11:00 07-19 18:00",
        "1 grant circulation 07-19 18:00 07-19 18:00 07-24 18:00",
    ]
    assert lines[1] == [
        *begun,
        "1 notice special 04-19 18:00 04-19 18:00 04-27 00:00",
        "1 drill construction 05-13 18:00 05-13 18:00 06-03 18:00",
        "1 check special 06-03 18:00 06-03 18:00 07-03 18:00",
        "1 check work 07-03 18:00 07-04 09:00 07-04 12:00",
        "1 check work beside 07-03 18:00 07-04 09:00 07-04 12:00",
        "1 check circulation 07-04 12:00 07-04 12:00 07-08 18:00",
        "1 grant circulation 07-08 18:00 07-08 18:00 07-11 18:00",
    ]


def test_the_last_steps_are_judged_as_a_whole(both: list[Records]) -> None:
    """Nine days over check, fire inspection and grant, three for each; with one visit they take six."""
    steps = ["check", "fire_check", "grant"]
    granted = [np.array(measured(found, "refused_share")) == 0 for found in both]
    for measure, expected in (("counted_days", [{9}, {6}]), ("on_time_share", [{1}, {1}])):
        found = [np.array(measured(x, measure, steps=steps))[ok] for x, ok in zip(both, granted, strict=True)]
        assert [set(x.tolist()) for x in found] == expected


def test_who_never_hands_in_what_is_right_lapses_and_who_is_silent_agrees(library: Library) -> None:
    """Who is wrong five times in a row, a week each time, lapses. Twice as long as allowed: every review is silent."""
    never = play(wells(library, practised(correction=5, deficient=0.95)))
    assert np.mean(measured(never, "lapsed_share")) == pytest.approx(0.95**5, abs=0.03)
    late = wells(library, overrunning(2))
    found = [play(late, variant) for variant in (0, 1)]
    tacit = [(x.attempts["flags"].to_numpy() & int(Flag.TACIT))[x.node_name == "review"] > 0 for x in found]
    assert [set(x.tolist()) for x in tacit] == [{False}, {True}]


@pytest.mark.parametrize("variant", [0, 1])
def test_all_its_time_is_accounted_for(library: Library, variant: int) -> None:
    """Every identity holds, with papers that are wrong and offices that are late."""
    prepared = wells(library, practised(prepare=2, correction=3, deficient=0.4, pace="0.7"))
    check(*log_of(prepared, variant))
