"""Random numbers made up front: one per seed, replication, case, and key (step, purpose, round)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
A = TypeVar("A", bound=NDArray[Any])

# glibc keeps twice the largest piece that was ever freed and gives the rest back to the system (mallopt(3)), though a
# fresh page takes longer to get than to fill. This piece, no page of which is touched, lets it keep 32 MB for what is
# drawn next.
np.empty(1 << 24, dtype=np.uint8)


class Numbers(ABC):
    """Uniform numbers by key, and what they are turned into: each found once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], Floats] = {}
        self._turned: dict[tuple[Hashable, tuple[str, ...]], tuple[Floats, Mask | None]] = {}
        """What numbers are turned into, and which of them are; all where None."""

    @property
    def kept(self) -> int:
        """How many numbers are kept."""
        return sum(map(len, [*self._made.values(), *(turned for turned, _ in self._turned.values())]))

    def uniform(self, cases: int, *key: str | int) -> Floats:
        """One number in [0, 1) per case under this key; the first n are the same however many are asked for."""
        words = tuple(map(str, key))
        made = self._made.get(words)
        if made is None or len(made) < cases:
            made = self._made[words] = self.drawn(cases, words)
        return made[:cases]

    @abstractmethod
    def drawn(self, cases: int, words: tuple[str, ...]) -> Floats:
        """The numbers under the words of a key, drawn anew."""

    def turned(self, into: Hashable, by: Callable[[Floats], Floats], cases: int, *key: str | int,
               needed: Mask | None = None) -> Floats:  # fmt: skip
        """What the numbers under this key are turned into, each by itself, by a function; once, since it takes time.

        `into` stands for the function: what is equal turns them into the same. What is not `needed`, where that is
        given by case, may be any number. The numbers themselves are not kept: to draw them again takes little.
        """
        words = tuple(map(str, key))
        name = into, words
        found, known = self._turned.get(name, (np.empty(0), None))
        if not len(found) and needed is None:
            found = by(self.drawn(cases, words))
        elif known is not None or len(found) < cases:
            known = np.ones(len(found), dtype=bool) if known is None else known
            found, known = _longer(found, cases), _longer(known, cases)
            missing = ~known[:cases] if needed is None else needed & ~known[:cases]
            if missing.all():
                found[:cases], known[:cases] = by(self.drawn(cases, words)), True
            elif missing.any():
                found[:cases][missing], known[:cases][missing] = by(self.drawn(cases, words)[missing]), True
        self._turned[name] = found, known
        shown = found[:cases]
        shown.flags.writeable = False
        return shown


def _longer(numbers: A, cases: int) -> A:
    """The numbers, with zeros behind them if they are not so many."""
    more = cases - len(numbers)
    return numbers if more <= 0 else np.append(numbers, np.zeros(more, numbers.dtype))  # type: ignore[return-value]


class Draws(Numbers):
    """Uniform numbers of one replication; the same key gives the same numbers in every variant.

    A reform that adds, drops or reorders steps therefore leaves the luck of all other steps as it was,
    which is what makes the difference between two variants precise.
    """

    def __init__(self, seed: int, replication: int) -> None:
        super().__init__()
        self._root = (seed, replication)

    def drawn(self, cases: int, words: tuple[str, ...]) -> Floats:
        """The numbers under the words of a key, drawn anew."""
        seed, replication = self._root
        name = int.from_bytes(blake2b("/".join(words).encode(), digest_size=12).digest(), "big")
        sequence = np.random.SeedSequence(seed, spawn_key=(replication, name))
        return np.random.Generator(np.random.PCG64(sequence)).random(cases)


class Together(Numbers):
    """Uniform numbers of several replications, those for the cases of each one after another."""

    def __init__(self, luck: Sequence[Draws], cases: Sequence[int]) -> None:
        super().__init__()
        self._luck, self._cases = luck, cases

    def drawn(self, cases: int, words: tuple[str, ...]) -> Floats:
        """The numbers under the words of a key, drawn anew; for all cases, whose number is known."""
        assert cases == sum(self._cases), f"numbers are for {sum(self._cases)} cases, found {cases}"
        return np.concatenate([one.drawn(n, words) for one, n in zip(self._luck, self._cases, strict=True)])


class Several:
    """The luck of some replications: of each by itself, and of all together."""

    def __init__(self, each: Sequence[Draws]) -> None:
        self.each = each
        self._together: dict[tuple[int, ...], Numbers] = {}

    def together(self, cases: Sequence[int]) -> Numbers:
        """That of so many cases of each, one after another; what is drawn of it is kept."""
        if len(self.each) == 1:
            return self.each[0]
        return self._together.setdefault(tuple(cases), Together(self.each, cases))
