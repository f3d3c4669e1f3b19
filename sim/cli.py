"""The commands; heavy imports stand inside the commands that use them, so that --help is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.core import roots

if TYPE_CHECKING:
    from rich.console import Console

    from sim.analysis.comparison import Comparison
    from sim.analysis.remedy import Remedy
    from sim.report.charts.style import Lang
    from sim.scenario.library import Library
    from sim.scenario.prepared import Prepared

MISSED, WRONG_FILE, BUG, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: a target missed or undecided, a file is wrong, our own bug, stopped by the user."""


def main() -> None:
    """Run the command line; ends the process with the exit code that DESIGN gives each outcome."""
    from sim.core.errors import PlannerError

    try:
        code = commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        code = WRONG_FILE
    except PlannerError as error:
        click.echo(str(error), err=True)
        code = WRONG_FILE
    except BrokenPipeError:
        os._exit(0)  # the reader has what it wanted; nothing is left to flush
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("This is a fault of the simulator, not of your files; please report the text above.", err=True)
        code = BUG
    sys.exit(code or 0)


@click.group(invoke_without_command=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), show_default="this folder, else the project",
              help="Folder with processes/ and scenarios/.")  # fmt: skip
@click.pass_context
def commands(context: click.Context, root: Path | None) -> int | None:
    """Simulate government services before they are reformed.

    Without a command: compare the headline scenarios before and after their reforms, print the table, and
    write charts and a page for each under reports/.
    """
    context.obj = Desk(roots.library_root(root))
    return _headlines(context.obj) if context.invoked_subcommand is None else None


def _headlines(desk: Desk) -> int:
    for path in desk.scenarios(headline=True):
        _compare(desk, path, None, 1, _cores(), desk.reports / path.stem, "zh")
    return 0


