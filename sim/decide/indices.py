"""Which assumptions the spread over the worlds comes from: first- and total-order indices of Sobol'."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.answers import Doubts
from sim.analysis.comparison import Comparison
from sim.analysis.estimate import CONFIDENCE
from sim.analysis.moves import Drawn
from sim.analysis.replayed import Anew
from sim.core.errors import PlannerError
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.decide.ranking import ranking
from sim.records.statistics import SAME

Floats = NDArray[np.float64]
DRAWS = 32
"""Draws of each of the two samples when nothing else is asked for."""
MANY, MOST = 3, 6
"""Assumptions from which on there are many enough to ask which the spread comes from, and of which it is asked."""
RESAMPLES = 999
"""Times that the draws are drawn again for the intervals."""


@dataclass(frozen=True)
class Index:
    """How much of the variance of a target over the worlds comes from an assumption."""

    key: str
    part: str
    first: float
    """Share that goes if it alone is known."""
    first_between: tuple[float, float]
    total: float
    """Share that stays if all others are known: its own and what it does together with others."""
    total_between: tuple[float, float]


@dataclass(frozen=True)
class Indices:
    """The indices of the strongest assumptions."""

    targets: Mapping[str, Sequence[Index]]
    """Target → its assumptions, the largest total first; those of a target that never varies are left out."""
    worlds: int
    """Worlds played for them."""
    why_not: str = ""
    """Why there are none; "" where there are."""


def indices(comparison: Comparison, doubts: Doubts, draws: int = DRAWS, workers: int = 1,
            tell: Tell = silent) -> Indices:  # fmt: skip
    """Which of the strongest assumptions the variance of each target over the worlds comes from.

    Two samples of so many worlds, a power of two, and one more for each assumption, in which it alone is taken from the
    other sample; all drawn from their ranges like worlds, the assumptions left out staying as they are. The estimators
    are those of Saltelli and others (Computer Physics Communications 181, 2010) for the first order and of Jansen (117,
    1999) for the total, as SciPy has them; the intervals are from its bootstrap, at 95 %.
    """
    strongest = [(one.key, one.part, one.assumption.range) for one in ranking(comparison, doubts)][:MOST]
    if len(strongest) < MANY:
        return Indices({}, 0)
    first, second = _samples(len(strongest), draws, comparison.seed)
    points = [*first, *second, *(row for d in range(len(strongest)) for row in _mixed(first, second, d))]
    asked = [[Drawn(key=key, part=part, range=between, quantile=float(u))
              for (key, part, between), u in zip(strongest, point, strict=True)] for point in points]  # fmt: skip
    found: list[Mapping[str, float] | str] = []
    with jobs(workers, _estimates, Anew.of(comparison, 1)) as run:
        for estimates in run(asked):
            found.append(estimates)
            tell(len(found), len(asked))
    played = [one for one in found if not isinstance(one, str)]
    if len(played) < len(found):
        return Indices({}, len(played), next(one for one in found if isinstance(one, str)))
    by_target = {t.target.id: np.array([one[t.target.id] for one in played]) for t in comparison.targets}
    told = {key: _of(values, strongest, draws, comparison.seed) for key, values in by_target.items() if _varies(values)}
    return Indices(told, len(played))


def _samples(dimensions: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Two samples that are independent of one another, from one sequence of Sobol'."""
    from scipy.stats import qmc

    points = qmc.Sobol(d=2 * dimensions, rng=np.random.default_rng(seed)).random(draws)
    return points[:, :dimensions], points[:, dimensions:]


def _mixed(first: Floats, second: Floats, d: int) -> Floats:
    """The first sample with one dimension of the second."""
    mixed = first.copy()
    mixed[:, d] = second[:, d]
    return mixed


def _varies(values: Floats) -> bool:
    return bool(np.isfinite(values).all() and np.ptp(values) > SAME)


def _of(values: Floats, strongest: Sequence[tuple[str, str, Any]], draws: int, seed: int) -> list[Index]:
    """The indices of one target, from its values in the order of the worlds."""
    from scipy.stats import sobol_indices

    first, second, mixed = np.split(values, [draws, 2 * draws])
    parts = {"f_A": first[None], "f_B": second[None], "f_AB": mixed.reshape(len(strongest), 1, draws)}
    found = sobol_indices(func=parts, n=draws, rng=np.random.default_rng(seed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an index that is the same in every resample has no interval to speak of
        between = found.bootstrap(confidence_level=CONFIDENCE, n_resamples=RESAMPLES)
    first_order, total_order = np.ravel(found.first_order), np.ravel(found.total_order)
    first_ends = _ends(first_order, between.first_order.confidence_interval)
    total_ends = _ends(total_order, between.total_order.confidence_interval)
    told = [
        Index(key, part, float(first_order[d]), first_ends[d], float(total_order[d]), total_ends[d])
        for d, (key, part, _) in enumerate(strongest)
    ]
    return sorted(told, key=lambda index: -index.total)


def _ends(shares: Floats, interval: Any) -> list[tuple[float, float]]:
    """The ends of the interval of each share; the share itself where it is the same in every resample."""
    low, high = (np.where(np.isfinite(end), end, shares) for end in map(np.ravel, interval))
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _estimates(anew: Anew, drawn: Sequence[Drawn]) -> Mapping[str, float] | str:
    """The targets in one world, or why it cannot be."""
    try:
        return anew.moved(*drawn)[1]
    except PlannerError as error:
        return str(error)
