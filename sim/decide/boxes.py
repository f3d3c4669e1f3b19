"""Under which assumptions a target fails: a box of two or three of them, found by patient rule induction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
PEEL = 0.1
"""Share of what is inside that a peel takes away."""
LEAST = 0.1
"""Share of all worlds below which a box is too small to tell anything."""
DENSE = 0.8
"""Share of the worlds in a box from which on it is called dense; of those the one that covers most is told."""
MOST = 3
"""Assumptions that a box speaks of, at most."""


@dataclass(frozen=True)
class Box:
    """A part of the ranges of a few assumptions."""

    sides: tuple[tuple[int, float, float], ...]
    """Dimension, and the quantiles between which it lies."""
    coverage: float
    """Share of all worlds of interest that lie in it."""
    density: float
    """Share of the worlds in it that are of interest."""


def flip_box(points: Floats, of_interest: Mask, dimensions: Sequence[int]) -> Box | None:
    """The box in which worlds of interest are dense, of so few of the dimensions; None where there is none.

    Patient rule induction (Friedman and Fisher, Statistics and Computing 9, 1999), peeling only: step by step the side
    goes whose loss leaves the rest densest. Of the boxes on the way that are dense, the one that covers most is told.
    `points` are quantiles from 0 to 1, world by dimension; only `dimensions` are peeled.
    """
    if not of_interest.any() or of_interest.all():
        return None
    inside, sides = np.ones(len(points), dtype=bool), dict[int, tuple[float, float]]()
    found: list[Box] = []
    while True:
        peels = [p for d in dimensions if d in sides or len(sides) < MOST for p in _peels(points, inside, d)]
        kept = [(float(of_interest[mask].mean()), int(mask.sum()), d, side, mask) for d, side, mask in peels
                if LEAST * len(points) <= mask.sum() < inside.sum()]  # fmt: skip
        if not kept:
            break
        _, _, d, (low, high), inside = max(kept, key=lambda peel: (peel[0], peel[1]))
        old = sides.get(d, (0.0, 1.0))
        sides[d] = (max(low, old[0]), min(high, old[1]))
        found.append(_box(sides, inside, of_interest))
    dense = [box for box in found if box.density >= DENSE and box.density > of_interest.mean()]
    return max(dense, key=lambda box: (box.coverage, box.density), default=None)


def _peels(points: Floats, inside: Mask, d: int) -> list[tuple[int, tuple[float, float], Mask]]:
    """The two ways to peel a dimension: what stays, and between which quantiles."""
    column = points[:, d]
    low, high = np.quantile(column[inside], [PEEL, 1 - PEEL])
    return [(d, (float(low), 1.0), inside & (column >= low)), (d, (0.0, float(high)), inside & (column <= high))]


def _box(sides: dict[int, tuple[float, float]], inside: Mask, of_interest: Mask) -> Box:
    hit = int((inside & of_interest).sum())
    listed = tuple((d, low, high) for d, (low, high) in sides.items())
    return Box(listed, hit / int(of_interest.sum()), hit / int(inside.sum()))
