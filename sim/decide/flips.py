"""Flip values: the least change of one assumption that turns a verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.answers import REPLICATIONS, Doubts, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.moves import Towards, resting
from sim.analysis.replayed import Anew
from sim.analysis.verdict import TargetResult
from sim.core.errors import PlannerError
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent

HALVINGS = 6
"""Steps of the search: what is found is known to a sixty-fourth of the way to the end of the range."""
MOST = 4
"""Assumptions of which a flip value is looked for, for each target: those that move it most."""


@dataclass(frozen=True)
class Flip:
    """The least change of an assumption that turns a verdict."""

    key: str
    part: str
    """Value of a mix whose share changes; nothing where plain numbers do."""
    numbers: tuple[float, ...]
    """What rests on it now."""
    bound: float
    """The end of the range to which it goes."""
    way: float
    """Share of the way to that end at which the verdict turns."""

    @property
    def values(self) -> tuple[float, ...]:
        """What the numbers that rest on it are there."""
        return tuple(number + (self.bound - number) * self.way for number in self.numbers)


@dataclass(frozen=True)
class _Asked:
    """An assumption that turns a target at an end of its range."""

    result: TargetResult
    effect: Effect
    bound: float


def flips(comparison: Comparison, doubts: Doubts, workers: int = 1, tell: Tell = silent) -> dict[str, list[Flip]]:
    """Target → the assumptions that turn it, that with the shortest way first, each at the nearer end.

    The way is halved between now, where the target is as it is, and the end, where it is not. A target that turns more
    than once on the way may turn earlier too.
    """
    asked = [one for result in comparison.targets for one in _turning(result, doubts.effects[result.target.id])]
    found: dict[str, dict[tuple[str, str], Flip]] = {result.target.id: {} for result in comparison.targets}
    with jobs(workers, _flip, Anew.of(comparison, REPLICATIONS)) as run:
        for done, (one, flip) in enumerate(zip(asked, run(asked), strict=True), start=1):
            tell(done, len(asked))
            own, key = found[one.result.target.id], (one.effect.key, one.effect.part)
            if flip is not None and (key not in own or flip.way < own[key].way):
                own[key] = flip
    return {target: sorted(own.values(), key=lambda flip: flip.way) for target, own in found.items()}


def _turning(result: TargetResult, effects: Sequence[Effect]) -> Iterator[_Asked]:
    """The ends of the strongest assumptions at which a target is not as it is."""
    target, now = result.target, result.target.meets(result.estimate.mean)
    turning = [e for e in effects if e.turns(target)]
    for effect in turning[:MOST]:
        ends = zip((effect.low, effect.high), effect.assumption.range, effect.bounds or (None, None), strict=True)
        for value, bound, asked in ends:
            if math.isfinite(value) and _meets(result, value, asked) is not now:
                yield _Asked(result, effect, bound)


def _meets(result: TargetResult, value: float, asked: float | None) -> bool:
    target = result.target
    return target.meets(value) if asked is None else target.model_copy(update={target.direction.id: asked}).meets(value)


def _flip(anew: Anew, asked: _Asked) -> Flip | None:
    """Where a target turns on the way to an end; None where a world on the way cannot be."""
    effect = asked.effect
    now = asked.result.target.meets(asked.result.estimate.mean)
    low, high = 0.0, 1.0
    try:
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if _met(anew, asked, middle) is now else (low, middle)
    except PlannerError:
        return None
    rests = resting(effect.key, anew.origin)
    if effect.part:
        numbers = tuple(r.mix[effect.part] for r in rests if effect.part in r.mix)
    else:
        numbers = tuple(sorted({n for r in rests for n in r.numbers if _inside(n, effect.assumption.range)}))
    return Flip(effect.key, effect.part, numbers, asked.bound, high)


def _inside(number: float, between: tuple[float, float]) -> bool:
    return between[0] <= number <= between[1]


def _met(anew: Anew, asked: _Asked, way: float) -> bool:
    """Whether the target is met so far on the way."""
    effect = asked.effect
    move = Towards(key=effect.key, range=effect.assumption.range, part=effect.part, bound=asked.bound, way=way)
    prepared, found = anew.moved(move)
    target = next(t for t in prepared.scenario.targets if t.id == asked.result.target.id)
    return target.meets(found[target.id])
