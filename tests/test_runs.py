"""One replication: every variant with the same cases and the same luck, and what it comes to."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.outcome import cases_by_process, known, statistic, subjects
from sim.analysis.playing import played
from sim.analysis.pooled import of_target
from sim.analysis.replications import Replication, replicate, runner
from sim.core.draws import Draws
from sim.engine.staffing import derived_staff
from sim.records.frames import all_records
from sim.records.measures.register import MEASURES
from sim.records.moments import MOMENTS
from sim.scenario.prepared import Prepared

from .services import pair, practised, reformed, staffed

CHANCE = """
  a: {needs: [form, plan], limit: {statutory: ~10}, fails: {rate: 0.4, correction: ~2, source: guess}}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~8}}
  c: {after: {b: order}, needs: [form], limit: {statutory: ~6}}
"""
GOAL = "{id: T1, name: {zh: 目标, en: Goal}, unit: 工作日, source: guess, measure: counted_days, at_most: 5}"


def chance(*reforms: str, cases: int = 30, targets: str = "") -> Prepared:
    """Thirty cases with luck in everything."""
    practice = practised(prepare=1, correction=2, deficient=0.3, pace="{uniform: [0.4, 1]}")
    return reformed(CHANCE, *reforms, cases=cases, practice=practice, targets=targets,
                    attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip


def once(prepared: Prepared, seed: int = 1, number: int = 0) -> Replication:
    """One replication."""
    return replicate(prepared, derived_staff(prepared), seed, number)


def test_a_case_is_one_row_with_its_number_its_attributes_its_moments_and_every_measure() -> None:
    """Rows are in order of arrival."""
    table = once(chance("{reform: 一次性告知}")).variants["before"].cases["service"]
    assert list(table) == ["case", "large", *MOMENTS, *MEASURES]
    assert table["case"].tolist() == list(range(30))


def test_variants_share_the_luck_of_what_a_reform_does_not_touch() -> None:
    """Step c goes; the days that a and b took each case, with all their failures and corrections, are the same."""
    found = once(chance("{reform: 取消, steps: [c]}")).variants
    assert np.unique(found["before"].cases["service"]["counted_days"]).size > 20
    for clock in ("office", "calendar"):
        shared = [found[v].split["service"].set_index(["node", "category"])[clock] for v in ("before", "after")]
        first, second = (s[s.index.get_level_values("node").isin(["a"])] for s in shared)
        assert first.to_dict() == second.to_dict()


def test_a_reform_that_touches_nothing_of_a_case_leaves_it_as_it_was() -> None:
    """Only large cases may promise in c; all small ones are the same before and after, to the last digit."""
    promise = "{reform: 告知承诺, steps: [c], decide: ~0, uptake: 1, check_within: ~1, when: {large: true}}"
    found = once(chance(promise)).variants
    before, after = (found[v].cases["service"] for v in ("before", "after"))
    small = ~before["large"].to_numpy(dtype=bool)
    assert 5 < small.sum() < 25
    assert before[small].equals(after[small])
    assert (after["counted_days"][~small] < before["counted_days"][~small]).all()


def test_replications_and_seeds_differ_and_repeat() -> None:
    """The same seed and number give the same cases, another of either gives others."""
    prepared = chance("{reform: 一次性告知}")

    def days(seed: int, number: int) -> list[float]:
        found: list[float] = once(prepared, seed, number).variants["after"].cases["service"]["elapsed_days"].tolist()
        return found

    assert days(1, 0) == days(1, 0)
    assert len({tuple(days(s, n)) for s, n in ((1, 0), (1, 1), (2, 0), (0, 1))}) == 4


def test_the_split_is_in_days_per_case_and_sums_to_the_mean_case() -> None:
    """Of both clocks, by node, kind and category; each combination once."""
    variant = once(chance("{reform: 一窗受理, steps: [b, c], form: one}")).variants["after"]
    split, cases = variant.split["service"], variant.cases["service"]
    assert list(split) == ["node", "kind", "category", "office", "calendar"]
    assert not split.duplicated(["node", "kind", "category"]).any()
    assert set(zip(split["node"], split["kind"], strict=True)) == {
        ("a", "approval"), ("form:one", "submission"), ("b", "approval"), ("c", "approval"),
    }  # fmt: skip
    assert split["office"].sum() == pytest.approx(cases["elapsed_days"].mean(), rel=1e-12)
    assert split["calendar"].sum() == pytest.approx(cases["calendar_days"].mean(), rel=1e-12)


def test_a_split_tells_where_the_days_go() -> None:
    """6 hours of work and 18 of circulation, 2 days of preparing with the night between, 3 nights off duty."""
    steps = "  a: {needs: [form, plan], limit: {statutory: ~3}, work: ~6h}"
    prepared = reformed(steps, "{reform: 一次性告知}", practice=practised(prepare=1), place=staffed("officers"))
    split = once(prepared).variants["before"].split["service"]
    rows = {row.category: (round(row.office, 9), round(row.calendar * 24, 9)) for row in split.itertuples()}
    # Monday and Tuesday to prepare; from Tuesday 17:00 on the officer is off duty, works on Wednesday from
    # 09:00 to 15:00, and the file circulates until Friday 17:00.
    assert rows == {"applicant": (2, 32), "off_duty": (0, 16 * 3), "work": (0.75, 6), "circulation": (2.25, 18)}


def test_a_target_is_known_of_its_variant_and_of_the_first() -> None:
    """T1 pools both processes, 10 and 4 days before, 5 and 4 after; T2 is of the other one alone."""
    shorten = "{reform: 限时办结, compression: 0.5, process: service, source: guess}"
    other = GOAL.replace("T1", "T2").replace("unit", "scope: {process: other}, unit")
    prepared = pair("  a: {limit: {statutory: ~10}}", "  z: {limit: {statutory: ~4}}", after=shorten,
                    targets=f"targets: [{GOAL}, {other}]")  # fmt: skip
    found, variants = [once(prepared), once(prepared)], ("before", "after")
    means = {t.id: [of_target(prepared, t, v, found).mean for v in variants] for t in prepared.scenario.targets}
    assert means == {"T1": [7, 4.5], "T2": [4, 4]}
    first, second = prepared.scenario.targets
    assert (subjects(first, prepared), subjects(second, prepared)) == (["service", "other"], ["other"])


def test_a_target_without_a_case_has_no_value() -> None:
    """Nobody fills in a form with fields."""
    prepared = chance("{reform: 一次性告知}", targets=f"targets: [{GOAL.replace('counted_days', 'prefilled_share')}]")
    (target,) = prepared.scenario.targets
    cases = known(once(prepared).variants["after"].values["T1"]["service"])
    assert math.isnan(statistic(target, [cases, cases]))


def test_the_cases_of_a_target_can_be_had_from_a_replication_played_by_hand() -> None:
    """The same cases as in the replication."""
    prepared = chance("{reform: 限时办结, compression: 0.5}", targets=f"targets: [{GOAL}]")
    tables, log = played(prepared, prepared.variants[1], derived_staff(prepared), Draws(1, 0))
    cases = cases_by_process(prepared.scenario.targets[0], prepared, all_records(tables, log))["service"]
    assert cases.tolist() == once(prepared).variants["after"].values["T1"]["service"].tolist()


def test_a_rush_in_one_process_slows_another_at_the_same_officer() -> None:
    """Five permits of a day's work each come at 00:01 to 00:05; the housing case of 00:01 waits for one, or none."""
    permit, housing = "  a: {limit: {statutory: ~1}, work: ~8h}", "  z: {limit: {statutory: ~1}, work: ~8h}"
    days = []
    for count in (1, 6):
        prepared = pair(permit, housing, cases=(5, 1), place=staffed("officers", count=count))
        found = once(prepared).variants["before"].cases
        days.append((found["service"]["elapsed_days"].tolist(), found["other"]["elapsed_days"].tolist()))
    assert days == [([1, 3, 4, 5, 6], [2]), ([1] * 5, [1])]


