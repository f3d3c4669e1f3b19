"""Every measure on services so small that the answer is counted on the fingers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.core.deadlines import Deadlines
from sim.core.draws import Draws
from sim.core.holidays import day_table
from sim.core.hours import Hours
from sim.core.workdays import Clock
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.frames import Records
from sim.records.log import Journal
from sim.records.measures.register import values
from sim.records.tables import Arrivals, Crew, Pool, Tables
from sim.records.utilisation import utilisation
from sim.spec.categories import Category
from sim.spec.scope import Scope

from .services import MATERIALS, PLACE, measured, pair, play, practised, reformed, service, staffed
from .small import PRACTICE, scenario, world

NOTHING = "{reform: 一次性告知}"
HEARING = "special: [{procedure: 听证, days: 3, source: guess}]"


def played(steps: str, **more: Any) -> Records:
    """What happened to the cases of a service."""
    return play(reformed(steps, NOTHING, **more), 0)


def overrunning(factor: float) -> str:
    """The rule by which every decision takes this much of its limit."""
    text = PRACTICE.replace("overdue: {share: 0", "overdue: {share: 1")
    return text.replace("overrun: {factor: 1", f"overrun: {{factor: {factor}")


# -- the three clocks ---------------------------------------------------------------------------------


def test_parallel_steps_count_once() -> None:
    """Days 0 to 10 and 0 to 4, then 10 to 12: 12 days, not 16."""
    steps = """
  a: {limit: {statutory: ~10}}
  b: {limit: {statutory: ~4}}
  c: {after: {a: order, b: order}, limit: {statutory: ~2}}
"""
    assert measured(played(steps), "counted_days") == [12]


def test_a_special_procedure_stops_the_clock_of_its_step() -> None:
    """10 days of review and 3 of hearing: 10 count, 13 pass."""
    found = played(f"  a: {{limit: {{statutory: ~10}}, {HEARING}}}")
    assert [measured(found, m) for m in ("counted_days", "elapsed_days", "promised_days")] == [[10], [13], [10]]
    assert measured(found, "counted_days", include=["special"]) == [13]


@pytest.mark.parametrize(("before", "limit", "days"), [(0, 11, 11), (0, 20, 20), (9, 3, 12), (11, 1, 12), (12, 4, 16)])
def test_a_special_procedure_stops_no_other_clock(before: int, limit: int, days: int) -> None:
    """The hearing of a is from day 10 to 13; days of b within it count all the same.

    From 0 to 11: 11. From 0 to 20: 20. From 9 to 12: 12. From 11 to 12, alone: 10 + 1, and p before it
    counts until 11. From 12 to 16: p counts from 0 to 12, b 4 more.
    """
    steps = f"  a: {{limit: {{statutory: ~10}}, {HEARING}}}\n  b: {{limit: {{statutory: ~{limit}}}}}\n"
    if before:
        steps = steps.replace("b: {", "b: {after: {p: order}, ") + f"  p: {{limit: {{statutory: ~{before}}}}}\n"
    assert measured(played(steps), "counted_days") == [days]


def test_putting_right_what_failed_stops_no_clock_of_a_step_beside_it() -> None:
    """Step a fails and is put right again and again within the 90 days that b takes."""
    steps = """
  a: {limit: {statutory: ~2}, fails: {rate: 0.5, correction: ~3, source: guess}}
  b: {limit: {statutory: ~90}}
"""
    found = played(steps, cases=20)
    assert found.attempts["nth"].max() > 1
    assert measured(found, "counted_days") == [90] * 20


def test_two_special_procedures_in_a_row_stop_the_clock_for_both() -> None:
    """4 days of review, 3 of hearing, 2 of testing."""
    special = "special: [{procedure: 听证, days: 3, source: guess}, {procedure: 检测, days: 2, source: guess}]"
    found = played(f"  a: {{limit: {{statutory: ~4}}, {special}}}")
    assert [measured(found, m) for m in ("counted_days", "elapsed_days")] == [[4], [9]]


SITE = """
  a: {needs: [form], limit: {statutory: ~5, committed: ~4}}
  design: {kind: agency, after: {a: order}, duration: ~6}
  works: {kind: construction, after: {design: nature}, duration: ~30}
  notice: {kind: notice, after: {works: nature}, duration: ~7c}
  b: {kind: filing, after: {notice: nature}, needs: [form], limit: {statutory: ~2}}
