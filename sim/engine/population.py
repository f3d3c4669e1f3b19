"""The cases of a process before anything happens to them: their attributes and their luck."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Numbers
from sim.spec.amounts import Amount, Distribution, Observed, Pert, values
from sim.spec.attributes import Attribute, Bounds, Condition, Value
from sim.spec.process import Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
T = TypeVar("T")
COSTLY = (Observed, Pert)
"""Distributions of which a quantile takes longer than to pick out a case that needs it."""


class Population:
    """The cases of one process in one replication, or in several, one after another; the same in every variant."""

    def __init__(self, process: Process, cases: int, draws: Numbers) -> None:
        self.process, self.cases, self._draws = process, cases, draws
        self._places: dict[str, NDArray[np.int16]] = {}
        """Of an attribute with a mix of values: which of them each case has, by their order."""
        self.attributes = {name: self._drawn(name, attribute) for name, attribute in process.attributes.items()}
        self._having: dict[tuple[str, Value], Mask] = {}
        """The cases that have a value of an attribute, which is asked again and again."""

    def uniform(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per case for this purpose of this process."""
        return self._draws.uniform(self.cases, self.process.id, *key)

    def values(self, amount: Amount, *key: str | int, needed: Mask | None = None) -> NDArray[np.float64]:
        """The values of an amount by case, by its luck for this purpose of this process; any of cases not `needed`."""
        if not isinstance(amount, Distribution):
            return np.full(self.cases, float(amount))
        if needed is not None and not isinstance(amount, COSTLY) and needed.any():
            needed = None
        own = (self.process.id, *key)
        return amount.placed(self._draws.turned(amount.shape, amount.standard, self.cases, *own, needed=needed))

    def none(self) -> Mask:
        """No case."""
        return np.zeros(self.cases, dtype=bool)

    def holds(self, condition: Condition) -> Mask:
        """The cases for which a condition holds."""
        mask = np.ones(self.cases, dtype=bool)
        for name, wanted in condition.items():
            if isinstance(wanted, Bounds):
                mask &= _within(np.asarray(self.attributes[name], dtype=float), wanted)
            else:
                mask &= self._with(name, wanted)
        return mask

    def _with(self, name: str, value: Value) -> Mask:
        """The cases that have a value of an attribute; places are compared in a fraction of the time of words."""
        if (name, value) not in self._having:
            mix = self.process.attributes[name].values or {}
            place = {word: n for n, word in enumerate(mix)}.get(str(value), -1)
            self._having[name, value] = self._places[name] == place if mix else self.attributes[name] == value
        return self._having[name, value]

    def _drawn(self, name: str, attribute: Attribute) -> NDArray[np.generic]:
        """The attribute's value by case."""
        u = self.uniform("attribute", name)
        if attribute.share is not None:
            return u < attribute.share
        if attribute.values is not None:
            place = place_among(np.cumsum(list(attribute.values.values()))[:-1], u)
            self._places[name] = place.astype(np.int16)
            return np.array(list(attribute.values)).take(place)
        assert attribute.number is not None
        return values(attribute.number, u)


def exclusive(population: Population, choices: Iterable[tuple[Condition, T]]) -> list[tuple[Mask, T]]:
    """Each choice with the cases for which its condition holds and none before it."""
    found: list[tuple[Mask, T]] = []
    left: Mask | None = None
    for condition, choice in choices:
        holds = population.holds(condition)
        found.append((holds if left is None else left & holds, choice))
        left = ~holds if left is None else left & ~holds
    return found


def _within(value: NDArray[np.float64], bounds: Bounds) -> Mask:
    low = -np.inf if bounds.at_least is None else bounds.at_least
    high = np.inf if bounds.below is None else bounds.below
    return (value >= low) & (value < high)


def place_among(upper: Floats, u: Floats) -> Ints:
    """By case: how many of some bounds its number reaches; of so few bounds they are sooner counted than searched."""
    return sum((u >= bound for bound in upper), np.zeros(len(u), dtype=np.int64))
