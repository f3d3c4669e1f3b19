"""The names of the files of a report, known before anything is played or drawn."""

from __future__ import annotations

from sim.report.chart_register import CHARTS, files_of
from sim.report.tables import TABLES
from sim.scenario.scenario import Scenario

RESULTS = "results.json"
WATERFALL = "waterfall"
WATERFALL_FILES = files_of(WATERFALL)
"""What each part of the answer buys, where that was shared out."""
CHART_FILES = files_of(*CHARTS)
"""What is written for each process."""


def report_files(scenario: Scenario) -> tuple[str, ...]:
    """Return every file that a report may have, relative to its folder; the waterfall only where there are targets."""
    charts = (f"{process}/{name}" for process in scenario.demand for name in CHART_FILES)
    return (RESULTS, *TABLES, "index.html", *(WATERFALL_FILES if scenario.targets else ()), *charts)


def file_name(text: str) -> str:
    """A text as a part of the name of a file, whatever stands in it: the id of a target may be any text."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in text)
