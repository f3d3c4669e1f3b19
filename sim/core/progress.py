"""How long work tells how far it is, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from time import monotonic
from typing import Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Tell: TypeAlias = Callable[[int, int], None]
"""Is told how many parts are done, and of how many at most."""
EVERY = 10.0
"""Seconds between two lines, where there is no terminal to draw a bar on, and before the first."""
GRAIN = 1000
"""Parts of one of several works that are told apart."""


class Progress(Protocol):
    """Opens a display under a title for as long as the work lasts."""

    def __call__(self, title: str, since: float | None = None) -> AbstractContextManager[Tell]:
        """Open it; `since` is the moment when the whole began of which this is a part, else it begins now."""
        ...


def silent(done: int, most: int) -> None:
    """Tell nobody."""


def part_of(tell: Tell, number: int, of: int) -> Tell:
    """Return how one of several works tells how far they all are: those before it are done."""
    return lambda done, most: tell(number * GRAIN + GRAIN * done // max(most, 1), of * GRAIN)


def told(things: Sequence[T], tell: Tell) -> Iterator[T]:
    """Yield the things, and tell how many are done each time one more is asked for."""
    for i, thing in enumerate(things):
        tell(i, len(things))
        yield thing


def left(passed: float, done: int, most: int) -> str:
    """Return how long the rest will take if it goes on as it did so far, in words; "" while nothing is done."""
    if not done:
        return ""
    seconds = passed * (most - done) / done
    if seconds < 100:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 100 else f"{round(minutes / 60)} h left"


class Lines:
    """Tells how far the work is with a line now and then."""

    def __init__(self, title: str, write: Callable[[str], object], since: float | None = None,
                 clock: Callable[[], float] = monotonic) -> None:  # fmt: skip
        self._title, self._write, self._clock = title, write, clock
        self._told = clock()
        self._begun = self._told if since is None else since

    def __call__(self, done: int, most: int) -> None:
        """Write a line, if the last one was long enough ago."""
        now = self._clock()
        if now - self._told < EVERY or not done:
            return
        self._told = now
        self._write(f"{self._title}: {100 * done // most} %, about {left(now - self._begun, done, most)}")
