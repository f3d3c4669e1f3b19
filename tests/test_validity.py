"""Rules begin and end: a run outside them is refused, or tells that it goes by what has ended."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from sim.analysis.compare import compare
from sim.core.errors import SpecError
from sim.report.page.context import Context
from sim.report.page.doubts import doubts
from sim.report.results import results
from sim.report.rules import outlived_words
from sim.report.screen.printed import print_comparison
from sim.report.words import LANGS
from sim.scenario.prepared import Prepared
from sim.scenario.validity import rules
from sim.spec.base import Name
from sim.spec.findings import Finding, undated
from sim.spec.sources import Law, Publication, SourceBook

from .small import SOURCE, scenario, service, world

STEPS = "  review: {name: {zh: 审查, en: Review}, at: bureau, limit: {statutory: {days: 2, source: old}}}"
OLD: dict[str, Any] = {"kind": "law", "title": "供电营业规则", "article": "第四十条", "valid_to": "2024-05-31"}
RULES = SOURCE | {"new": Law(kind="law", title="新规则", article="第九条", valid_from="2024-06-01")}
NEXT = "供电营业规则（第14号令）"
NEW_LAW = """
amendments:
  - {reform: 法定时限调整, process: service, steps: [review], statutory: {days: 3, source: new}, source: new}
"""
FASTER = """
  after:
    name: {zh: 改革后, en: After}
    reforms: [{reform: 限时办结, steps: [review], committed: {days: 1, source: guess}, source: old}]
"""


def asked(start: str, *, steps: str = STEPS, cases: int = 1, often: int = 36500, variants: str = "",
          amendments: str = "amendments: []", succeeded_by: str | None = None) -> Prepared:  # fmt: skip
    """A review whose limit rests on a law that ended on 2024-05-31, asked about from a day on."""
    rules = RULES | {"old": Law.model_validate(OLD | {"succeeded_by": succeeded_by})}
    question = scenario(cases, f"per_year: {often}", start=start, variants=variants)
    return world(service(steps), question, sources=rules, amendments=amendments)


def refused(start: str, **more: Any) -> list[str]:
    """What is wrong with the run."""
    with pytest.raises(SpecError) as error:
        asked(start, **more)
    return [fault.message for fault in error.value.faults]


def test_a_run_that_rests_on_a_law_that_has_ended_is_refused() -> None:
    """On its last day it still holds, on the next it does not."""
    assert asked("2024-05-31").outlived == ()
    assert refused("2024-06-03") == [
        "service.review follows old, which ended 2024-05-31, but the run starts 2024-06-03; cite the rule in force, "
        "or say under the source what it was succeeded_by"
    ]


def test_a_national_rule_that_takes_the_place_of_the_old_one_lets_the_run_go_on() -> None:
    """The file has the old law, and the new one is in force when the run starts; an order by the old one is left."""
    limited = asked("2024-06-03", amendments=NEW_LAW).variants[0].flows["service"][0].process
    assert list(rules(limited)) == [("review", "new")]
    issue = "{name: {zh: 发证, en: Issue}, at: bureau, after: {review: old}, work: {hours: 1, source: guess}}"
    ordered = f"{STEPS}\n  issue: {issue}"
    (wrong,) = refused("2024-06-03", steps=ordered, amendments=NEW_LAW)
    assert wrong.startswith("service.issue follows old, which ended 2024-05-31, but ")


def test_an_amendment_that_has_ended_is_not_put_into_the_baseline() -> None:
    """A rule of 2020 that ended in 2023 changes a run of 2022 and none of 2024."""
    steps = STEPS.replace("source: old", "source: guess")
    passing = Law(kind="law", title="暂行规则", article="第一条", valid_from="2020-01-01", valid_to="2023-12-31")
    for start, changes in (("2022-03-01", 1), ("2024-03-01", 0)):
        question = scenario(1, "per_year: 365", start=start)
        run = world(service(steps), question, sources=SOURCE | {"new": passing}, amendments=NEW_LAW)
        assert len(run.variants[0].changes) == changes


def test_a_run_that_names_the_successor_goes_on_and_tells() -> None:
    """Its text was not read: the screen, the page and the results say by what the old rule is still followed."""
    prepared = asked("2024-06-03", succeeded_by=NEXT, variants=FASTER)
    assert [(r.key, r.last, r.ended, [n.en for n in r.by]) for r in prepared.outlived] == [
        ("old", "2024-05-31", True, ["Review", "time limit"])
    ]
    chinese, english = (list(outlived_words(lang, prepared)) for lang in LANGS)
    assert chinese == [
        f"供电营业规则第四十条已于 2024-05-31\u00a0失效，由{NEXT}接替，新规定未核对；"
        "仍按旧规定模拟的有：审查、限时办结。"
    ]
    assert english == [
        f"供电营业规则第四十条 ended on 2024-05-31 and was succeeded by {NEXT}, which was not read; "
        "still played by the old rule: Review, time limit."
    ]
    comparison, screen = compare(prepared, runs=2), StringIO()
    print_comparison(Console(file=screen, width=400), comparison, {}, "zh")
    assert chinese[0] in screen.getvalue()
    assert english[0] in [doubt.text for doubt in doubts(Context(comparison, "en"))]
    (found,) = results(comparison, {}).outlived_rules
    assert found.model_dump() == {
        "source": "old", "last": "2024-05-31", "ended": True,
        "by": ({"zh": "审查", "en": "Review"}, {"zh": "限时办结", "en": "time limit"}),
    }  # fmt: skip


def test_a_rule_that_ends_while_cases_come_is_told() -> None:
    """Ten cases at one a day from 2024-05-27 on come until June 6th, five until June 1st, four until the last day."""
    assert [r.ended for r in asked("2024-05-27", cases=10, often=365).outlived] == [False]
    assert [r.by for r in asked("2024-05-27", cases=5, often=365).outlived] == [(Name(zh="审查", en="Review"),)]
    assert asked("2024-05-27", cases=4, often=365).outlived == ()
    (words,) = outlived_words("en", asked("2024-05-27", cases=10, often=365))
    assert words == "供电营业规则第四十条 ends on 2024-05-31; cases that come later are still played by it: Review."


def test_the_days_of_a_rule_go_together() -> None:
    """A rule ends after it begins, on a day that there is; only one that has ended has a successor."""
    law, plan = ({"kind": "law", "title": "法", "article": "一"},
                 {"kind": "plan", "title": "规划", "date": "2022", "section": "一"})  # fmt: skip
    days = {"valid_from": "2020-01-01", "valid_to": "2019-12-31"}
    book = SourceBook(sources={
        "backwards": Law.model_validate(law | days), "vague": Publication.model_validate(plan | {"valid_to": "2019"}),
        "alive": Law.model_validate(law | {"succeeded_by": NEXT}),
        "right": Law.model_validate(law | days | {"valid_to": "2020-01-01", "succeeded_by": NEXT}),
    })  # fmt: skip
    assert list(undated(book)) == [
        Finding(("sources", "backwards", "valid_to"),
                "a rule ends on or after the day it begins, found 2020-01-01 to 2019-12-31; mend one of the two"),
        Finding(("sources", "vague", "valid_to"), "wanted a date YYYY-MM-DD, found '2019'"),
        Finding(("sources", "alive", "succeeded_by"),
                "something succeeds a rule that has ended; give its last day as valid_to", key=True),
    ]  # fmt: skip
