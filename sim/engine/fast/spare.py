"""Memory for logs that is used again when a log is gone: a fresh page takes longer to get than to fill."""

from __future__ import annotations

from collections import defaultdict
from mmap import ACCESS_COPY, mmap
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

AT_MOST = 1 << 28
"""Bytes that are kept for later at most."""


class Spare:
    """Pieces of memory in sizes of powers of two, those in use not among them."""

    def __init__(self) -> None:
        self._free: defaultdict[int, list[mmap]] = defaultdict(list)
        self.kept = 0
        """Bytes that are kept for later."""

    def rows(self, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        """So many rows of a kind, with anything in them; their memory comes back when the last view of them is gone."""
        size = 1 << (kind.itemsize * count - 1).bit_length()
        memory = self._take(size)
        found = np.frombuffer(memory, dtype=kind, count=count)
        finalize(found, self._give_back, memory, size).atexit = False
        return found

    def _take(self, size: int) -> mmap:
        if not self._free[size]:
            return mmap(-1, size, access=ACCESS_COPY)  # else copies of this process would write into it too
        self.kept -= size
        return self._free[size].pop()

    def _give_back(self, memory: mmap, size: int) -> None:
        if self.kept + size <= AT_MOST:
            self.kept += size
            self._free[size].append(memory)


spare = Spare()
"""That of this process."""
