"""A column of a table of comma-separated values, with the line of every value."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import Fault, SpecError
from sim.text import reading
from sim.text.reading import one_fault

_MAX_BYTES = 100_000_000


class Cell(NamedTuple):
    """A value of a table, and the line on which its row ends."""

    line: int
    value: str


class Column(NamedTuple):
    """The values of one column, from top to bottom."""

    file: str
    cells: tuple[Cell, ...]
    sha256: str
    """Of the bytes of the file."""

    def fault(self, cell: Cell, message: str) -> Fault:
        """Return a fault at a value."""
        return Fault(self.file, cell.line, "", message)


def column(path: Path, name: str) -> Column:
    """Return the column of a table whose first row has that name; raise SpecError where there is none."""
    file, text, sha256 = reading.read(path, _MAX_BYTES, "larger than 100 MB: keep the column that is needed")
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), strict=True)
    try:
        heads = [head.strip() for head in next(rows, [])]
        if name not in heads:
            found = ", ".join(heads) or "nothing"
            raise one_fault(file, f"the first row has no column {name!r}, found {found}: name the column {name}")
        return Column(file, tuple(_cells(file, rows, heads.index(name), name)), sha256)
    except csv.Error as error:
        raise one_fault(file, f"no table of comma-separated values: {error}", rows.line_num) from None


def _cells(file: str, rows: Iterator[list[str]], number: int, name: str) -> Iterator[Cell]:
    faults = []
    for row in rows:
        line = rows.line_num  # type: ignore[attr-defined]  # of a csv.reader
        if len(row) > number and row[number].strip():
            yield Cell(line, row[number].strip())
        elif row:
            faults.append(Fault(file, line, "", f"the row has nothing under {name}: write it, or take the row out"))
    if faults:
        raise SpecError(faults)
