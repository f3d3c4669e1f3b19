"""容缺受理, 数据共享, 一窗受理, 一次性告知, 帮办代办, 全程网办: papers, forms and visits."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records.tables import Flag

from .services import after, changes, compared, edges, measured, play, practised, reformed, refusal, staffed

TWO_PAPERS = "  a: {needs: [form, plan], limit: {statutory: ~10}}\n"
DEFER = "{reform: 容缺受理, steps: [a], materials: [plan], within: ~5}"


def test_a_deferred_paper_is_prepared_while_the_office_reviews() -> None:
    """2 + 2 days of preparing and 10 of review become 2 and max(10, 2)."""
    prepared = reformed(TWO_PAPERS, DEFER, practice=practised(prepare=2))
    assert list(compared(prepared, "elapsed_days", "counted_days", "materials")) == [(14, 12), (10, 10), (2, 2)]


def test_no_decision_before_the_deferred_paper_has_arrived() -> None:
    """A review of 1 day waits for a paper of 4 days; the wait is the applicant's, not the office's time."""
    prepared = reformed(TWO_PAPERS.replace("~10", "~1"), DEFER, practice=practised(prepare=4))
    assert list(compared(prepared, "elapsed_days", "counted_days")) == [(9, 4 + max(1, 4)), (1, 1)]
    (run,) = play(prepared, 1).attempts.itertuples()
    assert run.decided - run.accepted >= 3 * 86400
    assert run.flags == Flag.DEFERRED


def test_two_deferred_papers_are_prepared_one_after_the_other() -> None:
    """Plan and map take 3 days each: 3 for the form, then max(5, 6)."""
    steps = "  a: {needs: [form, plan, map], limit: {statutory: ~5}}"
    prepared = reformed(steps, "{reform: 容缺受理, steps: [a], materials: [plan, map], within: ~9}",
                        practice=practised(prepare=3))  # fmt: skip
    assert list(compared(prepared, "elapsed_days")) == [(9 + 5, 3 + 6)]


def test_a_paper_supplied_too_late_returns_the_application() -> None:
    """The paper takes 6 days and 5 are allowed: it is handed in again with it, and the review starts over."""
    prepared = reformed(TWO_PAPERS, DEFER, practice=practised(prepare=6))
    assert list(compared(prepared, "elapsed_days", "counted_days", "returned_share")) == [
        (22, 6 + 6 + 10), (10, 10), (0, 1),
    ]  # fmt: skip


def test_a_paper_supplied_on_the_last_day_is_in_time() -> None:
    """5 days for a paper of 5 days."""
    prepared = reformed(TWO_PAPERS, DEFER, practice=practised(prepare=5))
    assert list(compared(prepared, "elapsed_days", "returned_share")) == [(20, 5 + 10), (0, 0)]


def test_the_review_begun_before_a_return_is_lost_work() -> None:
    """The officer works 3 hours on the returned application, and 3 hours again after it came back."""
    steps = TWO_PAPERS.replace("limit", "work: ~3h, limit")
    prepared = reformed(steps, DEFER, practice=practised(prepare=6), place=staffed("officers"))
    found = play(prepared, 1)
    served = found.activities[found.activities["pool"] >= 0]
    assert served[["main", "busy"]].values.tolist() == [[0, 3 * 3600], [1, 3 * 3600]]
    assert (served["started"].diff().dropna() >= 6 * 86400).all()


def test_only_those_who_want_it_and_are_allowed_it_defer() -> None:
    """Of the applicants of good credit about half defer; nobody else does."""
    reform = DEFER.replace("~5", "~5, uptake: 0.5, when: {good: true}")
    credit = "{good: {share: 0.5, source: guess}}"
    prepared = reformed(TWO_PAPERS, reform, cases=200, practice=practised(prepare=2), attributes=credit)
    found = play(prepared, 1)
    good = found.attribute("good").astype(bool)
    days = np.array(measured(found, "elapsed_days"))
    assert set(days[~good]) == {14}
    assert set(days[good]) == {12, 14}
    assert 0.35 < (days[good] == 12).mean() < 0.65


def test_each_step_defers_only_what_it_asks_for() -> None:
    """Step b asks for no map, so only the plan may be missing there."""
    steps = """
  a: {needs: [form, plan, map], limit: {statutory: ~10}}
  b: {needs: [form, plan], limit: {statutory: ~10}}
