"""A small world and its page, as the tests of the report use them."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import Any

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.report.page.context import Context
from sim.report.page.page import body, page
from sim.report.page.table import Table
from sim.report.words import Lang

from .small import OFFICE_HOURS, PRACTICE, scenario, world

PROCESS = """
id: service
name: {zh: 服务<甲>, en: Service <A>}
summary: made up for a test
sources:
  act: {kind: law, title: 某法, article: 第一条, checked: recalled, note: 原文“一条”}
  works_act: {kind: law, title: 工程法, article: 第二条}
attributes: {good: {share: 0.5, source: guess}}
steps:
  apply:
    name: {zh: 申请, en: Apply}
    at: bureau
    needs: [form]
    yields: [permit]
    limit: {statutory: {days: 2, source: act}}
  first:
    name: {zh: 甲审, en: First review}
    at: bureau
    after: {apply: act}
    needs: [form, permit]
    limit: {statutory: {days: 4, source: act}}
  second:
    name: {zh: 乙审, en: Second review}
    at: bureau
    after: {first: order}
    needs: [permit, form]
    limit: {statutory: {days: 8, source: act}}
  works:
    name: {zh: 施工, en: Works}
    kind: construction
    after: {second: nature, first: works_act}
    duration: {days: 10, source: guess}
"""
MATERIALS = """
materials:
  form: {name: {zh: 申请表, en: Form}, issuer: applicant, deferrable: true}
  permit: {name: {zh: 许可证, en: Permit}, issuer: certificate}
"""
AFTER = """
  after:
    name: {zh: 改革后, en: After}
    reforms:
      - {reform: 并联审批, steps: [first, second], source: guess}
"""
TARGETS = """
targets:
  - {id: T1, name: {zh: 用时, en: Time}, measure: counted_days, at_most: 12, unit: 工作日, source: act_copy}
  - id: T2
    name: {zh: 更短, en: Shorter}
    measure: counted_days
    at_most: 5
    unit: 天
    source: guess
    known_miss: too far
"""
STAFFED = OFFICE_HOURS.replace(
    "en: Bureau}", "en: Bureau}, staff: {officers: [{utilisation: 0.7, hours: office, source: guess}]}"
)
BUSY = (
    PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.5")
    .replace("pace: {factor: 1", "pace: {factor: {uniform: [0.2, 1.0]}")
    .replace("applicant: {share: 0", "applicant: {share: 0.3")
    .replace("correction: {days: 0", "correction: {days: 3")
)


def comparison_of(variants: str = AFTER, targets: str = TARGETS, **parts: str) -> Comparison:
    """The small world compared in three replications."""
    text = scenario(6, "per_year: 100", variants=variants).replace(
        "demand:", "sources: {act_copy: {kind: plan, title: 规划, date: '2022', section: 一}}\ndemand:", 1
    )
    return compare(world(PROCESS, text + targets, materials=MATERIALS, **parts), runs=3)


@cache
def exact() -> Comparison:
    """A world in which nothing is left to chance: reviews of 2, 4 and 8 days, then works of 10."""
    return comparison_of()


@cache
def noisy() -> Comparison:
    """The same world with staff, random handling times and papers that come back."""
    return comparison_of(place=STAFFED, practice=BUSY)


def rows(table: Table) -> dict[str, list[list[str]]]:
    """The texts of a table by the head of their group."""
    return {
        g.head.text if g.head else "": [[r.head.text, *(c.text for c in r.cells)] for r in g.rows] for g in table.groups
    }


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and all its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.hidden = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))
        self.hidden = tag == "style"

    def handle_data(self, data: str) -> None:
        """Keep the text, but for that of the style."""
        if not self.hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All text, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [a[attribute] or "" for _, a in self.tags if attribute in a]


def html(comparison: Comparison, lang: Lang = "zh", **more: Any) -> str:
    """The whole page of a comparison, with its font."""
    return page(comparison, more.get("remedies", {}), more.get("charts", {}), lang, more.get("effects", {}))


def said(comparison: Comparison, lang: Lang = "zh", **more: Any) -> str:
    """What the page of a comparison says, without style and font."""
    return body(Context(comparison, lang), more.get("remedies", {}), more.get("charts", {}), more.get("effects", {}))
