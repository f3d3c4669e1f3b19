"""A table inside the page, which can be saved from it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from sim.report.files import file_name

MARK = "\ufeff"
"""At the start of a table: by it a spreadsheet knows that the characters are UTF-8."""


@dataclass(frozen=True)
class Download:
    """A link that saves a file."""

    name: str
    """What the file is called."""
    address: str
    """The file itself."""


def download(name: str, table: str) -> Download:
    """A table of comma-separated values as a file of that name, whatever stands in it."""
    content = b64encode((MARK + table).encode()).decode()
    return Download(f"{file_name(name)}.csv", f"data:text/csv;charset=utf-8;base64,{content}")
