"""Random numbers by key."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.records.log import ACTIVITY, ATTEMPT
from sim.records.tables import Arrivals, Staff
from sim.spec.amounts import Pert

from .small import frame, plain, scenario, service, staffed, world

KEY = ("service", "review", "work", 0)


def test_the_same_key_gives_the_same_numbers() -> None:
    """Numbers depend on seed, replication and key alone, not on what was asked for before."""
    fresh, used = Draws(7, 3), Draws(7, 3)
    used.uniform(5, "service", "review", "fails", 0)
    assert fresh.uniform(5, *KEY).tolist() == used.uniform(5, *KEY).tolist() == used.uniform(5, *KEY).tolist()


def test_the_numbers_stay_what_they_were() -> None:
    """A seed published with a result still gives that result."""
    assert Draws(1, 0).uniform(3, *KEY).round(6).tolist() == [0.052558, 0.112828, 0.451792]


@pytest.mark.parametrize(
    ("seed", "replication", "key"),
    [
        (2, 0, KEY),
        (1, 1, KEY),
        (0, 1, KEY),
        (1, 0, ("other", "review", "work", 0)),
        (1, 0, ("service", "permit", "work", 0)),
        (1, 0, ("service", "review", "fails", 0)),
        (1, 0, ("service", "review", "work", 1)),
        (1, 0, ("service", "review", "work")),
    ],
)
def test_another_key_gives_other_numbers(seed: int, replication: int, key: tuple[str | int, ...]) -> None:
    """Another seed, replication, process, step, purpose or round is other luck, and unrelated."""
    here, there = Draws(1, 0).uniform(10_000, *KEY), Draws(seed, replication).uniform(10_000, *key)
    assert not np.any(here == there)
    assert np.corrcoef(here, there)[0, 1] == pytest.approx(0, abs=4 / 10_000**0.5)


def test_what_numbers_are_turned_into_is_kept_for_all_that_were_asked_for() -> None:
    """Only those that nobody asked for before are turned; a stretched distribution has the shape that is known."""
    draws, turned = Draws(1, 0), []

    def by(u: np.ndarray) -> np.ndarray:
        turned.append(len(u))
        return narrow.standard(u)

    narrow, wide = (Pert(pert=(low, 2 * low, 4 * low)) for low in (1.0, 3.7))
    for cases in (5, 3, 8, 8):
        found = draws.turned(narrow.shape, by, cases, *KEY)
        assert narrow.placed(found).tolist() == narrow.ppf(Draws(1, 0).uniform(cases, *KEY)).tolist()
    assert wide.placed(draws.turned(wide.shape, by, 8, *KEY)) == pytest.approx(wide.ppf(Draws(1, 0).uniform(8, *KEY)))
    assert (turned, draws.kept) == ([5, 3], 8)


def test_only_what_is_needed_is_turned() -> None:
    """Each number once, whoever asks for it first; what is asked for later is as if all had been."""
    draws, turned, spread = Draws(1, 0), [], Pert(pert=(1, 2, 4))

    def by(u: np.ndarray) -> np.ndarray:
        turned.append(len(u))
        return spread.standard(u)

    whole = spread.standard(Draws(1, 0).uniform(6, *KEY))
    for needed in ([0, 2], [2, 3], [0, 3], [0, 1, 2, 3, 4, 5]):
        mask = np.isin(np.arange(6), needed)
        found = draws.turned(spread.shape, by, 6, *KEY, needed=mask)
        assert found[mask].tolist() == whole[mask].tolist()
    assert turned == [2, 1, 3]


@given(st.integers(1, 500), st.integers(1, 500))
@settings(derandomize=True, max_examples=25)
def test_more_cases_leave_the_first_ones_as_they_were(few: int, more: int) -> None:
    """The n-th case has the same luck however many follow."""
    draws = Draws(1, 0)
    first = draws.uniform(few, *KEY).tolist()
    assert draws.uniform(few + more, *KEY).tolist()[:few] == first


def test_the_numbers_are_uniform() -> None:
    """They lie in [0, 1), each tenth holding its tenth, within four standard errors."""
    drawn = Draws(1, 0).uniform(100_000, *KEY)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    counts, _ = np.histogram(drawn, bins=10, range=(0, 1))
    assert counts.tolist() == pytest.approx([10_000] * 10, abs=4 * (100_000 * 0.1 * 0.9) ** 0.5)


# -- pairing --------------------------------------------------------------------------------------

STEPS = """
  visit: {name: {zh: 踏勘, en: Visit}, kind: internal, at: desk, work: {minutes: {exponential: 5}, source: guess}}
  draw: {name: {zh: 设计, en: Draw}, kind: agency, duration: {minutes: {exponential: 50}, source: guess}}
  review: {name: {zh: 审图, en: Review}, at: desk, after: {draw: nature},
    work: {minutes: {uniform: [1, 9]}, source: guess}, fails: {rate: 0.3, redo: draw, source: guess}}
  permit: {name: {zh: 许可, en: Permit}, at: desk, after: {review: order, visit: order}, when: {big: true},
    work: {minutes: {lognormal: [10, 30]}, source: guess}, refused: {share: 0.1, source: guess}}
"""
AFTER = """
  after:
    name: {zh: 改革后, en: After}
    reforms: [@reform]
"""
Fates = dict[tuple[int, str, int], tuple[int, int, bool]]


def fates(reform: str, cases: int = 200) -> tuple[Arrivals, Fates]:
    """The arrivals, and (case, step, attempt) → seconds worked, flags and attribute, in the first replication."""
    process = service(STEPS, "attributes: {big: {share: 0.6, source: guess}}")
    variants = AFTER.replace("@reform", reform) if reform else ""
    ready = world(process, scenario(cases, "every_minutes: {exponential: 20}", variants=variants), staffed(desk=9))
    tables = compile_variant(ready, ready.variants[-1], Staff({}, {}), Draws(1, 0))
    log = simulate(tables)
    rows = frame(log.attempts, ATTEMPT).merge(
        frame(log.activities, ACTIVITY).groupby("attempt")["busy"].sum(), on="attempt"
    )
    big = tables.attributes["service"]["big"]
    names = [node.id for node in tables.flows[0].nodes]
    found = {(r.case, names[r.node], r.nth): (r.busy, r.flags, bool(big[r.case])) for r in rows.itertuples()}
    return plain(tables.arrivals[0]), found


def test_dropping_a_step_leaves_all_other_luck_as_it_was() -> None:
    """取消 leaves arrivals, attributes, times, failures and refusals of the other steps, attempt by attempt."""
    arrivals, before = fates("")
    same_arrivals, after = fates("{reform: 取消, steps: [visit], source: guess}")
    assert same_arrivals == arrivals
    assert after == {key: fate for key, fate in before.items() if key[1] != "visit"}
    assert max(attempt for _, _, attempt in before) >= 2


def test_another_order_leaves_all_luck_as_it_was() -> None:
    """并联审批 changes when things are done, not what becomes of them."""
    _, before = fates("")
    _, after = fates("{reform: 并联审批, steps: [review, permit], source: guess}")
    common = before.keys() & after.keys()
    assert {key: after[key] for key in common} == {key: before[key] for key in common}
    assert len(common) > 0.9 * len(before)


def test_more_cases_leave_the_first_ones_alone() -> None:
    """The first 200 of 300 cases come when they came and have the luck they had."""
    arrivals, few = fates("")
    longer, many = fates("", 300)
    assert longer.times[:200] == arrivals.times
    assert {key: fate for key, fate in many.items() if key[0] < 200} == few
