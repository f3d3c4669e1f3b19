"""What each reform buys: shares by hand, sums that are exact, coalitions that the guard refuses, orders sampled."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from scipy.special import stdtrit

from sim.core.errors import PlannerError
from sim.decide import attribution as attributing
from sim.decide import shapley
from sim.decide.attributed import Attributed, Attribution
from sim.decide.attribution import attribute, usual_runs
from sim.decide.coalitions import Coalitions, parts, way
from sim.decide.questions import questions
from sim.scenario.prepared import Prepared

from .services import reformed, staffed

Worth = dict[int, np.ndarray]

CHAIN = """
  first: {limit: {statutory: ~10}}
  second: {after: {first: order}, limit: {statutory: ~6}}
"""
TARGET = """
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: counted_days, at_most: 7, unit: 工作日, source: guess}
"""
CUT = "{reform: 限时办结, steps: [first], compression: 0.4}"
OTHER = "{reform: 限时办结, steps: [second], compression: 0.5}"
BESIDE = "{reform: 并联审批, steps: [first, second]}"


def bought(prepared: Prepared, **more: object) -> Attribution:
    """What the reforms of the variant after buy of the counted days."""
    return attribute(prepared, questions(prepared, "after", ["counted_days"]), "after", runs=2, **more)  # type: ignore[arg-type]


def effects(found: Attributed) -> list[tuple[float, float, float, float]]:
    """Alone, last, stacked and share of each part."""
    return [
        (round(b.alone.mean, 9), round(b.last.mean, 9), round(b.stacked.mean, 9), round(b.share.mean, 9))
        for b in found.bought
    ]


def game(size: int, seed: int, columns: int = 3) -> Worth:
    """A game drawn at random."""
    luck = np.random.default_rng(seed)
    return {members: luck.normal(size=columns) for members in range(1 << size)}


def by_orders(worth: Worth, size: int) -> list[np.ndarray]:
    """The Shapley values by their definition over subsets, written another way."""
    from math import factorial

    found = [np.zeros_like(worth[0]) for _ in range(size)]
    for i in range(size):
        others = [j for j in range(size) if j != i]
        for subset in chain.from_iterable(combinations(others, n) for n in range(size)):
            members, n = sum(1 << j for j in subset), len(subset)
            weight = factorial(n) * factorial(size - n - 1) / factorial(size)
            found[i] = found[i] + weight * (worth[members | 1 << i] - worth[members])
    return found


@pytest.mark.parametrize("size", [1, 2, 5, 12])
def test_shares_sum_to_the_whole(size: int) -> None:
    """Exactly, in every column; so do they where orders are sampled."""
    worth = game(size, size)
    whole = worth[(1 << size) - 1] - worth[0]
    assert np.abs(sum(shapley.shapley(worth, size)) - whole).max() < 1e-9
    drawn, _ = shapley.sampled(worth, shapley.orders(size, 4, 1), size)
    assert np.abs(sum(drawn) - whole).max() < 1e-9


@pytest.mark.parametrize("size", [1, 2, 5])
def test_shares_are_those_of_the_definition(size: int) -> None:
    """Over all subsets, with the weights of factorials."""
    worth = game(size, 7)
    for found, told in zip(shapley.shapley(worth, size), by_orders(worth, size), strict=True):
        assert found == pytest.approx(told)


def test_in_a_sum_every_share_is_what_a_part_does_alone_and_last() -> None:
    """Four parts that add 1, 2, 3 and −4 whatever stands already; none does anything together with another."""
    added = (1.0, 2.0, 3.0, -4.0)
    worth = {m: np.array([sum(x for i, x in enumerate(added) if m >> i & 1)]) for m in range(16)}
    for i, x in enumerate(added):
        for found in (shapley.alone(worth, i), shapley.last(worth, i, 4), shapley.stacked(worth, i)):
            assert found == pytest.approx([x])
    assert np.concatenate(shapley.shapley(worth, 4)) == pytest.approx(added)
    assert all(found == pytest.approx([0]) for found in shapley.interaction(worth, 4).values())


def test_an_interaction_is_shared_by_those_who_make_it() -> None:
    """A part that adds 5, and two that add 6 only together: 3 each, and 6 is their interaction, whoever else stands."""
    worth = {m: np.array([5.0 * (m & 1) + 6.0 * (m & 6 == 6)]) for m in range(8)}
    assert np.concatenate(shapley.shapley(worth, 3)) == pytest.approx([5, 3, 3])
    found = {pair: float(x[0]) for pair, x in shapley.interaction(worth, 3).items()}
    assert found == pytest.approx({(0, 1): 0, (0, 2): 0, (1, 2): 6})
    assert shapley.second_difference(worth, 1, 2) == pytest.approx([6])


def test_sampled_shares_are_as_close_as_they_say() -> None:
    """In nineteen of twenty of the samples the share lies within the error that is stated of it."""
    size, pairs, trials = 5, 12, 300
    worth = game(size, 3, columns=1)
    exact = np.concatenate(shapley.shapley(worth, size))
    wide = float(stdtrit(pairs - 1, 0.975))
    inside = []
    for seed in range(trials):
        shares, error = shapley.sampled(worth, shapley.orders(size, pairs, seed), size)
        inside.append(np.abs(np.concatenate(shares) - exact) <= wide * error)
    assert 0.93 <= np.mean(inside) <= 0.98


def test_two_cuts_one_after_the_other_are_a_sum() -> None:
    """10 + 6 days; one step loses 6, the other 3: alone, last, stacked and in fair share, without any spread."""
    (found,) = bought(reformed(CHAIN, CUT, OTHER)).answers
    assert effects(found) == [(-6, -6, -6, -6), (-3, -3, -3, -3)]
    assert (found.before.mean, found.after.mean, found.whole.mean) == (16, 7, -9)
    assert found.together == ()
    assert all(b.share.low == b.share.mean == b.share.high for b in found.bought)


def test_a_cut_and_a_parallel_review_overlap() -> None:
    """Ten and six days: side by side 10, the first cut to 4 one after the other 10, both 6: together 2 less than 12."""
    found = bought(reformed(CHAIN, CUT, BESIDE, targets=TARGET))
    (shared,) = found.answers
    assert effects(shared) == [(-6, -4, -6, -5), (-6, -4, -4, -5)]
    ((first, second, by),) = [(t.first.id, t.second.id, round(t.effect.mean, 9)) for t in shared.together]
    assert (first, second, by) == ("after.1", "after.2", 2)
    assert (found.coalitions, found.worlds, found.exact) == (4, 4, True)


def test_a_target_needs_the_parts_without_which_it_is_missed() -> None:
    """Seven days are kept by both cuts only; a measure needs none."""
    prepared = reformed(CHAIN, CUT, OTHER, targets=TARGET)
    asked = questions(prepared, "after", ["counted_days"], ["T1"])
    target, measure = attribute(prepared, asked, "after", runs=2).answers
    assert [b.needed for b in target.bought] == [True, True]
    assert [b.needed for b in measure.bought] == [False, False]


MERGED = """
  first: {needs: [plan], limit: {statutory: ~10}}
  second: {after: {first: order}, limit: {statutory: ~6}}
