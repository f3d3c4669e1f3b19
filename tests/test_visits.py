"""Officers of several departments work on a case at the same time: 联合踏勘."""

from __future__ import annotations

from datetime import date

import pytest

from sim.core.errors import PlannerError
from sim.core.holidays import day_table
from sim.core.hours import Hours
from sim.core.workdays import Clock
from sim.records.frames import Records
from sim.spec.findings import Known
from sim.spec.process_checks import process_findings

from .identities import check
from .services import PLACE, SOURCES, after, changes, measured, play, reformed, refusal, service, staffed, written
from .small import log_of, moment

ONE = "{reform: 一次性告知}"
STEPS = """
  a: {work: {hours: 3, staff: 2, by: inspectors, source: guess,
             along: [{at: hall, by: window}]}}
"""
TOWN = staffed("officers", "inspectors", count=2)
PARTS = """
  a: {limit: {statutory: ~5}, work: {hours: 3, staff: 2, by: inspectors, source: guess}}
  b: {at: hall, after: {a: order}, limit: {statutory: ~3}, work: {hours: 4, by: window, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~4}, work: {hours: 2, by: inspectors, source: guess}}
"""
VISIT = "{reform: 联合踏勘, steps: [a, b, c], into: a}"
EPOCH = date(2024, 3, 4)


def served(found: Records) -> list[str]:
    """Who works on what: `case node department/role number from to`, and `beside` where it is off the main line."""
    rows = []
    for row in found.activities[found.activities["pool"] >= 0].itertuples():
        pool, attempt = found.tables.pools[row.pool], found.attempts.loc[row.attempt]
        node = found.flows[attempt["flow"]].nodes[attempt["node"]].id
        times = " ".join(moment(t) for t in (row.queued, row.started, row.ended))
        rows.append(f"{attempt['case']} {node} {pool.department}/{pool.role} {row.staff} {times}"
                    + ("" if row.main else " beside"))  # fmt: skip
    return rows


def test_a_visit_starts_when_all_are_there() -> None:
    """Two inspectors and one of the hall, from Monday 09:00 on, for three hours."""
    found = play(reformed(STEPS, ONE, place=TOWN))
    assert served(found) == [
        "0 a bureau/inspectors 2 03-04 09:00 03-04 09:00 03-04 12:00",
        "0 a hall/window 1 03-04 09:00 03-04 09:00 03-04 12:00 beside",
    ]
    assert measured(found, "elapsed_days") == [3 / 8]


def test_whoever_is_there_first_waits_for_the_others() -> None:
    """The hall has a file until 14:00: the inspector is held from 09:00 on, and a file of his begins at 16:00."""
    steps = """
  h: {at: hall, work: {hours: 5, by: window, source: guess}}
  v: {after: {p: nature},
      work: {hours: 2, by: inspectors, source: guess, along: [{at: hall, by: window}]}}
  p: {kind: applicant, duration: ~1m}
  i: {after: {q: nature}, work: {hours: 1, by: inspectors, source: guess}}
  q: {kind: applicant, duration: ~2m}
"""
    prepared = reformed(steps, ONE, place=staffed("inspectors"))
    assert served(play(prepared)) == [
        "0 h hall/window 1 03-04 09:00 03-04 09:00 03-04 14:00",
        "0 v bureau/inspectors 1 03-04 09:01 03-04 14:00 03-04 16:00",
        "0 v hall/window 1 03-04 09:01 03-04 14:00 03-04 16:00 beside",
        "0 i bureau/inspectors 1 03-04 09:02 03-04 16:00 03-04 17:00",
    ]
    check(*log_of(prepared))


