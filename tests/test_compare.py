"""From replications to estimates, verdicts and differences."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.depth import RARE, SHOWN, Depth
from sim.analysis.estimate import Estimate
from sim.analysis.intervals import mean, quantile
from sim.analysis.looks import level_at, looks
from sim.analysis.pooled import of_target
from sim.analysis.replications import replicate
from sim.analysis.summary import Summary
from sim.analysis.verdict import TargetResult, judge
from sim.core.errors import SpecError
from sim.engine.staffing import derived_staff
from sim.report.results import results
from sim.report.screen.console import console
from sim.report.screen.printed import print_comparison
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target

from .services import filled, practised, reformed, staffed
from .small import NONSTOP, scenario, service, world

BUSY = """
  a: {needs: [form, plan], limit: {statutory: ~10}, work: ~8h}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~8}, fails: {rate: 0.3, correction: ~2, source: guess}}
"""
FASTER = "{reform: 限时办结, steps: [b], committed: ~3}"
GOAL = "{id: T1, name: {zh: 目标, en: Goal}, measure: counted_days, unit: 工作日, source: guess, at_most: 5}"


def goal(**fields: Any) -> Target:
    """A target of at most 5 working days, or as said."""
    bound = {} if "at_least" in fields else {"at_most": 5.0}
    name = {"zh": "目标", "en": "Goal"}
    written = {"id": "T1", "name": name, "measure": "counted_days", "unit": "工作日", "source": "guess"}
    return Target.model_validate(written | bound | fields)


def busy(cases: int = 12, targets: str = "", runs: str = "runs: {least: 3, most: 8}") -> Prepared:
    """Cases that come at random, queue for two officers, are deficient and fail at random."""
    practice = practised(prepare=1, correction=2, deficient=0.3, check=15, pace="{uniform: [0.4, 1]}")
    return reformed(BUSY, FASTER, cases=cases, demand="per_year: 400", place=staffed("officers", count=2),
                    practice=practice, targets=targets, runs=runs)  # fmt: skip


def result(low: float, high: float, **fields: Any) -> TargetResult:
    """A target found in an interval; the baseline is far above it."""
    target, found = goal(**fields), Estimate((low + high) / 2, low, high, 10)
    return TargetResult(target, ("service",), found, judge(target, found), Estimate(90, 89, 91, 10), found)


# -- the calendar ---------------------------------------------------------------------------------------


WORKS = "  works: {name: {zh: 施工, en: Works}, kind: construction, duration: {calendar_days: 400, source: guess}}"


@pytest.mark.parametrize(
    ("start", "years"), [("2024-03-04", ()), ("2025-11-25", ()), ("2026-01-05", (2027,)), ("2026-12-07", (2027, 2028))]
)
def test_a_comparison_names_the_projected_years_it_used(start: str, years: tuple[int, ...]) -> None:
    """Works of 400 days reach into them, or the year over which demand is reckoned does; results and screen tell."""
    found = compare(world(service(WORKS), scenario(1, "per_year: 400", start=start)), runs=2)
    screen = console(io.StringIO(), 200)
    print_comparison(screen, found, {}, "en")
    line = f"The holidays of {', '.join(map(str, years))} are not announced yet"
    assert found.projected_years == years
    assert results(found, {}).projected_years == years
    assert (line in screen.file.getvalue()) == bool(years)  # type: ignore[attr-defined]


def test_a_place_that_never_closes_may_outlast_the_calendar() -> None:
    """Works of up to 20 years need no calendar there; the projected years named are all that it has."""
    works = WORKS.replace("400", "{uniform: [0, 7300]}")
    found = compare(world(service(works), scenario(9, "per_year: 400", start="2049-11-25"), NONSTOP), runs=2)
    assert found.projected_years == tuple(range(2049, 2061))


def test_a_run_that_leaves_the_calendar_says_so_at_the_start_of_the_scenario() -> None:
    """Which case lasts too long only the run can know; the date it started from is in line 5."""
    works = WORKS.replace("400", "{uniform: [0, 7300]}")
    end = "  end: {name: {zh: 结, en: End}, kind: applicant, after: {works: nature}, duration: ~1}"
    prepared = world(service(filled(f"{works}\n{end}")), scenario(9, "per_year: 400", start="2049-11-25"))
    with pytest.raises(SpecError) as error:
        compare(prepared, runs=2)
    (fault,) = error.value.faults
    assert str(fault) == (
        "scenario.yaml:5: start: a case would run out of the calendar: 2063-08-11 is outside the calendar, which knows "
        "2004 to 2060; start earlier, or look for queues without end"
    )


# -- estimates and verdicts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "at_most", "at_least"),
    [
        (3, 4.9, "met", "missed"),
        (3, 5, "met", "undecided"),
        (5, 5, "met", "met"),
        (4.9, 5.1, "undecided", "undecided"),
        (5, 6, "undecided", "met"),
        (5.1, 6, "missed", "met"),
        (-math.inf, math.inf, "undecided", "undecided"),
        (5 - 1e-12, 5 + 1e-12, "met", "met"),
    ],
)
def test_a_verdict_is_on_the_whole_interval(low: float, high: float, at_most: str, at_least: str) -> None:
    """Met when all of it meets the bound, the bound itself included; missed when none of it does."""
    found = Estimate((low + high) / 2, low, high, 10)
    assert judge(goal(at_most=5.0), found) == at_most
    assert judge(goal(at_least=5.0), found) == at_least


@pytest.mark.parametrize(
    ("low", "high", "exact", "nearly"),
    [
        (12, 12, "met", "met"),
        (11.9, 12.1, "undecided", "met"),
        (11.5, 12.5, "undecided", "met"),
        (11.4, 12.1, "undecided", "undecided"),
        (12.1, 12.4, "missed", "met"),
        (12.4, 12.9, "missed", "undecided"),
        (12.6, 12.9, "missed", "missed"),
        (11, 11.4, "missed", "missed"),
        (-math.inf, math.inf, "undecided", "undecided"),
    ],
)
def test_a_total_is_given_back_where_the_interval_lies_on_it(low: float, high: float, exact: str, nearly: str) -> None:
    """12 days, exactly or give or take half a day: met when the whole interval is, missed when nothing of it is."""
    found = Estimate((low + high) / 2, low, high, 10)
    total = {"at_most": None, "equals": 12.0}
    assert (judge(goal(**total), found), judge(goal(**total, tolerance=0.5), found)) == (exact, nearly)


@pytest.mark.parametrize(
    ("low", "high", "record", "wanted"),
    [
        (3, 4, {}, True), (4, 6, {}, False), (6, 7, {}, False),
        (3, 4, {"known_miss": "为何"}, False), (4, 6, {"known_miss": "为何"}, False),
        (6, 7, {"known_miss": "为何"}, True),
        (3, 4, {"known_undecided": "为何"}, False), (4, 6, {"known_undecided": "为何"}, True),
        (6, 7, {"known_undecided": "为何"}, False),
    ],
)  # fmt: skip
def test_what_is_on_record_must_stay_so(low: float, high: float, record: dict[str, str], wanted: bool) -> None:
    """Met is wanted where nothing is on record, else what is."""
    assert result(low, high, **record).as_wanted is wanted


def test_the_residual_is_what_the_model_finds_minus_what_was_published() -> None:
    """6.5 days against at most 5; 3 against at least 5."""
    assert (result(6, 7).residual, result(2, 4, at_least=5.0).residual) == (1.5, -2)


def test_a_target_that_the_baseline_meets_is_told_apart() -> None:
    """At most 5 days is nothing to be proud of where it was so before."""
    found = Estimate(3, 3, 3, 10)
    assert not result(3, 4).met_before
    assert TargetResult(goal(), ("service",), found, "met", Estimate(4, 3.5, 4.5, 10), found).met_before
    assert not TargetResult(goal(), ("service",), found, "met", Estimate(4, 3.5, 5.5, 10), found).met_before


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.9949, 1, "undecided"), (0.9951, 1, "met"), (0.98, 1, "undecided"), (0.9951, 0.9999, "missed"), (1, 1, "met")],
)
def test_all_cases_are_met_where_none_of_very_many_was_an_exception(low: float, high: float, verdict: str) -> None:
    """One exception misses it; without one, fewer than half a percent of those to come may be; so it is with none."""
    every = goal(measure="on_time_share", unit="%", at_least=1.0)
    none = goal(measure="revoked_share", unit="%", at_most=0.0)
    assert judge(every, Estimate((low + high) / 2, low, high, 10)) == verdict
    assert judge(none, Estimate(1 - (low + high) / 2, 1 - high, 1 - low, 10)) == verdict
    assert judge(goal(measure="on_time_share", unit="%", at_least=0.9951), Estimate(1, 0.995, 1, 10)) == "undecided"
    alike = goal(measure="on_time_share", unit="%", at_most=None, equals=1.0)
    assert judge(alike, Estimate((low + high) / 2, low, high, 10)) == verdict


# -- how many replications ------------------------------------------------------------------------------


def sure(targets: str = "", runs: str = "runs: {least: 3, most: 8}") -> Prepared:
    """A service of 20 and, after the reform, 4 days, without any chance."""
    return reformed("  b: {limit: {statutory: ~20}}", FASTER.replace("~3", "~4"), targets=targets, runs=runs)


def told(prepared: Prepared, **more: Any) -> tuple[Comparison, list[tuple[int, int]]]:
    """The comparison, and what its progress was told."""
    steps: list[tuple[int, int]] = []
    found = compare(prepared, progress=lambda done, most: steps.append((done, most)), **more)
    return found, steps


@pytest.mark.parametrize(
    ("targets", "verdicts"),
    [
        ("", []),
        (f"targets: [{GOAL}]", ["met"]),
        (f"targets: [{GOAL.replace('at_most: 5', 'at_most: 3')}]", ["missed"]),
    ],
)
def test_decided_verdicts_need_no_more_than_the_least_replications(targets: str, verdicts: list[str]) -> None:
    """Nothing to decide, a sure hit and a sure miss all stop at once."""
    found, steps = told(sure(targets))
    assert (found.runs, [t.verdict for t in found.targets]) == ({"before": 3, "after": 3}, verdicts)
    assert steps == [(1, 8), (2, 8), (3, 8)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_done_meanwhile_is_done_before_the_first_replication_is_told(workers: int) -> None:
    """Once for each look, whoever plays."""
    steps: list[object] = []
    found = compare(sure(""), workers=workers, progress=lambda *done: steps.append(done),
                    meanwhile=lambda: steps.append("meanwhile"))  # fmt: skip
    assert steps == ["meanwhile", (1, 8), (2, 8), (3, 8)]
    assert found.most_runs == 3


def test_an_undecided_verdict_runs_to_the_budget_and_not_beyond() -> None:
    """No form has fields, so the prefilled share is never known: 3, 6, 8 replications."""
    unknown = GOAL.replace("counted_days", "prefilled_share").replace("at_most", "at_least")
    found, steps = told(sure(f"targets: [{unknown}]"))
    assert (found.runs["after"], found.targets[0].verdict, len(steps), steps[-1]) == (8, "undecided", 8, (8, 8))
    assert math.isnan(found.targets[0].estimate.mean)


def test_a_variant_is_played_again_only_while_a_verdict_of_its_own_is_open() -> None:
    """The others rest: what they came to is that of fewer replications, and so is every difference to them."""
    unknown = GOAL.replace("counted_days", "prefilled_share").replace("at_most", "at_least")
    found = compare(busy(targets=f"targets: [{unknown}]", runs="runs: {least: 3, most: 8}"))
    few, many = compare(busy(), runs=3), compare(busy(), runs=8)
    assert found.runs == {"before": 3, "after": 8}
    assert found.cases.groupby("variant")["replication"].nunique().to_dict() == found.runs
    for measure in ("counted_days", "elapsed_days", "on_time_share"):
        before, after = (found.of(variant, "service", measure) for variant in found.runs)
        assert figures(before) == figures(few.of("before", "service", measure))
        assert (after.mean, after.p90) == ((whole := many.of("after", "service", measure)).mean, whole.p90)
        assert after.difference == few.of("after", "service", measure).difference
    assert (found.utilisation["before"], found.utilisation["after"]) == (
        few.utilisation["before"], many.utilisation["after"],
    )  # fmt: skip


def test_a_verdict_against_the_first_variant_has_both_played_again() -> None:
    """By how much a reform cuts something is known only as well as both variants are."""
    cut = GOAL.replace("counted_days", "prefilled_share, statistic: mean_reduction").replace(
        "at_most: 5", "at_least: 0.5"
    )
    found = compare(busy(targets=f"targets: [{cut}]", runs="runs: {least: 3, most: 8}"))
    assert found.runs == {"before": 8, "after": 8}


def test_replications_are_added_until_the_verdict_is_decided() -> None:
    """A bound just inside the interval of the first three is undecided then, and decided when it stops."""
    first = compare(busy(), runs=3).of("after", "service", "counted_days").mean
    close = GOAL.replace("at_most: 5", f"at_most: {first.low + (first.mean - first.low) / 10}")
    prepared = busy(targets=f"targets: [{close}]", runs="runs: {least: 3, most: 60}")
    found = compare(prepared)
    assert found.most_runs in range(6, 60, 3)
    (target,) = found.targets
    assert target.verdict != "undecided"
    staff, before = derived_staff(prepared), found.most_runs - 3
    earlier = [replicate(prepared, staff, 1, n) for n in range(before)]
    level = level_at(before, looks(3, 60))
    assert judge(target.target, of_target(prepared, target.target, "after", earlier, level)) == "undecided"
    assert target.judged_on.level == level_at(found.most_runs, looks(3, 60))


def test_a_verdict_takes_more_than_the_interval_that_is_printed() -> None:
    """A bound just outside the 95 % interval of the first three is undecided then: there are looks to come."""
    first = compare(busy(), runs=3).of("after", "service", "counted_days").mean
    close = GOAL.replace("at_most: 5", f"at_most: {first.high + 0.001}")
    prepared = busy(targets=f"targets: [{close}]", runs="runs: {least: 3, most: 60}")
    assert [t.verdict for t in compare(prepared, runs=3).targets] == ["met"]
    assert compare(prepared).runs["after"] > 3


def test_a_stated_number_of_replications_is_kept_whatever_the_verdicts() -> None:
    """5 of a scenario that would stop at 3, and of one that would go on to 8."""
    unknown = GOAL.replace("counted_days", "prefilled_share")
    assert [told(sure(f"targets: [{t}]"), runs=5)[0].runs for t in (GOAL, unknown)] == [{"before": 5, "after": 5}] * 2


# -- the same answer ------------------------------------------------------------------------------------


def same(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons found the same."""
    frames = [one.cases.equals(other.cases)] + [
        one.split[v][p].equals(other.split[v][p]) for v in one.split for p in one.split[v]
    ]
    statistics = [
        [[figures(found) for found in processes["service"].values()] for processes in each.statistics.values()]
        for each in (one, other)
    ]
    return all(frames) and statistics[0] == statistics[1] and one.targets == other.targets


