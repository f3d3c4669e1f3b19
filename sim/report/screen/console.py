"""The one door to the screen: what is printed is printed as it is written, and styled in pieces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from sim.core.progress import Tell

Piece = str | Text | tuple[str, str]
"""A part of a text: plain, or with its style."""


def console(file: IO[str] | None = None, width: int | None = None) -> Console:
    """The screen; where its width is not known, wide enough for a table with five variants.

    No text of a planner is read as a style, a picture or a number to colour.
    """
    known = width or (None if (file or sys.stdout).isatty() else 120)
    return Console(file=file, width=known, markup=False, emoji=False, highlight=False)


def styled(*pieces: Piece) -> Text:
    """A text of pieces with styles."""
    return Text.assemble(*pieces)


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """A progress bar on a terminal, silence elsewhere."""
    columns = (
        TextColumn("{task.description}", style="progress.description", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    hidden = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task(title)
        yield lambda done, most: bar.update(task, completed=done, total=most)
