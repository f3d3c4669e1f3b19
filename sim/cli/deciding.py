"""The commands by which a planner decides: which reform buys what, and what would be enough."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.at_desk import with_desk
from sim.cli.options import chart_option, charts_option, csv_option, json_option, lang_option, seed_option
from sim.cli.playing import plays
from sim.cli.telling import Told
from sim.cli.trying import tries

if TYPE_CHECKING:
    from sim.decide.coalitions import By
    from sim.decide.questions import Question
    from sim.decide.searching.selection import Rule
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--variant", help="Variant to take apart; that of the first target asked when left out, else the last.")
@click.option("--by", type=click.Choice(["reform", "bundle"]), default="reform", show_default=True,
              help="Take it apart into single reforms, or into the variants on the way.")  # fmt: skip
@click.option("--measure", "measures", multiple=True, help="Mean of a measure to share out; may be repeated.")
@click.option("--target", "targets", multiple=True, help="Target to share out; may be repeated. All when left out.")
@click.option(
    "--runs",
    type=click.IntRange(min=2),
    help="Replications of every coalition; 8 when left out, of 11 parts 4, of 12 parts 2.",
)
@click.option("--orders", type=click.IntRange(min=6), help="Orders sampled where there are more than twelve parts.")
@seed_option
@plays
@json_option
@csv_option
@charts_option
@lang_option
@with_desk
@tries
def attribute(desk: Desk, scenario: str, variant: str | None, by: By, measures: tuple[str, ...],
              targets: tuple[str, ...], runs: int | None, orders: int | None, seed: int, workers: int,
              json_file: Path | None, csv_file: Path | None, out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Tell what each reform of a SCENARIO buys: alone, last, and in fair share (Shapley), with what they do together.

    All coalitions of up to twelve reforms, or bundles, are played on the same applicants. One that is refused where
    others are missing is left out of a coalition. A waterfall chart is written for each number asked.
    """
    from sim.cli.filing import Files
    from sim.core.doors import try_doors
    from sim.decide.attribution import ORDERS
    from sim.decide.attribution import attribute as share_out
    from sim.decide.questions import questions
    from sim.report.attribution_files import attribution_csv, attribution_json
    from sim.report.charts.deciding import save_waterfalls, waterfall_files
    from sim.report.screen.attributed import print_attribution
    from sim.report.screen.console import console
    from sim.report.screen.progress import progress

    prepared = desk.prepare(scenario)
    chosen = variant or _variant(prepared, targets)
    asked = questions(prepared, chosen, measures, targets)
    charts = desk.door(out, prepared.scenario.id, waterfall_files(asked))
    files = Files(json_file, csv_file)
    try_doors(charts, *files.doors)
    with progress(getattr(prepared.scenario.name, lang)) as tell:
        found = share_out(prepared, asked, chosen, by, seed=seed, runs=runs, orders=orders or ORDERS,
                          workers=workers, tell=tell)  # fmt: skip
    files.hand_over(lambda: attribution_json(found), lambda: attribution_csv(found))
    drawn = save_waterfalls(found, charts.path, lang)
    print_attribution(console(), found, lang)
    for path in drawn:
        click.echo(click.format_filename(path))


@click.command(cls=Told)
@click.argument("scenario")
@click.option(
    "--variant", help="Variant whose reforms come first; that of the first target when left out, else the last."
)
@click.option("--by", type=click.Choice(["reform", "bundle"]), default="reform", show_default=True,
              help="Do single reforms, or whole variants on the way.")  # fmt: skip
@click.option("--target", "targets", multiple=True,
              help="Target to be met; may be repeated. All but recorded misses when left out.")  # fmt: skip
@click.option("--bound", type=float, help="Another bound of the one target that is asked, such as 20.")
@click.option("--chance", type=click.FloatRange(0.05, 0.99), default=0.9, show_default=True,
              help="Share of the futures in which all of them are to be met.")  # fmt: skip
@click.option("--delta", type=click.FloatRange(0.005, 0.2), default=0.05, show_default=True,
              help="How far from that share it makes no difference.")  # fmt: skip
@click.option("--confidence", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True,
              help="How sure the answer is to be.")  # fmt: skip
