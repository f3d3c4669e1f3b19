"""The register of charts, and what is done with all of them: draw, save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.analysis.comparison import Comparison
from sim.core.errors import PlannerError, unknown
from sim.core.files import write_whole
from sim.report.charts.distribution import distribution
from sim.report.charts.gantt import gantt
from sim.report.charts.process_map import process_map
from sim.report.charts.style import Lang, styled
from sim.report.charts.time_split import time_split
from sim.report.charts.view import View
from sim.spec.base import Name


@dataclass(frozen=True)
class Chart:
    """A chart: what it is called, and how it is drawn."""

    name: Name
    of: Callable[[View], Figure]


CHARTS: dict[str, Chart] = {
    "process_map": Chart(Name(zh="流程图", en="Process map"), process_map),
    "gantt": Chart(Name(zh="典型办件", en="A typical case"), gantt),
    "distribution": Chart(Name(zh="用时分布与目标", en="Spread of the cases and target"), distribution),
    "time_split": Chart(Name(zh="时间花在哪里", en="Where the days go"), time_split),
}
"""Every chart, in the order in which they are read; a new one is one function and one line here."""
FORMATS: dict[str, dict[str, Any]] = {
    "png": {"dpi": 150, "metadata": {"Software": None}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
}
"""File ending → how it is written: without a date or a program, so that the same chart is the same file."""


def draw(comparison: Comparison, process: str | None = None, lang: Lang = "zh") -> dict[str, Figure]:
    """Every chart of one process of a comparison, of its only one when left out, by its name in the register.

    Raises PlannerError where the comparison has no such process, or has several and none is named.
    """
    view = View(comparison, _named(process, list(comparison.prepared.scenario.demand)), lang)
    with styled():
        return {name: chart.of(view) for name, chart in CHARTS.items()}


def _named(process: str | None, known: Sequence[str]) -> str:
    if process is None and len(known) > 1:
        raise PlannerError(f"the scenario has several processes; name one of {', '.join(known)}")
    if process is not None and process not in known:
        raise PlannerError(unknown("process", process, known))
    return process or known[0]


def save(figures: Mapping[str, Figure], folder: Path) -> list[Path]:
    """The files written into a folder: a PNG and an SVG for each figure, the latter with its text as text.

    Raises PlannerError where the folder cannot be written.
    """
    written = []
    with styled():
        for name, figure in figures.items():
            for ending, how in FORMATS.items():
                content = BytesIO()
                figure.savefig(content, format=ending, **how)
                written.append(write_whole(folder / f"{name}.{ending}", content.getvalue()))
    return written
