"""The catalogues of what the program says: its English, as it stands in the code, and how that is said in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

MESSAGES = Path(__file__).parent / "messages.zh.po"
"""Clauses of messages, help texts."""
REFERENCE = Path(__file__).parent / "reference.zh.po"
"""Sentences and headings of the reference page, which has the meaning of every key."""


@cache
def entries(file: Path) -> Mapping[str, str]:
    """Return every entry of a catalogue, English → Chinese."""
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        return {str(one.id): str(one.string) for one in read_po(opened) if one.id}
