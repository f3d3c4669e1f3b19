"""What is done with the charts of what a planner tries: which files they are, and writing them."""

from __future__ import annotations

from pathlib import Path

from sim.decide.budget import Budget
from sim.decide.capacity import Capacity
from sim.decide.moved import Difference
from sim.report.chart_register import DECISIONS, files_of
from sim.report.charts.budget import SharedOut
from sim.report.charts.capacity import Crowded
from sim.report.charts.drawing import drawn, save
from sim.report.charts.moved import Compared
from sim.report.words import Lang

CAPACITY, BUDGET, MOVED = DECISIONS["capacity"], DECISIONS["budget"], DECISIONS["moved"]
CAPACITY_FILES, BUDGET_FILES, MOVED_FILES = files_of(CAPACITY.id), files_of(BUDGET.id), files_of(MOVED.id)
"""The files of each chart, relative to its folder."""


def save_capacity(found: Capacity, folder: Path, lang: Lang) -> list[Path]:
    """The chart written into a folder, and its pictures; raises PlannerError where it cannot be written."""
    return save({CAPACITY.id: drawn(CAPACITY, Crowded(found, lang))}, folder)


def save_budget(found: Budget, folder: Path, lang: Lang) -> list[Path]:
    """The chart of a budget, likewise."""
    return save({BUDGET.id: drawn(BUDGET, SharedOut(found, lang))}, folder)


def save_moved(found: Difference, folder: Path, lang: Lang) -> list[Path]:
    """The chart of what changed between two results, likewise."""
    return save({MOVED.id: drawn(MOVED, Compared(found, lang))}, folder)
