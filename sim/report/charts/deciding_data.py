"""What each chart of what a planner decides by shows as a table, in the language of the chart."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.decide.capacity import Point
from sim.learn.forecasting.validation import SHARES
from sim.report.budget import department_name
from sim.report.capacity import role_name
from sim.report.charts import recorded as records
from sim.report.charts.budget import SharedOut
from sim.report.charts.capacity import Crowded
from sim.report.charts.data import Row, table
from sim.report.charts.forecast import LINES, Foretold
from sim.report.charts.moved import Compared
from sim.report.charts.pareto import Choices
from sim.report.charts.tornado import Swung
from sim.report.charts.worlds import Drawn
from sim.report.moved import figure_words
from sim.report.searched import choice_words, rows
from sim.report.words import Lang, say

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "why": "在本次搜索中", "choice": "做法", "cost": "代价", "value": "结果", "low": "95% 区间下限",
        "high": "95% 区间上限", "held": "成立的情形", "futures": "试过的情形", "front": "在前沿上",
        "assumption": "假设", "range_low": "范围下限", "range_high": "范围上限", "at_low": "取下限时",
        "at_high": "取上限时", "now": "现在", "bound": "目标", "turns": "结论会变",
        "scenario": "情景", "target": "目标编号", "share": "达到目标的比例", "worlds": "世界数",
        "least": "九成世界自", "most": "九成世界至", "fragile": "结论不稳",
        "figure": "数字", "old": "原值", "new": "新值", "difference": "变动", "luck": "只凭运气可能差到",
        "role": "人员", "officers": "人数", "demand": "办件量（倍）", "on_time": "按时率", "days": "审批用时",
        "wait": "排队（工时）", "busy": "忙碌程度",
        "department": "部门", "coming": "来件占比", "budget": "应分得的天数", "limit": "现在的时限合计",
        "by": "按", "name": "名称", "cases": "件数", "p90": "90% 分位", "share_within": "在此之内的案件",
        "yes": "是", "no": "否",
    },
    "en": {
        "why": "In this search", "choice": "What is done", "cost": "Cost", "value": "Result",
        "low": "95% interval from",
        "high": "95% interval to", "held": "Futures that hold", "futures": "Futures tried", "front": "On the front",
        "assumption": "Assumption", "range_low": "Range from", "range_high": "Range to", "at_low": "At the low end",
        "at_high": "At the high end", "now": "Now", "bound": "Target", "turns": "Turns the verdict",
        "scenario": "Scenario", "target": "Target id", "share": "Share that meets it", "worlds": "Worlds",
        "least": "Nine in ten from", "most": "Nine in ten to", "fragile": "Fragile",
        "figure": "Figure", "old": "Was", "new": "Is", "difference": "Change", "luck": "How far luck may move it",
        "role": "Role", "officers": "Officers", "demand": "Files (times)", "on_time": "On-time share",
        "days": "Counted days", "wait": "Waiting (working hours)", "busy": "Busy",
        "department": "Department", "coming": "Cases that come", "budget": "Days shared out",
        "limit": "Limits now, added up",
        "by": "By", "name": "Name", "cases": "Cases", "p90": "90% quantile",
        "share_within": "Cases within",
        "yes": "yes", "no": "no",
    },
}  # fmt: skip


def pareto(view: Choices) -> pd.DataFrame:
    """A line for each choice that is told: what is done, its cost and what it comes to."""
    found = view.found
    return table(WORDS[view.lang], (
        {
            "why": say(view.lang, why), "choice": choice_words(found, one, view.lang), "cost": one.cost,
            "value": one.numbers[0].mean, "low": one.numbers[0].low, "high": one.numbers[0].high, "held": one.holds,
            "futures": one.futures, "front": _said(view.lang, one in found.front),
        }
        for why, one in rows(found)
    ))  # fmt: skip


def tornado(view: Swung) -> pd.DataFrame:
    """A line for each assumption that moves the target: its range, and what comes of both ends."""
    target = view.result.target
    return table(WORDS[view.lang], (
        {
            "assumption": view.called(effect), "range_low": effect.assumption.range[0],
            "range_high": effect.assumption.range[1], "at_low": effect.low, "at_high": effect.high,
            "now": view.result.estimate.mean, "bound": target.bound,
            "turns": _said(view.lang, effect.turns(target)),
        }
        for effect in view.moving
    ))  # fmt: skip


def worlds(view: Drawn) -> pd.DataFrame:
    """A line for each target: its share of worlds, and between what nine in ten lie."""
    return table(WORDS[view.lang], (
        {
            "scenario": scenario, "target": target, "share": one.found.share, "low": one.found.share_range[0],
            "high": one.found.share_range[1], "worlds": len(one.found.met), "least": one.found.low,
            "most": one.found.high, "fragile": _said(view.lang, one.fragile),
        }
        for (scenario, target), one in view.targets.items()
    ))  # fmt: skip


def moved(view: Compared) -> pd.DataFrame:
    """A line for each figure that moved by more than luck, those that were nothing too."""
    return table(WORDS[view.lang], (
        {"figure": figure_words(one, view.lang), "old": one.old, "new": one.new, "difference": one.difference,
         "luck": one.reach}
        for one in view.found.moved
    ))  # fmt: skip


def capacity(view: Crowded) -> pd.DataFrame:
    """A line for each point of the curves of officers, then for each cell of the heat map."""
    return table(WORDS[view.lang], _points(view))


def _points(view: Crowded) -> Iterator[Row]:
    called = [role_name(view.found, role, view.lang) for role in view.found.roles]
    for role, name in zip(view.found.roles, called, strict=True):
        yield from (_point(name, point) for point in role.by_officers)
    yield from (_point(called[0], point) for point in view.found.grid)


def _point(role: str, point: Point) -> Row:
    return {"role": role, "officers": point.officers, "demand": point.demand, "on_time": point.on_time.mean,
            "days": point.days.mean, "wait": point.wait.mean, "low": point.wait.low, "high": point.wait.high,
            "busy": point.busy.mean}  # fmt: skip


def budget(view: SharedOut) -> pd.DataFrame:
    """A line for each department: its days now, those shared out, its limits."""
    return table(WORDS[view.lang], (
        {
            "department": department_name(view.found, part, view.lang), "coming": part.coming, "now": part.days.mean,
            "budget": part.budget.mean, "low": part.budget.low, "high": part.budget.high, "limit": part.limit,
        }
        for part in view.found.parts
    ))  # fmt: skip


def recorded(view: records.Recorded) -> pd.DataFrame:
    """A line for each step, department and month that is drawn: its days by where they go."""
    heads = WORDS[view.lang] | {part: view.say(part) for part in records.PARTS}
    return table(heads, (
        {"by": view.say(by), "name": view.called.get(by, {}).get(row.name, row.name), "cases": row.n,
         **records.parts(row), "p90": row.p90, "on_time": row.on_time}
        for by in records.MOST
        for row in view.of(by)
    ))  # fmt: skip


def forecast(view: Foretold) -> pd.DataFrame:
    """A line for each share of cases and each distribution that is known, then one for each distance."""
    return table(WORDS[view.lang], _foretold(view))


def _foretold(view: Foretold) -> Iterator[Row]:
    names = [name for name in LINES if name in view.found.spread]
    for nth, share in enumerate(SHARES):
        yield {"name": view.say("span"), "share_within": share,
               **{view.say(name): view.found.spread[name][nth] for name in names}}  # fmt: skip
    for row in view.rows:
        yield {"name": f"{view.say('distance')}: {view.name(row)}", "cases": row.n,
               view.say("forecast"): row.held_out, view.say("recent"): row.recent,
               view.say("last_year"): row.last_year, view.say("floor"): row.floor}  # fmt: skip


def _said(lang: Lang, so: bool) -> str:
    return WORDS[lang]["yes" if so else "no"]
