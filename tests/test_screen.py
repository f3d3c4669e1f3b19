"""The tables of the screen."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.scoreboard import rows
from sim.analysis.verdict import judge
from sim.decide.remedies import remedies
from sim.reforms.diff import Change
from sim.report.screen.console import console
from sim.report.screen.printed import print_changes, print_comparison, print_scoreboard
from sim.report.screen.progress import progress
from sim.report.words import Lang
from sim.scenario.target import Target
from sim.spec.base import Name

from .reported import exact
from .services import pair


def printed(comparison: Comparison, lang: Lang) -> list[str]:
    """What is printed, line by line."""
    screen = console(StringIO(), 160)
    print_comparison(screen, comparison, remedies(comparison), lang)
    text: str = screen.file.getvalue()  # type: ignore[attr-defined]
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


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        ("zh", ["T2 更短", "均值", "= 12 ± 0.5", "11.9 11.4–12.4", "−0.10", "未定"]),
        ("en", ["T2 Shorter", "mean", "= 12 ± 0.5", "11.9 11.4–12.4", "−0.10", "undecided"]),
    ],
)
def test_a_total_that_must_be_given_back_stands_with_its_tolerance(lang: Lang, row: list[str]) -> None:
    """12 days give or take half a day, and 11.9 found, but perhaps 11.4."""
    found = asking(Estimate(11.9, 11.4, 12.4, 3), statistic="mean", equals=12.0, tolerance=0.5)
    assert row in map(cells, printed(found, lang))


MEETING = (
    "另加一次性告知、一窗受理（“申请”、“甲审”、“乙审”），全部用上也不够；"
    "全部计时环节的时限压到现在的 50.0%（不足一天按一天计）（13 次重复，次次达标）"
)


def test_a_recorded_miss_tells_its_reason_and_what_would_meet_it() -> None:
    """In the words of the page: 10 days against 5 need limits of a half."""
    lines = printed(exact(), "zh")
    assert cells(next(line for line in lines if "T2 更短" in line))[-1] == "未达标（已登记）"
    assert "".join(lines[-3:]) == f"T2 登记的原因: too farT2 如何才能达标: {MEETING}"


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("zh", ["1 个公布的改革前数值，0 个在模拟区间内",
                "有所发现的结论 1 个：未达标（已登记）1 个；另有 1 个只说明输入，或改革前即已达标"]),
        ("en", ["of 1 figure published for the state before, 0 lie inside the simulated interval",
                "1 telling verdict: 1 missed (on record); 1 other says what went in or was met before"]),
    ],
)  # fmt: skip
def test_the_scoreboard_counts_the_telling_verdicts_first(lang: Lang, last: list[str]) -> None:
    """Below the rows, each standing of those by which something is found, and how many tell nothing."""
    met, missed = exact().targets
    published = met.target.model_copy(update={"published_before": met.baseline.mean + 1})
    comparison = replace(exact(), targets=[replace(met, target=published, limits_are_the_figure=True), missed])
    screen = console(StringIO(), 200)
    print_scoreboard(screen, rows([comparison]), lang)
    text: str = screen.file.getvalue()  # type: ignore[attr-defined]
    assert text.replace("\u00a0", " ").splitlines()[-2:] == last


def test_a_published_before_stands_with_the_distance_of_the_simulated_one() -> None:
    """Published 20, simulated 12 before the reforms, in every replication: 8 less, outside."""
    met, missed = exact().targets
    published = met.target.model_copy(update={"published_before": 20.0})
    result = replace(met, target=published, baseline=Estimate(12, 12, 12, 3))
    screen = console(StringIO(), 250)
    print_scoreboard(screen, rows([replace(exact(), targets=[result, missed])]), "en")
    text: str = screen.file.getvalue()  # type: ignore[attr-defined]
    earlier = [cells(line)[2] for line in text.splitlines() if "T1 " in line]
    assert earlier == ["20 −8.00 published figure outside the simulated interval"]


def test_a_total_of_limits_names_the_steps_that_have_none() -> None:
    """They count as nothing, so that the total may lie below the time that is simulated."""
    met, missed = exact().targets
    result = replace(met, without_limit=(Name(zh="备案", en="Filing"), Name(zh="归档", en="Archive")))
    lines = printed(replace(exact(), targets=[result, missed]), "en")
    assert "T1 Steps without a limit, counted as nothing: Filing, Archive" in lines


def test_what_a_planner_wrote_is_printed_as_it_is_written() -> None:
    """Brackets are no styles: in the names of a scenario, a variant and a target, and in why a miss is on record."""
    odd = Name(zh="[/x]", en="[red]A[/red] :gem:")
    prepared = exact().prepared
    scenario = prepared.scenario.model_copy(update={"name": odd})
    variants = tuple(replace(variant, name=odd) for variant in prepared.variants)
    missed = exact().targets[1]
    target = missed.target.model_copy(update={"name": odd, "known_miss": "see [annex] 2"})
    comparison = replace(
        exact(),
        prepared=replace(prepared, scenario=scenario, variants=variants),
        targets=[replace(missed, target=target)],
    )
    english, chinese = printed(comparison, "en"), printed(comparison, "zh")
    assert english[0].strip() == "[red]A[/red] :gem: · 3 replications, seed 1"
    assert chinese[0].strip() == "[/x] · 3 次重复，种子 1"
    assert cells(chinese[2].replace("┃", "│")) == ["指标", "单位", "[/x]", "[/x]"]
    assert "T2 [/x]" in [cells(line)[0] for line in chinese]
    assert "T2 登记的原因: see [annex] 2" in chinese


def test_where_there_are_several_processes_each_is_named() -> None:
    """At the head of its table, and beside the targets that speak of it."""
    goal = "{zh: 快, en: Fast}, measure: counted_days, unit: 工作日, at_most: 5, source: guess"
    targets = f"targets: [{{id: T1, name: {goal}}}, {{id: T2, name: {goal}, scope: {{process: other}}}}]"
    steps = "  a: {limit: {statutory: ~4}}"
    notice = "{reform: 一次性告知, process: other, source: guess}"
    comparison = compare(pair(steps, steps, after=notice, targets=targets), runs=2)
    lines = printed(comparison, "en")
    titles = [line.strip() for line in lines if "replications" in line]
    assert titles == ["Question · Service · 2 replications, seed 1", "Question · Service · 2 replications, seed 1"]
    named = [cells(line)[0] for line in lines if line.startswith(("│ T1", "│ T2"))]
    assert named == ["T1 Fast Service, Service", "T2 Fast Service"]


def test_a_diff_keeps_its_lists() -> None:
    """A material in brackets is a list, and no style."""
    screen = console(StringIO(), 120)
    change = Change("并联审批", "service", "steps.first.needs", ("form", "lease"), ("form",), "act")
    print_changes(screen, exact().prepared, [change], "en")
    text: str = screen.file.getvalue()  # type: ignore[attr-defined]
    row = ["parallel approval", "steps.first.needs: [form, lease] → [form]", "某法第一条"]
    assert row in [cells(line) for line in text.splitlines()]


def test_a_bar_takes_any_title() -> None:
    """On a terminal too, where the bar is drawn."""

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", Terminal())
        with progress("[/x]") as tell:
            tell(1, 2)
        drawn: str = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "[/x]" in drawn


def test_only_the_door_makes_a_screen() -> None:
    """Elsewhere in the house nobody builds a console, which would read brackets as styles."""
    rooms = Path(sim.__file__).parent
    makers = {
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Console"
    }
    assert makers == {"report/screen/console.py"}
