"""A mapping's starting version, from the columns of the tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from sim.core.errors import PlannerError
from sim.learn.happenings import HAPPENINGS, status_words
from sim.learn.mapping import model
from sim.learn.mapping.forms import KINDS, TableKind
from sim.learn.mapping.model import MappedTable
from sim.learn.moments import moments
from sim.learn.reading.databases import is_address
from sim.learn.reading.table import Table
from sim.text.yamlio import dump

_STATUS = ("status", "action", "result")
_MOMENTS = ("moment", "start", "end")
_LIKE_A_MOMENT = 0.9


def plain(text: str) -> str:
    """Return a column's name without what is written in different ways: case, spaces, brackets."""
    return re.sub(r"[\s_\-:：.（(].*?[)）]$|[\s_\-:：.]", "", text).lower()


def matched(kind: TableKind, columns: Iterable[str]) -> dict[str, str]:
    """Return the fields of a kind that some columns seem to hold → the column; each column once."""
    known = {plain(column): column for column in columns}
    found: dict[str, str] = {}
    for field in kind.fields:
        for word in map(plain, field.words):
            if word in known and known[word] not in found.values():
                found[field.id] = known[word]
                break
    return found


def kind_of(table: Table) -> tuple[TableKind, dict[str, str]] | None:
    """Return the kind of a table and its columns; None where it seems to be of no kind that is read."""
    best: tuple[float, TableKind, dict[str, str]] | None = None
    name = plain(table.name)
    for kind in KINDS.values():
        columns = matched(kind, table.columns)
        if all(field in columns for field in kind.needed):
            named = any(part in name for part in kind.named)
            score = len(columns) + 2 * len(kind.needed) + 4 * named
            if best is None or score > best[0]:
                best = (score, kind, columns)
    return best[1:] if best else None


def guessed(tables: Iterable[Table], folder: Path) -> model.Mapping:
    """Return a mapping of the tables that seem to be of a known kind; PlannerError where none is.

    Files are named relative to `folder`.
    """
    mapped, unknown, statuses = [], [], dict[str, str]()
    for table in tables:
        found = kind_of(table)
        if found is None:
            unknown.append(table)
            continue
        kind, columns = found
        head = table.head()
        mapped.append(_mapped(table, kind, _with_moments(kind, columns, head), folder))
        for field in _STATUS:
            if field in columns:
                statuses |= _unclear(head[columns[field]])
    if not mapped:
        raise PlannerError("\n".join(_no_kind(table) for table in unknown))
    return model.Mapping(tables=tuple(mapped), statuses=statuses)


def _with_moments(kind: TableKind, columns: Mapping[str, str], head: pd.DataFrame) -> dict[str, str]:
    """The columns, with the one that reads like moments where no name tells it."""
    found = dict(columns)
    if kind.id == "events" and not any(field in found for field in _MOMENTS):
        free = [column for column in head.columns if column not in found.values()]
        times = next((c for c in free if len(head) and (moments(head[c])[0] >= 0).mean() > _LIKE_A_MOMENT), None)
        if times:
            found["moment"] = times
    return found


def _mapped(table: Table, kind: TableKind, columns: Mapping[str, str], folder: Path) -> MappedTable:
    file = table.file if is_address(table.file) else os.path.relpath(table.file, folder)
    single = Path(table.file).name.startswith(f"{table.name}.")
    return MappedTable(file=file, table=None if single else table.name, kind=kind.id, columns=dict(columns))


def _unclear(texts: pd.Series) -> dict[str, str]:
    """Texts of statuses that say nothing by themselves, with the nearest happening as a guess."""
    known = status_words()
    guesses: dict[str, str] = {}
    for text in texts.unique():
        if text and text not in known:
            near = next((w for w in sorted(known, key=len, reverse=True) if len(w) > 1 and w in text), None)
            if near:
                guesses[str(text)] = known[near].id
    return guesses


def _no_kind(table: Table) -> str:
    missing = min((set(kind.needed) - set(matched(kind, table.columns)) for kind in KINDS.values()), key=len)
    events = ", ".join(KINDS["events"].needed)
    return (f"{table.file}:1: no kind of table that is read has such columns: {', '.join(table.columns[:8])}; nearest "
            f"misses {', '.join(sorted(missing))}. Write a mapping, or name the columns of a table of events: "
            f"{events} and a moment")  # fmt: skip


def mapping_text(mapping: model.Mapping, tables: Iterable[Table]) -> str:
    """Return a mapping as a commented file to start from, which tells the columns that nothing is read from."""
    data = mapping.model_dump(exclude_unset=True)
    data["tables"] = [{k: v for k, v in table.items() if v is not None} for table in data["tables"]]
    data = {key: value for key, value in data.items() if value}
    return (
        "# Which table is of which kind, which column holds what, which text means which step.\n"
        f"# Kinds of tables: {', '.join(KINDS)}.\n"
        f"# What a status can mean: {', '.join(HAPPENINGS)}.\n"
        "# place: and process: name those of the library; steps: and departments: say which text is which id.\n"
        + "".join(_left(mapped, table) for mapped, table in _pairs(mapping, tables))
        + dump(data)
    )


def _pairs(mapping: model.Mapping, tables: Iterable[Table]) -> Iterator[tuple[MappedTable, Table]]:
    """The tables that were mapped, which stand in the order of all."""
    yield from zip(mapping.tables, (table for table in tables if kind_of(table)), strict=True)


def _left(mapped: MappedTable, table: Table) -> str:
    left = [" ".join(column.split()) for column in table.columns if column not in mapped.columns.values()]
    head = (
        f"# {table.name}: columns that nothing is read from; attributes: {{name: column}} takes what cases are like: "
    )
    return f"{head}{', '.join(left)}\n" if left else ""