"""


def test_what_is_outside_the_offices_does_not_count_but_passes() -> None:
    """4 + 2 of 4 + 6 + 30 + 2 working days and 7 calendar days.

    The works end on 2024-04-28, a Sunday but a working day, the 30th from 03-18 with Qingming off and
    04-07 on; the notice with 05-06, for its seventh day, 05-05, is the last of the May holiday and moves to
    the next working day, the third of the notice; b on 05-08 at 17:00, 65 days and 8 hours after 03-04 at 09:00.
    """
    found = played(SITE)
    assert measured(found, "counted_days") == [6]
    assert measured(found, "elapsed_days") == [4 + 6 + 30 + 3 + 2]
    assert measured(found, "calendar_days") == [round(65 + 8 / 24, 9)]


@pytest.mark.parametrize(
    ("scope", "counted", "elapsed"),
    [
        ({}, 6, 45),
        ({"include": ["construction"]}, 36, 45),
        ({"include": ["construction", "agency"]}, 42, 45),
        ({"include": ["notice"]}, 9, 45),
        ({"exclude": ["construction"]}, 6, 15),
        ({"exclude": ["filing"]}, 4, 43),
        ({"exclude": ["construction", "agency", "notice"]}, 6, 6),
        ({"steps": ["a"]}, 4, 4),
        ({"steps": ["a", "design"]}, 4, 10),
        ({"steps": ["a", "design"], "include": ["construction", "agency"]}, 10, 10),
        ({"steps": ["b", "works"], "exclude": ["construction"]}, 2, 2),
    ],
)
def test_a_scope_says_which_part_of_the_case_a_figure_speaks_of(
    scope: dict[str, Any], counted: float, elapsed: float
) -> None:
    """Kinds in and out, and steps; what is outside the scope is taken out of the critical path."""
    found = played(SITE)
    assert (measured(found, "counted_days", **scope), measured(found, "elapsed_days", **scope)) == (
        [counted],
        [elapsed],
    )


def test_a_scope_in_calendar_days() -> None:
    """Without the works, from 03-15 17:00 to 04-28 17:00, 44 calendar days less."""
    found = played(SITE)
    assert measured(found, "calendar_days", exclude=["construction"]) == [round(65 + 8 / 24 - 44, 9)]


def test_a_scope_for_some_cases() -> None:
    """Only large cases, which take 7 days, are asked about."""
    steps = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, when: {large: true}, limit: {statutory: ~2}}"
    found = played(steps, cases=30, attributes="{large: {share: 0.5, source: guess}}")
    large = found.attribute("large").astype(bool)
    assert measured(found, "counted_days", when={"large": True}) == [7] * int(large.sum())
    assert measured(found, "counted_days", when={"large": False}) == [5] * int((~large).sum())


def test_days_are_chinese_working_days() -> None:
    """From Wednesday 2024-04-03: Qingming is off until Saturday, Sunday the 7th is on; 5 days end on the 10th."""
    found = played("  a: {limit: {statutory: ~5}}", start="2024-04-03")
    assert (measured(found, "counted_days"), measured(found, "calendar_days")) == ([5], [round(7 + 8 / 24, 9)])


def test_half_a_day_is_half_a_day() -> None:
    """Minutes count: 4 hours of an 8-hour day."""
    found = played("  a: {limit: {statutory: ~0.5}}\n  b: {after: {a: order}, limit: {statutory: ~90m}}")
    assert measured(found, "counted_days") == [0.5 + 1.5 / 8]


def test_the_three_clocks_are_each_split_without_a_rest() -> None:
    """The stretches of the critical path sum to the elapsed working time, and to the time on the wall."""
    steps = SITE.replace("a: {", "a: {work: ~5h, ")
    place = staffed("officers")
    found = played(steps, cases=8, demand="every_minutes: 200", place=place, practice=practised(1, 2, 0.3, check=20))
    total = found.stretches.groupby("position")[["office", "calendar"]].sum()
    span = (found.cases["finished"] - found.cases["arrived"]).tolist()
    assert total["calendar"].tolist() == span
    assert (total["office"] / found.day).round(9).tolist() == measured(found, "elapsed_days")
    assert len(set(span)) > 4


# -- limits ---------------------------------------------------------------------------------------------


def test_promised_and_statutory_days_are_the_longest_chain_of_limits() -> None:
    """Of a, 10 (4 promised), then c, 5, or b alone, 12 (8): 15 by law, 9 promised; works have no limit."""
    steps = """
  a: {limit: {statutory: ~10, committed: ~4}}
  b: {limit: {statutory: ~12, committed: ~8}}
  c: {after: {a: order}, limit: {statutory: ~5}}
  w: {kind: construction, after: {c: nature}, duration: ~30}
