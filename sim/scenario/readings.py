"""What files say that were read before: it is kept as plain data, and where it stands is found when somebody asks.

A file is known by the hash of its bytes, and only what this very program read is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from sim.core.cache import keep, kept
from sim.scenario.known import program
from sim.text import yamlio
from sim.text.document import Document, KeyPath, Lines
from sim.text.reading import Text

_FILE = "read"


class Readings:
    """What the files said that were read last, taken when first asked for and kept where others were read now."""

    def __init__(self) -> None:
        self._before = _read(kept(_FILE) or b"")
        self._now: dict[str, Any] = {}

    def document(self, text: Text) -> Document:
        """The document in the text of a file; raises SpecError with every fault in it."""
        if text.sha256 in self._before:
            found = Document(text.file, self._before[text.sha256], _Later(text), text.sha256)
        else:
            found = yamlio.document(text)
        self._now[text.sha256] = found.data
        return found

    def save(self) -> None:
        """Keep what was read now, where not all of it was known."""
        if self._now.keys() - self._before.keys():
            keep(_FILE, json.dumps([program(), self._now], ensure_ascii=False, separators=(",", ":")).encode())


class _Later(Mapping[KeyPath, Lines]):
    """The lines of what a text says, found by reading it once more."""

    def __init__(self, text: Text) -> None:
        self._text = text

    @cached_property
    def _found(self) -> Mapping[KeyPath, Lines]:
        return yamlio.document(self._text).lines

    def __getitem__(self, path: KeyPath) -> Lines:
        return self._found[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _read(raw: bytes) -> dict[str, Any]:
    """Hash of a file → what it says; nothing where another program read it, or where it cannot be told."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    match found:
        case [by, dict(said)] if by == program():
            return said
    return {}
