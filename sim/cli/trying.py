"""The commands by which a planner tries something, and the option by which every command does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.at_desk import finished, with_desk
from sim.cli.options import (
    PLACE,
    chart_option,
    csv_option,
    json_option,
    lang_option,
    own_chart_option,
    seed_option,
)
from sim.cli.playing import plays
from sim.cli.telling import Told

if TYPE_CHECKING:
    from sim.decide.moved import Difference, Plain
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared

set_option = click.option(
    "--set", "settings", multiple=True, metavar="ADDRESS=VALUE",
    help="Try something as if the files said so: after.告知承诺.uptake=0.6, demand.PROCESS.per_year*=1.3, "
    "place.DEPARTMENT.officers-=2; several times.",
)  # fmt: skip


def tries(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command, given its desk, with the option to try settings on what it prepares there."""
    return set_option(tried(command))


def tried(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """A command, given its desk, that tries settings on what it prepares there, and tells them first."""

    @wraps(command)
    def wrapped(desk: Desk, *words: Any, settings: tuple[str, ...], **options: Any) -> int | None:
        desk.settings = settings
        for text in settings:
            click.echo(f"tried: --set {text}")
        return command(desk, *words, **options)

    return wrapped


def tell_where(desk: Desk, ready: Mapping[str, Prepared]) -> None:
    """Print of each setting in which of several scenarios there is what it speaks of."""
    for text in desk.settings if len(ready) > 1 else ():
        made = {name: {one.setting for one in prepared.settings.made} for name, prepared in ready.items()}
        names = [name for name, settings in made.items() if text.strip() in settings]
        click.echo(f"--set {text}: in {len(names)} of {len(ready)} scenarios: {', '.join(names)}")


@click.command(cls=Told)
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option("--runs", type=click.IntRange(min=2), help="Replications of scenarios; 10, or those of the last run.")
@click.option("--stated", is_flag=True, help="Of two scenarios only what their files state; nothing is played.")
@seed_option
@plays
@json_option
@csv_option
@own_chart_option
@lang_option
@with_desk
@tries
def diff(desk: Desk, before: str, after: str | None, runs: int | None, stated: bool, seed: int, workers: int,
         json_file: Path | None, csv_file: Path | None, out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Tell what changed from A to B by meaning, and which figures moved by more than their intervals.

    A and B are two results (results.json, or the folder that holds it), or two scenarios, which are played. With A
    alone, a scenario: what changed since its last run; what is set holds for the run of now, and for both of two.
    """
    from sim.cli.filing import Files
    from sim.core.doors import Door, try_doors
    from sim.report.charts.trying import MOVED_FILES, save_moved
    from sim.report.moved import moved_csv, moved_json
    from sim.report.screen.console import console
    from sim.report.screen.moved import print_difference

    files = Files(json_file, csv_file)
    try_doors(*([Door("--out", out, MOVED_FILES)] if out else []), *files.doors)
    found = _difference(desk, before, after, None if stated else runs or 10, seed, workers, runs)
    files.hand_over(lambda: moved_json(found), lambda: moved_csv(found))
    drawn = save_moved(found, out, lang) if out else []
    print_difference(console(), found, lang)
    for path in drawn:
        click.echo(click.format_filename(path))


def _difference(desk: Desk, before: str, after: str | None, runs: int | None, seed: int, workers: int,
                asked: int | None) -> Difference:  # fmt: skip
    """What changed between two results, two scenarios, or the last run of one and now."""
    from sim.core.errors import PlannerError
    from sim.decide.moved import Difference, difference
    from sim.decide.stated import stated

    old, new = (_result(name) if name is not None else None for name in (before, after))
    if old is not None and new is not None:
        return difference(old, new)
    if old is not None or new is not None:
        raise PlannerError(
            "diff takes two results or two scenarios, or one scenario; found a result alone or beside one"
        )
    if after is None:
        prepared = desk.prepare(before)
        last = _last(desk, prepared)
        return difference(last, _played(prepared, asked or last["runs"], last["seed"], workers))
    one, other = desk.prepare(before), desk.prepare(after)
    said = stated(one, other)
    if runs is None:
        return Difference(said, (), ())
    return difference(_played(one, runs, seed, workers), _played(other, runs, seed, workers), said)


def _result(name: str) -> Plain | None:
    """The result in a file or a folder; None where that is none, so that it names a scenario."""
    from sim.report.read import read_results

    path = Path(name)
    if path.is_dir():
        path = path / "results.json"
    return read_results(path) if path.suffix == ".json" else None


def _last(desk: Desk, prepared: Prepared) -> Plain:
    """The last result that was written of a scenario where reports are."""
    from sim.core.errors import PlannerError
    from sim.report.read import read_results

    path = desk.reports / prepared.scenario.id / "results.json"
    if not path.is_file():
        raise PlannerError(f"{prepared.scenario.id} has no last run in {path.parent}; run compare, or name two results")
    return read_results(path)


def _played(prepared: Prepared, runs: int, seed: int, workers: int) -> Plain:
    """The result of a scenario, as it would be written."""
    import json

    from sim.analysis.compare import compare
    from sim.analysis.depth import Depth
    from sim.report.results import results_json
    from sim.report.screen.progress import progress

    with progress(prepared.scenario.id) as tell:
        found = finished(compare(prepared, seed=seed, runs=runs, workers=workers, progress=tell, depth=Depth.FIGURES))
    plain: Plain = json.loads(results_json(found, {}))
    return plain


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--variant", help="Variant that is looked at; the last when left out.")
@click.option("--department", "departments", multiple=True,
              help="Department to look at, its window too; may be repeated. All but windows if left out.")  # fmt: skip
@click.option(
    "--on-time", type=click.FloatRange(0, 1, min_open=True), help="Share to find the fewest officers for, as 0.95."
)
@click.option("--runs", type=click.IntRange(min=2), help="Replications of every trial; 4 when left out.")
@seed_option
@plays
@json_option
@click.option("--csv", "csv_file", type=PLACE, help="File for the points of all curves.")
@chart_option
@lang_option
@with_desk
@tries
def capacity(desk: Desk, scenario: str, variant: str | None, departments: tuple[str, ...], on_time: float | None,
             runs: int | None, seed: int, workers: int, json_file: Path | None, csv_file: Path | None,
             out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Tell how days and on-time share of each department of a SCENARIO hang on its officers and its files.

    Officers from half to twice as many, files from a fifth fewer to twice as many, on the same applicants: where more
    officers stop to help, who is overrun first, and what promises move behind the decision. A heat map is drawn.
    """
    from sim.cli.filing import Files
    from sim.core.doors import try_doors
    from sim.decide.capacity import RUNS
    from sim.decide.capacity import capacity as tried
    from sim.report.capacity import capacity_csv, capacity_json
    from sim.report.charts.trying import CAPACITY_FILES, save_capacity
    from sim.report.screen.capacity import print_capacity
    from sim.report.screen.console import console
    from sim.report.screen.progress import progress

    prepared = desk.prepare(scenario)
    chart = desk.door(out, prepared.scenario.id, CAPACITY_FILES)
    files = Files(json_file, csv_file)
    try_doors(chart, *files.doors)
    with progress(getattr(prepared.scenario.name, lang)) as tell:
        found = tried(prepared, variant, departments, on_time=on_time, seed=seed, runs=runs or RUNS,
                      workers=workers, tell=tell)  # fmt: skip
    files.hand_over(lambda: capacity_json(found), lambda: capacity_csv(found))
    drawn = save_capacity(found, chart.path, lang)
    print_capacity(console(), found, lang)
    for path in drawn:
        click.echo(click.format_filename(path))


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--target", required=True, help="Target whose days are shared out.")
@click.option("--runs", type=click.IntRange(min=2), help="Replications; 10 when left out.")
@seed_option
@plays
@json_option
@csv_option
@chart_option
@lang_option
@with_desk
@tries
def budget(desk: Desk, scenario: str, target: str, runs: int | None, seed: int, workers: int, json_file: Path | None,
           csv_file: Path | None, out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Share out the days of a target of a SCENARIO, so that each department has the same chance to keep its part.

    Beside it stands what each takes now, what its limits add up to, and how often it keeps them.
    """
    from sim.cli.filing import Files
    from sim.core.doors import try_doors
    from sim.decide.budget import RUNS
    from sim.decide.budget import budget as shared_out
    from sim.report.budget import budget_csv, budget_json
    from sim.report.charts.trying import BUDGET_FILES, save_budget
    from sim.report.screen.budget import print_budget
    from sim.report.screen.console import console
    from sim.report.screen.progress import progress

    prepared = desk.prepare(scenario)
    chart = desk.door(out, prepared.scenario.id, BUDGET_FILES)
    files = Files(json_file, csv_file)
    try_doors(chart, *files.doors)
    with progress(getattr(prepared.scenario.name, lang)) as tell:
        found = shared_out(prepared, target, seed=seed, runs=runs or RUNS, workers=workers, tell=tell)
    files.hand_over(lambda: budget_json(found), lambda: budget_csv(found))
    drawn = save_budget(found, chart.path, lang)
    print_budget(console(), found, lang)
    for path in drawn:
        click.echo(click.format_filename(path))


TRYING = (budget, capacity, diff)
"""The commands, for the group."""
