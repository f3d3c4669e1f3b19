"""Queues whose answers are known, played by the real engine from real specs."""

from __future__ import annotations

from heapq import heapreplace
from math import factorial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import t as student

from sim.records.log import ACTIVITY, ATTEMPT, CASE, Log
from sim.records.tables import Tables
from sim.scenario.prepared import Prepared

from . import identities
from .small import frame, log_of, scenario, service, staffed, trace, world

FOLDER = Path(__file__).parent / "benchmark"
NETWORK, POOLS = "reference_network", "five_pools"
Floats = NDArray[np.float64]
Played = tuple[Tables, Log]
SERVE = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {minutes: @minutes, source: guess}}\n"


def one_queue(officers: int, between: str, work: str, cases: int, warm_up: int = 0) -> Prepared:
    """One step at one desk that is always open."""
    question = scenario(cases, f"every_minutes: {between}", warm_up=warm_up)
    return world(service(SERVE.replace("@minutes", work)), question, staffed(desk=officers))


def replications(prepared: Prepared, count: int) -> list[Played]:
    """The first replications of seed 1, each held against the identities."""
    found = [log_of(prepared, replication=number) for number in range(count)]
    for tables, log in found:
        identities.check(tables, log)
    return found


def measured(played: Played) -> pd.DataFrame:
    """The measured cases' pieces of work: run, case, pool, when they were queued, started and ended."""
    tables, log = played
    work = frame(log.activities, ACTIVITY).merge(frame(log.attempts, ATTEMPT)[["attempt", "case"]], on="attempt")
    return work[(work["pool"] >= 0) & (work["case"] >= tables.arrivals[0].warm_up)]


def waits(played: Played) -> Floats:
    """Minutes that each piece of work waited for an officer."""
    work = measured(played)
    return np.asarray((work["started"] - work["queued"]) / 60)


def spans(played: Played, refused: int = 0) -> Floats:
    """Minutes from arrival to end of the measured cases that were, or were not, refused."""
    tables, log = played
    cases = frame(log.cases, CASE)
    chosen = cases[(cases["case"] >= tables.arrivals[0].warm_up) & (cases["refused"] == refused)]
    return np.asarray((chosen["finished"] - chosen["arrived"]) / 60)


def assert_mean(found: list[float], exact: float, within: float) -> None:
    """The exact mean lies in the 99.9 % interval of the replications, which is no wider than stated."""
    half = student.ppf(0.9995, len(found) - 1) * np.std(found, ddof=1) / len(found) ** 0.5
    assert half < within * exact
    assert np.mean(found) == pytest.approx(exact, abs=half)


def erlang_c(load: float, officers: int) -> float:
    """Share of the cases that wait in M/M/c with so much load in Erlang."""
    last = load**officers / factorial(officers) / (1 - load / officers)
    return last / (sum(load**k / factorial(k) for k in range(officers)) + last)


def mean_wait(between: float, work: float, officers: int) -> float:
    """Mean wait in M/M/c."""
    load = work / between
    return erlang_c(load, officers) * work / (officers - load)


@pytest.mark.parametrize("officers", [1, 2, 3, 4, 5])
def test_the_waits_are_those_of_erlang_c(officers: int) -> None:
    """X1: M/M/c at 60 % load: as many cases wait, and on average as long, as Erlang C says."""
    work, load = 10.0, 0.6 * officers
    between = f"{{exponential: {work / load!r}}}"
    found = replications(one_queue(officers, between, f"{{exponential: {work}}}", 1000 + 1000 * officers, 200), 20)
    assert_mean([float(np.mean(waits(r) > 0)) for r in found], erlang_c(load, officers), 0.10)
    assert_mean([float(np.mean(waits(r))) for r in found], mean_wait(work / load, work, officers), 0.20)


def test_nine_cases_an_hour_of_five_minutes_each_wait_a_quarter_of_an_hour() -> None:
    """X1: M/M/1 with 9/h and 5 min: Wq = ρ/(1-ρ)·5 min = 15 min."""
    found = replications(one_queue(1, "{exponential: 6.666666666666667}", "{exponential: 5}", 8000, 500), 20)
    assert mean_wait(60 / 9, 5, 1) == pytest.approx(15)
    assert_mean([float(np.mean(waits(r))) for r in found], 15, 0.15)


@pytest.mark.parametrize("officers", [1, 2, 3, 4, 5])
def test_every_case_starts_when_the_first_officer_is_free(officers: int) -> None:
    """G/G/c, exactly: a case starts at its arrival or when, of those before it, one officer first is free."""
    between = f"{{exponential: {10 / officers}}}"
    tables, log = log_of(one_queue(officers, between, "{lognormal: [8, 20]}", 3000))
    (serve,) = [line for line in tables.flows[0].program(0, 0).lines if line.seconds.any()]
    free, starts = [0] * officers, []
    for arrival, seconds in zip(tables.arrivals[0].times, serve.seconds, strict=True):
        starts.append(max(arrival, free[0]))
        heapreplace(free, starts[-1] + seconds)
    assert sorted(frame(log.activities, ACTIVITY)["started"]) == starts


