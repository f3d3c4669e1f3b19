"""Random numbers made up front: one per seed, replication, case, and key (step, purpose, round)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Draws:
    """Uniform numbers of one replication; the same key gives the same numbers in every variant.

    A reform that adds, drops or reorders steps therefore leaves the luck of all other steps as it was,
    which is what makes the difference between two variants precise.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self._root = (seed, replication)
        self._made: dict[tuple[str, ...], Floats] = {}
        self._turned: dict[tuple[Hashable, tuple[str, ...]], tuple[Floats, Mask]] = {}
        """What numbers are turned into, and which of them are."""

    @property
    def kept(self) -> int:
        """How many numbers are kept."""
        return sum(map(len, [*self._made.values(), *(turned for turned, _ in self._turned.values())]))

    def uniform(self, cases: int, *key: str | int) -> Floats:
        """One number in [0, 1) per case under this key; the first n are the same however many are asked for."""
        words = tuple(map(str, key))
        made = self._made.get(words)
        if made is None or len(made) < cases:
            seed, replication = self._root
            name = int.from_bytes(blake2b("/".join(words).encode(), digest_size=12).digest(), "big")
            sequence = np.random.SeedSequence(seed, spawn_key=(replication, name))
            made = self._made[words] = np.random.Generator(np.random.PCG64(sequence)).random(cases)
        return made[:cases]

    def turned(self, into: Hashable, by: Callable[[Floats], Floats], cases: int, *key: str | int,
               needed: Mask | None = None) -> Floats:  # fmt: skip
        """What the numbers under this key are turned into, each by itself, by a function; once, since it takes time.

        `into` stands for the function: what is equal turns them into the same. What is not `needed`, where that is
        given by case, may be any number.
        """
        name = (into, tuple(map(str, key)))
        found, known = self._turned.get(name, (np.empty(0), np.empty(0, dtype=bool)))
        if len(found) < cases:
            more = cases - len(found)
            found, known = np.append(found, np.zeros(more)), np.append(known, np.zeros(more, dtype=bool))
            self._turned[name] = found, known
        missing = ~known[:cases] if needed is None else needed & ~known[:cases]
        if missing.all():
            found[:cases], known[:cases] = by(self.uniform(cases, *key)), True
        elif missing.any():
            found[:cases][missing], known[:cases][missing] = by(self.uniform(cases, *key)[missing]), True
        shown = found[:cases]
        shown.flags.writeable = False
        return shown
