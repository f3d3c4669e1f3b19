"""Worlds: all assumptions drawn together from their ranges, before any reform, and every target played in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import Circumstances, InWorlds, Lever, Side
from sim.analysis.moves import Drawn, Move, Resting, drawn_at, moved_world, moves, resting, rests
from sim.analysis.replayed import Anew
from sim.analysis.verdict import TargetResult
from sim.core.errors import PlannerError
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.decide.boxes import Box, flip_box
from sim.decide.worth import worth
from sim.scenario.evidence import assumed
from sim.scenario.prepare import made
from sim.scenario.prepared import Origin, Prepared

Floats = NDArray[np.float64]
WORLDS = 100
"""Worlds when no other number is asked for: a share of half of them is then known to a tenth, at 95 %."""
REPLICATIONS = 2
"""Replications in each world, of the same applicants in all; luck then widens the range by a few percent at most."""
CHANCE = 0.05
"""How often a target is said to hang on any assumption that it does not hang on."""
EXPLAINED = 0.02
"""Share of the variance of the ranks below which nothing is left to be explained."""


@dataclass(frozen=True)
class Worlds:
    """The worlds that were drawn for a scenario, and its targets in them."""

    asked: int
    """Worlds drawn."""
    impossible: tuple[str, ...]
    """Of those that cannot be, why: they are left out."""
    assumptions: tuple[str, ...]
    """Keys of what is drawn."""
    targets: Mapping[str, InWorlds]
    """Target → what it comes to in the worlds that can be."""

    @property
    def played(self) -> int:
        """How many of them can be."""
        return self.asked - len(self.impossible)


@dataclass(frozen=True)
class _World:
    """One world played."""

    estimates: Mapping[str, float]
    met: Mapping[str, bool]
    why_not: str = ""


def worlds(comparison: Comparison, count: int = WORLDS, workers: int = 1, tell: Tell = silent) -> Worlds:
    """The targets of a comparison in so many worlds, on the same applicants in each.

    The worlds are a Latin hypercube over the ranges (McKay, Beckman and Conover, Technometrics 21, 1979). A number is
    drawn from a triangular distribution between the ends of its range, with the number used as its mode; all that rest
    on one key, at the same quantile. They are drawn as the files state them; then reforms apply and staff is derived
    anew. A world that no file could state is left out.
    """
    anew = Anew.of(comparison, REPLICATIONS)
    origin = anew.origin
    dimensions = list(_dimensions(comparison.prepared, origin))
    if not dimensions or not comparison.targets:
        return Worlds(0, (), (), {})
    points = _points(dimensions, count, comparison.seed)
    drawn = [_drawn(dimensions, point) for point in points]
    found: list[_World] = []
    with jobs(workers, _played, anew) as run:
        for world in run(drawn):
            found.append(world)
            tell(len(found), count)
    keys = tuple(dict.fromkeys(d.key for d in dimensions))
    targets = {r.target.id: _in_worlds(r, found, dimensions, points, origin) for r in comparison.targets}
    return Worlds(count, tuple(world.why_not for world in found if world.why_not), keys, targets)


def scenarios(prepared: Prepared, count: int, seed: int) -> list[Prepared]:
    """The scenario in so many worlds, drawn as those of a comparison of this seed; without those that cannot be."""
    origin = prepared.origin
    assert origin is not None, "a scenario put together by hand cannot be made again"
    dimensions, found = list(_dimensions(prepared, origin)), []
    for point in _points(dimensions, count, seed) if dimensions else ():
        try:
            found.append(made(moved_world(origin, *_drawn(dimensions, point))))
        except PlannerError:
            continue
    return found


def with_worlds(comparison: Comparison, found: Mapping[str, InWorlds]) -> Comparison:
    """The comparison with its targets in these worlds, and the verdicts of those that ask for a share of them."""
    return replace(comparison, targets=[_with(r, found.get(r.target.id)) for r in comparison.targets])


def _with(result: TargetResult, found: InWorlds | None) -> TargetResult:
    if found is None or not found.met:
        return result
    return replace(result, in_worlds=found, verdict=found.judged(result.verdict, result.target.in_worlds))


def _dimensions(prepared: Prepared, origin: Origin) -> Iterator[Move]:
    """What is drawn: each assumption once, each value of a mix by itself."""
    there = rests(origin)
    for key, assumption in assumed(prepared).items():
        yield from moves(key, assumption, there.get(key, ()))[::2]


def _points(dimensions: Sequence[Move], count: int, seed: int) -> Floats:
    """World × dimension → its quantile."""
    from scipy.stats import qmc

    points: Floats = qmc.LatinHypercube(d=len(dimensions), rng=np.random.default_rng(seed)).random(count)
    return points


def _drawn(dimensions: Sequence[Move], point: Floats) -> list[Drawn]:
    """One world."""
    pairs = zip(dimensions, point.tolist(), strict=True)
    return [Drawn(key=d.key, range=d.range, part=d.part, quantile=u) for d, u in pairs]


def _played(anew: Anew, drawn: Sequence[Drawn]) -> _World:
    """The targets in one world."""
    try:
        prepared, estimates = anew.moved(*drawn)
    except PlannerError as error:
        return _World({}, {}, str(error))
    met = {t.id: t.meets(estimates[t.id]) for t in prepared.scenario.targets}
    return _World(estimates, met)


def _in_worlds(result: TargetResult, found: Sequence[_World], dimensions: Sequence[Move], points: Floats,
               origin: Origin) -> InWorlds:  # fmt: skip
    key = result.target.id
    told = [world for world in found if not world.why_not]
    drawn, points = points, points[[not world.why_not for world in found]]
    values = tuple(world.estimates[key] for world in told)
    met = tuple(world.met[key] for world in told)
    chosen, simple = _levers(values, points)
    levers = tuple(
        Lever(dimensions[i].key, dimensions[i].part, float(simple[i]), worth(points[:, i], np.array(met)))
        for i in chosen
    )
    turned = np.array(met, dtype=bool) != result.target.meets(result.estimate.mean)
    box = flip_box(points, turned, chosen) if chosen else None
    turned_in = _circumstances(box, dimensions, origin) if box else None
    return InWorlds(values, met, levers, len(drawn) - len(told), turned_in)


def _circumstances(box: Box, dimensions: Sequence[Move], origin: Origin) -> Circumstances:
    """A box in the values that the numbers have which rest on its assumptions; of several, the first."""
    sides = []
    for i, low, high in box.sides:
        move = dimensions[i]
        found = resting(move.key, origin)
        now = [r.mix[move.part] for r in found if move.part in r.mix] if move.part else _spoken_of(move, found)
        ends = (drawn_at(quantile, move.range, now[0]) for quantile in (low, high))
        sides.append(Side(move.key, move.part, *ends))
    return Circumstances(tuple(sides), box.coverage, box.density)


def _spoken_of(move: Move, rests: Sequence[Resting]) -> list[float]:
    return [number for r in rests for number in r.numbers if move.speaks_of(number)]


def _levers(values: Sequence[float], points: Floats) -> tuple[list[int], Floats]:
    """The dimensions that explain the rank of a target, the strongest first, and its correlation with all.

    One after another whichever explains most of what the others leave, as long as that is more than chance would have
    any of them explain: draws of a hypercube are not quite without correlation among each other.
    """
    if len(values) < 4 or len(set(values)) < 2:
        return [], np.zeros(points.shape[1])
    from scipy.stats import norm, rankdata

    ranks = rankdata(values) - (len(values) + 1) / 2
    columns = points - points.mean(axis=0)
    beyond = np.tanh(norm.ppf(1 - CHANCE / 2 / points.shape[1]) / np.sqrt(len(values) - 3))
    chosen: list[int] = []
    left = ranks
    while len(chosen) < points.shape[1] and left @ left > EXPLAINED * (ranks @ ranks):
        strengths = np.abs(_correlations(left, columns))
        strengths[chosen] = 0
        strongest = int(np.argmax(strengths))
        if not strengths[strongest] > beyond:
            break
        chosen.append(strongest)
        own = columns[:, chosen]
        left = ranks - own @ np.linalg.lstsq(own, ranks, rcond=None)[0]
    return chosen, _correlations(ranks, columns)


def _correlations(one: Floats, columns: Floats) -> Floats:
    """The correlation of centred numbers with each column of others."""
    found: Floats = (one @ columns) / np.sqrt((one @ one) * (columns**2).sum(axis=0))
    return found
