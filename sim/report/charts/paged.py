"""A chart of what a planner decides by as it is handed over: its pictures, and a page with all that is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.files import write_whole
from sim.report.chart_register import Chart, files_of
from sim.report.charts.drawing import handed_on
from sim.report.charts.kept import keep
from sim.report.page.alone import chart_page
from sim.report.words import say
from sim.scenario.prepared import Prepared


def pages_of(*names: str) -> tuple[str, ...]:
    """What charts of these names are written to with their pages, relative to their folder."""
    return (*files_of(*names), *(f"{name}.html" for name in names))


def save_pages(chart: Chart, views: Mapping[str, Any], source: str, folder: Path) -> list[Path]:
    """Name → view: the pictures and the pages of a chart of some views written into a folder.

    `source` tells from what they are. Raises PlannerError where the folder cannot be written.
    """
    written: list[Path] = []
    for name, view in views.items():
        drawing = handed_on(chart, view)
        table = chart.data(view) if chart.data else None
        page = chart_page(view.lang, chart, drawing, table, name, source)
        written += [*keep(name, drawing.files, folder), write_whole(folder / f"{name}.html", page)]
    return written


def source_of(lang: Any, prepared: Prepared, runs: int, seed: int) -> str:
    """From what a chart of a scenario is that was played so often."""
    return say(lang, "chart_source", scenario=prepared.scenario.id, runs=runs, seed=seed, inputs=prepared.inputs[:12])
