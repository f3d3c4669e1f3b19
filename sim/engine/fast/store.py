"""The memory of a play: the state, and every array whose address stands in it or in another row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from sim.core.workdays import Clock
from sim.engine.fast import layout as at
from sim.engine.fast.row import Row, columns
from sim.engine.fast.spare import spare
from sim.engine.programs.short import short
from sim.records.tables import OtherFiles

Rows = NDArray[Any]


def listed(kind: type[Row], rows: Sequence[tuple[int, ...]]) -> Rows:
    """Rows of a kind."""
    return np.array(rows, dtype=columns(kind))


class UnknownError(Exception):
    """Tables hold something that the compiled player does not know."""


class Store:
    """Arrays that are kept as long as this, so that their addresses hold."""

    def __init__(self) -> None:
        self._kept: list[NDArray[Any]] = []
        self._named: dict[str, Rows] = {}
        self.clocks: list[Clock] = []
        """By number: the clocks of the tables, and those by which several officers are on duty."""
        self.others: dict[int, OtherFiles] = {}
        """Pool → the files of other matters that its line takes in."""
        states: Rows = np.zeros(1, dtype=columns(at.State))
        self.state: Any = states[0]
        """The columns of `State` by name."""
        self.address = self.keep(states.view(np.int64))
        """Where the state stands."""

    def keep(self, array: NDArray[Any]) -> int:
        """The address of an array, kept from now on."""
        self._kept.append(array)
        return array.ctypes.data

    def placed(self, array: NDArray[Any]) -> tuple[int, int]:
        """The address of numbers in four bytes each, kept from now on, and how many bytes on the next one stands."""
        numbers = short(array)
        return self.keep(numbers), numbers.strides[0]

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Keep an array under a name of the state, in place of what is kept there."""
        self._named[name] = array
        self.state[name] = array.ctypes.data

    def rows(self, name: str) -> Rows:
        """The array under a name of the state."""
        return self._named[name]

    def make_room(self, name: str, number: DTypeLike, room: int, filled: int | None = None) -> None:
        """Let so many rows, or numbers, fit under a name of the state; those that are there stay."""
        wider, old = spare.rows(np.dtype(number), room), self._named.get(name)
        if filled is not None:
            wider[:] = filled
        if old is not None:
            wider[: len(old)] = old
        self.put(name, wider)


class Shelf:
    """Rows of one kind, put one after another under a name of the state."""

    def __init__(self, store: Store, name: str, kind: type[Row], room: int = 256) -> None:
        self._store, self._name, self._columns, self._count = store, name, columns(kind), 0
        store.make_room(name, self._columns, room)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Any:
        return self._store.rows(self._name)[number]

    def add(self, row: tuple[int, ...]) -> int:
        """The number of a row that is put behind the others."""
        rows, number = self._store.rows(self._name), self._count
        if number == len(rows):
            self._store.make_room(self._name, self._columns, 2 * number)
            rows = self._store.rows(self._name)
        rows[number] = row
        self._count += 1
        return number
