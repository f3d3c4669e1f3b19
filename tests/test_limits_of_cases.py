"""Limits that differ from case to case: extended for some, another the second time, one for each class of case."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.records.frames import Records
from sim.records.tables import Flag
from sim.spec.limit import Limit

from .services import after, changes, measured, play, practised, reformed, refusal, staffed, written
from .small import PRACTICE
from .test_metrics import overrunning
from .test_step_checks import findings

ONE = "{reform: 一次性告知}"
KINDS = "{kind: {values: {A: 0.4, B: 0.35, C: 0.25}, source: guess}}"
EXTENDED = "  review: {limit: {statutory: {days: 20, source: act}, extended: {days: 10, share: 0.1, source: act}}}"
AGAIN = """
  review: {limit: {statutory: ~15}, fails: {rate: 0.3, correction: ~5, again: {statutory: ~10}, source: guess}}
"""
CLASSES = """
  review: {limit: {statutory: ~20}, classes: [{when: {kind: A}, limit: {committed: ~3}},
           {when: {kind: B}, limit: {statutory: ~9, committed: ~7c}, work: ~6h}]}
"""


def played(steps: str, **more: str | int) -> Records:
    """What happened to forty cases, one a week."""
    return play(reformed(steps, ONE, **{"cases": 40, "demand": "every_minutes: 10080", **more}))  # type: ignore[arg-type]


# -- an approved extension -------------------------------------------------------------------------------


def test_a_limit_extended_for_a_share_of_cases_is_kept_by_them() -> None:
    """20 days, for one case in ten 20 + 10: all on time, and totals of limits are those that are printed."""
    found = play(reformed(EXTENDED, ONE, cases=200, demand="every_minutes: 600"))
    extended = np.array(measured(found, "extended_share"))
    assert 10 < extended.sum() < 30
    assert measured(found, "counted_days") == np.where(extended > 0, 30, 20).tolist()
    for total in ("promised_days", "statutory_days"):
        assert set(measured(found, total)) == {20}
    assert set(measured(found, "on_time_share")) == {1}


@pytest.mark.parametrize(
    ("practice", "days", "kept"),
    [
        (practised(pace="0.6"), {12, 26}, {1}),
        (overrunning(1.2), {24, 32}, {0}),
    ],
    ids=["in part", "overrun"],
)
def test_an_office_that_asks_for_more_time_has_used_up_what_it_had(
    practice: str, days: set[float], kept: set[float]
) -> None:
    """At a pace of 0.6: 12 days, or 20 and 0.6 of 10. Overrun by a fifth: 24 days, or 20 and 12, and all are late."""
    found = played(EXTENDED, practice=practice)
    assert set(measured(found, "counted_days")) == days
    assert set(measured(found, "on_time_share")) == kept


def test_an_extension_may_have_its_share_from_another_source() -> None:
    """The law says how long, nobody says for how many: both are told apart."""
    share = "{share: 0.1, source: guess}"
    steps = EXTENDED.replace("share: 0.1", f"share: {share}")
    one, other = (reformed(s, ONE).variants[0].flows["service"][0].process.steps["review"] for s in (EXTENDED, steps))
    assert one.limit.extended
    assert other.limit.extended
    assert (one.limit.extended.share.source, other.limit.extended.share.source) == ("act", "guess")
    assert one.limit.extended.share.share == other.limit.extended.share.share == 0.1


def test_an_extension_lengthens_a_shorter_promise_too() -> None:
    """An office that promises 5 days has 15 where the extension is approved, and keeps its hours."""
    prepared = reformed(EXTENDED, "{reform: 限时办结, steps: [review], committed: ~5}", cases=40,
                        demand="every_minutes: 10080", place=staffed("officers", count=9),
                        practice=PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.1"))  # fmt: skip
    for variant, days in enumerate(({20, 30}, {5, 15})):
        found = play(prepared, variant)
        assert set(measured(found, "counted_days")) == days
        assert set(found.activities.loc[found.activities["pool"] >= 0, "busy"] / 3600) == {16}


def test_an_extension_in_calendar_days_ends_on_a_working_day() -> None:
    """30 days from Monday 2024-03-04 end on April 3rd; from March 6th on the 5th, which is off until Sunday the 7th."""
    steps = "  review: {limit: {statutory: ~20c, extended: {calendar_days: 10, share: 1, source: guess}}}"
    ends = [play(reformed(steps, ONE, start=day)).cases["finished"].tolist() for day in ("2024-03-04", "2024-03-06")]
    assert [[moment / 86400 for moment in found] for found in ends] == [[30 + 9 / 24], [32 + 9 / 24]]
    for day in ("2024-03-04", "2024-03-06"):
        assert measured(play(reformed(steps, ONE, start=day)), "on_time_share") == [1]


# -- another limit the second time -----------------------------------------------------------------------


def test_the_second_and_later_reviews_have_a_limit_of_their_own() -> None:
    """15 days, then 10 each time; the five in the applicant's hands count nowhere; each decision is on time."""
    found = played(AGAIN)
    attempts = found.attempts
    times = attempts.groupby("case").size().to_numpy() - 1
    assert set(times) >= {0, 1, 2}
    assert measured(found, "counted_days") == (15 + 10 * times).tolist()
    assert measured(found, "elapsed_days") == (15 + 15 * times).tolist()
    assert set(measured(found, "on_time_share")) == {1}
    assert set(measured(found, "statutory_days")) == {15}


