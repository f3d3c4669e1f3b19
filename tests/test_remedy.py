"""What would meet a missed target, against answers found by hand."""

from __future__ import annotations

import pytest

from sim.analysis.answers import Further
from sim.analysis.boundary import last_enough
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.remedy import remedies
from sim.report.results import results
from sim.report.targets import what_would_meet
from sim.report.words import Lang

from .small import scenario, service, world

MATERIALS = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant}}"
STEPS = """
  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}
  second: {name: {zh: 乙, en: B}, at: bureau, after: {first: order}, limit: {statutory: {days: 6, source: guess}}}
"""


def asked(bound: float, measure: str = "counted_days", statistic: str = "mean", side: str = "at_most",
          steps: str = STEPS, variants: str = "", variant: str = "after") -> Comparison:  # fmt: skip
    """Two steps one after another, 10 and 6 days to the full, held against a target."""
    unit = {"touchpoints": "个"}.get(measure, "工作日")
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
    """16 days against 8: every limit to a half, or the first from 10 to 2; the second alone cannot do it."""
    (remedy,) = remedies(asked(8)).values()
    assert remedy.together == pytest.approx(0.5, abs=0.01)
    assert remedy.alone == {"first": (10.0, 2.0)}


def test_the_promised_time_has_the_same_remedy() -> None:
    """The critical path at full limits comes down as the limits do."""
    (remedy,) = remedies(asked(12, "promised_days")).values()
    assert remedy.together == pytest.approx(0.7, abs=0.01)  # 7.5 and 4.5 days are rounded up to 8 and 5
    assert remedy.alone == {"first": (10.0, 6.0), "second": (6.0, 2.0)}


def test_no_limit_is_offered_that_nobody_would_keep() -> None:
    """16 days against 6.2 leave 0.2 for the first; against 0.4 no sensible limits do, against -1 none at all."""
    (remedy,) = remedies(asked(6.2)).values()
    assert remedy.alone == {}
    never = "no sensible limits would do, none shorter than half a working day or than the work itself"
    tried = (
        'none of the further reforms tried would do alone: parallel approval ("A", "B"), one-time notice of all faults'
    )
    assert told(asked(0.4)) == f"{never}; {tried}"
    assert told(asked(-1)) == f"not even limits of zero would do; {tried}"


def test_no_limit_is_offered_below_the_work_itself() -> None:
    """The first takes twelve hours of work, a day and a half of eight: 16 days against 7 are not met by one day."""
    working = STEPS.replace(
        "limit: {statutory: {days: 10", "work: {hours: 12, source: guess}, limit: {statutory: {days: 10"
    )
    (remedy,) = remedies(asked(7.5, steps=working)).values()
    assert remedy.alone == {"first": (10.0, 1.5)}
    (remedy,) = remedies(asked(7, steps=working)).values()
    assert remedy.alone == {}


def test_a_remedy_of_a_miss_by_a_minute_helps() -> None:
    """Half a day less, and not as much as before."""
    assert told(asked(15.999)) == "; ".join([
        "every counted limit cut to 89.8% of what it is, rounded up to whole days",
        'or "A" alone from 10 to 9.5 working days',
        'or "B" alone from 6 to 5.5 working days',
        'one further reform alone would do: parallel approval ("A", "B")',
    ])  # fmt: skip


PAPERS = """
  first: {name: {zh: 甲, en: A}, at: bureau, needs: [form], limit: {statutory: {days: 10, source: guess}}}
  second: {name: {zh: 乙, en: B}, at: bureau, needs: [form], after: {first: order},
           limit: {statutory: {days: 6, source: guess}}}
"""


