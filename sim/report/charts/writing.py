"""How words are set in a chart: broken into lines, as large as fits."""

from __future__ import annotations

import re
import unicodedata

_TOO_LONG = 1.5
"""Lines that a word may be long and still be written whole."""


def ems(text: str) -> float:
    """The width of a text in units of its font size: a Chinese character is one, a Latin letter about half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.52 for c in text)


def fitting(text: str, size: float, points: float) -> float:
    """The size at which a text is at most so many points wide, and at most `size`."""
    return min(size, points / max(ems(text), 1))


def wrapped(text: str, width: float) -> list[str]:
    """The text in as few lines of at most `width` ems as it takes, all of about the same length.

    Lines end after a mark where that costs no line more. Latin words stay whole, but one that a line and a half would
    not hold ends in an ellipsis; no line starts with a closing mark or ends with an opening one.
    """
    text = re.sub(r"[!-~’–]+", lambda word: _cut(word[0], width), text)
    pieces, phrases = re.findall(r"[!-~’–…]+ ?|[（“]?.", text), re.findall(r"（[^）]*）|[^、，；（]+[、，；]?", text)
    count = len(_filled(pieces, width))
    if len(phrases) > 1 and max(map(ems, phrases)) <= width and len(_filled(phrases, width)) <= count:
        return _filled(phrases, width)
    narrow = ems(text) / count
    while narrow < width and len(_filled(pieces, narrow)) > count:
        narrow += 0.5
    return _filled(pieces, min(narrow, width))


def _cut(word: str, width: float) -> str:
    """A word as it is, or what a line holds of one that is much longer."""
    return word if ems(word) <= _TOO_LONG * width else word[: int(width / ems("n")) - 1] + "…"


def _filled(pieces: list[str], width: float) -> list[str]:
    """The pieces in lines, each filled before the next begins."""
    lines = [""]
    for piece in pieces:
        full = ems(lines[-1] + piece.rstrip()) > width + 1e-9
        if lines[-1] and full and piece not in "、，。；）”":
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]
