"""The luck of some replications, with which one variant after another is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sim.analysis.playing import played_together
from sim.core.draws import Draws, Several
from sim.engine.shared import Shared
from sim.records.log import Log
from sim.records.tables import Staff, Tables
from sim.scenario.alike import Alike
from sim.scenario.prepared import Prepared, PreparedVariant

ALIKE = 32
"""Variants for which what they have alike is kept, so that it does not pile up."""
KEPT = 4
"""Sets of replications whose random numbers are kept: those on which most is tried."""


@dataclass
class Luck:
    """The random numbers of some replications of a scenario, and what the variants played with them have alike."""

    seed: int
    numbers: Sequence[int]
    _several: Several = field(init=False)
    _shared: Shared = field(init=False)
    _alike: Alike = field(init=False)
    _played: int = 0

    def __post_init__(self) -> None:
        self._several = Several([Draws(self.seed, number) for number in self.numbers])

    def played(self, prepared: Prepared, variant: PreparedVariant, staff: Staff) -> Iterator[tuple[Tables, Log]]:
        """Yield the tables of a variant in each of the replications, and what happens; for who plays often."""
        if self._played % ALIKE == 0:
            self._shared, self._alike = Shared(), Alike()
        self._played += 1
        return played_together(prepared, self._alike.of(variant), staff, self._several, self._shared)


@dataclass
class Lucks:
    """The luck of sets of replications of one scenario, of so many sets as were asked for last."""

    seed: int
    _kept: dict[tuple[int, ...], Luck] = field(default_factory=dict, compare=False)

    def of(self, numbers: tuple[int, ...]) -> Luck:
        """That of some replications."""
        luck = self._kept.pop(numbers, None) or Luck(self.seed, numbers)
        while len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[numbers] = luck
        return luck
