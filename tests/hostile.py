"""A small world whose every name, reason and source is written to do harm somewhere."""

from __future__ import annotations

from functools import cache
from json import dumps

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison

from .small import PRACTICE, scenario, world

LONG = "Zulassungsbescheinigungs" * 12
TEXTS = {
    "tag": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+SUM(A1:A2)",
    "at": "@all -1+1",
    "markup": "[/x] [bold]b[/bold] [link=file:///etc/passwd]l",
    "quotes": "\"'`´“”\\",
    "long": LONG,
    "hebrew": "שלום abc عربي",
    "emoji": "👩‍👩‍👧 🏛️ 🇨🇳",
    "control": "tab\t line\u2028para\u2029 zero\u200bend",
    "maths": "$\\frac{1}{0$ ^_ 100% & co; &amp; \\N \\G",
    "link": "[here](javascript:alert(3)) ![](http://x.test/p.png) # *b* | c",
    "braces": "{n} {0} {{7*7}} {% x %} ${y} %s",
}
"""What goes wrong where → a text with which it does."""


def told(key: str, before: str = "") -> str:
    """A text, as YAML."""
    text = dumps(before + TEXTS[key], ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def named(key: str) -> str:
    """A name in both languages, as YAML."""
    return f"{{zh: {told(key, '中')}, en: {told(key)}}}"


PROCESS = f"""
id: service
name: {named("tag")}
summary: {told("braces")}
sources:
  act: {{kind: law, title: {told("formula")}, article: {told("tag")}, note: {told("control")}}}
  survey: {{kind: statistic, title: {told("link")}, date: {told("at")}, section: {told("quotes")}}}
  hunch: {{kind: assumption, why: {told("markup")}, range: [0, 1000]}}
  other: {{kind: assumption, why: {named("hebrew")}, range: [0, 1000]}}
attributes:
  good: {{share: 0.5, source: hunch, name: {named("maths")}}}
  sort: {{values: {{{told("formula")}: 0.5, {told("tag")}: 0.5}}, source: other}}
steps:
  apply:
    name: {named("formula")}
    at: bureau
    needs: [form]
    limit: {{statutory: {{days: 2, source: act}}}}
  first:
    name: {named("markup")}
    at: bureau
    after: {{apply: act}}
    limit: {{statutory: {{days: 4, source: survey}}}}
    fails: {{rate: 0.2, source: hunch}}
  second:
    name: {named("control")}
    at: bureau
    after: {{first: order}}
    when: {{sort: {told("formula")}}}
    limit: {{statutory: {{days: 8, source: act}}}}
  third:
    name: {named("long")}
    at: bureau
    after: {{first: order}}
    when: {{good: true}}
    limit: {{statutory: {{days: 8, source: act}}}}
  works:
    name: {named("maths")}
    kind: construction
    after: {{second: nature, third: nature}}
    duration: {{days: 10, source: other}}
"""
MATERIALS = f"materials: {{form: {{name: {named('link')}, issuer: applicant}}}}"
PLACE = f"""
id: town
name: {named("emoji")}
hours:
  office: {{periods: ["09:00-17:00"], source: guess}}
departments:
  bureau:
    name: {named("quotes")}
    staff: {{officers: [{{utilisation: 0.7, hours: office, source: guess}}]}}
"""
VARIANTS = f"""
  after:
    name: {named("plus")}
    reforms:
      - {{reform: 并联审批, steps: [first, second], source: guess}}
"""
TARGETS = f"""
targets:
  - {{id: T1, name: {named("at")}, measure: counted_days, at_most: 12, unit: 工作日, source: plan}}
  - id: T2
    name: {named("braces")}
    measure: counted_days
    at_most: 1
    unit: 天
    source: plan
    known_miss: {told("tag")}
"""


@cache
def hostile() -> Comparison:
    """The world compared in three replications."""
    text = scenario(6, "per_year: 100", variants=VARIANTS) + TARGETS
    sources = f"sources: {{plan: {{kind: plan, title: {told('tag')}, date: '2022', section: {told('markup')}}}}}\n"
    text = text.replace("demand:", f"{sources}demand:", 1).replace("{zh: 问题, en: Question}", named("hebrew"))
    text = text.replace("{zh: 改革前, en: Before}", named("markup"))
    return compare(world(PROCESS, text, place=PLACE, practice=PRACTICE, materials=MATERIALS), runs=3)
