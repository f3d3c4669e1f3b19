"""The command that draws worlds for many scenarios and keeps how often each verdict holds in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import WRONG_FILE, finished, stopped, tell_wrong
from sim.cli.trying import tell_where

if TYPE_CHECKING:
    from sim.analysis.comparison import Comparison
    from sim.decide.recorded import Recorded
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared

RUNS = 4
"""Replications on the numbers used, beside which the worlds are told."""


def drawn(desk: Desk, scenarios: tuple[str, ...], count: int, seed: int, workers: int) -> int:
    """Draw the worlds of some scenarios, of all where none is named, print and keep them; the exit code.

    Where something is tried they are not kept, for no file says so.
    """
    from sim.core.doors import Door, try_doors
    from sim.core.errors import PlannerError
    from sim.decide import recorded

    if not desk.settings:
        try_doors(Door("worlds", desk.root, (recorded.FILE.as_posix(),), "name another folder with --root"))
    asked, wrong = desk.to_check(scenarios)
    tell_where(desk, asked)
    tell_wrong(desk, wrong.values())
    record, left = dict(recorded.recorded(desk.root)), list(asked)
    for name, prepared in asked.items():
        try:
            record[name] = recorded.of(_worlds(prepared, count, seed, workers))
        except KeyboardInterrupt:
            break
        except PlannerError as error:
            wrong[name] = error
            tell_wrong(desk, [error])
        else:
            _print(name, record[name])
        left.remove(name)
    if len(left) < len(asked) and not desk.settings:
        known = {path.stem for path in desk.paths}
        click.echo(_told(recorded.keep(desk.root, {name: one for name, one in record.items() if name in known})))
    return stopped(left) if left else WRONG_FILE if wrong else 0


def _worlds(prepared: Prepared, count: int, seed: int, workers: int) -> Comparison:
    from sim.analysis.compare import compare
    from sim.decide.worlds import with_worlds, worlds
    from sim.report.screen.progress import progress

    comparison = finished(compare(prepared, seed=seed, runs=RUNS, workers=workers))
    with progress(prepared.scenario.name.zh) as tell:
        return with_worlds(comparison, worlds(comparison, count, workers, tell).targets)


def _print(name: str, found: Recorded) -> None:
    for key, one in found.targets.items():
        mark, told = " fragile" if one.fragile else "", one.found
        click.echo(f"{name} {key}: {told.low:.4g} to {told.high:.4g}, met in {told.share:.0%} of {len(told.met)}{mark}")


def _told(path: Path) -> str:
    return click.format_filename(path)
