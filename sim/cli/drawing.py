"""The command that draws worlds for many scenarios and keeps how often each verdict holds in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.trying import tell_where

if TYPE_CHECKING:
    from sim.analysis.comparison import Comparison
    from sim.decide.recorded import Recorded
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared

RUNS = 4
"""Replications on the numbers used, beside which the worlds are told."""


def drawn(desk: Desk, scenarios: tuple[str, ...], count: int, seed: int, workers: int) -> list[str]:
    """Draw the worlds of some scenarios, of all where none is named, print and keep them; those left unfinished.

    Where something is tried they are not kept, for no file says so.
    """
    from sim.decide import recorded

    asked, wrong = desk.to_check(scenarios)
    tell_where(desk, asked)
    for error in wrong.values():
        click.echo(str(error), err=True)
    record = dict(recorded.recorded(desk.root))
    left = list(asked)
    for name, prepared in asked.items():
        try:
            found = _worlds(prepared, count, seed, workers)
        except KeyboardInterrupt:
            break
        left.remove(name)
        record[name] = recorded.of(found)
        _print(name, record[name])
    if desk.settings:
        return left
    known = {path.stem for path in desk.paths}
    click.echo(_told(recorded.keep(desk.root, {name: one for name, one in record.items() if name in known})))
    return left


def _worlds(prepared: Prepared, count: int, seed: int, workers: int) -> Comparison:
    from sim.analysis.compare import compare
    from sim.decide.worlds import with_worlds, worlds
    from sim.report.screen.progress import progress

    comparison = compare(prepared, seed=seed, runs=RUNS, workers=workers)
    with progress(prepared.scenario.name.zh) as tell:
        return with_worlds(comparison, worlds(comparison, count, workers, tell).targets)


def _print(name: str, found: Recorded) -> None:
    for key, one in found.targets.items():
        mark, told = " fragile" if one.fragile else "", one.found
        click.echo(f"{name} {key}: {told.low:.4g} to {told.high:.4g}, met in {told.share:.0%} of {len(told.met)}{mark}")


def _told(path: Path) -> str:
    return click.format_filename(path)
