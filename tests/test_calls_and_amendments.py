"""Processes that call one another, and national rules that apply from a date."""

from __future__ import annotations

import pytest

from sim.core.errors import ReformError
from sim.records.measures.register import values
from sim.reforms.apply import apply, untouched
from sim.reforms.base import Context
from sim.reforms.order import Abolish
from sim.spec import graph
from sim.spec.calls import called, expanded
from sim.spec.keys import recited
from sim.spec.process import Process
from sim.spec.scope import Scope
from sim.spec.sources import Law

from .small import SOURCE, model, play, scenario, service, world

LOAN = """
id: loan
name: {zh: 贷款, en: Loan}
summary: contains a registration
attributes: {big: {share: 0.5, source: guess}}
steps:
  sign: {name: {zh: 签约, en: Sign}, kind: applicant, duration: {days: 1, source: guess}}
  mortgage: {name: {zh: 抵押登记, en: Mortgage}, call: registration, after: {sign: nature}, when: {big: true}}
  pay: {name: {zh: 放款, en: Pay}, kind: applicant, after: {mortgage: order}, duration: {days: 2, source: guess}}
"""
REGISTRATION = """
id: registration
name: {zh: 登记, en: Registration}
summary: two steps, of which the second may send back to the first
steps:
  review: {name: {zh: 审核, en: Review}, at: bureau, limit: {statutory: {days: 3, source: guess}}}
  survey: {name: {zh: 查勘, en: Survey}, at: bureau, limit: {statutory: {days: 4, source: guess}}}
  book:
    name: {zh: 登簿, en: Book}
    at: bureau
    after: {review: guess, survey: order}
    limit: {statutory: {days: 1, source: guess}}
    fails: {rate: 0.1, redo: review, source: guess}
"""
LAW = SOURCE | {
    "rule_2020": Law(kind="law", title="食品经营许可管理办法", article="第二十条", valid_from="2020-03-01"),
}
NOTICE = """
  notice: {name: {zh: 公示, en: Notice}, kind: notice, duration: {calendar_days: 45, source: guess}}
  decide:
    name: {zh: 决定, en: Decide}
    at: bureau
    after: {notice: nature}
    limit: {statutory: {days: 20, source: guess}, committed: {days: 15, source: guess}}
"""
AMENDMENTS = """
amendments:
  - process: service
    reform: 法定时限调整
    steps: [decide]
    statutory: {days: 10, source: rule_2020}
    source: rule_2020
  - process: service
    reform: 法定时限调整
    steps: [notice]
    duration: {calendar_days: 20, source: rule_2020}
    source: rule_2020
"""


def test_the_called_steps_stand_in_the_place_of_the_call() -> None:
    """Roots wait for what the call waited for, what waited for the call waits for its last steps."""
    loan, registration = (model(text, Process) for text in (LOAN, REGISTRATION))
    found = expanded(loan, {"registration": registration, "loan": loan})
    assert graph.edges(found) == {
        ("sign", "mortgage__review"): "nature",
        ("sign", "mortgage__survey"): "nature",
        ("mortgage__review", "mortgage__book"): "guess",
        ("mortgage__survey", "mortgage__book"): "order",
        ("mortgage__book", "pay"): "order",
    }
    assert {s.when.get("big") for name, s in found.steps.items() if "__" in name} == {True}
    book = found.steps["mortgage__book"]
    assert book.fails is not None
    assert book.fails.redo == "mortgage__review"


def test_who_is_sent_back_to_a_call_begins_with_its_first_step() -> None:
    """The call is gone when it is expanded; the step that it begins with stands for it."""
    back = "after: {mortgage: order}, fails: {rate: 0.1, redo: mortgage, source: guess}"
    texts = (LOAN.replace("after: {mortgage: order}", back), REGISTRATION)
    loan, one = (model(text.replace("Survey}, ", "Survey}, after: {review: order}, "), Process) for text in texts)
    fails = expanded(loan, {"registration": one, "loan": loan}).steps["pay"].fails
    assert fails is not None
    assert fails.redo == "mortgage__review"


def calling(*below: str) -> Process:
    """A process that goes through some others, or has a step of its own if through none."""
    calls = [f"  s{i}: {{name: {{zh: 步骤, en: Step}}, call: {name}}}" for i, name in enumerate(below)]
    found: Process = model(service("\n".join(calls or ["  s: {name: {zh: 步骤, en: Step}, at: bureau}"])), Process)
    return found


def test_a_case_goes_through_all_that_is_called_however_deep_and_often() -> None:
    """Of two calls the first is not forgotten over the calls of the second, and a circle of calls ends."""
    first, second = calling("second", "third"), calling()
    processes = {"first": first, "second": second, "third": calling("fourth", "first"), "fourth": calling("nowhere")}
    assert called("first", processes) == {"first", "second", "third", "fourth"}
    assert called("third", {**processes, "first": second}) == {"third", "fourth", "first"}
    assert called("second", processes) == {"second"}
    assert called("nowhere", processes) == set()


