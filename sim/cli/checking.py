"""The check of many scenarios: each verdict is told as soon as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import MISSED, WRONG_FILE, stopped, tell_wrong
from sim.cli.trying import tell_where

if TYPE_CHECKING:
    from sim.analysis.verdicts import Verdicts
    from sim.decide.recorded import Record, Recorded
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared


def _of_these_files(record: Record, asked: Mapping[str, Prepared], name: str) -> Recorded | None:
    """The worlds of a scenario that are on record for the files as they are now."""
    found = record.get(name)
    return found if found and found.inputs == asked[name].inputs else None


def checked(desk: Desk, scenarios: tuple[str, ...], seed: int, workers: int, verdicts: Verdicts) -> int:
    """Print each verdict as soon as it is known, and keep it."""
    from sim.analysis import several
    from sim.analysis.verdicts import STOPPED
    from sim.decide.recorded import recorded
    from sim.report.screen.progress import progress
    from sim.report.screen.verdicts import closing, fragile, lines

    record = recorded(desk.root)
    asked, wrong = desk.to_check(scenarios)
    tell_where(desk, asked)
    for name, error in wrong.items():
        verdicts.fail(name, error)
    tell_wrong(desk, wrong.values())
    with suppress(KeyboardInterrupt):  # what is not in the verdicts is unfinished
        for name in verdicts.gather(several.compare_all(asked, seed, workers, progress)):
            for line in lines(verdicts, name, _of_these_files(record, asked, name)):
                click.echo(line)
    if unfinished := [name for name in asked if name not in {*verdicts.by_scenario, *verdicts.failures}]:
        verdicts.failures |= dict.fromkeys(unfinished, STOPPED)
        return stopped(unfinished)
    click.echo(closing(verdicts))
    if told := fragile(verdicts, {name: _of_these_files(record, asked, name) for name in verdicts.by_scenario}):
        click.echo(told)
    return WRONG_FILE if verdicts.failures else 0 if verdicts.as_wanted else MISSED
