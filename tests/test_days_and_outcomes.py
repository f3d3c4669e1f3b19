"""Days are days everywhere, an office decides while it is open, and what was revoked does not go on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.records.log import Ended
from sim.records.tables import Flag
from sim.spec.categories import Category
from sim.spec.durations import Duration

from .made import made, outcome, takes
from .services import PLACE, measured, play, practised, reformed, staffed

HOUR, DAY = 3600, 24 * 3600
ONE = "{reform: 一次性告知}"


def ready(found: object, node: str) -> list[float]:
    """When each case came to a step, in days of 24 hours since Monday 2024-03-04 at 00:00."""
    attempts = found.attempts[found.node_name == node]  # type: ignore[attr-defined]
    return [moment / DAY for moment in attempts["ready"].tolist()]


def test_an_applicants_calendar_days_are_calendar_days() -> None:
    """Seven calendar days of preparing from Monday 09:00 end on the next Monday at 09:00, not four weeks later."""
    practice = practised().replace("applicant: {days: 0, source", "applicant: {calendar_days: 7, source", 1)
    found = play(reformed("  a: {needs: [form], limit: {statutory: ~1}}", ONE, practice=practice))
    assert measured(found, "calendar_days") == [pytest.approx(7 + 8 / 24)]


def test_papers_of_different_clocks_are_prepared_one_after_another() -> None:
    """A day in office hours to Monday 17:00, then three calendar days to Thursday 17:00; a day of handling follows."""
    prepared = reformed("  a: {needs: [form, plan], limit: {statutory: ~1}}", ONE)
    lengths = {"form": {"days": 1.0}, "plan": {"calendar_days": 3.0}}
    own = {
        name: prepared.catalogue.materials[name].model_copy(update={"prepare": Duration(source="guess", **length)})
        for name, length in lengths.items()
    }
    catalogue = prepared.catalogue.model_copy(update={"materials": {**prepared.catalogue.materials, **own}})
    found = play(replace(prepared, catalogue=catalogue))
    assert measured(found, "calendar_days") == [pytest.approx(3 + 8 / 24 + 1)]


def test_a_correction_in_calendar_days_runs_over_the_weekend() -> None:
    """What failed on Friday at 17:00 is put right in two calendar days, on Sunday; the office goes on on Monday."""
    steps = "  a: {limit: {statutory: ~5}, fails: {rate: 0.6, correction: ~2c, source: guess}}"
    found = play(reformed(steps, ONE, cases=200, demand="every_minutes: 10080"))
    runs = found.attempts
    failed = runs[(runs["flags"] & int(Flag.FAILED)) > 0]
    assert len(failed) > 50
    waited = found.activities[found.activities["attempt"].isin(failed.index) & (found.activities["category"] == 4)]
    assert set((waited["ended"] - waited["started"]).tolist()) == {2 * DAY}


def test_a_deferred_paper_is_held_against_the_day_on_which_it_comes() -> None:
    """A paper of 10 working days comes on the second Friday: later than 5 calendar days after Monday, not than 12."""
    steps = "  a: {needs: [plan], limit: {statutory: ~20}}"
    late = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~5c}"
    on_time = late.replace("~5c", "~12c")
    practice = practised(prepare=10)
    for reform, returned in ((late, 1), (on_time, 0)):
        found = play(reformed(steps, reform, practice=practice), 1)
        assert measured(found, "returned_share") == [returned]


def test_five_calendar_days_to_supply_end_on_a_working_day() -> None:
    """Five calendar days after Monday are Saturday, which moves to Monday: 6 working days suffice, 6.5 do not."""
    steps = "  a: {needs: [plan], limit: {statutory: ~20}}"
    reform = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~5c}"
    returned = [
        measured(play(reformed(steps, reform, practice=practised(prepare=days)), 1), "returned_share")
        for days in (6, 6.5)
    ]
    assert returned == [[0], [1]]


def test_an_office_decides_only_while_it_is_open() -> None:
    """Ten calendar days from Monday 09:00 end on a Thursday; five on a Saturday, decided on Monday; half at 17:00."""
    ends = [
        play(reformed(f"  a: {{limit: {{statutory: ~{days}c}}}}", ONE)).cases["finished"].tolist()[0] / HOUR
        for days in (10, 5, 0.5)
    ]
    assert ends == [10 * 24 + 9, 7 * 24 + 9, 17]


def test_papers_that_come_at_night_are_decided_on_when_the_office_opens() -> None:
    """The plan takes five calendar days, to Saturday 09:00, the review one day: decided on Monday at 09:00."""
    practice = practised().replace("applicant: {days: 0", "applicant: {calendar_days: 5", 1)
    reform = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~12c}"
    found = play(reformed("  a: {needs: [plan], limit: {statutory: ~1}}", reform, practice=practice), 1)
    assert [end / HOUR for end in found.attempts["decided"].tolist()] == [7 * 24 + 9]


def test_a_decision_that_takes_no_time_waits_for_the_office_too() -> None:
    """Works of five calendar days end on a Saturday; what is decided on a promise at once is so on Monday at 09:00."""
    steps = "  z: {kind: construction, duration: ~5c}\n  a: {after: {z: nature}, limit: {statutory: ~5}}"
    reform = "{reform: 告知承诺, steps: [a], decide: ~0, uptake: 1, check_within: ~0}"
    found = play(reformed(steps, reform), 1)
    assert [end / HOUR for end in found.cases["finished"].tolist()] == [7 * 24 + 9]


def test_an_office_is_open_while_any_of_its_officers_is_on_duty() -> None:
    """Six calendar days from Monday 09:00 end on a Sunday, on which one of two groups, or nobody, is on duty."""
    place = PLACE.replace("hall: {periods", "hall: {also: [sun], periods")
    group = "{{count: 1, hours: {}, source: guess}}".format
    ends = []
    for groups in ([group("office"), group("hall")], [group("office")]):
        town = place.replace("en: Bureau}}", f"en: Bureau}}, staff: {{officers: [{', '.join(groups)}]}}}}")
        found = play(reformed("  a: {limit: {statutory: ~6c}}", ONE, place=town))
        ends += [end / HOUR for end in found.cases["finished"].tolist()]
    assert ends == [6 * 24 + 9, 7 * 24 + 9]


def test_a_notice_ends_with_its_last_day() -> None:
    """Seven days from Monday 2024-03-04 11:00 are over when Tuesday the 12th begins; a last day off moves on."""
    steps = "  n: {kind: notice, duration: ~7c}\n  a: {after: {n: nature}, limit: {statutory: ~1}}"
    found = play(reformed(steps, ONE, demand="every_minutes: 660"))
    assert ready(found, "a") == [8]
    may = play(reformed(steps, ONE, demand="every_minutes: 660", start="2024-04-26"))
    assert ready(may, "a") == [11]  # 05-03 is in the holiday of 05-01 to 05-05, so that Monday 05-06 is the last day


def test_the_last_day_of_a_calendar_limit_moves_off_a_holiday() -> None:
    """Accepted on Sunday 2024-04-28, a working day: five calendar days end in the May holiday, due on Monday 05-06."""
    steps = "  a: {limit: {statutory: ~5c}}"
    factors = {1: 1, 1.6: 1, 1.8: 0}  # 04-28 09:00 + 5, 8 and 9 days: decided on 05-06 at 09:00, and on 05-07
    for factor, on_time in factors.items():
        practice = practised(pace=str(factor))
        found = play(reformed(steps, ONE, start="2024-04-28", practice=practice))
        assert measured(found, "on_time_share") == [on_time]


def test_silence_for_more_than_five_working_days_is_an_acceptance() -> None:
    """One clerk looks at each of ten files for a day: the seventh waits for six and is accepted when it came."""
    practice = practised(check=480)
    steps = "  a: {needs: [form], limit: {statutory: ~3}}"
    place = staffed("window")
    found = play(reformed(steps, ONE, cases=10, demand="every_minutes: 0.001", practice=practice, place=place))
    # Files are checked at the ends of days 1 to 10; the sixth is looked at on Monday, the fifth working day after.
    assert measured(found, "deemed_share") == [0] * 6 + [1] * 4
    assert measured(found, "counted_days") == [3] * 6 + [n + 3 for n in (7, 8, 9, 10)]


def test_a_common_submission_nobody_looks_at_counts_from_the_day_it_came() -> None:
    """The same for a form of two steps: its wait is counted before theirs."""
    steps = """
  a: {form: joint, needs: [form], limit: {statutory: ~3}}
  b: {form: joint, needs: [form], limit: {statutory: ~2}}
