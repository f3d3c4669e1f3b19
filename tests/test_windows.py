"""A window: weeks of arrivals, the same for all processes, of which some only load the system."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.moves import Move, moved_world
from sim.core.draws import Draws
from sim.core.errors import PlannerError, SpecError
from sim.core.workdays import DAY
from sim.engine.arrivals import SPARE, Coming
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.log import CASE
from sim.records.tables import Tables
from sim.records.utilisation import utilisation
from sim.report.charts.drawing import draw
from sim.report.results import results_json
from sim.report.tables import cases_csv
from sim.scenario.prepare import made
from sim.scenario.prepared import Prepared

from . import identities
from .services import measured, play, practised, reformed, service, staffed
from .small import PRACTICE, scenario, world

ONE = "  a: {limit: {statutory: ~1}}"
NOTHING = "{reform: 一次性告知}"
LUCK = practised(prepare=1, correction=2, deficient=0.3, pace="{uniform: [0.4, 1]}")
ALWAYS = staffed("officers").replace('periods: ["09:00-17:00"]', 'periods: ["00:00-24:00"], days: every_day')
"""A town that never closes, with one officer."""


def tables(prepared: Prepared, variant: int = 0, replication: int = 0) -> Tables:
    """What one replication of a variant plays."""
    draws = Draws(1, replication)
    return compile_variant(prepared, prepared.variants[variant], derived_staff(prepared), draws)


def days(prepared: Prepared) -> tuple[list[float], Coming]:
    """On which days after the start cases come, and which of them are measured."""
    (arrivals,) = tables(prepared).arrivals
    found = Coming(arrivals.times, arrivals.warm_up, arrivals.end, arrivals.between)
    return [t / DAY for t in found.times], found


def test_the_cases_of_a_window_are_those_that_come_in_it() -> None:
    """A case every second day: of two weeks after one week, those of days 8 to 20; the third week is for load only."""
    when, found = days(reformed(ONE, NOTHING, demand="every_minutes: 2880", weeks=2, warm_up=1))
    assert when == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26]
    assert when[found.warm_up : found.end] == [8, 10, 12, 14, 16, 18, 20]
    assert found.between == (7 * DAY, 21 * DAY)


def test_a_case_that_comes_as_the_window_opens_or_closes_belongs_to_what_begins() -> None:
    """One a week: that of day 7 is measured, that of day 14 is not."""
    when, found = days(reformed(ONE, NOTHING, demand="every_minutes: 10080", weeks=1, warm_up=1))
    assert (when, found.warm_up, found.end) == ([7, 14], 0, 1)


def test_a_window_changes_which_cases_are_played_and_nothing_of_a_case() -> None:
    """Each case comes and fares as the same one of a number of cases, to the last digit."""
    demand = "every_minutes: {exponential: 700}"
    window = reformed(ONE, NOTHING, demand=demand, practice=LUCK, weeks=8, warm_up=4)
    number = reformed(ONE, NOTHING, demand=demand, practice=LUCK, cases=400, start="2024-02-05")
    some, every = tables(window).arrivals[0], tables(number).arrivals[0]
    assert some.times.tolist() == every.times[: len(some.times)].tolist()
    assert every.times[some.warm_up - 1] < 28 * DAY <= every.times[some.warm_up]
    assert every.times[some.end - 1] < 84 * DAY <= every.times[some.end]
    assert every.times[len(some.times) - 1] < 112 * DAY <= every.times[len(some.times)]
    first, then = play(window), play(number)
    assert first.cases["case"].tolist() == list(range(some.warm_up, some.end))
    for measure in ("counted_days", "elapsed_days", "calendar_days"):
        assert measured(first, measure) == measured(then, measure)[some.warm_up : some.end]


def test_how_many_come_is_luck_of_the_replication_and_on_average_what_the_demand_says() -> None:
    """Poisson: 120 a year come at 52 weeks, less the part of a year that is left, with a variance as large."""
    prepared = reformed(ONE, NOTHING, demand="per_year: 120", weeks=52)
    counts = np.array([tables(prepared, replication=n).arrivals[0].end for n in range(200)])
    assert abs(counts.mean() - 120 * 364 / 365) < 4 * np.sqrt(120 / 200)
    assert 0.6 < counts.var() / counts.mean() < 1.5


def test_however_far_luck_is_from_what_is_expected_all_cases_of_the_weeks_are_there() -> None:
    """Of 400 replications with hardly a case, none stops before its weeks are over: the longer stream starts alike."""
    few, many = (reformed(ONE, NOTHING, demand="per_year: 6", weeks=weeks) for weeks in (4, 400))
    for n in range(400):
        short, long = (tables(prepared, replication=n).arrivals[0].times.tolist() for prepared in (few, many))
        assert short == [t for t in long if t < 28 * DAY]
    assert SPARE == 5


FASTER = "  after: {name: {zh: 后, en: After}, demand: {service: 2}, source: guess}\n"


def test_a_variant_with_a_faster_demand_has_more_of_the_same_cases_in_the_same_weeks() -> None:
    """Twice as fast: every case comes after half the time, and those that came a window later come now."""
    prepared = world(
        service(ONE), scenario(0, "every_minutes: {exponential: 500}", variants=FASTER, weeks=4, warm_up=2)
    )
    before, after = (tables(prepared, v).arrivals[0] for v in (0, 1))
    half = [t / 2 for t in before.times]
    assert np.abs(np.array(after.times[: len(half)]) - half).max() <= 1
    assert before.between == after.between == (14 * DAY, 42 * DAY)
    assert (after.end - after.warm_up) / (before.end - before.warm_up) == pytest.approx(2, abs=0.4)
    found = compare(prepared, runs=2).cases.groupby(["variant", "replication"])["case"].agg(["min", "max", "size"])
    assert (found.loc["after"] > found.loc["before"]).all().all()


def test_all_processes_of_a_place_are_measured_over_the_same_weeks() -> None:
    """One comes daily, the other every third day; both are measured from day 7 to day 21."""
    question = scenario(0, "every_minutes: 1440", weeks=2, warm_up=1)
    question = question.replace("variants:", "  other: {every_minutes: 4320, source: guess}\nvariants:")
    beside = service(ONE).replace("id: service", "id: other")
    both = tables(world(service(ONE), question, beside=beside)).arrivals
    assert [a.between for a in both] == [(7 * DAY, 21 * DAY)] * 2
    assert [[t // DAY for t in a.times[a.warm_up : a.end]] for a in both] == [list(range(7, 21)), [9, 12, 15, 18]]


LINE = """
  a: {work: ~5h}
  b: {after: {a: order}, work: ~1h}
