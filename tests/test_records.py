"""Where the time of a case went, by hand."""

from __future__ import annotations

import pytest

from sim.engine.play import simulate
from sim.records.frames import Records, records
from sim.records.tables import Flag, Tables
from sim.records.utilisation import utilisation
from sim.spec.categories import Category

from . import identities
from .made import made, takes
from .small import OFFICE_HOURS, PRACTICE, log_of, play, scenario, service, staffed, world

HOUR = 3600
Split = list[tuple[int, str, str, float, float]]


def split(found: Records) -> Split:
    """The stretches: case, step, category, hours on the wall and office hours."""
    rows = found.stretches.sort_values(["position", "node", "category"], kind="stable").itertuples()
    return [
        (r.position, found.nodes[r.node].id, Category(r.category).name.lower(), r.calendar / HOUR, r.office / HOUR)
        for r in rows
    ]


def path(found: Records) -> list[list[str]]:
    """By case: the steps of its critical path, first to last."""
    names = dict(zip(found.attempts.index, found.node_name, strict=True))
    runs = found.path.groupby("position")["attempt"]
    return [[names[run] for run in reversed(own.tolist())] for _, own in runs]


def checked(tables: Tables) -> Records:
    """The records of the first process of tables made by hand, held against the identities."""
    log = simulate(tables)
    identities.check(tables, log)
    return records(tables, log, 0)


# -- the critical path ----------------------------------------------------------------------------


def test_the_path_runs_through_what_was_waited_for_last() -> None:
    """Of two parallel reviews the slower one is on the path, and with it what it waited for."""
    before = {"land": [], "plan": ["land"], "fire": ["plan"], "flood": ["land"], "build": ["fire", "flood"]}
    minutes = {"land": 5, "plan": 10, "fire": 3, "flood": 14, "build": 2}
    found = checked(made(before, {step: [takes(m)] for step, m in minutes.items()}))
    assert path(found) == [["land", "flood", "build"]]
    assert split(found) == [
        (0, "land", "work", 5 / 60, 5 / 60),
        (0, "flood", "work", 14 / 60, 14 / 60),
        (0, "build", "work", 2 / 60, 2 / 60),
    ]


def test_what_is_done_again_is_on_the_path_each_time() -> None:
    """The path of a case that was sent back goes through both attempts, and not through what ran beside them."""
    failed = int(Flag.FAILED)
    attempts = {"draw": [takes(4), takes(2)], "review": [takes(1, failed), takes(1)], "beside": [takes(7)]}
    redo = {"review": ["draw", "review"]}
    found = checked(made({"draw": [], "review": ["draw"], "beside": []}, attempts, redo=redo))
    assert path(found) == [["draw", "review", "draw", "review"]]
    assert found.stretches["calendar"].sum() == 8 * 60


def test_a_refused_case_ends_on_the_path_of_what_ran_longest() -> None:
    """The refusal came first, but the case was over when the other desk was."""
    attempts = {"fire": [takes(5, int(Flag.REFUSED))], "flood": [takes(8)]}
    found = checked(made({"fire": [], "flood": []}, attempts))
    assert path(found) == [["flood"]]
    assert found.cases["refused"].tolist() == [1]


def test_a_case_without_steps_has_no_path() -> None:
    """A case that goes through nothing has no stretch, and the others keep theirs."""
    found = checked(made({"draw": []}, {"draw": [takes(4)]}, arrivals=[0, 1, 2], active={"draw": [True, False, True]}))
    assert split(found) == [(0, "draw", "work", 4 / 60, 4 / 60), (2, "draw", "work", 4 / 60, 4 / 60)]


# -- the split ------------------------------------------------------------------------------------


def test_a_weekend_in_the_queue_is_off_duty() -> None:
    """Come Friday 16:30, started Monday 11:00: half an hour and two hours in the queue, 64 h nobody there."""
    step = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: 3, source: guess}}"
    question = scenario(2, "every_minutes: 1", start="2024-03-08")
    tables, _ = log_of(world(service(step), question, staffed(OFFICE_HOURS, desk=1)))
    tables.arrivals[0].times[:] = [16 * HOUR, 16 * HOUR + 1800]
    assert split(checked(tables)) == [
        (0, "serve", "work", 3, 3),
        (0, "serve", "off_duty", 64, 0),
        (1, "serve", "work", 3, 3),
        (1, "serve", "queue", 2.5, 2.5),
        (1, "serve", "off_duty", 64, 0),
    ]


MATERIALS = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant, prepare: {hours: 2, source: guess}}}"
EVERYTHING = """
  design: {name: {zh: 设计, en: Design}, kind: agency, duration: {days: 1, source: guess}}
  notice: {name: {zh: 公示, en: Notice}, kind: notice, after: {design: order},
    duration: {calendar_days: 3, source: guess}}
  review:
    name: {zh: 审查, en: Review}
    at: desk
    needs: [form]
    after: {notice: order}
    sits: {weekdays: [wed], at: "14:00", source: guess}
    work: {hours: 1, source: guess}
    circulation: {hours: 3, source: guess}
    special: [{procedure: 听证, calendar_days: 1, source: guess}]
  works: {name: {zh: 施工, en: Works}, kind: construction, after: {review: nature},
    duration: {days: 0.5, source: guess}}
"""


