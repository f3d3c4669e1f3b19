"""What would meet a missed target, against answers found by hand."""

from __future__ import annotations

import pytest

from sim.analysis.answers import Further
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.decide.remedies import remedies
from sim.report.results import results
from sim.report.targets import what_would_meet
from sim.report.words import Lang

from .small import scenario, service, staffed, world

MATERIALS = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant}}"
STEPS = """
  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}
  second: {name: {zh: 乙, en: B}, at: bureau, after: {first: order}, limit: {statutory: {days: 6, source: guess}}}
"""


FIXED = STEPS.replace("order", "nature")
"""Nothing that could go side by side: what is left is to tell all faults at once, and the limits."""


def asked(bound: float, measure: str = "counted_days", statistic: str = "mean", side: str = "at_most",
          steps: str = STEPS, variants: str = "", variant: str = "after") -> Comparison:  # fmt: skip
    """Two steps one after another, 10 and 6 days to the full, held against a target."""
    unit = "'%'" if "share" in statistic else {"touchpoints": "个"}.get(measure, "工作日")
    targets = f"""
  after: {{name: {{zh: 改革后, en: After}}}}
{variants}
targets:
  - {{id: T1, name: {{zh: 目标, en: Target}}, measure: {measure}, statistic: {statistic}, variant: {variant},
     {side}: {bound}, unit: {unit}, source: guess}}
"""
    question = scenario(3, "every_minutes: 60", variants=targets)
    return compare(world(service(steps), question, materials=MATERIALS), runs=2)


def told(comparison: Comparison, lang: Lang = "en") -> str:
    """What would meet the target, in words."""
    ((target, remedy),) = remedies(comparison).items()
    result = next(r for r in comparison.targets if r.target.id == target)
    return what_would_meet(lang, comparison, result, remedy).replace("\u00a0", " ")


def test_a_missed_target_is_met_by_all_limits_together_or_one_alone() -> None:
    """16 days against 12: all limits to 0.7 (7 and 5), the first from 10 to 6 alone, or the second from 6 to 2."""
    (remedy,) = remedies(asked(12, steps=FIXED)).values()
    assert (remedy.enough, remedy.together) == ((), 0.7)
    assert remedy.alone == {"first": (10.0, 6.0), "second": (6.0, 2.0)}


def test_the_promised_time_has_the_same_remedy() -> None:
    """The critical path at full limits comes down as the limits do."""
    (remedy,) = remedies(asked(12, "promised_days", steps=FIXED)).values()
    assert (remedy.together, remedy.alone) == (0.7, {"first": (10.0, 6.0), "second": (6.0, 2.0)})


def test_no_limit_is_offered_that_nobody_would_keep() -> None:
    """16 days against 8 leave 2 for the first, a fifth of what it has: it is not offered; against 4 nothing is."""
    (remedy,) = remedies(asked(8, steps=FIXED)).values()
    assert (remedy.together, remedy.alone) == (0.5, {})
    assert told(asked(4, steps=FIXED)) == (
        "not even all further reforms that were tried would do together: one-time notice of all faults; "
        "nor would limits of a quarter of what they are, none below half a working day or the work itself"
    )


def test_no_limit_is_offered_below_the_work_itself() -> None:
    """The first takes 56 hours of work, seven days of eight: 13 days are met by a limit of seven, 12 by none of it."""
    working = FIXED.replace(
        "limit: {statutory: {days: 10", "work: {hours: 56, source: guess}, limit: {statutory: {days: 10"
    )
    (remedy,) = remedies(asked(13, steps=working)).values()
    assert remedy.alone == {"first": (10.0, 7.0), "second": (6.0, 3.0)}
    (remedy,) = remedies(asked(12, steps=working)).values()
    assert remedy.alone == {"second": (6.0, 2.0)}


def test_a_remedy_of_a_miss_by_a_minute_helps() -> None:
    """Half a day less of either, or a tenth of all: a twentieth is no whole day of the second."""
    assert told(asked(15.999, steps=FIXED)) == "; ".join([
        "not even all further reforms that were tried would do together: one-time notice of all faults",
        "every counted limit cut to 90.0% of what it is, rounded up to whole days",
        'or "A" alone from 10 to 9.5 working days',
        'or "B" alone from 6 to 5.5 working days (met in each of 19 replications)',
    ])  # fmt: skip


PAPERS = """
  first: {name: {zh: 甲, en: A}, at: bureau, needs: [form], limit: {statutory: {days: 10, source: guess}}}
  second: {name: {zh: 乙, en: B}, at: bureau, needs: [form], after: {first: order},
           limit: {statutory: {days: 6, source: guess}}}
"""


