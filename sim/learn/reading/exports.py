"""An export: the tables in a file, in a folder of files, or in a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.core.errors import PlannerError
from sim.learn.reading.databases import database_tables, is_address
from sim.learn.reading.sheets import sheet_tables
from sim.learn.reading.table import Table, wrong
from sim.learn.reading.texts import text_table
from sim.learn.reading.traces import trace_table

READERS: dict[str, Callable[[Path], list[Table]]] = {
    ".csv": lambda path: [text_table(path)],
    ".txt": lambda path: [text_table(path)],
    ".tsv": lambda path: [text_table(path)],
    ".xlsx": sheet_tables,
    ".xlsm": sheet_tables,
    ".xls": sheet_tables,
    ".ods": sheet_tables,
    ".xes": lambda path: [trace_table(path)],
}
"""Ending of a file → its tables; a text or an event log may be packed by gzip."""


def tables_of(source: str) -> list[Table]:
    """Return the tables of an export, given as the path of a file or folder, or as the address of a database.

    Raises PlannerError where there is nothing, SpecError where a file cannot be read.
    """
    if is_address(source):
        return database_tables(source)
    path = Path(source)
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if ending(file) in READERS]
        if not files:
            raise PlannerError(f"{source}: no table in this folder; wanted files {', '.join(READERS)}")
        if endless := [file for file in files if not file.is_file()]:  # reading it could wait for ever
            raise wrong(str(endless[0]), "not a file; take it out of the folder")
        return [table for file in files for table in READERS[ending(file)](file)]
    if not path.is_file():
        raise PlannerError(f"{source}: no such file; check the name")
    if not path.stat().st_size:
        raise wrong(source, "the file is empty")
    if ending(path) not in READERS:
        raise wrong(source, f"files {ending(path) or 'without an ending'} are not read; wanted {', '.join(READERS)}")
    return READERS[ending(path)](path)


def ending(path: Path) -> str:
    """Return the ending of a file in small letters, that below `.gz` where it is packed."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    return (suffixes[-2:-1] or [""])[0] if packed else (suffixes[-1:] or [""])[0]
