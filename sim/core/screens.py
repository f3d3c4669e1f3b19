"""Screens that fail quietly: a result is not lost because nobody can be told of it."""

from __future__ import annotations

import codecs
import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what would stop the program; between the system and the buffer a text is neither written nor not."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    stopping = [number for number in (signal.SIGINT, signal.SIGTERM) if callable(signal.getsignal(number))]
    before = {number: signal.signal(number, lambda which, _: came.append(which)) for number in stopping}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for which in came:
            signal.raise_signal(which)


class Screen(io.TextIOWrapper):
    """A text stream that shows what it can: other characters as `?`, and nothing more once it cannot be written."""

    def __init__(self, stream: TextIO) -> None:
        self._sink = _Sink(stream.buffer)
        self._ascii = codecs.lookup(stream.encoding).name == "ascii"
        # Click writes past a stream that says it is ASCII; of the rest Latin-1 is nearest.
        encoding = "latin-1" if self._ascii else stream.encoding
        super().__init__(io.BufferedWriter(self._sink), encoding, "replace", line_buffering=True)

    def write(self, text: str) -> int:
        """Write a text, or as much of it as can be shown; whoever stops the program in the middle waits for the end."""
        with _undisturbed():
            return super().write(text.encode("ascii", "replace").decode() if self._ascii else text)

    def failed(self) -> OSError | None:
        """Why it could not be written; None where it could, or where nobody reads it to the end."""
        self.flush()
        found = self._sink.failure
        return found if found and found.errno != errno.EPIPE else None


class _Sink(io.RawIOBase):
    """Bytes on their way to a stream of the system; after its first failure they go nowhere."""

    def __init__(self, stream: Any) -> None:
        # Past its buffer, which would keep what cannot be written until Python ends, to fail once more then: code 120.
        self._stream = getattr(stream, "raw", stream)
        self.failure: OSError | None = None

    def writable(self) -> bool:
        """Always, whatever becomes of it."""
        return True

    def write(self, some: Any) -> int:
        """Take all of the bytes."""
        left = memoryview(some)
        while left and self.failure is None:
            try:
                taken = self._stream.write(left)
            except OSError as error:
                self.failure = error
            else:
                if taken is None:  # it would have to wait, and does not
                    self.failure = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                left = left[taken:]
        return len(some)

    def fileno(self) -> int:
        """The number that the system gave the stream."""
        return int(self._stream.fileno())

    def isatty(self) -> bool:
        """Whether somebody sits before it."""
        return bool(self._stream.isatty())


@contextmanager
def quiet_screens() -> Iterator[list[Screen]]:
    """Let standard output and standard errors be screens for a while; a closed one goes nowhere.

    Where they are no streams of the system, as in a notebook, they stay as they are.
    """
    before = sys.stdout, sys.stderr
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open as long as the process is
    opened = [nowhere if stream is None else stream for stream in before]
    screens = [Screen(stream) if hasattr(stream, "buffer") else stream for stream in opened]
    sys.stdout, sys.stderr = screens
    try:
        yield [screen for screen in screens if isinstance(screen, Screen)]
    finally:
        sys.stdout, sys.stderr = before
        for screen in screens:
            screen.flush()
            if isinstance(screen, Screen):
                screen.detach()
        for stream in before:
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
