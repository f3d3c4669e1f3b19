"""Plain data that remembers the file and the lines it was written on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from sim.core.errors import Fault

KeyPath: TypeAlias = tuple[str | int, ...]


class Lines(NamedTuple):
    """Where a key begins, and where its value does; one and the same for a list item."""

    key: int
    value: int


@dataclass(frozen=True)
class Document:
    """Plain data, the file it came from, and the line of every key and value in it."""

    file: str
    data: Any
    lines: Mapping[KeyPath, Lines] = field(repr=False)
    sha256: str = ""
    """Of the bytes of the file; nothing for a text that came from none."""

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`; if it is not there, of the nearest heading above it."""
        found = self.lines.get(tuple(path))
        return found.value if found else self.key_line(path)

    def key_line(self, path: Sequence[str | int]) -> int:
        """Return the line of the key or list item at `path`; if it is not there, of the nearest one above."""
        place = tuple(path)
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place].key

    def fault(self, path: Sequence[str | int], message: str, key: bool = False) -> Fault:
        """Return a fault at the value, or at the key, of `path`."""
        line = self.key_line(path) if key else self.line(path)
        return Fault(self.file, line, dotted(path), message)


def without(document: Document, items: Collection[KeyPath]) -> Document:
    """Return a document without some items of its lists; what is left remembers the lines on which it was written."""
    data, lines = deepcopy(document.data), dict(document.lines)
    for path in sorted(items, key=lambda item: item[-1], reverse=True):  # from the end, so that no number moves before
        *above, nth = path
        held: Any = data
        for part in above:
            held = held[part]
        del held[nth]
        lines = dict(_closed_up(lines, tuple(above), int(nth)))
    return replace(document, data=data, lines=lines)


def _closed_up(lines: Mapping[KeyPath, Lines], above: KeyPath, gone: int) -> Iterator[tuple[KeyPath, Lines]]:
    """The lines of what is left when an item of a list is gone, those after it being one place earlier."""
    at = len(above)
    for path, line in lines.items():
        if path[:at] != above or len(path) == at:
            yield path, line
        elif (nth := int(path[at])) != gone:
            yield (*above, nth - (nth > gone), *path[at + 1 :]), line


def dotted(path: Sequence[str | int]) -> str:
    """Return a path as faults show it: `steps.review.needs[0]`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
