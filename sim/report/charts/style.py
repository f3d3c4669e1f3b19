"""What all charts share: the font, the sizes, the settings, the finding at the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager, patheffects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.report.charts.writing import fitting
from sim.report.font import FAMILY, font_file
from sim.spec.categories import Category

SLIDE = 16.0, 9.0
"""Inches of a wide slide, which every chart should fill."""
INK, FAINT, STRIPE = "#222222", "#666666", "#F6F6F6"
ALARM, GOOD = "#B3361E", "#1B6B4A"
"""What a reform takes away or a target missed; a target met."""

WARNING = "////"
"""Drawn on bars that are bad news, so that the colour is not all that tells it."""

MOST_STEPS = 150
"""Steps that a chart with a place for each of them still shows legibly; more make it slow and too large to open."""


@dataclass(frozen=True)
class Cell:
    """The place of a bar in its row, in shares of the row: how high it is, and what lies above and below its middle."""

    bar: float
    above: float = 0.5
    below: float = 0.5


SETTINGS: dict[str, Any] = {
    "font.family": [FAMILY, "DejaVu Sans"],
    "font.size": 12,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": "#E2E2E2",
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "charts",
}
"""Settings of every chart; no text is a formula, and with a salt of our own the same chart is the same file."""


@lru_cache(maxsize=1)
def _load_font() -> None:
    """Make the Chinese font known to matplotlib."""
    font_manager.fontManager.addfont(font_file())


@contextmanager
def styled() -> Iterator[None]:
    """The settings of the charts, until the block ends."""
    _load_font()
    with mpl.rc_context(SETTINGS):
        yield


def figure(width: float, height: float) -> Figure:
    """An empty white figure of that many inches, which no window and no global state knows of."""
    drawn = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(drawn)
    return drawn


def no_chart(title: str, why: str) -> Figure:
    """A figure that says why there is no chart."""
    drawn = figure(SLIDE[0], 2)
    headline(drawn, title, why)
    return drawn


def headline(drawn: Figure, title: str, subtitle: str = "") -> float:
    """Write the finding at the top of a figure and how to read it below; the inches this takes.

    The type grows with the figure, so that it is as large on a slide whatever the figure's width.
    """
    width, height = drawn.get_size_inches()
    scale = width / SLIDE[0]
    left, room = 0.3 * scale, (width - 0.6 * scale) * 72
    drawn.text(
        left / width, 1 - 0.18 * scale / height, title, size=fitting(title, 20 * scale, room), va="top", label="title"
    )
    size = fitting(subtitle, 13 * scale, room)
    drawn.text(left / width, 1 - 0.66 * scale / height, subtitle, size=size, va="top", color=FAINT, label="subtitle")
    return float((1.0 if subtitle else 0.7) * scale)


def rows(
    names: Sequence[str],
    title: str,
    subtitle: str,
    *,
    row: float,
    foot: float,
    left: float,
    width: float,
    label: str,
    size: float = 11,
) -> tuple[Figure, Axes]:
    """A figure with axes that have a row for each name, from the top down, and the axes.

    A row is `row` inches high, below them are `foot`; `left` and `width` are shares of the figure; `size` is that of
    the names.
    """
    height = foot + 1.6 + row * len(names)
    drawn = figure(SLIDE[0], height)
    top = height - headline(drawn, title, subtitle) - 0.3
    axes = drawn.add_axes((left, foot / height, width, (top - foot) / height), label=label)
    axes.set_yticks(np.arange(len(names)), names, size=size)
    axes.set_ylim(len(names) - 0.4, -0.6)
    bare(axes)
    return drawn, axes


def legend(drawn: Figure, handles: Sequence[Artist], size: float, *, columns: int, length: float, gap: float) -> None:
    """Write at the foot of a figure what its colours and lines mean: their length, and the gap between columns."""
    below: dict[str, Any] = {"loc": "lower center", "frameon": False, "borderaxespad": 0.4}
    drawn.legend(handles=handles, ncols=columns, fontsize=size, handlelength=length, columnspacing=gap, **below)


def bare(axes: Axes) -> None:
    """Leave of the frame of axes only the foot, with a light grid upwards from it."""
    axes.tick_params(axis="x", labelsize=12)
    axes.grid(axis="x", linewidth=0.8)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def filled(colour: str, pattern: str = "", dark: bool = True) -> dict[str, Any]:
    """How a bar is filled: a colour, and on it a pattern in white, or in grey where the colour is light."""
    return {"facecolor": colour, "edgecolor": "#FFFFFFB0" if dark else "#00000070", "hatch": pattern, "linewidth": 0}


def spent(category: Category) -> dict[str, Any]:
    """How time of a category is filled."""
    return filled(category.colour, category.pattern, category.dark)


def cased(width: float = 1.6) -> list[Any]:
    """A white edge round a line, by which an interval is seen on a dark bar."""
    return [patheffects.withStroke(linewidth=width + 1.8, foreground="white")]


def tint(colour: str) -> tuple[float, float, float]:
    """A colour thinned with white, for writing on."""
    red, green, blue = (1 - 0.42 * (1 - int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue
