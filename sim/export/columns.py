"""How wide the columns of a table are: each holds its longest word, and the longest texts have what is left."""

from __future__ import annotations

import re

from sim.export.document import Grid
from sim.text.plain import letters, plain

_LONG, _WORD, _CHINESE = 90, 20, 6
"""Latin letters that count of a text, and that stay in one line of a word, and of a Chinese text."""


def shares(grid: Grid, line: int) -> list[float]:
    """Return the share of each column in the width of a table that holds so many Latin letters."""
    rows = [grid.heads, *(each.cells for each in grid.lines if len(each.cells) == len(grid.heads))]
    columns = [[plain(row[i]) for row in rows] for i in range(len(grid.heads))]
    least = [max(_least(text) for text in texts) for texts in columns]
    more = [max(min(max(map(letters, texts)), _LONG) - n, 1) for texts, n in zip(columns, least, strict=True)]
    left = max(line - sum(least), 0)
    widths = [n + left * m / sum(more) for n, m in zip(least, more, strict=True)]
    return [width / sum(widths) for width in widths]


def _least(text: str) -> int:
    """The letters of the longest word of a text, as far as it stays in one line, and room beside it."""
    words = re.findall("[!-~\u00a0≤≥–−]+", text)
    return max(min(letters(text), _CHINESE), *(min(len(word), _WORD) for word in words), 1) + 3
