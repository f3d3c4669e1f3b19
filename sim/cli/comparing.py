"""A comparison from the question to the page: played, written, printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.analysis.answers import Doubts
    from sim.analysis.comparison import Comparison
    from sim.report.words import Lang
    from sim.scenario.prepared import Prepared


def compared(prepared: Prepared, runs: int | None, seed: int, workers: int, out: Path, lang: Lang,
             doubted: bool = False, worlds: int | None = 0) -> bool:  # fmt: skip
    """Compare a scenario, write and print what was found; whether it was finished."""
    from sim.analysis.compare import compare as run
    from sim.analysis.remedy import remedies
    from sim.report.output import report
    from sim.report.screen.console import console, progress
    from sim.report.screen.doubted import print_doubts
    from sim.report.screen.printed import print_comparison

    try:
        with progress(getattr(prepared.scenario.name, lang)) as tell:
            comparison = run(prepared, seed=seed, runs=runs, workers=workers, progress=tell)
    except KeyboardInterrupt:
        return False
    needed, moved, stopped = {}, None, comparison.interrupted
    try:
        comparison = in_worlds(comparison, worlds, workers, lang) if not stopped else comparison
        needed = remedies(comparison)
        moved = doubted_by(comparison, workers, lang) if doubted and not stopped else None
    except KeyboardInterrupt:
        stopped = True
    page = report(comparison, out, lang=lang, remedies=needed, doubted=moved)
    print_comparison(console(), comparison, needed, lang)
    if moved:
        print_doubts(console(), comparison, moved, lang)
    click.echo(click.format_filename(page))
    return not stopped


def in_worlds(comparison: Comparison, count: int | None, workers: int, lang: Lang) -> Comparison:
    """The comparison with its targets in so many worlds that the assumptions allow, with a bar for as long."""
    from sim.decide.worlds import WORLDS, with_worlds, worlds
    from sim.report.screen.console import progress

    if count == 0 or not comparison.targets or comparison.prepared.origin is None:
        return comparison
    with progress(getattr(comparison.prepared.scenario.name, lang)) as tell:
        return with_worlds(comparison, worlds(comparison, WORLDS if count is None else count, workers, tell))


def doubted_by(comparison: Comparison, workers: int, lang: Lang) -> Doubts:
    """What the assumptions do to the targets, with a bar for as long as they are moved."""
    from sim.analysis.sensitivity import doubts
    from sim.report.screen.console import progress

    with progress(getattr(comparison.prepared.scenario.name, lang)) as tell:
        return doubts(comparison, workers, tell)
