"""A chart as a job for another process; whoever hands it out needs no drawing library."""

from __future__ import annotations

from sim.analysis.comparison import Comparison
from sim.core.phases import phase
from sim.decide.attributed import Attribution
from sim.report.chart_register import CHARTS, DECISIONS
from sim.report.drawings import Drawing
from sim.report.files import WATERFALL
from sim.report.words import Lang


def drawn(common: tuple[Comparison, Lang], chart: tuple[str, str]) -> dict[str, bytes]:
    """Ending → the content of the file of a chart, given a process and the name of the chart in the register."""
    process, name = chart
    with phase("charts"):
        from sim.report.charts import drawing
        from sim.report.charts.view import View

        return drawing.contents(drawing.drawn(CHARTS[name], View(common[0], process, common[1])))


def for_page(common: tuple[Comparison, Lang, Attribution | None], chart: tuple[str, str]) -> Drawing:
    """A chart with all that a page shows of it, or the waterfall of what was shared out, which is of no process."""
    comparison, lang, bought = common
    process, name = chart
    with phase("charts"):
        from sim.report.charts import drawing
        from sim.report.charts.view import View
        from sim.report.charts.waterfall import Shared

        if bought is not None and name == WATERFALL:
            return drawing.handed_on(DECISIONS[WATERFALL], Shared(bought, bought.answers[0], lang))
        return drawing.handed_on(CHARTS[name], View(comparison, process, lang))
