"""A chart as it is handed on: its files, what a phone shows of it, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A chart that is drawn."""

    files: Mapping[str, bytes]
    """Ending → the content of its file."""
    narrow: bytes = b""
    """An SVG of the same for a screen as wide as a hand; nothing where there is none."""
    data: str = ""
    """What it shows, as CSV; nothing where it has none."""

    @property
    def svg(self) -> str:
        """The drawing itself."""
        return self.files["svg"].decode()
