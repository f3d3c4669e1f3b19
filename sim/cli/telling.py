"""In which language the commands tell what is wrong, what is to be noted, and what they are for."""

from __future__ import annotations

import os
from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar

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


class Told(click.Command):
    """A command whose help is in the language of the environment; it is looked up when somebody asks for it."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        told = _told(self)
        told.params = [_told(parameter) for parameter in self.params]
        super(Told, told).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The help in one line, for a list of commands."""
        return super(Told, _told(self)).get_short_help_str(limit)


_Helped = TypeVar("_Helped", bound=click.Command | click.Parameter)


def _told(one: _Helped) -> _Helped:
    """A command or a parameter like one, with its help in the language of the environment."""
    found = copy(one)
    if isinstance(found, click.Command | click.Option) and found.help and spoken().startswith("zh"):
        from sim.report.messages import help_text

        found.help = help_text(found.help)
    return found
