"""How the columns of a table are laid: each holds its longest word, and the longest texts have what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.export.document import Grid
from sim.text.plain import letters, plain

_LONG, _WORD, _CHINESE = 90, 20, 6
"""Latin letters that count of a text, and that stay in one line of a word, and of a Chinese text."""
_ROOM = 3
"""Latin letters that the two margins of a cell take."""
_COUNTED = re.compile("(?<![≤≥])\u00a0")
"""The space between a number and what it counts."""


@dataclass(frozen=True)
class Laid:
    """How a table is laid."""

    shares: Sequence[float]
    """The share of each column in the width."""
    smaller: float
    """By what its letters are to be smaller so that no word breaks in a line, 1 at most."""
    text: Callable[[str], str]
    """What stands in a cell, of what is to be said there."""


def laid(grid: Grid, line: int) -> Laid:
    """Lay a table whose width holds so many Latin letters.

    Where it is narrow a line may end between a number and what it counts.
    """
    write, columns, least = _whole(grid, plain)
    if sum(least) > line:
        write, columns, least = _whole(grid, _parted)
    more = [max(min(max(map(letters, texts)), _LONG) + _ROOM - n, 1) for texts, n in zip(columns, least, strict=True)]
    left = max(line - sum(least), 0)
    widths = [n + left * m / sum(more) for n, m in zip(least, more, strict=True)]
    return Laid([width / sum(widths) for width in widths], min(line / sum(least), 1), write)


def _whole(
    grid: Grid, write: Callable[[str], str]
) -> tuple[Callable[[str], str], Sequence[Sequence[str]], Sequence[int]]:
    """The texts of each column and the letters that it needs at least."""
    rows = [grid.heads, *(each.cells for each in grid.lines if len(each.cells) == len(grid.heads))]
    columns = [[write(row[i]) for row in rows] for i in range(len(grid.heads))]
    return write, columns, [max(map(_least, texts)) for texts in columns]


def _parted(text: str) -> str:
    return _COUNTED.sub(" ", plain(text))


def _least(text: str) -> int:
    """The letters of the longest word of a text, as far as it stays in one line, and room beside it."""
    words = re.findall("[!-~\u00a0≤≥–−]+", text)
    return max(min(letters(text), _CHINESE), *(min(len(word), _WORD) for word in words), 1) + _ROOM
