"""A document as data: what Word and Markdown write, each in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sim.report.page.table import Cell, Table
from sim.report.words import Lang, say


@dataclass(frozen=True)
class Heading:
    """The head of a part; 0 is the title of the whole."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; what matters most is strong, what only explains is a note."""

    text: str
    manner: Literal["plain", "strong", "note"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """Points, one after another."""

    items: Sequence[str]


@dataclass(frozen=True)
class Line:
    """A row of a grid: one of cells, or a head above the rows that follow."""

    cells: Sequence[str]
    manner: Literal["plain", "head", "total"] = "plain"


@dataclass(frozen=True)
class Grid:
    """A table with its caption, which is numbered where it is written."""

    caption: str
    heads: Sequence[str]
    lines: Sequence[Line]
    note: str = ""
    numbers: Sequence[bool] = ()
    """Column → whether numbers stand in it; none where it is left out."""

    @property
    def to_right(self) -> Sequence[bool]:
        """Column → whether it is set to the right, as numbers are."""
        return self.numbers or [False] * len(self.heads)


@dataclass(frozen=True)
class Picture:
    """A picture with its caption, which is numbered where it is written."""

    png: bytes
    caption: str
    alternative: str
    """What is read to those who do not see it."""
    note: str = ""


Block = Heading | Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True)
class Document:
    """What is written, from top to bottom, in one language."""

    title: str
    lang: str
    labels: tuple[str, str]
    """What a table and a picture are called."""
    numbered: str
    """How a caption is put together of {label}, {n} and {text}."""
    blocks: Sequence[Block]


def grid(table: Table, lang: Lang) -> Grid:
    """A table of the page as a grid; what stands in small print follows in brackets, intervals in their own."""
    lines: list[Line] = []
    for group in table.groups:
        if group.head:
            lines.append(
                Line([say(lang, "list_then").join(filter(None, [group.head.text, _small(group.head, lang)]))], "head")
            )
        rows = ([_text(cell, lang) for cell in (row.head, *row.cells)] for row in group.rows)
        lines += [Line(cells, "total" if row.total else "plain") for cells, row in zip(rows, group.rows, strict=True)]
    return Grid(table.caption, [c.label for c in table.columns], lines, table.note, [c.numbers for c in table.columns])


def _text(cell: Cell, lang: Lang) -> str:
    small = _small(cell, lang)
    if not (small and cell.text):
        return cell.text or small
    return f"{cell.text} {small}" if small.startswith("[") else say(lang, "in_brackets", text=cell.text, inner=small)


def _small(cell: Cell, lang: Lang) -> str:
    """What stands in small print: what it is, and what it leads to."""
    return say(lang, "colon").join(filter(None, [cell.small, cell.link.text if cell.link else ""]))
