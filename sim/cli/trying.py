"""The commands by which a planner tries something, and the option by which every command does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sim.scenario.desk import Desk

set_option = click.option(
    "--set", "settings", multiple=True, metavar="ADDRESS=VALUE",
    help="Try something as if the files said so: after.告知承诺.uptake=0.6, demand.PROCESS.per_year*=1.3, "
    "place.DEPARTMENT.officers-=2; several times.",
)  # fmt: skip


def tries(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command, given its desk, that tries settings on what it prepares there, and tells them first."""

    @set_option
    @wraps(command)
    def wrapped(desk: Desk, *words: Any, settings: tuple[str, ...], **options: Any) -> int | None:
        desk.settings = settings
        for text in settings:
            click.echo(f"tried: --set {text}")
        return command(desk, *words, **options)

    return wrapped
