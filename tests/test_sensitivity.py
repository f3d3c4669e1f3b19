"""Which assumptions matter, against answers found by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest

from sim.analysis.answers import Doubts, Effect
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.moved_hours import day_lengths
from sim.analysis.moves import COUNTS, Move, moved, moves, resting
from sim.analysis.sensitivity import doubts
from sim.report.page.context import Context
from sim.report.page.page import body
from sim.report.page.swings import not_moved, swings
from sim.report.targets import end_words, unmoved_words
from sim.scenario.files import FILES
from sim.spec.amounts import Pert
from sim.spec.durations import Duration
from sim.spec.opening import Opening
from sim.spec.shape import fields, models, shape
from sim.spec.sources import Assumption
from sim.spec.step import Fails, Promise

from .reported import rows
from .small import OFFICE_HOURS, PRACTICE, SOURCE, scenario, service, world


def assumption(low: float, high: float) -> Assumption:
    """A guess between two values."""
    return Assumption(kind="assumption", why="made up for a test", range=(low, high))


SOURCES = SOURCE | {
    "works": assumption(2, 8),
    "calm": assumption(1, 9),
    "crew": assumption(1, 12),
    "busy": assumption(0.2, 0.8),
    "trips": assumption(0, 2),
    "day": assumption(4, 8),
    "mix": assumption(0.2, 0.6),
    "reading": assumption(0.5, 1),
    "old": assumption(4, 20),
    "cut": assumption(0.25, 0.75),
    "wide": assumption(0, 1),
    "basis": assumption(0, 1),
}
STEPS = """
  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}
  works: {name: {zh: 乙, en: B}, kind: construction, after: {first: order}, duration: {days: 5, source: works}}
  aside: {name: {zh: 丙, en: C}, kind: agency, duration: {days: 2, source: calm}}
"""

DEFICIENT = "deficiency:\n  applicant: {share: 0.1, source: works"


def asked(
    at_most: float = 15, steps: str = STEPS, measure: str = "elapsed_days", reforms: str = "", target: str = "",
    unit: str = "工作日", cases: int = 2, more: str = "", demand: str = "every_minutes: 60", **parts: str,
) -> Comparison:  # fmt: skip
    """A service whose cases are held against a target; ten days of review, five of works, two beside them."""
    bound = target or f"at_most: {at_most}, source: guess"
    variants = f"""
  after: {{name: {{zh: 改革后, en: After}}, reforms: [{reforms}]}}
targets:
  - {{id: T1, name: {{zh: 目标, en: Target}}, measure: {measure}, unit: '{unit}', {bound}}}
"""
    spec = scenario(cases, demand, variants=variants)
    return compare(world(service(steps, more), spec, sources=SOURCES, **parts), runs=2)


def found(comparison: Comparison) -> Doubts:
    """What the assumptions do to it."""
    return doubts(comparison)


def ends(comparison: Comparison, key: str, part: str = "") -> tuple[float, float]:
    """What the target's estimate would be at both ends of an assumption."""
    effects = found(comparison).effects["T1"]
    return next((e.low, e.high) for e in effects if (e.key, e.part) == (key, part))


def unmoved(comparison: Comparison) -> dict[str, str]:
    """Assumption → why it was not moved."""
    return {one.key: unmoved_words("en", one) for one in found(comparison).unmoved}


def test_each_assumption_is_moved_to_both_ends() -> None:
    """Works of 2 to 8 days make 12 to 18 days in all; what lies beside the path makes no difference, and is told."""
    comparison = asked()
    assert ends(comparison, "works") == (pytest.approx(12), pytest.approx(18))
    assert unmoved(comparison)["calm"] == "neither end changes any target"


def test_a_verdict_turns_when_the_target_lies_between_the_ends() -> None:
    """A target of 15 is met with 12 and missed with 18; one of 20 is met with both."""
    for at_most, turns in ((15, True), (20, False)):
        comparison = asked(at_most)
        works = next(e for e in found(comparison).effects["T1"] if e.key == "works")
        assert works.turns(comparison.targets[0].target) is turns


def test_the_largest_effect_stands_first() -> None:
    """Effects are ranked by how far they move the figure."""
    effects = found(asked()).effects["T1"]
    assert [e.swing for e in effects] == sorted((e.swing for e in effects), reverse=True)


