"""Fingerprints: the same for things that are alike in every part, in whatever process and however often it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePath
from types import FunctionType, NoneType
from typing import Any

from sim.core.arrays import np

_PLAIN = (NoneType, bool, int, float, complex, str, bytes, date, PurePath)
"""What is told whole by how it is written."""


def fingerprint(*things: Any) -> str:
    """Return 64 hexadecimal digits that stand for some things and all that is in them.

    Of an object its class counts and what it holds, but for what it has found out by itself: cached properties, and
    fields that do not count where two are compared. Raises TypeError for what has no parts that could be told.
    """
    return _Digests().of(things).hex()


class _Digests:
    """The digest of each part, found once however often it is met."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bytes]] = {}
        """By id, with the thing itself: while it is held no other has its id."""

    def of(self, thing: Any) -> bytes:
        """The digest of one thing."""
        if isinstance(thing, _PLAIN) and not isinstance(thing, Enum):
            return _digest(_name(type(thing)), [repr(thing).encode()])
        if id(thing) not in self._known:
            self._known[id(thing)] = thing, _digest(_name(type(thing)), self._parts(thing))
        return self._known[id(thing)][1]

    def _parts(self, thing: Any) -> Iterable[bytes]:
        if isinstance(thing, np.ndarray) and not thing.dtype.hasobject:
            return [repr((thing.dtype.str, thing.shape)).encode(), thing.tobytes()]
        if isinstance(thing, Mapping):
            return (self.of(part) for pair in thing.items() for part in pair)
        if isinstance(thing, list | tuple):
            return map(self.of, thing)
        if isinstance(thing, AbstractSet):
            return sorted(map(self.of, thing))
        if isinstance(thing, type) or _is_named(thing):
            return [_name(thing).encode()]
        return (self.of(part) for pair in _held(thing) for part in pair)


def _held(thing: Any) -> Iterator[tuple[str, Any]]:
    """The names and values of what an object holds."""
    if isinstance(thing, Enum):
        yield "name", thing.name
    elif is_dataclass(thing):
        yield from ((field.name, getattr(thing, field.name)) for field in fields(thing) if field.compare)
    elif _is_only_what_it_holds(thing):
        found_out = cached_property
        yield from ((k, v) for k, v in vars(thing).items() if not isinstance(getattr(type(thing), k, None), found_out))
    else:
        raise TypeError(f"{_name(type(thing))} has no parts that could be told")


def _is_named(thing: Any) -> bool:
    """Whether a thing is a function that its name tells: it stands by itself, and has taken nothing from around it."""
    return isinstance(thing, FunctionType) and not (thing.__closure__ or "<" in thing.__qualname__)


def _is_only_what_it_holds(thing: Any) -> bool:
    """Whether all there is to an object stands in its `__dict__`; a `partial` has its function elsewhere."""
    if isinstance(thing, FunctionType) or not hasattr(thing, "__dict__"):
        return False
    made, given, *_ = thing.__reduce_ex__(2)
    return bool(made.__name__ == "__newobj__" and given == (type(thing),))


def _digest(name: str, parts: Iterable[bytes]) -> bytes:
    """The digest of a thing of a class, none of whose parts runs into the next."""
    found = blake2b(name.encode(), digest_size=32)
    for part in parts:
        found.update(b"%d " % len(part))
        found.update(part)
    return found.digest()


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
