"""What is done with all charts of the register: draw, save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.analysis.comparison import Comparison
from sim.core.errors import PlannerError, unknown
from sim.report.chart_register import CHARTS, FORMATS, Chart, Draw
from sim.report.charts.kept import keep
from sim.report.charts.style import styled
from sim.report.charts.view import View
from sim.report.drawings import Drawing
from sim.report.numbers import PLAIN
from sim.report.words import Lang
from sim.text.spreadsheets import written


def draw(comparison: Comparison, process: str | None = None, lang: Lang = "zh") -> dict[str, Figure]:
    """Every chart of one process of a comparison, of its only one when left out, by its name in the register.

    Raises PlannerError where the comparison has no such process, or has several and none is named.
    """
    view = View(comparison, _named(process, list(comparison.prepared.scenario.demand)), lang)
    return {name: drawn(chart, view) for name, chart in CHARTS.items()}


def _named(process: str | None, known: Sequence[str]) -> str:
    if process is None and len(known) > 1:
        raise PlannerError(f"the scenario has several processes; name one of {', '.join(known)}")
    if process is not None and process not in known:
        raise PlannerError(unknown("process", process, known))
    return process or known[0]


def drawn(chart: Chart, view: Any) -> Figure:
    """A chart of a view, in the style of all charts."""
    return _in_style(chart.draw, view)


def narrowed(chart: Chart, view: Any) -> Figure:
    """A chart of a view for a phone; raises ValueError where it stands on no page."""
    if chart.narrow is None:
        raise ValueError(f"the chart {chart.id} is not drawn for a phone")
    return _in_style(chart.narrow, view)


def numbers(chart: Chart, view: Any) -> str:
    """What a chart of a view shows, as CSV; nothing where it has no table."""
    return written(chart.data(view), PLAIN) if chart.data else ""


def _in_style(draw: Draw, view: Any) -> Figure:
    with styled():
        figure: Figure = draw(view)
    return figure


def handed_on(chart: Chart, view: Any) -> Drawing:
    """A chart of a view with its files, its drawing for a phone and its numbers."""
    narrow = content(narrowed(chart, view), "svg") if chart.narrow else b""
    return Drawing(contents(drawn(chart, view)), narrow, numbers(chart, view))


def save(figures: Mapping[str, Figure], folder: Path) -> list[Path]:
    """The files written into a folder: a PNG and an SVG for each figure, the latter with its text as text.

    Raises PlannerError where the folder cannot be written.
    """
    return [path for name, figure in figures.items() for path in keep(name, contents(figure), folder)]


def contents(figure: Figure) -> dict[str, bytes]:
    """Ending → the content of the file of a figure."""
    return {ending: content(figure, ending) for ending in FORMATS}


def content(figure: Figure, ending: str) -> bytes:
    """The content of the file of a figure in one format."""
    found = BytesIO()
    with styled():
        figure.savefig(found, format=ending, **FORMATS[ending])
    return found.getvalue()
