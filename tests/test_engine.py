"""Small cases played line by line: `case step category queued started ended`."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from sim.engine.case import Case, Cursor
from sim.engine.line import Line
from sim.engine.play import NOBODY, Engine, simulate
from sim.records.log import ATTEMPT, CASE
from sim.records.tables import Beside, Op, Program
from sim.spec.categories import Category

from . import identities
from .made import made, outcome, serves, takes
from .small import OFFICE_HOURS, PRACTICE, frame, log_of, moment, scenario, service, staffed, trace, world


def played(process: str, cases: int, between: float, place: str, start: str = "2024-03-04",
           practice: str = PRACTICE, materials: str = "materials: {}") -> list[str]:  # fmt: skip
    """The trace of a spec in minutes, or as local times where offices close."""
    question = scenario(cases, f"every_minutes: {between}", start=start)
    tables, log = log_of(world(process, question, place, practice, materials))
    identities.check(tables, log)
    nonstop = tables.clocks[tables.office].always
    return trace(tables, log) if nonstop else trace(tables, log, lambda t: moment(t, start))


def serve(work: str, more: str = "") -> str:
    """A service of one step at one desk."""
    return service(f"  serve: {{name: {{zh: 办理, en: Serve}}, at: desk, work: {{{work}, source: guess}}, {more}}}")


# -- queues ---------------------------------------------------------------------------------------


def test_cases_are_served_in_the_order_they_come() -> None:
    """Whoever comes while the officer is busy waits for those before."""
    assert played(serve("minutes: 5"), 3, 2, staffed(desk=1)) == [
        "0 serve work 2 2 7",
        "1 serve work 4 7 12",
        "2 serve work 6 12 17",
    ]


def test_urgent_cases_are_served_before_those_that_wait() -> None:
    """An urgent case goes to the head of the queue and interrupts nobody."""
    tables, _ = log_of(world(serve("minutes: 10"), scenario(4, "every_minutes: 2"), staffed(desk=1)))
    urgent = replace(tables, arrivals=[replace(tables.arrivals[0], urgent=np.array([False, False, True, True]))])
    assert trace(urgent, simulate(urgent)) == [
        "0 serve work 2 2 12",
        "2 serve work 6 12 22",
        "3 serve work 8 22 32",
        "1 serve work 4 32 42",
    ]


def test_work_for_two_waits_until_two_are_free() -> None:
    """A check by two officers of three leaves one idle, and each such check waits for the one before."""
    assert played(serve("minutes: 10, staff: 2"), 3, 2, staffed(desk=3)) == [
        "0 serve work 2 2 12",
        "1 serve work 4 12 22",
        "2 serve work 6 22 32",
    ]


def test_nobody_overtakes_work_for_two_unless_urgent() -> None:
    """With one of two officers free, work for one waits behind work for two, but urgent work is done at once."""
    active = {"one": [True, False, True], "two": [False, True, False]}
    attempts = {"one": [serves(10)], "two": [serves(10, staff=2)]}
    tables = made({"one": [], "two": []}, attempts, arrivals=[0, 1, 2], active=active, officers=2)
    assert trace(tables, simulate(tables)) == ["0 one work 0 0 10", "1 two work 1 10 20", "2 one work 2 20 30"]
    urgent = replace(tables, arrivals=[replace(tables.arrivals[0], urgent=np.array([False, False, True]))])
    assert trace(urgent, simulate(urgent)) == ["0 one work 0 0 10", "2 one work 2 2 12", "1 two work 1 12 22"]


def test_a_freed_officer_takes_the_queue_before_the_same_case_comes_back() -> None:
    """A case whose next step is at the same desk queues behind those already waiting there."""
    steps = """
  first: {name: {zh: 一, en: First}, at: desk, work: {minutes: 5, source: guess}}
  second: {name: {zh: 二, en: Second}, at: desk, after: {first: order}, work: {minutes: 5, source: guess}}
"""
    assert played(service(steps), 2, 1, staffed(desk=1)) == [
        "0 first work 1 1 6",
        "1 first work 2 6 11",
        "0 second work 6 11 16",
        "1 second work 11 16 21",
    ]


# -- hours ----------------------------------------------------------------------------------------


def test_work_pauses_overnight_and_over_the_weekend() -> None:
    """Three hours begun at 16:00 on Friday end at 11:00 on Monday, and the next case waits for that."""
    assert played(serve("hours: 3"), 2, 16 * 60, staffed(OFFICE_HOURS, desk=1), start="2024-03-08") == [
        "0 serve work 03-08 16:00 03-08 16:00 03-11 11:00",
        "1 serve work 03-09 08:00 03-11 11:00 03-11 14:00",
    ]


def test_a_case_that_comes_at_night_starts_when_the_office_opens() -> None:
    """Two cases of the night start one after the other in the morning; one that fills the day ends at closing time."""
    assert played(serve("hours: 8"), 2, 180, staffed(OFFICE_HOURS, desk=1)) == [
        "0 serve work 03-04 03:00 03-04 09:00 03-04 17:00",
        "1 serve work 03-04 06:00 03-05 09:00 03-05 17:00",
    ]


SHIFTS = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-17:00"], source: guess}
  morning: {periods: ["09:00-12:00"], source: guess}
  late: {periods: ["12:00-20:00"], also: [sat], source: guess}
departments:
  desk:
    name: {zh: 窗口, en: Desk}
    staff:
      officers: [{count: 1, hours: morning, source: guess}, {count: 1, hours: late, source: guess}]
"""


