"""Tables as CSV that spreadsheets read and do not run."""

from __future__ import annotations

from typing import Any

import pandas as pd

_STARTS = frozenset("=+-@＝＋－＠\t\n")
"""With what a cell starts that a spreadsheet takes for a formula; the wide ones too where input is East Asian."""
_DATE = "%Y-%m-%dT%H:%M:%S"


def written(table: pd.DataFrame, numbers: str | None = None) -> str:
    """A table as CSV: dates with time of day, numbers in a form, and no text that a spreadsheet would run."""
    texts = {name: _harmless(table[name]) for name in table.select_dtypes(["object", "string"]).columns}
    plain = table.assign(**texts)
    plain.columns = pd.Index([harmless(name) for name in table.columns])
    text: str = plain.to_csv(index=False, float_format=numbers, date_format=_DATE, lineterminator="\n")
    return text


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
