"""The machine code of the compiled player: taken from disk where it lies ready, else made, and kept for others.

What lies there was made by this user from this very code, for this processor and by these compilers; where it is cut
off, or somebody else could have written it, it is made anew.
"""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.cache import keep, kept

if TYPE_CHECKING:
    from sim.engine.fast.machine import Code

PLAYER = "sim.engine.fast.player"
"""The module that has it; to import it is to have it."""
FOLDER = Path(__file__).parent
ROOMS = FOLDER.parents[1]
TAKEN_FROM = tuple(ROOMS / name for name in ("core/workdays.py", "records/log.py", "records/tables.py",
                                             "spec/categories.py"))  # fmt: skip
"""Files outside this folder whose numbers the machine code has in it."""
COMPILERS = ("numba", "llvmlite", "numpy")
_SEAL = sha256().digest_size


def made_of(*files: Path) -> str:
    """A text that is another whenever the code in this folder, or in some files that it takes numbers from, is."""
    found = blake2b(digest_size=16)
    for source in (*sorted(FOLDER.glob("*.py")), *files):
        found.update(source.read_bytes())
    return found.hexdigest()


def lies_ready() -> bool:
    """Return whether machine code for a process like this one was kept on disk: to fetch it takes no compiling."""
    return _kept() is not None


def note_played(attempts: int) -> None:
    """Remember that so many attempts were played without it, for want of it."""
    name = _name()
    if name is not None and not lies_ready():
        keep(_played(name), b"%d" % (played_before() + attempts))


def played_before() -> int:
    """Return how many attempts were played without it by any process."""
    name = _name()
    raw = kept(_played(name)) if name is not None else None
    return int(raw) if raw and raw.isdigit() else 0


def code() -> Code:
    """Return the machine code; raises ImportError where there is neither that nor what makes it."""
    from sim.engine.fast.machine import Code

    raw = _kept()
    if raw is not None:
        name, _, content = raw.partition(b"\n")
        return Code(name.decode(), content)
    from sim.engine.fast.kernel import run
    from sim.engine.fast.translating import machine_code

    made, place = machine_code(run), _name()
    if place is not None:
        content = made.name.encode() + b"\n" + made.content
        keep(place, sha256(content).digest() + content)
    return made


def _played(name: str) -> str:
    return f"{name}-played"


def _kept() -> bytes | None:
    """What was kept, if it is whole."""
    name = _name()
    raw = kept(name) if name is not None else None
    whole = raw is not None and raw[:_SEAL] == sha256(raw[_SEAL:]).digest()
    return raw[_SEAL:] if raw is not None and whole else None


@cache
def _name() -> str | None:
    """What the cache knows it by: all by which it could be another; None where nothing could make or take it."""
    if not all(map(find_spec, COMPILERS)):
        return None
    from sim.engine.fast.machine import processor

    try:
        by = made_of(*TAKEN_FROM), sys.version, processor(), *map(version, COMPILERS)
    except PackageNotFoundError:
        return None
    return blake2b(repr(by).encode(), digest_size=16).hexdigest()
