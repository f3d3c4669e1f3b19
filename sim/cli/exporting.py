"""The command that hands over what was found: as a workbook, a text to be edited, a page of a merge request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import PLAYING, stopped, with_desk
from sim.cli.comparing import answered
from sim.cli.options import PLACE, lang_option, seed_option
from sim.cli.playing import plays
from sim.cli.trying import tries
from sim.export.formats import FORMATS, Found

if TYPE_CHECKING:
    from sim.report.words import Lang
    from sim.scenario.desk import Desk


@click.command()
@click.argument("scenario")
@click.option("--to", "formats", multiple=True, required=True, type=click.Choice([*FORMATS]),
              help="Format of a file; several times for several.")  # fmt: skip
@click.option("--runs", type=click.IntRange(min=2), help="Replications; as many as the verdicts need when left out.")
@seed_option
@plays
@click.option("--out", type=PLACE, help="Folder to write; reports/SCENARIO when left out.")
@click.option(
    "--worlds",
    type=click.IntRange(min=0),
    help="Worlds drawn from the assumptions, 0 for none; when left out those on record, else 100.",
)
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
    from sim.core.workers import warm_up
    from sim.export.report import drawing
    from sim.report.page.context import Context

    if "pdf" in formats:
        from sim.export.printed import browser

        browser()
    warm_up(workers, *PLAYING)
    prepared = desk.prepare(scenario)
    name = prepared.scenario.id
    files = {ending: f"{name}.{ending}" for ending in dict.fromkeys(formats)}
    door = desk.door(out, name, (*files.values(),))
    try_doors(door)
    answer = answered(prepared, runs, seed, workers, lang, desk.root, worlds)
    if answer is None:
        return stopped([name])
    found = Found(Context(answer.comparison, lang), answer.remedies, drawing(answer.comparison, lang))
    for ending, file in files.items():
        with phase("files"):
            content = FORMATS[ending](found)
        click.echo(click.format_filename(write_whole(door.path / file, content)))
    return stopped([name]) if answer.stopped else 0
