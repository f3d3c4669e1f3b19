"""Checks of a file against all the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.scenario.files import file_kind
from sim.scenario.library import Library
from sim.spec.findings import Finding, undated
from sim.spec.sources import SourceBook


def findings(model: Any, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a file whose every key is right."""
    yield from undated(model)
    if not isinstance(model, SourceBook):
        yield from _shadowing(model, library)
    yield from file_kind(type(model)).findings(model, library)


def _shadowing(model: Any, library: Library) -> Iterator[Finding]:
    """Yield every key of a source that is one of the shared sources too."""
    for key in model.sources:
        if key in library.sources:
            yield Finding(("sources", key), f"{key} is a key of the shared sources too; keep one", key=True)
