"""The names of the files of a report, known before anything is played or drawn."""

from __future__ import annotations

from sim.report.chart_register import CHARTS, FORMATS
from sim.report.tables import TABLES
from sim.scenario.scenario import Scenario

RESULTS = "results.json"
CHART_FILES = tuple(f"{chart}.{ending}" for chart in CHARTS for ending in FORMATS)
"""What is written for each process."""


def report_files(scenario: Scenario) -> tuple[str, ...]:
    """Return every file of a report, relative to its folder."""
    charts = (f"{process}/{name}" for process in scenario.demand for name in CHART_FILES)
    return (RESULTS, *TABLES, "index.html", *charts)
