"""One piece of evidence holds wherever its case occurs, and one rule holds for every figure of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from sim.reforms.limits import TimeLimit
from sim.scenario.library import Library
from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Flow, Prepared
from sim.spec import graph
from sim.spec.process import Process
from sim.spec.sources import Assumption
from sim.spec.step import Step

ROOT = Path(__file__).parents[1]
AT_THE_COUNTER = "at_the_counter"
DECIDED_AT_ONCE = {"on_the_spot", "registration_rule_19", "look_up_rule", "immediate_filing", "filed_at_once"}
"""Sources of limits that say a case is decided on the spot, or else within the limit."""


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the project."""
    return load_library(ROOT)


@pytest.fixture(scope="module")
def ready(real: Library) -> list[Prepared]:
    """Every scenario of the project, ready to run."""
    return [prepare(load_scenario(path, real), real) for path in scenario_paths(ROOT)]


def cited(step: Step) -> set[str]:
    """The sources of the limits of a step."""
    return {limit.source for limit in (step.limit.statutory, step.limit.committed) if limit}


def flows(ready: list[Prepared]) -> Iterator[tuple[str, Flow]]:
    """Every way that cases of some variant go, and where it stands."""
    for prepared in ready:
        for variant in prepared.variants:
            for process, ways in variant.flows.items():
                yield from ((f"{prepared.scenario.id}, {variant.id}, {process}", way) for way in ways)


def test_what_is_decided_on_the_spot_takes_an_officer_the_same_in_every_process(ready: list[Prepared]) -> None:
    """Before and after, in both places: the hours of such a file are those of a counter, not a tenth of a limit."""
    uneven = {
        f"{place}: {step_id}"
        for place, flow in flows(ready)
        for step_id, step in flow.process.steps.items()
        if cited(step) & DECIDED_AT_ONCE
        for part in flow.efforts[step_id]
        if part.step == step_id
        if part.work is None or part.work.source != AT_THE_COUNTER
    }
    assert uneven == set()


EACH = {
    ("enterprise_setup_xinxiang", "each_day"): "the other reading, with rows of its own",
    ("enterprise_setup_yanhu", "each_day"): "the other reading, with rows of its own",
    ("enterprise_setup_yanhu", "each_half_day"): "the other reading, with rows of its own",
    ("realestate_yanhu", "each_2025"): "the other reading, with rows of its own",
    ("credit_repair", "law"): "the province binds the platform and the provider of the information each",
    ("one_thing_21", "one_window"): "the province binds the platform and the provider of the information each",
    ("start_with_land", "after"): "every item that is decided on a promise is decided at once",
}
"""Scenario and variant in which steps that follow one another have each the limit that a source gives."""


def test_a_time_promised_for_a_whole_is_given_to_no_step_by_itself(real: Library, ready: list[Prepared]) -> None:
    """A source's limit for several steps in a row binds them together, save where it is told why not."""
    found = set()
    for prepared in ready:
        for name, variant in prepared.scenario.variants.items():
            for reform in variant.reforms:
                if isinstance(reform, TimeLimit) and not reform.together and reform.committed and reform.steps:
                    process = real.whole(reform.process or next(iter(prepared.scenario.demand)))
                    assumed = isinstance(prepared.sources[reform.committed.source], Assumption)
                    if not assumed and follow(process, reform):
                        found.add((prepared.scenario.id, name))
    assert found == set(EACH)


def follow(process: Process, reform: TimeLimit) -> bool:
    """Whether some of the steps of a reform follow one another in the spec."""
    elders = graph.ancestors(graph.predecessors(process))
    known = [s for s in reform.steps or () if s in process.steps]
    return any(a in elders[b] or b in elders[a] for a, b in combinations(known, 2) if apart(process, a, b))


def apart(process: Process, a: str, b: str) -> bool:
    """Whether some case goes through both steps."""
    whens = [process.steps[s].when for s in (a, b)]
    return all(whens[1].get(key, value) == value for key, value in whens[0].items())


def test_three_projects_in_ten_fail_their_acceptance(real: Library) -> None:
    """At the first attempt, over measures or fire safety: 1 - 0.77 (1 - 0.23 · 0.4) = 0.3; one rate everywhere."""
    rates = {
        step.fails.rate
        for process in real.processes.values()
        for name, step in process.steps.items()
        if name in ("planning_verification", "fire_acceptance") and step.fails
    }
    assert rates == {0.23}
    for name in ("ordinary_private_building", "completion_acceptance"):
        inspected = real.processes[name].attributes["special_fire"].share
        assert inspected is not None
        assert 1 - (1 - 0.23) * (1 - 0.23 * inspected) == pytest.approx(0.3, abs=0.005)


def test_the_hotline_overruns_as_its_own_source_says_in_both_cities(ready: list[Prepared]) -> None:
    """One order in a hundred, where the general rule has one decision in fifty."""
    found = {
        (prepared.scenario.place, flow.process.overdue.share)
        for prepared in ready
        for variant in prepared.variants
        for flow in variant.flows.get("hotline_ticket", ())
        if flow.process.overdue
    }
    assert found == {("xinxiang", 0.01), ("yanhu", 0.01)}
    assert {prepared.practice.overdue.share for prepared in ready} == {0.02}