def figures(found: Summary) -> str:
    """All that is told of a measure; text, for what is not known is not equal to itself."""
    told = found.mean, found.p50, found.p90, found.deviation, found.minimum, found.maximum, found.difference
    return repr(told)


def test_the_same_seed_gives_the_same_answer_whatever_the_number_of_workers() -> None:
    """Every case, every statistic, every verdict; another seed gives other cases."""
    prepared = busy(targets=f"targets: [{GOAL}]")
    one = compare(prepared, seed=7)
    assert same(one, compare(prepared, seed=7))
    assert same(one, compare(prepared, seed=7, workers=2))
    other = compare(prepared, seed=8)
    assert not same(one, other)
    assert not np.array_equal(one.cases["elapsed_days"], other.cases["elapsed_days"])


def test_a_glance_tells_what_the_whole_tells_of_the_same() -> None:
    """Verdicts, months, warm-up and the measures of the table on the screen; the rest is not kept."""
    prepared = busy(targets=f"targets: [{GOAL}, {GOAL.replace('T1', 'T2').replace('counted', 'statutory')}]")
    glance, whole = (compare(prepared, runs=3, depth=depth) for depth in (Depth.GLANCE, Depth.FIGURES))
    assert (glance.targets, glance.months, glance.own) == (whole.targets, whole.months, whole.own)
    assert repr(glance.warming) == repr(whole.warming)
    for variant in ("before", "after"):
        told = glance.statistics[variant]["service"]
        assert {*SHOWN, *RARE} < set(told) < set(whole.statistics[variant]["service"])
        assert {m: figures(told[m]) for m in told} == {m: figures(whole.of(variant, "service", m)) for m in told}
        assert list(glance.tables[variant]["service"][0]) == ["case", "arrived", *told]
        assert (glance.split[variant], glance.utilisation[variant]) == ({}, {})


