"""Replications that are made at once: each is the same as made by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.depth import Depth
from sim.analysis.replications import replicate, replicate_together, runner
from sim.analysis.together import most_together
from sim.core.draws import Draws, Several
from sim.core.jobs import batches
from sim.engine.compile import compile_together, compile_variant
from sim.engine.fast.player import simulate
from sim.engine.shared import Shared
from sim.engine.staffing import derived_staff
from sim.records.log import Log
from sim.records.tables import Tables
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario

from .drawn import drawn
from .mechanisms import SPECS
from .mechanisms import Spec as Mechanism
from .services import pair, staffed
from .small import model, plain

FAILS = "fails: {rate: 0.3, source: guess}"
TWO = pair(f"  a: {{limit: {{statutory: ~10}}, {FAILS}}}\n  b: {{after: {{a: order}}, limit: {{statutory: ~3}}}}",
           "  z: {needs: [form], limit: {statutory: ~4}}", cases=(9, 6), place=staffed("officers"),
           after="{reform: 限时办结, compression: 0.5, process: service, source: guess}",
           targets="targets: [{id: T1, name: {zh: 快, en: Fast}, measure: counted_days, at_most: 5, unit: 工作日,"
                   " source: guess, scope: {process: service}}]")  # fmt: skip
"""Two services with the same officers, one of which comes back now and then."""
LUCK = range(3)
"""Replications that are made at once."""


def assert_same_logs(prepared: Prepared) -> None:
    """Every variant leaves the same rows in each of some replications, and meets the same files of other matters."""
    staff, shared = derived_staff(prepared), Shared()
    luck = Several([Draws(1, number) for number in LUCK])
    for variant in prepared.variants:
        made = compile_together(prepared, variant, staff, luck, shared).each
        alone = [compile_variant(prepared, variant, staff, Draws(1, number)) for number in LUCK]
        assert [plain(tables.others) for tables in made] == [plain(tables.others) for tables in alone]
        for found, expected in zip(map(rows, made), map(rows, alone), strict=True):
            assert found == expected


def rows(tables: Tables) -> list[object]:
    """Everything that happens, and by which second it is over."""
    log: Log = simulate(tables)
    return [log.attempts.tolist(), log.activities.tolist(), log.cases.tolist(), log.end]


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_mechanism_is_the_same_in_replications_made_at_once(spec: Mechanism) -> None:
    """The small specs, of which each shows something of the language."""
    assert_same_logs(spec.prepared())


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_whatever_is_drawn_is_the_same_in_replications_made_at_once(first: int) -> None:
    """Services at random: steps in any order that fail, refuse, sit, hand on, wait behind other files, and so on."""
    found = [prepared for seed in range(first, first + 20) if (prepared := drawn(seed)) is not None]
    assert len(found) > 10
    for prepared in found:
        assert_same_logs(prepared)


@pytest.mark.parametrize("prepared", [SPECS["everything at once"].prepared(), TWO], ids=["everything", "two services"])
def test_all_that_is_kept_of_replications_made_at_once_is_the_same(prepared: Prepared) -> None:
    """Cases, targets, the split of the time, use of officers, courses and events, of the first and of later ones."""
    staff, numbers = derived_staff(prepared), (0, 2, 5)
    for depth in Depth:
        together = replicate_together(prepared, staff, 1, numbers, depth=depth)
        alone = [replicate(prepared, staff, 1, number, depth=depth) for number in numbers]
        assert [told(one) for one in together] == [told(one) for one in alone]


def test_how_many_are_made_at_once_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """All five at once, or each by itself, in the order asked for."""
    prepared = SPECS["everything at once"].prepared()
    staff, asked = derived_staff(prepared), [4, 0, 1, 2, 3]
    found = []
    for most in (1000, 0):
        monkeypatch.setattr("sim.analysis.together.CASES_TOGETHER", most)
        with runner(prepared, staff, 1, workers=1) as run:
            found.append(list(run(asked)))
    assert [one.number for one in found[0]] == asked
    assert [told(one) for one in found[0]] == [told(one) for one in found[1]]


def told(value: Any) -> str:
    """All that is in something, in words."""
    if isinstance(value, Mapping):
        return str({key: told(part) for key, part in value.items()})
    if is_dataclass(value):
        return str([(part.name, told(getattr(value, part.name))) for part in fields(value)])
    if isinstance(value, pd.DataFrame):
        return str({name: (str(column.dtype), told(column.to_numpy())) for name, column in value.items()})
    return str(value.tolist() if isinstance(value, np.ndarray) else value)


def squares(common: int, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The square of each number plus what is common, and how many were asked for at once."""
    return [(number**2 + common, len(numbers)) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "most", "expected"),
    [
        ([3, 1, 2], 2, [(10, 2), (2, 2), (5, 1)]),
        ([1, 2, 3, 4], 9, [(2, 4), (5, 4), (10, 4), (17, 4)]),
        ([], 3, []),
    ],
)
def test_what_is_made_at_once_comes_in_its_order(
    numbers: Sequence[int], most: int, expected: list[tuple[int, int]]
) -> None:
    """So many at most, and on one process all that may be."""
    with batches(1, squares, 1, most) as run:
        assert list(run(numbers)) == expected


def test_what_is_made_at_once_is_shared_out_among_processes() -> None:
    """Five numbers on two processes: three at once, and two."""
    with batches(2, squares, 0, most=9) as run:
        assert list(run(range(5))) == [(0, 3), (1, 3), (4, 3), (9, 2), (16, 2)]


def test_numbers_of_several_replications_lie_one_after_another() -> None:
    """Three cases of one and two of another have the numbers that each would have by itself."""
    together = Several([Draws(1, 0), Draws(1, 1)]).together([3, 2])
    alone = [*Draws(1, 0).uniform(3, "service", "x"), *Draws(1, 1).uniform(2, "service", "x")]
    assert together.uniform(5, "service", "x").tolist() == alone
    doubled = together.turned("doubled", lambda u: 2 * u, 5, "service", "x", needed=np.array([True] * 5))
    assert doubled.tolist() == [2 * u for u in alone]


@pytest.mark.parametrize(("window", "most"), [("{weeks: 52}", 200), ("{weeks: 26, warm_up: 13}", 200), (None, 500)])
def test_as_many_are_made_at_once_as_have_ten_thousand_cases(window: str | None, most: int) -> None:
    """Fifty cases come in a year, the weeks of warming up on both sides counted; or twenty, as the demand says."""
    demand = "per_year: 50.137, source: guess" + ("" if window else ", cases: 20")
    assert most_together(scenario(demand, window)) == most


def test_a_scenario_of_many_cases_is_made_one_replication_at_a_time() -> None:
    """A million a year."""
    assert most_together(scenario("per_year: 1000000, source: guess", "{weeks: 52}")) == 1


def scenario(demand: str, window: str | None) -> Scenario:
    """A scenario with some demand, in a window or without one."""
    text = f"""
        id: asked
        name: {{zh: 问, en: Asked}}
        place: town
        start: '2025-01-06'
        demand: {{service: {{{demand}}}}}
        variants: {{before: {{name: {{zh: 前, en: Before}}}}}}
        {f"window: {window}" if window else ""}
    """
    found: Scenario = model(text, Scenario)
    return found
