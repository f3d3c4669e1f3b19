"""What officers can do, on the screen: a table of each role against its number, and what follows."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.decide.capacity import Capacity, Point, Role
from sim.report.capacity import role_name, sentences
from sim.report.numbers import exact
from sim.report.screen.console import styled
from sim.report.screen.printed import interval
from sim.report.words import Lang, named, say

COLUMNS = ("capacity_days", "capacity_on_time", "capacity_wait", "capacity_busy")


def print_capacity(console: Console, found: Capacity, lang: Lang) -> None:
    """Print every role against officers and files, and in sentences what that comes to."""
    console.print(say(lang, "capacity_title", variant=named(lang, found.variant.name), runs=found.runs))
    for role in found.roles:
        console.print(_table(found, role, lang))
    for sentence in sentences(found, lang):
        console.print(styled(sentence))
    console.print(styled((say(lang, "capacity_knee_rule"), "dim")))


def _table(found: Capacity, role: Role, lang: Lang) -> Table:
    table = Table(title=role_name(found, role, lang), title_justify="left")
    for column in ("capacity_officers", "capacity_files", *COLUMNS):
        table.add_column(say(lang, column), justify="right")
    for point in role.by_officers:
        table.add_row(_officers(role, point, lang), _files(point), *_cells(point))
    table.add_section()
    for point in (point for point in role.by_demand if point.demand != 1):
        table.add_row(str(point.officers), _files(point), *_cells(point))
    return table


def _officers(role: Role, point: Point, lang: Lang) -> str:
    today, knee = point.officers == role.today, point.officers == role.knee
    if not (today or knee):
        return str(point.officers)
    key = "capacity_both" if today and knee else "capacity_today" if today else "capacity_knee"
    return say(lang, key, n=point.officers)


def _files(point: Point) -> str:
    return f"× {exact(point.demand, '')}"


def _cells(point: Point) -> list[Text]:
    estimates = ((point.days, ""), (point.on_time, "share"), (point.wait, ""), (point.busy, "share"))
    return [interval(estimate, unit) for estimate, unit in estimates]
