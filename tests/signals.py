"""Signals that a command hears, wherever the tests are started: what runs behind a shell has some of them ignored."""

from __future__ import annotations

import signal


def heard() -> None:
    """Let this process, before it becomes the command, be ended by whoever wants to end it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
