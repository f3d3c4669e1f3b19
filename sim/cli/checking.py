"""The check of many scenarios: each verdict is told as soon as it is known."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import MISSED, WRONG_FILE, stopped, tell_wrong
from sim.cli.trying import tell_where
from sim.core.tongues import tongue

if TYPE_CHECKING:
    from sim.analysis.verdicts import Verdicts
    from sim.scenario.desk import Desk


def checked(desk: Desk, scenarios: tuple[str, ...], seed: int, workers: int, verdicts: Verdicts) -> int:
    """Print each verdict as soon as it is known, and keep it."""
    from sim.analysis import several
    from sim.analysis.verdicts import STOPPED
    from sim.decide.recorded import known, recorded
    from sim.report.screen.progress import progress
    from sim.report.screen.verdicts import closing, fragile, lines

    lang = tongue()
    asked, wrong = desk.to_check(scenarios)
    record = recorded(desk.root)
    worlds = {name: known(record, prepared) for name, prepared in asked.items()}
    tell_where(desk, asked)
    for name, error in wrong.items():
        verdicts.fail(name, error)
    tell_wrong(desk, wrong.values())
    with suppress(KeyboardInterrupt):  # what is not in the verdicts is unfinished
        for name in verdicts.gather(several.compare_all(asked, seed, workers, progress)):
            for line in lines(verdicts, name, worlds[name], lang):
                click.echo(line)
    if unfinished := [name for name in asked if name not in {*verdicts.by_scenario, *verdicts.failures}]:
        verdicts.failures |= dict.fromkeys(unfinished, STOPPED)
        return stopped(unfinished)
    click.echo(closing(verdicts, lang))
    if told := fragile(verdicts, {name: worlds[name] for name in verdicts.by_scenario}, lang):
        click.echo(told)
    return WRONG_FILE if verdicts.failures else 0 if verdicts.as_wanted else MISSED
