"""A comparison from the question to the page: played, written, printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.core.phases import phase

if TYPE_CHECKING:
    from sim.analysis.answers import Doubts, Remedy
    from sim.analysis.comparison import Comparison
    from sim.decide.attributed import Attribution
    from sim.report.words import Lang
    from sim.scenario.prepared import Prepared


def compared(prepared: Prepared, runs: int | None, seed: int, workers: int, lang: Lang, root: Path, out: Path,
             doubted: bool = False, worlds: int | None = None) -> bool:  # fmt: skip
    """Compare a scenario of the library under a root, write and print what was found; whether it was finished."""
    from sim.core.roots import reports_folder
    from sim.report.output import report
    from sim.report.page.runs import write_runs
    from sim.report.screen.progress import progress

    title, reports = getattr(prepared.scenario.name, lang), reports_folder(root)
    answer = answered(prepared, runs, seed, workers, lang, root, worlds, doubted)
    if answer is None:
        return False
    comparison, needed, moved = answer.comparison, answer.remedies, answer.moved
    with progress(title) as tell:
        page = report(comparison, out, lang=lang, remedies=needed, doubted=moved, bought=answer.bought, workers=workers,
                      tell=tell)  # fmt: skip
    if out.parent == reports:
        write_runs(reports, lang)
    _print(comparison, needed, moved, lang)
    click.echo(click.format_filename(page))
    return not answer.stopped


@dataclass(frozen=True)
class Answer:
    """What was found of a scenario: all that was asked for, or what was finished when it was stopped."""

    comparison: Comparison
    remedies: dict[str, Remedy]
    moved: Doubts | None
    bought: Attribution | None
    """What each part of the answer buys; None where that was not shared out."""
    stopped: bool


def answered(prepared: Prepared, runs: int | None, seed: int, workers: int, lang: Lang, root: Path,
             worlds: int | None = None, doubted: bool = False) -> Answer | None:  # fmt: skip
    """What is found of a scenario of the library under a root; None where it was stopped before there was anything."""
    from sim.decide.beside import Beside, beside
    from sim.report.screen.progress import progress

    comparison = _played(prepared, runs, seed, workers, lang)
    if comparison is None:
        return None
    found, moved, stopped = Beside(None, {}), None, comparison.interrupted
    try:
        comparison = in_worlds(comparison, worlds, workers, lang, root) if not stopped else comparison
        with progress(getattr(prepared.scenario.name, lang)) as tell:
            for so_far in beside(comparison, workers, tell):
                found = so_far
        moved = doubted_by(comparison, workers, lang) if doubted and not stopped else None
    except KeyboardInterrupt:
        stopped = True
    return Answer(comparison, found.remedies, moved, found.bought, stopped)


def glanced(prepared: Prepared, runs: int | None, seed: int, workers: int, lang: Lang, root: Path,
            doubted: bool = False, worlds: int | None = None) -> bool:  # fmt: skip
    """Compare a scenario and print table and verdicts, nothing else; whether it was finished.

    Where no number of replications is asked for it is the fewest of the scenario, looked at once.
    """
    comparison = _played(prepared, runs or prepared.scenario.runs.least, seed, workers, lang, glance=True)
    if comparison is None:
        return False
    moved, stopped = None, comparison.interrupted
    try:
        comparison = in_worlds(comparison, worlds, workers, lang, root, 0) if not stopped else comparison
        moved = doubted_by(comparison, workers, lang) if doubted and not stopped else None
    except KeyboardInterrupt:
        stopped = True
    _print(comparison, {}, moved, lang)
    return not stopped


def _played(prepared: Prepared, runs: int | None, seed: int, workers: int, lang: Lang,
            glance: bool = False) -> Comparison | None:  # fmt: skip
    """The comparison of a scenario, with a bar; None where it was stopped before there was one.

    SimPy plays it; where a verdict takes so many replications that it is worth it, the compiled player goes on.
    """
    from sim.analysis.compare import compare as run
    from sim.analysis.depth import Depth
    from sim.report.screen.progress import progress

    depth = Depth.GLANCE if glance else Depth.COURSES
    try:
        with progress(getattr(prepared.scenario.name, lang)) as tell:
            return run(prepared, seed=seed, runs=runs, workers=workers, progress=tell, often=True, depth=depth,
                       meanwhile=_load_screen if glance else _load_report)  # fmt: skip
    except KeyboardInterrupt:
        return None


def _load_screen() -> None:
    """Load what prints an answer."""
    import sim.report.screen.console
    import sim.report.screen.doubted
    import sim.report.screen.printed  # noqa: F401


def _load_report() -> None:
    """Load what prints, writes and draws it; the processes that draw are copies of this one and have it then."""
    import sim.report.charts.drawing
    import sim.report.output  # noqa: F401

    _load_screen()


def _print(comparison: Comparison, needed: dict[str, Remedy], moved: Doubts | None, lang: Lang) -> None:
    from sim.report.screen.console import console
    from sim.report.screen.doubted import print_doubts
    from sim.report.screen.printed import print_comparison

    with phase("screen"):
        print_comparison(console(), comparison, needed, lang)
        if moved:
            print_doubts(console(), comparison, moved, lang)


def in_worlds(comparison: Comparison, count: int | None, workers: int, lang: Lang, root: Path,
              otherwise: int | None = None) -> Comparison:  # fmt: skip
    """The comparison with its targets in so many worlds that the assumptions allow, with a bar for as long.

    Where no number is asked for, those on record are told again, if they are of the same scenario; so many are drawn
    `otherwise`.
    """
    from sim.decide.recorded import known, recorded
    from sim.decide.worlds import WORLDS, with_worlds, worlds
    from sim.report.screen.progress import progress

    if count == 0 or not comparison.targets or comparison.prepared.origin is None:
        return comparison
    before = known(recorded(root), comparison.prepared) if count is None else None
    if before:
        return with_worlds(comparison, {key: holding.found for key, holding in before.targets.items()})
    asked = next(n for n in (count, otherwise, WORLDS) if n is not None)
    if not asked:
        return comparison
    with phase("worlds"), progress(getattr(comparison.prepared.scenario.name, lang)) as tell:
        drawn = worlds(comparison, asked, workers, tell)
        return with_worlds(comparison, drawn.targets)


def doubted_by(comparison: Comparison, workers: int, lang: Lang) -> Doubts:
    """What the assumptions do to the targets, with a bar for as long as they are moved."""
    from sim.analysis.sensitivity import doubts
    from sim.report.screen.progress import progress

    with progress(getattr(comparison.prepared.scenario.name, lang)) as tell:
        return doubts(comparison, workers, tell)
