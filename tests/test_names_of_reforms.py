"""A scenario may write a reform by its Chinese name, its English one, or another that plans have for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.reforms.register import OTHER_NAMES, REFORM_NAMES, official
from sim.scenario.load import load_library, load_scenario
from sim.scenario.officially import officially
from sim.scenario.scenario import Scenario
from sim.scenario.schema import json_schemas
from sim.scenario.validation import faults_and_notes
from sim.text import yamlio

SCENARIO = "scenarios/faster.yaml"


def changed(desk: Path, *changes: tuple[str, str]) -> Path:
    """The scenario of the small library, with other words in it."""
    path = desk / SCENARIO
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def model(desk: Path) -> Scenario:
    """The scenario as it is read."""
    return load_scenario(desk / SCENARIO, load_library(desk)).model


@pytest.mark.parametrize(("written", "name"), [*OTHER_NAMES.items(), *((name, name) for name in REFORM_NAMES)])
def test_every_name_is_that_of_one_reform(written: str, name: str) -> None:
    """With spaces, hyphens or underscores, in capitals or without; none is told for a reform that there is not."""
    ways = (written, written.upper(), written.replace(" ", "_"), written.replace(" ", "-"), f" {written} ")
    assert {official(way) for way in ways if way.isascii()} <= {name}
    assert official(written) == name
    assert name in REFORM_NAMES


def test_no_two_reforms_share_a_name() -> None:
    """Of the names in English and of those that plans have, none is also the official one of another."""
    assert len({official(name) for name in REFORM_NAMES}) == len(REFORM_NAMES)
    assert OTHER_NAMES.keys() & REFORM_NAMES.keys() == set()


@pytest.mark.parametrize("written", ["parallel approval", "Parallel_Approval", "parallel-approval"])
def test_a_reform_in_english_is_the_same_reform(written: str, desk: Path) -> None:
    """The scenario is read as if it had the Chinese name, and what is tried on it finds it."""
    before = model(desk)
    changed(desk, ("reform: 并联审批", f"reform: {written}"), ("reform: 数据共享", "reform: 免证办"))
    assert model(desk) == before
    library = load_library(desk)
    spec = load_scenario(desk / SCENARIO, library)
    assert [reform.reform for reform in spec.model.variants["after"].reforms] == ["并联审批", "数据共享"]  # type: ignore[union-attr]


def test_costs_may_name_a_reform_in_english(desk: Path) -> None:
    """Whichever way the reform itself is written; a fault of such a cost stands at its line."""
    path = changed(desk, ("reform: 并联审批", "reform: parallel approval"))
    text = path.read_text(encoding="utf-8")
    costs = "costs:\n  parallel approval: {amount: 1, source: plan}\n  data_sharing: {amount: 2, source: plan}\n"
    path.write_text(text + costs, encoding="utf-8")
    assert {name: cost.amount for name, cost in model(desk).costs.items()} == {"并联审批": 1, "数据共享": 2}
    path.write_text(text + costs.replace("data_sharing: {amount: 2", "data_sharing: {amount: two"), encoding="utf-8")
    (fault,) = faults_and_notes(desk, [])[0]
    line = len(text.splitlines()) + 3
    assert (fault.line, fault.path, fault.message) == (
        line,
        "costs.数据共享.amount",
        "wanted a number of at least 0, found 'two'",
    )


def test_a_fault_of_a_reform_in_english_stands_at_its_line(desk: Path) -> None:
    """It is told like one of a reform in Chinese."""
    changed(desk, ("reform: 并联审批, steps", "reform: parallel approval, stepps"))
    faults, _ = faults_and_notes(desk, [])
    assert [(fault.path, fault.message.partition(";")[0]) for fault in faults] == [
        ("variants.after.reforms[0].stepps", "unknown key 'stepps', did you mean 'steps'?")
    ]


def test_a_document_in_chinese_is_left_as_it_is(desk: Path) -> None:
    """Nothing is made anew of the files that have the official names."""
    document = yamlio.read(desk / SCENARIO)
    assert officially(document) is document


def test_an_editor_is_offered_every_name() -> None:
    """Each reform of the schema has its own names and no others."""
    parts = [part.get("properties", {}) for part in json_schemas()["scenario.schema.json"]["$defs"].values()]
    offered = [keys["reform"]["enum"] for keys in parts if "reform" in keys]
    assert sorted(name for names in offered for name in names) == sorted([*REFORM_NAMES, *OTHER_NAMES])
    assert all({official(name) for name in names} <= set(names) for names in offered)
