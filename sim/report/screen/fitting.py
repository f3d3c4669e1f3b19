"""Tables on screens of any width: figures stand whole, or the rows stand one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

WRAPPED = 12
"""Least width of a column of words, into which they are wrapped."""
_SHORT = 24
"""Characters of the longest figure with its interval."""
_EDGES = 3
"""Width of what stands between two columns."""


def fitted(table: Table, width: int) -> RenderableType:
    """The table, if it fits into a width with every figure in one piece; else a paragraph for each of its rows."""
    needed = 1
    for column in table.columns:
        column.overflow = "fold"
        head, cells = _width([column.header]), _width([*column.cells, column.footer])
        if column.justify == "right" or _figures(column):
            column.width = max(cells, min(head, WRAPPED))
            needed += column.width + _EDGES
        else:
            needed += min(max(head, cells), WRAPPED) + _EDGES
    return table if needed <= width else Group(*_paragraphs(table))


def _width(cells: Iterable[object]) -> int:
    """The width of the longest cell."""
    return max((cell_len(line) for cell in cells for line in _text(cell).plain.split("\n")), default=0)


def _figures(column: Column) -> bool:
    """Whether a column holds figures alone: short texts with a digit in each."""
    told = [cell.plain for cell in map(_text, column.cells) if cell.plain.strip()]
    return bool(told) and all(len(text) <= _SHORT and any(c.isdigit() for c in text) for text in told)


def _paragraphs(table: Table) -> Iterator[Text]:
    """The title, and for each row its first cell and below it what the others say."""
    if table.title:
        yield Text.assemble((_text(table.title).plain, "italic"))
    heads = [_text(column.header) for column in table.columns]
    rows = list(zip_longest(*(column.cells for column in table.columns), fillvalue=""))
    for row in [*rows, tuple(column.footer for column in table.columns)] if table.show_footer else rows:
        first, *others = map(_text, row)
        yield Text.assemble((heads[0].plain, "dim"), " " if heads[0] else "", first)
        for head, cell in zip(heads[1:], others, strict=True):
            if cell.plain.strip():
                yield Text.assemble("  ", (f"{head.plain}: ", "dim"), cell)


def _text(cell: object) -> Text:
    return cell if isinstance(cell, Text) else Text(str(cell))
