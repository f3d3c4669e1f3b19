"""One map drawn: boxes with their limits and reforms, edges by why they stand, frames round common submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Polygon
from matplotlib.path import Path

from sim.report.charts.map_layout import Layout
from sim.report.charts.map_line import Point
from sim.report.charts.map_model import Edge, MapModel, Style
from sim.report.charts.map_told import COUNTED, StepWords, category_of
from sim.report.charts.map_words import WORDS
from sim.report.charts.style import ALARM, FAINT, INK, SLIDE, legend, tint
from sim.report.charts.writing import wrapped
from sim.report.words import Lang, named
from sim.spec.categories import Category
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.step import Step

BOX = 1.38, 0.72
NAME_SIZE, NOTE_SIZE = 12.5, 10.5
FRAME_PAD, INSET = 0.11, 0.032
"""Inches from the boxes of one application to their frame, and from a bold line to the one inside it."""
BORDERS: dict[Category, Any] = {
    COUNTED: "-",
    Category.AGENCY: (0, (1, 1.2)),
    Category.APPLICANT: (0, (4, 1.5)),
    Category.SPECIAL: (0, (5, 1.5, 1, 1.5)),
    Category.CONSTRUCTION: (0, (9, 2)),
}
"""Line round a box by what its colour means, so that colour is not all that tells it."""
EDGE_STYLES: dict[Style, dict[str, Any]] = {
    "legal": {"color": "#555555", "linewidth": 1.7, "linestyle": "-"},
    "nature": {"color": "#555555", "linewidth": 0.8, "linestyle": "-"},
    "order": {"color": "#555555", "linewidth": 1.5, "linestyle": (0, (3, 2))},
    "freed": {"color": ALARM, "linewidth": 1.9, "linestyle": (0, (5, 1.4, 1, 1.4))},
}
CRITICAL: dict[str, Any] = {"linewidth": 3.6}


class MapPanel:
    """One map at its place in axes that are in inches."""

    def __init__(
        self, axes: Axes, model: MapModel, baseline: Process, layout: Layout, corner: Point, lang: Lang
    ) -> None:
        self._axes, self._model = axes, model
        self._layout, self._corner, self._lang = layout, corner, lang
        self._words, self._told = WORDS[lang], StepWords(model, baseline, lang)

    def draw(self) -> None:
        """Frames behind, then edges, then boxes."""
        for members in self._layout.frames:
            self._frame(members)
        critical = self._model.critical_edges
        for edge in sorted(self._model.edges, key=lambda e: e in critical):
            self._edge(edge, edge in critical)
        for step_id, step in self._model.process.steps.items():
            self._box(step_id, step)

    def _at(self, step_id: str) -> Point:
        x, y = self._layout.centres[step_id]
        return self._corner[0] + x, self._corner[1] + y

    def _frame(self, members: Sequence[str]) -> None:
        xs, ys = zip(*map(self._at, members), strict=True)
        left, bottom = min(xs) - BOX[0] / 2 - FRAME_PAD, min(ys) - BOX[1] / 2 - FRAME_PAD
        width, height = max(xs) - min(xs) + BOX[0] + 2 * FRAME_PAD, max(ys) - min(ys) + BOX[1] + 2 * FRAME_PAD
        style: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.1", "linewidth": 1.2, "label": "form"}
        style |= {"facecolor": "#F1F6FB", "edgecolor": Category.WORK.colour}
        self._axes.add_patch(FancyBboxPatch((left, bottom), width, height, **style))
        style = {"size": NOTE_SIZE + 0.5, "va": "bottom", "color": Category.WORK.colour, "label": "form label"}
        self._axes.text(left + 0.06, bottom + height + 0.07, self._words["form"], **style)

    def _edge(self, edge: Edge, critical: bool) -> None:
        """The curves of an edge, one per line that it runs through, and the arrow's head at its end."""
        style = edge_style(self._model, edge, critical)
        points: list[Point] = []
        for curve in self._layout.curves[edge]:
            points = [(self._corner[0] + x, self._corner[1] + y) for x, y in curve]
            path = Path(points, [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1))
            label = f"{'critical ' if critical else ''}{edge[0]} > {edge[1]}"
            self._axes.add_patch(PathPatch(path, fill=False, capstyle="butt", label=label, **style))
        arrow_head(self._axes, points[-1], style["color"], critical)

    def _box(self, step_id: str, step: Step) -> None:
        x, y = self._at(step_id)
        corner, critical = (x - BOX[0] / 2, y - BOX[1] / 2), step_id in self._model.critical
        box(self._axes, corner, BOX, category_of(step), critical=critical, gone=is_gone(self._model, step_id, step),
            label=step_id)  # fmt: skip
        self._texts(step_id, step, x, y)
        self._corners(step_id, step, x, y)

    def _texts(self, step_id: str, step: Step, x: float, y: float) -> None:
        size, room, note = NAME_SIZE, BOX[0] * 72 - 7, self._told.note(step_id, step)
        name = named(self._lang, step.name)
        if len(wrapped(name, room / size)) > 2:
            size = NAME_SIZE * 0.8
        lines, middle, foot = "\n".join(wrapped(name, room / size)), y + (0.1 if note else 0), y - BOX[1] / 2 + 0.04
        style: dict[str, Any] = {"size": size, "va": "center", "linespacing": 1.1}
        self._axes.text(x, middle, lines, ha="center", label=f"name {step_id}", **style)
        style = {"size": NOTE_SIZE, "va": "bottom", "color": "#3A3A3A"}
        self._axes.text(x, foot, note, ha="center", label=f"note {step_id}", **style)

    def _corners(self, step_id: str, step: Step, x: float, y: float) -> None:
        """At the right what reforms did to the step, at the left its slack, or how often it decides if not always."""
        if said := self._told.reforms(step_id, step):
            style = {"ha": "right", "color": "white", "label": f"badge {step_id}"}
            self._badge(x + BOX[0] / 2, y, said, reformed(self._model, step_id), **style)
        for label, said, edge in (
            ("share", self._told.share(step_id), INK),
            ("slack", self._told.slack(step_id), FAINT),
        ):
            if said:
                style = {"ha": "left", "color": INK, "label": f"{label} {step_id}"}
                self._badge(x - BOX[0] / 2, y, said, {"facecolor": "white", "edgecolor": edge}, **style)

    def _badge(self, x: float, y: float, text: str, bbox: Mapping[str, str], **style: Any) -> None:
        box = {"boxstyle": "round,pad=0.16", "linewidth": 0.7, **bbox}
        self._axes.text(x, y + BOX[1] / 2 + 0.05, text, size=NOTE_SIZE - 0.5, va="center", bbox=box, **style)