def test_an_interrupted_comparison_keeps_what_is_finished() -> None:
    """Stopped at the fourth replication it compares four; stopped at the first it cannot."""

    def stop(at: int) -> Comparison:
        def progress(done: int, most: int) -> None:
            if done == at:
                raise KeyboardInterrupt

        return compare(busy(), runs=8, progress=progress)

    found = stop(4)
    assert (found.interrupted, found.most_runs, found.cases["replication"].nunique()) == (True, 4, 4)
    assert not compare(busy(), runs=2).interrupted
    with pytest.raises(KeyboardInterrupt):
        stop(1)


# -- what is compared -----------------------------------------------------------------------------------


def test_the_difference_is_paired_by_replication() -> None:
    """Leaving out a step of 5 days saves 5 days in every replication, though each takes another time."""
    steps = BUSY + "  c: {after: {b: order}, duration: ~5, kind: agency}\n"
    prepared = reformed(steps, "{reform: 取消, steps: [c]}", cases=12, demand="per_year: 400",
                        practice=practised(1, 2, 0.3, pace="{uniform: [0.4, 1]}"))  # fmt: skip
    found = compare(prepared, runs=4)
    before, after = (found.of(v, "service", "elapsed_days") for v in ("before", "after"))
    assert before.difference is None
    assert after.difference is not None
    assert before.mean.high - before.mean.low > 1
    assert (after.difference.mean, after.difference.low, after.difference.high) == pytest.approx((-5, -5, -5))


