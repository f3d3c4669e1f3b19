"""Verdicts for CI, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.analysis.verdict import TargetResult
from sim.analysis.verdicts import Verdicts
from sim.decide.recorded import Recorded
from sim.report.messages import said as translated
from sim.report.numbers import Written, beside, exact
from sim.report.targets import judged_words
from sim.report.words import Lang, named, say
from sim.scenario.target import Target


def lines(verdicts: Verdicts, scenario: str, worlds: Recorded | None = None, lang: Lang = "en") -> Iterator[str]:
    """One line per target of a scenario, or one that says why it has no verdicts; fragile ones are marked."""
    if scenario in verdicts.failures:
        yield f"FAIL {scenario} {translated(verdicts.failures[scenario], lang)}"
    for result in verdicts.by_scenario.get(scenario, ()):
        yield f"{'ok  ' if result.as_wanted else 'FAIL'} {scenario} {said(result, lang)}{_mark(result, worlds, lang)}"


def closing(verdicts: Verdicts, lang: Lang = "en") -> str:
    """How many verdicts there are, and how many are as wanted."""
    wanted = sum(result.as_wanted for result in verdicts.results)
    return say(lang, "check_wanted", wanted=wanted, n=len(verdicts.results))


def fragile(verdicts: Verdicts, worlds: Mapping[str, Recorded | None], lang: Lang = "en") -> str:
    """How many verdicts are fragile, and how many have no worlds on record as they are now; "" where there are none."""
    known = {name: found for name, found in worlds.items() if found is not None and found.targets}
    holding = [one for found in known.values() for one in found.targets.values()]
    if not holding:
        return ""
    told = say(lang, "check_fragile", fragile=sum(one.fragile for one in holding), n=len(holding))
    without = sum(len(verdicts.by_scenario[name]) for name in worlds.keys() - known.keys())
    return told + say(lang, "list_then") + say(lang, "check_without", n=without) if without else told


def _mark(result: TargetResult, worlds: Recorded | None, lang: Lang) -> str:
    """How often a fragile verdict holds."""
    found = worlds.targets.get(result.target.id) if worlds else None
    if found is None or not found.fragile:
        return ""
    mark = say(lang, "check_mark", share=f"{found.found.share:.0%}", n=len(found.found.met))
    return say(lang, "in_brackets", text="" if lang == "zh" else " ", inner=mark).replace("  ", " ")


def said(result: TargetResult, lang: Lang = "en") -> str:
    """A verdict in a line: what is held against what, and what was wanted if it was not this."""
    target, found = result.target, result.estimate
    statistic = target.statistic + (f"({target.limit:g})" if target.limit is not None else "")
    mean, low, high = (_written(target)(x, "") for x in (found.mean, found.low, found.high))
    bound = f"{target.direction.plain} {exact(target.bound, '')}"
    bound += f" +- {exact(target.tolerance, '')}" if target.tolerance else ""
    judged = f", {wider}" if (wider := judged_words(lang, result)) else ""
    standing = f"{named(lang, result.standing.words)}{judged}"
    of = f" of {target.scope.process}" if target.scope.process else ""
    line = f"{target.id} {target.measure}{of} {statistic} {mean} [{low}, {high}] {bound}: {standing}"
    return f"{line}: {say(lang, f'check_{target.on_record}')}" if target.on_record and not result.as_wanted else line


def _written(target: Target) -> Written:
    return beside(target.meets, lambda value, _: f"{value:.4g}")
