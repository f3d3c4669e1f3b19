"""The screen itself, and a bar on it for as long as something is played."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from sim.core.progress import Tell


def console() -> Console:
    """The screen; where its width is not known, wide enough for a table with five variants."""
    return Console(width=None if sys.stdout.isatty() else 120)


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """A progress bar on a terminal, silence elsewhere."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title)
        yield lambda done, most: bar.update(task, completed=done, total=most)
