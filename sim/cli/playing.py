"""Commands that play: on how many processes or on which cluster, and whether they go on where they were cut short."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sim.cli.at_desk import INTERRUPTED
from sim.cli.options import workers_option

if TYPE_CHECKING:
    from sim.core.finished import Finished

cluster_option = click.option("--cluster", metavar="ADDRESS", help="Dask cluster that plays, such as tcp://HOST:8786.")
resume_option = click.option(
    "--resume", is_flag=True, help="Go on where the same run was cut short; what was finished is not played again."
)
GO_ON = "what is finished is kept; the same with --resume goes on from there"


def kept(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command whose jobs are done where its options say, and kept until it comes to its end."""

    @wraps(command)
    def wrapped(*words: Any, cluster: str | None, resume: bool, **options: Any) -> int | None:
        from sim.core.jobs import at

        with at(cluster, resume) as finished:
            try:
                code = command(*words, **options)
            except KeyboardInterrupt:
                _tell(finished)
                raise
            if code == INTERRUPTED:
                _tell(finished)
            else:
                finished.forget()
        return code

    return wrapped


def plays(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command that plays, with the options for it."""
    return workers_option(cluster_option(resume_option(kept(command))))


def _tell(finished: Finished) -> None:
    """Keep what is finished, and print at the very end that it is, if anything is."""
    if finished.settle():
        from sim.report.spoken import in_tongue

        told = in_tongue(GO_ON)
        click.get_current_context().find_root().call_on_close(lambda: click.echo(told, err=True))
