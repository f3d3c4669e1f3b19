"""What a table of the page is made of; one macro draws them all, on wide and narrow screens and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """A text that leads to a place of the page, or plain text where it leads nowhere."""

    text: str
    to: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: a text, what is said of it in small print, and how it stands out."""

    text: str
    small: str = ""
    link: Link | None = None
    """What its small print leads to."""
    to: str = ""
    """Place of the page that the text itself leads to."""
    swatch: str = ""
    """Colour of the square before it, for a category of time."""


@dataclass(frozen=True)
class Row:
    """One row under its head."""

    head: Cell
    cells: Sequence[Cell]
    total: bool = False
    """Whether it adds up the rows above it."""


@dataclass(frozen=True)
class RowGroup:
    """Rows that belong together, under a common head where they have one."""

    rows: Sequence[Row]
    head: Cell | None = None


@dataclass(frozen=True)
class Column:
    """A column and whether numbers stand in it."""

    label: str
    numbers: bool = True


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first column heads the rows."""

    caption: str
    columns: Sequence[Column]
    groups: Sequence[RowGroup]
    note: str = ""
    kind: str = field(default="")
    """Class of the style sheet that sets its column widths."""


def cells(*texts: str) -> list[Cell]:
    """Plain cells."""
    return [Cell(text) for text in texts]