PART = """
id: {id}
name: {{zh: 登记, en: Registration}}
summary: one of two that are called
sources: {{own: {{kind: law, title: {id}, article: 第一条}}, {id}: {{kind: law, title: {id}, article: 第二条}}}}
attributes: {{size: {{share: {share}, source: own}}, {id}: {{share: {share}, source: own}}}}
fetched: {{licence: {{fallback: {share}, source: own}}, {id}: {{fallback: {share}, source: own}}}}
steps:
  ask: {{name: {{zh: 申请, en: Ask}}, at: bureau, form: one, needs: [licence]}}
  give: {{name: {{zh: 发证, en: Give}}, at: bureau, after: {{ask: order}}, fails: {{rate: 0.1, source: own}}}}
"""


def test_what_two_called_processes_know_stands_together_and_their_forms_apart() -> None:
    """Of what both know the later one's holds, and before both the caller's; each hands in a form of its own.

    A key of a source that means another thing in each stays apart.
    """
    heat, water = (model(PART.format(id=name, share=share), Process) for name, share in (("heat", 0.1), ("water", 0.2)))
    caller = calling("heat", "water")
    found = expanded(caller, {"heat": heat, "water": water})
    assert found.sources["own"] == heat.sources["own"]
    assert found.sources["own_of_water"] == water.sources["own"]
    water = recited(water, {"own": "own_of_water"})
    for known in ("attributes", "sources", "fetched"):
        assert getattr(found, known) == getattr(heat, known) | getattr(water, known)
        kept = caller.model_copy(update={known: dict(list(getattr(heat, known).items())[:1])})
        own = getattr(expanded(kept, {"heat": heat, "water": water}), known)
        assert own == getattr(heat, known) | getattr(water, known) | getattr(kept, known)
    assert {s: (step.form, step.after) for s, step in found.steps.items()} == {
        "s0__ask": ("s0__one", {}),
        "s0__give": (None, {"s0__ask": "order"}),
        "s1__ask": ("s1__one", {}),
        "s1__give": (None, {"s1__ask": "order"}),
    }


def test_a_process_without_calls_stays_as_it_is() -> None:
    """Nothing is copied where nothing is called."""
    registration = model(REGISTRATION, Process)
    assert expanded(registration, {}) is registration


@pytest.mark.parametrize(
    ("start", "counted", "calendar"),
    # A notice that begins at 01:00 lasts 23 hours longer than its days, to the end of the last one; 2020-03-21 is a
    # Saturday, so that twenty days from 03-01 and from 03-02 end with Monday 03-23.
    [("2019-03-04", 15.0, 45), ("2020-02-29", 15.0, 45), ("2020-03-01", 10.0, 22), ("2020-03-02", 10.0, 21)],
)
def test_a_run_applies_the_law_of_its_day(start: str, counted: float, calendar: int) -> None:
    """Up to the day before the rule 45 days of notice and 15 committed; from its very day 20 and 10 without promise."""
    spec = scenario(1, "every_minutes: 60", start=start)
    prepared = world(service(NOTICE), spec, amendments=AMENDMENTS, sources=LAW)
    found = play(prepared)
    assert values("counted_days", found, Scope()).tolist() == [counted]
    days = found.activities.groupby("category")["busy"].sum() / 86400
    assert days[5] == pytest.approx(calendar + 23 / 24)


def test_the_diff_of_the_baseline_tells_which_law_applies() -> None:
    """A reader sees in the report which national rules were put into the baseline."""
    prepared = world(service(NOTICE), scenario(1, "every_minutes: 60", start="2020-03-02"),
                     amendments=AMENDMENTS, sources=LAW)  # fmt: skip
    assert [(str(c), c.source) for c in prepared.variants[0].changes] == [
        ("steps.decide.limit.statutory: 20 days → 10 days", "rule_2020"),
        ("steps.decide.limit.committed: 15 days → —", "rule_2020"),
        ("steps.notice.duration: 45 calendar_days → 20 calendar_days", "rule_2020"),
    ]


def test_no_reform_of_a_city_moves_a_statutory_wait() -> None:
    """A notice may not be dropped by a plan."""
    process = model(service(NOTICE), Process)
    place = world(service(NOTICE), scenario(1, "every_minutes: 60")).variants[0].place
    reform = Abolish(reform="取消", steps=("notice",), source="guess")
    with pytest.raises(ReformError, match=r"^notice is a statutory wait and stands as it is; only a law changes it$"):
        apply(untouched({"service": process}, place), reform, Context(materials={}, sources=SOURCE))