def box(axes: Axes, corner: Point, size: Point, category: Category, *, critical: bool, gone: bool, label: str) -> None:
    """Draw the box of a step: its colour and its line by a category, bold where it decides, hatched where it goes."""
    line: dict[str, Any] = {"fill": False, "edgecolor": category.colour, "linewidth": 1.3}
    kind = {"linestyle": BORDERS.get(category, "-")}
    inside: dict[str, Any] = {"facecolor": "white", "hatch": "////"} if gone else {"facecolor": tint(category.colour)}
    axes.add_patch(_rounded(corner, size, edgecolor="#D5D5D5", linewidth=0, **inside))
    if critical and category is not COUNTED:
        inner = corner[0] + INSET, corner[1] + INSET
        axes.add_patch(_rounded(inner, (size[0] - 2 * INSET, size[1] - 2 * INSET), **line, **kind))
    edge = {"edgecolor": INK, "linewidth": 3} if critical else kind
    axes.add_patch(_rounded(corner, size, label=f"box {label}", **(line | edge)))


def _rounded(corner: Point, size: Point, **style: Any) -> FancyBboxPatch:
    return FancyBboxPatch(corner, *size, boxstyle="round,pad=0,rounding_size=0.06", **style)


def arrow_head(axes: Axes, point: Point, colour: str, critical: bool) -> None:
    """Draw the head of an arrow that comes from the left."""
    (x, y), half = point, 0.075 if critical else 0.05
    head = [(x, y), (x - 2.2 * half, y + half), (x - 2.2 * half, y - half)]
    axes.add_patch(Polygon(head, color=colour, linewidth=0))


def is_gone(model: MapModel, step_id: str, step: Step) -> bool:
    """Whether a step goes in the reforms, or is done before the case begins."""
    return step_id in model.gone or step.done_before is not None


def reformed(model: MapModel, step_id: str) -> dict[str, str]:
    """The colours of the words for what reforms did to a step."""
    colour = ALARM if step_id in model.gone else Category.WORK.colour
    return {"facecolor": colour, "edgecolor": colour}


def edge_style(model: MapModel, edge: Edge, critical: bool) -> dict[str, Any]:
    """How an edge is drawn, by why it stands and whether it decides."""
    style = EDGE_STYLES[model.edges[edge]]
    return style | CRITICAL | {"color": ALARM if model.edges[edge] == "freed" else INK} if critical else style


def _categories(lang: Lang) -> dict[Category, str]:
    """Category of a box → what has it: what counts, and the kinds of steps outside the offices."""
    named: dict[Category, list[str]] = {COUNTED: [WORDS[lang]["official"]]}
    for kind in (k for k in KINDS.values() if not k.official):
        named.setdefault(kind.category, []).append(str(getattr(kind.name, lang)))
    return {category: WORDS[lang]["and"].join(names) for category, names in named.items()}


def explained(lang: Lang) -> list[Artist]:
    """What the colours and lines of a map mean."""
    words = WORDS[lang]
    kinds = [
        Patch(facecolor=tint(c.colour), edgecolor=c.colour, linestyle=BORDERS.get(c, "-"), label=label)
        for c, label in _categories(lang).items()
    ]
    goes = Patch(facecolor="white", edgecolor=FAINT, hatch="////", label=words["goes"])
    edges = [Line2D([], [], label=words[k], **style) for k, style in EDGE_STYLES.items()]
    critical = Line2D([], [], color=INK, label=words["critical"], **CRITICAL)
    return [*kinds, critical, *edges, goes]


def explain(drawn: Figure, lang: Lang) -> None:
    """Write below the maps what the colours and lines mean."""
    scale = drawn.get_size_inches()[0] / SLIDE[0]
    legend(drawn, explained(lang), 10.5 * scale, columns=6, length=2.2, gap=1.5)
