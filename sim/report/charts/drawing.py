"""What is done with all charts of the register: draw, save."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.analysis.comparison import Comparison
from sim.core.files import write_whole
from sim.report.chart_register import CHARTS
from sim.report.charts.style import styled
from sim.report.charts.view import View
from sim.report.words import Lang

FORMATS: dict[str, dict[str, Any]] = {
    "png": {"dpi": 150, "metadata": {"Software": None}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
}
"""File ending → how it is written: without a date or a program, so that the same chart is the same file."""


def draw(comparison: Comparison, process: str, lang: Lang = "zh") -> dict[str, Figure]:
    """Every chart of one process of a comparison, by its name in the register."""
    view = View(comparison, process, lang)
    with styled():
        return {name: chart.draw(view) for name, chart in CHARTS.items()}


def save(figures: Mapping[str, Figure], folder: Path) -> list[Path]:
    """The files written into a folder: a PNG and an SVG for each figure, the latter with its text as text.

    Raises PlannerError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with styled():
        for name, figure in figures.items():
            for ending, how in FORMATS.items():
                content = BytesIO()
                figure.savefig(content, format=ending, **how)
                write_whole(folder / f"{name}.{ending}", content.getvalue())
                written.append(folder / f"{name}.{ending}")
    return written