@commands.command("list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List processes, scenarios, reforms and measures, a line each."""
    from sim.report.screen.listing import listing

    click.echo(listing(desk.library, desk.paths()))


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def validate(desk: Desk, paths: tuple[Path, ...]) -> int:
    """Check files and print every fault; the whole library and all scenarios when no PATH is given."""
    from sim.scenario.validation import faults_and_notes

    faults, notes = faults_and_notes(desk.root, paths)
    for note in notes:
        click.echo(f"note: {note}")
    for fault in faults:
        click.echo(str(fault), err=True)
    if not faults:
        click.echo("no faults")
    return WRONG_FILE if faults else 0


@commands.command()
@click.argument("process")
@click.option("--after", "scenario", help="Scenario whose reforms are applied; the diff is printed.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the map; reports/PROCESS when left out.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def show(desk: Desk, process: str, scenario: str | None, out: Path | None, lang: Lang) -> None:
    """Show a PROCESS: its steps in order, the critical path marked, and the diff a scenario makes."""
    from sim.report.screen.shown import show_process

    prepared = desk.prepare(desk.path(scenario)) if scenario else None
    show_process(desk.library, process, prepared, out or desk.reports / process, lang)


@commands.command()
@click.argument("scenario")
@click.option("--runs", type=click.IntRange(min=2), help="Replications; as many as the verdicts need when left out.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the random numbers.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one per core when left out.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write; reports/SCENARIO when left out.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def compare(desk: Desk, scenario: str, runs: int | None, seed: int, workers: int | None, out: Path | None,
            lang: Lang) -> int:  # fmt: skip
    """Compare a SCENARIO before and after its reforms; write results.json, cases.csv, charts and a page."""
    path = desk.path(scenario)
    return _compare(desk, path, runs, seed, workers or _cores(), out or desk.reports / path.stem, lang)


@commands.command()
@click.argument("scenarios", nargs=-1)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the random numbers.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one per core when left out.")
@click.option("--junit", type=click.Path(path_type=Path), help="File for the verdicts in JUnit form.")
@click.pass_obj
def check(desk: Desk, scenarios: tuple[str, ...], seed: int, workers: int | None, junit: Path | None) -> int:
    """Check the verdicts of SCENARIOS, of all when none is named.

    Exit code 0: every verdict is as wanted (a recorded miss that holds is), 1: one is not, 2: a file is
    wrong, 3: the simulator has a fault.
    """
    from sim.analysis.verdicts import check_scenarios
    from sim.core.files import write_whole
    from sim.report.junit import junit_xml
    from sim.report.screen.verdicts import lines

    paths = [desk.path(s) for s in scenarios] or desk.scenarios()
    verdicts = check_scenarios([desk.prepare(p) for p in paths], seed, workers or _cores(), _progress)
    for line in lines(verdicts):
        click.echo(line)
    if junit:
        write_whole(junit, junit_xml(verdicts))
    return 0 if verdicts.as_wanted else MISSED


@commands.command()
@click.option("--json", "file", type=click.Path(path_type=Path), help="File for the rows.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the random numbers.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one per core when left out.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def scoreboard(desk: Desk, file: Path | None, seed: int, workers: int | None, lang: Lang) -> None:
    """Hold every published figure against the model, one row each, misses and all."""
    from sim.analysis.compare import compare as run
    from sim.analysis.scoreboard import rows, scoreboard_json
    from sim.core.files import write_whole
    from sim.report.screen.printed import print_scoreboard

    prepared = [p for p in map(desk.prepare, desk.scenarios()) if p.scenario.targets]
    comparisons = []
    for scenario in prepared:
        with _progress(getattr(scenario.scenario.name, lang)) as progress:
            comparisons.append(run(scenario, seed=seed, workers=workers or _cores(), progress=progress))
    found = rows(comparisons)
    print_scoreboard(_console(), found, lang)
    if file:
        write_whole(file, scoreboard_json(found))


@commands.command()
@click.argument("scenario")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the random numbers.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one per core when left out.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def doubt(desk: Desk, scenario: str, seed: int, workers: int | None, lang: Lang) -> None:
    """Doubt a SCENARIO: move every assumption to both ends of its range and tell which verdicts turn."""
    from sim.analysis.compare import compare as run
    from sim.analysis.sensitivity import REPLICATIONS, effects
    from sim.report.screen.printed import print_effects

    prepared = desk.prepare(desk.path(scenario))
    comparison = run(prepared, seed=seed, runs=REPLICATIONS, workers=1)
    with _progress(getattr(prepared.scenario.name, lang)) as progress:
        found = effects(comparison, workers or _cores(), progress)
    print_effects(_console(), comparison, found, lang)


@commands.command()
@click.pass_obj
def generate(desk: Desk) -> None:
    """Write the JSON Schemas and the reference page from the spec language."""
    from sim.report.generated import write_generated

    for path in write_generated(desk.root):
        click.echo(path.relative_to(desk.root))


class Desk:
    """Where the commands work: the library and the scenarios under a root, read when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reports = roots.reports_folder(root)

    @cached_property
    def library(self) -> Library:
        """Everything under processes/; raises SpecError with every fault."""
        from sim.scenario.load import load_library

        return load_library(self.root)

    def paths(self) -> list[Path]:
        """The files of all scenarios."""
        from sim.scenario.load import scenario_paths

        return scenario_paths(self.root)

    def path(self, name: str) -> Path:
        """The file of a scenario, given by its id or as a path."""
        from sim.core.errors import unknown

        if name.endswith(".yaml"):
            return Path(name)
        known = {path.stem: path for path in self.paths()}
        if name not in known:
            raise click.UsageError(unknown("scenario", name, known))
        return known[name]

    def scenarios(self, headline: bool = False) -> list[Path]:
        """The files of all scenarios, or of those that the bare command runs."""
        from sim.scenario.load import load_scenario

        return [p for p in self.paths() if not headline or load_scenario(p, self.library).model.headline]

    def prepare(self, path: Path) -> Prepared:
        """A scenario ready to run; raises SpecError with every fault."""
        from sim.scenario.load import load_scenario
        from sim.scenario.prepare import prepare

        return prepare(load_scenario(path, self.library), self.library)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _compare(desk: Desk, path: Path, runs: int | None, seed: int, workers: int, out: Path, lang: Lang) -> int:
    from sim.analysis.compare import compare as run
    from sim.analysis.remedy import remedies
    from sim.report.screen.printed import print_comparison

    prepared = desk.prepare(path)
    with _progress(getattr(prepared.scenario.name, lang)) as progress:
        comparison = run(prepared, seed=seed, runs=runs, workers=workers, progress=progress)
    needed = remedies(comparison)
    print_comparison(_console(), comparison, needed, lang)
    _write(comparison, needed, out, lang)
    click.echo(str(out / "index.html"))
    return INTERRUPTED if comparison.interrupted else 0


def _write(comparison: Comparison, needed: dict[str, Remedy], out: Path, lang: Lang) -> None:
    from sim.core.files import write_whole
    from sim.report.charts import register as charts
    from sim.report.page import page as report
    from sim.report.results import cases_csv, results_json

    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / "results.json", results_json(comparison, needed))
    write_whole(out / "cases.csv", cases_csv(comparison))
    drawn = {p: charts.save(charts.draw(comparison, p, lang), out / p) for p in comparison.prepared.scenario.demand}
    report.write(comparison, needed, drawn, out, lang)


def _console() -> Console:
    """The screen; where its width is not known, wide enough for a table with five variants."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, silence elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title)
        yield lambda done, most: bar.update(task, completed=done, total=most)
