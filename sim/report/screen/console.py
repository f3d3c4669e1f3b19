"""The one door to the screen: what is printed is printed as it is written, and styled in pieces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from sim.core.progress import Tell, left
from sim.report.screen.fitting import fitted
from sim.report.spoken import in_tongue

BETWEEN = 0.1
"""Seconds between two pictures of a bar."""
Piece = str | Text | tuple[str, str]
"""A part of a text: plain, or with its style."""


class _Screen(Console):
    """A screen on which every table fits."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts and tables; one too wide for the screen row by row."""
        super().print(*(fitted(one, self.width) if isinstance(one, Table) else one for one in objects), **options)


def console(file: IO[str] | None = None, width: int | None = None) -> Console:
    """The screen; where its width is not known, wide enough for a table with five variants.

    No text of a planner is read as a style, a picture or a number to colour.
    """
    known = width or (None if (file or sys.stdout).isatty() else 120)
    return _Screen(file=file, width=known, markup=False, emoji=False, highlight=False)


def styled(*pieces: Piece) -> Text:
    """A text of pieces with styles."""
    return Text.assemble(*pieces)


@contextmanager
def bar(title: str, begun: float) -> Iterator[Tell]:
    """A bar on the terminal of errors, with how long the rest will take of what began at a moment (monotonic)."""
    columns = (
        TextColumn("{task.description}", style="progress.description", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    # No thread draws it: of a process that has another one no copy can be made to do its work.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as drawn:
        task, shown = drawn.add_task(title, left=""), 0.0

        def tell(done: int, most: int) -> None:
            nonlocal shown
            now = monotonic()
            drawn.update(task, completed=done, total=most, left=in_tongue(left(now - begun, done, most)))
            if now - shown >= BETWEEN:
                shown = now
                drawn.refresh()

        drawn.refresh()

        yield tell
