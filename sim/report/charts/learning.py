"""What is done with the charts of a city's records: which files they are, and writing them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.learn.forecasting.validation import Validation
from sim.learn.replay import Replay
from sim.learn.summary import summary
from sim.report.chart_register import DECISIONS
from sim.report.charts.forecast import Foretold
from sim.report.charts.paged import pages_of, save_pages
from sim.report.charts.recorded import Recorded
from sim.report.words import Lang, named, say
from sim.spec.place import Department, Place
from sim.spec.process import Process
from sim.spec.step import Step

RECORDED, FORECAST = DECISIONS["recorded"], DECISIONS["forecast"]
RECORDED_FILES = pages_of(RECORDED.id)
"""The files of the chart of where the days go, relative to their folder."""
FORECAST_FILES = pages_of(FORECAST.id)
"""Those of a forecast and what came."""


def save_recorded(replay: Replay, process: Process | None, place: Place | None, folder: Path, lang: Lang) -> list[Path]:
    """Where the days go, drawn into a folder; raises PlannerError where it cannot be written."""
    called = {"step": _steps(process, lang), "department": _named(place.departments if place else {}, lang)}
    view = Recorded(summary(replay), replay.log.title, replay.log.period, lang, called)
    return save_pages(RECORDED, {RECORDED.id: view}, _source(replay, lang), folder)


def save_forecast(found: Validation, replay: Replay, process: Process | None, folder: Path, lang: Lang) -> list[Path]:
    """A forecast beside what came, drawn into a folder; raises PlannerError where it cannot be written."""
    called = _steps(process, lang)
    view = Foretold(found, [called.get(name, name) for name in replay.log.steps], lang)
    return save_pages(FORECAST, {FORECAST.id: view}, _source(replay, lang), folder)


def _source(replay: Replay, lang: Lang) -> str:
    first, last = replay.log.period
    return say(lang, "recorded_source", title=replay.log.title, first=first, last=last)


def _steps(process: Process | None, lang: Lang) -> dict[str, str]:
    return _named(process.steps if process else {}, lang)


def _named(parts: Mapping[str, Step] | Mapping[str, Department], lang: Lang) -> dict[str, str]:
    """Id → what it is called."""
    return {name: named(lang, part.name or name) for name, part in parts.items()}
