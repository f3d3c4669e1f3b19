"""Numbers that no figure of a service has: found where they are written, before anything is reckoned with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.core.errors import Fault
from sim.spec.bounds import LEAST, MOST
from sim.text.document import Document, KeyPath


def extremes(document: Document) -> Iterator[Fault]:
    """Yield a fault for every number of a document that is larger, or nearer to 0, than any figure of a service."""
    for path, value in _leaves(document.data, ()):
        if isinstance(value, int | float) and not (value == 0 or LEAST <= abs(value) <= MOST):
            message = f"a number is 0, or from {LEAST:g} to {MOST:g} in size, found {value:g}; mend it"
            yield document.fault(path, message)


def _leaves(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """Yield every value of plain data that holds no others, and where it stands."""
    if isinstance(data, dict | list):
        for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _leaves(inner, (*path, key))
    else:
        yield path, data