"""
    found = played(steps)
    assert (measured(found, "statutory_days"), measured(found, "promised_days")) == ([15], [9])
    assert measured(found, "promised_days", steps=["b", "c"]) == [8]
    assert measured(found, "cut_share") == [round(1 - (4 + 8 + 5) / (10 + 12 + 5), 9)]
    assert measured(found, "cut_share", steps=["a", "b"]) == [round(1 - 12 / 22, 9)]


def test_limits_of_steps_a_case_skips_do_not_bind_it() -> None:
    """Small cases have no b."""
    steps = """
  a: {limit: {statutory: ~5}}
  b: {after: {a: order}, when: {large: true}, limit: {statutory: ~2, committed: ~1}}
"""
    found = played(steps, cases=30, attributes="{large: {share: 0.5, source: guess}}")
    large = found.attribute("large").tolist()
    assert measured(found, "promised_days") == [6 if x else 5 for x in large]
    assert measured(found, "cut_share") == [round(1 / 7, 9) if x else 0 for x in large]


def test_limits_of_a_step_done_again_count_once() -> None:
    """However often a comes back, 2 of 10 days are saved."""
    steps = """
  a: {limit: {statutory: ~4, committed: ~2}, fails: {rate: 0.5, source: guess}}
  b: {after: {a: order}, limit: {statutory: ~6}}
