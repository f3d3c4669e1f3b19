"""What is done with the charts of what a planner tries: which files they are, and writing them."""

from __future__ import annotations

from pathlib import Path

from sim.decide.budget import Budget
from sim.decide.capacity import Capacity
from sim.decide.moved import Difference
from sim.report.chart_register import DECISIONS
from sim.report.charts.budget import SharedOut
from sim.report.charts.capacity import Crowded
from sim.report.charts.moved import Compared
from sim.report.charts.paged import pages_of, save_pages, source_of
from sim.report.words import Lang, say

CAPACITY, BUDGET, MOVED = DECISIONS["capacity"], DECISIONS["budget"], DECISIONS["moved"]
CAPACITY_FILES, BUDGET_FILES, MOVED_FILES = pages_of(CAPACITY.id), pages_of(BUDGET.id), pages_of(MOVED.id)
"""The files of each chart, relative to its folder."""


def save_capacity(found: Capacity, folder: Path, lang: Lang) -> list[Path]:
    """The chart written into a folder, and its pictures; raises PlannerError where it cannot be written."""
    return save_pages(CAPACITY, {CAPACITY.id: Crowded(found, lang)}, _source(found, lang), folder)


def save_budget(found: Budget, folder: Path, lang: Lang) -> list[Path]:
    """The chart of a budget, likewise."""
    return save_pages(BUDGET, {BUDGET.id: SharedOut(found, lang)}, _source(found, lang), folder)


def save_moved(found: Difference, folder: Path, lang: Lang) -> list[Path]:
    """The chart of what changed between two results, likewise."""
    return save_pages(MOVED, {MOVED.id: Compared(found, lang)}, say(lang, "diff_source", n=len(found.figures)), folder)


def _source(found: Capacity | Budget, lang: Lang) -> str:
    return source_of(lang, found.prepared, found.runs, found.seed)
