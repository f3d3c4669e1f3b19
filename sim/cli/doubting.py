"""The command that doubts a scenario: what its assumptions do to its targets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import stopped, with_desk
from sim.cli.comparing import doubted_by, in_worlds
from sim.cli.options import charts_option, csv_option, json_option, lang_option, seed_option
from sim.cli.playing import plays
from sim.cli.telling import Told
from sim.cli.trying import tries
from sim.core.errors import PlannerError

if TYPE_CHECKING:
    from sim.report.doubted import Doubted
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared


@click.command(cls=Told)
@click.argument("scenario")
@click.option(
    "--worlds",
    type=click.IntRange(min=0),
    help="Worlds drawn from all assumptions together, 0 for none; when left out those on record, else 100.",
)
@click.option("--draws", type=click.Choice(["0", "8", "16", "32", "64", "128", "256"]), default="32",
              show_default=True, help="Draws for the indices of the strongest assumptions; 0: none.")  # fmt: skip
@click.option("--runs", type=click.IntRange(min=2, max=4), help="Replications of every move; 4 when left out.")
@seed_option
@plays
@json_option
@csv_option
@charts_option
@lang_option
@with_desk
@tries
def doubt(desk: Desk, scenario: str, worlds: int | None, draws: str, runs: int | None, seed: int, workers: int,
          json_file: Path | None, csv_file: Path | None, out: Path | None, lang: Lang) -> int:  # fmt: skip
    """Doubt a SCENARIO: move every assumption to both ends of its range and tell which verdicts turn, and where.

    Numbers are moved before the reforms apply, and staff is derived anew; what could not be moved is told with why.
    All are drawn together too, which tells how often each verdict holds, where the spread comes from and what to
    measure first. A tornado is drawn for each target. `compare --doubt` puts the same tables on the page.
    """
    from sim.cli.filing import Files
    from sim.core.doors import try_doors
    from sim.decide.searching.search import ASK
    from sim.report.charts.doubting import save_tornados, tornado_files
    from sim.report.doubted import doubted_csv, doubted_json
    from sim.report.screen.console import console
    from sim.report.screen.doubted import print_doubts, print_flips, print_indices, print_ranking, print_worlds

    prepared = desk.prepare(scenario)
    if not prepared.scenario.targets:
        raise PlannerError(
            f"{prepared.scenario.id} has no targets that its assumptions could turn; add one, or ask one: {ASK}"
        )
    can_be_doubted(prepared, runs)
    charts = desk.door(out, prepared.scenario.id, tornado_files(prepared.scenario.targets))
    files = Files(json_file, csv_file)
    try_doors(charts, *files.doors)
    found = _doubted(desk, prepared, worlds, int(draws), runs, seed, workers, lang)
    if found is None:
        return stopped([prepared.scenario.id])
    files.hand_over(lambda: doubted_json(found), lambda: doubted_csv(found))
    drawn = save_tornados(found, charts.path, lang)
    print_doubts(console(), found.comparison, found.doubts, lang)
    print_flips(console(), found.comparison, found.flips, lang)
    print_worlds(console(), found.comparison, lang)
    if found.indices:
        print_indices(console(), found.comparison, found.indices, lang)
    print_ranking(console(), found.ranked, lang)
    for path in drawn:
        click.echo(click.format_filename(path))
    return 0


def can_be_doubted(prepared: Prepared, runs: int | None = None) -> None:
    """Raise PlannerError where moving every assumption of a scenario would take hours."""
    from sim.analysis.answers import REPLICATIONS
    from sim.analysis.sensitivity import refuse_endless

    refuse_endless(prepared, runs or REPLICATIONS)


def _doubted(desk: Desk, prepared: Prepared, worlds: int | None, draws: int, runs: int | None, seed: int,
             workers: int, lang: Lang) -> Doubted | None:  # fmt: skip
    """What the assumptions of a scenario do to its targets, each by itself and all together; None where stopped."""
    from sim.analysis.answers import REPLICATIONS
    from sim.analysis.compare import compare
    from sim.decide.flips import flips
    from sim.decide.indices import indices
    from sim.report.doubted import Doubted
    from sim.report.screen.progress import progress

    title = getattr(prepared.scenario.name, lang)
    with progress(title) as tell:
        comparison = compare(prepared, seed=seed, runs=runs or REPLICATIONS, workers=1, progress=tell, often=True)
    if comparison.interrupted:
        return None
    doubts = doubted_by(comparison, workers, lang)
    with progress(title) as tell:
        turned = flips(comparison, doubts, workers, tell)
    comparison = in_worlds(comparison, worlds, workers, lang, desk.root)
    with progress(title) as tell:
        spread = indices(comparison, doubts, draws, workers, tell) if draws else None
    return Doubted(comparison, doubts, turned, spread)
