"""Other departments are asked for their opinions while a review runs."""

from __future__ import annotations

import pytest

from sim.records.frames import Records
from sim.scenario.evidence import evidence
from sim.spec.categories import Category
from sim.spec.findings import Known
from sim.spec.process_checks import process_findings

from .identities import check
from .services import PLACE, SOURCES, after, measured, play, reformed, service, staffed, written
from .small import PRACTICE, log_of
from .test_metrics import overrunning
from .test_step_checks import findings

ONE = "{reform: 一次性告知}"
DAY = 24 * 3600
TENTH = PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.1")


def asking(*opinions: str, more: str = "", limit: str = "~8") -> str:
    """A review of so many days that asks for some opinions."""
    return f"  a: {{limit: {{statutory: {limit}}}{more},\n      opinions: [{', '.join(opinions)}]}}"


def played(steps: str, *reforms: str, variant: int = 0, **more: str) -> Records:
    """What happened to the one case."""
    return play(reformed(steps, *(reforms or (ONE,)), **more), variant)  # type: ignore[arg-type]


@pytest.mark.parametrize(("asked", "days", "kept"), [(6, 8, 1), (8, 8, 1), (12, 12, 0)])
def test_a_review_is_decided_when_its_opinions_are_in(asked: int, days: int, kept: int) -> None:
    """Asked as the review begins: 6 of its 8 days cost nothing, 12 take it to day 12, and its own clock has run on."""
    found = played(asking(f"{{at: hall, limit: {{statutory: ~{asked}}}}}"))
    assert [measured(found, m) for m in ("counted_days", "elapsed_days", "on_time_share")] == [[days], [days], [kept]]
    assert measured(found, "promised_days") == [8]


def test_several_are_asked_at_once() -> None:
    """5 and 11 days beside the 8: 11."""
    steps = asking("{at: hall, limit: {statutory: ~5}}", "{at: bureau, limit: {statutory: ~11}}")
    assert measured(played(steps), "counted_days") == [11]


def test_waiting_for_an_opinion_is_circulation() -> None:
    """A tenth of 8 days is work of the bureau, the rest and the wait from day 8 to day 12 circulate: no day is lost."""
    steps, place = asking("{at: hall, limit: {statutory: ~12}}"), staffed("officers")
    found = played(steps, practice=TENTH, place=place)
    days = found.stretches.groupby("category")["office"].sum() / found.day
    assert days.round(9).to_dict() == {Category.WORK: 0.8, Category.CIRCULATION: 11.2, Category.OFF_DUTY: 0}
    check(*log_of(reformed(steps, ONE, practice=TENTH, place=place, cases=9, demand="every_minutes: 207")))


def test_an_opinion_occupies_the_officers_of_its_department() -> None:
    """A tenth of its 4 days, or its own 7 hours at the window, beside the tenth of 8 days at the bureau."""
    hall = staffed("officers").replace("staff: {window", "staff: {officers: [{count: 1, hours: hall, source: guess}],"
                                       " window")  # fmt: skip
    for opinion, hours in (("limit: {statutory: ~4}", 3.2),
                           ("work: {hours: 7, by: window, source: guess}", 7)):  # fmt: skip
        found = played(asking(f"{{at: hall, {opinion}}}"), practice=TENTH, place=hall)
        served = found.activities[found.activities["pool"] >= 0]
        by_pool = {
            found.tables.pools[p].department: b / 3600 for p, b in zip(served["pool"], served["busy"], strict=True)
        }
        assert by_pool == {"bureau": 6.4, "hall": hours}


def test_opinions_are_asked_on_the_cases_that_need_them_and_are_reviewed() -> None:
    """Large cases take 12 days, not 8; what is decided on a promise asks nobody, and a second review asks again."""
    steps = asking("{at: hall, limit: {statutory: ~12}, when: {large: true}}")
    every, nobody = "{large: {share: 1, source: guess}}", "{large: {share: 0, source: guess}}"
    assert [measured(played(steps, attributes=large), "counted_days") for large in (every, nobody)] == [[12], [8]]
    promise = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 1, check_within: ~1}"
    assert measured(
        played(steps, promise, variant=1, attributes="{large: {share: 1, source: guess}}"), "counted_days"
    ) == [1]
    failing = asking(
        "{at: hall, limit: {statutory: ~12}}", more=", fails: {rate: 0.95, at_most: 1, then: granted, source: guess}"
    )
    failing = failing.replace("  a:", "  c:")  # whose first review fails, as nearly all do
    assert measured(played(failing), "counted_days") == [24]


def test_an_office_that_is_answered_at_night_decides_in_the_morning() -> None:
    """Asked on Monday at 09:00 for five calendar days: the answer is there on Saturday, and used on Monday at 09:00."""
    found = played(asking("{at: hall, limit: {statutory: ~5c}}", limit="~1"))
    assert [moment / DAY for moment in found.attempts["decided"]] == [7 + 9 / 24]


