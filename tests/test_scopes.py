"""A target that speaks of nothing is a fault before the run."""

from __future__ import annotations

import pytest

from .services import reformed, refusal

STEPS = """
  a: {limit: {statutory: ~5}}
  b: {after: {a: order}, limit: {statutory: ~5}}
  works: {kind: construction, after: {b: nature}, duration: ~9}
"""
ABOLISH = "{reform: 取消, steps: [b]}"
BEFOREHAND = "{reform: 区域评估, steps: [b], by: 管委会}"


def goal(scope: str, measure: str = "counted_days", variant: str = "after") -> str:
    """A target of a scope."""
    what = f"measure: {measure}, unit: 工作日, at_most: 5, variant: {variant}, source: guess"
    return f"targets: [{{id: T1, name: {{zh: 快, en: Fast}}, {what}, scope: {{{scope}}}}}]"


@pytest.mark.parametrize(
    ("reform", "targets", "message"),
    [
        (ABOLISH, goal("steps: [b]"),
         "取消 took b out of variant after, so that nothing is left to measure; "
         "name steps that are, or another variant"),
        (ABOLISH, goal("steps: [works]"),
         "none of works counts for counted_days; add their kind to include: [construction]"),
        (ABOLISH, goal("steps: [a], exclude: [approval]"),
         "no step is left that counted_days could be of in variant after; mend the scope"),
        (ABOLISH, goal("exclude: [approval]"),
         "none of works counts for counted_days; add their kind to include: [construction]"),
        (BEFOREHAND, goal("steps: [b]", "elapsed_days"),
         "no step is left that elapsed_days could be of in variant after; mend the scope"),
        (ABOLISH, goal("steps: [c]"), "unknown step 'c'; known: a, b, works"),
    ],
)  # fmt: skip
def test_a_scope_without_steps_is_refused(reform: str, targets: str, message: str) -> None:
    """It says what took the steps away, or why they do not count."""
    assert refusal(STEPS, reform, targets=targets) == message


@pytest.mark.parametrize(
    "targets",
    [
        goal("steps: [b]", variant="before"),
        goal("steps: [a, b]"),
        goal("steps: [works], include: [construction]"),
        goal("steps: [works]", "elapsed_days"),
    ],
)
def test_a_scope_with_a_step_that_counts_stands(targets: str) -> None:
    """In the target's own variant."""
    assert reformed(STEPS, ABOLISH, targets=targets).variants[1].id == "after"
