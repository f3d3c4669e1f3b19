"""The commands; heavy imports stand inside the commands that use them, so that --help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.comparing import compared, doubted_by
from sim.cli.learning import learn, records
from sim.cli.trying import TRYING, tries
from sim.core import roots

if TYPE_CHECKING:
    from sim.analysis.verdicts import Verdicts
    from sim.core.errors import PlannerError
    from sim.decide.recorded import Record, Recorded
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared

MISSED, WRONG_FILE, BUG, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: a target missed or undecided, a file is wrong, our own bug, stopped by the user."""


def main() -> None:
    """Run the command line; ends the process with the exit code that DESIGN gives each outcome."""
    from sim.core.screens import quiet_screens

    with quiet_screens() as screens:
        code = _run()
        failed = [failure for screen in screens if (failure := screen.failed())]
        if failed:
            click.echo(f"what is printed is lost: {failed[0].strerror}; what is written to files is there", err=True)
    sys.exit(code or (WRONG_FILE if failed else 0))


def _run() -> int:
    """Run the command and return its exit code."""
    from sim.core.errors import PlannerError

    try:
        code = commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = WRONG_FILE
    except PlannerError as error:
        click.echo(str(error), err=True)
        code = WRONG_FILE
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("This is a fault of the simulator, not of your files; please report the text above.", err=True)
        code = BUG
    return code or 0


class _Place(click.Path):
    """A file or a folder to write; one without a name is a slip, as of a shell whose variable is not set."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; raises PlannerError."""
        from sim.core.errors import PlannerError

        if value == "" and param:
            raise PlannerError(f"{param.opts[0]}: the name is empty; give one, or leave {param.opts[0]} out")
        return super().convert(value, param, ctx)


PLACE = _Place(path_type=Path)
seed_option = click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True,
                           help="Seed of the random numbers.")  # fmt: skip
workers_option = click.option("--workers", type=click.IntRange(min=1), default=lambda: _cores(), help="Processes.",
                              show_default="one per core")  # fmt: skip
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)


@click.group(invoke_without_command=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), show_default="this folder, else the project",
              help="Folder with processes/ and scenarios/.")  # fmt: skip
@click.pass_context
def commands(context: click.Context, root: Path | None) -> int | None:
    """Simulate government services before they are reformed.

    Without a command: compare the headline scenarios before and after their reforms, print the table, and
    write charts and a page for each under reports/.
    """
    context.obj = root
    return headlines() if context.invoked_subcommand is None else None


for command in (learn, records, *TRYING):
    commands.add_command(command)


