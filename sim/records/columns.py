"""Rows of whole numbers by column, as parts of a log are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sim.core.arrays import Ints, Ints32, NDArray, np

Columns = Mapping[str, Ints]
"""Rows of whole numbers, by column."""


def columns(rows: Ints32, places: Ints, names: tuple[str, ...]) -> Columns:
    """Some rows of a log, by column, each in one piece, in numbers wide enough to reckon with."""
    return dict(zip(names, np.ascontiguousarray(rows[places].T, dtype=np.int64), strict=True))


def some(columns: Columns, rows: Ints) -> Columns:
    """Some rows of all columns."""
    return {name: column[rows] for name, column in columns.items()}


def places(sort: NDArray[np.integer[Any]], sorts: int) -> list[Ints]:
    """By sort, of so many from 0: where the rows of it stand, in their order."""
    order = np.argsort(sort, kind="stable")
    edges = np.searchsorted(sort[order], np.arange(sorts + 1))
    return [order[first:after] for first, after in pairwise(edges.tolist())]
