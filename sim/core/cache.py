"""What was found before, kept in a folder of the user's own: nothing in it is needed.

What stands where somebody else could have written it is neither read nor run, and a folder that cannot be written does
no harm. Names are hashes of all that the content was made from, so that nothing in it can be out of date.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.core.errors import PlannerError
from sim.core.files import write_whole

NAME = "reform-simulator"
MOST = 40
"""Files that are kept; the oldest go first."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def kept(name: str) -> bytes | None:
    """Return what was kept under a name; None where there is nothing, or where others could have put it."""
    place = folder()
    return read(place / name) if place else None


def keep(name: str, content: bytes) -> None:
    """Keep content under a name, where that is possible."""
    place = folder()
    if place is None:
        return
    with suppress(OSError, PlannerError):
        write(place / name, content)
        _thin_out(place, name)


def read(path: Path) -> bytes | None:
    """Return what a file of a folder of the user's own holds; None where others could have put it there."""
    if not (_own(path.parent, stat.S_ISDIR) and _own(path, stat.S_ISREG)):
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None


def write(path: Path, content: bytes) -> None:
    """Write a file that only the user may read; raises OSError or PlannerError where the folder is not his alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _own(path.parent, stat.S_ISDIR):
        raise PermissionError(f"others may write to {path.parent}")
    write_whole(path, content)
    path.chmod(0o600)


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Yield whether no other process of this user is at the same thing; where that cannot be told, none is."""
    held = _opened(name)
    try:
        yield held is None or _locked(held)
    finally:
        if held is not None:
            os.close(held)


def _opened(name: str) -> int | None:
    place = folder()
    if place is None:
        return None
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(place / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None


def _locked(held: int) -> bool:
    """Whether this process has a lock on an open file, until it closes it or ends; never waits for it."""
    import fcntl

    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def folder() -> Path | None:
    """Return the folder, whether it is there or not; None where the user has none, or owners cannot be told."""
    if not hasattr(os, "geteuid"):
        return None
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():
        return Path(given) / NAME
    try:
        return Path.home() / ".cache" / NAME
    except RuntimeError:
        return None


def _own(path: Path, kind: Any) -> bool:
    """Whether there is a thing of that kind, no link to one, which only this user can have written."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return kind(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & _OTHERS


def _thin_out(place: Path, new: str) -> None:
    """Remove the oldest of too many, never the one just kept: a clock that was put back calls it the oldest."""
    files = (path for path in place.iterdir() if path.is_file() and path.name != new)
    by_age = sorted(files, key=lambda path: path.lstat().st_mtime_ns)
    for old in by_age[: 1 - MOST]:
        old.unlink(missing_ok=True)
