"""The process before and after as a map for a phone: from the top down, what waits for what in lanes at the left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from sim.report.charts.map_line import Point
from sim.report.charts.map_model import Edge, MapModel, played_models
from sim.report.charts.map_panel import arrow_head, box, edge_style, explained, is_gone, reformed
from sim.report.charts.map_told import StepWords, category_of
from sim.report.charts.map_words import WORDS
from sim.report.charts.narrow import LEADING, NAME, SIDE, TEXT, WIDTH, Block, gap, headed, keys, panel, stacked, words
from sim.report.charts.narrow_rows import Bus, bands, framed, lanes, rows_of
from sim.report.charts.process_map import map_title, panel_words
from sim.report.charts.style import MOST_STEPS, STRIPE
from sim.report.charts.view import View
from sim.report.charts.writing import ems, wrapped
from sim.report.words import Lang, named
from sim.spec.categories import Category
from sim.spec.process import Process

BAND, APART, PAD, EDGE, FORM = 0.09, 0.16, 0.07, 0.09, 0.24
"""Inches above and below the boxes of a band, between boxes, from a box to its words and to the edge, and for the name
of a form."""
LANE, MOST_LANES, ARROW = 0.13, 1.2, 0.26
"""Inches from lane to lane, of all lanes at most, and from the last one to the boxes."""
ROUND, PORT = 0.07, 0.09
"""Inches of the bend of an edge, and how far from the middle of a box edges leave it below and come in above."""
ASIDE = 0.8
"""Share of the width of a box at which an arrow to the one below it stands."""
LINE = TEXT * LEADING / 72


def narrow_process_map(view: View) -> Figure:
    """The map of the first variant above that of the last one, with the critical path of the cases played."""
    maps, said = played_models(view), WORDS[view.lang]
    title = map_title(maps, view.name, view.lang)
    if (steps := max(len(m.process.steps) for m in maps)) > MOST_STEPS:
        return stacked(headed(title, said["too_many"].format(steps=steps, most=MOST_STEPS)))
    blocks = [*headed(title, said["narrow"]), *keys(explained(view.lang))]
    for model in maps:
        blocks += _map(model, maps[0].process, view.lang)
    return stacked(blocks)


def _map(model: MapModel, baseline: Process, lang: Lang) -> Iterator[Block]:
    drawn = _Column(model, StepWords(model, baseline, lang), lang)
    yield gap(0.12)
    yield words(panel_words(model, lang), NAME, after=0.06, label="panel")
    yield panel(drawn.height, drawn.draw)


class _Column:
    """One map, in inches from its upper left corner; y goes down."""

    def __init__(self, model: MapModel, told: StepWords, lang: Lang) -> None:
        self._model, self._told, self._lang = model, told, lang
        self._width = WIDTH - 2 * SIDE
        self._right = self._width - EDGE
        self._rows = rows_of(model.before, model.forms.values())
        self._bands, self._frames = bands(model.before, self._rows), framed(self._rows, model.forms.values())
        self._below = dict(zip(self._rows, self._rows[1:], strict=False))
        self._buses = self._gathered()
        self._lane = lanes(self._buses, self._rows)
        count = max(self._lane.values(), default=-1) + 1
        self._pitch = min(LANE, MOST_LANES / max(count, 1))
        self._left = self._pitch * count + ARROW
        self._lines = {step: self._written(step) for step in self._rows}
        self._top, self._ends, self.height = self._placed()

    def _gathered(self) -> dict[Bus, list[Edge]]:
        """The edges that run in lanes: all but those from a step to the one below it."""
        found: dict[Bus, list[Edge]] = defaultdict(list)
        critical = self._model.critical_edges
        for edge, style in self._model.edges.items():
            if self._below.get(edge[0]) != edge[1]:
                found[edge[0], style, edge in critical].append(edge)
        return dict(found)

    def _written(self, step: str) -> tuple[list[str], str, str, str]:
        """The lines of a name, how long it may take, how often it decides, and what reforms did to it."""
        spec = self._model.process.steps[step]
        name = wrapped(named(self._lang, spec.name), (self._right - self._left - 2 * PAD) * 72 / NAME)
        return name, self._told.note(step, spec), self._told.share(step), self._told.reforms(step, spec)

    def _room(self, step: str) -> float:
        """Points that are left beside the note for what reforms did."""
        _, note, share, _ = self._lines[step]
        taken = (ems(note) + ems(share)) * TEXT + 22
        return (self._right - self._left - 2 * PAD) * 72 - taken

    def _tall(self, step: str) -> float:
        name, note, share, reforms = self._lines[step]
        own = ems(reforms) * TEXT > self._room(step)
        return len(name) * NAME * LEADING / 72 + LINE * (bool(note or share or reforms) + own) + 2 * PAD

    def _placed(self) -> tuple[dict[str, float], list[tuple[float, float]], float]:
        """The top of each box, both ends of each band, and the height of the whole."""
        tops: dict[str, float] = {}
        ends, y, first = [], 0.0, {frame[0] for frame in self._frames}
        for band in self._bands:
            start = y
            y += BAND
            for n, step in enumerate(band):
                y += (APART if n else 0) + (FORM if step in first else 0)
                tops[step] = y
                y += self._tall(step)
            y += BAND
            ends.append((start, y))
        return tops, ends, y

    def draw(self, axes: Axes) -> None:
        """Bands and frames behind, then edges, then boxes."""
        axes.set_xlim(0, self._width)
        axes.set_ylim(self.height, 0)
        axes.set_axis_off()
        for start, end in self._ends[::2]:
            axes.add_patch(Rectangle((0, start), self._width, end - start, color=STRIPE, linewidth=0))
        for frame in self._frames:
            self._frame(axes, frame)
        critical = self._model.critical_edges
        for edge in sorted(self._model.edges, key=lambda e: e in critical):
            self._edge(axes, edge, edge in critical)
        for step in self._rows:
            self._box(axes, step)

    def _frame(self, axes: Axes, steps: list[str]) -> None:
        top, foot = self._top[steps[0]], self._top[steps[-1]] + self._tall(steps[-1])
        corner = self._left - EDGE + 0.02, top - 0.06
        size = self._right - self._left + 2 * EDGE - 0.04, foot - top + 0.12
        style: dict[str, Any] = {"facecolor": "#F1F6FB", "edgecolor": Category.WORK.colour, "linewidth": 1.2}
        axes.add_patch(FancyBboxPatch(corner, *size, boxstyle="round,pad=0,rounding_size=0.06", label="form", **style))
        axes.text(self._left, top - 0.09, WORDS[self._lang]["form"], size=TEXT, va="bottom",
                  color=Category.WORK.colour, label="form label")  # fmt: skip

    def _middle(self, step: str) -> float:
        return self._top[step] + self._tall(step) / 2

    def _edge(self, axes: Axes, edge: Edge, critical: bool) -> None:
        start, end = edge
        style = edge_style(self._model, edge, critical)
        label = f"{'critical ' if critical else ''}{start} > {end}"
        if self._below.get(start) == end:
            self._straight(axes, edge, critical, label=label, **style)
            return
        bus = next(b for b, edges in self._buses.items() if edge in edges)
        lane = self._left - ARROW - self._pitch * self._lane[bus]
        path = _bent((self._left, self._middle(start) + PORT), lane, (self._left - 0.06, self._middle(end) - PORT))
        axes.add_patch(PathPatch(path, fill=False, capstyle="butt", label=label, **style))
        arrow_head(axes, (self._left, self._middle(end) - PORT), style["color"], critical)

    def _straight(self, axes: Axes, edge: Edge, critical: bool, **style: Any) -> None:
        """An arrow from a box to the one below it, right of the name of a form that may stand between them."""
        x, (start, end) = self._left + ASIDE * (self._right - self._left), edge
        foot, half = self._top[end], 0.075 if critical else 0.06
        axes.plot([x, x], [self._top[start] + self._tall(start), foot - 0.05], **style)
        head = [(x, foot), (x - half, foot - 2 * half), (x + half, foot - 2 * half)]
        axes.add_patch(Polygon(head, color=style["color"], linewidth=0))

    def _box(self, axes: Axes, step: str) -> None:
        spec, (name, note, share, reforms) = self._model.process.steps[step], self._lines[step]
        top, tall, right = self._top[step], self._tall(step), self._right - PAD
        box(axes, (self._left, top), (self._right - self._left, tall), category_of(spec),
            critical=step in self._model.critical, gone=is_gone(self._model, step, spec), label=step)  # fmt: skip
        x, y = self._left + PAD, top + PAD
        axes.text(x, y, "\n".join(name), size=NAME, va="top", label=f"name {step}", linespacing=LEADING * 0.92)
        y += len(name) * NAME * LEADING / 72 + LINE * 0.45
        shared = f"{note}   {share}" if share and note else note or share
        axes.text(x, y, shared, size=TEXT, va="center", color="#3A3A3A", label=f"note {step}")
        if reforms:
            own = ems(reforms) * TEXT > self._room(step)
            style = {"boxstyle": "round,pad=0.12", "linewidth": 0.7, **reformed(self._model, step)}
            axes.text(right - 0.03, y + LINE * own, reforms, size=TEXT, va="center", ha="right", color="white",
                      bbox=style, label=f"badge {step}")  # fmt: skip


def _bent(start: Point, lane: float, end: Point) -> Path:
    """From a box to a lane, down along it, and to another box, with rounded bends."""
    (x0, y0), (x1, y1) = start, end
    points = [(x0, y0), (lane + ROUND, y0), (lane, y0), (lane, y0 + ROUND), (lane, y1 - ROUND), (lane, y1),
              (lane + ROUND, y1), (x1, y1)]  # fmt: skip
    codes = [Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO]
    return Path(points, codes)
