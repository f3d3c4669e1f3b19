"""Rounds of correction, time in the applicant's hands and before acceptance, and how many cases are open."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.records.frames import Records

from .services import measured, play, practised, reformed

ONE = "{reform: 一次性告知}"
HANDS = ("applicant_days", "before_acceptance_days", "elapsed_days")


def test_each_round_of_correction_counts_and_costs_the_applicant() -> None:
    """2 days to prepare a form, 3 for each time it comes back, 5 for the office: what is above 7 days are rounds."""
    steps = "  a: {needs: [form], limit: {statutory: ~5}}"
    practice = practised(prepare=2, correction=3, deficient=0.4)
    found = play(reformed(steps, ONE, cases=60, practice=practice), 1)
    rounds = measured(found, "corrections")
    assert set(rounds) >= {0, 1, 2}
    assert measured(found, "elapsed_days") == [7 + 3 * r for r in rounds]
    assert measured(found, "applicant_days") == measured(found, "before_acceptance_days") == [2 + 3 * r for r in rounds]
    assert measured(found, "corrections", steps=["a"]) == rounds


def test_steps_on_one_form_come_back_once() -> None:
    """Two steps with a form and a plan apply together: the rounds are those of their one submission."""
    steps = "  a: {needs: [form], limit: {statutory: ~2}}\n  b: {needs: [plan], limit: {statutory: ~2}}"
    window = "{reform: 一窗受理, steps: [a, b], form: one}"
    found = play(reformed(steps, ONE, window, cases=40, practice=practised(correction=1, deficient=0.3)), 1)
    rounds = measured(found, "corrections")
    assert max(rounds) > 0
    assert measured(found, "corrections", steps=["b"]) == rounds
    assert measured(found, "before_acceptance_days") == rounds
    assert measured(found, "before_acceptance_days", exclude=["submission"]) == [0] * 40


def test_a_system_sends_nothing_back() -> None:
    """Whoever it decides for is asked for nothing more."""
    steps = "  a: {needs: [form], limit: {statutory: ~5}}"
    system = "{reform: 秒批, steps: [a], share: 1, minutes: 1}"
    found = play(reformed(steps, system, cases=20, practice=practised(correction=1, deficient=0.5)), 1)
    assert measured(found, "corrections") == [0] * 20


@pytest.mark.parametrize(("beside", "applicant"), [(1, 2), (20, 0)])
def test_time_in_the_applicants_hands_is_what_lengthens_the_case(beside: float, applicant: float) -> None:
    """Two days to prepare, then five of review: they are on the path unless the step beside them is longer."""
    steps = f"  a: {{needs: [form], limit: {{statutory: ~5}}}}\n  b: {{limit: {{statutory: ~{beside}}}}}"
    found = play(reformed(steps, ONE, practice=practised(prepare=2)))
    assert [measured(found, m) for m in HANDS] == [[applicant], [2], [max(7, beside)]]


def test_each_application_has_its_time_before_acceptance() -> None:
    """2 days before the first review of 5, 2 before the second of 4, while nothing else is done: 4 of 13 days."""
    steps = (
        "  a: {needs: [form], limit: {statutory: ~5}}\n  b: {after: {a: order}, needs: [plan], limit: {statutory: ~4}}"
    )
    found = play(reformed(steps, ONE, practice=practised(prepare=2)))
    assert [measured(found, m) for m in HANDS] == [[4], [4], [13]]
    assert measured(found, "before_acceptance_days", steps=["b"]) == [2]


def test_papers_that_come_later_are_waited_for_after_acceptance() -> None:
    """A plan of 4 days comes during a review of 3: nothing before acceptance, a day in the applicant's hands."""
    steps = "  a: {needs: [plan], limit: {statutory: ~3}}"
    later = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~10}"
    found = play(reformed(steps, later, practice=practised(prepare=4)), 1)
    assert [measured(found, m) for m in HANDS] == [[1], [0], [4]]


STAYING = """
  a: {kind: applicant, duration: ~1c}
  b: {kind: agency, after: {a: nature}, duration: ~1.5c}
"""


def staying(cases: int, **head: str) -> Records:
    """A case a day, of which the first four are not measured."""
    prepared = reformed(STAYING, ONE, cases=cases, demand="every_minutes: 1440", **head)
    demand = prepared.scenario.demand["service"].model_copy(update={"warm_up": 4})
    return play(replace(prepared, scenario=prepared.scenario.model_copy(update={"demand": {"service": demand}})))


@pytest.mark.parametrize(
    ("scope", "open_at_once"),
    [({}, 2.5), ({"steps": ["b"]}, 1.5), ({"exclude": ["agency"]}, 1.0), ({"steps": ["a", "b"]}, 2.5)],
)
def test_as_many_cases_are_open_as_come_while_one_lasts(scope: dict[str, list[str]], open_at_once: float) -> None:
    """One comes a day and stays 2.5 days, 1.5 of them in b; those that came before the first measured one count."""
    found = staying(10)
    assert measured(found, "open_cases", **scope) == [open_at_once] * 6


def test_the_cases_open_are_those_that_are_asked_about() -> None:
    """Every case is large or not: the two kinds together are all."""
    found = staying(60, attributes="{large: {share: 0.4, source: guess}}")
    large, small = (set(measured(found, "open_cases", when={"large": value})) for value in (True, False))
    assert len(large) == len(small) == 1
    assert large.pop() + small.pop() == pytest.approx(2.5, abs=0.01)


def test_where_no_time_lies_between_arrivals_nothing_is_known_of_what_is_open() -> None:
    """A single case has no time while cases arrive."""
    assert all(map(math.isnan, measured(play(reformed(STAYING, ONE)), "open_cases")))
