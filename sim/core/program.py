"""Which program this is: what it finds depends on its own code and on the libraries it computes with."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from sim.core.roots import PACKAGE

LIBRARIES = ("networkx", "numba", "numpy", "pandas", "pydantic", "scipy", "simpy")
"""Those whose version may move a figure."""


@cache
def program() -> str:
    """Return the hash of the whole program, the same on every machine that has this one."""
    return hashed(PACKAGE.rglob("*.py"), map(_version, LIBRARIES))


def hashed(code: Iterable[Path], versions: Iterable[str]) -> str:
    """Return the hash of some files of the program and of the versions of what it works with."""
    found = sha256(" ".join([platform.python_version(), platform.machine(), *versions]).encode())
    for name, path in sorted((path.relative_to(PACKAGE).as_posix(), path) for path in code):
        found.update(f"\n{name} {sha256(path.read_bytes()).hexdigest()}".encode())
    return found.hexdigest()


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:  # an optional part
        return "-"
