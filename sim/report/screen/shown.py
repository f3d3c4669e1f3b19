"""A process on the screen: its steps in order with the critical path marked, and what a scenario changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from sim.core.doors import Door, try_doors
from sim.core.errors import PlannerError, named, unknown
from sim.report.chart_register import files_of
from sim.report.screen.console import Piece, console, styled
from sim.report.screen.printed import print_changes
from sim.report.words import named as called
from sim.scenario.library import Library
from sim.scenario.prepared import Prepared
from sim.spec import graph
from sim.spec.kinds import KINDS
from sim.spec.planned import planned_days, planned_paths, planned_slack
from sim.spec.process import Process

if TYPE_CHECKING:
    from sim.report.words import Lang


COLUMNS = {
    "zh": ("", "环节", "类型", "部门", "之前", "时限/时长（工作日）", "余量", "计时"),
    "en": ("", "Step", "Kind", "Department", "After", "Limit or length (working days)", "Slack", "Counted"),
}
TIES = {"zh": "并列的关键路径：", "en": "Critical paths that take equally long:"}
MOST_PATHS = 12
"""How many of the critical paths are listed; steps side by side multiply them."""
MAP_FILES = files_of("map")
"""What is written."""


def show_process(
    library: Library, name: str, prepared: Prepared | None, door: Door, lang: Lang
) -> tuple[Process, Process]:
    """Print a process and, with a scenario, what each of its variants changes; write the map.

    Return the first version of the process and the last.
    """
    from sim.report.charts.drawing import save
    from sim.report.charts.process_map import static_map

    if name not in library.processes:
        ids = [p.id for p in library.processes.values() if name in (p.name.zh, p.name.en)]
        raise PlannerError(named(name, ids) if ids else unknown("process", name, library.processes))
    try_doors(door)
    screen, versions = console(), list(_versions(library.whole(name), prepared, lang))
    first, last = versions[0][-1], versions[-1][-1]
    written = save({"map": static_map(first, last if prepared else None, lang)}, door.path)
    for title, changes, version in versions:
        if changes and prepared:
            print_changes(screen, prepared, changes, lang)
        screen.print(_table(version, title, lang))
        for line in _ties(version, lang):
            screen.print(line, highlight=False)
    for path in written:
        screen.print(str(path))
    return first, last


def _versions(process: Process, prepared: Prepared | None, lang: Lang) -> Iterator[tuple[str, tuple, Process]]:  # type: ignore[type-arg]
    if prepared is None:
        yield called(lang, process.name), (), process
        return
    if process.id not in prepared.scenario.demand:
        raise PlannerError(
            f"{prepared.scenario.id} is not about {process.id}; it is about {', '.join(prepared.scenario.demand)}"
        )
    for variant in prepared.variants:
        title = f"{called(lang, process.name)} · {called(lang, variant.name)}"
        changes = tuple(c for c in variant.changes if c.process in (process.id, variant.place.id))
        yield title, changes, variant.flows[process.id][0].process


def _ties(process: Process, lang: Lang) -> Iterator[str]:
    """The critical paths where there are several, a line each, but no more than some."""
    paths = list(islice(planned_paths(process), MOST_PATHS + 1))
    if len(paths) < 2:
        return
    yield TIES[lang]
    yield from (f"  {' → '.join(path)}" for path in paths[:MOST_PATHS])
    if len(paths) > MOST_PATHS:
        yield "  …"


def _table(process: Process, title: str, lang: Lang) -> Table:
    """The steps in order; those without slack, on a critical path, are marked."""
    before = graph.predecessors(process)
    edges = graph.edges(process)
    slack = planned_slack(process)
    table = Table(title=title, title_justify="left")
    for column in COLUMNS[lang]:
        table.add_column(column)
    for step_id in graph.order(before):
        step = process.steps[step_id]
        waits = [(u, "dim") if edges[u, step_id] == graph.ORDER else u for u in before[step_id]]
        free = round(slack[step_id], 6)
        mark = "" if free else styled(("●", "bold red"))
        counted = "✓" if step.is_counted and not step.done_before else ""
        name, kind = styled(called(lang, step.name), (f" {step_id}", "dim")), getattr(KINDS[step.kind].name, lang)
        days = f"{planned_days(step):g}"
        table.add_row(mark, name, kind, step.at or "", _listed(waits), days, f"{free:.4g}", counted)
    return table


def _listed(pieces: Sequence[Piece]) -> Text:
    """Pieces of text with commas between them."""
    return Text(", ").join(styled(piece) for piece in pieces)
