"""A target and its scope in words."""

from __future__ import annotations

from sim.records.units import PUBLISHED, SHARE
from sim.report.charts.view import View
from sim.report.conditions import conditions
from sim.report.numbers import exact
from sim.report.plurals import agreeing
from sim.report.targets import statistic_words, value_words
from sim.report.words import Lang
from sim.scenario.target import Target
from sim.spec.kinds import KINDS
from sim.spec.scope import Scope

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "target": "目标{statistic}{direction} {bound}",
        "all": "全部办件、全部环节",
        "exclude": "不含{kinds}",
        "include": "含{kinds}",
        "steps": "只计{steps}",
        "more": "等 {n} 项",
        "when": "只计 {cases} 的办件",
        "and": "、",
        "then": "；",
    },
    "en": {
        "target": "target {statistic} {direction} {bound}",
        "all": "all cases, all steps",
        "exclude": "without {kinds}",
        "include": "with {kinds}",
        "steps": "only {steps}",
        "more": " and so on, {n} in all",
        "when": "only cases with {cases}",
        "and": ", ",
        "then": "; ",
    },
}
MOST_STEPS = 3


def target_words(view: View, target: Target) -> str:
    """What a target asks for: its statistic, its bound and the unit in which it was published."""
    said, statistic = WORDS[view.lang]["target"], statistic_words(view.lang, target)
    spaced = f" {statistic}" if view.lang == "zh" and statistic[0].isdigit() else statistic
    return said.format(statistic=spaced, direction=view.say(target.direction.name), bound=_bound(view, target))


def _bound(view: View, target: Target) -> str:
    value = value_words(view.lang, target.wanted, target.value_unit)
    if target.value_unit is SHARE:
        return value
    unit = view.say(PUBLISHED[target.unit].name)
    return f"{value} {agreeing(exact(target.bound, target.value_unit.id), unit)}"


def scope_words(view: View, scope: Scope) -> str:
    """Which part of a case and which cases a scope speaks of."""
    words, said = WORDS[view.lang], []
    for key, kinds in (("exclude", scope.exclude), ("include", scope.include)):
        if kinds:
            said.append(words[key].format(kinds=words["and"].join(view.say(KINDS[k].name) for k in kinds)))
    if scope.steps:
        said.append(words["steps"].format(steps=_steps(view, scope.steps)))
    if scope.when:
        cases = words["and"].join(conditions(view.lang, scope.when, view.attribute))
        said.append(words["when"].format(cases=cases))
    return words["then"].join(said) or words["all"]


def _steps(view: View, steps: tuple[str, ...]) -> str:
    words = WORDS[view.lang]
    known = {s: step for v in view.variants for s, step in view.process(v).steps.items()}
    names = words["and"].join(view.say(known[s].name) if s in known else s for s in steps[:MOST_STEPS])
    return names + (words["more"].format(n=len(steps)) if len(steps) > MOST_STEPS else "")
