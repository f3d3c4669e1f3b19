"""The commands by which a planner begins: what there is, and a file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import with_desk
from sim.cli.options import lang_option, tongue_option
from sim.cli.telling import Told
from sim.core.errors import PlannerError
from sim.core.tongues import tongue

if TYPE_CHECKING:
    from sim.report.screen.listing import Section
    from sim.report.words import Lang
    from sim.scenario.beginning import Beginning
    from sim.scenario.desk import Desk

KINDS = ("processes", "scenarios", "places", "departments", "materials", "sources", "reforms", "measures")
"""Of what there is a list."""


@click.command("list", cls=Told)
@click.argument("section", metavar="[WHAT]", required=False, type=click.Choice(KINDS))
@tongue_option
@with_desk
def list_(desk: Desk, section: Section | None) -> None:
    """List processes, scenarios, places, departments, materials, sources, reforms and measures, a line each.

    With WHAT only these, as `list places`.
    """
    from sim.report.screen.listing import listing

    scenarios = [spec.model for spec in desk.scenarios()] if section in (None, "scenarios") else []
    click.echo(listing(desk.library, scenarios, section, tongue()))


@click.command(cls=Told)
@click.argument("kind", type=click.Choice(["place", "process", "scenario"]))
@click.argument("name", metavar="ID")
@click.option("--group", default="drafts", show_default=True, help="Folder of a process below processes/.")
@click.option("--process", help="Process of a scenario; by its id, or else the first, when left out.")
@click.option(
    "--place", help="Place of a scenario, else the first; or that whose departments a new place has, else all's."
)
@click.option("--from", "drawing", type=click.Path(path_type=Path), metavar="FILE",
              help="BPMN 2.0 diagram that a new process begins with.")  # fmt: skip
@lang_option
@with_desk
def new(desk: Desk, kind: Beginning, name: str, group: str, process: str | None, place: str | None,
        drawing: Path | None, lang: Lang) -> None:  # fmt: skip
    """Write a new place, process or scenario ID to start from: commented, and valid as it stands.

    Asks nothing and overwrites nothing; its numbers are assumptions to be replaced by what has a source. With --from a
    process has the tasks, lanes, order, choices and returns of a BPMN diagram.
    """
    from sim.core.doors import Door, try_doors
    from sim.core.files import write_whole
    from sim.scenario.beginning import Asked, begun

    path, text = begun(kind, name, desk.library, Asked(group, process, place, lang))
    if drawing is not None:
        text = _drawn(desk, kind, name, drawing, lang)
    file = path.relative_to(desk.root).as_posix()
    try_doors(Door("new", desk.root, (file,), "name another folder with --root", spec=True))
    write_whole(path, text)
    click.echo(click.format_filename(path))
    click.echo(f"run.py validate {click.format_filename(path)}")


def _drawn(desk: Desk, kind: Beginning, name: str, drawing: Path, lang: Lang) -> str:
    """The text of a process that a diagram shows."""
    from sim.bpmn.reading import read
    from sim.bpmn.starting import started

    if kind != "process":
        raise PlannerError(f"--from: a diagram is the beginning of a process, not of a {kind}")
    return started(read(drawing), name, drawing.name, desk.library, lang)


BEGINNING = (list_, new)
