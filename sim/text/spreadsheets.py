"""Tables as CSV that spreadsheets read and do not run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.core.arrays import Floats, NDArray

_STARTS = frozenset("=+-@＝＋－＠\t\n")
"""With what a cell starts that a spreadsheet takes for a formula; the wide ones too where input is East Asian."""
LINES = 50_000
"""Lines that are in memory at a time."""
_DATE = "%Y-%m-%dT%H:%M:%S"


def written(table: pd.DataFrame, numbers: str | None = None) -> str:
    """A table as CSV: dates with time of day, numbers in a form, and no text that a spreadsheet would run."""
    return "".join(pieces([table], numbers))


def pieces(tables: Iterable[pd.DataFrame], numbers: str | None = None) -> Iterator[str]:
    """Yield the same of tables with the same columns, one below the other, so many lines after another."""
    head = True
    for table in tables:
        for first in range(0, max(len(table), 1), LINES):
            yield _text(table[first : first + LINES], numbers, head)
            head = False


def _text(table: pd.DataFrame, numbers: str | None, head: bool) -> str:
    texts = {name: own for name, column in table.items() if (own := _told(column, numbers)) is not None}
    plain = table.assign(**texts)
    plain.columns = pd.Index([harmless(name) for name in table.columns])
    text: str = plain.to_csv(
        index=False, header=head, float_format=numbers, date_format=_DATE, lineterminator="\n"
    )  # fmt: skip
    return text


def _told(column: pd.Series[Any], numbers: str | None) -> object | None:
    """The texts of a column that the writer would take long for, or write otherwise; None where it writes it well."""
    kind, simple = column.dtype.kind, isinstance(column.dtype, np.dtype)
    if kind == "f" and simple and numbers:
        return _numbers(column.to_numpy(dtype=float), numbers)
    if kind == "M" and simple:
        moments = np.datetime_as_string(column.to_numpy().astype("datetime64[s]"))
        return np.where(column.isna(), "", moments.astype(object))
    return _harmless(column) if kind == "O" else None


def _numbers(values: Floats, form: str) -> NDArray[Any]:
    """Numbers in a form, nothing for what is none; each is put into words once."""
    codes, found = pd.factorize(values.view(np.int64))  # bit by bit, for a zero may have a minus
    texts = ["" if math.isnan(value) else form % value for value in found.view(np.float64).tolist()]
    told: NDArray[Any] = np.array(texts, dtype=object)[codes]
    return told


def harmless(cell: Any) -> Any:
    """A cell as it is, but for a text that a spreadsheet would take for a formula: an apostrophe goes before it.

    A bare carriage return ends a row in some readers, and the writer does not put it in quotes: it becomes a line feed.
    """
    if not isinstance(cell, str):
        return cell
    bare = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    return f"'{bare}" if bare.lstrip(" ")[:1] in _STARTS else bare


def _harmless(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column with every such text changed; nearly always none."""
    changed = {cell: told for cell in column.unique() if (told := harmless(cell)) is not cell}
    return column.map(lambda cell: changed.get(cell, cell)) if changed else column