"""
    found = played(steps, cases=20)
    assert found.attempts["nth"].max() > 1
    assert (measured(found, "cut_share"), measured(found, "promised_days")) == ([0.2] * 20, [8] * 20)


def test_calendar_and_hour_limits_count_in_working_days() -> None:
    """14 calendar days are 10 working days, 4 hours half a one."""
    found = played("  a: {limit: {statutory: ~14c}}\n  b: {after: {a: order}, limit: {statutory: ~4h}}")
    assert measured(found, "statutory_days") == [10.5]


@pytest.mark.parametrize(
    ("limit", "factor", "on_time"),
    [
        # Accepted on Monday at 09:00, day 0. Day 5 is the next Monday, which 6 whole days fill to 17:00.
        ("~5", 1, 1), ("~5", 1.2, 1), ("~5", 1.21, 0), ("~1", 2, 1), ("~1", 2.01, 0),
        # 7 calendar days end on day 7 at 09:00; an office decides on that day until it closes, and else on the next.
        ("~7c", 1, 1), ("~7c", 1.08, 1), ("~7c", 1.09, 0),
        # A part of a day, or hours, are held against working time.
        ("~0.5", 1, 1), ("~0.5", 1.1, 0), ("~1.5", 1, 1), ("~1.5", 1.1, 0), ("~4h", 1, 1), ("~4h", 1.1, 0),
        # 12 hours from 09:00, or 13, end when the office is closed, so that it decides at 17:00; 32 are too many.
        ("~0.5c", 1, 1), ("~0.5c", 1.1, 1), ("~0.5c", 3, 0),
    ],
)  # fmt: skip
def test_a_decision_on_the_last_day_is_on_time_and_one_a_day_later_is_not(
    limit: str, factor: float, on_time: float
) -> None:
    """The day of acceptance is day 0."""
    found = played(f"  a: {{limit: {{statutory: {limit}}}}}", practice=overrunning(factor))
    assert measured(found, "on_time_share") == [on_time]


def test_a_decision_on_the_last_day_counts_holidays_out() -> None:
    """Accepted on Wednesday 2024-04-03, 3 working days end on Tuesday the 9th: the 7th, a Sunday, is day 1."""
    for factor, on_time in ((4 / 3, 1), (1.34, 0)):
        found = played("  a: {limit: {statutory: ~3}}", start="2024-04-03", practice=overrunning(factor))
        assert measured(found, "on_time_share") == [on_time]


@pytest.mark.parametrize(("limit", "factor", "on_time"),
                         [("~5", 1.2, 1), ("~5", 1.21, 0), ("~0.5", 1, 1), ("~0.5", 1.01, 0)])  # fmt: skip
def test_days_of_a_special_procedure_are_not_held_against_the_office(limit: str, factor: float, on_time: float) -> None:
    """Three days of hearing change nothing about who is on time."""
    found = played(f"  a: {{limit: {{statutory: {limit}}}, {HEARING}}}", practice=overrunning(factor))
    assert measured(found, "on_time_share") == [on_time]


def test_a_special_procedure_stops_a_calendar_limit_too() -> None:
    """5 calendar days of review to Saturday, a decision on Monday at the earliest, and 3 days of hearing to Wednesday.

    That is day 9, less the 2 after the Monday on which the hearing began, 7; the fifth day, the Saturday on which
    the office is closed, moves to Monday, day 7 (民法典 第二百零三条).
    """
    found = played(f"  a: {{limit: {{statutory: ~5c}}, {HEARING}}}")
    assert (measured(found, "on_time_share"), measured(found, "elapsed_days")) == ([1], [8])


def test_waiting_for_a_deferred_paper_is_not_held_against_the_office() -> None:
    """The office is through on the first day, and waits for the plan until the sixth."""
    deferral = "deferral: {materials: [plan], within: ~9, source: guess}"
    steps = f"  a: {{needs: [form, plan], limit: {{statutory: ~1}}, {deferral}}}"
    found = played(steps, practice=practised(prepare=6))
    assert (measured(found, "on_time_share"), measured(found, "counted_days")) == ([1], [1])


def test_the_on_time_share_of_a_case_is_over_its_decisions() -> None:
    """Both limits overrun by half: 1 day ends on day 1, 8 days on day 12; works decide nothing."""
    steps = "  a: {limit: {statutory: ~1}}\n  b: {after: {a: order}, limit: {statutory: ~8}}"
    found = played(steps, practice=overrunning(1.5))
    assert [measured(found, "on_time_share", steps=s) for s in (["a", "b"], ["a"], ["b"])] == [[0.5], [1], [0]]
    assert np.isnan(values("on_time_share", played("  w: {kind: construction, duration: ~3}"), Scope())).all()


# -- what is asked of the applicant ---------------------------------------------------------------------

COUNTS = """
  a: {needs: [form, plan], fields: {total: 30, prefilled: 6, source: guess}, attend: 1, limit: {statutory: ~5}}
  look: {kind: internal, after: {a: order}, limit: {statutory: ~1}}
  b: {after: {look: order}, form: joint, needs: [form, map],
      fields: {total: 10, prefilled: 9, source: guess}, limit: {statutory: ~5}}
  c: {after: {look: order}, form: joint, needs: [form], fields: {total: 4, source: guess}, limit: {statutory: ~5}}
  talk: {kind: applicant, after: {b: order, c: order}, touchpoint: true, attend: 2, duration: ~1}
