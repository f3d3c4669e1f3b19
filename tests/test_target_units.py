"""The unit of a published figure is read, held against the measure, and brought to what the measure counts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sim.analysis.compare import compare
from sim.records.units import PUBLISHED, UNITS, published_in
from sim.report.page.context import Context
from sim.report.page.facts import figures
from sim.report.targets import published_words
from sim.report.words import LANGS
from sim.scenario.target import Target
from sim.scenario.target_units import in_own_days, unit_findings

from .services import reformed
from .test_target import target

STEPS = "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~5}}"
AFTER = "{reform: 限时办结, compression: 0.5}"


def wrong(**fields: Any) -> list[tuple[str, str]]:
    """What is wrong with the unit of a target: key and message."""
    return [(str(path[-1]), message) for path, message, _ in unit_findings(("targets", 0), target(**fields))]


@pytest.mark.parametrize(
    ("written", "share"),
    [(0.9, 0.9), (1, 1), (0, 0), (90, 0.9), (12.5, 0.125), ("90%", 0.9), ("0.5%", 0.005), ("100%", 1)],
)
def test_a_percentage_is_a_share(written: Any, share: float) -> None:
    """90, 90% and 0.9 are the same with the unit %; the figure published before, too."""
    read = target(measure="revoked_share", unit="%", at_most=written, published_before=written)
    assert (read.at_most, read.published_before) == pytest.approx((share, share))
    assert Target.model_validate(read.model_dump()) == read


def test_a_percentage_with_another_unit_is_refused() -> None:
    """It says which of the two to mend."""
    with pytest.raises(ValidationError) as error:
        target(at_most="90%")
    (found,) = error.value.errors()
    assert str(found["ctx"]["error"]) == "90% is a share, the unit is 工作日; write unit: '%', or the number in 工作日"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"at_most": 5.0}, []),
        ({"at_most": 5.0, "unit": "天"}, []),
        ({"at_most": 20.0, "unit": "小时"}, []),
        ({"measure": "materials", "at_most": 6.0, "unit": "项"}, []),
        ({"measure": "revoked_share", "at_most": 5.0, "unit": "%"}, []),
        (
            {"at_most": 20.0, "unit": "自然日"},
            [("unit", "counted_days is in working days, found 自然日; write 工作日 or 天 or 小时 or 分钟, "
                      "or hold 自然日 against calendar_days")],
        ),
        (
            {"at_most": 20.0, "unit": "次"},
            [("unit", "counted_days is in working days, found 次; write 工作日 or 天 or 小时 or 分钟, "
                      "or hold 次 against trips or corrections")],
        ),
        (
            {"at_most": 20.0, "unit": "%"},
            [("unit", "counted_days is in working days, found %; write 工作日 or 天 or 小时 or 分钟")],
        ),
        (
            {"statistic": "share_within", "limit": 12.0, "at_least": 90.0},
            [("unit", "share_within of counted_days is a share, found 工作日; "
                      "write unit: '%', and the share as 90% or 0.9")],
        ),
        (
            {"measure": "revoked_share", "at_most": 0.05},
            [("unit", "revoked_share is a share, found 工作日; write unit: '%', and the share as 5% or 0.05")],
        ),
        (
            {"measure": "revoked_share", "at_most": 150.0, "unit": "%"},
            [("at_most", "a share is from 0% to 100%, found 150%; mend it")],
        ),
        (
            {"statistic": "mean_reduction", "at_least": -250.0, "unit": "%"},
            [("at_least", "a share is from -100% to 100%, found -250%; mend it")],
        ),
    ],
)  # fmt: skip
def test_a_unit_that_the_measure_has_not_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    """The message says what the measure counts and what to write instead."""
    told = wrong(**fields)
    assert told == found


@pytest.mark.parametrize(
    ("measure", "unit", "written", "days", "own"),
    [
        ("counted_days", "小时", 20.0, 2.5, "工作日"),
        ("counted_days", "分钟", 240.0, 0.5, "工作日"),
        ("calendar_days", "小时", 36.0, 1.5, "自然日"),
        ("counted_days", "天", 20.0, 20.0, "天"),
    ],
)
def test_hours_become_days(measure: str, unit: str, written: float, days: float, own: str) -> None:
    """Of the working day that the place states, here eight hours, or of the calendar day of 24."""
    read, how = in_own_days(target(measure=measure, unit=unit, at_most=written), 8.0)
    assert (read.at_most, read.unit, how.values if how else None) == (days, own, None if own == unit else
                                                                      {"at_most": written})  # fmt: skip


def test_every_unit_of_a_measure_is_published_in_some() -> None:
    """And every published one tells of some."""
    assert [unit.id for unit in UNITS.values() if not published_in(unit)] == []
    assert [unit.id for unit in PUBLISHED.values() if not unit.tells_of] == []


def test_a_figure_in_hours_is_held_against_days_and_told_as_published() -> None:
    """Twenty hours are 2.5 days of eight; two steps of three days each are more."""
    goal = (
        "targets: [{id: T1, name: {zh: 快, en: Fast}, measure: counted_days, unit: 小时, at_most: 20, source: guess}]"
    )
    comparison = compare(reformed(STEPS, AFTER, targets=goal), runs=2)
    (result,) = comparison.targets
    assert (result.target.bound, result.estimate.mean, result.verdict) == (2.5, 6.0, "missed")
    said = [published_words(lang, comparison, result.target).replace("\u00a0", " ") for lang in LANGS]
    assert said == ["公布的是 ≤ 20 小时，按每天 8 小时折算", "published as ≤ 20 hours, converted at 8 hours a day"]
    shown = [fact.small for fact in figures(Context(comparison, "zh"), result)]
    assert said[0] in [text.replace("\u00a0", " ") for text in shown]