def test_an_appointment_is_kept_before_files() -> None:
    """Twelve cases have come by 09:00 to one inspector: the visits are first, whenever they came."""
    steps = """
  file: {when: {visited: false}, work: {hours: 2, by: inspectors, source: guess}}
  visit: {when: {visited: true},
          work: {hours: 1, by: inspectors, source: guess, along: [{at: hall, by: window}]}}
"""
    attributes = "{visited: {share: 0.5, source: guess}}"
    prepared = reformed(steps, ONE, place=staffed("inspectors"), cases=12, demand="every_minutes: 7",
                        start="2024-03-04", attributes=attributes)  # fmt: skip
    found = play(prepared)
    order = [line.split()[1] for line in sorted(served(found), key=lambda x: x.split()[6:8]) if "inspectors" in line]
    visited = found.attribute("visited")
    assert order == ["visit"] * sum(visited) + ["file"] * (len(visited) - sum(visited))
    check(*log_of(prepared))


def test_visits_of_many_departments_never_wait_for_one_another_without_end() -> None:
    """Three kinds of visits want two of three pools each, some of them for urgent cases; all of them take place."""
    steps = """
  a: {when: {kind: x},
      work: {hours: 1, by: inspectors, source: guess, along: [{at: hall, by: window}]}}
  b: {when: {kind: y},
      work: {hours: 2, by: officers, source: guess, along: [{at: bureau, by: inspectors}]}}
  c: {when: {kind: z}, at: hall,
      work: {hours: 3, by: window, source: guess, along: [{at: bureau, by: officers}]}}
"""
    kinds = "{kind: {values: {x: 0.3, y: 0.4, z: 0.3}, source: guess}, fast: {share: 0.5, source: guess}}"
    urgent = "{reform: 绿色通道, when: {fast: true}}"
    prepared = reformed(steps, urgent, place=staffed("officers", "inspectors"), cases=60, demand="every_minutes: 31",
                        attributes=kinds)  # fmt: skip
    for variant in (0, 1):
        tables, log = log_of(prepared, variant)
        assert len(log.cases) == 60 * 7
        check(tables, log)


def test_a_visit_lasts_while_all_are_on_duty() -> None:
    """The hall opens at 11:00 and closes at 13:00, the bureau from 09:00 to 17:00: five hours take three days."""
    place = TOWN.replace('hall: {periods: ["09:00-17:00"]', 'hall: {periods: ["11:00-13:00"]')
    found = play(reformed(STEPS.replace("hours: 3", "hours: 5"), ONE, place=place))
    assert {line.split()[-2] + " " + line.split()[-1] for line in served(found) if "beside" not in line} == {
        "03-06 12:00"
    }


def test_officers_who_are_never_on_duty_together_are_refused() -> None:
    """One by day, the other by night."""
    place = TOWN.replace('hall: {periods: ["09:00-17:00"]', 'hall: {periods: ["18:00-22:00"]')
    with pytest.raises(PlannerError) as error:
        play(reformed(STEPS, ONE, place=place))
    assert str(error.value) == (
        "inspectors of bureau, window of hall are never on duty at the same time; let their hours overlap"
    )


def test_groups_that_never_meet_are_refused_though_their_departments_do() -> None:
    """A second group at the hall comes in the evening alone: whoever of it is called would wait for ever."""
    night = 'hours:\n  night: {periods: ["18:00-22:00"], source: guess}'
    group = "{count: 2, hours: hall, source: guess}"
    place = TOWN.replace("hours:", night, 1).replace(group, f"{group}, {group.replace('hall', 'night')}")
    with pytest.raises(PlannerError) as error:
        play(reformed(STEPS, ONE, place=place))
    assert str(error.value) == (
        "inspectors of bureau, window of hall are never on duty at the same time; let their hours overlap"
    )


def test_where_nobody_counts_them_a_visit_only_takes_its_time() -> None:
    """No pool, no queue; and with a pool of one side alone, that side's officers."""
    assert measured(play(reformed(STEPS, ONE, place=PLACE)), "elapsed_days") == [3 / 8]
    alone = PLACE.replace("en: Hall}}", "en: Hall}, staff: {window: [{count: 1, hours: hall, source: guess}]}}")
    assert served(play(reformed(STEPS, ONE, place=alone))) == ["0 a hall/window 1 03-04 09:00 03-04 09:00 03-04 12:00"]


