"""What variants of a replication have alike, made once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.shared import Shared
from sim.engine.staffing import derived_staff
from sim.records.tables import FlowTables, Program, Tables
from sim.scenario.load import load_library, load_scenario
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared

from .services import PLACE, reformed, staffed
from .small import plain

ROOT = Path(__file__).parents[1]
STEPS = """
  a: {limit: {statutory: ~5}, work: {hours: {uniform: [1, 9]}, source: guess}}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~8}, fails: {rate: 0.3, source: guess}}
"""
FASTER = "{reform: 限时办结, steps: [b], committed: ~3}"


def both(prepared: Prepared, shared: Shared) -> list[Tables]:
    """The tables of all variants, with the same luck."""
    staff, draws = derived_staff(prepared), Draws(1, 0)
    return [compile_variant(prepared, variant, staff, draws, shared) for variant in prepared.variants]


def first(tables: Tables, node: str) -> Program:
    """What the first attempt at a node consists of."""
    flow = tables.flows[0]
    return flow.program([n.id for n in flow.nodes].index(node), 0)


def programs(flow: FlowTables) -> list[Program]:
    """What the first two attempts at every node consist of."""
    return [plain(flow.program(node, attempt)) for node in range(len(flow.nodes)) for attempt in (0, 1)]


@pytest.mark.parametrize("scenario", ["government_building", "project_mix_yanhu"])
def test_what_is_shared_is_what_each_would_have_by_itself(scenario: str) -> None:
    """Programs, the numbers of pools and clocks, and the files of other matters of every variant."""
    library = load_library(ROOT)
    prepared = prepare(load_scenario(ROOT / f"scenarios/{scenario}.yaml", library), library)
    staff, draws = derived_staff(prepared), Draws(1, 0)
    for variant, shared in zip(prepared.variants, both(prepared, Shared()), strict=True):
        alone = compile_variant(prepared, variant, staff, draws)
        assert [programs(flow) for flow in shared.flows] == [programs(flow) for flow in alone.flows]
        assert [clock.openings[0].tolist() for clock in shared.clocks] == [c.openings[0].tolist() for c in alone.clocks]
        assert (shared.pools, shared.crews, plain(shared.others)) == (alone.pools, alone.crews, plain(alone.others))


def test_only_a_step_that_a_reform_changes_is_made_again() -> None:
    """Step a stays as it is; b has a shorter limit."""
    before, after = both(reformed(STEPS, FASTER, cases=5), Shared())
    assert first(before, "a") is first(after, "a")
    assert first(before, "b") is not first(after, "b")


def test_a_place_that_answers_otherwise_has_a_program_of_its_own() -> None:
    """Nobody counts the officers at first, then there are two: the same step waits for the clock, then for them."""
    prepared = reformed(STEPS, FASTER, cases=5, place=PLACE)
    counted = reformed(STEPS, FASTER, cases=5, place=staffed("officers", count=2)).variants[0].place
    before, after = prepared.variants
    prepared = replace(prepared, variants=(before, replace(after, place=counted)))
    tables = both(prepared, Shared())
    alone = [both(replace(prepared, variants=(variant,)), Shared())[0] for variant in prepared.variants]
    assert [plain(first(t, "a")) for t in tables] == [plain(first(t, "a")) for t in alone]
    assert plain(first(tables[0], "a")) != plain(first(tables[1], "a"))


def test_what_would_take_too_much_room_is_made_again() -> None:
    """The same program, twice."""
    before, after = both(reformed(STEPS, FASTER, cases=5), Shared(most_kept=0))
    assert first(before, "b") is not first(after, "b")
    assert first(before, "a") is not first(after, "a")
    assert plain(first(before, "a")) == plain(first(after, "a"))