"""
    found = play(reformed(steps, ONE, cases=7, demand="every_minutes: 0.001", practice=practised(check=480),
                          place=staffed("window")))  # fmt: skip
    assert measured(found, "counted_days") == [3] * 6 + [7 + 3]


def test_a_window_that_looks_for_seven_days_has_been_silent_too() -> None:
    """Nobody queues there, but it takes seven working days over a file: accepted when it came, not after them."""
    found = play(reformed("  a: {needs: [form], limit: {statutory: ~3}}", ONE, practice=practised(check=7 * 480)))
    assert (measured(found, "deemed_share"), measured(found, "counted_days")) == ([1], [7 + 3])


def test_what_is_returned_is_accepted_when_it_is_handed_in_anew() -> None:
    """The seventh file at one clerk is accepted by silence, but its plan comes too late: that acceptance is void."""
    steps = "  a: {needs: [form, plan], limit: {statutory: ~3}}"
    reform = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~1}"
    practice, place = practised(prepare=2, check=480), staffed("window")
    prepared = reformed(steps, reform, cases=7, demand="every_minutes: 0.001", practice=practice, place=place)
    found = play(prepared, 1)
    assert measured(found, "returned_share") == [1] * 7
    supplied = found.activities[found.activities["category"] == Category.APPLICANT].groupby("attempt")["ended"].max()
    assert (found.attempts["accepted"] >= supplied).tolist() == [True] * 7


def test_a_common_form_that_comes_back_is_only_looked_at_again() -> None:
    """Two papers of a day each and an hour at the window; after c has sent a case back to z, an hour at the window."""
    steps = """
  z: {limit: {statutory: ~1}}
  a: {form: joint, after: {z: order}, needs: [form], limit: {statutory: ~2}}
  b: {form: joint, needs: [plan], limit: {statutory: ~2}}
  c: {after: {a: order, b: order}, limit: {statutory: ~1}, fails: {rate: 0.5, redo: z, source: guess}}
