"""Silence is consent: a step whose limit ends without a decision counts as granted."""

from __future__ import annotations

import pytest

from sim.records.frames import Records
from sim.records.tables import Flag
from sim.spec.categories import Category

from .identities import check
from .services import after, measured, play, reformed, refusal, staffed
from .small import PRACTICE, log_of
from .test_metrics import overrunning
from .test_step_checks import findings

ONE = "{reform: 一次性告知}"
SILENT = "{reform: 超时默认, steps: [a]}"
STEPS = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~1}}"
DAY = 24 * 3600


def decided(found: Records, node: str = "a") -> list[float]:
    """When a step was decided in each case, in days since Monday 2024-03-04 at 00:00."""
    return [moment / DAY for moment in found.attempts["decided"][found.node_name == node]]


def test_a_limit_that_ends_without_a_decision_grants() -> None:
    """Five days after Monday is the next Monday, whose end is consent, although the office takes ten; b goes on."""
    prepared = reformed(STEPS, SILENT, practice=overrunning(2))
    before, found = play(prepared, 0), play(prepared, 1)
    assert (decided(before), decided(found)) == ([11 + 17 / 24], [8.0])
    assert [measured(found, m) for m in ("tacit_share", "elapsed_days")] == [[1], [8]]
    assert measured(found, "on_time_share", steps=["a"]) == [0]
    assert measured(found, "counted_days", steps=["a"]) == [6]
    assert measured(before, "tacit_share") == [0]


def test_what_is_decided_in_time_needs_no_consent() -> None:
    """All of the limit is used up, and no more."""
    found = play(reformed(STEPS, SILENT), 1)
    assert (decided(found), measured(found, "tacit_share"), measured(found, "on_time_share")) == (
        [4 + 17 / 24],
        [0],
        [1],
    )


@pytest.mark.parametrize(("limit", "moment"), [("~5c", 8.0), ("~6c", 8.0), ("~4h", 13 / 24), ("~1.5", 1 + 13 / 24)])
def test_silence_lasts_as_long_as_the_limit_on_its_clock(limit: str, moment: float) -> None:
    """Five and six calendar days end on Saturday and Sunday, which move to Monday; parts of days end by the clock."""
    found = play(reformed(STEPS.replace("~5", limit), SILENT, practice=overrunning(3)), 1)
    assert decided(found) == [pytest.approx(moment)]


def test_an_extended_limit_grants_later() -> None:
    """Five days and two: the end of the second Wednesday."""
    steps = STEPS.replace("~5}", "~5, extended: {days: 2, share: 1, source: guess}}")
    found = play(reformed(steps, SILENT, practice=overrunning(3)), 1)
    assert decided(found) == [10.0]


def test_what_silence_grants_neither_fails_nor_is_refused() -> None:
    """Whatever the review would have found."""
    steps = STEPS.replace("~5}", "~5}, fails: {rate: 0.95, source: guess}, refused: {share: 1, source: guess}")
    found = play(reformed(steps, SILENT, practice=overrunning(2)), 1)
    assert (found.granted.tolist(), measured(found, "refused_share")) == ([True], [0])
    assert found.attempts["flags"].tolist()[0] & int(Flag.FAILED) == 0


def test_officers_work_off_what_silence_has_granted() -> None:
    """One officer, 30 hours a file, a file a day: those who wait are granted after five days, and worked on later."""
    steps = "  a: {limit: {statutory: ~5}, work: ~30h}"
    prepared = reformed(steps, SILENT, place=staffed("officers"), cases=6, demand="every_minutes: 1440")
    before, found = play(prepared, 0), play(prepared, 1)
    for variant in (before, found):
        served = variant.activities[variant.activities["pool"] >= 0]
        assert served["busy"].sum() == 6 * 30 * 3600
    silent = measured(found, "tacit_share")
    assert (silent[0], silent[-1]) == (0, 1)
    assert max(measured(found, "counted_days")) <= 6
    assert max(measured(before, "counted_days")) > 15
    for variant in (0, 1):
        check(*log_of(prepared, variant))


def test_the_split_ends_where_silence_is_consent() -> None:
    """A tenth of ten days is work, the rest circulates until the end of Monday, six working days after it came."""
    rule = overrunning(2).replace("work_share: {share: 0", "work_share: {share: 0.1")
    prepared = reformed("  a: {limit: {statutory: ~5}}", SILENT, practice=rule)
    found = play(prepared, 1)
    days = found.stretches.groupby("category")["office"].sum() / found.day
    assert days.round(9).to_dict() == {Category.WORK: 1, Category.CIRCULATION: 5, Category.OFF_DUTY: 0}
    beside = found.activities[found.activities["main"] == 0]
    assert beside["busy"].sum() == 4 * found.day
    check(*log_of(prepared, 1))


def test_a_filing_and_a_merged_step_know_of_silence() -> None:
    """A filing is over when it is complete; what is merged with a step that silence grants is granted so."""
    steps = "  a: {limit: {statutory: ~5}, tacit: {source: act}}\n  b: {after: {a: order}, limit: {statutory: ~1}}"
    assert after(reformed(steps, "{reform: 备案制, steps: [a], committed: ~1}")).steps["a"].tacit is None
    merged = after(reformed(steps, "{reform: 合并办理, steps: [a, b], into: b}")).steps["b"].tacit
    assert merged is not None
    assert merged.source == "act"


def test_silence_grants_nothing_that_must_be_looked_at() -> None:
    """Where no promise is allowed silence is none either, unless a statute says so."""
    steps = STEPS.replace("~5}", "~5}, promise_excluded: 直接涉及公共安全")
    assert refusal(steps, SILENT) == (
        "超时默认 is excluded for a as 告知承诺 is: 直接涉及公共安全; name the statute that allows it as law, "
        "or take the step out"
    )
    assert after(reformed(steps, SILENT[:-1] + ", law: act}")).steps["a"].tacit is not None
    assert refusal(steps, SILENT[:-1] + ", law: guess}") == "law must name a source of kind law, found guess"


def test_silence_does_not_run_while_the_clock_stands() -> None:
    """A special procedure, or papers to come, stop what silence runs by."""
    steps = STEPS.replace("~5}", "~5}, special: [{procedure: 听证, days: 3, source: guess}]")
    assert refusal(steps, SILENT) == (
        "the reform would leave steps.a.special: a special procedure stops the clock that silence runs by; "
        "make it a step of its own"
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("kind: agency, duration: ~3, tacit: {source: act}", "tacit",
         "a step of kind agency decides nothing; take tacit out"),
        ("at: bureau, work: ~3h, tacit: {source: act}", "tacit", "silence lasts until a limit ends; add limit"),
        ("at: bureau, needs: [plan], limit: {statutory: ~5}, tacit: {source: act},"
         " deferral: {materials: [plan], within: ~5, source: guess}", "deferral",
         "papers that are still to come are not granted by silence; take deferral or tacit out"),
    ],
)  # fmt: skip
def test_consent_that_does_not_go_is_told_where_it_stands(text: str, place: str, message: str) -> None:
    """One finding, with what to write."""
    assert findings(text) == [(f"s.{place}", message)]


def test_nothing_changes_where_silence_never_comes() -> None:
    """A process that grants by silence and never has to is the same in every figure."""
    plain, silent = (play(reformed(STEPS, SILENT, practice=PRACTICE), v) for v in (0, 1))
    assert plain.attempts.drop(columns="flags").equals(silent.attempts.drop(columns="flags"))
    assert measured(plain, "elapsed_days") == measured(silent, "elapsed_days")
