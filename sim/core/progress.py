"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

Tell: TypeAlias = Callable[[int, int], None]
"""Is told how many parts are done, and of how many at most."""
Progress: TypeAlias = Callable[[str], AbstractContextManager[Tell]]
"""Opens a display under a title for as long as the work lasts."""


def silent(done: int, most: int) -> None:
    """Tell nobody."""
