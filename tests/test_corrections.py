"""A deadline for corrections, after which an application lapses."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from sim.analysis.compare import compare
from sim.records.log import Ended
from sim.report.page.context import Context
from sim.report.page.doubts import doubts
from sim.report.screen.printed import print_comparison
from sim.spec.categories import Category

from .services import measured, play, practised, reformed, staffed
from .test_step_checks import findings

ONE = "{reform: 一次性告知}"
STEPS = "  review: {needs: [letter], correct_within: ~30c, limit: {statutory: ~2}}"
NEVER = practised(correction=5, deficient=0.95)
"""Applicants who take a week each time and never get it right."""
DAY = 24 * 3600


def test_what_is_not_complete_in_thirty_days_lapses() -> None:
    """First told on Monday 2024-03-04; 30 calendar days after is April 3rd, at whose end it is over.

    Papers came back on the four Mondays from March 11th to April 1st: five visits, and no decision.
    """
    found = play(reformed(STEPS, ONE, practice=NEVER))
    assert found.cases["refused"].tolist() == [Ended.LAPSED]
    assert found.cases["finished"].tolist() == [31 * DAY]
    assert [measured(found, m) for m in ("lapsed_share", "refused_share", "trips")] == [[1], [0], [5]]
    assert measured(found, "corrections") == [5]  # told on five Mondays, and put right after four of them
    assert found.attempts[["accepted", "decided"]].to_numpy().tolist() == [[-1, -1]]
    times = [measured(found, m)[0] for m in ("counted_days", "elapsed_days", "refused_days", "on_time_share")]
    assert np.isnan(times).all()


@pytest.mark.parametrize(
    ("within", "days"), [("~30c", 31), ("~33c", 35), ("~5", 8), ("~4.9", 4 + 16.2 / 24), ("~39h", 4 + 16 / 24)]
)
def test_a_deadline_for_corrections_keeps_its_clock(within: str, days: float) -> None:
    """By dates: 33 days end on a Saturday off, April 6th, which moves to Sunday the 7th; 5 working days a week later.

    Parts of days and hours pass in office hours: 4.9 days of eight hours from Monday 09:00 on.
    """
    slow = practised(correction=5.1, deficient=0.95)
    found = play(reformed(STEPS.replace("~30c", within), ONE, practice=slow))
    assert [end / DAY for end in found.cases["finished"].tolist()] == [pytest.approx(days)]


def test_nine_papers_in_ten_that_are_deficient_keep_nobody_for_a_year() -> None:
    """Four corrections of a week fit into 30 days, a fifth does not: 0.9 to the fifth, or 59 %, lapse."""
    practice = practised(correction=5, deficient=0.9)
    found = play(reformed(STEPS, ONE, cases=2000, practice=practice, start="2022-03-07"))
    assert np.mean(measured(found, "lapsed_share")) == pytest.approx(0.9**5, abs=0.03)
    lasted = (found.cases["finished"] - found.cases["arrived"]) / DAY
    assert lasted.max() < 40
    assert max(measured(found, "trips")) == 6


def test_a_lapsed_application_has_no_outcome_of_a_review() -> None:
    """Whatever the draws have in store for its decision, nothing is refused or revoked that was never decided."""
    steps = STEPS.replace("limit:", "refused: {share: 1, source: guess}, limit:")
    promise = "{reform: 告知承诺, steps: [review], decide: ~1, uptake: 1, check_within: ~1, false: 1}"
    for variant, measure in ((0, "refused_share"), (1, "revoked_share")):
        found = play(reformed(steps, promise, practice=NEVER), variant)
        assert [measured(found, m) for m in ("lapsed_share", measure)] == [[1], [0]]


def test_nothing_starts_any_more_when_an_application_has_lapsed() -> None:
    """What runs beside goes on to its end; what waits for either never starts."""
    steps = STEPS + "\n  beside: {limit: {statutory: ~40}}\n  last: {after: {beside: order}, limit: {statutory: ~1}}"
    found = play(reformed(steps, ONE, practice=NEVER))
    assert sorted(found.node_name) == ["beside", "review"]
    assert found.cases["finished"].tolist() == found.attempts["finished"][found.node_name == "beside"].tolist()


def test_the_steps_of_a_form_have_the_longest_deadline_of_theirs() -> None:
    """10 and 30 calendar days for one application: it lapses after 30."""
    steps = "  a: {needs: [form], correct_within: ~10c, form: one, limit: {statutory: ~2}}\n"
    steps += "  b: {needs: [plan], correct_within: ~30c, form: one, limit: {statutory: ~2}}\n"
    found = play(reformed(steps, ONE, practice=NEVER))
    assert found.cases["finished"].tolist() == [31 * DAY]
    assert measured(found, "lapsed_share") == [1]


def test_a_window_that_answers_after_the_deadline_lets_it_lapse_at_once() -> None:
    """Told after a day at the window, back after four; the window looks for a day more, and time is up meanwhile."""
    practice = practised(correction=4, deficient=0.95, check=480)
    found = play(reformed(STEPS.replace("~30c", "~40h"), ONE, practice=practice, place=staffed("window")))
    assert [end / DAY for end in found.cases["finished"].tolist()] == [7 + 17 / 24]
    assert measured(found, "corrections") == [2]


def test_lapsed_cases_are_told() -> None:
    """Half of the papers never come right: the share is measured, the split is of the others, the page says so."""
    comparison = compare(reformed(STEPS, ONE, cases=40, practice=practised(correction=5, deficient=0.9)), runs=2)
    assert 0 < comparison.of("before", "service", "lapsed_share").mean.mean < 1
    split = comparison.split["before"]["service"]
    assert set(split["category"]) <= {Category.APPLICANT.id, Category.CIRCULATION.id, Category.OFF_DUTY.id}
    said = [doubt.text for doubt in doubts(Context(comparison, "en"))]
    assert "Times are those of the cases that were granted; refused and lapsed ones are listed apart." in said
    screen = StringIO()
    print_comparison(Console(file=screen, width=200), comparison, {}, "en")
    assert "Lapsed share" in screen.getvalue()


def test_only_what_is_handed_in_is_put_right() -> None:
    """A step without papers of the applicant has nothing to correct."""
    message = "nothing is handed in here that could be put right; add needs, or take correct_within out"
    assert findings("at: bureau, limit: {statutory: ~20}, correct_within: ~30c") == [("s.correct_within", message)]
