"""The command that turns a city's own records into evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.at_desk import with_desk
from sim.cli.options import PLACE, json_option, lang_option, seed_option, tongue_option
from sim.cli.telling import Told
from sim.cli.trying import tries

if TYPE_CHECKING:
    from sim.core.doors import Door
    from sim.learn.forecasting.validation import Validation
    from sim.learn.looking import Found
    from sim.learn.mapping.model import Mapping
    from sim.learn.measuring.everything import Findings
    from sim.learn.replay import Replay
    from sim.report.words import Lang
    from sim.scenario.desk import Desk
    from sim.spec.place import Place
    from sim.spec.process import Process


@click.command(cls=Told)
@click.argument("records", metavar="LOG")
@click.option(
    "--map", "mapping_file", type=PLACE, help="Write a starting mapping of the columns to this file, and stop."
)
@click.option("--check", "check_only", is_flag=True, help="Only grade the records: problems, and what can be told.")
@click.option("--place", help="Place whose hours count and whose measurements are written; that of the mapping.")
@click.option("--process", help="Process of the library that the steps belong to; that of the mapping.")
@click.option("--evidence", is_flag=True, help="Write what was measured to processes/measured/PLACE.yaml.")
@click.option("--draft", metavar="ID", help="Write a starting spec to processes/drafts/ID.yaml.")
@click.option("--forecast", is_flag=True, help="Hold a forecast against the last part of the log.")
@click.option(
    "--split", metavar="DATE", help="Day at which that part begins; half a year before the end when left out."
)
@seed_option
@json_option
@click.option(
    "--out",
    type=PLACE,
    help="Folder for the charts and for the days of cases and applications as tables; none when left out.",
)
@lang_option
@with_desk
def learn(desk: Desk, records: str, mapping_file: Path | None, check_only: bool, place: str | None,
          process: str | None, evidence: bool, draft: str | None, forecast: bool, split: str | None, seed: int,
          json_file: Path | None, out: Path | None, lang: Lang) -> None:  # fmt: skip
    """Learn from a city's records: grade them, replay the statutory clock, measure what they tell.

    LOG is a mapping file, a table (CSV, Excel, XES), a folder of tables, or the address of a database. Nothing is
    written unless asked for, and no name of a person is kept.
    """
    from sim.core.doors import Door, try_doors
    from sim.core.files import write_whole
    from sim.learn.plain import everything_json

    day = _day(split)
    if mapping_file is not None:
        _write_mapping(records, mapping_file)
        return
    doors = [Door("--json", json_file)] if json_file is not None else []
    doors += [_chart_door(out, forecast or day is not None)] if out is not None else []
    try_doors(*doors, *([_draft_door(desk, draft)] if draft is not None else []))
    findings, problems, mapping = _learnt(desk, records, place, process, lang, check_only, evidence)
    if evidence:
        _write_evidence(desk, findings, place or mapping.place, process or mapping.process)
    if draft is not None:
        _write_draft(desk, findings.replay, draft)
    validation = _forecast(findings.replay, day, seed, lang) if forecast or day else None
    if json_file is not None:
        write_whole(json_file, everything_json(findings, problems, validation))
    if out is not None:
        _draw(desk, findings.replay, place or mapping.place, process or mapping.process, out, lang)
        if validation is not None:
            _draw_forecast(desk, validation, findings.replay, process or mapping.process, out, lang)


def _chart_door(out: Path, forecast: bool) -> Door:
    from sim.core.doors import Door
    from sim.learn.tabled import FILES
    from sim.report.charts.learning import FORECAST_FILES, RECORDED_FILES

    return Door("--out", out, (*RECORDED_FILES, *(FORECAST_FILES if forecast else ()), *FILES))


def _draw(desk: Desk, replay: Replay, place: str | None, process: str | None, out: Path, lang: Lang) -> None:
    from sim.core.files import write_whole
    from sim.learn.tabled import tables
    from sim.report.charts.learning import save_recorded
    from sim.report.numbers import PLAIN
    from sim.text.spreadsheets import written

    for path in save_recorded(replay, _process(desk, process), _place(desk, place), out, lang):
        click.echo(click.format_filename(path))
    for name, table in tables(replay).items():
        click.echo(write_whole(out / name, written(table, PLAIN)))


def _draw_forecast(desk: Desk, found: Validation, replay: Replay, process: str | None, out: Path, lang: Lang) -> None:
    from sim.report.charts.learning import save_forecast

    for path in save_forecast(found, replay, _process(desk, process), out, lang):
        click.echo(click.format_filename(path))


def _day(split: str | None) -> date | None:
    from sim.core.errors import PlannerError

    try:
        return date.fromisoformat(split) if split is not None else None
    except ValueError:
        raise PlannerError(f"--split: wanted a date YYYY-MM-DD, found {split!r}") from None


def _write_mapping(records: str, file: Path) -> None:
    from sim.core.doors import Door, try_doors
    from sim.core.errors import PlannerError
    from sim.core.files import write_whole
    from sim.learn.mapping.guess import guessed, mapping_text
    from sim.learn.reading.exports import tables_of

    try_doors(Door("--map", file, spec=True))
    if file.exists():
        raise PlannerError(
            f"--map: {file} is there already, and what was changed in it would be lost; name another file"
        )
    tables = tables_of(records)
    click.echo(write_whole(file, mapping_text(guessed(tables, file.resolve().parent), tables)))


def _learnt(desk: Desk, records: str, place: str | None, process: str | None, lang: Lang,
            check_only: bool, evidence: bool) -> tuple[Findings, list[Found], Mapping]:  # fmt: skip
    """What the records tell, printed; whether it could be written as evidence is tried before it is measured."""
    from dataclasses import replace

    from sim.core.doors import try_doors
    from sim.learn.days import days_of
    from sim.learn.gather import open_log
    from sim.learn.looking import doubted, look
    from sim.learn.measuring.everything import learn as measure
    from sim.learn.replay import replay
    from sim.learn.summary import summary
    from sim.report.screen import learned
    from sim.report.screen.console import console
    from sim.report.screen.progress import progress

    with progress(records) as tell:
        log, mapping, guessed = open_log(records)
        if evidence:
            try_doors(_evidence_door(desk, place or mapping.place, process or mapping.process))
        tell(1, 4)
        found = replay(log, days_of(_place(desk, place or mapping.place)))
        tell(2, 4)
        problems = look(found)
        tell(3, 4)
        findings = measure(found, _process(desk, process or mapping.process))
    findings = replace(findings, learnt=doubted(findings.learnt, problems))
    screen = console()
    learned.print_read(screen, findings, guessed, lang)
    learned.print_problems(screen, problems, lang)
    learned.print_learnt(screen, findings.learnt, lang, whole=check_only)
    if not check_only:
        learned.print_days(screen, summary(found), lang)
        learned.print_orders(screen, findings.orders, lang)
    return findings, problems, mapping


def _place(desk: Desk, name: str | None) -> Place | None:
    from sim.core.errors import PlannerError, unknown

    if name is not None and name not in desk.library.places:
        raise PlannerError(unknown("place", name, desk.library.places))
    return desk.library.places[name] if name is not None else None


def _process(desk: Desk, name: str | None) -> Process | None:
    from sim.core.errors import PlannerError, unknown

    if name is not None and name not in desk.library.processes:
        raise PlannerError(unknown("process", name, desk.library.processes))
    return desk.library.whole(name) if name is not None else None


def _evidence_door(desk: Desk, place: str | None, process: str | None) -> Door:
    from sim.core.doors import Door
    from sim.core.errors import PlannerError

    if place is None or process is None:
        raise PlannerError("--evidence: name the place and the process, with --place and --process or in the mapping")
    _place(desk, place)
    _process(desk, process)
    return Door("--evidence", desk.root, (f"processes/measured/{place}.yaml",), _ROOT, spec=True)


_ROOT = "name another folder with --root"


def _write_evidence(desk: Desk, findings: Findings, place: str | None, process: str | None) -> None:
    from sim.core.files import write_whole
    from sim.learn.evidence import evidence_text

    found = _process(desk, process)
    assert place is not None
    assert found is not None
    text = evidence_text(findings, desk.library, place, found)
    click.echo(write_whole(desk.root / "processes/measured" / f"{place}.yaml", text))


def _draft_door(desk: Desk, name: str) -> Door:
    from sim.core.doors import Door
    from sim.learn.drafting import draft_file

    file = draft_file(desk.library, name)
    return Door("--draft", desk.root, (file.relative_to(desk.root).as_posix(),), _ROOT, spec=True)


def _write_draft(desk: Desk, replay: Replay, name: str) -> None:
    from sim.core.files import write_whole
    from sim.learn.drafting import draft, draft_file

    click.echo(write_whole(draft_file(desk.library, name), draft(replay, desk.library, name)))


def _forecast(replay: Replay, split: date | None, seed: int, lang: Lang) -> Validation:
    from sim.learn.forecasting.validation import validate
    from sim.report.screen.console import console
    from sim.report.screen.forecast import print_validation

    validation = validate(replay, split, seed)
    print_validation(console(), validation, replay.log.steps, lang)
    return validation


@click.command(cls=Told)
@click.argument("scenario")
@click.option("--form", type=click.Choice(["spgl2", "spgl3", "gbt39046", "events", "xes"]), default="spgl3",
              show_default=True, help="Form of the records.")  # fmt: skip
@click.option("--variant", help="Variant that is played; the first when left out.")
@click.option("--days", type=click.IntRange(min=1), default=365, show_default=True, help="Days that are recorded.")
@click.option("--traps", is_flag=True, help="With the traps of vendors: rows twice, invalid, dates without a time.")
@seed_option
@click.option("--out", type=PLACE, required=True, help="Folder to write; one in it a process.")
@tongue_option
@with_desk
@tries
def records(desk: Desk, scenario: str, form: str, variant: str | None, days: int, traps: bool, seed: int,
            out: Path) -> None:  # fmt: skip
    """Record a SCENARIO as a city would: play it once and write its cases in a published form."""
    from sim.core.doors import Door, try_doors
    from sim.core.files import write_whole
    from sim.learn.writing.exports import FILES, files_of
    from sim.learn.writing.playing import recorded
    from sim.report.screen.progress import progress

    prepared = desk.prepare(scenario)
    names = tuple(f"{process}/{name}" for process in prepared.scenario.demand for name in FILES[form])
    try_doors(Door("--out", out, names))
    with progress(scenario) as tell:
        happened = recorded(prepared, variant, seed, days)
        tell(1, 2)  # writing takes about as long
    for process, found in happened.items():
        for name, text in files_of(found, form, traps).items():
            click.echo(write_whole(out / process / name, text))
