"""From when on a system is warm: MSER-5 by hand, a queue from empty, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pytest

from sim.analysis.warming import Warming, truncation, warming
from sim.core.draws import Draws
from sim.core.workdays import DAY
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.spans import Spans, spans
from sim.report.page.context import Context
from sim.report.page.doubts import doubts
from sim.report.results import results_json
from sim.report.words import Lang
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Window

from .reported import exact
from .services import reformed, staffed
from .small import scenario, service, world
from .small import staffed as desks
from .test_screen import printed

HOUR = 3600


@pytest.mark.parametrize(
    ("values", "left_out"),
    [
        # Squared standard errors from each place on: 0.1172, 0.0350, 0.0417, 0.0480, 0.0625.
        ([4, 1, 2, 1, 2, 1, 2, 1], 1),
        # 2.315, then 0: nothing is left to be known better.
        ([10, 0, 0, 0, 0, 0], 1),
        # 0.3125, 0.2222, 0.125: it never stops rising, and half of them are no answer.
        ([1, 2, 3, 4], None),
        # 0.0417, 0.0480, 0.0625, 0.0740: alike from the first on.
        ([2, 1, 2, 1, 2, 1], 0),
        ([0.1] * 9, 0),
        ([7], None),
        ([], None),
    ],
)
def test_what_is_left_out_makes_the_mean_of_the_rest_best_known(values: list[float], left_out: int | None) -> None:
    """Variance over number, of every tail that holds at least half; by values, and by means of five."""
    assert truncation(np.array(values, dtype=float), 1) == left_out
    fives = np.repeat(np.array(values, dtype=float), 5) + np.tile([-1, 0, 1, 2, -2], len(values))
    assert truncation(np.append(fives, [99] * 4)) == (left_out and 5 * left_out)


def told(days: Sequence[Sequence[float]], start: float = 0, in_weeks: bool = True) -> Warming:
    """What is told of cases that come a day apart, in several replications, measured from a day on."""
    found = [
        Spans(np.arange(len(x)) * DAY, np.array(x, dtype=float), int(np.ceil(start)), int(start * DAY)) for x in days
    ]
    return warming("before", "service", found, in_weeks, 1)


QUICK_AT_FIRST = [[1] * 10 + [4, 2] * 20, [2] * 10 + [3] * 40]
"""The first ten cases of either replication are quicker by 1.5 days on average."""


def test_measured_cases_that_come_before_it_is_warm_are_told() -> None:
    """Ten cases of each replication are left out: warm from day 10, in the second week, early 1.5 and later 3 days."""
    assert told(QUICK_AT_FIRST) == Warming("before", "service", 0, 10, 1.5, 3, cold=False, enough=2)
    # Two replications that differ by a day leave open whether it is luck; five do not.
    assert told(QUICK_AT_FIRST * 5) == Warming("before", "service", 0, 10, 1.5, 3, cold=True, enough=2)
    assert told(QUICK_AT_FIRST * 5, in_weeks=False).enough == 10


def test_it_is_warm_where_measuring_begins_late_enough() -> None:
    """From day 10 on nothing is early; from day 9 on one case of each replication is, and that is told."""
    found = told(QUICK_AT_FIRST * 5, start=10)
    assert (found.measured_from, found.warm_from, found.later, found.cold) == (10, 10, 3, False)
    assert isnan(found.early)
    late = told(QUICK_AT_FIRST * 5, start=9)
    assert (late.early, late.later, late.cold) == (1.5, 3, True)


def test_cases_that_never_settle_are_told() -> None:
    """Each takes longer than the one before: half is set against half, and no warm-up would do."""
    found = told([list(range(n, n + 40)) for n in range(5)])
    assert (found.warm_from, found.early, found.later, found.cold, found.enough) == (None, 11.5, 31.5, True, None)


def test_what_is_left_out_by_chance_is_not_told() -> None:
    """A first batch a little quicker by luck is left out by the rule, and does not differ by more than luck."""
    rng = np.random.default_rng(3)
    found = told([list(rng.exponential(2, 100)) for _ in range(10)])
    assert not found.cold


def test_equal_cases_are_warm_from_the_first_on_and_no_case_tells_nothing() -> None:
    """No spread is no start-up, and nobody is nobody."""
    assert told([[0.1] * 30] * 3).warm_from == 0
    nobody = told([[], []])
    assert (nobody.warm_from, nobody.cold) == (None, False)


QUEUE = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: {exponential: 1}, source: guess}}\n"


def queue(weeks: int, warm_up: int) -> Warming:
    """M/M/1 at 70 %, an hour each, in twenty replications from empty."""
    question = scenario(0, "every_minutes: {exponential: 85.71428571428571}", weeks=weeks, warm_up=warm_up)
    prepared = world(service_of(QUEUE), question, desks(desk=1))
    return warming("before", "service", [played(prepared, n) for n in range(20)], True, 1)


def service_of(steps: str) -> str:
    """The process of the tests."""
    return service(steps)


def played(prepared: Prepared, replication: int) -> Spans:
    """How long the cases of a replication took."""
    draws = Draws(1, replication)
    tables = compile_variant(prepared, prepared.variants[0], derived_staff(prepared), draws)
    return spans(tables, simulate(tables))["service"]


def test_a_queue_from_empty_is_cold_and_one_that_was_warmed_up_is_not() -> None:
    """A few days until it is as full as ever: without warm-up that is told, with one or two weeks it is not."""
    cold = queue(4, 0)
    assert cold.cold
    assert cold.early < 0.8 * cold.later
    assert cold.enough == 1
    assert not queue(4, cold.enough).cold
    assert not queue(4, 2).cold


def test_the_spans_of_a_run_are_those_of_its_cases_in_order_of_arrival() -> None:
    """A case an hour of 90 minutes of work, one officer: 90, 120, 150 … minutes; warm-up in, what comes after out."""
    prepared = reformed("  a: {work: ~90m}", "{reform: 一次性告知}", demand="every_minutes: 60",
                        place=staffed("officers").replace('["09:00-17:00"]', '["00:00-24:00"], days: every_day'),
                        weeks=1, warm_up=1)  # fmt: skip
    found = played(prepared, 0)
    assert found.arrived[:3].tolist() == [HOUR, 2 * HOUR, 3 * HOUR]
    assert found.days[:3].tolist() == [90 / 1440, 120 / 1440, 150 / 1440]
    assert (len(found.days), found.warm_up, found.measured_from) == (14 * 24 - 1, 7 * 24 - 1, 7 * DAY)


# -- what is told of it -----------------------------------------------------------------------------------


def of_weeks(*found: Warming) -> Any:
    """The small world, as if it had a window and were found so."""
    comparison = exact()
    asked = comparison.prepared.scenario.model_copy(update={"window": Window(weeks=8, warm_up=4)})
    return replace(comparison, prepared=replace(comparison.prepared, scenario=asked), warming=found)


LATE = Warming("before", "service", 28, 60.5, 9.25, 10.5, cold=True, enough=9)
LATER = Warming("after", "service", 28, 71, 4, 5, cold=True, enough=11)
NEVER = Warming("after", "service", 28, None, 4, 8, cold=True, enough=None)
WARM = Warming("after", "service", 28, 3, float("nan"), 8, cold=False, enough=1)
SENTENCES: list[tuple[Lang, Warming, str]] = [
    (
        "en",
        LATE,
        'Not warm yet when measuring begins: Service <A>, "Before", is measured from day 28 of arrivals on; cases '
        "that came before day 60.5 took 9.25 working days on average, later ones 10.5 (MSER-5). Raise "
        "window.warm_up to 9.",
    ),
    (
        "zh",
        LATE,
        "预热不足：“改革前”方案下的服务<甲>，自案件到来的第 28 天起计入结果，而第 60.5 天以前到的案件"
        "平均 9.25 个工作日，其后 10.5 个工作日（MSER-5）；请把 window.warm_up 提高到 9。",
    ),
    (
        "en",
        NEVER,
        'Never warm: Service <A>, "After": measured cases of the first half of the time took 4.00 working days on '
        "average, those of the second half 8.00, and nothing tells from when on they are alike (MSER-5). Lengthen "
        "window.warm_up, and see whether the officers can cope.",
    ),
    (
        "zh",
        NEVER,
        "未见稳定：“改革后”方案下的服务<甲>，计入结果的前一半时间到的案件平均 4.00 个工作日，后一半 8.00 个工作日，"
        "没有从哪一天起不再变化（MSER-5）；请加长 window.warm_up，并看人手是否够用。",
    ),
]


@pytest.mark.parametrize(("lang", "found", "sentence"), SENTENCES)
def test_what_is_measured_before_it_is_warm_is_told_on_screen_and_page(
    lang: Lang, found: Warming, sentence: str
) -> None:
    """The process, the variant, from when on, and the key that mends it; nothing where it is warm."""
    comparison = of_weeks(found)
    said = [doubt.text.replace("\u00a0", " ") for doubt in doubts(Context(comparison, lang))]
    assert sentence in said
    assert sentence in " ".join(line.strip() for line in printed(comparison, lang)).replace("， ", "，")
    quiet = of_weeks(WARM)
    assert not any("MSER" in text for text in [*printed(quiet, lang), *(d.text for d in doubts(Context(quiet, lang)))])


def test_of_each_process_the_variant_that_takes_longest_is_told() -> None:
    """Eleven weeks are more than nine, and what never is warm is more than any."""
    assert of_weeks(LATE, LATER, WARM).cold == [LATER]
    assert of_weeks(NEVER, LATE).cold == [NEVER]


def test_in_a_number_of_cases_the_key_is_that_of_the_process() -> None:
    """The small world has six cases and no window."""
    comparison = replace(exact(), warming=(replace(LATE, enough=40),))
    assert any("Raise demand.service.warm_up to 40." in d.text for d in doubts(Context(comparison, "en")))


def test_results_tell_the_window_and_from_when_on_it_is_warm() -> None:
    """By variant and process, in days after the start; no number is null."""
    found = json.loads(results_json(of_weeks(LATE, WARM), {}))
    assert found["window"] == {"weeks": 8, "warm_up": 4}
    assert found["warming"] == [
        {"variant": "before", "process": "service", "measured_from": 28.0, "warm_from": 60.5, "early": 9.25,
         "later": 10.5, "cold": True, "enough": 9},
        {"variant": "after", "process": "service", "measured_from": 28.0, "warm_from": 3.0, "early": None,
         "later": 8.0, "cold": False, "enough": 1},
    ]  # fmt: skip
    assert json.loads(results_json(exact(), {}))["window"] is None
