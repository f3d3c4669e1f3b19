"""A warm-up is needed where a scenario's cases are much of what officers do, and argued away where they are not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sim.analysis.compare import compare
from sim.analysis.intervals import difference, mean
from sim.analysis.own import SMALL, SMALL_AT_WINDOW, OwnShare
from sim.records.frames import all_records, by_process
from sim.records.measures.base import Values
from sim.records.measures.register import values
from sim.records.own import hours_asked, own_shares
from sim.report.results import results_json
from sim.report.warming import warm_up_words
from sim.report.words import Lang
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Window
from sim.spec.scope import Scope

from .reported import exact
from .services import reformed
from .small import OFFICE_HOURS, log_of, scenario, service, staffed, world
from .test_other_work import OTHERS, erlang_wait, stated, town

LATER = """
  far: {name: {zh: 远, en: Far}, kind: agency, duration: {days: {uniform: [0, 28]}, source: guess}}
  serve:
    name: {zh: 办理, en: Serve}
    at: desk
    after: {far: nature}
    limit: {statutory: {days: 5, source: guess}}
    work: {hours: {exponential: 1}, source: guess}
"""
PACED = OTHERS.replace("pace: {factor: 1,", "pace: {factor: {pert: [0.2, 0.6, 1]},")
"""Offices that decide after a random part of the limit, 72 hours of 120 on average, of which an hour is work."""
OFFICERS, BUSY, REPLICATIONS = 3, 0.8, 8
TRUTH = 72 + erlang_wait(OFFICERS, OFFICERS * BUSY, 1)


def asked(own: float, warm_up: int) -> Prepared:
    """Three officers, 80 % busy; cases that take the share `own` of their time come to them up to 4 weeks late."""
    demand = f"every_minutes: {{exponential: {60 / (OFFICERS * own)}}}"
    place = town(stated(OFFICERS, BUSY - own))
    return world(service(LATER), scenario(0, demand, weeks=4, warm_up=warm_up), place, PACED)


def counted(own: float, warm_up: int) -> list[Values]:
    """Hours of 审批用时 of each measured case, replication by replication."""
    found, prepared = [], asked(own, warm_up)
    for n in range(REPLICATIONS):
        tables, log = log_of(prepared, replication=n)
        found.append(values("counted_days", all_records(tables, log)["service"], Scope()) * 24)
    return found


def test_a_small_share_gives_the_same_mean_with_and_without_a_warm_up() -> None:
    """At 5 % of their hours either interval holds the other's mean, and the truth: 72 hours and the wait of M/M/3."""
    cold, warm = mean(counted(0.05, 0)), mean(counted(0.05, 5))
    assert cold.low <= warm.mean <= cold.high
    assert warm.low <= cold.mean <= warm.high
    assert warm.low <= TRUTH <= warm.high
    assert cold.low <= TRUTH <= cold.high
    assert cold.high - cold.low < 0.05 * TRUTH


def test_a_large_share_does_not() -> None:
    """At 70 % the first cases find officers who have a tenth to do: they hardly wait, which no interval hides."""
    cold, warm = counted(0.7, 0), counted(0.7, 5)
    assert mean(warm).low <= TRUTH <= mean(warm).high
    assert mean(cold).high < TRUTH
    assert difference(cold, warm).high < 0


def test_a_tenth_of_the_hours_of_a_section_lengthens_a_wait_by_a_quarter_of_a_file() -> None:
    """By Erlang C, of three officers busy for 70 %; at a window half busy a file waits as long as one file takes."""
    without, with_them = (erlang_wait(3, 3 * busy, 1) for busy in (0.7 - SMALL, 0.7))
    assert with_them - without == pytest.approx(0.25, abs=0.01)
    assert erlang_wait(1, SMALL_AT_WINDOW, 1) == 1