def test_statistics_are_those_of_all_cases_together() -> None:
    """Mean, median and 90 % quantile of the cases of all replications, with intervals from between them."""
    found = compare(busy(), runs=3)
    for variant in ("before", "after"):
        cases = found.cases[found.cases["variant"] == variant]
        sample = [days.to_numpy() for _, days in cases.groupby("replication")["elapsed_days"]]
        measured = found.of(variant, "service", "elapsed_days")
        assert (measured.mean, measured.p50, measured.p90) == (
            mean(sample),
            quantile(sample, 0.5),
            quantile(sample, 0.9),
        )
        assert measured.p90.mean == pytest.approx(cases["elapsed_days"].quantile(0.9))
        told = [x.mean for x in (measured.deviation, measured.minimum, measured.maximum)]
        assert told == pytest.approx([f(cases["elapsed_days"]) for f in (np.std, np.min, np.max)])


def test_every_case_is_in_the_table_once_per_variant() -> None:
    """3 replications of 12 cases in two variants; the columns that say which come first."""
    found = compare(busy(), runs=3)
    assert list(found.cases)[:4] == ["variant", "process", "replication", "case"]
    keys = found.cases[["variant", "process", "replication", "case"]]
    assert keys.drop_duplicates().shape == keys.shape == (2 * 3 * 12, 4)