QUEUE = "  first: {name: {zh: 甲, en: A}, at: bureau, work: {hours: 8, source: guess}}"


def staffed(group: str) -> str:
    """The town whose bureau has this group of officers."""
    return OFFICE_HOURS.replace("en: Bureau}", f"en: Bureau}}, staff: {{officers: [{{{group}, hours: office}}]}}")


def test_the_number_of_officers_is_moved() -> None:
    """Four cases of a day each come at once: one officer takes 1, 2, 3 and 4 days, twelve take one."""
    place = staffed("count: 2, source: crew")
    comparison = asked(steps=QUEUE, cases=4, demand="every_minutes: 1", place=place)
    assert ends(comparison, "crew") == (pytest.approx(2.5, abs=0.01), pytest.approx(1, abs=0.01))


def test_staff_is_derived_anew_from_the_utilisation_moved() -> None:
    """A case of a day's work each working day keeps five busy at 0.2 and two at 0.8: they queue."""
    place = staffed("utilisation: 0.5, source: busy")
    comparison = asked(steps=QUEUE, cases=60, demand="per_year: 300", place=place)
    low, high = ends(comparison, "busy")
    assert low < high
    demand = next(e for e in found(asked(steps=QUEUE, cases=60, demand="per_year: 300", place=place)).effects["T1"])
    assert demand.key in ("busy", "guess")


def test_visits_are_moved() -> None:
    """None for each hand-in to two: the case hands in once and collects once."""
    practice = PRACTICE.replace("visits: {submit: 1, correct: 1, collect: 1, source: guess}",
                                "visits: {submit: 1, correct: 1, collect: 1, source: trips}")  # fmt: skip
    steps = "  first: {name: {zh: 甲, en: A}, at: bureau, needs: [form], limit: {statutory: {days: 10, source: guess}}}"
    materials = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant}}"
    comparison = asked(steps=steps, measure="trips", unit="次", practice=practice, materials=materials)
    assert ends(comparison, "trips") == (0, 4)


def test_opening_hours_are_moved() -> None:
    """Eight hours of work are two days of four hours and one day of eight."""
    place = OFFICE_HOURS.replace('periods: ["09:00-17:00"], source: guess', 'periods: ["09:00-15:00"], source: day')
    comparison = asked(steps=QUEUE, place=place, cases=1)
    assert ends(comparison, "day") == (2, 1)


def test_hours_by_weekday_and_season_are_moved() -> None:
    """Each sort of day that lies in the range; a Saturday of two hours does not."""
    summer = {"from": "06-01", "periods": ["09:00-15:00"], "weekdays": {"sat": ["09:00-11:00"], "fri": ["09:00-14:00"]}}
    winter = {"from": "10-01", "periods": ["09:00-12:00", "13:00-16:00"]}
    opening = Opening.model_validate({"source": "day", "also": ["sat"], "seasons": [summer, winter]})
    assert sorted(day_lengths(opening)) == [2, 5, 6, 6]
    after = moved(opening, Move(key="day", range=(4, 8), bound=8.0))
    assert [(season.periods, season.weekdays) for season in after.seasons] == [
        (("09:00-17:00",), {"sat": ("09:00-11:00",), "fri": ("09:00-17:00",)}),
        (("09:00-12:00", "13:00-18:00"), {}),
    ]


def test_each_share_of_a_mix_is_moved_and_the_others_in_proportion() -> None:
    """Of slow cases of 10 days, 0.2 or 0.6; the fast ones of 5 days, and the odd ones of none, take the rest."""
    attributes = "attributes: {sort: {values: {slow: 0.4, fast: 0.5, odd: 0.1}, source: mix}}"
    steps = """
  slow: {name: {zh: 慢, en: S}, at: bureau, when: {sort: slow}, limit: {statutory: {days: 10, source: guess}}}
  fast: {name: {zh: 快, en: F}, at: bureau, when: {sort: fast}, limit: {statutory: {days: 5, source: guess}}}
"""
    comparison = asked(steps=steps, more=attributes, cases=400)
    effects = {e.part: (e.low, e.high) for e in found(comparison).effects["T1"]}
    assert set(effects) == {"slow", "fast"}  # 0.1 of the odd ones lies outside the range
    # 0.2 × 10 + 0.8 × 5/6 × 5 and 0.6 × 10 + 0.4 × 5/6 × 5
    assert effects["slow"] == (pytest.approx(5.33, abs=0.5), pytest.approx(7.67, abs=0.5))


