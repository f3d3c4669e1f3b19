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
OF_TRACE, OF_EVENT = "case:", "event:"
"""Before the name of the column of any other attribute, of a trace or of an event."""
OVER = "complete"
"""What an event is that does not say of which phase it is (IEEE 1849: it is an instant at which something is done)."""


def trace_table(path: Path) -> Table:
    """Return the events of a log as a table; SpecError where the file is no XES.

    Each row has what its trace says beside what the event does, every attribute that occurs in a column of its own.
    """
    told = dict.fromkeys(key for row in _read(path) for key in row)
    columns = (*(name for name in COLUMNS if name in told), *(name for name in told if name not in COLUMNS))

    def pieces() -> Iterator[pd.DataFrame]:
        rows: list[dict[str, str]] = []
        for row in _read(path):
            rows.append(row)
            if len(rows) == ROWS:
                yield _frame(rows, columns)
                rows = []
        if rows:
            yield _frame(rows, columns)

    return Table(str(path), path.name.split(".")[0], columns, sha256_of(path), pieces)


def _frame(rows: list[dict[str, str]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object).fillna("")


def _read(path: Path) -> Iterator[dict[str, str]]:
    """Yield the events; SpecError where the file cannot be read."""
    try:
        with unpacked(path):
            yield from _events(path)
    except ET.ParseError as error:
        raise wrong(str(path), f"not XML that can be read ({error}); export the log again", error.position[0]) from None


def _events(path: Path) -> Iterator[dict[str, str]]:
    """Yield the events; what is said of a trace stands before its events, as the standard has it."""
    trace: dict[str, str] = {}
    row: dict[str, str] = {}
    inside: list[str] = []
    with opened(path) as stream:
        for step, element in ET.iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if step == "start":
                inside.append(tag)
                trace, row = ({} if tag == "trace" else trace), ({} if tag == "event" else row)
                continue
            inside.pop()
            key, value = element.get("key", ""), element.get("value", "")
            if key and inside[-1:] == ["event"]:
                row[KEYS.get(key, OF_EVENT + key)] = value.lower() if key == "lifecycle:transition" else value
            elif key and inside[-1:] == ["trace"]:
                trace["case" if key == "concept:name" else OF_TRACE + key] = value
            if tag == "event":
                yield {"case": "", "status": OVER, **trace, **row}
            if tag in ("event", "trace"):
                element.clear()