def test_fixed_times_halve_the_wait() -> None:
    """X5: M/D/1, ρ = 0.7, service 1: Wq = ρ/2(1-ρ) = 1.1667; here in units of 10 minutes."""
    found = replications(one_queue(1, "{exponential: 14.285714285714286}", "10", 8000, 500), 20)
    exact = 0.7 / (2 * (1 - 0.7))
    assert exact == pytest.approx(1.1667, abs=5e-5)
    assert_mean([float(np.mean(waits(r))) / 10 for r in found], exact, 0.07)


def test_seven_calls_and_two_officers() -> None:
    """X3: a call every 2 minutes, 10 minutes each: waits 0, 0, 6, 6, 12, 12, 18, all over after 40."""
    tables, log = log_of(one_queue(2, "2", "10", 7))
    identities.check(tables, log)
    assert waits((tables, log)).tolist() == [0, 0, 6, 6, 12, 12, 18]
    assert (tables.arrivals[0].times[0], log.end) == (2 * 60, 42 * 60)


FORK_JOIN = """
  left: {name: {zh: 左, en: Left}, at: one, work: {minutes: {exponential: 60}, source: guess}}
  right: {name: {zh: 右, en: Right}, at: other, work: {minutes: {exponential: 60}, source: guess}}
"""


def test_two_parallel_queues_are_joined() -> None:
    """X7: two-way fork–join of M/M/1, ρ = 0.7, μ = 1/h: (12-ρ)/8/(μ-λ) = 4.708 h (Nelson and Tantawi 1988)."""
    question = scenario(8000, "every_minutes: {exponential: 85.71428571428571}", warm_up=500)
    found = replications(world(service(FORK_JOIN), question, staffed(one=1, other=1)), 20)
    exact = (12 - 0.7) / 8 / (1 - 0.7)
    assert exact == pytest.approx(4.708, abs=5e-4)
    assert_mean([float(np.mean(spans(r))) / 60 for r in found], exact, 0.08)


# -- the reference network ------------------------------------------------------------------------

OFFICERS = (3, 2, 4, 2, 5)
POOL_WAITS = (4.9948, 13.4510, 6.2512, 9.6078, 4.4081)


def jackson(rate: float, visits: Floats, work: Floats) -> tuple[Floats, float]:
    """Mean waits at the pools, and the mean cycle time, of the network as an open Jackson network."""
    waiting = [mean_wait(1 / (rate * v), w, c) for v, w, c in zip(visits, work, OFFICERS, strict=True)]
    return np.array(waiting), float(np.dot(visits, waiting + work))


def drawn(played: Played) -> tuple[float, Floats, Floats]:
    """Rate of arrivals, visits to each pool and mean work there, as they were drawn."""
    tables, log = played
    times = tables.arrivals[0].times
    work = frame(log.activities, ACTIVITY).groupby("pool")["busy"]
    return len(times) / times[-1] * 60, work.size().to_numpy() / len(times), work.mean().to_numpy() / 60


def test_the_reference_network_is_a_jackson_network() -> None:
    """X2: mean cycle time 169.2082 min within 1 %, waits at the pools within 5 %.

    Six replications of 20,000 cases leave standard errors of 0.35 % and 2 % when the part of the error that
    comes from rates drawn higher or lower than meant is taken out by the closed form at the rates drawn.
    """
    process, place = (FOLDER.joinpath(f"{name}.yaml").read_text("utf-8") for name in (NETWORK, POOLS))
    demand = scenario(22000, "every_minutes: {exponential: 10}", warm_up=2000, process=NETWORK, place=POOLS)
    visits = np.array([2.3, 1.0, 1.6, 1.4, 2.0])
    exact_waits, exact_cycle = jackson(0.1, visits, 0.7 * np.array(OFFICERS) / (0.1 * visits))
    assert exact_waits.round(4).tolist() == list(POOL_WAITS)
    assert round(exact_cycle, 4) == 169.2082
    waiting, cycle = [], []
    for played in replications(world(process, demand, place), 6):
        expected_waits, expected_cycle = jackson(*drawn(played))
        work = measured(played)
        found = (work["started"] - work["queued"]).groupby(work["pool"]).mean().to_numpy() / 60
        waiting.append(found * exact_waits / expected_waits)
        cycle.append(np.mean(spans(played)) * exact_cycle / expected_cycle)
    assert np.mean(cycle) == pytest.approx(169.2082, rel=0.01)
    assert np.mean(waiting, axis=0) == pytest.approx(np.array(POOL_WAITS), rel=0.05)


# -- three desks in a row and side by side --------------------------------------------------------