def test_whichever_group_comes_first_takes_the_case_of_the_night() -> None:
    """With nobody on duty the desk wakes at the earliest opening, and again at the next for who is left."""
    assert played(serve("hours: 6"), 2, 180, SHIFTS) == [
        "0 serve work 03-04 03:00 03-04 09:00 03-05 12:00",
        "1 serve work 03-04 06:00 03-04 12:00 03-04 18:00",
    ]


def test_the_group_on_duty_serves_and_pauses_by_its_own_hours() -> None:
    """Work of the morning shift goes on next morning; the late shift, also there on Saturdays, takes what is left."""
    assert played(serve("hours: 4"), 5, 10 * 60, SHIFTS, start="2024-03-08") == [
        "0 serve work 03-08 10:00 03-08 10:00 03-11 11:00",
        "1 serve work 03-08 20:00 03-09 12:00 03-09 16:00",
        "2 serve work 03-09 06:00 03-09 16:00 03-09 20:00",
        "3 serve work 03-09 16:00 03-11 11:00 03-12 12:00",
        "4 serve work 03-10 02:00 03-11 12:00 03-11 16:00",
    ]


@pytest.mark.parametrize(
    ("start", "minutes", "sits"),
    [
        ("2024-03-04", 600, "03-05 14:30"),
        ("2024-03-05", 870, "03-05 14:30"),
        ("2024-03-05", 871, "03-12 14:30"),
        ("2024-09-13", 600, "09-24 14:30"),
    ],
    ids=["the next Tuesday", "the same minute", "too late", "not on a holiday Tuesday"],
)
def test_a_sitting_is_waited_for(start: str, minutes: int, sits: str) -> None:
    """A panel that sits on Tuesdays at 14:30 takes a case at its next sitting; 17 September 2024 is 中秋节."""
    step = serve("hours: 1", 'sits: {weekdays: [tue], at: "14:30", source: guess}')
    came = moment(minutes * 60, start)
    end = sits.replace("14:30", "15:30")
    waited = [] if came == sits else [f"0 serve sitting {came} {came} {sits}"]
    assert played(step, 1, minutes, staffed(OFFICE_HOURS, desk=1), start=start) == [
        *waited,
        f"0 serve work {sits} {sits} {end}",
    ]


def test_a_system_decides_at_night() -> None:
    """A case that a system decides needs no officer and no opening hours."""
    step = serve("hours: 3", "automatic: {share: 1, minutes: 5, source: guess}")
    assert played(step, 1, 22 * 60, staffed(OFFICE_HOURS, desk=1)) == [
        "0 serve work 03-04 22:00 03-04 22:00 03-04 22:05"
    ]


# -- stretches of one step ------------------------------------------------------------------------

MATERIALS = """
materials:
  form: {name: {zh: 申请表, en: Form}, issuer: applicant, prepare: {minutes: 30, source: guess}}
  plan:
    name: {zh: 图纸, en: Plan}
    issuer: applicant
    deferrable: true
    prepare: {minutes: 50, source: guess}
"""
CHECKED = PRACTICE.replace("check: {minutes: 0", "check: {minutes: 5")


def test_one_step_from_the_applicants_desk_to_the_decision() -> None:
    """Papers one after another, check at the window, work, circulation, special procedure; counted from acceptance."""
    step = serve("minutes: 10", "needs: [form, plan], circulation: {minutes: 20, source: guess}, "
                 "special: [{procedure: 检测, minutes: 40, source: guess}]")  # fmt: skip
    assert played(step, 1, 1, staffed(desk=1), practice=CHECKED, materials=MATERIALS) == [
        "0 serve applicant 1 1 81",
        "0 serve work 81 81 86",
        "0 serve work 86 86 96",
        "0 serve circulation 96 96 116",
        "0 serve special 116 116 156",
    ]


def test_the_clock_runs_from_acceptance_to_decision() -> None:
    """Come at 1, accepted at 86 after papers and check, decided at 96; what a failure costs comes after that."""
    more = "needs: [form, plan], fails: {rate: 0.9, correction: {minutes: 30, source: guess}, source: guess}"
    prepared = world(serve("minutes: 10", more), scenario(1, "every_minutes: 1"), staffed(desk=1), CHECKED, MATERIALS)
    run = frame(log_of(prepared)[1].attempts, ATTEMPT).iloc[0]
    assert [run[c] / 60 for c in ("ready", "accepted", "decided", "finished")] == [1, 86, 96, 126]