def test_who_is_silent_until_its_limit_ends_agrees() -> None:
    """Overrun by half, 6 days take 9. Silence ends on the sixth day after Monday, Tuesday the 12th, at midnight."""
    opinion = "{at: hall, limit: {statutory: ~6}%s}"
    decided = [
        played(asking(opinion % tacit, limit="~1"), practice=overrunning(1.5)).attempts["decided"].tolist()[0] / DAY
        for tacit in ("", ", tacit: {source: act}")
    ]
    assert decided == [10 + 17 / 24, 9 + 9 / 24]


def test_an_opinion_that_silence_gave_is_worked_off_all_the_same() -> None:
    """The officers of the hall are busy with it for as long; the review does not wait for them."""
    hall = PLACE.replace("en: Hall}}", "en: Hall}, staff: {officers: [{count: 1, hours: hall, source: guess}]}}")
    for tacit, days in (("", 5), (", tacit: {source: act}", 2)):
        opinion = f"{{at: hall, limit: {{statutory: ~1}}, work: {{hours: 40, source: guess}}{tacit}}}"
        found = played(asking(opinion, limit="~1"), place=hall)
        served = found.activities[found.activities["pool"] >= 0]
        assert (served["busy"].tolist(), served["main"].tolist()) == ([40 * 3600], [0])
        assert measured(found, "counted_days") == [days]


def test_an_extended_opinion_is_silent_for_longer() -> None:
    """2 + 1 days: three times as long as that is allowed takes the office; consent comes with the third day's end."""
    opinion = "{at: hall, limit: {statutory: ~2, extended: {days: 1, share: 1, source: guess}}, tacit: {source: act}}"
    found = played(asking(opinion, limit="~1"), practice=overrunning(3))
    assert [moment / DAY for moment in found.attempts["decided"]] == [4 + 9 / 24]


def test_an_opinion_has_evidence() -> None:
    """Its limit, its work and its silence cite what they rest on."""
    opinion = "{at: hall, limit: {statutory: {days: 5, source: act}}, tacit: {source: act}}"
    before = evidence(reformed(asking("{at: hall, work: ~1h}"), ONE)).counts["law"]
    assert evidence(reformed(asking(opinion), ONE)).counts["law"] == before + 2


# -- reforms ---------------------------------------------------------------------------------------------


def test_a_merged_step_asks_each_department_once() -> None:
    """The hall is asked by both, for 5 and for 9 days; the bureau on large cases by one that all go through."""
    steps = """
  a: {limit: {statutory: ~8},
      opinions: [{at: hall, limit: {statutory: ~5}}]}
  b: {after: {a: order}, limit: {statutory: ~3},
      opinions: [{at: hall, limit: {statutory: ~9}}, {at: bureau, when: {large: true}, work: ~1h}]}
"""
    merged = "{reform: 合并办理, steps: [a, b], into: b}"
    prepared = reformed(steps, merged, attributes="{large: {share: 0, source: guess}}")
    found = [(o.at, o.limit.effective and o.limit.effective.amount) for o in after(prepared).steps["b"].opinions]
    assert found == [("hall", 9), ("bureau", None)]
    assert [measured(play(prepared, v), "counted_days") for v in (0, 1)] == [[8 + 9], [9]]


def test_a_filing_asks_nobody() -> None:
    """Nothing is reviewed any more."""
    prepared = reformed(asking("{at: hall, limit: {statutory: ~9}}"), "{reform: 备案制, steps: [a], committed: ~1}")
    assert after(prepared).steps["a"].opinions == ()


# -- what does not go ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("kind: agency, duration: ~3, opinions: [{at: hall, work: ~1h}]", "opinions.0",
         "a step of kind agency reviews nothing; take opinions out"),
        ("at: bureau, work: ~3h, opinions: [{at: hall}]", "opinions.0",
         "nothing says how long hall takes; add limit, or work"),
        ("at: bureau, work: ~3h, opinions: [{at: hall, work: ~1h, tacit: {source: act}}]", "opinions.0.tacit",
         "silence lasts until a limit ends; add limit"),
        ("at: bureau, work: ~3h, opinions: [{at: hall, work: ~1h}, {at: hall, work: ~2h}]", "opinions.1.at",
         "opinions[0] asks hall already; take one out"),
        ("at: bureau, work: ~3h, opinions: [{at: hall, limit: {statutory: ~1, committed: ~2}}]",
         "opinions.0.limit.committed",
         "a committed limit is at most the statutory one, found 2 days against 1 days; mend one of them"),
    ],
)  # fmt: skip
def test_an_opinion_that_does_not_go_is_told_where_it_stands(text: str, place: str, message: str) -> None:
    """One finding, with what to write."""
    assert findings(text) == [(f"s.{place}", message)]


def test_whoever_is_asked_is_a_department_of_some_place() -> None:
    """As whoever handles a step is; a step knows all that have to do with it."""
    process = written(service(asking("{at: hal, work: ~1h}", "{at: hall, work: ~1h}")))
    known = Known(SOURCES, {}, {"bureau": {}, "hall": {}})
    assert [(f.path, f.message) for f in process_findings(process, known)] == [
        (("steps", "a", "opinions", 0, "at"), "unknown department 'hal', did you mean 'hall'?")
    ]
    assert process.steps["a"].departments == ("bureau", "hal", "hall")
