"""What is done with the charts of what a planner decides by: which files they are, and writing them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.decide.attributed import Attribution
from sim.decide.questions import Question
from sim.decide.searching.searched import Searched
from sim.report.chart_register import DECISIONS, FORMATS
from sim.report.charts.drawing import save
from sim.report.charts.pareto import Choices
from sim.report.charts.style import styled
from sim.report.charts.waterfall import Shared
from sim.report.words import Lang

WATERFALL, PARETO = DECISIONS["waterfall"], DECISIONS["pareto"]
PARETO_FILES = tuple(f"search.{ending}" for ending in FORMATS)
"""Every file that what a search found is drawn to, relative to its folder."""


def waterfall_files(asked: Iterable[Question]) -> tuple[str, ...]:
    """Every file that the waterfalls of these questions are written to, relative to their folder."""
    return tuple(f"{file_of(WATERFALL.id, question.id)}.{ending}" for question in asked for ending in FORMATS)


def save_waterfalls(attribution: Attribution, folder: Path, lang: Lang) -> list[Path]:
    """The waterfalls written into a folder, and their pictures; raises PlannerError where it cannot be written."""
    with styled():
        drawn = {
            file_of(WATERFALL.id, found.question.id): WATERFALL.draw(Shared(attribution, found, lang))
            for found in attribution.answers
        }
    return save(drawn, folder)


def save_pareto(found: Searched, folder: Path, lang: Lang) -> list[Path]:
    """What a search found, drawn into a folder; raises PlannerError where it cannot be written."""
    with styled():
        drawn = {"search": PARETO.draw(Choices(found, lang))}
    return save(drawn, folder)


def file_of(chart: str, key: str) -> str:
    """What the files of a chart of a target or measure are called; the id of a target may be any text."""
    return f"{chart}_{''.join(c if c.isalnum() or c in '-_' else '_' for c in key)}"
