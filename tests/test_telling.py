"""Which verdicts tell something, and which only say what went in or what held before any reform."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.analysis.estimate import Estimate
from sim.analysis.telling import QUIETS, quiet_of
from sim.analysis.verdict import TargetResult, judge
from sim.scenario.target import Target
from sim.spec.base import Name

from .services import reformed


def result(found: float, before: float = 9, **fields: Any) -> TargetResult:
    """Five days are published; so many are found, in every replication, and so many before the reforms."""
    limits_are_the_figure = fields.pop("limits_are_the_figure", False)
    name = {"zh": "目标", "en": "target"}
    written = {"id": "T1", "name": name, "measure": "counted_days", "at_most": 5.0, "unit": "天", "source": "guess"}
    target, estimate = Target.model_validate(written | fields), Estimate(found, found, found, 5)
    baseline = Estimate(before, before, before, 5)
    return TargetResult(
        target, ("service",), estimate, judge(target, estimate), baseline, estimate,
        first="before", limits_are_the_figure=limits_are_the_figure,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (result(4), None),
        (result(6), None),
        (result(4, before=5), "before"),
        (result(4, before=5, variant="before"), None),
        (result(6, before=4), None),
        (result(4, limits_are_the_figure=True), "limits"),
        (result(6, limits_are_the_figure=True), None),
        (result(4, before=5, limits_are_the_figure=True), "limits"),
        (result(4, measure="yearly_cases"), "input"),
        (result(6, measure="services"), "input"),
        (result(6, tells_nothing="the split was made to add up"), "stated"),
        (result(4, measure="services", tells_nothing="so many are listed"), "stated"),
    ],
)
def test_a_verdict_tells_nothing_for_the_first_reason_that_holds(found: TargetResult, why: str | None) -> None:
    """A miss tells something even where the limits are the figure; an input nothing whatever the verdict."""
    quiet = quiet_of(found)
    assert (quiet.id if quiet else None) == why


def test_every_reason_has_a_verdict_above() -> None:
    """So that a new one is tried too."""
    assert set(QUIETS) == {"stated", "input", "limits", "before"}


@pytest.mark.parametrize(
    ("before", "published", "residual", "inside"),
    [
        (Estimate(12, 11, 13, 5), 13.0, -1, True),
        (Estimate(12, 11, 13, 5), 13.5, -1.5, False),
        (Estimate(12, 11, 13, 5), 10.0, 2, False),
        (Estimate(12, 11, 13, 5), None, None, None),
    ],
)
def test_a_published_before_is_held_against_the_baseline(
    before: Estimate, published: float | None, residual: float | None, inside: bool | None
) -> None:
    """It lies inside the interval, its ends included, or outside."""
    found = replace(result(4, published_before=published), baseline=before)
    assert (found.before_residual, found.before_holds) == (residual, inside)


STEPS = """
  a: {limit: {statutory: ~20}}
  b: {after: {a: order}, limit: {statutory: ~20}}
  f: {kind: filing, after: {b: order}, work: ~1h}
  w: {kind: construction, after: {f: nature}, duration: ~3}
"""
FIGURE = "at_most: 9, unit: 天, name: {zh: 目标, en: target}"


def told(source: str, *fields: str) -> list[TargetResult]:
    """Both steps promise two days of the nine that the act sets, or that is guessed; so is found what is asked."""
    rows = "".join(
        f"  - {{id: T{i}, source: act, {FIGURE}, {field}}}\n"
        if "source" not in field
        else f"  - {{id: T{i}, {field}}}\n"
        for i, field in enumerate(fields)
    )
    reform = f"{{reform: 限时办结, steps: [a, b], committed: {{days: 2, source: {source}}}, source: act}}"
    prepared = reformed(STEPS, reform, targets=f"targets:\n{rows}", runs="runs: {least: 2, most: 2}")
    return list(compare(prepared, runs=2).targets)


@pytest.mark.parametrize(
    ("source", "field", "figure"),
    [
        ("act", "measure: counted_days", True),
        ("guess", "measure: counted_days", False),
        ("act", "measure: counted_days, scope: {steps: [a]}", True),
        ("act", "measure: touchpoints", False),
        ("act", "measure: counted_days, variant: before", False),
        ("act", "measure: counted_days, scope: {steps: [f]}", False),
    ],
)
def test_limits_that_the_source_of_a_figure_sets_are_the_figure(source: str, field: str, figure: bool) -> None:
    """Not statutory ones, nor those of another source; where no step has a limit there is none to be the figure."""
    assert [r.limits_are_the_figure for r in told(source, field)] == [figure]


def test_a_share_of_cases_within_the_figure_goes_with_the_row_of_the_figure() -> None:
    """It cites our reading of the figure; alone, or with another scope, nothing says whose limit it is."""
    share = "measure: counted_days, statistic: share_within, limit: 4, at_least: 0.9, unit: '%', source: guess"
    share += ", name: {zh: 占比, en: share}"
    assert [r.limits_are_the_figure for r in told("act", "measure: counted_days", share)] == [True, True]
    assert [r.limits_are_the_figure for r in told("act", share)] == [False]
    other = f"{share}, scope: {{steps: [a]}}"
    assert [r.limits_are_the_figure for r in told("act", "measure: counted_days", other)] == [True, False]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("measure: promised_days", (Name(zh="步骤", en="Step"),)),
        ("measure: statutory_days, variant: before", (Name(zh="步骤", en="Step"),)),
        ("measure: promised_days, scope: {steps: [a]}", ()),
        ("measure: counted_days", ()),
    ],
)
def test_a_total_of_limits_tells_which_counted_steps_have_none(field: str, names: tuple[Name, ...]) -> None:
    """The filing has no limit and counts as nothing; works are not counted, and times leave nothing out."""
    assert [r.without_limit for r in told("guess", field)] == [names]
