"""Jobs that are finished, kept until the whole run is, so that a run that was cut short goes on where it was.

Each is a file of its own, below a folder of the user's own whose name is a hash of all that decides what comes of the
jobs: the program, the function, what all of them have in common. Its own name is a hash of the job. What others could
have written, or what is not whole, is not read, and where nothing can be written nothing is kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import Any

from sim.core.cache import folder, read, write
from sim.core.errors import PlannerError
from sim.core.fingerprint import fingerprint
from sim.core.packing import pack, unpack
from sim.core.program import program
from sim.core.workers import Run

ROOM = "unfinished"
"""Folder in that of the cache."""
MOST = 2 * 1024**3
"""Bytes that are kept of runs nobody went on with; the oldest go first."""
SHORT = 10.0
"""Seconds of a run before anything of it is written, unless it is stopped: to find what decides takes a while too."""
_SEAL = sha256().digest_size


class Finished:
    """The finished jobs of one run; those of one that was cut short are taken where it goes on with that.

    They are written once the run has lasted a while: what takes no longer is done again as fast as it is looked up.
    """

    def __init__(self, resume: bool) -> None:
        self._resume, self._over, self._lock = resume, False, RLock()
        self._kinds: list[Kind] = []
        self._while = monotonic() + SHORT

    def kind(self, function: Callable[..., Any], decided_by: Any) -> Kind:
        """The jobs of one kind: what a function makes of each, besides what else decides it."""
        self._kinds.append(Kind(self._resume, self._keep, function, decided_by))
        return self._kinds[-1]

    def settle(self) -> bool:
        """Write what is finished, however short the run was, unless it came to its end; whether anything is kept."""
        with self._lock:
            if not self._over:
                for kind in self._kinds:
                    kind.settle()
        return any(kind.any for kind in self._kinds)

    def forget(self) -> None:
        """Remove what was kept: the run has come to its end, and nobody will go on with it."""
        with self._lock:
            self._over = True
            for kind in self._kinds:
                kind.forget()

    def _keep(self, waiting: list[tuple[Any, Any]], job: Any, result: Any) -> None:
        """Keep what came of a job, unless the run is over: of a cluster it may come late."""
        with self._lock:
            if not self._over:
                waiting.append((job, result))
                if monotonic() > self._while:
                    self.settle()


class Kind:
    """The finished jobs of one kind."""

    def __init__(self, resume: bool, keep: Callable[[list[tuple[Any, Any]], Any, Any], None],
                 function: Callable[..., Any], decided_by: Any) -> None:  # fmt: skip
        self._resume, self._keep, self._decided_by = resume, keep, (function, decided_by)
        self._waiting: list[tuple[Any, Any]] = []
        """Jobs and what came of them, not yet written."""

    @cached_property
    def _place(self) -> Path | None:
        """The folder of what is kept, found when it is first asked for: that takes a look at all that decides."""
        root = folder()
        place = root / ROOM / fingerprint(program(), *self._decided_by) if root else None
        if place:
            with suppress(OSError):
                _make_room(place)
        return place

    @property
    def any(self) -> bool:
        """Whether anything is kept."""
        place = vars(self).get("_place")
        return bool(place and place.is_dir())

    def keep(self, job: Any, result: Any) -> None:
        """Keep the result of a job, if it is of a kind that can be kept."""
        self._keep(self._waiting, job, result)

    def settle(self) -> None:
        """Write what waits to be."""
        waiting = list(self._waiting)
        self._waiting.clear()
        if not (waiting and self._place):
            return
        for job, result in waiting:
            with suppress(TypeError, OSError, PlannerError):
                path, content = self._place / fingerprint(job), pack(result)
                write(path, _seal(path, content) + content)

    def forget(self) -> None:
        """Remove what was written."""
        self._waiting.clear()
        if place := vars(self).get("_place"):
            shutil.rmtree(place, ignore_errors=True)

    def rest(self, run: Run[Any, Any]) -> Run[Any, Any]:
        """Return what does the same as `run`, but for the jobs that are finished."""
        place = self._place if self._resume else None
        if place is None:
            return run

        def rest(jobs: Iterable[Any]) -> Iterator[Any]:
            named = [(job, fingerprint(job)) for job in jobs]
            known = {name: found[0] for _, name in named if (found := _kept(place / name))}
            coming = run([job for job, name in named if name not in known])
            return (known[name] if name in known else next(coming) for _, name in named)

        return rest


def _kept(path: Path) -> tuple[Any] | None:
    """The result of a job that is finished, by itself."""
    raw = read(path) or b""
    content = raw[_SEAL:]
    if raw[:_SEAL] != _seal(path, content):
        return None
    try:
        return (unpack(content),)
    except Exception:  # whatever somebody put there
        return None


def _seal(path: Path, content: bytes) -> bytes:
    """What stands before the result of a job: it is whole, and of no other job."""
    return sha256(f"{path.parent.name}/{path.name}\n".encode() + content).digest()


def _make_room(own: Path) -> None:
    """Remove the oldest where more is kept than may be, never a run's own, which a clock put back calls the oldest."""
    room = own.parent
    if not room.is_dir():
        return
    others = (place for place in room.iterdir() if place != own)
    runs = sorted(others, key=lambda place: place.lstat().st_mtime_ns, reverse=True)
    kept = 0
    for place in runs:
        kept += sum(file.lstat().st_size for file in place.iterdir())
        if kept > MOST:
            shutil.rmtree(place, ignore_errors=True)