"""


@pytest.mark.parametrize(
    ("measure", "whole", "only_a", "only_b", "without_applicant"),
    [
        ("touchpoints", 3, 1, 1, 2),
        ("materials", 4, 2, 2, 4),
        ("forms", 2, 1, 1, 2),
        ("trips", 2 + 1 + 2 + 2, 3, 2, 5),
        ("prefilled_share", 15 / 40, 0.2, 0.9, 15 / 40),
    ],
)
def test_dealings_papers_forms_visits_and_fields(
    measure: str, whole: float, only_a: float, only_b: float, without_applicant: float
) -> None:
    """Step a stands alone, b and c share a form; an internal step asks for nothing, a talk in person for two visits."""
    found = played(COUNTS)
    scopes: list[dict[str, Any]] = [{}, {"steps": ["a"]}, {"steps": ["b"]}, {"exclude": ["applicant"]}]
    assert [measured(found, measure, **scope) for scope in scopes] == [
        [round(x, 9)] for x in (whole, only_a, only_b, without_applicant)
    ]


def test_each_round_of_correction_is_a_visit() -> None:
    """Handing in and collecting make 2; the rounds, each of one day, are what the case takes beyond its 5 days."""
    found = played("  a: {needs: [form, plan], limit: {statutory: ~5}}", cases=40, practice=practised(0, 1, 0.5))
    rounds = [days - 5 for days in measured(found, "elapsed_days")]
    assert {0, 1, 2} <= set(rounds)
    assert measured(found, "trips") == [2 + n for n in rounds]
    assert measured(found, "one_visit_share") == measured(found, "no_visit_share") == [0] * 40


def test_a_step_done_again_asks_for_no_new_papers_but_for_the_applicant_s_presence() -> None:
    """Papers, form and dealing count once; the inspection that failed is attended again."""
    steps = "  a: {needs: [form], attend: 1, limit: {statutory: ~5}, fails: {rate: 0.5, source: guess}}"
    found = played(steps, cases=30)
    attempts = found.attempts.groupby("case").size().tolist()
    assert {1, 2} <= set(attempts)
    assert measured(found, "trips") == [2 + n for n in attempts]
    for measure in ("materials", "forms", "touchpoints"):
        assert measured(found, measure) == [1] * 30


def test_no_field_no_share() -> None:
    """Where no form has fields there is nothing to fill in."""
    assert np.isnan(values("prefilled_share", played("  a: {needs: [form], limit: {statutory: ~5}}"), Scope())).all()


# -- what becomes of the case ---------------------------------------------------------------------------


def test_steps_that_only_touch_are_not_parallel() -> None:
    """One ends when the other begins; only two counted steps under way at once make a parallel case."""
    chain = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~5}}"
    beside_works = "  a: {limit: {statutory: ~5}}\n  w: {kind: construction, duration: ~5}"
    both = chain.replace("after: {a: order}, ", "")
    assert [measured(played(s), "parallel_share") for s in (chain, beside_works, both)] == [[0], [0], [1]]


def test_refused_cases_have_no_time_to_a_certificate_but_one_to_the_refusal() -> None:
    """About a third is refused by b after 10 of 13 days; the others have no refusal."""
    steps = """
  a: {limit: {statutory: ~4}}
  b: {after: {a: order}, limit: {statutory: ~6}, refused: {share: 0.3, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~3}}
