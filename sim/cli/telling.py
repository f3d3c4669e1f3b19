"""In which language the commands tell what is wrong, what is to be noted, and what they are for."""

from __future__ import annotations

import os
import re
import sys
from copy import copy
from gettext import gettext
from typing import TYPE_CHECKING, TypeVar

import click

from sim.core.errors import PlannerError

if TYPE_CHECKING:
    from sim.report.words import Lang

_LANG = re.compile(r"\0--lang[=\0](zh|en)(?=\0|$)")
"""The language that is asked for, among the words of a command line."""


def tongue() -> Lang:
    """The language that was asked for, else that of the environment: Chinese where it is, English elsewhere."""
    return _asked() or ("zh" if spoken().startswith("zh") else "en")


def language() -> Lang:
    """The language of screens and pages: as asked for, else English where the environment is, else Chinese."""
    return _asked() or ("en" if spoken().startswith("en") else "zh")


def _asked() -> Lang | None:
    """The language on the command line, which is looked for before it is understood: it may be wrong elsewhere."""
    found = _LANG.findall("\0".join(sys.argv))
    return ("zh" if found[-1] == "zh" else "en") if found else None


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
