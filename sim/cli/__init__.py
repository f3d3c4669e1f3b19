"""The commands; heavy imports stand inside the commands that use them, so that --help is quick."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import at_desk
from sim.cli.at_desk import BUG, WRONG_FILE, stopped, tell_wrong, with_desk
from sim.cli.beginning import BEGINNING
from sim.cli.checking import checked
from sim.cli.clicks_words import clicks_words_in
from sim.cli.comparing import compared, glanced
from sim.cli.deciding import DECIDING
from sim.cli.doubting import can_be_doubted, doubt
from sim.cli.drawing import worlds
from sim.cli.exporting import export
from sim.cli.learning import learn, records
from sim.cli.options import (
    PLACE,
    cores,
    lang_option,
    quick_option,
    report_option,
    runs_option,
    seed_option,
    timings_option,
    tongue_option,
    working,
    worlds_option,
)
from sim.cli.playing import cluster_option, kept, plays, resume_option
from sim.cli.telling import tell
from sim.cli.trying import TRYING, set_option, tell_where, tried, tries
from sim.cli.whatif import whatif
from sim.core.errors import PlannerError, SpecError
from sim.core.tongues import language, tongue

if TYPE_CHECKING:
    from sim.report.words import Lang
    from sim.scenario.desk import Desk

RINGS = 20_000
"""New objects after which Python looks for rings of them that nobody holds. Few are made here, and with its own 700 it
spends a tenth of a command on looking."""


def main() -> None:
    """Run the command line; ends the process with the exit code that DESIGN gives each outcome."""
    from sim.core.screens import quiet_screens
    from sim.core.stopping import stoppable

    gc.set_threshold(RINGS)
    atexit.register(gc.freeze)  # what goes with the process is not looked through once more
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for any is to ask every installed package
    with stoppable(), quiet_screens() as screens, clicks_words_in(tongue()):
        code = _run()
        failed = [failure for screen in screens if (failure := screen.failed())]
        if failed:
            tell(f"what is printed is lost: {failed[0].strerror}; what is written to files is there")
    sys.exit(code or (WRONG_FILE if failed else 0))


def _run() -> int:
    """Run the command and return its exit code."""
    try:
        code = commands.main(standalone_mode=False)
    except click.exceptions.Abort:  # before any command had begun
        code = stopped(["everything"])
    except click.ClickException as error:
        error.show()
        code = WRONG_FILE
    except PlannerError as error:
        tell(error)
        code = WRONG_FILE
    except Exception:
        import traceback

        traceback.print_exc()
        tell("This is a fault of the simulator, not of your files; please report the text above.")
        code = BUG
    return code or 0


@click.group(cls=at_desk.Commands, invoke_without_command=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), show_default="this folder, else the project",
              help="Folder with processes/ and scenarios/.")  # fmt: skip
@click.option("--quick", is_flag=True, help="Without a command: table and verdicts only; nothing is written.")
@set_option
@cluster_option
@resume_option
@timings_option
@click.pass_context
def commands(context: click.Context, /, root: Path | None, **asked: Any) -> int | None:
    """Simulate government services before they are reformed.

    Without a command: compare the headline scenarios before and after their reforms, print the table, and
    write charts and a page for each under reports/.
    """
    context.obj = root
    if context.invoked_subcommand is None:
        return headlines(**asked)
    options = {option.name: option.opts[0] for option in context.command.params}
    if given := [options[name] for name, value in asked.items() if value]:
        raise PlannerError(f"write {given[0]} after {context.invoked_subcommand}, where it takes it")
    return None


for command in (*BEGINNING, export, learn, records, whatif, doubt, worlds, *DECIDING, *TRYING):
    commands.add_command(command)


@with_desk
@kept
@tried
def headlines(desk: Desk, quick: bool) -> int:
    """Compare the headline scenarios and write their reports; `quick` only prints what is found."""
    from sim.core.doors import try_doors
    from sim.report.files import report_files

    workers = working(cores())
    ready, faulty = desk.ready(desk.paths, lambda scenario: scenario.headline)
    tell_where(desk, ready)
    wrong = {name: error for name, error in faulty.items() if desk.headline(name)}
    for name in faulty.keys() - wrong.keys():
        desk.note(faulty[name])
    if not quick:
        doors = (desk.door(None, name, report_files(prepared.scenario)) for name, prepared in ready.items())
        try_doors(*doors, *desk.over_all())
    tell_wrong(desk, wrong.values())
    waiting = list(ready)
    for name, prepared in ready.items():
        try:
            done = (
                glanced(prepared, None, 1, workers, language(), desk.root)
                if quick
                else compared(prepared, None, 1, workers, language(), desk.root, desk.reports / name)
            )
            if not done:
                return stopped(waiting)
        except PlannerError as error:
            wrong[name] = error
            tell_wrong(desk, [error])
        waiting.remove(name)
    return WRONG_FILE if wrong else 0


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@tongue_option
@with_desk
def validate(desk: Desk, paths: tuple[Path, ...]) -> int:
    """Check files and print every fault; the whole library and all scenarios when no PATH is given."""
    from sim.report.screen.progress import progress
    from sim.scenario.validation import faults_and_notes

    with progress("validate") as moved:
        faults, notes = faults_and_notes(desk.root, paths, moved)
    for note in notes:
        tell(f"note: {note}", err=False)
    for fault in faults:
        tell(SpecError([fault]))
    if not faults:
        tell("no faults", err=False)
    return WRONG_FILE if faults else 0


@commands.command()
@click.argument("process")
@click.option("--after", "scenario", help="Scenario whose reforms are applied; the diff is printed.")
@click.option("--out", type=PLACE, help="Folder for the map; reports/PROCESS when left out.")
@lang_option
@with_desk
@tries
def show(desk: Desk, process: str, scenario: str | None, out: Path | None, lang: Lang) -> None:
    """Show a PROCESS: its steps in order with slack, the critical paths marked, and the diff a scenario makes.

    Writes its map, and the process as a BPMN 2.0 diagram; with a scenario also as its last variant has it.
    """
    from sim.cli.diagrams import DIAGRAMS, write_diagrams
    from sim.report.screen.shown import MAP_FILES, show_process

    prepared = desk.prepare(scenario) if scenario else None
    door = desk.door(out, process, (*MAP_FILES, *DIAGRAMS))
    versions = show_process(desk.library, process, prepared, door, lang)
    write_diagrams(desk.library, versions, prepared, door.path, lang)


@commands.command()
@click.argument("scenario")
@runs_option
@seed_option
@plays
@report_option
@click.option("--doubt", "doubted", is_flag=True, help="Also move every assumption, as `doubt` does; told on the page.")
@worlds_option
@quick_option
@lang_option
@with_desk
@tries
def compare(desk: Desk, scenario: str, runs: int | None, seed: int, workers: int, out: Path | None, doubted: bool,
            worlds: int | None, quick: bool, lang: Lang) -> int:  # fmt: skip
    """Compare a SCENARIO before and after its reforms; write results.json, tables, charts and a page.

    With --quick only the table and the verdicts are printed, without what would meet a missed target.
    """
    if quick and out is not None:
        raise PlannerError("--quick writes nothing; leave out --out, or --quick")
    prepared = desk.prepare(scenario)
    if doubted:
        can_be_doubted(prepared)
    if quick:
        done = glanced(prepared, runs, seed, workers, lang, desk.root, doubted, worlds)
    else:
        from sim.core.doors import try_doors
        from sim.report.files import report_files

        door = desk.door(out, prepared.scenario.id, report_files(prepared.scenario))
        try_doors(door, *desk.over_all(out))
        done = compared(prepared, runs, seed, workers, lang, desk.root, door.path, doubted, worlds)
    return 0 if done else stopped([prepared.scenario.id])


@commands.command()
@click.argument("scenarios", nargs=-1)
@seed_option
@plays
@click.option("--junit", type=PLACE, help="File for the verdicts in JUnit form, written whatever the exit code.")
@tongue_option
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
        return checked(desk, scenarios, seed, workers, verdicts)
    except BaseException as error:
        verdicts.fail("check", error)
        raise
    finally:
        if junit:
            write_whole(junit, junit_xml(verdicts))


@commands.command()
@click.option("--json", "file", type=PLACE, help="File for the rows.")
@seed_option
@plays
@lang_option
@with_desk
@tries
def scoreboard(desk: Desk, file: Path | None, seed: int, workers: int, lang: Lang) -> int:
    """Hold every published figure against the model, one row each, misses and all."""
    from sim.analysis import several
    from sim.analysis.scoreboard import rows, scoreboard_json
    from sim.core.doors import Door, try_doors
    from sim.core.files import write_whole
    from sim.report.screen.console import console
    from sim.report.screen.printed import print_scoreboard
    from sim.report.screen.progress import progress

    if file:
        try_doors(Door("--json", file))
    ready, wrong = desk.ready(desk.paths, lambda scenario: scenario.targets)
    tell_where(desk, ready)
    tell_wrong(desk, wrong.values())
    found = dict(several.compare_all(ready, seed, workers, progress))
    failed = [error for error in found.values() if isinstance(error, PlannerError)]
    tell_wrong(desk, failed)
    table = rows([comparison for comparison in found.values() if not isinstance(comparison, PlannerError)])
    unfinished = [name for name in ready if name not in found]
    if file and not unfinished:
        write_whole(file, scoreboard_json(table))
    print_scoreboard(console(), table, lang)
    if unfinished:
        return stopped([*unfinished, str(file)] if file else unfinished)
    return WRONG_FILE if wrong or failed else 0


@commands.command()
@tongue_option
@with_desk
def generate(desk: Desk) -> None:
    """Write the JSON Schemas and the reference page, from the spec language and from what results.json holds."""
    from sim.report.generated import write_generated

    for path in write_generated(desk.root):
        click.echo(path.relative_to(desk.root))
