"""A table that is read in pieces, every cell a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from sim.core.errors import Fault, SpecError

ROWS = 100_000
"""Rows of a piece."""


@dataclass(frozen=True)
class Table:
    """A table of an export."""

    file: str
    """The file, or the database, as faults name it."""
    name: str
    """The sheet or the table in it; the name of the file without its ending where it holds one only."""
    columns: tuple[str, ...]
    sha256: str
    """Of the bytes of the file; nothing for a database."""
    pieces: Callable[[], Iterator[pd.DataFrame]]
    """The rows in pieces of at most ROWS; a missing cell is an empty text."""

    def head(self) -> pd.DataFrame:
        """Return the first piece, empty where there is no row."""
        return next(iter(self.pieces()), pd.DataFrame(columns=list(self.columns), dtype=str))


def wrong(file: str, message: str, line: int = 1) -> SpecError:
    """Return the error that says what is wrong with a file, and where."""
    return SpecError([Fault(file, line, "", message)])


def cleaned(columns: list[object], file: str) -> tuple[str, ...]:
    """Return the names of columns without spaces and marks; SpecError where one stands twice or none is left."""
    names = ["" if name is None else str(name).replace("\ufeff", "").replace("\u3000", " ").strip() for name in columns]
    if twice := next((name for name in names if name and names.count(name) > 1), None):
        raise wrong(file, f"column {twice!r} stands there twice; rename one")
    if not any(names):
        raise wrong(file, "no names of columns in the first row; write them there")
    return tuple(name or f"column {n}" for n, name in enumerate(names, 1))


def as_text(piece: pd.DataFrame) -> pd.DataFrame:
    """Return a piece with every cell as text, nothing as an empty one."""
    return piece.astype(object).where(piece.notna(), "").astype(str)