def test_a_further_reform_that_would_do_is_offered() -> None:
    """Side by side the two take 10 days; half the limits, as in another variant, 8."""
    reform = "{reform: 限时办结, compression: 0.5, source: guess}"
    half = f"  half: {{name: {{zh: 减半, en: Half}}, start: before, reforms: [{reform}]}}"
    comparison = asked(10, steps=PAPERS, variants=half)
    (remedy,) = remedies(comparison).values()
    assert remedy.reforms == (Further("限时办结", (), "half"), Further("并联审批", ("first", "second"), None))
    assert [further.reform for further in remedy.tried] == ["限时办结", "并联审批", "一次性告知", "一窗受理"]
    assert told(comparison).endswith(
        'one further reform alone would do: time limit (as in "Half"), parallel approval ("A", "B")'
    )
    assert told(comparison, "zh").endswith("另加一项改革即可：限时办结（如“减半”）、并联审批（“甲”、“乙”）")
    found = results(comparison, {"T1": remedy}).targets[0].remedy
    assert found
    assert [further.model_dump() for further in found.reforms] == [
        {"reform": "限时办结", "steps": (), "variant": "half"},
        {"reform": "并联审批", "steps": ("first", "second"), "variant": None},
    ]


def test_a_reform_that_the_guard_refuses_is_not_offered() -> None:
    """What waits by nature stays one after another; what the variant has already is not added again."""
    lawful = PAPERS.replace("first: order", "first: nature")
    half = "reforms: [{reform: 限时办结, compression: 0.5, source: guess}]"
    (remedy,) = remedies(asked(10, steps=lawful, variants=f"  more: {{name: {{zh: 再, en: More}}, {half}}}")).values()
    assert [further.reform for further in remedy.tried] == ["限时办结", "一次性告知", "一窗受理"]
    found = remedies(asked(1, steps=lawful, variants=f"  more: {{name: {{zh: 再, en: More}}, {half}}}", variant="more"))
    assert [further.reform for further in found["T1"].tried] == ["一次性告知", "一窗受理"]


def test_counts_are_met_by_reforms_alone() -> None:
    """Shorter limits make no fewer touchpoints; one window for two applications does."""
    comparison = asked(1, "touchpoints", steps=PAPERS)
    (remedy,) = remedies(comparison).values()
    assert (remedy.limited, remedy.together, remedy.alone) == (False, None, {})
    assert told(comparison) == 'one further reform alone would do: one window, one form ("A", "B")'


def test_a_met_target_needs_no_remedy() -> None:
    """Nothing is looked for where nothing is missed."""
    assert remedies(asked(16)) == {}


@pytest.mark.parametrize("statistic", ["mean_reduction", "total_reduction"])
def test_a_reduction_has_no_remedy_in_limits(statistic: str) -> None:
    """It compares variants, so that playing one of them again with shorter limits does not tell it."""
    comparison = asked(-1, statistic=statistic)
    assert [r.verdict for r in comparison.targets] == ["missed"]
    assert remedies(comparison) == {}


@pytest.mark.parametrize(("bound", "share"), [(8, 0.5), (20, None)])
def test_a_total_has_a_remedy_in_limits_where_more_is_found(bound: float, share: float | None) -> None:
    """16 days where 8 are published come down by a half; where 20 are, shorter limits lead away from them."""
    (remedy,) = remedies(asked(bound, side="equals")).values()
    assert (remedy.limited, remedy.together) == (share is not None, share and pytest.approx(share, abs=0.01))


def test_a_lowest_value_has_no_remedy_in_limits() -> None:
    """16 days where at least 20 are wanted: shorter limits lead away from it."""
    comparison = asked(20, side="at_least")
    assert [r.verdict for r in comparison.targets] == ["missed"]
    (remedy,) = remedies(comparison).values()
    assert (remedy.limited, remedy.reforms) == (False, ())


@pytest.mark.parametrize("power", [0.2, 1, 5])
def test_the_last_that_is_enough_is_found_in_few_steps(power: float) -> None:
    """The same as by trying all, whatever the shape; on a straight line with three tries inside."""
    for wanted in range(128):
        tried: list[int] = []

        def value(number: int, tried: list[int] = tried) -> float:
            tried.append(number)
            return float(128 * (number / 128) ** power)

        last = max(n for n in range(128) if 128 * (n / 128) ** power <= wanted)
        assert last_enough(value, 0, 128, wanted) == last
        assert len(tried) <= (5 if power == 1 else 16)
