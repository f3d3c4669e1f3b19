"""The order of steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.spec import graph
from sim.spec.process import Process

from .small import model, service

PERMIT = {"land": [], "plan": ["land"], "fire": ["plan"], "flood": ["plan"], "build": ["fire", "flood"], "sign": []}
DAYS = {"land": 5.0, "plan": 10.0, "fire": 3.0, "flood": 7.0, "build": 2.0, "sign": 1.0}
SPEC = """
  plan: {name: {zh: 规划, en: Plan}, at: bureau, yields: [plan_permit]}
  fire: {name: {zh: 消防, en: Fire}, at: bureau, after: {plan: order}}
  site: {name: {zh: 现场, en: Site}, kind: construction, after: {plan: nature, fire: law_9}}
  build: {name: {zh: 施工, en: Build}, at: bureau, needs: [plan_permit, {material: form}],
    after: {fire: order, plan: order}}
  close: {name: {zh: 归档, en: Close}, at: bureau, needs: [plan_permit], after: {plan: law_9}}
"""


@pytest.fixture
def process() -> Process:
    """A process with every origin of an edge."""
    found: Process = model(service(SPEC), Process)
    return found


def test_edges_have_origins(process: Process) -> None:
    """A material that a step yields makes an edge of habit a material one, but no law or nature less."""
    assert graph.edges(process) == {
        ("plan", "fire"): "order",
        ("plan", "site"): "nature",
        ("fire", "site"): "law_9",
        ("fire", "build"): "order",
        ("plan", "build"): "material",
        ("plan", "close"): "law_9",
    }


def test_legal_edges_are_those_that_habit_does_not_explain(process: Process) -> None:
    """Only the edges written as order are left out."""
    assert graph.legal_edges(process) == {
        ("plan", "site"): "nature",
        ("fire", "site"): "law_9",
        ("plan", "build"): "material",
        ("plan", "close"): "law_9",
    }


def test_predecessors(process: Process) -> None:
    """Every step has what is directly before it, whatever the reason."""
    assert graph.predecessors(process) == {
        "plan": [],
        "fire": ["plan"],
        "site": ["plan", "fire"],
        "build": ["fire", "plan"],
        "close": ["plan"],
    }


def test_order_keeps_the_order_written_where_it_can() -> None:
    """Steps stand after those they wait for, and otherwise as they are written."""
    assert graph.order(PERMIT) == ["land", "plan", "fire", "flood", "build", "sign"]
    assert graph.order({"c": ["a"], "b": [], "a": []}) == ["b", "a", "c"]


def test_a_circle_is_found_and_told_from_its_first_step_to_its_first_step() -> None:
    """Three steps that wait for one another are named in turn; no circle is an empty list."""
    found = graph.cycle({"start": [], "a": ["start", "c"], "b": ["a"], "c": ["b"]})
    assert found[0] == found[-1]
    assert {*pairwise(found)} == {("a", "b"), ("b", "c"), ("c", "a")}
    assert graph.cycle({"a": ["a"]}) == ["a", "a"]
    assert graph.cycle(PERMIT) == []


def test_ancestors() -> None:
    """Every step knows all that must be over before it, near and far."""
    assert graph.ancestors(PERMIT) == {
        "land": frozenset(),
        "plan": {"land"},
        "fire": {"land", "plan"},
        "flood": {"land", "plan"},
        "build": {"land", "plan", "fire", "flood"},
        "sign": frozenset(),
    }


def test_the_critical_path_by_hand() -> None:
    """5 + 10 + max(3, 7) + 2 = 24 days, through the flood review."""
    assert graph.finishing(PERMIT, DAYS) == {"land": 5, "plan": 15, "fire": 18, "flood": 22, "build": 24, "sign": 1}
    assert graph.critical_path(PERMIT, DAYS) == ["land", "plan", "flood", "build"]


def test_a_lonely_long_step_is_the_critical_path() -> None:
    """The path need not end at the last step of the longest chain of steps."""
    assert graph.critical_path(PERMIT, {**DAYS, "sign": 30}) == ["sign"]


def test_slack_by_hand() -> None:
    """The fire review might take 7 - 3 = 4 days longer, signing as long as all the rest takes more."""
    assert graph.slack(PERMIT, DAYS) == {"land": 0, "plan": 0, "fire": 4, "flood": 0, "build": 0, "sign": 23}


def test_all_critical_paths_are_found_at_a_tie() -> None:
    """Fire and flood both take 7 days: two paths; an edge that others imply is none of its own."""
    tie = {**DAYS, "fire": 7}
    assert list(graph.critical_paths(PERMIT, tie)) == [
        ("land", "plan", "fire", "build"),
        ("land", "plan", "flood", "build"),
    ]
    assert list(graph.critical_paths(PERMIT, DAYS)) == [("land", "plan", "flood", "build")]
    assert list(graph.critical_paths({"a": [], "b": ["a"], "c": ["a", "b"]}, {"a": 1, "b": 0, "c": 1})) == [
        ("a", "b", "c")
    ]
    assert list(graph.critical_paths({"a": [], "b": []}, {"a": 2, "b": 2})) == [("a",), ("b",)]


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_slack_is_what_a_step_may_take_longer(data: st.DataObject) -> None:
    """As much longer as its slack and the whole takes as long; half a day more and it takes half a day longer."""
    names = [f"s{i}" for i in range(data.draw(st.integers(1, 7)))]
    before = {name: [u for u in names[:i] if data.draw(st.booleans())] for i, name in enumerate(names)}
    lengths = {name: float(data.draw(st.integers(0, 9))) for name in names}

    def whole(longer: str, by: float) -> float:
        return max(graph.finishing(before, {**lengths, longer: lengths[longer] + by}).values())

    found, least = graph.slack(before, lengths), max(graph.finishing(before, lengths).values())
    for name in names:
        assert (whole(name, found[name]), whole(name, found[name] + 0.5)) == (least, least + 0.5)
    on_paths = {step for path in graph.critical_paths(before, lengths) for step in path}
    assert on_paths == {name for name in names if found[name] == 0}
    assert all(sum(lengths[s] for s in path) == least for path in graph.critical_paths(before, lengths))


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_the_critical_path_is_the_longest_of_all_chains(data: st.DataObject) -> None:
    """No chain of steps, of all that there are, takes longer, and the path takes as long as it says."""
    names = [f"s{i}" for i in range(data.draw(st.integers(1, 7)))]
    before = {name: [u for u in names[:i] if data.draw(st.booleans())] for i, name in enumerate(names)}
    lengths = {name: float(data.draw(st.integers(0, 9))) for name in names}

    def chains(last: str) -> list[list[str]]:
        return [[*chain, last] for u in before[last] for chain in chains(u)] or [[last]]

    longest = max(sum(lengths[s] for s in chain) for name in names for chain in chains(name))
    path = graph.critical_path(before, lengths)
    assert max(graph.finishing(before, lengths).values()) == sum(lengths[s] for s in path) == longest
    assert all(u in before[v] for u, v in pairwise(path))