"""
    prepared = reformed(steps, "{reform: 容缺受理, steps: [a, b], materials: [plan, map], within: ~5}")
    deferred = {s: step.deferral.materials for s, step in after(prepared).steps.items() if step.deferral}
    assert deferred == {"a": ("plan", "map"), "b": ("plan",)}
    assert changes(prepared) == [
        "steps.a.deferral: — → {materials: [plan, map], within: 5 days, uptake: 1}",
        "steps.b.deferral: — → {materials: [plan], within: 5 days, uptake: 1}",
    ]


def test_a_paper_that_a_fellow_step_needs_at_once_is_handed_in_with_the_common_form() -> None:
    """Step a may wait for the plan, but b of the same form may not: the plan comes with the application."""
    steps = """
  a: {form: joint, needs: [form, plan], limit: {statutory: ~10}}
  b: {form: joint, needs: [form, plan], limit: {statutory: ~10}}
"""
    prepared = reformed(steps, DEFER, practice=practised(prepare=2))
    assert list(compared(prepared, "elapsed_days", "materials")) == [(14, 14), (2, 2)]


def test_a_paper_that_all_fellow_steps_may_wait_for_is_supplied_once() -> None:
    """Both steps of the form defer the plan: 2 days for the form, then max(10, 2)."""
    steps = """
  a: {form: joint, needs: [form, plan], limit: {statutory: ~10}}
  b: {form: joint, needs: [form, plan], limit: {statutory: ~10}}
"""
    prepared = reformed(steps, DEFER.replace("[a]", "[a, b]"), practice=practised(prepare=2))
    assert list(compared(prepared, "elapsed_days", "materials")) == [(14, 12), (2, 2)]


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 容缺受理, steps: [a], materials: [form], within: ~5}",
         "form is a main material and may not be missing; "
         "容缺受理 takes only materials that the catalogue marks deferrable"),
        ("{reform: 容缺受理, steps: [a], materials: [map], within: ~5}",
         "a needs none of map; take it out of the steps"),
        ("{reform: 容缺受理, steps: [a], materials: [plam], within: ~5}",
         "unknown material 'plam', did you mean 'plan'?"),
        ("{reform: 容缺受理, steps: [aa], materials: [plan], within: ~5}", "unknown step 'aa', did you mean 'a'?"),
    ],
)  # fmt: skip
def test_only_secondary_materials_of_the_step_may_be_missing(reform: str, message: str) -> None:
    """A main material, one that is not asked for, and names that do not exist are refused."""
    assert refusal(TWO_PAPERS, reform) == message


SHARED = """
  g: {limit: {statutory: ~3}, yields: [permit]}
  a: {needs: [form, licence, permit], limit: {statutory: ~10}}
"""
SHARE = "{reform: 数据共享, materials: [licence, permit], fallback: 0}"


def test_a_shared_paper_is_neither_counted_nor_prepared_but_still_puts_steps_in_order() -> None:
    """Of three papers one is left; a still waits for the permit that g yields."""
    practice = practised().replace("certificate: {days: 0", "certificate: {days: 1")
    prepared = reformed(SHARED, SHARE, practice=practice)
    assert edges(prepared) == {("g", "a"): "material"}
    assert list(compared(prepared, "materials", "elapsed_days", "counted_days", "forms")) == [
        (3, 1), (3 + 2 + 10, 3 + 10), (13, 13), (1, 1),
    ]  # fmt: skip
    assert changes(prepared) == ["fetched.licence: — → {fallback: 0}", "fetched.permit: — → {fallback: 0}"]


def test_a_shared_paper_cannot_be_deficient() -> None:
    """Only certificates are ever deficient here, so that nothing comes back once they are fetched."""
    prepared = reformed(SHARED, SHARE, cases=50, practice=practised(certificate=0.5, correction=1))
    assert max(measured(play(prepared, 0), "trips")) > 2
    assert set(measured(play(prepared, 1), "trips")) == {2}


def test_a_failed_call_falls_back_to_paper() -> None:
    """Where both calls fail all three papers are handed in, where one fails two are."""
    prepared = reformed(SHARED, SHARE.replace("fallback: 0", "fallback: 0.5"), cases=400)
    papers = np.array(measured(play(prepared, 1), "materials"))
    shares = [(papers == n).mean() for n in (1, 2, 3)]
    assert shares == [pytest.approx(0.25, abs=0.06), pytest.approx(0.5, abs=0.08), pytest.approx(0.25, abs=0.06)]
    always = play(reformed(SHARED, SHARE.replace("fallback: 0", "fallback: 1")), 1)
    assert measured(always, "materials") == [3]


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 数据共享, materials: [form], fallback: 0}",
         "no database holds form: the catalogue does not mark it shareable"),
        ("{reform: 数据共享, materials: [licence, permi], fallback: 0}",
         "unknown material 'permi', did you mean 'permit'?"),
    ],
)  # fmt: skip
def test_only_what_a_database_holds_is_shared(reform: str, message: str) -> None:
    """A paper of the applicant and an unknown one are refused."""
    assert refusal(SHARED, reform) == message


def test_a_paper_that_nobody_asks_for_cannot_be_shared() -> None:
    """The service asks for no licence."""
    assert refusal(TWO_PAPERS, "{reform: 数据共享, materials: [licence], fallback: 0}") == (
        "no step of service asks for licence; take it out of the materials"
    )


TWO_STEPS = """
  a: {needs: [form, plan], fields: {total: 30, prefilled: 6, source: guess}, limit: {statutory: ~10}, yields: [permit]}
  b: {needs: [form, map, permit], fields: {total: 20, source: guess}, limit: {statutory: ~5}}
