"""Which assumptions matter: the targets when each assumption takes the lowest and highest value of its range.

Numbers are moved as the files state them, before any reform; then the reforms apply and staff is derived anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.answers import REPLICATIONS, Doubts, Effect, Unmoved
from sim.analysis.comparison import Comparison
from sim.analysis.moves import Move, Resting, moves, rests
from sim.analysis.replayed import Anew
from sim.core.errors import PlannerError
from sim.core.jobs import jobs
from sim.core.phases import phase
from sim.core.progress import Tell, silent
from sim.engine.staffing import PILOT_CASES
from sim.scenario.evidence import assumed
from sim.scenario.prepared import Prepared
from sim.spec.sources import Uncertain

MOST_CASES = 100_000_000
"""Cases that are played to doubt a scenario, and drawn to derive its staff: about three hours of one core."""


def refuse_endless(prepared: Prepared, replications: int) -> None:
    """Raise PlannerError where moving every assumption plays more cases than anybody waits for."""
    assert prepared.origin is not None, "a scenario put together by hand cannot be made again"
    known = assumed(prepared)
    there = rests(prepared.origin)
    count = sum(len(moves(key, one, there.get(key, ()))) for key, one in known.items())
    cases = replications * prepared.scenario.coming + PILOT_CASES * len(prepared.scenario.demand)
    if (whole := count * cases) > MOST_CASES:
        weeks = "try --runs 2 and fewer weeks, such as --set window.weeks=4 --set window.warm_up=2"
        raise PlannerError(
            f"{prepared.scenario.id}: {count} moves of {len(known)} assumptions play {whole:,.0f} cases, "
            f"more than {MOST_CASES:,}, which takes hours; "
            f"{weeks if prepared.scenario.window else 'try --runs 2, or fewer cases'}"
        )


def doubts(comparison: Comparison, workers: int = 1, tell: Tell = silent) -> Doubts:
    """What every assumption behind the scenario does to its targets, and which were not moved, and why."""
    anew = Anew.of(comparison, REPLICATIONS)
    assumptions = assumed(comparison.prepared)
    there = rests(anew.origin)
    asked = [move for key, assumption in assumptions.items() for move in moves(key, assumption, there.get(key, ()))]
    found: list[_Moved] = []
    with phase("doubts"), jobs(workers, _estimates, anew) as run:
        for estimates in run(asked):
            found.append(estimates)
            tell(len(found), len(asked))
    effects = _effects(comparison, assumptions, asked, found)
    unmoved = [*_untouched(assumptions, there, asked), *_unmoved(assumptions, asked, found, effects)]
    return Doubts(effects, tuple(unmoved))


@dataclass(frozen=True)
class _Moved:
    """What one move makes of the targets."""

    estimates: Mapping[str, float]
    """Target → its estimate."""
    bounds: Mapping[str, float]
    """Target → what it asks for."""
    why_not: str = ""
    """Why no world can have it so; "" where one can."""


def _effects(comparison: Comparison, assumptions: Mapping[str, Uncertain], asked: Sequence[Move],
             found: Sequence[_Moved]) -> dict[str, list[Effect]]:  # fmt: skip
    effects: dict[str, list[Effect]] = {}
    for result in comparison.targets:
        target, now = result.target, result.estimate.mean
        rows = []
        for move, low, high in zip(asked[::2], found[::2], found[1::2], strict=True):
            bounds = (low.bounds.get(target.id, target.bound), high.bounds.get(target.id, target.bound))
            rows.append(Effect(
                key=move.key,
                assumption=assumptions[move.key],
                low=low.estimates.get(target.id, math.nan),
                high=high.estimates.get(target.id, math.nan),
                part=move.part,
                bounds=None if bounds == (target.bound, target.bound) else bounds,
                now=now,
            ))  # fmt: skip
        moving = (effect for effect in rows if effect.matters)
        effects[target.id] = sorted(moving, key=lambda e: (-e.swing, not e.turns(target)))
    return effects


def _untouched(
    assumptions: Mapping[str, Uncertain], there: Mapping[str, Sequence[Resting]], asked: Sequence[Move]
) -> Iterator[Unmoved]:
    """The assumptions that no move speaks of."""
    moving = {move.key for move in asked}
    for key in (key for key in assumptions if key not in moving):
        numbers = sorted({x for part in there.get(key, ()) for x in (*part.numbers, *part.mix.values())})
        told = ", ".join(f"{x:g}" for x in numbers)
        yield Unmoved(key, assumptions[key], "outside" if numbers else "no_number", told)


def _unmoved(assumptions: Mapping[str, Uncertain], asked: Sequence[Move], found: Sequence[_Moved],
             effects: Mapping[str, Sequence[Effect]]) -> Iterator[Unmoved]:  # fmt: skip
    """The ends that no world can have, and the assumptions that move no target."""
    for move, moved in zip(asked, found, strict=True):
        if moved.why_not:
            yield Unmoved(move.key, assumptions[move.key], "impossible", f"{move.bound:g}: {moved.why_not}")
    moving = {effect.key for rows in effects.values() for effect in rows}
    impossible = {move.key for move, moved in zip(asked, found, strict=True) if moved.why_not}
    for key in dict.fromkeys(move.key for move in asked):
        if key not in moving | impossible:
            yield Unmoved(key, assumptions[key], "no_effect")


def _estimates(anew: Anew, move: Move) -> _Moved:
    """Each target's estimate, and what it asks for, with one assumption moved."""
    try:
        prepared, estimates = anew.moved(move)
    except PlannerError as error:  # an end of the range that no world can have, or that runs past the calendar
        return _Moved({}, {}, str(error))
    return _Moved(estimates, {t.id: t.bound for t in prepared.scenario.targets})
