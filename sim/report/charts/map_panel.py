"""One map drawn: boxes with their limits and reforms, edges by why they stand, frames round common submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Polygon
from matplotlib.path import Path

from sim.report.charts.map_layout import Layout
from sim.report.charts.map_line import Point
from sim.report.charts.map_model import Edge, MapModel, Style
from sim.report.charts.map_words import WORDS
from sim.report.charts.style import ALARM, FAINT, INK, SLIDE, legend, tint
from sim.report.charts.writing import wrapped
from sim.report.numbers import brief, percent
from sim.report.words import Lang, named
from sim.spec.amounts import mean
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.step import Step

BOX = 1.38, 0.72
NAME_SIZE, NOTE_SIZE = 12.5, 10.5
FRAME_PAD = 0.11
SMALL_SLACK = 0.005
"""Working days of slack that would show as none."""
COUNTED = Category.CIRCULATION.colour
"""Colour of an office's step that counts; any other has that of where its time goes."""
EDGE_STYLES: dict[Style, dict[str, Any]] = {
    "legal": {"color": "#555555", "linewidth": 1.7, "linestyle": "-"},
    "nature": {"color": "#555555", "linewidth": 0.8, "linestyle": "-"},
    "order": {"color": "#555555", "linewidth": 1.5, "linestyle": (0, (3, 2))},
    "freed": {"color": ALARM, "linewidth": 1.9, "linestyle": (0, (3, 2))},
}
CRITICAL: dict[str, Any] = {"linewidth": 3.6}


