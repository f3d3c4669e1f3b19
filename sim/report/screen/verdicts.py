"""Verdicts for CI, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from sim.analysis.verdict import TargetResult
from sim.analysis.verdicts import Verdicts

_SIGNS = {"at_most": "<=", "at_least": ">="}
_TO_DO = "take known_miss out, or say why it should still be missed"


def lines(verdicts: Verdicts, scenario: str) -> Iterator[str]:
    """One line per target of a scenario, or one that says why it has no verdicts."""
    if scenario in verdicts.failures:
        yield f"FAIL {scenario} {verdicts.failures[scenario]}"
    for result in verdicts.by_scenario.get(scenario, ()):
        yield f"{'ok  ' if result.as_wanted else 'FAIL'} {scenario} {said(result)}"


def closing(verdicts: Verdicts) -> str:
    """How many verdicts there are, and how many are as wanted."""
    wanted = sum(result.as_wanted for result in verdicts.results)
    return f"{wanted} of {len(verdicts.results)} verdicts as wanted"


def said(result: TargetResult) -> str:
    """A verdict in a line: what is held against what, and what was wanted if it was not this."""
    target, found = result.target, result.estimate
    statistic = target.statistic + (f"({target.limit:g})" if target.limit is not None else "")
    interval = f"{found.mean:.4g} [{found.low:.4g}, {found.high:.4g}]"
    bound = f"{_SIGNS[target.direction]} {target.bound:g}"
    line = f"{target.id} {target.measure} {statistic} {interval} {bound}: {result.standing.words.en}"
    return f"{line}: {_TO_DO}" if target.miss_on_record and not result.as_wanted else line
