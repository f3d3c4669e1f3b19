"""Event logs in XES (IEEE 1849) as a table of events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd

from sim.learn.reading.table import ROWS, Table, wrong
from sim.learn.reading.texts import opened, sha256_of, unpacked

KEYS = {
    "concept:name": "step",
    "time:timestamp": "moment",
    "lifecycle:transition": "status",
    "org:resource": "officer",
    "org:group": "department",
    "concept:instance": "application",
}
"""Attribute of an event → column."""
COLUMNS = ("case", *KEYS.values())
OVER = "complete"
"""What an event is that does not say of which phase it is (IEEE 1849: it is an instant at which something is done)."""


def trace_table(path: Path) -> Table:
    """Return the events of a log as a table; SpecError where the file is no XES."""

    def pieces() -> Iterator[pd.DataFrame]:
        rows: list[dict[str, str]] = []
        try:
            with unpacked(path):
                for row in _events(path):
                    rows.append(row)
                    if len(rows) == ROWS:
                        yield _frame(rows)
                        rows = []
        except ET.ParseError as error:
            message = f"not XML that can be read ({error}); export the log again"
            raise wrong(str(path), message, error.position[0]) from None
        if rows:
            yield _frame(rows)

    return Table(str(path), path.name.split(".")[0], COLUMNS, sha256_of(path), pieces)


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object).fillna("")


def _events(path: Path) -> Iterator[dict[str, str]]:
    """Yield the events; the name of a trace stands before its events, as the standard has it."""
    case, inside = "", False
    row: dict[str, str] = {}
    with opened(path) as stream:
        for step, element in ET.iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if step == "start":
                if tag in ("event", "trace"):
                    inside, row = tag == "event", {}
                    case = "" if tag == "trace" else case
                continue
            key, value = element.get("key", ""), element.get("value", "")
            if inside and key in KEYS:
                row[KEYS[key]] = value.lower() if key == "lifecycle:transition" else value
            elif not inside and key == "concept:name":
                case = value
            if tag == "event":
                inside = False
                yield {"case": case, "status": OVER, **row}
                element.clear()
            elif tag == "trace":
                element.clear()
