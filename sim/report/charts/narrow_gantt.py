"""A typical case before and after, for a phone: one below the other, the names above the bars."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts import gantt as wide
from sim.report.charts.gantt_panel import WORDS, GanttPanel, titled
from sim.report.charts.narrow import NAME, TEXT, Block, Rows, gap, headed, keys, panel, stacked, words
from sim.report.charts.style import MOST_STEPS
from sim.report.charts.timeline import Broken, CaseLine, building_only, case_line, typical
from sim.report.charts.view import View
from sim.report.numbers import brief

CUT_WIDTH, APART = 0.06, 0.15
"""Width of a cut as a share of the days that are drawn, and inches between the panels."""


def narrow_gantt(view: View) -> Figure:
    """The same bars as in the wide drawing, to one scale, the state before above the state after."""
    said, case = WORDS[view.lang], typical([end.courses for end in view.ends])
    if case is None:
        return stacked(headed(view.name, said["none"]))
    lines = [case_line(end.courses, case) for end in view.ends]
    title, subtitle = wide.headings(view, lines)
    if len(rows := wide.rows_of(lines)) > MOST_STEPS:
        return stacked(headed(title, said["too_many"].format(steps=len(rows), most=MOST_STEPS)))
    blocks = [*headed(title, subtitle), *keys(wide.explained(view, lines), 1.2)]
    cuts = [building_only(line) for line in lines]
    bare = max(line.last - sum(b - a for a, b in cut) for line, cut in zip(lines, cuts, strict=True))
    brokens = [Broken(cut, gap=bare * CUT_WIDTH) for cut in cuts]
    days = max(max(b.at(line.last) for b, line in zip(brokens, lines, strict=True)) * 1.03, 1e-3)
    for end, (line, broken) in enumerate(zip(lines, brokens, strict=True)):
        blocks += _panel(view, end, line, broken, days, rows)
    return stacked(blocks)


def _panel(view: View, end: int, line: CaseLine, broken: Broken, days: float, rows: list[str]) -> Iterator[Block]:
    """One variant: what it is called, its rows, and below the axis what was cut out."""
    placed = Rows([view.node_name(node) for node in rows])

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, days)
        GanttPanel(axes, view, end, line, broken, rows, placed.cell).draw_rows()
        axes.set_xlabel(foot, size=TEXT)
        placed.write_on(axes)

    said = WORDS[view.lang]
    foot = "\n".join([said["axis"], *(said["cut"].format(n=brief(b - a)) for a, b in broken.cuts)])
    title, numbers = titled(view, end, line).split("\n")
    yield gap(APART)
    yield words(title, NAME, after=0.0)
    yield words(numbers, after=0.05)
    yield panel(placed.pitch * (len(rows) + 0.2), draw, below=0.34 + 0.2 * (1 + len(broken.cuts)))