@click.option("--staff", multiple=True, metavar="DEPARTMENT[=N]", help="Officers more there, up to N; may be repeated.")
@click.option("--hours", multiple=True, help="Hours of windows that may open on more days; may be repeated.")
@click.option("--limit", "step", metavar="STEP", help="Tell how far the limit of a step must come down, instead.")
@click.option(
    "--worlds",
    type=click.IntRange(min=1),
    help="Worlds drawn from all assumptions together, which the futures take by turns; none when left out.",
)
@click.option("--budget", type=click.IntRange(min=1), help="Choices to try at most on the way up; 400 when left out.")
@seed_option
@plays
@json_option
@csv_option
@chart_option
@lang_option
@with_desk
@tries
def search(desk: Desk, scenario: str, variant: str | None, by: By, targets: tuple[str, ...],
           bound: float | None, chance: float, delta: float, confidence: float, staff: tuple[str, ...],
           hours: tuple[str, ...], step: str | None, worlds: int | None, budget: int | None, seed: int, workers: int,
           json_file: Path | None, csv_file: Path | None, out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Search what is enough for the targets of a SCENARIO, and cheapest: reforms, officers, days, or one limit.

    A future is one replication, of the scenario as it is, or of a world that its assumptions allow (--worlds). Sets are
    tried from the cheapest up, by the `costs` of the scenario, else by how many changes they are; what is told holds in
    the share of futures asked, with the confidence asked.
    """
    from sim.cli.filing import Files
    from sim.core.doors import try_doors
    from sim.decide.questions import bounded, questions, telling
    from sim.decide.searching.selection import Rule
    from sim.decide.worlds import scenarios
    from sim.report.charts.deciding import PARETO_FILES
    from sim.report.screen.progress import progress

    prepared = desk.prepare(scenario)
    chosen = variant or _variant(prepared, targets)
    asked = questions(prepared, chosen, (), targets or telling(prepared, chosen))
    asked = asked if bound is None else bounded(asked, bound)
    rule = Rule(chance, delta, confidence)
    files = Files(json_file, csv_file)
    chart = desk.door(out, prepared.scenario.id, PARETO_FILES)
    try_doors(*(() if step else (chart,)), *files.doors)
    with progress(getattr(prepared.scenario.name, lang)) as tell:
        drawn = scenarios(prepared, worlds, seed) if worlds else []
        many = {"seed": seed, "workers": workers, "worlds": drawn, "tell": tell}
        json, csv, show = (
            _limited(prepared, asked, chosen, step, rule, many, lang)
            if step
            else _searched(prepared, asked, chosen, by, staff, hours, rule, budget, many, chart.path, lang)
        )
    files.hand_over(json, csv)
    show()


Outcome = tuple[Callable[[], str], Callable[[], str], Callable[[], None]]
"""What makes the texts of the two files, and what draws and prints the answer once they are written."""


def _limited(prepared: Prepared, asked: list[Question], variant: str, step: str, rule: Rule, many: dict[str, Any],
             lang: Lang) -> Outcome:  # fmt: skip
    """Look how far a limit must come down."""
    from sim.decide.searching.limits import limit_needed
    from sim.report.screen.console import console
    from sim.report.screen.searched import print_limit
    from sim.report.searched_files import limit_csv, limit_json

    found = limit_needed(prepared, asked, variant, step, rule, **many)
    return lambda: limit_json(found), lambda: limit_csv(found), lambda: print_limit(console(), found, lang)


def _searched(prepared: Prepared, asked: list[Question], variant: str, by: By, staff: tuple[str, ...],
              hours: tuple[str, ...], rule: Rule, budget: int | None, many: dict[str, Any], folder: Path,
              lang: Lang) -> Outcome:  # fmt: skip
    """Look what is enough and cheapest."""
    from sim.decide.searching.levers import levers
    from sim.decide.searching.search import BUDGET
    from sim.decide.searching.search import search as look
    from sim.report.charts.deciding import save_pareto
    from sim.report.screen.console import console
    from sim.report.screen.searched import print_searched
    from sim.report.searched_files import searched_csv, searched_json

    there = levers(prepared, variant, by, dict(map(_officers, staff)), hours)
    found = look(prepared, asked, there, rule, budget=budget or BUDGET, **many)

    def show() -> None:
        drawn = save_pareto(found, folder, lang)
        print_searched(console(), found, lang)
        for path in drawn:
            click.echo(click.format_filename(path))

    return lambda: searched_json(found), lambda: searched_csv(found), show


def _officers(asked: str) -> tuple[str, int]:
    """A department and how many officers more it may have, from DEPARTMENT or DEPARTMENT=N."""
    from sim.core.errors import PlannerError
    from sim.decide.searching.levers import MOST_OFFICERS

    name, given, number = asked.partition("=")
    if given and not (number.isdecimal() and int(number)):
        raise PlannerError(f"--staff: wanted DEPARTMENT or DEPARTMENT=N with N officers more, found {asked!r}")
    return name, int(number) if given else MOST_OFFICERS


def _variant(prepared: Prepared, targets: tuple[str, ...]) -> str:
    """The variant of the first target asked, or of the first that there is; the last variant where there is none."""
    by_id = {target.id: target for target in prepared.scenario.targets}
    named = next((by_id[name] for name in targets or by_id if name in by_id), None)
    return named.variant if named else prepared.variants[-1].id


DECIDING = (attribute, search)
"""The commands, for the group."""
