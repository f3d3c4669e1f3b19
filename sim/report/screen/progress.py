"""How far long work is: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from sim.core.progress import Lines, Tell
from sim.core.tongues import tongue
from sim.report.spoken import in_tongue


@contextmanager
def progress(title: str, since: float | None = None) -> Iterator[Tell]:
    """A bar on a terminal, elsewhere a line now and then, with how long the rest will take.

    It is told in the language of who reads. `since` is the moment (monotonic seconds) when the whole began of which
    this is a part.
    """
    begun = monotonic() if since is None else since
    if not sys.stderr.isatty():
        yield Lines(title, lambda line: sys.stderr.write(_told(line) + "\n"), begun)
        return
    from sim.report.screen.console import bar

    with bar(title, begun) as tell:
        yield tell


def _told(line: str) -> str:
    """A line in that language: the title, and after it how far the work is."""
    title, _, far = line.rpartition(": ")
    return f"{title}{'：' if tongue() == 'zh' else ': '}{in_tongue(far)}"
