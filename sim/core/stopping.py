"""Being asked to stop: in whatever way, it is answered as Ctrl-C is."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ASKING = ("SIGTERM", "SIGHUP")
"""What else asks a program to stop: somebody who ends it, and a terminal that is closed; not every system has both."""


def unasked() -> None:
    """From now on let interrupts pass, which another process answers; whoever asks this one to stop ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _asking():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise KeyboardInterrupt for a while where the system asks the program to stop.

    A signal that the caller has ignored, as `nohup` does, or answers himself stays his.
    """
    if threading.current_thread() is not threading.main_thread():  # no other may be asked
        yield
        return
    answered = [number for number in _asking() if signal.getsignal(number) is signal.SIG_DFL]
    for number in answered:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in answered:
            signal.signal(number, signal.SIG_DFL)


def _asking() -> list[signal.Signals]:
    return [signal.Signals[name] for name in ASKING if hasattr(signal, name)]