"""
MERGE = "{reform: 合并办理, steps: [first, second], into: second, committed: ~8}"
LATER = "{reform: 容缺受理, steps: [second], materials: [plan], within: ~5, uptake: 1}"


def test_a_reform_that_is_refused_without_another_is_left_out_of_a_coalition() -> None:
    """Alone it does nothing and says why; its whole effect is what both do together."""
    found = bought(reformed(MERGED, MERGE, LATER))
    assert found.refused == {"after.2": "second needs none of plan; take it out of the steps"}
    assert (found.coalitions, found.worlds) == (4, 3)
    (shared,) = found.answers
    assert shared.bought[1].alone.mean == 0
    assert shared.bought[0].alone.mean == -8


def test_every_combination_is_told_with_its_verdict() -> None:
    """Sixteen days before, ten with either, six with both, of which seven are wanted; what is refused is told there."""
    prepared = reformed(CHAIN, CUT, BESIDE, targets=TARGET)
    (found,) = attribute(prepared, questions(prepared, "after"), "after", runs=2).answers
    assert [([part.id for part in s.parts], s.value.mean, s.verdict, s.refused) for s in found.subsets] == [
        ([], 16, "missed", ()),
        (["after.1"], 10, "missed", ()),
        (["after.2"], 10, "missed", ()),
        (["after.1", "after.2"], 6, "met", ()),
    ]
    assert (found.subsets[0].value, found.subsets[-1].value) == (found.before, found.after)
    (merged,) = bought(reformed(MERGED, MERGE, LATER)).answers
    assert [(s.verdict, [(part.id, why) for part, why in s.refused]) for s in merged.subsets] == [
        (None, []),
        (None, []),
        (None, [("after.2", "second needs none of plan; take it out of the steps")]),
        (None, []),
    ]


def test_parts_are_reforms_or_the_variants_on_the_way() -> None:
    """A place and a demand of their own belong to the bundle, and are a part beside its reforms."""
    more = f"""
  busy:
    name: {{zh: 更多, en: Busier}}
    demand: {{service: 2}}
    source: guess
    reforms: [{{source: guess, {OTHER[1:]}]
  aside: {{name: {{zh: 另一条, en: Aside}}, start: before, reforms: [{{source: guess, {BESIDE[1:]}]}}
"""
    prepared = reformed(CHAIN, CUT, targets=more)
    assert way(prepared, "busy") == ["after", "busy"]
    assert [part.id for part in parts(prepared, "busy", "reform")] == ["after.1", "busy.place", "busy.1"]
    assert [part.id for part in parts(prepared, "busy", "bundle")] == ["after", "busy"]
    assert [part.id for part in parts(prepared, "aside", "bundle")] == ["aside"]
    with pytest.raises(PlannerError, match="before is the baseline, which has no reforms; name another variant"):
        way(prepared, "before")
    with pytest.raises(PlannerError, match=r"unknown variant 'bsy', did you mean 'busy'\?"):
        way(prepared, "bsy")


def test_the_whole_coalition_is_the_variant_and_the_empty_one_the_baseline() -> None:
    """Flow by flow, place and demand."""
    more = f"  busy: {{name: {{zh: 更多, en: Busier}}, demand: {{service: 2}}, source: guess, reforms: [{OTHER}]}}"
    prepared = reformed(CHAIN, CUT, targets=more.replace("{reform", "{source: guess, reform"))
    found = parts(prepared, "busy", "reform")
    coalitions = Coalitions(prepared, found)
    for members, variant in ((0, prepared.variants[0]), (7, prepared.variants[2])):
        built = coalitions.of(members).variant
        assert (built.flows, built.place, dict(built.demand)) == (variant.flows, variant.place, dict(variant.demand))


QUEUE = """
  first: {limit: {statutory: ~10}, work: {hours: {exponential: 2}, source: guess}}
  second: {after: {first: order}, limit: {statutory: ~6}, work: {hours: {exponential: 1}, source: guess}}
"""


def busy(*reforms: str) -> Prepared:
    """Cases that wait for one officer."""
    return reformed(QUEUE, *reforms, cases=40, place=staffed("officers"), demand="every_minutes: {exponential: 200}")


def test_shares_of_what_queues_sum_to_the_whole_and_are_the_same_on_two_processes() -> None:
    """With noise too, to the last digit; the number of workers changes nothing."""
    prepared = busy(CUT, BESIDE, "{reform: 增员, department: bureau, count: 2}")
    one, two = (bought(prepared, workers=n) for n in (1, 2))
    assert one.answers == two.answers
    (found,) = one.answers
    assert sum(b.share.mean for b in found.bought) == pytest.approx(found.whole.mean, abs=1e-9)
    assert any(b.share.high > b.share.low for b in found.bought)


def test_more_parts_than_can_be_played_in_all_coalitions_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact shares lie within the error stated, and still sum to the whole; what is alone and last is the same."""
    prepared = busy(CUT, OTHER, BESIDE, "{reform: 增员, department: bureau, count: 2}")
    (exact,) = bought(prepared).answers
    monkeypatch.setattr(attributing, "MOST_EXACT", 3)
    found = bought(prepared, orders=12)
    (sampled,) = found.answers
    assert (found.exact, found.orders) == (False, 12)
    assert sum(b.share.mean for b in sampled.bought) == pytest.approx(sampled.whole.mean, abs=1e-9)
    assert [(b.alone, b.last, b.stacked) for b in sampled.bought] == [
        (b.alone, b.last, b.stacked) for b in exact.bought
    ]
    for told, true in zip(sampled.bought, exact.bought, strict=True):
        assert abs(told.share.mean - true.share.mean) <= told.error + 1e-9
        assert told.share.low <= true.share.mean + 1e-9
        assert told.share.high >= true.share.mean - 1e-9


def test_a_number_that_no_case_of_some_coalition_has_is_not_shared_out() -> None:
    """No case is of the rare sort that the target speaks of, which is told with the smallest such coalition."""
    target = TARGET.replace("source: guess}", "source: guess, scope: {when: {big: true}}}")
    prepared = reformed(CHAIN, CUT, targets=target, attributes="{big: {share: 0.000001, source: guess}}")
    (found,) = attribute(prepared, questions(prepared, "after"), "after", runs=2).answers
    assert (found.known, found.missing, found.bought) == (False, (), ())
    assert [(np.isnan(s.value.mean), s.verdict) for s in found.subsets] == [(True, None)] * 2


def test_a_reduction_is_shared_out_too() -> None:
    """9 of 16 days: 6 of 16 and 3 of 16."""
    target = """
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: counted_days, statistic: mean_reduction, at_least: 50%, unit: '%',
     source: guess}
"""
    prepared = reformed(CHAIN, CUT, OTHER, targets=target)
    (found,) = attribute(prepared, questions(prepared, "after"), "after", runs=2).answers
    assert [b.share.mean for b in found.bought] == pytest.approx([6 / 16, 3 / 16])


@pytest.mark.parametrize(("size", "runs"), [(1, 8), (10, 8), (11, 4), (12, 2), (13, 8)])
def test_of_many_coalitions_fewer_replications_are_played(size: int, runs: int) -> None:
    """Twice as many coalitions take half of the replications; where orders are sampled there are few again."""
    assert usual_runs(size) == runs


def test_what_is_asked_is_named() -> None:
    """Unknown measures and targets are told with the nearest; without any target the usual measures are asked."""
    prepared = reformed(CHAIN, CUT)
    assert [q.id for q in questions(prepared, "after")] == ["counted_days", "elapsed_days"]
    with pytest.raises(PlannerError, match=r"unknown measure 'counted_day', did you mean 'counted_days'\?"):
        questions(prepared, "after", ["counted_day"])
    with pytest.raises(PlannerError, match="unknown target 'T9'; known: none"):
        questions(prepared, "after", (), ["T9"])
    with pytest.raises(PlannerError, match="runs is at least 2, found 1"):
        attribute(prepared, questions(prepared, "after"), "after", runs=1)
