"""What is done with the chart of a city's records: which files it is, and writing it."""

from __future__ import annotations

from pathlib import Path

from sim.learn.replay import Replay
from sim.learn.summary import summary
from sim.report.chart_register import DECISIONS, files_of
from sim.report.charts.drawing import drawn, save
from sim.report.charts.recorded import Recorded
from sim.report.words import Lang, named
from sim.spec.place import Place
from sim.spec.process import Process

RECORDED = DECISIONS["recorded"]
RECORDED_FILES = files_of(RECORDED.id)
"""The files of the chart, relative to its folder."""


def save_recorded(replay: Replay, process: Process | None, place: Place | None, folder: Path, lang: Lang) -> list[Path]:
    """Where the days go, drawn into a folder; raises PlannerError where it cannot be written."""
    departments = place.departments if place else {}
    called = {
        "step": {name: named(lang, step.name or name) for name, step in (process.steps if process else {}).items()},
        "department": {name: named(lang, department.name or name) for name, department in departments.items()},
    }
    view = Recorded(summary(replay), replay.log.title, replay.log.period, lang, called)
    return save({RECORDED.id: drawn(RECORDED, view)}, folder)
