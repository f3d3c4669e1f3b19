"""Checks of a file against all the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.files import file_kind
from sim.scenario.library import Library
from sim.spec.findings import Finding, undated
from sim.spec.sources import SourceBook


def findings(model: Any, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a file whose every key is right."""
    yield from undated(model)
    if not isinstance(model, SourceBook):
        yield from _ambiguous(model, library)
    yield from file_kind(type(model)).findings(model, library)


def _ambiguous(model: Any, library: Library) -> Iterator[Finding]:
    """Yield every key of a source that means something else in another file of the library."""
    sources: Mapping[str, Any] = model.sources
    for key, source in sources.items():
        if key in library.sources:
            yield Finding(("sources", key), f"{key} is a key of the shared sources too; keep one", key=True)
            continue
        for other in _others(model, library):
            if other.sources.get(key, source) != source:
                message = f"{key} means something else in {_called(other)}; choose another key"
                yield Finding(("sources", key), message, key=True)
                break


def _others(model: Any, library: Library) -> Iterator[Any]:
    """Yield the files with sources of their own, all but the one itself."""
    own = type(model), getattr(model, "id", None)
    for other in (library.catalogue, library.practice, *library.places.values(), *library.processes.values(),
                  *library.measured.values()):  # fmt: skip
        if (type(other), getattr(other, "id", None)) != own:
            yield other


def _called(owner: Any) -> str:
    name = file_kind(type(owner)).name.en
    return f"the {name} {owner.id}" if hasattr(owner, "id") else f"the {name}"
