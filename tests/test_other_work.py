"""Officers do other things besides the scenario's cases: files of their own, the same in every variant."""

from __future__ import annotations

from dataclasses import replace
from math import factorial

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.log import ACTIVITY
from sim.records.utilisation import utilisation
from sim.scenario.prepared import Prepared

from . import services
from .services import reformed
from .small import NONSTOP, PRACTICE, frame, plain, play, scenario, service, world

OTHERS = PRACTICE + "other_file: {hours: {exponential: 1}, source: guess}\n"
"""The general rule of the tests, with files of other matters of an hour on average."""
STEP = """
  a: {name: {zh: 办, en: Do}, at: desk, work: {hours: {exponential: 1}, source: guess}}
"""
NOTHING = "{reform: 一次性告知}"


def town(group: str, hours: str = 'periods: ["00:00-24:00"], days: every_day') -> str:
    """A place with one desk, whose officers are given as YAML; it never closes unless hours are given."""
    place = NONSTOP.replace('periods: ["00:00-24:00"], days: every_day', hours).replace("{}", "").rstrip()
    return f"{place}\n  desk: {{name: {{zh: 台, en: Desk}}, staff: {{officers: [{group}]}}}}\n"


def asked(group: str, demand: str, cases: int = 2000, warm_up: int = 200, practice: str = OTHERS) -> Prepared:
    """One step at the desk, day and night."""
    question = scenario(cases, demand, warm_up=warm_up, variants="  after: {name: {zh: 后, en: After}}")
    return world(service(STEP), question, town(group), practice)


def erlang_wait(officers: int, load: float, hours: float) -> float:
    """Mean wait of an M/M/c queue with so many Erlangs offered and so long a service (Erlang C)."""
    top = load**officers / factorial(officers) * officers / (officers - load)
    chance = top / (sum(load**k / factorial(k) for k in range(officers)) + top)
    return chance * hours / (officers - load)


def mean_wait(prepared: Prepared, replications: int, variant: int = 0) -> tuple[float, float]:
    """Mean hours of waiting, and the standard error of the mean."""
    waits = []
    for n in range(replications):
        found = play(prepared, variant, replication=n)
        served = found.activities[found.activities["pool"] >= 0]
        waits.append(float((served["started"] - served["queued"]).mean() / 3600))
    return float(np.mean(waits)), float(np.std(waits, ddof=1) / np.sqrt(len(waits)))


def stated(officers: int, other: float) -> str:
    """So many officers, busy with other matters for a share of their time."""
    return f"{{count: {officers}, other: {{share: {other}, source: guess}}, hours: office, source: guess}}"


@pytest.mark.parametrize(("officers", "other", "own"), [(1, 0.5, 0.25), (2, 0.35, 0.3), (4, 0.5, 0.25)])
def test_cases_wait_behind_other_files_as_erlang_says(officers: int, other: float, own: float) -> None:
    """Poisson cases and other files, both of an hour on average: an M/M/c queue with the load of the two together."""
    prepared = asked(stated(officers, other), f"every_minutes: {{exponential: {60 / (officers * own)}}}")
    found, error = mean_wait(prepared, 12)
    exact = erlang_wait(officers, officers * (other + own), 1)
    assert abs(found - exact) < 4 * error
    assert error < 0.12 * exact


def test_two_officers_fewer_and_three_tenths_more_files_have_an_answer() -> None:
    """Six officers of eight and 1.3 times as many files, the same other work: the waits of M/M/8 and of M/M/6."""
    for officers, cases_an_hour in ((8, 2.0), (6, 2.6)):
        prepared = asked(stated(officers, 3.2 / officers), f"every_minutes: {{exponential: {60 / cases_an_hour}}}")
        found, error = mean_wait(prepared, 12)
        assert abs(found - erlang_wait(officers, 3.2 + cases_an_hour, 1)) < 4 * error


def test_an_assumed_utilisation_is_that_of_the_whole_office() -> None:
    """Cases that take a tenth of one officer's time, assumed 70 % busy: other files keep him busy for the rest."""
    prepared = asked(
        "{utilisation: 0.7, hours: office, source: guess}", "every_minutes: {exponential: 600}", cases=1500
    )
    staff = derived_staff(prepared)
    assert staff.officers == {("desk", "officers"): 1}
    assert staff.other == {("desk", "officers"): pytest.approx(0.6, abs=0.01)}
    tables = compile_variant(prepared, prepared.variants[0], staff, Draws(1, 0))
    assert utilisation(tables, simulate(tables))["desk", "officers"] == pytest.approx(0.7, abs=0.03)


