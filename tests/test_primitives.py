"""The rewrites behind all reforms, on graphs drawn at random: what may go goes, everything else stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.core.errors import ReformError
from sim.reforms.apply import apply, untouched
from sim.reforms.base import Context
from sim.reforms.order import EarlyStart, Parallel
from sim.reforms.primitives import both, detach, drop, fuse, loosen, step_of
from sim.spec import graph
from sim.spec.catalogue import Material
from sim.spec.place import Place
from sim.spec.process import Process

from .services import PLACE, SOURCES
from .small import model

DRAWN = settings(derandomize=True, deadline=None, max_examples=150)
ORIGINS = ("", "", graph.ORDER, graph.ORDER, graph.NATURE, "act", graph.MATERIAL)
LIMIT = {"statutory": {"days": 1.0, "source": "guess"}}


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """Steps s0, s1, … each waiting for some before it by habit, nature, law or a material."""
    count = draw(st.integers(2, 7))
    steps: dict[str, dict[str, Any]] = {}
    for j in range(count):
        name = {"zh": "步骤", "en": "Step"}
        steps[f"s{j}"] = {"name": name, "at": "bureau", "after": {}, "needs": [], "yields": [f"m{j}"], "limit": LIMIT}
        for i in range(j):
            origin = draw(st.sampled_from(ORIGINS))
            if origin == graph.MATERIAL:
                steps[f"s{j}"]["needs"].append(f"m{i}")
            elif origin:
                steps[f"s{j}"]["after"][f"s{i}"] = origin
    written = {"id": "service", "name": {"zh": "服务", "en": "Service"}, "summary": "drawn", "steps": steps}
    return Process.model_validate(written)


@st.composite
def groups(draw: st.DrawFn) -> tuple[Process, list[str]]:
    """A process and some of its steps."""
    process = draw(processes())
    return process, draw(st.lists(st.sampled_from(sorted(process.steps)), min_size=1, unique=True))


def elders(process: Process) -> Mapping[str, frozenset[str]]:
    """Each step → every step that must be over before it."""
    return graph.ancestors(graph.predecessors(process))


def legal_elders(process: Process) -> Mapping[str, frozenset[str]]:
    """Each step → every step that law, nature or a material puts before it."""
    before: dict[str, list[str]] = {s: [] for s in process.steps}
    for u, v in graph.legal_edges(process):
        before[v].append(u)
    return graph.ancestors(before)


@DRAWN
@given(groups())
def test_loosening_lets_only_fellow_members_go(drawn: tuple[Process, list[str]]) -> None:
    """A step outside the group waits for exactly what it waited for; a member at most stops waiting for members."""
    process, group = drawn
    old, new = elders(process), elders(loosen(process, group))
    for step in process.steps:
        let_go = set(group) if step in group else set()
        assert old[step] - let_go <= new[step] <= old[step]


@DRAWN
@given(groups())
def test_loosening_keeps_every_legal_edge_and_no_habit_inside(drawn: tuple[Process, list[str]]) -> None:
    """Laws, nature and materials stand as before, with their origins; order-only edges between members are gone."""
    process, group = drawn
    loosened = loosen(process, group)
    assert graph.legal_edges(loosened) == graph.legal_edges(process)
    inside = {e for e, origin in graph.edges(loosened).items() if origin == graph.ORDER and set(e) <= set(group)}
    assert inside == set()
    assert graph.cycle(graph.predecessors(loosened)) == []


@DRAWN
@given(processes())
def test_loosening_everything_leaves_exactly_the_law(process: Process) -> None:
    """When all steps are in the group, a step waits only for what legal edges put before it."""
    assert elders(loosen(process, process.steps)) == legal_elders(process)


@DRAWN
@given(groups())
def test_loosening_changes_nothing_but_order_and_not_the_process_given(drawn: tuple[Process, list[str]]) -> None:
    """The process given is as before, and the loosened one differs in `after` only."""
    process, group = drawn
    before = process.model_dump()
    loosened = loosen(process, group).model_dump()
    assert process.model_dump() == before
    for dumped in (before, loosened):
        for step in dumped["steps"].values():
            del step["after"]
    assert loosened == before


@DRAWN
@given(groups())
def test_loosening_twice_is_loosening_once(drawn: tuple[Process, list[str]]) -> None:
    """No habit is left for the second time."""
    process, group = drawn
    loosened = loosen(process, group)
    assert loosen(loosened, group) == loosened


@DRAWN
@given(groups())
def test_the_guard_never_stops_a_group_that_habit_orders(drawn: tuple[Process, list[str]]) -> None:
    """并联审批 of a group goes through where some inner edge is habit, and is refused where none is."""
    process, group = drawn
    world = untouched({"service": process}, model(PLACE, Place))
    reform = Parallel(reform="并联审批", steps=tuple(group), source="guess")
    habits = [e for e, origin in graph.edges(process).items() if origin == graph.ORDER and set(e) <= set(group)]
    if habits:
        after, changes = apply(world, reform, Context({}, SOURCES))
        assert after.processes["service"] == loosen(process, group)
        assert changes
    else:
        with pytest.raises(ReformError):
            apply(world, reform, Context({}, SOURCES))


@DRAWN
@given(processes(), st.data())
def test_starting_early_lets_go_of_the_named_steps_only(process: Process, data: st.DataObject) -> None:
    """The step keeps all it waited for but those steps, and every other step waits for exactly the same."""
    habits = [edge for edge, origin in graph.edges(process).items() if origin == graph.ORDER]
    assume(habits)
    earlier, step = data.draw(st.sampled_from(habits))
    old, new = elders(process), elders(detach(process, step, [earlier]))
    assert old[step] - {earlier} <= new[step] <= old[step]
    assert all(new[s] == old[s] for s in process.steps if s != step)
    reform = EarlyStart(reform="提前介入", step=step, before=(earlier,), source="guess")
    after, _ = apply(untouched({"service": process}, model(PLACE, Place)), reform, Context({}, SOURCES))
    assert (earlier, step) not in graph.edges(after.processes["service"])


@DRAWN
@given(groups())
def test_dropping_bridges_every_path(drawn: tuple[Process, list[str]]) -> None:
    """What is left waits for exactly what it waited for, without the dropped steps; so it does by law alone."""
    process, group = drawn
    assume(len(group) < len(process.steps))
    before = process.model_dump()
    dropped = drop(process, group, {f"m{s[1:]}": f"letter{s[1:]}" for s in group})
    assert process.model_dump() == before
    old, new = elders(process), elders(dropped)
    assert {s: old[s] - set(group) for s in dropped.steps} == new
    by_law, still = legal_elders(process), legal_elders(dropped)
    assert all(by_law[s] - set(group) <= still[s] for s in dropped.steps)
    yielded = {m for step in dropped.steps.values() for m in step.yields}
    assert all(
        n.material in yielded or n.material.startswith("letter") for x in dropped.steps.values() for n in x.needs
    )


@DRAWN
@given(groups())
def test_fusing_keeps_what_comes_before_and_after(drawn: tuple[Process, list[str]]) -> None:
    """A step that waited for a part waits for the whole, the whole for what any part waited for, by law as before."""
    process, group = drawn
    into = group[0]
    fused = fuse(process, group, into, process.steps[into])
    assume(not graph.cycle(graph.predecessors(fused)))
    old, new = elders(process), elders(fused)

    def now(step: str) -> str:
        return into if step in group else step

    assert set(fused.steps) == {now(s) for s in process.steps}
    for step, waited in old.items():
        assert {now(u) for u in waited} - {now(step)} <= new[now(step)]
    for u, v in graph.legal_edges(process):
        assert now(u) == now(v) or (now(u), now(v)) in graph.legal_edges(fused)
    assert set(fused.steps[into].yields) == {f"m{s[1:]}" for s in group}


def test_a_condition_and_another_must_both_hold() -> None:
    """Two attributes are joined; the same demand twice is one; two demands on one attribute are refused."""
    assert both({"large": True}, {"risk": "low"}) == {"large": True, "risk": "low"}
    assert both({"large": True}, {"large": True}) == {"large": True}
    with pytest.raises(ReformError) as error:
        both({"large": True}, {"large": False})
    assert str(error.value) == "a condition on large stands already; say the cases by another attribute"


def test_a_step_that_is_not_there_is_told_with_the_one_that_may_be_meant() -> None:
    """A planner mistypes names."""
    steps = {"apply": {"name": {"zh": "申请", "en": "Apply"}, "at": "bureau", "limit": LIMIT}}
    written = {"id": "service", "name": {"zh": "服务", "en": "Service"}, "summary": "one", "steps": steps}
    process = Process.model_validate(written)
    assert step_of(process, "apply") is process.steps["apply"]
    with pytest.raises(ReformError) as error:
        step_of(process, "aply")
    assert str(error.value) == "unknown step 'aply', did you mean 'apply'?"


def test_the_materials_of_the_catalogue_are_no_part_of_a_rewrite() -> None:
    """A reform may look them up, and that is all: the context is frozen."""
    material = Material.model_validate({"name": {"zh": "表", "en": "Form"}, "issuer": "applicant"})
    with pytest.raises(AttributeError):
        Context({"form": material}, {}).materials = {}  # type: ignore[misc]