def test_the_share_is_of_the_hours_staffed_while_cases_come() -> None:
    """By hand: 4 weeks of 5 days of 8 hours for 2 officers are 320 hours; 20 cases of 4 and 2 hours ask for 120.

    That the second step comes 40 weeks later, when nothing is measured any more, changes nothing.
    """
    steps = """
  a: {name: {zh: 甲, en: A}, at: bureau, work: {hours: 4, source: guess}}
  far: {name: {zh: 远, en: Far}, kind: agency, after: {a: nature}, duration: {days: 200, source: guess}}
  b: {name: {zh: 乙, en: B}, at: bureau, after: {far: nature}, work: {hours: 2, source: guess}}
"""
    days = [f"'2024-06-{day:02} 10:00'" for day in (11, 12, 13, 14, *range(17, 22), *range(24, 29))]
    days += [f"'2024-07-{day:02} 10:00'" for day in (1, 2, 3, 4, 5, 5)]
    place = staffed(OFFICE_HOURS.replace("  bureau: {name: {zh: 局, en: Bureau}}", ""), bureau=2)
    demand = f"arrivals: [{', '.join(days)}]"
    prepared = world(service(steps), scenario(0, demand, start="2024-06-10", weeks=4), place)
    tables, log = log_of(prepared)
    # 10 June is a holiday (端午): 19 working days.
    assert own_shares(tables, by_process(tables, log, hours_asked)) == {("bureau", "officers"): 20 * 6 / (19 * 8 * 2)}


def test_a_comparison_has_the_largest_share_of_any_variant() -> None:
    """A step that a reform takes out is still done before it."""
    steps = "  a: {limit: {statutory: ~5}, work: ~4h}\n  b: {after: {a: order}, limit: {statutory: ~5}, work: ~4h}"
    place = staffed(OFFICE_HOURS.replace("  bureau: {name: {zh: 局, en: Bureau}}", ""), bureau=2)
    prepared = reformed(steps, "{reform: 取消, steps: [b]}", place=place, demand="per_year: 300", weeks=8)
    found = compare(prepared, runs=2)
    (own,) = found.own
    assert (own.variant, own.department, own.role) == ("before", "bureau", "officers")
    assert own.share == pytest.approx(300 * 8 / (1_960 * 2), rel=0.15)
    assert found.needs_warm_up == [own]


# -- what is told of it -----------------------------------------------------------------------------------

FEW = OwnShare("after", "bureau", "officers", 0.1)
CLERKS = OwnShare("after", "bureau", "window", 0.5)
MANY = OwnShare("after", "bureau", "officers", 0.47)
ALL = OwnShare("after", "bureau", "officers", 1.2)


def test_which_shares_are_small() -> None:
    """A tenth of officers' hours, half of those at a window."""
    assert [own.small for own in (FEW, CLERKS, MANY, ALL)] == [True, True, False, False]
    assert [replace(own, share=own.share + 0.01).small for own in (FEW, CLERKS)] == [False, False]
    assert [own.too_much for own in (FEW, CLERKS, MANY, ALL)] == [False, False, False, True]


TOLD: list[tuple[Lang, tuple[OwnShare, ...], int, list[str]]] = [
    ("en", (), 0, []),
    (
        "en",
        (CLERKS, FEW),
        0,
        [
            "Its cases take at most 50.0% of the hours of the officers they meet (Bureau, window), whose other work "
            "has been going on when the first one comes: no queue depends on how many are under way, and no warm-up is "
            "needed."
        ],
    ),
    (
        "zh",
        (FEW,),
        0,
        [
            "本情景的案件至多占所经人员工时的 10.0%（局、办理人员）；其余工作在首件到来前早已进行，"
            "在办案件多少不影响排队：不需要预热。"
        ],
    ),
    (
        "en",
        (CLERKS, MANY),
        4,
        [
            "Its cases take up to 47.0% of the hours of officers they meet (Bureau, officers): queues depend on how "
            "many are under way, which is why cases that are not measured come first."
        ],
    ),
    (
        "en",
        (ALL, FEW),
        0,
        [
            "Its cases take up to 120.0% of the hours of officers they meet (Bureau, officers), and nothing warms the "
            "system up: the first of them may meet queues that are too short.",
            'Cases ask for 120.0% of the hours that there are (Bureau, officers, "After"): nobody can keep up, and '
            "times grow with the weeks simulated.",
        ],
    ),
]


@pytest.mark.parametrize(("lang", "own", "warm_up", "said"), TOLD)
def test_a_run_says_whether_a_warm_up_is_needed(
    lang: Lang, own: tuple[OwnShare, ...], warm_up: int, said: list[str]
) -> None:
    """By the largest share, and where nobody can keep up, that too."""
    comparison = exact()
    question = comparison.prepared.scenario.model_copy(update={"window": Window(weeks=8, warm_up=warm_up)})
    comparison = replace(comparison, prepared=replace(comparison.prepared, scenario=question), own=own)
    assert warm_up_words(lang, comparison) == said
    assert json.loads(results_json(comparison, {}))["own_shares"] == [
        {"department": o.department, "role": o.role, "variant": "after", "share": o.share, "small": o.small}
        for o in own
    ]
