"""A process on the screen: its steps in order with the critical path marked, and what a scenario changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from sim.core.doors import Door, try_doors
from sim.core.errors import PlannerError, unknown
from sim.report.screen.printed import print_changes
from sim.scenario.library import Library
from sim.scenario.prepared import Prepared
from sim.spec import graph
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.process import Process
from sim.spec.step import Step

if TYPE_CHECKING:
    from sim.report.charts.style import Lang


COLUMNS = {
    "zh": ("", "环节", "类型", "部门", "之前", "时限/时长（工作日）", "计时"),
    "en": ("", "Step", "Kind", "Department", "After", "Limit or length (working days)", "Counted"),
}
MAP_FILES = ("map.png", "map.svg")
"""What is written."""


def longest(step: Step) -> float:
    """How long a step lasts in working days when everyone uses up the limit or the mean length."""
    if step.done_before:
        return 0.0
    parts: list[Duration | None] = [step.limit.effective or step.circulation, step.duration, *step.special]
    if step.limit.effective is None:
        parts.append(step.work)
    return sum(p.mean_working_days(OFFICE_DAY) for p in parts if p)


def show_process(library: Library, name: str, prepared: Prepared | None, door: Door, lang: Lang) -> None:
    """Print a process and, with a scenario, what each of its variants changes; write the map."""
    from sim.report.charts.process_map import static_map
    from sim.report.charts.register import save

    if name not in library.processes:
        raise PlannerError(unknown("process", name, library.processes))
    try_doors(door)
    console, process = Console(), library.processes[name]
    for title, changes, version in _versions(process, prepared, lang):
        if changes and prepared:
            print_changes(console, prepared, changes, lang)
        console.print(_table(version, title, lang))
    last = [version for *_, version in _versions(process, prepared, lang)][-1]
    figures = {"map": static_map(process, last if prepared else None, lang)}
    for path in save(figures, door.path):
        console.print(str(path))


def _versions(process: Process, prepared: Prepared | None, lang: Lang) -> Iterator[tuple[str, tuple, Process]]:  # type: ignore[type-arg]
    if prepared is None:
        yield getattr(process.name, lang), (), process
        return
    if process.id not in prepared.scenario.demand:
        raise PlannerError(
            f"{prepared.scenario.id} is not about {process.id}; it is about {', '.join(prepared.scenario.demand)}"
        )
    for variant in prepared.variants:
        title = f"{getattr(process.name, lang)} · {getattr(variant.name, lang)}"
        changes = tuple(c for c in variant.changes if c.process in (process.id, variant.place.id))
        yield title, changes, variant.flows[process.id][0].process


def _table(process: Process, title: str, lang: Lang) -> Table:
    """The steps in order; those on the longest path are marked."""
    before = graph.predecessors(process)
    edges = graph.edges(process)
    critical = graph.critical_path(before, {s: longest(x) for s, x in process.steps.items()})
    table = Table(title=title, title_justify="left")
    for column in COLUMNS[lang]:
        table.add_column(column)
    for step_id in graph.order(before):
        step = process.steps[step_id]
        waits = ", ".join(f"[dim]{u}[/]" if edges[u, step_id] == graph.ORDER else u for u in before[step_id])
        mark = "[bold red]●[/]" if step_id in critical else ""
        counted = "✓" if step.is_counted and not step.done_before else ""
        table.add_row(mark, f"{getattr(step.name, lang)} [dim]{step_id}[/]", step.kind, step.at or "", waits,
                      f"{longest(step):g}", counted)  # fmt: skip
    return table
