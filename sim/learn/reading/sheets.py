"""Tables in spreadsheets: one a sheet, under the row that names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from sim.learn.reading.table import ROWS, Table, cleaned, wrong
from sim.learn.reading.texts import sha256_of

_LOOKED_AT = 10
"""Rows among which the names of the columns stand: titles and notes may stand above."""


def sheet_tables(path: Path) -> list[Table]:
    """Return a table for every sheet that holds anything; SpecError where the file is no spreadsheet."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise wrong(str(path), f"not a spreadsheet that can be read ({error}); save it as .xlsx or CSV") from None
    digest = sha256_of(path)
    found = [_table(path, name, rows, digest) for name, rows in sheets.items() if any(map(_filled, rows))]
    if not found:
        raise wrong(str(path), "every sheet is empty")
    return found


def _filled(row: Sequence[Any]) -> int:
    return sum(cell not in ("", None) for cell in row)


def _table(path: Path, name: str, rows: list[list[Any]], digest: str) -> Table:
    top = max(range(min(len(rows), _LOOKED_AT)), key=lambda n: (_named(rows[n]), -n))
    columns = cleaned(list(rows[top]), f"{path}[{name}]")
    body = rows[top + 1 :]

    def pieces() -> Iterator[pd.DataFrame]:
        for start in range(0, len(body), ROWS):
            yield pd.DataFrame([[_text(cell) for cell in row] for row in body[start : start + ROWS] if _filled(row)],
                               columns=list(columns), dtype=object)  # fmt: skip

    return Table(str(path), name, columns, digest, pieces)


def _named(row: Sequence[Any]) -> int:
    """How many different texts that are no numbers stand in a row."""
    return len({cell for cell in row if isinstance(cell, str) and cell.strip()})


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
