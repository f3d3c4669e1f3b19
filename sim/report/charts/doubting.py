"""What is done with the charts of doubts and of worlds: which files they are, and writing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.analysis.answers import REPLICATIONS
from sim.decide.recorded import Record
from sim.report.chart_register import DECISIONS
from sim.report.charts.deciding import file_of
from sim.report.charts.paged import pages_of, save_pages, source_of
from sim.report.charts.tornado import Swung
from sim.report.charts.worlds import Drawn
from sim.report.doubted import Doubted
from sim.report.words import Lang, say
from sim.scenario.target import Target

TORNADO, WORLDS = DECISIONS["tornado"], DECISIONS["worlds"]
WORLDS_FILES = pages_of(WORLDS.id)
"""The files of the chart of worlds, relative to its folder."""


def tornado_files(targets: Iterable[Target]) -> tuple[str, ...]:
    """Every file that the tornados of these targets are written to, relative to their folder."""
    return pages_of(*(file_of(TORNADO.id, target.id) for target in targets))


def save_tornados(found: Doubted, folder: Path, lang: Lang) -> list[Path]:
    """The tornados written into a folder, and their pictures; raises PlannerError where it cannot be written."""
    comparison = found.comparison
    views = {file_of(TORNADO.id, result.target.id): Swung(found, result, lang) for result in comparison.targets}
    runs = min(REPLICATIONS, comparison.most_runs)
    return save_pages(TORNADO, views, source_of(lang, comparison.prepared, runs, comparison.seed), folder)


def save_worlds(found: Record, units: Mapping[tuple[str, str], str], folder: Path, lang: Lang) -> list[Path]:
    """How often targets hold in worlds, likewise; the units of the targets by scenario and target."""
    source = say(lang, "worlds_source", scenarios=say(lang, "list_and").join(found))
    return save_pages(WORLDS, {WORLDS.id: Drawn(found, units, lang)}, source, folder)
