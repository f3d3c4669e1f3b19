"""Commands that work on a library: each is given the desk of its root, and tells at the end what it has to note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import timings_option
from sim.cli.telling import Told, tell
from sim.core import phases, roots
from sim.core.errors import PlannerError

if TYPE_CHECKING:
    from sim.analysis.comparison import Comparison
    from sim.scenario.desk import Desk

_BEGUN = perf_counter()
MISSED, WRONG_FILE, BUG, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: a target missed or undecided, a file is wrong, our own bug, stopped by the user."""


class Commands(Told, click.Group):
    """Commands, any of which may be stopped by the user without an answer of its own."""

    command_class = Told

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for; the exit code, also where it is stopped or a planner's file is wrong."""
        try:
            return super().invoke(ctx)
        except PlannerError as error:
            tell(error)
            return WRONG_FILE
        except KeyboardInterrupt:
            return stopped([ctx.invoked_subcommand or "the headline scenarios"])


def with_desk(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command that is given its desk, which is loaded when it runs and not for its help."""

    @timings_option
    @click.pass_obj
    @wraps(command)
    def wrapped(root: Path | None, *words: Any, **options: Any) -> int | None:
        from sim.scenario.desk import Desk

        timings, desk = options.pop("timings"), Desk(roots.library_root(root))
        phases.begin()
        try:
            code = command(desk, *words, **options)
        finally:
            if timings:
                click.echo(phases.table(perf_counter() - _BEGUN), err=True)
        for note in desk.notes:
            tell(f"note: {note}")
        return code

    return wrapped


def finished(comparison: Comparison) -> Comparison:
    """The comparison, for what rests on all of it; KeyboardInterrupt where the user stopped it half-way."""
    if comparison.interrupted:
        raise KeyboardInterrupt
    return comparison


def tell_wrong(desk: Desk, errors: Iterable[PlannerError]) -> None:
    """Print what is wrong with files while others are run."""
    for error in errors:
        desk.told(error)
        tell(error)


def stopped(unfinished: Iterable[str]) -> int:
    """Print what the user left unfinished; the exit code for it."""
    tell(f"stopped; unfinished: {', '.join(unfinished)}")
    return INTERRUPTED
