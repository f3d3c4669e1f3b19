"""The parts of a report that take long, each a job for another process: its long tables, and its charts."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.comparison import Comparison
from sim.core.files import write_whole
from sim.core.phases import phase
from sim.decide.attributed import Attribution
from sim.report.chart_register import CHARTS
from sim.report.charts.jobs import for_page
from sim.report.drawings import Drawing
from sim.report.files import WATERFALL
from sim.report.tables import LONG, TABLES
from sim.report.words import Lang

Asked = tuple[str, str]
"""The process of which a chart is asked for, nothing where it is of none, and the name of the chart or the table."""


def parts(comparison: Comparison, bought: Attribution | None) -> list[Asked]:
    """All of them: the tables, which take longest, then the charts of every process, then the waterfall."""
    charts = [(process, chart) for process in comparison.prepared.scenario.demand for chart in CHARTS]
    return [*(("", table) for table in LONG), *charts, *([("", WATERFALL)] if bought else [])]


def part(common: tuple[Comparison, Path, Lang, Attribution | None], asked: Asked) -> Drawing | None:
    """A chart with all that a page shows of it; of a table nothing, for it is written into the folder."""
    comparison, folder, lang, bought = common
    name = asked[1]
    if name not in LONG:
        return for_page((comparison, lang, bought), asked)
    with phase("files"):
        write_whole(folder / name, TABLES[name](comparison))
    return None
