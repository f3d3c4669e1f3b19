"""A scope is a part of time, and the counted time has two readings; totals of limits know how a case is decided."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.records.measures.register import MEASURES
from sim.report.charts.drawing import draw
from sim.report.page.answers import answers
from sim.report.page.context import Context
from sim.report.screen.printed import print_comparison
from sim.report.targets import reading_words
from sim.report.words import Lang, say

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


BESIDE = """
  a: {limit: {statutory: ~3}}
  works: {kind: construction, after: {a: nature}, duration: ~10}
  b: {after: {a: order}, limit: {statutory: ~4}}
  c: {after: {works: nature, b: order}, limit: {statutory: ~2}}
"""


def asked(target: str) -> Comparison:
    """Three days, then works of 10 beside an approval of 4, then 2: 9 counted days, 5 of them on the path."""
    name = "id: T1, name: {zh: 目标, en: Goal}, unit: 工作日, source: guess"
    return compare(reformed(BESIDE, ONE, targets=f"targets: [{{{name}, {target}}}]"), runs=2)


@pytest.mark.parametrize(
    ("target", "found", "other", "verdicts", "differ"),
    [
        ("measure: counted_days, at_most: 6", 9, 5, ("missed", "met"), True),
        ("measure: counted_days, at_most: 20", 9, 5, ("met", "met"), True),
        ("measure: counted_path_days, at_most: 6", 5, 9, ("met", "missed"), True),
        ("measure: counted_days, at_most: 6, scope: {steps: [a, c]}", 5, 5, ("met", "met"), False),
        ("measure: counted_days, statistic: share_within, limit: 6, at_least: 0.1", 0, 1, ("undecided", "met"), True),
    ],
)
def test_the_other_reading_stands_beside_a_figure(
    target: str, found: float, other: float, verdicts: tuple[str, str], differ: bool
) -> None:
    """In the same scope and by the same statistic, with the verdict it would lead to; days apart are told."""
    (result,) = asked(target).targets
    assert result.reading is not None
    assert result.reading.measure is MEASURES[MEASURES[result.target.measure].other_reading or ""]
    assert (result.estimate.mean, result.reading.estimate.mean) == (found, other)
    assert (result.verdict, result.reading.verdict) == verdicts
    assert result.readings_differ is differ


@pytest.mark.parametrize(
    ("lang", "words", "chart"),
    [
        ("zh", "关键路径上的审批用时 5.00\u00a0个工作日；按此为达标；"
               "与更长的环节同时进行的审批只计入审批用时，不在关键路径上；改革可能只改变其中之一",
         "；关键路径上的审批用时平均 5.0 → 5.0"),
        ("en", "Counted time on the critical path: 5.00\u00a0working days; by which it is met; approval beside "
               "something longer is in the counted time and not on the critical path, and a reform may change one and "
               "not the other",
         "; Counted time on the critical path: mean 5.0 → 5.0"),
    ],
)  # fmt: skip
def test_screen_page_and_chart_tell_the_other_reading(lang: Lang, words: str, chart: str) -> None:
    """9 days against 6 are a miss; on the critical path they are 5, which would meet it."""
    comparison = asked("measure: counted_days, at_most: 6")
    (result,) = comparison.targets
    assert reading_words(lang, result) == words
    (answer,) = answers(Context(comparison, lang), {}, {})
    assert [fact.text for fact in answer.figures][2][:4] == "5.00"
    assert words in [fact.text for fact in answer.facts]
    screen = StringIO()
    print_comparison(Console(file=screen, width=400), comparison, {}, lang)
    assert f"T1 {say(lang, 'other_reading')}: {words}" in screen.getvalue()
    shown = draw(comparison, "service", lang)["distribution"]
    assert chart in " ".join(text.get_text().replace("\n", " ") for text in shown.texts)


def test_a_measure_with_one_reading_has_no_other() -> None:
    """Nothing is said of one."""
    (result,) = asked("measure: elapsed_days, at_most: 6").targets
    assert (result.reading, reading_words("zh", result), result.readings_differ) == (None, "", False)


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
