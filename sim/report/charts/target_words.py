"""A target, its scope and its verdict in words."""

from __future__ import annotations

from sim.report.charts.style import Lang
from sim.report.charts.view import View
from sim.scenario.target import Target
from sim.spec.kinds import KINDS
from sim.spec.scope import Scope

VERDICTS: dict[Lang, dict[str, str]] = {
    "zh": {"met": "达标", "missed": "未达标", "known": "未达标（已记录在案）", "undecided": "尚不能判定"},
    "en": {"met": "met", "missed": "missed", "known": "missed (on record)", "undecided": "undecided"},
}
"""Verdict → its word; `known` is a miss that the target itself records."""
WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "mean": "平均", "p50": "中位", "p90": "九成", "maximum": "最长", "most": "目标{statistic}不超过 {bound} {unit}",
        "least": "目标{statistic}不少于 {bound} {unit}", "share": "目标至少 {share} 的办件不超过 {limit} {unit}",
        "all": "全部办件、全部环节", "exclude": "不含{kinds}", "include": "含{kinds}", "steps": "只计{steps}",
        "more": "等 {n} 项", "when": "只计 {cases} 的办件", "and": "、", "then": "；", "true": "是", "false": "否",
    },
    "en": {
        "mean": "mean", "p50": "median", "p90": "90 % quantile", "maximum": "longest",
        "most": "target {statistic} at most {bound} {unit}", "least": "target {statistic} at least {bound} {unit}",
        "share": "target at least {share} of the cases within {limit} {unit}",
        "all": "all cases, all steps", "exclude": "without {kinds}", "include": "with {kinds}", "steps": "only {steps}",
        "more": " and so on, {n} in all", "when": "only cases with {cases}", "and": ", ", "then": "; ",
        "true": "yes", "false": "no",
    },
}  # fmt: skip
UNITS: dict[str, str] = {"工作日": "working days", "天": "days", "自然日": "calendar days", "小时": "hours"}
MOST_STEPS = 3


def target_words(view: View, target: Target) -> str:
    """What a target asks for: its statistic, its bound and the unit in which it was published."""
    words = WORDS[view.lang]
    unit = target.unit if view.lang == "zh" else UNITS.get(target.unit, target.unit)
    unit = unit.removesuffix("s") if target.bound == 1 else unit
    if target.statistic == "share_within" and target.limit is not None:
        unit = "工作日" if view.lang == "zh" else "working days"
        return words["share"].format(share=f"{target.bound:.0%}", limit=f"{target.limit:g}", unit=unit)
    form = "least" if target.at_most is None else "most"
    return words[form].format(statistic=words[target.statistic], bound=f"{target.bound:g}", unit=unit)


def scope_words(view: View, scope: Scope) -> str:
    """Which part of a case and which cases a scope speaks of."""
    words, said = WORDS[view.lang], []
    for key, kinds in (("exclude", scope.exclude), ("include", scope.include)):
        if kinds:
            said.append(words[key].format(kinds=words["and"].join(view.say(KINDS[k].name) for k in kinds)))
    if scope.steps:
        said.append(words["steps"].format(steps=_steps(view, scope.steps)))
    if scope.when:
        cases = words["and"].join(f"{a} = {words.get(str(v).lower(), v)}" for a, v in scope.when.items())
        said.append(words["when"].format(cases=cases))
    return words["then"].join(said) or words["all"]


def _steps(view: View, steps: tuple[str, ...]) -> str:
    words = WORDS[view.lang]
    known = {s: step for v in view.variants for s, step in view.process(v).steps.items()}
    names = words["and"].join(view.say(known[s].name) if s in known else s for s in steps[:MOST_STEPS])
    return names + (words["more"].format(n=len(steps)) if len(steps) > MOST_STEPS else "")
