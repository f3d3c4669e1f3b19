"""What the page answers to each target."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from sim.analysis.answers import Added, Effect, Further, Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.verdict import TargetResult
from sim.decide.remedies import remedies
from sim.report.page import answers, facts
from sim.report.page.context import Context
from sim.report.targets import what_would_meet
from sim.spec.base import Name

from .reported import exact, said
from .small import SOURCE


def test_the_answer_says_what_was_found_and_what_was_wanted() -> None:
    """An answer is one sentence: variant, figure, value, interval, replications, target, verdict and margin."""
    sentences = [a.sentence.replace("\u00a0", " ") for a in answers.answers(Context(exact(), "zh"), {}, {})]
    assert sentences == [
        "“改革后”方案下，审批用时（均值）为 10.00 个工作日，3 次重复全部相同；"
        "目标 ≤ 12 个工作日：达标，比目标少 2.00 个工作日。",
        "“改革后”方案下，审批用时（均值）为 10.00 个工作日，3 次重复全部相同；"
        "目标 ≤ 5 个工作日：未达标（已登记），比目标多 5.00 个工作日。",
    ]


def test_the_answer_in_english() -> None:
    """The English page says the same."""
    sentence = answers.answers(Context(exact(), "en"), {}, {})[0].sentence.replace("\u00a0", " ")
    assert sentence == (
        'Under "After", counted time (mean) is 10.00 working days, the same in all 3 replications; '
        "the target is ≤ 12 working days: met, 2.00 working days below the target."
    )


def test_the_tally_counts_the_verdicts() -> None:
    """The page begins with those by which something is found: met, missed, on record and undecided."""
    said = answers.tally(Context(exact(), "en"))
    assert said == "2 targets. 2 telling verdicts: 1 met, 1 missed (on record)."


def test_the_tally_counts_apart_what_tells_nothing() -> None:
    """Of two, one only says what went in."""
    first, second = exact().targets
    target = first.target.model_copy(update={"tells_nothing": "the limit goes in"})
    comparison = replace(exact(), targets=[replace(first, target=target), second])
    said = answers.tally(Context(comparison, "en"))
    assert said == "2 targets. 1 telling verdict: 1 missed (on record); 1 other says what went in or was met before."


def test_an_answer_tells_why_it_tells_nothing_and_what_a_total_leaves_out() -> None:
    """A badge, the reason that the scenario states, the steps without a limit, and how far the state before is."""
    first, _ = exact().targets
    target = first.target.model_copy(update={"tells_nothing": "the limit goes in", "published_before": 20.0})
    names = (Name(zh="备案", en="Filing"),)
    result = replace(first, target=target, without_limit=names, baseline=Estimate(14, 13, 15, 3))
    (answer,) = answers.answers(Context(replace(exact(), targets=[result]), "en"), {}, {})
    assert [badge.text for badge in answer.badges] == ["met", "says what went in"]
    told = {fact.label: (fact.text.replace("\u00a0", " "), fact.small) for fact in [*answer.figures, *answer.facts]}
    assert told["Why it tells nothing"] == ("the limit goes in", "")
    assert told["Steps without a limit, counted as nothing"] == ('"Filing"', "")
    assert told["Residual before the reforms (simulated minus published)"] == (
        "−6.00 working days", "published figure outside the simulated interval",
    )  # fmt: skip


def judged(number: int, verdict: str, found: Estimate, **changed: Any) -> Comparison:
    """The comparison with one target, changed, and another verdict for it."""
    result = exact().targets[number]
    target = result.target.model_copy(update=changed)
    return replace(exact(), targets=[replace(result, target=target, verdict=verdict, estimate=found)])


IN, OUT, ACROSS = Estimate(10, 9, 11, 3), Estimate(20, 19, 21, 3), Estimate(12, 11, 13, 3)


@pytest.mark.parametrize(
    ("number", "verdict", "found", "changed", "badges"),
    [
        (0, "met", IN, {}, ["达标"]),
        (0, "missed", OUT, {}, ["未达标"]),
        (0, "undecided", ACROSS, {}, ["未定"]),
        (1, "missed", OUT, {}, ["未达标（已登记）"]),
        (1, "met", Estimate(3, 2, 4, 3), {}, ["达标，但登记为未达标"]),
        (0, "met", IN, {"at_most": 14.0}, ["达标", "改革前即已达标"]),
        (0, "met", IN, {"at_most": 14.0, "variant": "before"}, ["达标"]),
    ],
)
def test_the_badge_of_every_case(
    number: int, verdict: str, found: Estimate, changed: dict[str, Any], badges: list[str]
) -> None:
    """A verdict has its word; a recorded miss that holds, one that does not, and an idle target are told apart."""
    text = said(judged(number, verdict, found, **changed)).partition('id="targets"')[2]
    assert re.findall(r'<span class="badge \w+">(.*?)</span>', text) == badges


def test_an_undecided_sentence_claims_no_margin() -> None:
    """Where the interval lies across the bound, the sentence says that nothing is decided."""
    answer = answers.answers(Context(judged(0, "undecided", ACROSS), "zh"), {}, {})[0]
    assert answer.sentence.endswith("：未定，区间跨过目标，尚不能下结论。")


def test_the_scope_is_part_of_the_number() -> None:
    """The facts of a target tell source, clock, statistic, steps, construction and cases in words."""
    found = [
        (f.label, f.text or f.link.text if f.link else f.text)
        for f in answers.answers(Context(exact(), "zh"), {}, {})[1].facts
    ]
    assert found == [
        ("依据", "假设 guess（0–1000）"),
        ("计什么", "审批用时：自受理至决定的工作时间；并行的环节只算一次，补正和特别程序不算"),
        ("统计量", "均值"),
        ("哪些环节", "全部计时环节"),
        ("施工", "不计入"),
        ("哪些案件", "全部"),
        ("登记的原因", "too far"),
    ]


@pytest.mark.parametrize(
    ("measure", "scope", "counts"),
    [
        ("counted_days", {}, False),
        ("counted_days", {"include": ["construction"]}, True),
        ("counted_days", {"include": ["construction"], "steps": ["apply"]}, False),
        ("promised_days", {"include": ["construction"]}, False),
        ("elapsed_days", {}, True),
        ("elapsed_days", {"exclude": ["construction"]}, False),
        ("calendar_days", {"steps": ["apply"]}, False),
    ],
)
def test_construction_in_or_out(measure: str, scope: dict[str, Any], counts: bool) -> None:
    """The works are in an elapsed time unless left out, and in a counted time only if they are put in."""
    result = exact().targets[0]
    wanted = result.target.scope.model_copy(update={k: tuple(v) for k, v in scope.items()})
    changed: TargetResult = replace(
        result, target=result.target.model_copy(update={"measure": measure, "scope": wanted})
    )
    works = exact().prepared.variants[0].flows["service"][0].process.steps
    assert facts.counts_construction(changed, {"works": works["works"]}) is counts


def test_kinds_that_a_scope_adds_or_leaves_out_are_told() -> None:
    """Works counted although by nature they are not, filings left out although they are."""
    scope = exact().targets[0].target.scope.model_copy(update={"include": ("construction",), "exclude": ("filing",)})
    found = answers.answers(Context(judged(0, "met", IN, scope=scope), "en"), {}, {})[0].facts
    assert [f.text for f in found if f.label in ("Which steps", "Construction")] == [
        "all counted steps; without filing; and also construction",
        "included",
    ]


def test_what_would_meet_a_miss() -> None:
    """A miss tells what was tried in vain, and how far all limits, or a single one, would have to come down."""
    remedy = remedies(exact())["T2"]
    assert what_would_meet("zh", exact(), exact().targets[1], remedy).replace("\u00a0", " ") == (
        "另加一次性告知、一窗受理（“申请”、“甲审”、“乙审”），全部用上也不够；"
        "全部计时环节的时限压到现在的 50.0%（不足一天按一天计）（13 次重复，次次达标）"
    )
    alone = Remedy(), Remedy(together=0.75, alone={"first": (4.0, 1.5)}, officers=("bureau",), more=2, futures=16)
    assert [what_would_meet("en", exact(), exact().targets[1], r) for r in alone] == [
        "no further reform could be tried; "
        "nor would limits of a quarter of what they are, none below half a working day or the work itself",
        "no further reform could be tried; nor would 2 more officers at each of Bureau do; "
        "every counted limit cut to 75.0% of what it is, rounded up to whole days; "
        'or "First review" alone from 4 to 1.5 working days (met in each of 16 replications)',
    ]


def test_many_steps_of_a_reform_are_counted() -> None:
    """Four steps are named, of five it is told how many."""
    for steps, words in ((["a", "b", "c", "d"], '("a", "b", "c", "d")'), (["a", "b", "c", "d", "e"], "(5 steps)")):
        added = Added((Further("并联审批", tuple(steps), None),), {"bureau": 2}, 16)
        remedy = Remedy(enough=(added,), futures=16)
        assert what_would_meet("en", exact(), exact().targets[1], remedy) == (
            f"it would do to add parallel approval {words}, 2 more officers at Bureau (met in each of 16 replications)"
        )


def test_the_assumptions_that_turn_a_verdict_stand_beside_it() -> None:
    """Where the assumptions were tried, an answer names those that turn it at an end of their range."""
    tried = [Effect("guess", SOURCE["guess"], 2.0, 13.0), Effect("other", SOURCE["guess"], 9.0, 11.0)]
    found = answers.answers(Context(exact(), "en"), {}, {"T1": tried})[0].facts[-1]
    assert (found.label, found.text) == (
        "What turns the verdict",
        "1 assumption turns it at one end of its range: guess",
    )
    assert "最能左右结论的假设" in said(exact(), effects={"T1": tried})
