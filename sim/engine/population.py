"""The cases of a process before anything happens to them: their attributes and their luck."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Numbers
from sim.spec.amounts import Amount, Distribution, values
from sim.spec.attributes import Attribute, Bounds, Condition
from sim.spec.process import Process

Mask = NDArray[np.bool_]
T = TypeVar("T")


class Population:
    """The cases of one process in one replication, or in several, one after another; the same in every variant."""

    def __init__(self, process: Process, cases: int, draws: Numbers) -> None:
        self.process, self.cases, self._draws = process, cases, draws
        attributes = process.attributes.items()
        self.attributes = {name: _drawn(a, self.uniform("attribute", name)) for name, a in attributes}

    def uniform(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per case for this purpose of this process."""
        return self._draws.uniform(self.cases, self.process.id, *key)

    def values(self, amount: Amount, *key: str | int, needed: Mask | None = None) -> NDArray[np.float64]:
        """The values of an amount by case, by its luck for this purpose of this process; any of cases not `needed`."""
        if not isinstance(amount, Distribution):
            return np.full(self.cases, float(amount))
        own = (self.process.id, *key)
        return amount.placed(self._draws.turned(amount.shape, amount.standard, self.cases, *own, needed=needed))

    def none(self) -> Mask:
        """No case."""
        return np.zeros(self.cases, dtype=bool)

    def holds(self, condition: Condition) -> Mask:
        """The cases for which a condition holds."""
        mask = np.ones(self.cases, dtype=bool)
        for name, wanted in condition.items():
            value = self.attributes[name]
            if isinstance(wanted, Bounds):
                mask &= _within(np.asarray(value, dtype=float), wanted)
            else:
                mask &= value == wanted
        return mask


def exclusive(population: Population, choices: Iterable[tuple[Condition, T]]) -> list[tuple[Mask, T]]:
    """Each choice with the cases for which its condition holds and none before it."""
    left, found = ~population.none(), []
    for condition, choice in choices:
        mask = left & population.holds(condition)
        left = left & ~mask
        found.append((mask, choice))
    return found


def _within(value: NDArray[np.float64], bounds: Bounds) -> Mask:
    low = -np.inf if bounds.at_least is None else bounds.at_least
    high = np.inf if bounds.below is None else bounds.below
    return (value >= low) & (value < high)


def _drawn(attribute: Attribute, u: NDArray[np.float64]) -> NDArray[np.generic]:
    """The attribute's value by case."""
    if attribute.share is not None:
        return u < attribute.share
    if attribute.values is not None:
        names = np.array(list(attribute.values))
        upper = np.cumsum(list(attribute.values.values()))[:-1]
        return names[np.searchsorted(upper, u, side="right")]
    assert attribute.number is not None
    return values(attribute.number, u)
