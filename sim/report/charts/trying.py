"""What is done with the charts of what a planner tries: which files they are, and writing them."""

from __future__ import annotations

from pathlib import Path

from sim.decide.budget import Budget
from sim.decide.capacity import Capacity
from sim.decide.moved import Difference
from sim.report.chart_register import DECISIONS, FORMATS
from sim.report.charts.budget import SharedOut
from sim.report.charts.capacity import Crowded
from sim.report.charts.drawing import save
from sim.report.charts.moved import Compared
from sim.report.charts.style import styled
from sim.report.words import Lang

CAPACITY = DECISIONS["capacity"]
CAPACITY_FILES = tuple(f"{CAPACITY.id}.{ending}" for ending in FORMATS)
"""The files of the chart, relative to its folder."""


BUDGET = DECISIONS["budget"]
BUDGET_FILES = tuple(f"{BUDGET.id}.{ending}" for ending in FORMATS)


def save_budget(found: Budget, folder: Path, lang: Lang) -> list[Path]:
    """The chart of a budget, likewise."""
    with styled():
        drawn = BUDGET.draw(SharedOut(found, lang))
    return save({BUDGET.id: drawn}, folder)


def save_capacity(found: Capacity, folder: Path, lang: Lang) -> list[Path]:
    """The chart written into a folder, and its pictures; raises PlannerError where it cannot be written."""
    with styled():
        drawn = CAPACITY.draw(Crowded(found, lang))
    return save({CAPACITY.id: drawn}, folder)


MOVED = DECISIONS["moved"]
MOVED_FILES = tuple(f"{MOVED.id}.{ending}" for ending in FORMATS)


def save_moved(found: Difference, folder: Path, lang: Lang) -> list[Path]:
    """The chart of what changed between two results, likewise."""
    with styled():
        drawn = MOVED.draw(Compared(found, lang))
    return save({MOVED.id: drawn}, folder)
