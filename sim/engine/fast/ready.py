"""Which machine code the compiled player is, and whether it lies ready; telling this does not fetch it."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from sim.core.cache import keep, kept

PLAYER = "sim.engine.fast.player"
"""The module that has it; to import it is to have it."""
FOLDER = Path(__file__).parent
ROOMS = FOLDER.parents[1]
TAKEN_FROM = tuple(ROOMS / name for name in ("core/workdays.py", "records/log.py", "records/tables.py",
                                             "spec/categories.py"))  # fmt: skip
"""Files outside this folder whose numbers the machine code has in it."""


def made_of(*files: Path) -> int:
    """A number that is another whenever the code in this folder, or in some files that it takes numbers from, is.

    Numba looks only at the file in which a function stands to tell whether machine code that is kept is still right.
    """
    found = blake2b(digest_size=7)
    for source in (*sorted(FOLDER.glob("*.py")), *files):
        found.update(source.read_bytes())
    return int.from_bytes(found.digest())


def lies_ready() -> bool:
    """Return whether the machine code was kept on disk by a process like this one: to fetch it takes no compiling.

    Where it is gone from there since, it takes compiling all the same, which costs time and nothing else.
    """
    name = _name()
    return name is not None and kept(name) is not None


def note_ready() -> None:
    """Remember that the machine code is kept on disk."""
    name = _name()
    if name is not None:
        keep(name, b"")


@cache
def _name() -> str | None:
    """What the cache knows it by: all by which Numba tells whether it is still right; None without Numba."""
    numba = find_spec("numba")
    if numba is None or numba.origin is None:
        return None
    kernel, origin = FOLDER / "kernel.py", Path(numba.origin)
    of = made_of(*TAKEN_FROM), kernel, kernel.stat().st_mtime_ns, os.environ.get("NUMBA_CACHE_DIR")
    by = origin, origin.stat().st_mtime_ns, sys.version
    return blake2b(repr((of, by)).encode(), digest_size=16).hexdigest()