class MapPanel:
    """One map at its place in axes that are in inches."""

    def __init__(
        self, axes: Axes, model: MapModel, baseline: Process, layout: Layout, corner: Point, lang: Lang
    ) -> None:
        self._axes, self._model, self._baseline = axes, model, baseline
        self._layout, self._corner, self._lang = layout, corner, lang
        self._words = WORDS[lang]

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
        self._axes.text(left + 0.06, bottom + height + 0.03, self._words["form"], **style)

    def _edge(self, edge: Edge, critical: bool) -> None:
        """The curves of an edge, one per line that it runs through, and the arrow's head at its end."""
        style = EDGE_STYLES[self._model.edges[edge]]
        if critical:
            style = style | CRITICAL | {"color": ALARM if self._model.edges[edge] == "freed" else INK}
        points: list[Point] = []
        for curve in self._layout.curves[edge]:
            points = [(self._corner[0] + x, self._corner[1] + y) for x, y in curve]
            path = Path(points, [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1))
            label = f"{'critical ' if critical else ''}{edge[0]} > {edge[1]}"
            self._axes.add_patch(PathPatch(path, fill=False, capstyle="butt", label=label, **style))
        (x, y), half = points[-1], 0.075 if critical else 0.05
        head = [(x, y), (x - 2.2 * half, y + half), (x - 2.2 * half, y - half)]
        self._axes.add_patch(Polygon(head, color=style["color"], linewidth=0))

    def _box(self, step_id: str, step: Step) -> None:
        (x, y), colour = self._at(step_id), _colour(step)
        corner, critical = (x - BOX[0] / 2, y - BOX[1] / 2), step_id in self._model.critical
        gone = step_id in self._model.gone or step.done_before is not None
        inside: dict[str, Any] = {"facecolor": "white", "hatch": "////"} if gone else {"facecolor": tint(colour)}
        self._shape(corner, edgecolor="#D5D5D5", linewidth=0, **inside)
        edge = {"edgecolor": INK, "linewidth": 3} if critical else {"edgecolor": colour, "linewidth": 1.3}
        self._shape(corner, fill=False, label=f"box {step_id}", **edge)
        self._texts(step_id, step, x, y)
        self._corners(step_id, step, x, y)

    def _shape(self, corner: Point, **style: Any) -> None:
        self._axes.add_patch(FancyBboxPatch(corner, *BOX, boxstyle="round,pad=0,rounding_size=0.06", **style))

    def _texts(self, step_id: str, step: Step, x: float, y: float) -> None:
        size, room, note = NAME_SIZE, BOX[0] * 72 - 7, self._note(step_id, step)
        name = named(self._lang, step.name)
        if len(wrapped(name, room / size)) > 2:
            size = NAME_SIZE * 0.8
        lines, middle, foot = "\n".join(wrapped(name, room / size)), y + (0.1 if note else 0), y - BOX[1] / 2 + 0.04
        style: dict[str, Any] = {"size": size, "va": "center", "linespacing": 1.1}
        self._axes.text(x, middle, lines, ha="center", label=f"name {step_id}", **style)
        style = {"size": NOTE_SIZE, "va": "bottom", "color": "#3A3A3A"}
        self._axes.text(x, foot, note, ha="center", label=f"note {step_id}", **style)

    def _note(self, step_id: str, step: Step) -> str:
        """How long the step may take, or usually takes; with what it was before where a reform changed it."""
        length, old = _length(step), self._baseline.steps.get(step_id)
        if length is None:
            return ""
        before = _length(old) if old else None
        was = ""
        if before and before.unit == length.unit and mean(before.amount) != mean(length.amount):
            was = f"{brief(mean(before.amount))} → "
        about = "" if isinstance(length.amount, int | float) else self._words["about"]
        return f"{about}{was}{brief(mean(length.amount))} {self._words[length.unit]}"

    def _corners(self, step_id: str, step: Step, x: float, y: float) -> None:
        """At the right what reforms did to the step, at the left its slack, or how often it decides if not always."""
        if said := self._reforms(step_id, step):
            colour = ALARM if step_id in self._model.gone else Category.WORK.colour
            box = {"facecolor": colour, "edgecolor": colour}
            self._badge(x + BOX[0] / 2, y, said, box, ha="right", color="white", label=f"badge {step_id}")
        share = self._model.deciding.get(step_id, 0)
        if 0.005 < share < 0.995:
            box = {"facecolor": "white", "edgecolor": INK}
            self._badge(x - BOX[0] / 2, y, percent(share), box, ha="left", color=INK, label=f"share {step_id}")
        slack = self._model.slack.get(step_id, 0.0)
        if slack > SMALL_SLACK:
            box, said = {"facecolor": "white", "edgecolor": FAINT}, f"{self._words['slack']} {brief(slack)}"
            self._badge(x - BOX[0] / 2, y, said, box, ha="left", color=INK, label=f"slack {step_id}")

    def _badge(self, x: float, y: float, text: str, bbox: Mapping[str, str], **style: Any) -> None:
        box = {"boxstyle": "round,pad=0.16", "linewidth": 0.7, **bbox}
        self._axes.text(x, y + BOX[1] / 2 + 0.05, text, size=NOTE_SIZE - 0.5, va="center", bbox=box, **style)

    def _reforms(self, step_id: str, step: Step) -> str:
        if step_id in self._model.gone:
            return self._model.gone[step_id] or self._words["gone"]
        ways = [k for k in ("promise", "deferral", "automatic", "done_before") if getattr(step, k) is not None]
        old = self._baseline.steps.get(step_id)
        if old is None:
            ways.insert(0, "new")
        elif old.when != step.when:
            ways.append("some")
        return " ".join(self._words[k] for k in ways)


def _colour(step: Step) -> str:
    if step.official:
        return COUNTED if step.is_counted else Category.SPECIAL.colour
    return KINDS[step.kind].category.colour


def _length(step: Step) -> Duration | None:
    return step.limit.effective or step.duration


def _colours(lang: Lang) -> dict[str, str]:
    """Colour of a box → what has it: what counts, and the kinds of steps outside the offices."""
    named: dict[str, list[str]] = {COUNTED: [WORDS[lang]["official"]]}
    for kind in (k for k in KINDS.values() if not k.official):
        named.setdefault(kind.category.colour, []).append(str(getattr(kind.name, lang)))
    return {colour: WORDS[lang]["and"].join(names) for colour, names in named.items()}


def explain(drawn: Figure, lang: Lang) -> None:
    """Write below the maps what the colours and lines mean."""
    words = WORDS[lang]
    kinds = [Patch(facecolor=tint(c), edgecolor=c, label=label) for c, label in _colours(lang).items()]
    goes = Patch(facecolor="white", edgecolor=FAINT, hatch="////", label=words["goes"])
    edges = [Line2D([], [], label=words[k], **style) for k, style in EDGE_STYLES.items()]
    critical = Line2D([], [], color=INK, label=words["critical"], **CRITICAL)
    scale = drawn.get_size_inches()[0] / SLIDE[0]
    legend(drawn, [*kinds, critical, *edges, goes], 10.5 * scale, columns=6, length=2.2, gap=1.5)
