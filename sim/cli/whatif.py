"""The command that opens a page to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import with_desk
from sim.cli.options import PLACE, lang_option, seed_option, workers_option
from sim.cli.telling import Told
from sim.cli.trying import tries

if TYPE_CHECKING:
    from sim.report.words import Lang
    from sim.scenario.desk import Desk


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; a free one when left out.")
@click.option("--no-browser", is_flag=True, help="Only print the address; open nothing.")
@click.option("--out", type=PLACE, help="Folder for what is saved; reports/SCENARIO when left out.")
@seed_option
@workers_option
@lang_option
@with_desk
@tries
def whatif(desk: Desk, scenario: str, port: int, no_browser: bool, out: Path | None, seed: int, workers: int,
           lang: Lang) -> None:  # fmt: skip
    """Open a page on which anything of a SCENARIO may be moved, and the answer follows; Ctrl-C ends it.

    It listens on this machine only, behind a token in its address. Nothing is written but what is saved there.
    """
    import secrets
    import webbrowser
    from dataclasses import replace

    from sim.core.doors import try_doors
    from sim.report.words import say
    from sim.whatif.asked import Asked
    from sim.whatif.saved import file_name
    from sim.whatif.server import address, server

    prepared = desk.prepare(scenario)
    door = replace(desk.door(out, prepared.scenario.id, (file_name(prepared.scenario.id),)), spec=True)
    try_doors(door)
    token = secrets.token_urlsafe(16)
    asked = Asked(desk.path(scenario), desk.library, lang, seed, workers)
    serving = server(asked, token, door.path, port)
    here = address(serving, token, desk.settings)
    click.echo(say(lang, "whatif_open", address=here))
    if not no_browser:
        webbrowser.open_new_tab(here)
    with serving:
        serving.serve_forever()
