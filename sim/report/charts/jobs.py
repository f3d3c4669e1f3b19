"""A chart as a job for another process; whoever hands it out needs no drawing library."""

from __future__ import annotations

from sim.analysis.comparison import Comparison
from sim.core.phases import phase
from sim.report.chart_register import CHARTS
from sim.report.words import Lang


def drawn(common: tuple[Comparison, Lang], chart: tuple[str, str]) -> dict[str, bytes]:
    """Ending → the content of the file of a chart, given a process and the name of the chart in the register."""
    process, name = chart
    with phase("charts"):
        from sim.report.charts.drawing import contents
        from sim.report.charts.style import styled
        from sim.report.charts.view import View

        with styled():
            return contents(CHARTS[name].draw(View(common[0], process, common[1])))