def desks(second: str, third: str) -> Prepared:
    """Three desks of eight that refuse 30, 20 and 10 % of the cases, of which one comes every minute."""
    steps = f"""
  first: {{name: {{zh: 甲, en: First}}, at: one,
    work: {{minutes: {{uniform: [2, 5]}}, source: guess}}, refused: {{share: 0.3, source: guess}}}}
  second: {{name: {{zh: 乙, en: Second}}, at: two, after: {second},
    work: {{minutes: {{uniform: [5, 7]}}, source: guess}}, refused: {{share: 0.2, source: guess}}}}
  third: {{name: {{zh: 丙, en: Third}}, at: three, after: {third},
    work: {{minutes: {{uniform: [5, 10]}}, source: guess}}, refused: {{share: 0.1, source: guess}}}}
"""
    return world(service(steps), scenario(6000, "every_minutes: 1", warm_up=1000), staffed(one=8, two=8, three=8))


def test_refusals_are_quick_in_series() -> None:
    """X9: 3.5 + 6 + 7.5 = 17.0 min when approved; refused .3·3.5 + .14·9.5 + .056·17 over .496 = 6.718 min."""
    found = replications(desks("{first: order}", "{second: order}"), 12)
    assert_mean([float(np.mean(spans(r))) for r in found], 17.0, 0.006)
    exact = (0.3 * 3.5 + 0.7 * 0.2 * 9.5 + 0.7 * 0.8 * 0.1 * 17) / (1 - 0.7 * 0.8 * 0.9)
    assert exact == pytest.approx(6.718, abs=5e-4)
    assert_mean([float(np.mean(spans(r, refused=1))) for r in found], exact, 0.03)


def test_parallel_review_makes_refusals_slower() -> None:
    """X9: side by side approved and refused cases both take 7.87 min, for what runs is finished.

    Without queues it would be E max = 10 - 4/15 - 21/10 = 7.633; the third desk now sees every case and is 94 %
    busy. The standard error of 60,000 cases is 0.01 min.
    """
    found = replications(desks("{}", "{}"), 12)
    approved, refused = (float(np.mean([np.mean(spans(r, refused=no)) for r in found])) for no in (0, 1))
    assert (approved, refused) == pytest.approx((7.87, 7.87), abs=0.03)
    assert refused - approved == pytest.approx(0, abs=0.03)


# -- what others got wrong ------------------------------------------------------------------------


def test_nobody_waits_for_urgent_cases_of_the_future() -> None:
    """D1: one officer at 17 % load and half the cases urgent, spaced wider than the work: nobody waits."""
    more = "attributes: {hurry: {share: 0.5, source: guess}}\nurgent: {hurry: true}"
    spec = service(SERVE.replace("@minutes", "10"), more)
    played = log_of(world(spec, scenario(500, "every_minutes: 60"), staffed(desk=1)))
    identities.check(*played)
    urgent = played[0].arrivals[0].urgent
    assert urgent is not None
    assert 200 < sum(urgent) < 300
    assert waits(played).tolist() == [0] * 500


TWO_SHIFTS = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["00:00-24:00"], days: every_day, source: guess}
  mondays: {periods: ["00:00-24:00"], days: [mon], source: guess}
  other_days: {periods: ["00:00-24:00"], days: [tue, wed, thu, fri], source: guess}
departments:
  desk:
    name: {zh: 窗口, en: Desk}
    staff:
      officers: [{count: 1, hours: mondays, source: guess}, {count: 1, hours: other_days, source: guess}]
"""


def test_whoever_can_start_first_serves() -> None:
    """D2: one officer works on Mondays, another from Tuesday to Friday: mean wait 12.5 h, not 16.6 h.

    The setting behind the published figures is not known; this one gives both by hand. From Friday noon on 96 cases
    come, one every 3 hours, of one hour each. The k-th of the 16 of a weekend starts k hours into Monday and waits
    48 - 2k h, those of Monday find 16 before them and wait 16 - 2j h: 600 h over each of two weekends, 1200/96 = 12.5.
    If each case were given to the officer idle for longest, whatever the weekday, it would be 16.6 h.
    """
    question = scenario(99, "every_minutes: 180", start="2024-03-08", warm_up=3)
    played = log_of(world(service(SERVE.replace("@minutes", "60")), question, TWO_SHIFTS))
    identities.check(*played)
    assert waits(played).mean() == 12.5 * 60
    weekend = [48 - 2 * k for k in range(16)] + [16 - 2 * j for j in range(8)]
    assert (waits(played) / 60).tolist() == [0] * 4 + weekend + [0] * 32 + weekend + [0] * 12


def test_one_case_with_one_task() -> None:
    """D3: a single case with a single task runs."""
    played = log_of(one_queue(1, "10", "10", 1))
    identities.check(*played)
    assert trace(*played) == ["0 serve work 10 10 20"]
