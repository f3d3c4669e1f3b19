"""Texts that others wrote, made harmless for the files of other programs: they are read, never run."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and what no XML may hold."""
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows them; letters that run from right to left do so by themselves."""
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
_MARKED = re.compile(r"([\\`*_\[\]#|~$])")
"""What Markdown may take for a mark."""


def plain(text: str) -> str:
    """A text on one line, without characters that are not seen or turn the direction of others."""
    return _BREAKS.sub(" ", _TURNING.sub("", _UNSEEN.sub("\ufffd", text)))


def marked(text: str) -> str:
    """A plain text for Markdown in which nothing is a mark, a tag, a mention or a link with words of its own."""
    escaped = _MARKED.sub(r"\\\1", plain(text).replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")


def letters(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(1 + (ord(c) > 0x2E7F) for c in text)


def named(text: str, most: int) -> str:
    """A plain text of at most so many characters."""
    whole = plain(text)
    return whole if len(whole) <= most else whole[: most - 1] + "…"
