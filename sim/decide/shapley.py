"""Sharing out what parts do together: alone, last, stacked, and the Shapley value with its interactions.

A worth is an array whose first axis is the coalition, as a number whose bits are its members; whatever other axes
there are go along, since everything here is linear in the worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import comb

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats

Worth = Mapping[int, Floats]
"""Coalition → what it is worth."""


def alone(worth: Worth, part: int) -> Floats:
    """What a part does where there is no other."""
    return worth[1 << part] - worth[0]


def last(worth: Worth, part: int, size: int) -> Floats:
    """What is lost where a part is taken away from the whole."""
    whole = (1 << size) - 1
    return worth[whole] - worth[whole ^ 1 << part]


def stacked(worth: Worth, part: int) -> Floats:
    """What a part adds to those written before it."""
    return worth[(2 << part) - 1] - worth[(1 << part) - 1]


def shapley(worth: Worth, size: int) -> list[Floats]:
    """What each part adds, on average over all orders (Shapley, Contributions to the Theory of Games 2, 1953)."""
    table = _table(worth, size)
    return [_averaged(table, size, [i], lambda n: 1 / (size * comb(size - 1, n))) for i in range(size)]


def interaction(worth: Worth, size: int) -> dict[tuple[int, int], Floats]:
    """What two parts do together beyond what each does, on average over what stands already.

    The interaction index of Grabisch and Roubens (International Journal of Game Theory 28, 1999).
    """
    table = _table(worth, size)
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    return {p: _averaged(table, size, p, lambda n: 1 / ((size - 1) * comb(size - 2, n))) for p in pairs}


def second_difference(worth: Worth, first: int, second: int) -> Floats:
    """What two parts do together beyond what each does alone, where nothing else stands."""
    one, other = 1 << first, 1 << second
    return worth[one | other] - worth[one] - worth[other] + worth[0]


def orders(size: int, pairs: int, seed: int) -> list[tuple[int, ...]]:
    """So many random orders of the parts, each followed by its reverse: who is early in one is late in the other."""
    luck = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(size,)))
    drawn = (tuple(int(i) for i in luck.permutation(size)) for _ in range(pairs))
    return [order for one in drawn for order in (one, one[::-1])]


def prefixes(order: Sequence[int]) -> Iterator[int]:
    """The coalitions that an order goes through, from nobody to all."""
    members = 0
    yield members
    for part in order:
        members |= 1 << part
        yield members


def sampled(worth: Worth, asked: Sequence[Sequence[int]], size: int) -> tuple[list[Floats], Floats]:
    """The Shapley values as the orders drawn tell them, and by part the standard error of having drawn these.

    `asked` are pairs of an order and its reverse, of which each pair is one draw. They sum to the whole exactly.
    """
    added = np.zeros((len(asked), size, *np.shape(worth[0])))
    for row, order in enumerate(asked):
        for part, (before, after) in zip(order, pairwise(prefixes(order)), strict=True):
            added[row, part] = worth[after] - worth[before]
    paired = (added[::2] + added[1::2]) / 2
    first = paired if paired.ndim == 2 else paired[..., 0]
    error = first.std(axis=0, ddof=1) / np.sqrt(len(paired))
    return list(paired.mean(axis=0)), error


def _table(worth: Worth, size: int) -> Floats:
    return np.array([worth[members] for members in range(1 << size)])


def _averaged(table: Floats, size: int, joined: Sequence[int], weight: Callable[[int], float]) -> Floats:
    """The weighted mean of the difference that some parts make, over all coalitions of the others."""
    together = sum(1 << i for i in joined)
    others = np.array([m for m in range(1 << size) if not m & together])
    weights = np.array([weight(int(m).bit_count()) for m in others])
    found: Floats = np.tensordot(weights, _difference(table, others, joined), axes=1)
    return found


def _difference(table: Floats, others: NDArray[np.int64], joined: Sequence[int]) -> Floats:
    """What joining does to each of the other coalitions: the difference of as high an order as there are who join."""
    if not joined:
        found: Floats = table[others]
        return found
    first, *rest = joined
    return _difference(table, others | 1 << first, rest) - _difference(table, others, rest)
