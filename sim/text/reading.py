"""A file as text, or in one line why it is none."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import Fault, SpecError

_CANNOT_READ = {
    FileNotFoundError: "no such file: check the name",
    IsADirectoryError: "a directory, not a file: name a file in it",
}


class Text(NamedTuple):
    """What a file holds."""

    file: str
    """What the file is called in faults."""
    text: str
    sha256: str
    """Of its bytes."""


def read(path: Path, most: int, larger: str) -> Text:
    """Return the text of a file; raise SpecError where it cannot be read, has more bytes, or is not UTF-8."""
    file = shown(path)
    try:
        _refuse_endless(path, file)
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise one_fault(file, _CANNOT_READ.get(type(error), f"not readable: {error.strerror}")) from None
    if len(raw) > most:
        raise one_fault(file, larger)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8, byte 0x{raw[error.start]:02x} at offset {error.start}: save the file as UTF-8"
        raise one_fault(file, message, raw.count(b"\n", 0, error.start) + 1) from None
    return Text(file, text, hashlib.sha256(raw).hexdigest())


def _refuse_endless(path: Path, file: str) -> None:
    """Raise SpecError where reading could wait for ever, or never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise one_fault(file, "a device or pipe, not a file: name a file")


def one_fault(file: str, message: str, line: int = 1) -> SpecError:
    """Return the error of a file with one fault."""
    return SpecError([Fault(file, line, "", message)])


def shown(path: Path) -> str:
    """Return what a file is called: relative to the current folder where it is below it."""
    whole, here = path.absolute(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()
