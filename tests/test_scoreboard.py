"""The scoreboard and the evidence behind it."""

from __future__ import annotations

import json

from sim.analysis.compare import compare
from sim.analysis.scoreboard import rows, scoreboard_json
from sim.scenario.evidence import evidence
from sim.spec.sources import Law

from .small import SOURCE, scenario, service, world

SOURCES = SOURCE | {"rule": Law(kind="law", title="行政许可法", article="第四十二条")}
STEPS = "  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: rule}}}"
TARGETS = """
  after:
    name: {zh: 改革后, en: After}
    reforms: [{reform: 限时办结, compression: 0.5, source: rule}]
targets:
  - {id: T010, name: {zh: 乙, en: B}, measure: counted_days, at_most: 4, unit: 工作日, source: rule}
  - {id: T002-limit, name: {zh: 甲, en: A}, measure: promised_days, at_most: 12, unit: 工作日, source: rule}
  - id: T002
    name: {zh: 甲, en: A}
    measure: counted_days
    at_most: 5
    unit: 工作日
    source: rule
    published_before: 20
"""


def test_a_row_per_target_by_number_with_what_the_model_finds() -> None:
    """Ten days before, five after: a target of five is met, one of four missed by one, one of twelve met before."""
    comparison = compare(
        world(service(STEPS), scenario(2, "every_minutes: 60", variants=TARGETS), sources=SOURCES), runs=2
    )
    found = rows([comparison])
    assert [(r.id, r.published_before, r.published, r.before[0], r.after[0], r.verdict, r.residual, r.met_before)
            for r in found] == [
        ("T002", 20.0, 5.0, 10.0, 5.0, "met", 0.0, False),
        ("T002-limit", None, 12.0, 10.0, 5.0, "met", -7.0, True),
        ("T010", None, 4.0, 10.0, 5.0, "missed", 1.0, False),
    ]  # fmt: skip
    assert [r["id"] for r in json.loads(scoreboard_json(found))] == ["T002", "T002-limit", "T010"]


def test_evidence_counts_every_number_once_by_kind() -> None:
    """The statutory limit, the reform and its limit, and three targets rest on the law; the rest on the guess."""
    found = evidence(world(service(STEPS), scenario(2, "every_minutes: 60", variants=TARGETS), sources=SOURCES))
    assert found.counts["law"] == 6
    assert found.counts["assumption"] == sum(count for _, count in found.assumptions.values())
    assert set(found.sources) == {"rule", "guess"}
