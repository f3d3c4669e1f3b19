"""The tables a run writes for spreadsheets and other programs: cases.csv, events.csv and months.csv."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from sim.analysis.comparison import Comparison
from sim.report.numbers import PLAIN

_STARTS = frozenset("=+-@＝＋－＠\t\n")
"""With what a cell starts that a spreadsheet takes for a formula; the wide ones too where input is East Asian."""
_DATE = "%Y-%m-%dT%H:%M:%S"


def cases_csv(comparison: Comparison) -> str:
    """The text of cases.csv: one line per measured case, variant and replication."""
    return written(comparison.cases)


def events_csv(comparison: Comparison) -> str:
    """The text of events.csv: one line per event of the measured cases in the first replication of every variant."""
    return written(_stacked(comparison.events))


def months_csv(comparison: Comparison) -> str:
    """The text of months.csv: one line per variant, process and month of arrival."""
    return written(pd.DataFrame(_months(comparison)))


TABLES: Mapping[str, Callable[[Comparison], str]] = {
    "cases.csv": cases_csv,
    "events.csv": events_csv,
    "months.csv": months_csv,
}
"""File → its text; a new table is one function above and its line here."""


def written(table: pd.DataFrame) -> str:
    """A table as CSV: dates with time of day, numbers in plain digits, and no text that a spreadsheet would run."""
    texts = {name: _harmless(table[name]) for name in table.select_dtypes(["object", "string"]).columns}
    plain = table.assign(**texts)
    plain.columns = pd.Index([harmless(name) for name in table.columns])
    text: str = plain.to_csv(index=False, float_format=PLAIN, date_format=_DATE, lineterminator="\n")
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


def _stacked(parts: Mapping[str, Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """The tables of every variant and process, one below the other."""
    whole = [own.assign(variant=v, process=p) for v, processes in parts.items() for p, own in processes.items()]
    stacked = pd.concat(whole, ignore_index=True)
    first = ["variant", "process"]
    return stacked[first + [c for c in stacked if c not in first]]


def _months(comparison: Comparison) -> Iterator[dict[str, object]]:
    for variant, processes in comparison.months.items():
        for process, months in processes.items():
            for month in months:
                row: dict[str, object] = {"variant": variant, "process": process, "month": month.month}
                row["cases"] = month.cases
                for measure, found in month.means.items():
                    numbers = {measure: found.mean, f"{measure}_low": found.low, f"{measure}_high": found.high}
                    row |= {name: number if math.isfinite(number) else None for name, number in numbers.items()}
                yield row