"""
    found = play(reformed(steps, ONE, cases=30, practice=practised(prepare=1, check=60)))
    forms = found.attempts[found.node_name == "form:joint"]
    spans = found.office_days(forms["ready"].to_numpy(), forms["finished"].to_numpy()).tolist()
    assert spans == [0.125 if nth else 2.125 for nth in forms["nth"]]
    assert forms["nth"].max() > 1


PROMISED = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 1, check_within: ~0, false: 1}"


def test_what_rests_on_a_revoked_decision_does_not_start() -> None:
    """The promise is found false on the day after the decision; b, which takes ten days, is over; c never begins."""
    steps = """
  a: {limit: {statutory: ~5}, work: ~8h}
  b: {after: {a: order}, limit: {statutory: ~10}}
  c: {after: {b: order}, limit: {statutory: ~1}}
"""
    found = play(reformed(steps, PROMISED, place=staffed("officers")), 1)
    assert sorted(set(found.node_name.tolist())) == ["a", "b"]
    assert found.cases["refused"].tolist() == [Ended.REVOKED]
    assert found.granted.tolist() == [False]
    assert np.isnan(measured(found, "elapsed_days")).all()
    assert measured(found, "revoked_share") == [1]


def test_a_certificate_revoked_after_the_case_is_not_in_the_means() -> None:
    """The case was over when its promise was found false: its time is that of no usable certificate."""
    found = play(reformed("  a: {limit: {statutory: ~5}, work: ~8h}", PROMISED, place=staffed("officers")), 1)
    assert (found.cases["refused"].tolist(), found.granted.tolist()) == ([Ended.GRANTED], [False])
    assert np.isnan(measured(found, "counted_days")).all()


def test_a_step_that_fails_waits_for_what_it_rests_on_to_be_done_again() -> None:
    """While b is checked, c sends the case back to a; b fails meanwhile and starts again only on the new a."""
    tables = made({"a": [], "b": ["a"], "c": ["a"]},
                  {"a": [takes(1), takes(5)], "b": [takes(3, int(Flag.FAILED)), takes(2)],
                   "c": [takes(2, int(Flag.FAILED)), takes(1)]},
                  redo={"b": ["b"], "c": ["a", "c"]})  # fmt: skip
    trace, cases = outcome(tables)
    # a 0-1; c fails at 3 and sends back to a, 3-8; b fails at 4 and waits for it; b 8-10, c 8-9.
    assert cases == [(10, 0)]
    assert [row for row in trace if "b#2" in row] == ["0 b#2 work 8 8 10"]