"""
    found = played(steps, cases=60)
    refused = np.array(measured(found, "refused_share")) == 1
    assert 8 < refused.sum() < 30
    for measure, granted in (("counted_days", 13), ("elapsed_days", 13), ("promised_days", 13), ("statutory_days", 13)):
        days = values(measure, found, Scope())
        assert np.isnan(days[refused]).all()
        assert set(days[~refused].round(9)) == {granted}
    days = values("refused_days", found, Scope())
    assert set(days[refused].round(9)) == {10}
    assert np.isnan(days[~refused]).all()
    assert measured(found, "refused_share", steps=["a"]) == [0] * 60


def test_cases_that_go_the_old_way_are_measured_by_the_old_way() -> None:
    """A quarter of the cases take part and are done in 2 days with one paper; the others in 8 with two."""
    share = "{reform: 数据共享, materials: [licence], fallback: 0, source: guess}"
    reforms = f"[{{reform: 限时办结, compression: 0.25, source: guess}}, {share}]"
    after = f"  after: {{name: {{zh: 后, en: After}}, share: 0.25, source: guess, reforms: {reforms}}}"
    question = scenario(200, "every_minutes: 540", variants=after)
    steps = "  a: {needs: [form, licence], limit: {statutory: ~8}}"
    found = play(world(service(steps), question, place=PLACE, materials=MATERIALS), 1)
    columns = [measured(found, measure) for measure in ("counted_days", "materials", "promised_days")]
    assert set(zip(*columns, strict=True)) == {(2, 1, 2), (8, 2, 8)}
    assert columns[0].count(2) / 200 == pytest.approx(0.25, abs=0.08)


def test_volumes_are_the_same_number_for_every_case() -> None:
    """Two services; one case a minute is 525,600 a year, however many are simulated: it is what went in."""
    after = "{reform: 一次性告知, process: service, source: guess}"
    found = play(pair("  a: {limit: {statutory: ~5}}", "  z: {limit: {statutory: ~4}}", cases=(5, 2), after=after), 0)
    assert measured(found, "services") == [2] * 5
    assert measured(found, "yearly_cases") == [365 * 24 * 60] * 5


def test_a_case_decided_on_a_sunday_counts_once() -> None:
    """Six cases a day for three weeks, decided by a system: six on each Sunday after the first week."""
    steps = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~5}}"
    system = "{reform: 秒批, steps: [a, b], share: 1, minutes: 1}"
    prepared = reformed(steps, system, cases=130, demand="every_minutes: 240")
    assert measured(play(prepared, 1), "sunday_cases") == [6] * 130
    assert np.isnan(values("sunday_cases", play(prepared, 0), Scope())).all()


def test_an_open_sunday_on_which_nobody_is_served_counts() -> None:
    """A case every other day from the third to the 41st: of the Sundays 14, 21, 28 and 35 it meets every other one."""
    system = "{reform: 秒批, steps: [a], share: 1, minutes: 1}"
    prepared = reformed("  a: {limit: {statutory: ~5}}", system, cases=20, demand="every_minutes: 2880")
    assert measured(play(prepared, 1), "sunday_cases") == [0.5] * 20


def test_the_week_in_which_cases_begin_to_come_has_no_sunday_to_count() -> None:
    """The first case comes on a Sunday at 04:00, so that this Sunday has five; the two Sundays after it have six."""
    system = "{reform: 秒批, steps: [a], share: 1, minutes: 1}"
    prepared = reformed("  a: {limit: {statutory: ~5}}", system, cases=100, demand="every_minutes: 240",
                        start="2024-03-10")  # fmt: skip
    assert measured(play(prepared, 1), "sunday_cases") == [6] * 100


def test_cases_that_only_load_the_system_are_not_measured() -> None:
    """Of 10 cases 4 are warm-up; the officer's queue is as long as if they counted."""
    after = "  after: {name: {zh: 后, en: After}}"
    question = scenario(10, "every_minutes: 1", warm_up=4, variants=after)
    prepared = world(service("  a: {limit: {statutory: ~1}, work: ~8h}"), question, place=staffed("officers"))
    found = play(prepared, 0)
    assert found.cases["case"].tolist() == list(range(4, 10))
    assert measured(found, "elapsed_days") == [5, 6, 7, 8, 9, 10]


def test_utilisation_is_work_done_over_open_time_while_cases_arrive() -> None:
    """Two cases, a day apart: one officer of two worked 4 of the 8 hours between, both inspectors 4 each."""
    steps = """
  a: {limit: {statutory: ~2}, work: ~4h}
  b: {limit: {statutory: ~2}, work: {hours: 4, staff: 2, by: inspectors, source: guess}}
"""
    prepared = reformed(steps, NOTHING, place=staffed("officers", "inspectors", count=2), cases=2,
                        demand="every_minutes: 1440")  # fmt: skip
    tables = compile_variant(prepared, prepared.variants[0], derived_staff(prepared), Draws(1, 0))
    found = utilisation(tables, simulate(tables))
    assert found == {("bureau", "officers"): 4 / 16, ("bureau", "inspectors"): 8 / 16, ("hall", "window"): 0}


def test_work_before_the_first_and_after_the_last_arrival_is_no_utilisation() -> None:
    """One officer, open day and night, worked 5 of the 10 hours between two arrivals, part of it begun before."""
    hour, officers = 3600, Pool("bureau", "officers", (Crew(1, 0),), derived=False)
    table, epoch = day_table(), date(2024, 3, 4)
    clocks, between = [Clock(table, Hours.ALWAYS, epoch)], (5 * hour, 15 * hour)
    arrivals = Arrivals("p", np.array([0, *between]), np.zeros(3, dtype=np.int64), None, 1, 3, between, 3)
    tables = Tables([], [arrivals], [officers], clocks, [], 0, 8 * hour, Deadlines(table, epoch), 0)
    journal = Journal()
    for start, end in ((3, 7), (8, 9), (13, 18), (20, 22)):
        times = (x * hour for x in (start, start, end, end - start))
        journal.activities.extend([0, 0, Category.WORK, 0, 1, *times])
    assert utilisation(tables, journal.log(end=22 * hour)) == {("bureau", "officers"): 0.5}