def test_further_reforms_come_before_limits() -> None:
    """Side by side the two take 10 days, half the limits, as in another variant, 8: no limit is looked for."""
    reform = "{reform: 限时办结, compression: 0.5, source: guess}"
    half = f"  half: {{name: {{zh: 减半, en: Half}}, start: before, reforms: [{reform}]}}"
    comparison = asked(10, steps=PAPERS, variants=half)
    (remedy,) = remedies(comparison).values()
    assert [(added.reforms, added.officers) for added in remedy.enough] == [
        ((Further("限时办结", (), "half"),), {}), ((Further("并联审批", ("first", "second"), None),), {}),
    ]  # fmt: skip
    assert [further.reform for further in remedy.tried] == ["限时办结", "并联审批", "一次性告知", "一窗受理"]
    assert (remedy.together, remedy.alone) == (None, {})
    assert told(comparison).startswith(
        'it would do to add time limit (as in "Half"), or parallel approval ("A", "B") ('
    )
    assert told(comparison, "zh").startswith("另加限时办结（如“减半”），或并联审批（“甲”、“乙”）即可（")
    found = results(comparison, {"T1": remedy}).targets[0].remedy
    assert found
    assert [one.model_dump() for one in found.enough[1].reforms] == [
        {"reform": "并联审批", "steps": ("first", "second"), "variant": None},
    ]


def test_two_reforms_are_told_together_where_it_takes_both() -> None:
    """10 days in parallel and 8 with half the limits; 5 with both."""
    reform = "{reform: 限时办结, compression: 0.5, source: guess}"
    half = f"  half: {{name: {{zh: 减半, en: Half}}, start: before, reforms: [{reform}]}}"
    comparison = asked(5, steps=PAPERS, variants=half)
    (remedy,) = remedies(comparison).values()
    (added,) = remedy.enough
    assert [further.reform for further in added.reforms] == ["限时办结", "并联审批"]
    assert told(comparison, "zh").startswith("另加限时办结（如“减半”）、并联审批（“甲”、“乙”）即可（")


def test_officers_come_before_limits_too() -> None:
    """A file takes an officer eight hours and comes every two: four officers are enough where nobody may wait."""
    steps = "  first: {name: {zh: 甲, en: A}, at: desk, limit: {statutory: {hours: 8, source: guess}}, "
    steps += "work: {hours: 8, source: guess}}"
    targets = """
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: elapsed_days, variant: before,
     at_most: 0.4, unit: 工作日, source: guess}
"""
    question = scenario(12, "every_minutes: 120", variants=targets)
    comparison = compare(world(service(steps), question, staffed(desk=2)), runs=2)
    (remedy,) = remedies(comparison).values()
    assert [(added.reforms, dict(added.officers)) for added in remedy.enough] == [((), {"desk": 2})]
    assert told(comparison, "zh").startswith("另加局增 2 人即可（")


def test_a_reform_that_the_guard_refuses_is_not_offered() -> None:
    """What waits by nature stays one after another; what the variant has already is not added again."""
    lawful = PAPERS.replace("first: order", "first: nature")
    half = "reforms: [{reform: 限时办结, compression: 0.5, source: guess}]"
    more = f"  more: {{name: {{zh: 再, en: More}}, {half}}}"
    (remedy,) = remedies(asked(10, steps=lawful, variants=more)).values()
    assert [further.reform for further in remedy.tried] == ["限时办结", "一次性告知", "一窗受理"]
    found = remedies(asked(1, steps=lawful, variants=more, variant="more"))
    assert [further.reform for further in found["T1"].tried] == ["一次性告知", "一窗受理"]


def test_counts_are_met_by_reforms_alone() -> None:
    """Shorter limits make no fewer touchpoints; one window for two applications does."""
    comparison = asked(1, "touchpoints", steps=PAPERS)
    (remedy,) = remedies(comparison).values()
    assert (remedy.limited, remedy.together, remedy.alone) == (False, None, {})
    assert told(comparison).startswith('it would do to add one window, one form ("A", "B") (')


def test_a_met_target_needs_no_remedy() -> None:
    """Nothing is looked for where nothing is missed."""
    assert remedies(asked(16)) == {}


@pytest.mark.parametrize("statistic", ["mean_reduction", "total_reduction"])
def test_a_reduction_has_no_remedy(statistic: str) -> None:
    """It compares variants, so that playing one of them again does not tell it."""
    comparison = asked(-1, statistic=statistic)
    assert [r.verdict for r in comparison.targets] == ["missed"]
    assert remedies(comparison) == {}


@pytest.mark.parametrize(("bound", "share"), [(8, 0.5), (20, None)])
def test_a_total_has_a_remedy_in_limits_where_more_is_found(bound: float, share: float | None) -> None:
    """16 days where 8 are published come down by a half; where 20 are, shorter limits lead away from them."""
    (remedy,) = remedies(asked(bound, side="equals", steps=FIXED)).values()
    assert (remedy.limited, remedy.together) == (share is not None, share)


def test_a_lowest_value_has_no_remedy_in_limits() -> None:
    """16 days where at least 20 are wanted: shorter limits lead away from it."""
    comparison = asked(20, side="at_least", steps=FIXED)
    assert [r.verdict for r in comparison.targets] == ["missed"]
    (remedy,) = remedies(comparison).values()
    assert (remedy.limited, remedy.enough) == (False, ())


def test_a_share_within_some_days_rises_with_shorter_limits() -> None:
    """Nobody is within 12 days of 16; everybody is where the limits are 0.7 of what they are."""
    (remedy,) = remedies(asked(0.9, statistic="share_within, limit: 12", side="at_least", steps=FIXED)).values()
    assert (remedy.limited, remedy.together) == (True, 0.7)


def test_the_number_of_processes_changes_nothing() -> None:
    """Two find what one finds."""
    comparison = asked(10, steps=PAPERS)
    assert remedies(comparison) == remedies(comparison, workers=2)