def test_a_department_that_acts_for_another_sends_its_officers_for_both() -> None:
    """The hall does the bureau's work: two of its inspectors for the one, one for the other, of three it has."""
    hall = "staff: {inspectors: [{count: %d, hours: hall, source: guess}]}}"
    steps = STEPS.replace("by: window", "by: inspectors")
    acting = PLACE.replace("bureau: {name: {zh: 局, en: Bureau}}", "bureau: {by: hall}")
    three, two = (acting.replace("en: Hall}}", "en: Hall}, " + hall % n) for n in (3, 2))
    assert served(play(reformed(steps, ONE, place=three))) == [
        "0 a hall/inspectors 3 03-04 09:00 03-04 09:00 03-04 12:00"
    ]
    with pytest.raises(PlannerError, match="hall has no group of 3 inspectors to work together on one case"):
        play(reformed(steps, ONE, place=two))


def test_a_clock_that_is_open_while_others_are() -> None:
    """Lunch of one, a late start of the other; a clock that never closes changes nothing."""
    table = day_table()
    hour = 3600
    one = Clock(table, Hours(((9 * hour, 12 * hour), (13 * hour, 17 * hour))), EPOCH)
    other = Clock(table, Hours(((11 * hour, 15 * hour),), "every_day"), EPOCH)
    always = Clock(table, Hours.ALWAYS, EPOCH)
    both = Clock.all_of([one, always, other, one])
    assert [both.next_open(0) // hour, both.add(0, 2 * hour) // hour, both.between(0, 7 * 24 * hour) // hour] == [
        11,
        14,
        15,
    ]
    assert Clock.all_of([always, one]) is one
    assert Clock.all_of([always]) is always
    never = Clock.all_of([one, Clock(table, Hours(((18 * hour, 20 * hour),)), EPOCH)])
    assert (both.ever_open, never.ever_open) == (True, False)


# -- the reform ------------------------------------------------------------------------------------------


def test_three_visits_become_one() -> None:
    """3, 4 and 2 hours one after another; then 4 hours of two inspectors and one of the hall, all at once."""
    prepared = reformed(PARTS, VISIT, place=TOWN)
    assert served(play(prepared, 1)) == [
        "0 a bureau/inspectors 2 03-04 09:00 03-04 09:00 03-04 13:00",
        "0 a hall/window 1 03-04 09:00 03-04 09:00 03-04 13:00 beside",
    ]
    work = after(prepared).steps["a"].work
    assert work is not None
    assert (work.hours, work.by, work.staff) == (4, "window", 1)
    assert [(who.at, who.by, who.staff) for who in work.along] == [("bureau", "inspectors", 2)]
    before, now = (play(prepared, v) for v in (0, 1))
    hours = [
        (x.activities["busy"] * x.activities["staff"])[x.activities["pool"] >= 0].sum() / 3600 for x in (before, now)
    ]
    assert hours == [3 * 2 + 4 + 2, 4 * 2 + 4]
    assert any("along" in change for change in changes(prepared))


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (PARTS.replace(", work: {hours: 2, by: inspectors, source: guess}", ""),
         "c states no work that is done on site for every case; give its work, or use 合并办理"),
        (PARTS.replace("c: {after", "c: {when: {large: true}, after"),
         "a and c are not for the same cases; bring together those that are"),
    ],
)  # fmt: skip
def test_what_is_no_visit_of_the_same_cases_is_not_brought_together(steps: str, message: str) -> None:
    """Desk work stays at the desk."""
    assert refusal(steps, VISIT, attributes="{large: {share: 0.5, source: guess}}") == message


def test_whoever_comes_along_is_of_a_department() -> None:
    """A department that no place has is told where it stands."""
    process = written(service(STEPS.replace("at: hall", "at: hal")))
    known = Known(SOURCES, {}, {"bureau": {}, "hall": {}})
    assert [(f.path, f.message) for f in process_findings(process, known)] == [
        (("steps", "a", "work", "along", 0, "at"), "unknown department 'hal', did you mean 'hall'?")
    ]
