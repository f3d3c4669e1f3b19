"""Rows of numbers in memory, as Python and compiled code both know them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np


class Row:
    """A row of whole numbers; its columns are what a subclass annotates."""


def columns(kind: type[Row], number: type[np.integer[Any]] = np.int64) -> np.dtype[Any]:
    """How a row of some kind lies in memory."""
    return _lying(tuple(kind.__annotations__), number.__name__)


@cache
def _lying(names: tuple[str, ...], number: str) -> np.dtype[Any]:
    return np.dtype([(name, number) for name in names])