def test_both_variants_see_the_same_applicants() -> None:
    """The reform shortens b only, so papers and visits are the same case by case, and no case is slower."""
    found = compare(busy(), runs=3)
    before, after = (found.cases[found.cases["variant"] == v].reset_index(drop=True) for v in ("before", "after"))
    pd.testing.assert_frame_equal(before[["case", "materials", "trips"]], after[["case", "materials", "trips"]])
    assert (after["counted_days"] < before["counted_days"]).all()


def test_the_days_of_the_split_sum_to_the_mean_case() -> None:
    """Nothing is left over, over all replications together."""
    found = compare(busy(), runs=3)
    for variant in ("before", "after"):
        split, cases = found.split[variant]["service"], found.cases[found.cases["variant"] == variant]
        assert split["office"].sum() == pytest.approx(cases["elapsed_days"].mean(), rel=1e-9)
        assert split["calendar"].sum() == pytest.approx(cases["calendar_days"].mean(), rel=1e-9)


def test_utilisation_has_an_estimate_for_every_pool() -> None:
    """The bureau's officers work less once b is shorter; nobody sits at the hall's window."""
    found = compare(busy(), runs=3)
    assert set(found.utilisation["before"]) == {("bureau", "officers"), ("hall", "window")}
    assert 0 < found.utilisation["before"]["bureau", "officers"].mean < 1
    assert found.utilisation["before"]["hall", "window"] == Estimate(0, 0, 0, 3)


