"""The tables a run writes for spreadsheets and other programs: cases.csv, events.csv and months.csv."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from sim.analysis.comparison import Comparison
from sim.report.numbers import PLAIN
from sim.text.spreadsheets import pieces


def cases_csv(comparison: Comparison) -> Iterator[str]:
    """The text of cases.csv, in pieces: one line per measured case, variant and replication."""
    return pieces((table.reindex(columns=comparison.columns) for table in comparison.each_table()), PLAIN)


def events_csv(comparison: Comparison) -> Iterator[str]:
    """The text of events.csv likewise: one line per event of the measured cases in the first replication of each."""
    return pieces(_stacked(comparison.events), PLAIN)


def months_csv(comparison: Comparison) -> Iterator[str]:
    """The text of months.csv likewise: one line per variant, process and month of arrival."""
    return pieces([pd.DataFrame(_months(comparison))], PLAIN)


TABLES: Mapping[str, Callable[[Comparison], Iterator[str]]] = {
    "cases.csv": cases_csv,
    "events.csv": events_csv,
    "months.csv": months_csv,
}
"""File → its text in pieces; a new table is one function above and its line here."""
LONG = ("cases.csv", "events.csv")
"""Those with lines for single cases, which take long to write."""


def _stacked(parts: Mapping[str, Mapping[str, pd.DataFrame]]) -> Iterator[pd.DataFrame]:
    """The tables of every variant and process, one after another."""
    for variant, processes in parts.items():
        for process, own in processes.items():
            yield own.assign(variant=variant, process=process)[["variant", "process", *own]]


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