def test_the_reading_of_a_figure_is_moved() -> None:
    """All cases take ten days; half of them within five are asked for, or all: none are, and the bound tells."""
    steps = "  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}"
    target = "statistic: share_within, limit: 5, at_least: 90%, source: reading"
    comparison = asked(steps=steps, measure="counted_days", target=target, unit="%")
    (effect,) = found(comparison).effects["T1"]
    assert (effect.key, effect.low, effect.high, effect.bounds) == ("reading", 0, 0, (0.5, 1))
    result = comparison.targets[0]
    assert end_words("en", result.target, effect, 0, lambda x, _: f"{x:.0%}") == "0% (≥ 50%)"
    assert effect.turns(result.target) is False
    all_in = Effect("reading", SOURCES["reading"], 0.7, 0.7, bounds=(0.5, 1), now=0.7)  # type: ignore[arg-type]
    assert all_in.turns(result.target) is True


def test_a_number_that_a_reform_replaces_is_moved_before_it() -> None:
    """A promise of 3 days caps what was 4 to 20: after it the limit is 3, but a quarter of it is what the source says.

    The statutory limit rests on a guess of 4 to 20 days; half of it, rounded up, remains: 2 to 10.
    """
    steps = "  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: old}}}"
    comparison = asked(steps=steps, measure="counted_days", reforms="{reform: 限时办结, compression: 0.5, source: cut}")
    assert ends(comparison, "old") == (2, 10)
    assert ends(comparison, "cut") == (3, 8)  # a quarter and three quarters of 10, rounded up


def test_a_reduction_is_moved() -> None:
    """Half of the limit is cut, whatever the limit: 1 - 2/4 and 1 - 10/20; a quarter or three quarters of 10 remain."""
    steps = "  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: old}}}"
    target = "statistic: mean_reduction, at_least: 50%, source: guess"
    comparison = asked(steps=steps, measure="counted_days", unit="%", target=target,
                       reforms="{reform: 限时办结, compression: 0.5, source: cut}")  # fmt: skip
    assert ends(comparison, "cut") == (pytest.approx(0.7), pytest.approx(0.2))
    assert unmoved(comparison)["old"] == "neither end changes any target"


def test_an_end_that_no_world_can_have_is_told_and_the_other_end_stands() -> None:
    """A share of failures of 1 is none that a file could state."""
    fails = "  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}, " \
            "fails: {rate: 0.5, source: wide}}"  # fmt: skip
    comparison = asked(steps=fails, cases=40)
    (low, high) = ends(comparison, "wide")
    assert low == 10
    assert math.isnan(high)
    assert unmoved(comparison)["wide"] == (
        "cannot be 1: service.steps.first.fails.rate: input should be less than or equal to 0.95"
    )


def test_a_distribution_scaled_to_nothing_is_nothing() -> None:
    """An exponential hour between 0 and 5 is no time at the low end."""
    work = "  first: {name: {zh: 甲, en: A}, at: bureau, work: {hours: {exponential: 1}, source: trips}}"
    assert ends(asked(steps=work), "trips")[0] == 0


def test_a_number_outside_the_range_is_not_what_the_assumption_speaks_of() -> None:
    """It stays, and that is told; so is an assumption on which no number rests."""
    steps = """
  first: {name: {zh: 甲, en: A}, at: bureau, counted: false, basis: basis, limit: {statutory: {days: 30, source: old}}}
"""
    told = unmoved(asked(steps=steps))
    assert told["old"] == "the numbers that rest on it lie outside its range: 30"
    assert told["basis"] == "no number rests on it"


def test_whole_numbers_are_moved_where_they_are_evidence_and_nowhere_else() -> None:
    """How many cases are simulated, or how many officers a check takes, is not what a range of hours speaks of."""
    whole: dict[type, set[str]] = {}
    for kind in FILES.values():
        for model in models(kind.model):
            named = {name for name, annotation in fields(model).items() if shape(annotation).core is int}
            if named and "source" in fields(model):
                whole[model] = named - COUNTS.get(model, frozenset())
    assert {model.__name__: names for model, names in whole.items() if names} == {
        "Demand": {"cases", "warm_up"},
        "Work": {"staff"},
        "Fails": {"at_most"},
        "Fields": {"prefilled"},
        "MeasuredCount": {"count"},  # a measurement, and no assumption
    }
    assert all(names <= set(fields(model)) for model, names in COUNTS.items())