"""
APART = """
  a: {work: ~1h}
  rest: {kind: agency, after: {a: order}, duration: ~47.5h}
  b: {after: {rest: order}, work: ~1h}
"""


@pytest.mark.parametrize(("warm_up", "last"), [(1, 50), (0, 49.5)])
def test_the_last_measured_cases_meet_the_load_of_those_that_come_after_them(warm_up: int, last: float) -> None:
    """One officer, a case a day: its last hour waits half an hour for the first hour of the case two days younger.

    That takes 1 + 47.5 + 0.5 + 1 hours; where nothing warms up, nobody comes after the last two, who do not wait.
    """
    prepared = reformed(APART, NOTHING, demand="every_minutes: 1440", place=ALWAYS, weeks=1, warm_up=warm_up)
    hours = [24 * x for x in measured(play(prepared), "calendar_days")]
    assert hours == pytest.approx([50] * (len(hours) - 2) + [last] * 2)


def test_nobody_comes_any_more_when_the_last_measured_case_is_over() -> None:
    """Cases of an hour, one a day: the last, of Sunday, is done on Monday, and only Monday's case comes after it."""
    prepared = reformed("  a: {work: ~1h}", NOTHING, demand="every_minutes: 1440", weeks=1, warm_up=1)
    found = tables(prepared)
    log = simulate(found)
    arrivals = found.arrivals[0]
    assert len(arrivals.times) == 20
    assert (arrivals.end, len(log.cases) // len(CASE)) == (13, 14)


def test_identities_hold_where_weeks_are_measured() -> None:
    """Little's law, the utilisation law and the exact split."""
    prepared = reformed(LINE, NOTHING, demand="every_minutes: 900", place=staffed("officers", count=2), weeks=3)
    found = tables(prepared)
    identities.check(found, simulate(found))


def test_utilisation_is_that_of_the_measured_weeks() -> None:
    """A case of 5 + 1 hours on each of 7 days, every one of them worked on by the next: 5 working days of 8 hours."""
    prepared = reformed(
        LINE, NOTHING, demand="every_minutes: 1440", place=staffed("officers", count=3), weeks=1, warm_up=2
    )
    found = tables(prepared)
    assert utilisation(found, simulate(found))["bureau", "officers"] == pytest.approx(7 * 6 / (5 * 8 * 3))


def test_a_window_counts_the_sundays_after_a_week_of_measured_arrivals() -> None:
    """Open every day, decided at once, six a day: of three measured weeks the last two Sundays, six each."""
    prepared = reformed("  a: {limit: {statutory: ~0.1h}, work: ~0.1h}", NOTHING, demand="every_minutes: 240",
                        place=ALWAYS, weeks=3, warm_up=1)  # fmt: skip
    found = play(prepared)
    assert len(found.cases) == 21 * 6
    assert set(measured(found, "sunday_cases")) == {6}


HARDLY = "every_minutes: {exponential: 20000}"


def test_replications_without_a_case_are_no_fault() -> None:
    """One case in two weeks on average: some replications have none, and what there is is estimated and drawn."""
    target = "{id: T1, name: {zh: 目标, en: Goal}, unit: 工作日, source: guess, measure: counted_days, at_most: 5}"
    prepared = reformed(ONE, "{reform: 限时办结, compression: 0.5}", demand=HARDLY, place=staffed("officers", "window"),
                        weeks=1, warm_up=1, targets=f"targets: [{target}]")  # fmt: skip
    sizes = [tables(prepared, replication=n).arrivals[0] for n in range(12)]
    measured_cases = [a.end - a.warm_up for a in sizes]
    assert 0 in measured_cases
    found = compare(prepared, runs=12)
    assert found.of("before", "service", "counted_days").mean.runs == sum(n > 0 for n in measured_cases)
    assert found.targets[0].verdict == "met"
    assert results_json(found, {})
    assert "".join(cases_csv(found)).count("\n") == 1 + 2 * sum(measured_cases)


def test_weeks_in_which_nobody_comes_have_no_figure() -> None:
    """A case in ten years, and one week: no estimate, no verdict, nothing drawn but the frame."""
    target = "{id: T1, name: {zh: 目标, en: Goal}, unit: 工作日, source: guess, measure: counted_days, at_most: 5}"
    prepared = reformed(ONE, "{reform: 限时办结, compression: 0.5}", demand="per_year: 0.1",
                        place=staffed("officers", "window"), weeks=1, targets=f"targets: [{target}]")  # fmt: skip
    found = compare(prepared, runs=2)
    assert np.isnan(found.of("after", "service", "counted_days").mean.mean)
    assert [result.verdict for result in found.targets] == ["undecided"]
    assert results_json(found, {})
    assert set(draw(found))


RATE = "sources: {rate: {kind: assumption, why: made up for a test, range: [100, 1000]}}\n"


def test_an_assumption_about_the_demand_moves_how_many_come() -> None:
    """A demand doubted at ten times as many has so many more cases in the same weeks."""
    question = scenario(0, "per_year: 100", weeks=40).replace("guess}", "rate}").replace("demand:", f"{RATE}demand:", 1)
    prepared = world(service(ONE), question)
    assert prepared.origin
    moved = tables(made(moved_world(prepared.origin, Move(key="rate", range=(100, 1000), bound=1000)))).arrivals[0]
    usual = tables(prepared).arrivals[0]
    assert moved.between == usual.between == (0, 280 * DAY)
    assert moved.end / usual.end == pytest.approx(10, rel=0.3)


def test_more_cases_than_a_machine_can_hold_are_refused() -> None:
    """A gap of no time never fills a week."""
    prepared = reformed(ONE, NOTHING, demand="every_minutes: 700", weeks=2)
    demand = prepared.scenario.demand["service"].model_copy(update={"every_minutes": 0.0})
    endless = prepared.scenario.model_copy(update={"demand": {"service": demand}})
    object.__setattr__(prepared, "scenario", endless)
    with pytest.raises(PlannerError) as raised:
        tables(prepared)
    assert str(raised.value) == "more than 1000000 cases of service come in a replication; ask for fewer weeks"


def test_weeks_and_practice_are_told_before_the_run() -> None:
    """Weeks beyond the calendar are a fault with their line."""
    with pytest.raises(SpecError) as raised:
        reformed(ONE, NOTHING, demand="per_year: 10", practice=PRACTICE, weeks=5000)
    assert "5000 weeks of arrivals" in str(raised.value)
