"""What is done with the charts of what a planner decides by: which files they are, and writing them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.decide.attributed import Attribution
from sim.decide.questions import Question
from sim.decide.searching.searched import Searched
from sim.report.chart_register import DECISIONS
from sim.report.charts.paged import pages_of, save_pages, source_of
from sim.report.charts.pareto import Choices
from sim.report.charts.waterfall import Shared
from sim.report.files import file_name
from sim.report.words import Lang, say

WATERFALL, PARETO = DECISIONS["waterfall"], DECISIONS["pareto"]
PARETO_FILES = pages_of("search")
"""Every file that what a search found is drawn to, relative to its folder."""


def waterfall_files(asked: Iterable[Question]) -> tuple[str, ...]:
    """Every file that the waterfalls of these questions are written to, relative to their folder."""
    return pages_of(*(file_of(WATERFALL.id, question.id) for question in asked))


def save_waterfalls(attribution: Attribution, folder: Path, lang: Lang) -> list[Path]:
    """The waterfalls written into a folder, and their pictures; raises PlannerError where it cannot be written."""
    views = {
        file_of(WATERFALL.id, found.question.id): Shared(attribution, found, lang) for found in attribution.answers
    }
    source = source_of(lang, attribution.prepared, attribution.runs, attribution.seed)
    return save_pages(WATERFALL, views, source, folder)


def save_pareto(found: Searched, folder: Path, lang: Lang) -> list[Path]:
    """What a search found, drawn into a folder; raises PlannerError where it cannot be written."""
    source = say(lang, "search_source", scenario=found.prepared.scenario.id, tried=found.tried, worlds=found.worlds,
                 seed=found.seed, inputs=found.prepared.inputs[:12])  # fmt: skip
    return save_pages(PARETO, {"search": Choices(found, lang)}, source, folder)


def file_of(chart: str, key: str) -> str:
    """What the files of a chart of a target or measure are called."""
    return f"{chart}_{file_name(key)}"