def test_a_distribution_is_scaled_to_the_new_mean() -> None:
    """A PERT of mean 6 moved to 3 is half of it in every parameter."""
    spread = Pert(pert=(3.0, 6.0, 9.0))
    fails = Fails(source="works", rate=0.1)
    assert moved(fails, Move(key="other", range=(0, 1), bound=0.5)) is fails
    length = Duration(source="works", days=spread)
    assert moved(length, Move(key="works", range=(3, 12), bound=3.0)).days == Pert(pert=(1.5, 3.0, 4.5))


def test_only_numbers_inside_the_range_are_what_the_assumption_speaks_of() -> None:
    """A promise with one source: an uptake of 0.4 in the range moves, a breach of 0.03 outside it stays."""
    day = Duration(source="guess", days=1.0)
    promise = Promise(source="works", decide=day, check_within=day, uptake=0.4, breach=0.03)
    after = moved(promise, Move(key="works", range=(0.2, 0.8), bound=0.8))
    assert (after.uptake, after.breach, after.decide) == (0.8, 0.03, day)


def test_the_moves_of_an_assumption_go_by_pairs() -> None:
    """Low and high; none where nothing rests on it."""
    origin = asked().prepared.origin
    assert origin
    rests = resting("works", origin)
    assert [part.path for part in rests] == ["service.steps.works.duration"]
    assert [move.bound for move in moves("works", SOURCES["works"], rests)] == [2, 8]  # type: ignore[arg-type]
    assert moves("basis", SOURCES["basis"], resting("basis", origin)) == []  # type: ignore[arg-type]


def test_the_page_tells_what_was_moved_and_what_was_not() -> None:
    """Two tables among the evidence, and what turns the verdict beside the answer."""
    comparison = asked()
    told = found(comparison)
    context = Context(comparison, "en")
    table, others = swings(context, told.effects), not_moved(context, told.unmoved)
    assert table
    assert others
    listed: Mapping[str, list[list[str]]] = rows(table)
    assert ["works", "2–8", "12.00", "18.00", "yes"] in listed["T1 Target"]
    assert ["calm", "1–9", "neither end changes any target"] in rows(others)[""]
    whole: Any = body(context, {}, {}, told.effects, told.unmoved)
    assert "Assumptions that were not moved, or move no target" in whole
    assert not_moved(context, ()) is None


@pytest.mark.parametrize(
    "step",
    [
        "at: bureau, limit: {statutory: {days: 1, source: guess}}, fails: {rate: 0.1, source: works}",
        "at: bureau, limit: {statutory: {days: 1, source: guess}}, needs: [form]",
    ],
    ids=["a step that always fails", "a paper that is always deficient"],
)
def test_an_end_at_which_nothing_ever_succeeds_is_no_world(step: str) -> None:
    """Moved to 1, the rate sends every case back without end: the estimate is no number, and it comes at once."""
    sources = SOURCE | {"works": Assumption(kind="assumption", why="made up", range=(0, 1))}
    materials = "materials: {form: {name: {zh: 表, en: Form}, issuer: applicant}}"
    practice = PRACTICE.replace("deficiency:\n  applicant: {share: 0, source: guess", DEFICIENT)
    targets = """
  after: {name: {zh: 改革后, en: After}}
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: elapsed_days, at_most: 5, unit: 工作日, source: guess}
"""
    steps = f"  first: {{name: {{zh: 甲, en: A}}, {step}}}"
    spec = scenario(2, "every_minutes: 60", variants=targets)
    comparison = compare(world(service(steps), spec, sources=sources, materials=materials, practice=practice), runs=2)
    why = {one.key: one.told.partition(":")[0] for one in doubts(comparison).unmoved if one.reason == "impossible"}
    assert why["works"] == "1"
    assert all(math.isnan(e.high) for e in doubts(comparison).effects["T1"] if e.key == "works")
