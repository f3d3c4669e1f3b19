"""In which language the commands tell what is wrong, what is to be noted, and what they are for."""

from __future__ import annotations

from copy import copy
from gettext import gettext
from typing import TypeVar

import click

from sim.core.errors import PlannerError
from sim.core.tongues import tongue


def tell(what: str | PlannerError, err: bool = True) -> None:
    """Print an error, a note or another message of the program in the language of who reads it."""
    from sim.report.spoken import in_tongue

    click.echo(in_tongue(what), err=err)


class Told(click.Command):
    """A command whose help is in the language of who reads it; it is looked up when somebody asks for it."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        told = _told(self)
        told.params = [_told(parameter) for parameter in self.params]
        super(Told, told).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The help in one line, for a list of commands."""
        return super(Told, _told(self)).get_short_help_str(limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, whose own help is Click's."""
        option = super().get_help_option(ctx)
        if option:
            option.help = gettext("Show this message and exit.")
        return option


_Helped = TypeVar("_Helped", bound=click.Command | click.Parameter)


def _told(one: _Helped) -> _Helped:
    """A command or a parameter like one, with its help in the language of who reads it."""
    found = copy(one)
    if isinstance(found, click.Command | click.Option) and tongue() == "zh":
        from sim.report.messages import help_text

        found.help = help_text(found.help) if found.help else found.help
        if isinstance(found, click.Option) and isinstance(found.show_default, str):
            found.show_default = help_text(found.show_default)
    return found
