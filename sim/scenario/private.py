"""The sources of several files under one roof: a key belongs to its file, and two files may use it for two things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.spec.base import Model
from sim.spec.catalogue import Catalogue
from sim.spec.keys import apart
from sim.spec.sources import Source


def joined(books: Sequence[Catalogue]) -> Catalogue:
    """Return the catalogue of all materials, put together from the files of all groups."""
    sources: dict[str, Source] = {}
    materials: dict[str, Any] = {}
    for number, book in enumerate(books):
        own = apart(book, f"materials_{number}", sources)
        sources |= own.sources
        materials |= own.materials
    return Catalogue(sources=sources, materials=materials)


def together(shared: Mapping[str, Source], owners: Iterable[tuple[str, Model]]) -> tuple[list[Any], dict[str, Source]]:
    """Return the owners with keys that are told apart, and every source under its key; the shared ones first."""
    known = dict(shared)
    told: list[Any] = []
    for name, owner in owners:
        own = apart(owner, name, known)
        known |= getattr(own, "sources", {})
        told.append(own)
    return told, known
