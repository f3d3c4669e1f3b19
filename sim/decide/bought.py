"""What the bundles of the answer buy: shared out beside a comparison, as far as that is quick."""

from __future__ import annotations

from sim.analysis.comparison import Comparison
from sim.analysis.telling import leading
from sim.core.phases import phase
from sim.core.progress import Tell, silent
from sim.decide.attributed import Attribution
from sim.decide.attribution import attribute
from sim.decide.coalitions import By, parts
from sim.decide.questions import questions

RUNS = 4
"""Replications of every coalition."""
MOST_PARTS, MOST_CASES = 5, 300_000
"""Parts, and cases in all coalitions, above which nothing is shared out unless it is asked for."""
WAYS: tuple[By, ...] = ("bundle", "reform")
"""Into which parts a variant is taken apart: the first of these of which it has several."""


def bought(comparison: Comparison, workers: int = 1, tell: Tell = silent) -> Attribution | None:
    """What each bundle on the way to the answer buys of its figure; its reforms, where there is a single bundle.

    The answer is the first target that tells something. None where a scenario has no target, its variant no several
    parts, or too many or too many cases for it to be quick; `attribute` shares out whatever is asked.
    """
    by = ways(comparison)
    return shared_out(comparison, by, workers, tell) if by else None


def ways(comparison: Comparison) -> By | None:
    """Into which parts the answer is taken apart; None where it has no several, or that would not be quick."""
    result, prepared = leading(comparison.targets), comparison.prepared
    if result is None or result.target.variant == prepared.variants[0].id:
        return None
    found = {by: len(parts(prepared, result.target.variant, by)) for by in WAYS}
    by = next((by for by in WAYS if found[by] > 1), None)
    if by is None or found[by] > MOST_PARTS:
        return None
    tables = (table for processes in comparison.tables.values() for own in processes.values() for table in own)
    cases = sum(map(len, tables)) / max(sum(comparison.runs.values()), 1)
    return None if cases * RUNS * 2 ** found[by] > MOST_CASES else by


def shared_out(comparison: Comparison, by: By, workers: int = 1, tell: Tell = silent) -> Attribution | None:
    """What each of such parts buys of the answer; None where a scenario has no target."""
    result, prepared = leading(comparison.targets), comparison.prepared
    if result is None:
        return None
    asked = questions(prepared, result.target.variant, (), [result.target.id])
    with phase("coalitions"):
        return attribute(prepared, asked, result.target.variant, by, seed=comparison.seed, runs=RUNS, workers=workers,
                         tell=tell)  # fmt: skip