def test_every_kind_of_time_has_its_category() -> None:
    """From Thursday 10:00: a day's design, three days' notice over the weekend, papers, a sitting, work, 听证, works.

    Thu 10 -agency- Fri 10 -special- Mon 24 -applicant- Tue 11 -sitting- Wed 14 -work- Wed 15 -circulation- Thu 10
    -special- Fri 10 -construction- Fri 14. The third day of the notice after Friday is Monday, to its end. Three hours
    of circulation leave one for Thursday: 16 h off duty. The night of who designs, and that of the applicant, are
    theirs.
    """
    prepared = world(service(EVERYTHING), scenario(1, "every_minutes: 600", start="2024-03-07"),
                     staffed(OFFICE_HOURS, desk=2), materials=MATERIALS)  # fmt: skip
    assert split(play(prepared)) == [
        (0, "design", "agency", 24, 8),
        (0, "notice", "special", 86, 15),
        (0, "review", "work", 1, 1),
        (0, "review", "circulation", 3, 3),
        (0, "review", "off_duty", 16, 0),
        (0, "review", "applicant", 11, 2),
        (0, "review", "special", 24, 8),
        (0, "review", "sitting", 27, 11),
        (0, "works", "construction", 4, 4),
    ]


SHIFTS = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-17:00"], source: guess}
  evening: {periods: ["17:00-20:00"], source: guess}
departments:
  desk: {name: {zh: 窗口, en: Desk}, staff: {officers: [@groups]}}
"""


def shifts(*hours: str) -> str:
    """A place whose desk has one officer for each of these hours."""
    return SHIFTS.replace("@groups", ", ".join(f"{{count: 1, hours: {h}, source: guess}}" for h in hours))


def test_work_outside_office_hours_is_calendar_time_only() -> None:
    """The hour to 17:00 passes with nobody at the desk; two hours of evening work are none of the working day."""
    step = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: 2, source: guess}}"
    found = play(world(service(step), scenario(1, "every_minutes: 960"), shifts("evening")))
    assert split(found) == [
        (0, "serve", "work", 2, 0),
        (0, "serve", "queue", 0, 1),
        (0, "serve", "off_duty", 1, 0),
    ]


def test_a_desk_with_two_shifts_is_open_as_long_as_the_longer_of_the_two() -> None:
    """A wait from 16:00 to 12:00 next day, over 4 hours of one shift and 3 of the other, is 4 h of queue, 16 off duty.

    The work of 11 h then lasts from 12:00 to 15:00 next day, of which 16 h are off duty again.
    """
    step = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: 11, source: guess}}"
    tables, _ = log_of(world(service(step), scenario(3, "every_minutes: 1"), shifts("office", "evening")))
    tables.arrivals[0].times[:] = [9 * HOUR, 10 * HOUR, 16 * HOUR]
    assert split(checked(tables))[-3:] == [
        (2, "serve", "work", 11, 11),
        (2, "serve", "queue", 4, 4),
        (2, "serve", "off_duty", 32, 0),
    ]


# -- what is measured -----------------------------------------------------------------------------

SERVE = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: @hours, source: guess}}"


def test_first_cases_are_played_but_not_measured() -> None:
    """The warm-up keeps the officer busy for the cases that are measured."""
    question = scenario(3, "every_minutes: 60", warm_up=2)
    found = play(world(service(SERVE.replace("@hours", "2")), question, staffed(desk=1)))
    assert found.cases["case"].tolist() == [2]
    assert split(found) == [(0, "serve", "work", 2, 2), (0, "serve", "queue", 2, 2)]


def test_processes_share_a_desk_and_keep_their_own_records() -> None:
    """A case of one service waits for one of the other, and each has records of its own."""
    other = service(SERVE.replace("@hours", "3")).replace("id: service", "id: other")
    question = scenario(1, "every_minutes: 30").replace(
        "variants:", "  other: {every_minutes: 60, cases: 1, source: guess}\nvariants:"
    )
    tables, log = log_of(world(service(SERVE.replace("@hours", "2")), question, staffed(desk=1), beside=other))
    identities.check(tables, log)
    first, second = (records(tables, log, number) for number in (0, 1))
    assert [(r.process, r.attempts["flow"].tolist(), len(r.activities)) for r in (first, second)] == [
        ("service", [0], 1),
        ("other", [1], 1),
    ]
    assert split(first) == [(0, "serve", "work", 2, 2)]
    assert split(second) == [(0, "serve", "work", 3, 3), (0, "serve", "queue", 1.5, 1.5)]


@pytest.mark.parametrize(("officers", "share"), [(1, 1.0), (2, 0.5), (4, 0.25)])
def test_utilisation_is_worked_time_over_open_time(officers: int, share: float) -> None:
    """Cases come on Monday at 13:00 and in the night: four hours of work fill all, half or a quarter of that time."""
    step = SERVE.replace("@hours", "4")
    prepared = world(service(step), scenario(2, "every_minutes: 780"), staffed(OFFICE_HOURS, desk=officers))
    assert utilisation(*log_of(prepared)) == {("desk", "officers"): share}


def test_utilisation_counts_every_officer_of_a_check() -> None:
    """Two of four officers at work for the whole time are a half."""
    step = SERVE.replace("hours: @hours", "hours: 4, staff: 2")
    prepared = world(service(step), scenario(2, "every_minutes: 780"), staffed(OFFICE_HOURS, desk=4))
    assert utilisation(*log_of(prepared)) == {("desk", "officers"): 0.5}


def test_no_day_is_lost_between_two_clocks() -> None:
    """With every kind of time, corrections, failures and queues, both clocks add up to the second for every case."""
    practice = PRACTICE.replace("applicant: {share: 0", "applicant: {share: 0.4").replace(
        "check: {minutes: 0", "check: {minutes: 7"
    )
    steps = EVERYTHING.replace(
        "work: {hours: 1,", "fails: {rate: 0.4, redo: design, source: guess}\n    work: {hours: 1,"
    )
    prepared = world(
        service(steps), scenario(150, "per_year: 2500"), staffed(OFFICE_HOURS, desk=1), practice, MATERIALS
    )
    tables, log = log_of(prepared)
    identities.check(tables, log)
    assert len(set(records(tables, log, 0).stretches["category"])) == 9
