"""Files that were found right before: what one was checked against is kept, and whether it is the same is asked.

A mark says: a file of this content, beside files of those contents, was found right by this very program. It is a hash
of all of that, and no more than a hash is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

import pydantic

from sim.core.cache import keep, kept
from sim.core.program import hashed
from sim.core.roots import PACKAGE
from sim.text import yamlio

ROOMS = ("core", "text", "spec", "records", "reforms", "scenario")
"""The rooms whose code decides what is right."""
MOST = 4000
"""Marks that are kept."""
_FILE = "right"


def digest(parts: Iterable[str]) -> str:
    """Return the SHA-256 of some texts, none of which runs into the next."""
    found = hashlib.sha256()
    for part in parts:
        found.update(f"{len(part)} {part}\n".encode())
    return found.hexdigest()


@cache
def program() -> str:
    """Return the hash of the program: of its own code, and of what it reads and checks files with."""
    code = (path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
    return hashed(code, (pydantic.VERSION, yamlio.VERSION))


class Marks:
    """The marks of files that were found right, read when first asked for and written where new ones came."""

    def __init__(self) -> None:
        self._marks = dict(_read(kept(_FILE) or b""))
        self._new = False

    def rested_on(self, question: str) -> tuple[str, frozenset[str]] | None:
        """Return what a file was held against when it was found right: a hash, and whose; None where it never was."""
        found = self._marks.get(question)
        if found is None:
            return None
        answer, *names = found.split(" ")
        return answer, frozenset(names)

    def add(self, question: str, answer: str, names: Collection[str]) -> None:
        """Mark a file as right; `names` are the ids of those it was held against, `answer` the hash of them all."""
        self._marks.pop(question, None)
        self._marks[question] = " ".join([answer, *sorted(names)])
        self._new = True

    def save(self) -> None:
        """Keep the marks, if there are new ones."""
        if self._new:
            lines = [f"{asked} {rest}" for asked, rest in self._marks.items()]
            keep(_FILE, "\n".join(lines[-MOST:]).encode())


def _read(raw: bytes) -> Iterator[tuple[str, str]]:
    for line in raw.decode(errors="replace").splitlines():
        asked, _, rest = line.partition(" ")
        yield asked, rest


def answer(names: Iterable[str], hashes: Mapping[str, str]) -> str:
    """Return the hash of the files of some ids."""
    return digest(part for name in sorted(names) for part in (name, hashes.get(name, "")))