def test_a_case_skips_the_lines_that_are_not_for_it() -> None:
    """The second case neither queues at the busy desk nor starts the branch of the first."""
    first_only = np.array([60 * 60, -1])
    desk, beside = serves(1)[0]._replace(seconds=first_only), takes(2)[0]
    fork = desk._replace(op=int(Op.FORK), seconds=np.array([0, -1]))
    tables = made({"step": []}, {}, arrivals=[0, 1])
    flow = replace(tables.flows[0], program=lambda *_: Program([fork, desk, takes(3)[0]], [[beside]]))
    assert outcome(replace(tables, flows=[flow])) == (
        ["0 step work beside 0 0 2", "0 step work 0 0 60", "1 step work 1 1 4", "0 step work 60 60 63"],
        [(4, 0), (63, 0)],
    )


def test_no_decision_before_a_deferred_material_has_arrived() -> None:
    """容缺受理: review runs beside the applicant, and the decision waits for whichever takes longer."""
    deferral = "{materials: [plan], within: {minutes: 60, source: guess}, source: guess}"
    step = serve("minutes: 10", f"needs: [form, plan], deferral: {deferral}")
    assert played(step, 1, 1, staffed(desk=1), materials=MATERIALS, practice=CHECKED) == [
        "0 serve applicant 1 1 31",
        "0 serve work 31 31 36",
        "0 serve applicant beside 36 36 86",
        "0 serve work 36 36 46",
        "0 serve applicant 46 46 86",
    ]


def test_a_run_goes_on_when_the_last_of_its_branches_is_over() -> None:
    """Branches of 3 and 8 minutes start together; a minute of work is done meanwhile, another after the longer one."""
    work = serves(1)[0]
    here, there = (takes(minutes)[0] for minutes in (3, 8))
    mark = work._replace(category=int(Category.APPLICANT), staff=int(Beside.OTHERS), seconds=np.array([0]))
    forks = [mark._replace(op=int(Op.FORK), where=number) for number in (0, 1)]
    lines = [*forks, work, mark._replace(op=int(Op.JOIN), where=int(Beside.OTHERS)), work]
    tables = made({"step": []}, {})
    flow = replace(tables.flows[0], program=lambda *_: Program(lines, [[here], [there]]))
    assert outcome(replace(tables, flows=[flow])) == (
        [
            "0 step work beside 0 0 3",
            "0 step work beside 0 0 8",
            "0 step work 0 0 1",
            "0 step applicant 1 1 8",
            "0 step work 8 8 9",
        ],
        [(9, 0)],
    )


def test_a_promise_is_checked_after_the_decision_by_the_same_officers() -> None:
    """告知承诺: decided after 5 minutes, the next step starts; the check comes later and takes the officer's time."""
    steps = """
  permit:
    name: {zh: 许可, en: Permit}
    at: desk
    work: {minutes: 10, source: guess}
    promise: {uptake: 1, decide: {minutes: 5, source: guess}, check_within: {minutes: 60, source: guess}, source: guess}
  next: {name: {zh: 下一步, en: Next}, at: desk, after: {permit: law}, work: {minutes: 100, source: guess}}
"""
    check, *rest = [line for line in played(service(steps), 1, 1, staffed(desk=1)) if "beside" in line]
    made_at = check.split()[-1]
    assert check == f"0 permit special beside 6 6 {made_at}"
    assert 6 <= float(made_at) <= 66
    assert rest == [f"0 permit work beside {made_at} 106 116"]


def test_a_chain_of_steps_that_take_no_time_may_have_any_length() -> None:
    """Thousands of steps that are over at once follow one another, or are passed by; the last takes five minutes."""
    chain: dict[str, list[str]] = {"s0": [], **{f"s{n}": [f"s{n - 1}"] for n in range(1, 3000)}}
    attempts = {name: [takes(0)] for name in chain} | {"s2999": [takes(5)]}
    active = {f"s{n}": [True, False] for n in range(1000, 2000)}
    tables = made(chain, attempts, arrivals=[0, 1], active=active)
    log = simulate(tables)
    assert trace(tables, log) == ["0 s2999 work 0 0 5", "1 s2999 work 1 1 6"]
    assert [len(log.attempts) // len(ATTEMPT), len(log.cases) // len(CASE)] == [3000 + 2000, 2]


def test_nodes_that_are_over_at_once_are_looked_at_along_each_branch_in_turn() -> None:
    """What follows the first branch begins before the second branch does."""
    before = {"a": [], "b": ["a"], "b2": ["b"], "c": ["a"], "c2": ["c"], "end": ["b2", "c2"]}
    tables = made(before, {name: [takes(0)] for name in before})
    order = frame(simulate(tables).attempts, ATTEMPT)["node"].tolist()
    assert [tables.flows[0].nodes[n].id for n in order] == ["a", "b", "b2", "c", "c2", "end"]


def test_what_was_played_goes_at_once() -> None:
    """Nothing of a play is left but its log, without Python looking for what holds itself."""
    tables = made({"s": []}, {"s": [takes(5)]}, arrivals=[0, 1])
    simulate(tables)
    gc.collect()
    gc.disable()
    try:
        log = simulate(tables)
        left = [part for part in gc.get_objects() if type(part) in (Engine, Line, Cursor, Case)]
    finally:
        gc.enable()
    assert (left, trace(tables, log)) == ([NOBODY], ["0 s work 0 0 5", "1 s work 1 1 6"])