def with_desk(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command that is given its desk, which is loaded when it runs and not for its help."""

    @click.pass_obj
    @wraps(command)
    def wrapped(root: Path | None, *words: Any, **options: Any) -> int | None:
        from sim.scenario.desk import Desk

        desk = Desk(roots.library_root(root))
        code = command(desk, *words, **options)
        for note in desk.notes:
            click.echo(f"note: {note}", err=True)
        return code

    return wrapped


@with_desk
def headlines(desk: Desk) -> int:
    """Compare the headline scenarios and write their reports."""
    from sim.core.doors import try_doors
    from sim.core.errors import PlannerError
    from sim.report.output import report_files

    ready, faulty = desk.ready(desk.paths, lambda scenario: scenario.headline)
    wrong = {name: error for name, error in faulty.items() if desk.headline(name)}
    for name in faulty.keys() - wrong.keys():
        desk.note(faulty[name])
    try_doors(*(desk.door(None, name, report_files(prepared.scenario)) for name, prepared in ready.items()))
    _tell(desk, wrong.values())
    waiting = list(ready)
    for name, prepared in ready.items():
        try:
            if not compared(prepared, None, 1, _cores(), desk.reports / name, "zh"):
                return _stopped(waiting)
        except PlannerError as error:
            wrong[name] = error
            _tell(desk, [error])
        waiting.remove(name)
    return WRONG_FILE if wrong else 0


@commands.command("list")
@with_desk
def list_(desk: Desk) -> None:
    """List processes, scenarios, places, departments, materials, sources, reforms and measures, a line each."""
    from sim.report.screen.listing import listing

    click.echo(listing(desk.library, [spec.model for spec in desk.scenarios()]))


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@with_desk
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
@click.option("--out", type=PLACE, help="Folder for the map; reports/PROCESS when left out.")
@lang_option
@with_desk
@tries
def show(desk: Desk, process: str, scenario: str | None, out: Path | None, lang: Lang) -> None:
    """Show a PROCESS: its steps in order with slack, the critical paths marked, and the diff a scenario makes."""
    from sim.report.screen.shown import MAP_FILES, show_process

    prepared = desk.prepare(scenario) if scenario else None
    show_process(desk.library, process, prepared, desk.door(out, process, MAP_FILES), lang)


@commands.command()
@click.argument("scenario")
@click.option("--runs", type=click.IntRange(min=2), help="Replications; as many as the verdicts need when left out.")
@seed_option
@workers_option
@click.option("--out", type=PLACE, help="Folder to write; reports/SCENARIO when left out.")
@click.option("--doubt", "doubted", is_flag=True, help="Also move every assumption, as `doubt` does; told on the page.")
@click.option("--worlds", type=click.IntRange(min=0),
              help="Worlds drawn from the assumptions; 100 when left out, 0 draws none.")  # fmt: skip
@lang_option
@with_desk
@tries
def compare(desk: Desk, scenario: str, runs: int | None, seed: int, workers: int, out: Path | None, doubted: bool,
            worlds: int | None, lang: Lang) -> int:  # fmt: skip
    """Compare a SCENARIO before and after its reforms; write results.json, tables, charts and a page."""
    from sim.core.doors import try_doors
    from sim.report.output import report_files

    prepared = desk.prepare(scenario)
    door = desk.door(out, prepared.scenario.id, report_files(prepared.scenario))
    try_doors(door)
    done = compared(prepared, runs, seed, workers, door.path, lang, doubted, worlds)
    return 0 if done else _stopped([prepared.scenario.id])


@commands.command()
@click.argument("scenarios", nargs=-1)
@seed_option
@workers_option
@click.option("--junit", type=PLACE, help="File for the verdicts in JUnit form, written whatever the exit code.")
@with_desk
@tries
def check(desk: Desk, scenarios: tuple[str, ...], seed: int, workers: int, junit: Path | None) -> int:
    """Check the verdicts of SCENARIOS, of all when none is named.

    Exit code 0: all are as wanted (a recorded miss that holds is), 1: one is not, 2: a file is wrong, 3: our fault.
    """
    from sim.analysis.verdicts import Verdicts
    from sim.core.doors import Door, try_doors
    from sim.core.files import write_whole
    from sim.report.junit import junit_xml

    if junit:
        try_doors(Door("--junit", junit))
    verdicts = Verdicts()
    try:
        return _check(desk, scenarios, seed, workers, verdicts)
    except BaseException as error:
        verdicts.fail("check", error)
        raise
    finally:
        if junit:
            write_whole(junit, junit_xml(verdicts))


def _of_these_files(record: Record, asked: Mapping[str, Prepared], name: str) -> Recorded | None:
    """The worlds of a scenario that are on record for the files as they are now."""
    found = record.get(name)
    return found if found and found.inputs == asked[name].inputs else None


def _check(desk: Desk, scenarios: tuple[str, ...], seed: int, workers: int, verdicts: Verdicts) -> int:
    """Print each verdict as soon as it is known, and keep it."""
    from sim.analysis import several
    from sim.analysis.verdicts import STOPPED
    from sim.decide.recorded import recorded
    from sim.report.screen.console import progress
    from sim.report.screen.verdicts import closing, fragile, lines

    record = recorded(desk.root)
    asked, wrong = desk.to_check(scenarios)
    for name, error in wrong.items():
        verdicts.fail(name, error)
    _tell(desk, wrong.values())
    for name in verdicts.gather(several.compare_all(asked, seed, workers, progress)):
        for line in lines(verdicts, name, _of_these_files(record, asked, name)):
            click.echo(line)
    if unfinished := [name for name in asked if name not in {*verdicts.by_scenario, *verdicts.failures}]:
        verdicts.failures |= dict.fromkeys(unfinished, STOPPED)
        return _stopped(unfinished)
    click.echo(closing(verdicts))
    if told := fragile(verdicts, {name: _of_these_files(record, asked, name) for name in verdicts.by_scenario}):
        click.echo(told)
    return WRONG_FILE if verdicts.failures else 0 if verdicts.as_wanted else MISSED


@commands.command()
@click.option("--json", "file", type=PLACE, help="File for the rows.")
@seed_option
@workers_option
@lang_option
@with_desk
def scoreboard(desk: Desk, file: Path | None, seed: int, workers: int, lang: Lang) -> int:
    """Hold every published figure against the model, one row each, misses and all."""
    from sim.analysis import several
    from sim.analysis.scoreboard import rows, scoreboard_json
    from sim.core.doors import Door, try_doors
    from sim.core.errors import PlannerError
    from sim.core.files import write_whole
    from sim.report.screen.console import console, progress
    from sim.report.screen.printed import print_scoreboard

    if file:
        try_doors(Door("--json", file))
    ready, wrong = desk.ready(desk.paths, lambda scenario: scenario.targets)
    _tell(desk, wrong.values())
    found = dict(several.compare_all(ready, seed, workers, progress))
    failed = [error for error in found.values() if isinstance(error, PlannerError)]
    _tell(desk, failed)
    table = rows([comparison for comparison in found.values() if not isinstance(comparison, PlannerError)])
    print_scoreboard(console(), table, lang)
    if unfinished := [name for name in ready if name not in found]:
        return _stopped([*unfinished, str(file)] if file else unfinished)
    if file:
        write_whole(file, scoreboard_json(table))
    return WRONG_FILE if wrong or failed else 0


@commands.command()
@click.argument("scenario")
@seed_option
@workers_option
@lang_option
@with_desk
@tries
def doubt(desk: Desk, scenario: str, seed: int, workers: int, lang: Lang) -> int:
    """Doubt a SCENARIO: move every assumption to both ends of its range and tell which verdicts turn, and where.

    Numbers are moved before the reforms apply, and staff is derived anew; what could not be moved is told with why.
    `compare --doubt` puts the same tables on the page.
    """
    from sim.analysis.answers import REPLICATIONS
    from sim.analysis.compare import compare as run
    from sim.decide.flips import flips
    from sim.report.screen.console import console, progress
    from sim.report.screen.doubted import print_doubts, print_flips

    prepared = desk.prepare(scenario)
    comparison = run(prepared, seed=seed, runs=REPLICATIONS, workers=1, often=True)
    if comparison.interrupted:
        return _stopped([prepared.scenario.id])
    found = doubted_by(comparison, workers, lang)
    print_doubts(console(), comparison, found, lang)
    with progress(getattr(prepared.scenario.name, lang)) as tell:
        turned = flips(comparison, found, workers, tell)
    print_flips(console(), comparison, turned, lang)
    return 0


@commands.command()
@click.argument("scenarios", nargs=-1)
@click.option("--worlds", type=click.IntRange(min=1), default=60, show_default=True, help="Worlds of each scenario.")
@seed_option
@workers_option
@with_desk
def worlds(desk: Desk, scenarios: tuple[str, ...], worlds: int, seed: int, workers: int) -> int:
    """Draw all assumptions of SCENARIOS together, of all when none is named, and keep how often each verdict holds.

    Kept in reports/reference/worlds.json, from which `check` tells which verdicts are fragile.
    """
    from sim.cli.drawing import drawn

    unfinished = drawn(desk, scenarios, worlds, seed, workers)
    return _stopped(unfinished) if unfinished else 0


@commands.command()
@with_desk
def generate(desk: Desk) -> None:
    """Write the JSON Schemas and the reference page, from the spec language and from what results.json holds."""
    from sim.report.generated import write_generated

    for path in write_generated(desk.root):
        click.echo(path.relative_to(desk.root))


def _cores() -> int:
    from sim.core.workers import cores

    return cores()


def _tell(desk: Desk, errors: Iterable[PlannerError]) -> None:
    """Print what is wrong with files while others are run."""
    for error in errors:
        desk.told(error)
        click.echo(str(error), err=True)


def _stopped(unfinished: Iterable[str]) -> int:
    """Print what the user left unfinished; the exit code for it."""
    click.echo(f"stopped; unfinished: {', '.join(unfinished)}", err=True)
    return INTERRUPTED
