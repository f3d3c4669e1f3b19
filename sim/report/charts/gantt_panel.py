"""One case in one variant drawn as bars, with its acceptances and decisions, and long construction cut out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from sim.report.charts.axis_days import SIZE, written_days
from sim.report.charts.style import FAINT, INK, STRIPE, Cell, bare, spent
from sim.report.charts.timeline import Broken, CaseLine, Piece, Span
from sim.report.charts.view import View
from sim.report.filling import filled_in
from sim.report.numbers import brief, exact
from sim.report.words import Lang
from sim.spec.categories import Category

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}，一个典型办件：审批用时 {b} → {a} 个工作日，全程 {eb} → {ea} 个工作日",
        "one": "{name}，一个典型办件：审批用时 {b} 个工作日，全程 {eb} 个工作日",
        "subtitle": "改革前审批用时居中的办件（第 1 次模拟的第 {case} 件），改革前后为同一申请人、同样的运气",
        "too_many": "{steps} 个环节，多于一图能看清的 {most} 个；各环节用时见 cases.csv 与报告",
        "none": "没有一个办件在改革前后都办结，画不出典型办件",
        "panel": "{variant}\n审批用时 {counted}，全程 {elapsed} 个工作日",
        "axis": "自首次动手起的工作日",
        "cut": "略去施工 {n} 个工作日",
        "gone": "不再办理",
        "later": "尚无此环节",
        "spared": "本件不需办理",
        "done_before": "事先完成",
        "accepted": "受理",
        "decided": "办结",
        "beside": "细条：与办理并行或事后核查",
    },
    "en": {
        "title": "{name}, a typical case: counted time {b} → {a}, in all {eb} → {ea} working days",
        "one": "{name}, a typical case: counted time {b}, in all {eb} working days",
        "subtitle": "The case with the median counted time before (case {case} of the first replication); "
        "the same applicant and the same luck after",
        "too_many": "{steps} steps, more than the {most} that a chart can show; their times are in the report",
        "none": "No case ends with a grant both before and after, so that none is typical",
        "panel": "{variant}\ncounted {counted}, in all {elapsed} working days",
        "axis": "Working days since the first move",
        "cut": "{n} working days of construction cut out",
        "gone": "no longer",
        "later": "not yet",
        "spared": "not for this case",
        "done_before": "done before",
        "accepted": "accepted",
        "decided": "decided",
        "beside": "thin: beside the step, or checked after",
    },
}
CELL, THIN = Cell(0.66), 1 / 3
"""Where a bar stands in its row, and how high one beside its step is, as a share of a bar."""
_MARK: dict[str, Any] = {"markersize": 5, "markeredgecolor": INK, "markeredgewidth": 0.9}
ACCEPTED: dict[str, Any] = {"marker": "^", "markerfacecolor": "white", **_MARK}
DECIDED: dict[str, Any] = {"marker": "D", "markerfacecolor": INK, **_MARK}


class GanttPanel:
    """The course of a case in one of the two variants, the first or the last."""

    def __init__(
        self, axes: Axes, view: View, end: int, line: CaseLine, broken: Broken, rows: Sequence[str], cell: Cell = CELL
    ) -> None:
        self._axes, self._view, self._end, self._cell = axes, view, end, cell
        self._line, self._broken = line, broken
        self._row = {node: i for i, node in enumerate(rows)}
        self._words = WORDS[view.lang]

    def draw(self) -> None:
        """Bars, marks, a word where a row is empty, the axis and its cuts, each with its length written upright."""
        self.draw_rows()
        self._axes.set_xlabel(self._words["axis"], size=12)
        title = titled(self._view, self._end, self._line)
        self._axes.set_title(title, size=13.5, loc="left", linespacing=1.35)
        for cut in self._broken.cuts:
            self._tell_cut(cut)

    def draw_rows(self) -> None:
        """The same without words but those of the rows and the numbers of the axis."""
        for i in range(0, len(self._row), 2):
            self._axes.axhspan(i - self._cell.above, i + self._cell.below, color=STRIPE, zorder=0)
        for piece in self._line.pieces:
            self._bar(piece)
        self._marks()
        for node in [n for n in self._row if n not in self._line.nodes]:
            style: dict[str, Any] = {"size": SIZE, "va": "center", "color": FAINT, "label": f"absent {node}"}
            self._axes.text(0, self._row[node], f" {self._absent(node)}", **style)
        self._frame()
        for cut in self._broken.cuts:
            self._cut(cut)

    def _bar(self, piece: Piece) -> None:
        start, end = self._broken.at(piece.start), self._broken.at(piece.end)
        bar = self._cell.bar
        shift, height = (bar * (1 - THIN) / 2 + bar * 0.15, bar * THIN) if piece.beside else (0.0, bar)
        row, label = self._row[piece.node] + shift, f"{piece.category.id} {piece.node}"
        style: dict[str, Any] = {**spent(piece.category), "label": label}
        self._axes.barh(row, end - start, height, left=start, **style)

    def _marks(self) -> None:
        for name, marks, style in (
            ("accepted", self._line.accepted, ACCEPTED),
            ("decided", self._line.decided, DECIDED),
        ):
            days, rows = [self._broken.at(d) for _, d in marks], [self._row[n] for n, _ in marks]
            self._axes.plot(days, rows, linestyle="", clip_on=False, label=name, **style)

    def _absent(self, node: str) -> str:
        """Why the case has nothing to do in a row."""
        step = self._view.ends[self._end].process.steps.get(node)
        if step is not None:
            return self._words["done_before" if step.done_before else "spared"]
        if self._end == 0:
            return self._words["later"]
        return self._view.gone_by(node) or self._words["gone"]

    def _frame(self) -> None:
        start, end = self._axes.get_xlim()
        points = float(self._axes.get_window_extent().width) * 72 / self._axes.figure.dpi
        days = written_days(self._broken, self._line.last, points / (end - start))
        self._axes.set_xticks([self._broken.at(day) for day in days], [exact(day, "") for day in days])
        self._axes.set_ylim(len(self._row) - 1 + self._cell.below + 0.1, -self._cell.above - 0.1)
        self._axes.set_yticks([])
        bare(self._axes)
        self._axes.tick_params(axis="x", labelsize=SIZE)

    def _cut(self, cut: Span) -> None:
        """A white band through the panel, and a break in the axis."""
        start, end = self._broken.at(cut[0]), self._broken.at(cut[1])
        self._axes.axvspan(start, end, facecolor="white", edgecolor=FAINT, linestyle=(0, (2, 2)), zorder=3, label="cut")
        foot: dict[str, Any] = {"transform": self._axes.get_xaxis_transform(), "clip_on": False}
        self._axes.plot([start, end], [0, 0], color="white", linewidth=4, zorder=4, **foot)
        self._axes.plot(
            [start, end], [0, 0], color=FAINT, linestyle="", marker=[(-1, -2), (1, 2)], markersize=11, zorder=5, **foot
        )

    def _tell_cut(self, cut: Span) -> None:
        """The length that is left out, written upright in its band beside the bar of the works."""
        start, end = self._broken.at(cut[0]), self._broken.at(cut[1])
        builds = self._row[next(p.node for p in self._line.pieces if p.category == Category.CONSTRUCTION)]
        middle = (builds - 1) / 2 if builds > len(self._row) / 2 else (builds + len(self._row)) / 2
        text = self._words["cut"].format(n=brief(cut[1] - cut[0]))
        upright: dict[str, Any] = {"size": 12, "rotation": 90, "ha": "center", "va": "center"}
        self._axes.text((start + end) / 2, middle, text, zorder=5, label="cut length", **upright)


def titled(view: View, end: int, line: CaseLine) -> str:
    """What the first or the last variant is called, and on a second line the days of its case."""
    called, counted, elapsed = view.called(view.ends[end].variant), brief(line.counted), brief(line.elapsed)
    return filled_in(WORDS[view.lang]["panel"], variant=called, counted=counted, elapsed=elapsed)