@pytest.mark.parametrize(
    ("statistic", "value"),
    [("mean", 7.5), ("p50", 7.5), ("p90", 9.5), ("deviation", 2.5), ("minimum", 5), ("maximum", 10),
     ("share_within, limit: 5", 0.5), ("share_within, limit: 4.9", 0)],
)  # fmt: skip
def test_a_target_is_held_against_its_statistic(statistic: str, value: float) -> None:
    """Of two cases, drawn so that one is large, one takes 5 days and the other 10."""
    target = GOAL.replace("at_most", f"statistic: {statistic}, at_most")
    steps = "  a: {when: {large: true}, limit: {statutory: ~10}}\n  b: {when: {large: false}, limit: {statutory: ~5}}"
    prepared = reformed(steps, "{reform: 一次性告知}", cases=2, targets=f"targets: [{target}]",
                        attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip
    staff = derived_staff(prepared)
    runs = (replicate(prepared, staff, 1, n) for n in range(20))
    large = ([True, False], [False, True])
    half = next(r for r in runs if r.variants["after"].cases["service"]["large"].tolist() in large)
    found = of_target(prepared, prepared.scenario.targets[0], "after", [half])
    assert (found.mean, found.runs) == (pytest.approx(value), 1)


def test_a_reduction_is_against_the_first_variant_in_the_scope_of_the_target() -> None:
    """20 days become 4: 0.8 less; of two steps only b is asked about, a's 6 days stay out."""
    steps = "  a: {limit: {statutory: ~6}}\n  b: {after: {a: order}, limit: {statutory: ~20}}"
    target = GOAL.replace("at_most: 5", "at_least: 0.8, statistic: mean_reduction, scope: {steps: [b]}")
    prepared = reformed(steps, FASTER.replace("~3", "~4"), targets=f"targets: [{target}]")
    (found,) = compare(prepared, runs=2).targets
    assert found.estimate.mean == pytest.approx(0.8)
    assert (found.verdict, found.baseline.mean, found.met_before) == ("met", 0, False)


def test_a_measure_that_was_nothing_has_no_reduction() -> None:
    """Nobody was ever refused."""
    target = GOAL.replace("counted_days", "refused_share").replace(
        "at_most: 5", "at_least: 0.8, statistic: total_reduction"
    )
    (found,) = compare(sure(f"targets: [{target}]"), runs=2).targets
    assert (math.isnan(found.estimate.mean), found.verdict) == (True, "undecided")