def test_a_second_review_that_takes_as_long_as_the_first_is_late() -> None:
    """Circulation takes 12 days each time: within 15, not within 10."""
    found = played(AGAIN.replace("limit:", "circulation: ~12, limit:", 1))
    times = found.attempts.groupby("case").size().to_numpy()
    assert measured(found, "on_time_share") == [round(1 / n, 9) for n in times]


def test_the_hours_of_a_second_review_follow_from_its_limit() -> None:
    """A tenth of 15 days, then a tenth of 10."""
    found = played(AGAIN, place=staffed("officers"),
                   practice=PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.1"))  # fmt: skip
    served = found.activities[found.activities["pool"] >= 0]
    nth = found.attempts.loc[served["attempt"], "nth"].to_numpy()
    assert set((served["busy"].to_numpy() / 3600)[nth == 0]) == {12}
    assert set((served["busy"].to_numpy() / 3600)[nth > 0]) == {8}


# -- a rework that happens at most so often ---------------------------------------------------------------


@pytest.mark.parametrize(("then", "refused"), [("refused", 1), ("granted", 0)])
def test_a_case_fails_at_most_so_often(then: str, refused: int) -> None:
    """Nine checks in ten fail: the third failure is a refusal, or is let through; nobody is looked at four times."""
    steps = f"  check: {{limit: {{statutory: ~2}}, fails: {{rate: 0.9, at_most: 2, then: {then}, source: guess}}}}"
    found = played(steps)
    times = found.attempts.groupby("case").size().to_numpy()
    failed = found.by_case(found.position, (found.attempts["flags"] & int(Flag.FAILED)).to_numpy() > 0)
    assert set(times) == {1, 2, 3}
    assert failed.tolist() == (times - 1).tolist()
    luck = Counter(measured(found, "refused_share"))
    assert (luck[1.0] > 20) == bool(refused)
    assert all(n == 3 for n, out in zip(times, measured(found, "refused_share"), strict=True) if out)


# -- limits and work by class of case --------------------------------------------------------------------


def test_each_class_of_case_has_its_limit() -> None:
    """A: 3 days of the 20. B: 7 calendar days, which are 5 of work, of 9; a holiday within counts. C: the 20."""
    found = played(CLASSES, attributes=KINDS)
    kind = found.attribute("kind")
    days = {"A": (3, 3, 20, 1 - 3 / 20), "B": (5, 5, 9, 1 - 5 / 9), "C": (20, 20, 20, 0)}
    for i, measure in enumerate(("promised_days", "statutory_days", "cut_share"), start=1):
        assert measured(found, measure) == [round(days[k][i], 9) for k in kind], measure
    counted = np.array(measured(found, "counted_days"))
    assert {k: set(counted[kind == k]) for k in "AC"} == {"A": {3}, "C": {20}}
    assert np.median(counted[kind == "B"]) == 5
    # One came on a holiday of two days, before which nobody could work on it.
    assert (sum(measured(found, "on_time_share")), found.cases["case"].size) == (39, 40)


def test_each_class_of_case_has_its_work() -> None:
    """The rule takes a tenth of the limit of each class, unless its work is stated: 2.4 hours, 6 and 16."""
    found = played(CLASSES, attributes=KINDS, place=staffed("officers"),
                   practice=PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.1"))  # fmt: skip
    served = found.activities[found.activities["pool"] >= 0]
    kind = found.attribute("kind")[found.position[found.row(served["attempt"].to_numpy())]]
    assert served["busy"].tolist() == [{"A": 2.4, "B": 6, "C": 16}[k] * 3600 for k in kind]


def test_a_limit_of_a_class_that_is_not_kept_is_late() -> None:
    """All take 12 days: on time for C alone."""
    found = played(
        CLASSES.replace("classes:", "circulation: ~12, classes:").replace(", work: ~6h", ""), attributes=KINDS
    )
    assert measured(found, "on_time_share") == [float(k == "C") for k in found.attribute("kind")]


def test_the_first_class_that_holds_counts() -> None:
    """A case of two classes has the limit of the one written first."""
    attributes = "{big: {share: 0.5, source: guess}, old: {share: 0.5, source: guess}}"
    steps = """
  review: {limit: {statutory: ~9}, classes: [{when: {big: true}, limit: {statutory: ~2}},
           {when: {old: true}, limit: {statutory: ~4}}]}
"""
    found = played(steps, attributes=attributes)
    big, old = found.attribute("big"), found.attribute("old")
    assert measured(found, "counted_days") == [2 if b else 4 if o else 9 for b, o in zip(big, old, strict=True)]


# -- reforms ---------------------------------------------------------------------------------------------


def limits(steps: str, *reforms: str) -> list[str]:
    """What the reforms make of every limit, as days: statutory/committed, `-` where there is none."""
    step = after(reformed(steps, *reforms, attributes=KINDS)).steps["review"]
    found = [limit for _, limit in step.limits()] + [limit for _, limit in step.limits(1)]

    def said(limit: Limit) -> str:
        parts = [x and f"{x.amount:g}{'c' if x.in_calendar_time else ''}" for x in (limit.statutory, limit.committed)]
        return "/".join(part or "-" for part in parts)

    return [said(limit) for limit in found]


BOTH = CLASSES.replace("classes:", "fails: {rate: 0.5, again: {statutory: ~6}, source: guess}, classes:")


@pytest.mark.parametrize(
    ("reform", "now"),
    [
        ("{reform: 限时办结, steps: [review], committed: ~4}", ["20/3", "9/4", "20/4", "6/4"]),
        ("{reform: 限时办结, steps: [review], committed: ~8}", ["20/3", "9/7c", "20/8", "6/-"]),
        ("{reform: 限时办结, compression: 0.25}", ["20/3", "9/3", "20/5", "6/2"]),
        ("{reform: 法定时限调整, steps: [review], statutory: {days: 8, source: act}, source: act}",
         ["8/3", "8/7c", "8/-", "6/-"]),
        ("{reform: 备案制, steps: [review], committed: ~1}", ["20/1", "20/1"]),
    ],
)  # fmt: skip
def test_a_reform_of_a_limit_binds_every_class_and_attempt(reform: str, now: list[str]) -> None:
    """A, B, all others, and the second time: what is shorter of its own stays."""
    assert limits(BOTH, ONE) == ["20/3", "9/7c", "20/-", "6/-"]
    assert limits(BOTH, reform) == now


def test_steps_with_limits_by_class_are_not_put_together_without_a_limit() -> None:
    """Neither a limit of the whole nor a merged one follows from limits that differ; one that is given does."""
    steps = CLASSES.replace("review:", "a:") + "  b: {after: {a: order}, limit: {statutory: ~5}}\n"
    whole = "{reform: 限时办结, steps: [a, b], together: true, committed: ~9}"
    merged = "{reform: 合并办理, steps: [a, b], into: b}"
    assert refusal(steps, whole, attributes=KINDS) == (
        "a has a limit by class of case; give each class its part in the process"
    )
    assert refusal(steps, merged, attributes=KINDS) == (
        "a has a limit by class of case; say how long the merged step may take as committed"
    )
    found = after(reformed(steps, merged[:-1] + ", committed: ~9}", attributes=KINDS)).steps["b"]
    assert (found.classes, found.limit.committed and found.limit.committed.amount) == ((), 9)


def test_a_diff_tells_a_class_of_cases() -> None:
    """What a reform makes of the limits of classes stands in one line."""
    (own, classes) = changes(reformed(CLASSES, "{reform: 限时办结, steps: [review], committed: ~4}", attributes=KINDS))
    assert own == "steps.review.limit.committed: — → 4 days"
    assert classes.startswith("steps.review.classes: [{when: {kind: A}, limit: {committed: 3 days}}, ")


# -- what does not go ------------------------------------------------------------------------------------

OWN = "at: bureau, limit: {statutory: ~20}"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("at: bureau, work: ~3h, limit: {extended: {days: 10, share: 0.1, source: guess}}", "limit.extended",
         "an extension lengthens a limit; write statutory or committed beside it"),
        ("at: bureau, limit: {statutory: ~20, extended: {calendar_days: 10, share: 0.1, source: guess}}",
         "limit.extended",
         "an extension runs in the days of its limit, found calendar_days after days; write both in one unit"),
        (f"{OWN}, classes: [{{when: {{big: true}}}}]", "classes.0",
         "a class has a limit or work of its own; add limit or work, or take it out"),
        ("at: bureau, work: ~3h, classes: [{when: {big: true}, limit: {statutory: ~2}}]", "classes.0.limit",
         "a class changes the limit of its step, which has none; write that of all other cases as limit"),
        (f"{OWN}, classes: [{{when: {{big: true}}, work: ~1h}}, {{when: {{big: true}}, work: ~2h}}]",
         "classes.1.when",
         "classes[0] has all these cases already; say other cases, or take one of the two out"),
        (f"{OWN}, classes: [{{when: {{big: true}}, limit: {{committed: ~21}}}}]", "classes.0.limit.committed",
         "a committed limit is at most the statutory one, found 21 days against 20 days; mend one of them"),
        (f"{OWN}, fails: {{rate: 0.3, again: {{committed: ~21}}, source: guess}}", "fails.again.committed",
         "a committed limit is at most the statutory one, found 21 days against 20 days; mend one of them"),
        (f"{OWN}, fails: {{rate: 0.3, at_most: 2, source: guess}}", "fails.at_most",
         "nothing says what becomes of a case that fails once more; add then, refused or granted"),
        (f"{OWN}, fails: {{rate: 0.3, then: refused, source: guess}}", "fails.then",
         "a case that may fail without end is never at its last failure; add at_most, or take then out"),
    ],
)  # fmt: skip
def test_a_limit_that_does_not_go_is_told_where_it_stands(text: str, place: str, message: str) -> None:
    """One finding, with what to write."""
    assert findings(text) == [(f"s.{place}", message)]


def test_a_class_leaves_what_it_does_not_state_to_its_step() -> None:
    """A shorter statutory limit of a class takes the place of a longer promise, and an extension stays."""
    step = written(
        "id: service\nname: {zh: 服务, en: Service}\nsummary: made\nattributes: " + KINDS + "\nsteps:\n  a:\n"
        "    name: {zh: 步, en: Step}\n    at: bureau\n"
        "    limit: {statutory: {days: 20, source: g}, committed: {days: 8, source: g},"
        " extended: {days: 5, share: 0.5, source: g}}\n"
        "    classes: [{when: {kind: A}, limit: {statutory: {days: 6, source: g}}},"
        " {when: {kind: B}, limit: {statutory: {days: 9, source: g}}}]\n"
    ).steps["a"]
    found = [(limit.effective, limit.extended) for _, limit in step.limits()]
    assert [days and days.amount for days, _ in found] == [6, 8, 8]
    assert all(more and more.amount == 5 for _, more in found)
