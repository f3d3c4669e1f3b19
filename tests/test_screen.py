"""The tables of the screen."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.remedy import remedies
from sim.analysis.scoreboard import rows
from sim.analysis.verdict import judge
from sim.report.screen.printed import print_comparison, print_scoreboard
from sim.report.words import Lang
from sim.scenario.target import Target

from .reported import exact


def printed(comparison: Comparison, lang: Lang) -> list[str]:
    """What is printed, line by line."""
    console = Console(file=StringIO(), width=160)
    print_comparison(console, comparison, remedies(comparison), lang)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text.replace("\u00a0", " ").splitlines()


def cells(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line.strip("│").split("│")]


def asking(found: Estimate, **fields: Any) -> Comparison:
    """The small world with one target, found so, and before the reforms at nothing."""
    first = exact().targets[1]
    written = first.target.model_dump(exclude_none=True)
    written = {k: v for k, v in written.items() if k not in ("at_most", "known_miss")} | fields
    target = Target.model_validate(written)
    none = Estimate(0, 0, 0, 3)
    result = replace(first, target=target, estimate=found, verdict=judge(target, found), baseline=none)
    return replace(exact(), targets=[result])


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        ("zh", ["T2 更短", "较基准方案的降幅，各业务平均", "≥ 83%", "50.0% 40.0%–60.0%", "−33.0%", "未达标"]),
        ("en", ["T2 Shorter", "reduction against the baseline, mean over processes", "≥ 83%", "50.0% 40.0%–60.0%",
                "−33.0%", "missed"]),
    ],
)  # fmt: skip
def test_a_reduction_is_a_percentage_as_its_bound_is(lang: Lang, row: list[str]) -> None:
    """83 % fewer days were published, 50 % are found."""
    found = asking(Estimate(0.5, 0.4, 0.6, 3), statistic="mean_reduction", at_least=0.83)
    assert row in map(cells, printed(found, lang))


def test_a_recorded_miss_tells_its_reason_and_what_would_meet_it() -> None:
    """In the words of the page: 10 days against 5 need limits of a half."""
    lines = printed(exact(), "zh")
    assert cells(next(line for line in lines if "T2 更短" in line))[-1] == "未达标（已登记）"
    assert lines[-2:] == ["T2 登记的原因: too far", "T2 如何才能达标: 全部计时环节的时限压到现在的 50.0%"]


@pytest.mark.parametrize(
    ("lang", "last"), [("zh", "达标 1、未达标（已登记） 1"), ("en", "met 1, missed (on record) 1")]
)
def test_the_scoreboard_counts_the_standings(lang: Lang, last: str) -> None:
    """Below the rows, each standing that occurs."""
    console = Console(file=StringIO(), width=200)
    print_scoreboard(console, rows([exact()]), lang)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    assert text.splitlines()[-1] == last