"""
WINDOW = "{reform: 一窗受理, steps: [a, b], form: one, window: hall}"


def test_one_window_takes_each_paper_once_in_one_submission() -> None:
    """Form, plan and map are handed in once; the permit passes from a to b without the applicant."""
    prepared = reformed(TWO_STEPS, WINDOW, practice=practised(prepare=1))
    assert list(compared(prepared, "materials", "forms", "touchpoints", "trips", "elapsed_days", "counted_days")) == [
        (5, 3), (2, 1), (2, 1), (4, 2), (2 + 10 + 2 + 5, 3 + 10 + 5), (15, 15),
    ]  # fmt: skip
    assert edges(prepared) == {("a", "b"): "material"}
    assert changes(prepared) == ["steps.a.window: — → hall", "steps.a.form: — → one",
                                 "steps.b.window: — → hall", "steps.b.form: — → one"]  # fmt: skip


def test_the_common_form_is_the_longest_of_the_forms() -> None:
    """6 of 50 fields were filled in before; of the 30 of the common form 6 are."""
    assert list(compared(reformed(TWO_STEPS, WINDOW), "prefilled_share")) == [(6 / 50, 6 / 30)]


def test_the_common_window_checks_once() -> None:
    """Two checks at the bureau's counter, where nobody queues, become one at the hall's."""
    prepared = reformed(TWO_STEPS, WINDOW, practice=practised(check=30), place=staffed("officers"))
    before, found = play(prepared, 0), play(prepared, 1)
    assert before.activities[before.activities["pool"] >= 0].empty
    served = found.activities[found.activities["pool"] >= 0]
    pools = [found.tables.pools[pool] for pool in served["pool"]]
    assert [(p.department, p.role) for p in pools] == [("hall", "window")]
    assert served["busy"].tolist() == [30 * 60]


def test_without_a_window_of_its_own_the_first_step_s_department_takes_the_form() -> None:
    """The bureau handles a and keeps the counter."""
    steps = TWO_STEPS.replace("b: {", "b: {at: hall, ")
    prepared = reformed(steps, WINDOW.replace(", window: hall", ""))
    (form,) = [node for node in play(prepared, 1).nodes if node.id == "form:one"]
    assert (form.department, form.steps) == ("bureau", ("a", "b"))


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (TWO_STEPS.replace("[a, b]", "[a]"), "unknown step 'c'; known: a, b"),
        (TWO_STEPS + "  c: {kind: internal, limit: {statutory: ~1}}",
         "c takes no application; take it out of the steps"),
    ],
)  # fmt: skip
def test_one_window_is_for_steps_that_take_an_application(steps: str, message: str) -> None:
    """An unknown step and an internal one are refused."""
    assert refusal(steps, WINDOW.replace("[a, b]", "[a, c]")) == message


def test_a_prefilled_form_leaves_fewer_fields() -> None:
    """Half of a's 30 fields instead of 6; b's 20 stay empty."""
    prepared = reformed(TWO_STEPS, "{reform: 表单预填, steps: [a], share: 0.5}")
    assert list(compared(prepared, "prefilled_share")) == [(6 / 50, 15 / 50)]
    assert changes(prepared) == ["steps.a.fields.prefilled: 6 → 15"]
    assert refusal(TWO_PAPERS, "{reform: 表单预填, steps: [a], share: 0.5}") == (
        "a says nothing of the fields of its form; add fields to the step"
    )


@pytest.mark.parametrize(("share", "filled"), [(0.22, 7), (0.25, 8), (0.26, 8), (0.28, 8), (0.29, 9), (1, 30)])
def test_a_share_of_the_fields_is_whole_fields(share: float, filled: int) -> None:
    """Of 30 fields 6.6 are 7, 7.5 and 7.8 are 8, 8.4 are 8 and 8.7 are 9: the nearest whole number."""
    prepared = reformed(TWO_STEPS, f"{{reform: 表单预填, steps: [a], share: {share}}}")
    assert changes(prepared) == [f"steps.a.fields.prefilled: 6 → {filled}"]


def test_all_faults_told_at_once_take_the_longest_instead_of_the_sum() -> None:
    """Rounds of correction add up paper by paper before, and go side by side after."""
    notice = "{reform: 一次性告知}"
    both, form, plan = (
        reformed(f"  a: {{needs: [{papers}], limit: {{statutory: ~1}}}}", notice, cases=60,
                 practice=practised(deficient=0.6, correction=1))
        for papers in ("form, plan", "form", "plan")
    )  # fmt: skip
    of_form, of_plan = (np.array(measured(play(w, 0), "elapsed_days")) - 1 for w in (form, plan))
    assert ((of_form > 0) & (of_plan > 0)).any()
    assert measured(play(both, 0), "elapsed_days") == (1 + of_form + of_plan).tolist()
    assert measured(play(both, 1), "elapsed_days") == (1 + np.maximum(of_form, of_plan)).tolist()
    assert measured(play(both, 1), "trips") == (2 + np.maximum(of_form, of_plan)).tolist()
    assert changes(both) == ["one_time_notice: no → yes"]


def test_helpers_make_fewer_papers_deficient() -> None:
    """With a factor of 0 nothing comes back; with 0.5 no case comes back more often than before."""
    practice = practised(deficient=0.6, correction=1)
    none = reformed(TWO_PAPERS, "{reform: 帮办代办, factor: 0}", cases=60, practice=practice)
    half = reformed(TWO_PAPERS, "{reform: 帮办代办, factor: 0.5}", cases=60, practice=practice)
    before, after_half = (np.array(measured(play(half, v), "trips")) for v in (0, 1))
    assert set(measured(play(none, 1), "trips")) == {2}
    assert (after_half <= before).all()
    assert 2 < after_half.mean() < before.mean()


def test_online_cases_need_no_visit_but_for_what_must_be_attended() -> None:
    """Handing in, collecting and correcting go online; an inspection does not."""
    attended = TWO_PAPERS.replace("needs", "attend: 1, needs")
    assert list(compared(reformed(TWO_PAPERS, "{reform: 全程网办, share: 1}"), "trips", "no_visit_share")) == [
        (2, 0), (0, 1),
    ]  # fmt: skip
    assert list(compared(reformed(attended, "{reform: 全程网办, share: 1}"), "trips", "one_visit_share")) == [
        (3, 1), (0, 1),
    ]  # fmt: skip


def test_a_share_of_cases_goes_online() -> None:
    """About half the cases need no visit, the others two as before."""
    found = play(reformed(TWO_PAPERS, "{reform: 全程网办, share: 0.5}", cases=400), 1)
    trips = np.array(measured(found, "trips"))
    assert set(trips) == {0, 2}
    assert (trips == 0).mean() == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(
    "reform",
    ["{reform: 一次性告知}", "{reform: 帮办代办, factor: 0.5}", "{reform: 全程网办, share: 0.5}", DEFER, SHARE, WINDOW],
)
def test_the_same_reform_twice_changes_nothing_the_second_time(reform: str) -> None:
    """A reform without effect is an error that says so."""
    steps = TWO_PAPERS + "  b: {needs: [licence, permit], limit: {statutory: ~1}}\n"
    assert refusal(steps, reform, reform) == (
        "the reform changes nothing here; take it out, or apply it where it has an effect"
    )
