"""Verdicts for CI, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.analysis.verdict import TargetResult
from sim.analysis.verdicts import Verdicts
from sim.decide.recorded import Recorded
from sim.report.numbers import Written, beside, exact
from sim.report.targets import judged_words
from sim.scenario.target import Target

_TO_DO = {
    "missed": "take known_miss out, or say why it should still be missed",
    "undecided": "take known_undecided out, or say why it should still be too near to tell",
}


def lines(verdicts: Verdicts, scenario: str, worlds: Recorded | None = None) -> Iterator[str]:
    """One line per target of a scenario, or one that says why it has no verdicts; fragile ones are marked."""
    if scenario in verdicts.failures:
        yield f"FAIL {scenario} {verdicts.failures[scenario]}"
    for result in verdicts.by_scenario.get(scenario, ()):
        yield f"{'ok  ' if result.as_wanted else 'FAIL'} {scenario} {said(result)}{_mark(result, worlds)}"


def closing(verdicts: Verdicts) -> str:
    """How many verdicts there are, and how many are as wanted."""
    wanted = sum(result.as_wanted for result in verdicts.results)
    return f"{wanted} of {len(verdicts.results)} verdicts as wanted"


def fragile(verdicts: Verdicts, worlds: Mapping[str, Recorded | None]) -> str:
    """How many verdicts are fragile, and how many have no worlds on record as they are now; "" where there are none."""
    known = {name: found for name, found in worlds.items() if found is not None and found.targets}
    holding = [one for found in known.values() for one in found.targets.values()]
    if not holding:
        return ""
    told = f"{sum(one.fragile for one in holding)} of {len(holding)} verdicts are fragile over the assumptions"
    without = sum(len(verdicts.by_scenario[name]) for name in worlds.keys() - known.keys())
    return (
        f"{told}; {without} have no worlds on record as they are now: `run.py worlds` draws them" if without else told
    )


def _mark(result: TargetResult, worlds: Recorded | None) -> str:
    """How often a fragile verdict holds."""
    found = worlds.targets.get(result.target.id) if worlds else None
    if found is None or not found.fragile:
        return ""
    return f" (fragile: met in {found.found.share:.0%} of {len(found.found.met)} worlds)"


def said(result: TargetResult) -> str:
    """A verdict in a line: what is held against what, and what was wanted if it was not this."""
    target, found = result.target, result.estimate
    statistic = target.statistic + (f"({target.limit:g})" if target.limit is not None else "")
    mean, low, high = (_written(target)(x, "") for x in (found.mean, found.low, found.high))
    bound = f"{target.direction.plain} {exact(target.bound, '')}"
    bound += f" +- {exact(target.tolerance, '')}" if target.tolerance else ""
    judged = f", {wider}" if (wider := judged_words("en", result)) else ""
    standing = f"{result.standing.words.en}{judged}"
    of = f" of {target.scope.process}" if target.scope.process else ""
    line = f"{target.id} {target.measure}{of} {statistic} {mean} [{low}, {high}] {bound}: {standing}"
    return f"{line}: {_TO_DO[target.on_record]}" if target.on_record and not result.as_wanted else line


def _written(target: Target) -> Written:
    return beside(target.meets, lambda value, _: f"{value:.4g}")
