"""The command that draws worlds for many scenarios and keeps how often each verdict holds in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import WRONG_FILE, finished, stopped, tell_wrong, with_desk
from sim.cli.options import csv_option, json_option, lang_option, own_chart_option, seed_option
from sim.cli.playing import plays
from sim.cli.telling import Told
from sim.cli.trying import tell_where, tries
from sim.core.errors import PlannerError

if TYPE_CHECKING:
    from sim.analysis.comparison import Comparison
    from sim.cli.filing import Files
    from sim.decide.recorded import Record, Recorded
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.scenario.prepared import Prepared

RUNS = 4
"""Replications on the numbers used, beside which the worlds are told."""


@click.command(cls=Told)
@click.argument("scenarios", nargs=-1)
@click.option("--worlds", "count", type=click.IntRange(min=1), default=60, show_default=True,
              help="Worlds of each scenario.")  # fmt: skip
@seed_option
@plays
@json_option
@csv_option
@own_chart_option
@lang_option
@with_desk
@tries
def worlds(desk: Desk, scenarios: tuple[str, ...], count: int, seed: int, workers: int, json_file: Path | None,
           csv_file: Path | None, out: Path | None, lang: Lang) -> int:  # fmt: skip
    """Draw all assumptions of SCENARIOS together, of all when none is named, and keep how often each verdict holds.

    Kept in reports/reference/worlds.json, from which `check` tells which verdicts are fragile; not kept where something
    is tried, for no file says so.
    """
    from sim.cli.filing import Files
    from sim.core.doors import Door, try_doors
    from sim.decide import recorded
    from sim.report.charts.doubting import WORLDS_FILES

    files = Files(json_file, csv_file)
    doors = files.doors
    if out:
        doors.append(Door("--out", out, WORLDS_FILES))
    if not desk.settings:
        doors.append(Door("worlds", desk.root, (recorded.FILE.as_posix(),), "name another folder with --root"))
    try_doors(*doors)
    asked, wrong = desk.to_check(scenarios)
    tell_where(desk, asked)
    tell_wrong(desk, wrong.values())
    found: dict[str, Recorded] = {}
    left = list(asked)
    for name, prepared in asked.items():
        try:
            found[name] = recorded.of(_worlds(prepared, count, seed, workers))
        except KeyboardInterrupt:
            break
        except PlannerError as error:
            wrong[name] = error
            tell_wrong(desk, [error])
        else:
            _print(name, found[name], lang)
        left.remove(name)
    if len(left) < len(asked) and not desk.settings:
        record, known = {**recorded.recorded(desk.root), **found}, {path.stem for path in desk.paths}
        click.echo(_told(recorded.keep(desk.root, {name: one for name, one in record.items() if name in known})))
    if not left:
        for path in _written(desk, asked, found, files, seed, out, lang):
            click.echo(_told(path))
    return stopped(left) if left else WRONG_FILE if wrong else 0


def _written(desk: Desk, asked: Mapping[str, Prepared], found: Record, files: Files, seed: int,
             out: Path | None, lang: Lang) -> list[Path]:  # fmt: skip
    """Write what was found to the files asked for; those of the chart."""
    from sim.report.charts.doubting import save_worlds
    from sim.report.drawn import worlds_csv, worlds_json

    files.hand_over(lambda: worlds_json(found, desk.settings, seed), lambda: worlds_csv(found))
    if out is None:
        return []
    targets = {(name, target.id): target for name in found for target in asked[name].scenario.targets}
    return save_worlds(found, {key: target.value_unit.id for key, target in targets.items()}, out, lang)


def _worlds(prepared: Prepared, count: int, seed: int, workers: int) -> Comparison:
    from sim.analysis.compare import compare
    from sim.decide.worlds import with_worlds, worlds
    from sim.report.screen.progress import progress

    with progress(prepared.scenario.name.zh) as tell:
        comparison = finished(compare(prepared, seed=seed, runs=RUNS, workers=workers, progress=tell))
    with progress(prepared.scenario.name.zh) as tell:
        return with_worlds(comparison, worlds(comparison, count, workers, tell).targets)


def _print(name: str, found: Recorded, lang: Lang) -> None:
    from sim.report.words import say

    for key, one in found.targets.items():
        told, mark = one.found, say(lang, "worlds_fragile") if one.fragile else ""
        ends, share = (f"{end:.4g}" for end in (told.low, told.high)), f"{told.share:.0%}"
        low, high = ends
        click.echo(f"{name} {key}: {say(lang, 'worlds_line', low=low, high=high, share=share, n=len(told.met))}{mark}")


def _told(path: Path) -> str:
    return click.format_filename(path)
