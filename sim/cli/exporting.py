"""The command that hands over what was found: as a workbook, a text to be edited, a page of a merge request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import stopped, with_desk
from sim.cli.comparing import answered
from sim.cli.options import lang_option, report_option, runs_option, seed_option, worlds_option
from sim.cli.playing import plays
from sim.cli.telling import Told
from sim.cli.trying import tries
from sim.export.formats import FORMATS, Found

if TYPE_CHECKING:
    from sim.report.words import Lang
    from sim.scenario.desk import Desk


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--to", "formats", multiple=True, required=True, type=click.Choice([*FORMATS]),
              help="Format of a file; several times for several.")  # fmt: skip
@runs_option
@seed_option
@plays
@report_option
@worlds_option
@lang_option
@with_desk
@tries
def export(desk: Desk, scenario: str, formats: tuple[str, ...], runs: int | None, seed: int, workers: int,
           out: Path | None, worlds: int | None, lang: Lang) -> int:  # fmt: skip
    """Compare a SCENARIO and hand over what is found as files for the office.

    xlsx is a workbook with tables, charts and the source of each number, docx a report to be edited, pptx slides, md a
    text for a merge request, pdf the page as a browser prints it.
    """
    from sim.core.doors import try_doors
    from sim.core.files import write_whole
    from sim.core.phases import phase
    from sim.export.report import drawing
    from sim.report.page.context import Context

    if "pdf" in formats:
        from sim.export.printed import browser

        browser()
    prepared = desk.prepare(scenario)
    name = prepared.scenario.id
    files = {ending: f"{name}.{ending}" for ending in dict.fromkeys(formats)}
    door = desk.door(out, name, (*files.values(),))
    try_doors(door)
    answer = answered(prepared, runs, seed, workers, lang, desk.root, worlds)
    if answer is None:
        return stopped([name])
    found = Found(Context(answer.comparison, lang), answer.remedies, drawing(answer.comparison, lang), answer.bought)
    for ending, file in files.items():
        with phase("files"):
            content = FORMATS[ending](found)
        click.echo(click.format_filename(write_whole(door.path / file, content)))
    return stopped([name]) if answer.stopped else 0