def test_staff_of_one_variant_waits_as_erlang_says() -> None:
    """Four officers before, three after, on the same cases and the same other work: M/M/4 and M/M/3."""
    after = f"""
  after:
    name: {{zh: 后, en: After}}
    place: {{source: guess, staff: {{desk: {{officers: [{stated(3, 0.1)}]}}}}}}
"""
    question = scenario(2000, "every_minutes: {exponential: 60}", warm_up=200, variants=after)
    prepared = world(service(STEP), question, town(stated(4, 0.3)), OTHERS)
    for variant, officers in enumerate((4, 3)):
        found, error = mean_wait(prepared, 12, variant)
        assert abs(found - erlang_wait(officers, 1.2 + 1, 1)) < 4 * error


def test_rework_is_part_of_the_demand() -> None:
    """4 hours for 2,000 files a year at 0.8 ask for 6 officers; with 30 % failing, 11,429 hours, for 8."""
    group = "{utilisation: 0.8, hours: office, source: guess}"
    found = []
    for fails in ("", ", fails: {rate: 0.3, source: guess}"):
        step = f"  a: {{name: {{zh: 办, en: Do}}, at: desk, work: {{hours: 4, source: guess}}{fails}}}"
        prepared = world(service(step), scenario(10, "per_year: 2000"), town(group, 'periods: ["09:00-17:00"]'))
        found.append(derived_staff(prepared).officers["desk", "officers"])
    assert found == [6, 8]  # of 1,960 open hours in the year from 2024-03-04: 5.1 and 7.3


def test_what_is_done_again_asks_for_officers_again() -> None:
    """B fails for half of the attempts and sends back to a: both are worked on twice on average, 12 hours a case."""
    steps = """
  a: {limit: {statutory: ~5}, work: ~4h}
  b: {after: {a: order}, limit: {statutory: ~5}, work: ~2h, fails: {rate: 0.5, redo: a, source: guess}}
"""
    group = "{utilisation: 0.5, hours: office, source: guess}"
    place = services.PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{officers: [{group}]}}}}")
    prepared = reformed(steps, NOTHING, place=place, demand="per_year: 1000")
    officers = derived_staff(prepared).officers["bureau", "officers"]
    assert officers == pytest.approx(12_000 / 1_960 / 0.5, abs=1.2)


def test_other_files_are_the_same_in_every_variant() -> None:
    """A reform of the step changes who waits, not what else the officers do."""
    steps = "  a: {limit: {statutory: ~5}, work: ~4h}\n  b: {after: {a: order}, limit: {statutory: ~5}, work: ~4h}"
    place = services.PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{officers: [{stated(2, 0.5)}]}}}}")
    prepared = reformed(steps, "{reform: 取消, steps: [b]}", place=place, practice=OTHERS, cases=40,
                        demand="per_year: 300")  # fmt: skip
    staff = derived_staff(prepared)
    both = [compile_variant(prepared, v, staff, Draws(1, 0)).others for v in prepared.variants]
    assert plain(both[0]) == plain(both[1])
    assert len(both[0][0].times) > 100
    assert compare(prepared, runs=2).staff == staff


def test_officers_with_nothing_else_to_do_have_no_other_files() -> None:
    """Without `other`, or without a length of other files in the general rule, nobody waits behind anything else."""
    alone = "{count: 1, hours: office, source: guess}"
    for group, practice in ((alone, OTHERS), (stated(1, 0.5), PRACTICE)):
        prepared = asked(group, "every_minutes: 6000", cases=5, warm_up=0, practice=practice)
        assert compile_variant(prepared, prepared.variants[0], derived_staff(prepared), Draws(1, 0)).others == []


@pytest.mark.parametrize("group", [stated(1, 0.6), stated(3, 0.5), f"{stated(2, 0.4)}, {stated(1, 0.2)}"])
@pytest.mark.parametrize(
    "hours", ['periods: ["00:00-24:00"], days: every_day', 'periods: ["09:00-12:00", "13:00-17:00"]']
)
def test_where_nobody_is_urgent_each_is_served_as_where_somebody_might_be(group: str, hours: str) -> None:
    """A line that knows every turn beforehand, and a queue that could be overtaken: the same starts and ends."""
    step = STEP.replace("{exponential: 1}", "{uniform: [0.5, 1.5]}")
    step += (
        "  b: {name: {zh: 复, en: Again}, at: desk, after: {a: order}, work: {hours: 0.7, staff: 1, source: guess}}\n"
    )
    question = scenario(150, "every_minutes: {exponential: 700}")
    prepared = world(service(step), question, town(group, hours), OTHERS)
    line = compile_variant(prepared, prepared.variants[0], derived_staff(prepared), Draws(1, 0))
    queue = replace(line, arrivals=[replace(a, urgent=np.zeros(len(a.times), dtype=bool)) for a in line.arrivals])
    rows = [frame(simulate(tables).activities, ACTIVITY) for tables in (line, queue)]
    own = [found[found["attempt"] >= 0].to_numpy().tolist() for found in rows]
    assert sorted(own[0]) == sorted(own[1])
    last = min(found["queued"].max() for found in rows)
    served = [found[found["queued"] <= last].to_numpy().tolist() for found in rows]
    assert sorted(served[0]) == sorted(served[1])
    assert len(served[0]) > len(own[0])
