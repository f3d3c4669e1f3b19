"""In which language the commands tell what is wrong, what is to be noted, and what they are for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from sim.core.errors import PlannerError

if TYPE_CHECKING:
    from sim.report.words import Lang

_ASKED = "sim.lang"


def remember(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Remember the language that was asked for on the command line; the value as it is."""
    if parameter.name and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE:
        context.meta[_ASKED] = value
    return value


def tongue() -> Lang:
    """The language that was asked for, else that of the environment: Chinese where it is, English elsewhere."""
    context = click.get_current_context(silent=True)
    asked = context.meta.get(_ASKED) if context else None
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    return "zh" if spoken().startswith("zh") else "en"


def spoken() -> str:
    """The locale of the environment for messages."""
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")


def tell(what: str | PlannerError, err: bool = True) -> None:
    """Print an error, a note or another message of the program in the language of who reads it."""
    click.echo(in_tongue(what), err=err)


def in_tongue(what: str | PlannerError) -> str:
    """An error or another message in the language of who reads it."""
    if tongue() == "en":
        return str(what)
    from sim.report.messages import said, told

    return told(what, "zh") if isinstance(what, PlannerError) else said(what, "zh")


def translated(command: click.Command) -> click.Command:
    """A command whose help is in the language of the environment."""
    if not spoken().startswith("zh"):
        return command
    from sim.report.messages import help_text

    command.help = help_text(command.help) if command.help else command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = help_text(parameter.help)
    return command
