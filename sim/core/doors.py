"""The door for writing: whether everything asked for can be written is tried before anything is played."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from sim.core.errors import PlannerError
from sim.core.files import beside

_SHOWN = 120
"""Characters of a path that a message shows; a name that is too long is not read to its end."""
_SPECS = (".yaml", ".yml")
DEVICE = "device or pipe"
SOCKET = 107 - len("/pymp-12345678/listener-12345678")
"""Bytes that the name of the folder for temporary files may have, in which processes meet: a socket's has 107."""


@dataclass(frozen=True)
class Door:
    """A place that is asked for to be written to."""

    asked: str
    """How it was asked for, such as `--out`."""
    path: Path
    """The file, or the folder for files."""
    files: tuple[str, ...] = ()
    """What is written into the folder, relative to it; nothing where the path is itself the file."""
    otherwise: str = ""
    """What a planner can do where the place was not chosen by name; to choose another one else."""
    spec: bool = False
    """Whether it is a file of the library that is written, one that is new or may be replaced."""

    @property
    def targets(self) -> tuple[Path, ...]:
        """Every file that is written."""
        return tuple(self.path / name for name in self.files) or (self.path,)

    @property
    def remedy(self) -> str:
        """What a planner can always do."""
        return self.otherwise or f"choose another {'folder' if self.files else 'file'}"


def try_doors(*doors: Door) -> None:
    """Try whether all of it can be written, and leave everything as it was.

    Raises PlannerError with a line for each place that cannot, saying what is wrong and what to do.
    """
    faults = [(door, _fault(door)) for door in doors]
    told = [f"{door.asked}: {fault}" for door, fault in faults if fault]
    told += _twice([door for door, fault in faults if not fault])
    if told:
        raise PlannerError("\n".join(dict.fromkeys(told)))  # two may ask for the same


def try_meeting(workers: int) -> None:
    """Raise PlannerError where so many processes could not find each other."""
    folder = gettempdir()
    if workers > 1 and len(os.fsencode(folder)) > SOCKET:
        wrong = f"TMPDIR: a name of {len(os.fsencode(folder))} bytes is too long for processes to meet in that folder"
        raise PlannerError(f"{wrong}, {SOCKET} at most; set a shorter one, or ask for --workers 1")


def _fault(door: Door) -> str | None:
    try:
        found = _in_the_way(door)
        if found is None:
            _probe(door.targets)
    except ValueError:
        return f"{_shown(door.path)} has a character that no name of a file may have; {door.remedy}"
    except OSError as error:
        return f"{_shown(door.path)} cannot be written: {error.strerror}; {door.remedy}"
    return found


def _in_the_way(door: Door) -> str | None:
    """What stands where a folder or a file should go, or is missing."""
    for target in door.targets:
        for place, wanted in _places(target):
            kind = _kind(place)
            if kind is None and wanted == "folder" and not door.files:
                return f"there is no folder {_shown(place)}; make it, or {door.remedy}"
            if kind is None:
                break
            if kind != wanted:
                away = "" if kind == DEVICE else "move it away, or "
                return f"{_shown(place)} is a {kind}, not a {wanted}; {away}{door.remedy}"
        if target.suffix in _SPECS and not door.spec:
            return f"{_shown(target)} would be read as a spec; {door.remedy}"
    return None


def _places(target: Path) -> Iterator[tuple[Path, str]]:
    """The folders above a file from the outermost, and the file, each with what it should be."""
    yield from ((folder, "folder") for folder in reversed(target.parents))
    yield target, "file"


def _kind(place: Path) -> str | None:
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return "link to nowhere" if place.is_symlink() else None
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else DEVICE


def _probe(targets: Sequence[Path]) -> None:
    """Write what a run would write, and remove it again; raises OSError where that fails."""
    for target in (Path(os.path.realpath(t)) for t in targets):
        with _made(target.parent):
            with suppress(FileNotFoundError):
                target.lstat()  # a name that is too long is told by nothing else
            unfinished = beside(target)
            unfinished.unlink(missing_ok=True)
            try:
                with unfinished.open("xb") as stream:
                    stream.write(b"\0")
            finally:
                unfinished.unlink(missing_ok=True)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder for a while, with those above it that are missing."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    made: list[Path] = []
    try:
        for place in reversed(missing):
            place.mkdir()
            made.append(place)
        yield
    finally:
        with suppress(OSError):  # somebody put something into it meanwhile
            for place in reversed(made):
                place.rmdir()


def _twice(doors: Sequence[Door]) -> Iterator[str]:
    """Places that are asked for twice, or of which one lies where the other makes a file."""
    seen: dict[Path, Door] = {}
    for door in doors:
        for target in (Path(os.path.realpath(t)) for t in door.targets):
            other = next((d for t, d in seen.items() if t in (target, *target.parents) or target in t.parents), None)
            if other:
                yield f"{other.asked} and {door.asked} both write to {_shown(target)}; {door.remedy} for one of them"
                break
        else:
            seen |= {Path(os.path.realpath(t)): door for t in door.targets}


def _shown(path: Path) -> str:
    """The path in one line, whatever is in it."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(path))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
