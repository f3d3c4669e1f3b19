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
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(title, left="")

        def tell(done: int, most: int) -> None:
            drawn.update(task, completed=done, total=most, left=in_tongue(left(monotonic() - begun, done, most)))

        yield tell
