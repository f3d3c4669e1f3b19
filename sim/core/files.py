"""Writing files whole or not at all; whatever the program writes passes here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from sim.core.errors import PlannerError

_NAME_BYTES = 200
"""Kept of a name in that of the file beside it, which must not be longer than a file system allows (255)."""


def write_whole(path: Path, content: str | bytes | Iterable[str]) -> Path:
    """Write a file so that it is never seen half written, and return its path; text is written as UTF-8, or its pieces.

    The content goes to a second file in the same folder, which then takes the place of the first; folders that
    are missing are made, a link stays and what it leads to is written. Raises PlannerError where the folder
    cannot be written; what stood there before then stands there still.
    """
    pieces = [content] if isinstance(content, str | bytes) else content
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_unfinished(target)
        _replace(target, pieces)
    except OSError as error:
        raise PlannerError(f"{path} cannot be written: {error.strerror}; choose another folder") from error
    return path


def _replace(target: Path, pieces: Iterable[str | bytes]) -> None:
    unfinished = beside(target)
    try:
        with unfinished.open("xb") as stream:
            stream.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
        unfinished.replace(target)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def beside(target: Path, process: int | None = None) -> Path:
    """The file in which a process, this one when left out, builds the content of another: `.name.PROCESS`."""
    return target.with_name(f".{_short(target.name)}.{process or os.getpid()}")


def _short(name: str) -> str:
    return os.fsdecode(os.fsencode(name)[:_NAME_BYTES])


def remove_unfinished(target: Path) -> None:
    """Remove what killed runs left of a file; a process that lives may be writing it now."""
    for left in _unfinished(target):
        left.unlink(missing_ok=True)


def _unfinished(target: Path) -> Iterator[Path]:
    for left in target.parent.iterdir():
        number = left.name.rpartition(".")[2]
        if number.isascii() and number.isdigit() and left == beside(target, int(number)) and _dead(int(number)):
            yield left


def _dead(process: int) -> bool:
    """Whether a process is gone; this one itself counts, for what bears its number is of an earlier one."""
    if os.name != "posix":  # elsewhere a signal cannot ask without ending what it asks
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return process == os.getpid()


@contextmanager
def for_a_while() -> Iterator[Path]:
    """A folder of one's own, which is gone at the end with all that is in it."""
    with TemporaryDirectory(prefix="reform-") as folder:
        yield Path(folder)


def installed(*names: str) -> str | None:
    """Return where the first of some programs lies that this machine has; None where it has none."""
    return next(filter(None, map(which, names)), None)


def remove_written(folder: Path, names: Iterable[str]) -> None:
    """Remove files that the program wrote into a folder, and the folder where nothing else is in it.

    A folder that is a link is left as it is.
    """
    if folder.is_symlink() or not folder.is_dir():
        return
    with suppress(OSError):  # what cannot be removed, or is not empty, stays
        for name in names:
            remove_unfinished(folder / name)
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
