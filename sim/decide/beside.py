"""What is told beside a comparison: what each part of its answer buys, and what would meet the targets it misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison
from sim.core.jobs import jobs
from sim.core.progress import Tell, part_of, silent
from sim.decide.attributed import Attribution
from sim.decide.bought import shared_out, ways
from sim.decide.coalitions import By
from sim.decide.remedies import missed, remedy


@dataclass(frozen=True)
class Beside:
    """As much of it as is found."""

    bought: Attribution | None
    """None where nothing is shared out."""
    remedies: dict[str, Remedy]
    """Missed target → what would meet it."""


Asked: TypeAlias = tuple[By | None, str]
"""Into which parts the answer is taken apart, or a missed target."""


def beside(comparison: Comparison, workers: int = 1, tell: Tell = silent) -> Iterator[Beside]:
    """Yield what is found so far, each time with more; the last time all. Of a comparison cut short nothing is shared.

    Where several things are asked, each is found on one of the processes; a single one on all of them.
    """
    by = None if comparison.interrupted else ways(comparison)
    asked: list[Asked] = [*([(by, "")] if by else []), *((None, target) for target in missed(comparison))]
    found, processes = Beside(None, {}), min(workers, len(asked))
    yield found
    if processes > 1:
        decides = comparison.prepared, comparison.seed, comparison.runs, comparison.staff
        with jobs(processes, _found, _bare(comparison), decides) as run:
            for number, (one, answer) in enumerate(zip(asked, run(asked), strict=True)):
                tell(number + 1, len(asked))
                found = _with(found, one, answer)
                yield found
    else:
        for number, one in enumerate(asked):
            found = _with(found, one, _found(comparison, one, workers, part_of(tell, number, len(asked))))
            yield found


def _found(comparison: Comparison, asked: Asked, workers: int = 1, tell: Tell = silent) -> Attribution | Remedy | None:
    by, target = asked
    return shared_out(comparison, by, workers, tell) if by else remedy(comparison, target, workers, tell)


def _with(found: Beside, asked: Asked, answer: Attribution | Remedy | None) -> Beside:
    if isinstance(answer, Attribution):
        return replace(found, bought=answer)
    return replace(found, remedies={**found.remedies, asked[1]: answer}) if answer else found


def _bare(comparison: Comparison) -> Comparison:
    """The comparison without what only its report tells."""
    return replace(comparison, statistics={}, split={}, tables={}, values={}, courses={}, events={}, months={})