def test_each_process_has_its_own_table_and_split() -> None:
    """Nodes and cases of one do not turn up in the other."""
    prepared = pair("  a: {limit: {statutory: ~10}}", "  z: {limit: {statutory: ~4}}", cases=(3, 2))
    run = once(prepared).variants["before"]
    assert {p: t["counted_days"].tolist() for p, t in run.cases.items()} == {"service": [10] * 3, "other": [4] * 2}
    assert {p: set(s["node"]) for p, s in run.split.items()} == {"service": {"a"}, "other": {"z"}}


@pytest.mark.parametrize(
    ("statistic", "value"),
    # 10 days become 5 and 4 become 4: halved and nothing; 14 become 9 in all.
    [("mean_reduction", (0.5 + 0) / 2), ("total_reduction", 5 / 14)],
)
def test_a_reduction_over_several_processes(statistic: str, value: float) -> None:
    """The mean of their reductions, or the reduction of their sum."""
    shorten = "{reform: 限时办结, compression: 0.5, process: service, source: guess}"
    target = GOAL.replace("at_most: 5", f"at_least: 0.2, statistic: {statistic}")
    prepared = pair("  a: {limit: {statutory: ~10}}", "  z: {limit: {statutory: ~4}}", cases=(3, 2),
                    after=shorten, targets=f"targets: [{target}]")  # fmt: skip
    (found,) = compare(prepared, runs=2).targets
    assert found.estimate.mean == pytest.approx(value)
    assert (found.processes, found.verdict) == (("service", "other"), "met")


@pytest.mark.parametrize("workers", [1, 2])
def test_replications_come_in_order_from_any_number_of_workers(workers: int) -> None:
    """Numbers 3, 1, 2 as asked for, each the same as made alone."""
    prepared = chance("{reform: 一次性告知}", cases=5)
    staff = derived_staff(prepared)
    with runner(prepared, staff, 1, workers) as run:
        found = list(run([3, 1, 2]))
    assert [r.number for r in found] == [3, 1, 2]
    for replication in found:
        alone = replicate(prepared, staff, 1, replication.number)
        assert all(alone.variants[v].cases["service"].equals(replication.variants[v].cases["service"])
                   for v in ("before", "after"))  # fmt: skip
