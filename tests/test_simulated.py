"""What is simulated has a hash: it knows every number and every rule, and not how they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import InWorlds
from sim.decide.recorded import Holding, Recorded, known
from sim.scenario.simulated import simulated_hash

from . import test_sensitivity
from .test_messages import MATERIALS, PLACE, PRACTICE, PROCESS, SCENARIO, SOURCES
from .test_settings import tried

TINY = Path(__file__).parent / "library"

TOLD = {
    "the reason of an assumption, in both languages": (
        SOURCES, "why: 没有公开数据", "why: {zh: 没有公开数据, en: nobody publishes it}"),
    "the name of an assumption": (SOURCES, "{kind: assumption,", "{kind: assumption, name: {zh: 猜测, en: A guess},"),
    "a citation": (SOURCES, "title: 试点方案", "title: 试点工作方案"),
    "a source that nothing cites": (SOURCES, "sources:", "sources:\n  other: {kind: law, title: 法, article: 第一条}"),
    "the summary of a process": (PROCESS, "summary: 从申请到拿到许可证。", "summary: {zh: 全程, en: All of it}"),
    "the name of a step": (PROCESS, "en: Drawing review", "en: Review of the drawing"),
    "the name of what cases differ in": (PROCESS, "large: {share", "large: {name: {zh: 大, en: Large}, share"),
    "the name of a place": (PLACE, "en: Pilot Town", "en: The town"),
    "why a miss is on record": (SCENARIO, "    at_most: 20", "    known_miss: 太慢\n    at_most: 20"),
    "a material that nothing needs": (
        MATERIALS, "materials:", "materials:\n  map: {name: {zh: 图, en: Map}, issuer: agency}"),
    "a comment": (PROCESS, "id: shop", "# a shop\nid: shop"),
    "a number written otherwise": (PRACTICE, "factor: 1.5", "factor: 1.50"),
}  # fmt: skip
"""What is told otherwise: the file, what stands there, and what then does."""
PLAYED = {
    "a range": (SOURCES, "range: [0, 100]", "range: [0, 90]"),
    "when a law is in force": (SOURCES, "第四十二条}", "第四十二条, valid_from: '2000-01-01'}"),
    "a duration": (PROCESS, "duration: {days: 5", "duration: {days: 6"),
    "a share that becomes nothing": (PROCESS, "rate: 0.2", "rate: 0"),
    "why a step waits": (PROCESS, "{inspect: order,", "{inspect: nature,"),
    "what is done again": (PROCESS, "redo: design, ", ""),
    "a material that is needed": (MATERIALS, "deficiency: {share: 0.1", "deficiency: {share: 0.2"),
    "officers": (PLACE, "count: 2", "count: 3"),
    "practice": (PRACTICE, "share: 0.3", "share: 0.4"),
    "a reform": (SCENARIO, "fallback: 0.1", "fallback: 0.2"),
    "a target": (SCENARIO, "at_most: 20", "at_most: 21"),
    "the first day": (SCENARIO, "2025-01-06", "2025-01-07"),
}
"""What is played otherwise."""


def found(root: Path, *settings: str) -> str:
    """The hash of what is simulated of a scenario under a root, with some settings."""
    origin = tried(root, *settings).origin
    assert origin
    return simulated_hash(origin)


def otherwise(root: Path, file: str, old: str, new: str) -> str:
    """The hash where a text of a file is another."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return found(root)


@pytest.mark.parametrize("what", TOLD)
def test_how_things_are_told_changes_no_hash(desk: Path, what: str) -> None:
    """Nothing of that kind is played."""
    assert otherwise(desk, *TOLD[what]) == found(TINY)


@pytest.mark.parametrize("what", PLAYED)
def test_what_is_played_changes_the_hash(desk: Path, what: str) -> None:
    """Whichever file states it."""
    assert otherwise(desk, *PLAYED[what]) != found(TINY)


def test_what_is_tried_counts_like_what_a_file_states(desk: Path) -> None:
    """Four officers on the command line or in the file are the same."""
    assert found(TINY, "demand.shop.per_year=600") == otherwise(desk, SCENARIO, "per_year: 500", "per_year: 600")


def test_the_calendar_counts(desk: Path) -> None:
    """A holiday more is another world."""
    text = (desk / SCENARIO).read_text(encoding="utf-8")
    (desk / SCENARIO).write_text(text.replace("demand:", "calendar: calendars/2027.yaml\ndemand:", 1), encoding="utf-8")
    assert found(desk) != found(TINY)


def test_worlds_on_record_are_those_of_what_is_simulated() -> None:
    """Told where the hash is that of the scenario, and where it is another, or none is on record, not."""
    comparison: Comparison = test_sensitivity.asked(16)
    prepared = comparison.prepared
    assert prepared.origin
    kept = Recorded(simulated_hash(prepared.origin), {"T1": Holding(InWorlds((1.0,), (True,)), True)})
    name = prepared.scenario.id
    assert known({name: kept}, prepared) == kept
    assert known({name: Recorded("ab", kept.targets)}, prepared) is None
    assert known({}, prepared) is None
