"""Which assumptions matter, against answers found by hand."""

from __future__ import annotations

import math

import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.sensitivity import Move, effects, moved
from sim.spec.amounts import Pert
from sim.spec.sources import Assumption
from sim.spec.step import Fails, Promise

from .small import PRACTICE, SOURCE, scenario, service, world

SOURCES = SOURCE | {
    "works": Assumption(kind="assumption", why="how long works take", range=(2, 8)),
    "calm": Assumption(kind="assumption", why="nothing follows from it", range=(1, 9)),
}
STEPS = """
  first: {name: {zh: 甲, en: A}, at: bureau, limit: {statutory: {days: 10, source: guess}}}
  works: {name: {zh: 乙, en: B}, kind: construction, after: {first: order}, duration: {days: 5, source: works}}
  aside: {name: {zh: 丙, en: C}, kind: agency, duration: {days: 2, source: calm}}
"""

DEFICIENT = "deficiency:\n  applicant: {share: 0.1, source: works"


def asked(at_most: float) -> Comparison:
    """Ten days of review, five of works, two beside them, all in all held against a target."""
    targets = f"""
  after: {{name: {{zh: 改革后, en: After}}}}
targets:
  - {{id: T1, name: {{zh: 目标, en: Target}}, measure: elapsed_days, at_most: {at_most}, unit: 工作日, source: guess}}
"""
    spec = scenario(2, "every_minutes: 60", variants=targets)
    return compare(world(service(STEPS), spec, sources=SOURCES), runs=2)


def test_each_assumption_is_moved_to_both_ends() -> None:
    """Works of 2 to 8 days make 12 to 18 days in all; what lies beside the path makes no difference."""
    found = effects(asked(15))["T1"]
    works = next(e for e in found if e.key == "works")
    assert (works.low, works.high) == (pytest.approx(12), pytest.approx(18))
    assert "calm" not in {e.key for e in found}


def test_a_verdict_turns_when_the_target_lies_between_the_ends() -> None:
    """A target of 15 is met with 12 and missed with 18; one of 20 is met with both."""
    for at_most, turns in ((15, True), (20, False)):
        comparison = asked(at_most)
        works = next(e for e in effects(comparison)["T1"] if e.key == "works")
        assert works.turns(comparison.targets[0].target) is turns


def test_the_largest_effect_stands_first() -> None:
    """Effects are ranked by how far they move the figure."""
    found = effects(asked(15))["T1"]
    swings = [e.swing for e in found if e.swing == e.swing]
    assert swings == sorted(swings, reverse=True)


def test_a_distribution_is_scaled_to_the_new_mean() -> None:
    """A PERT of mean 6 moved to 3 is half of it in every parameter."""
    spread = Pert(pert=(3.0, 6.0, 9.0))
    fails = Fails(source="works", rate=0.1)
    assert moved(fails, Move("other", (0, 1), 0.5)) is fails
    from sim.spec.durations import Duration

    length = Duration(source="works", days=spread)
    assert moved(length, Move("works", (3, 12), 3.0)).days == Pert(pert=(1.5, 3.0, 4.5))


def test_only_numbers_inside_the_range_are_what_the_assumption_speaks_of() -> None:
    """A promise with one source: an uptake of 0.4 in the range moves, a breach of 0.03 outside it stays."""
    from sim.spec.durations import Duration

    day = Duration(source="guess", days=1.0)
    promise = Promise(source="works", decide=day, check_within=day, uptake=0.4, breach=0.03)
    after = moved(promise, Move("works", (0.2, 0.8), 0.8))
    assert (after.uptake, after.breach, after.decide) == (0.8, 0.03, day)


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
    assert math.isnan(next(e for e in effects(comparison)["T1"] if e.key == "works").high)
