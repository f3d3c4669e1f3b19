"""A typical case before and after, step by step, in working days."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.charts.gantt_panel import ACCEPTED, DECIDED, WORDS, GanttPanel
from sim.report.charts.style import MOST_STEPS, figure, headline, legend, no_chart, spent
from sim.report.charts.timeline import Broken, CaseLine, building_only, case_line, typical
from sim.report.charts.view import View
from sim.report.charts.writing import fitting
from sim.report.filling import filled_in
from sim.report.numbers import brief
from sim.spec.categories import Category

ROW, LABELS, SIDE, GAP, FOOT = 0.29, 3.1, 0.35, 0.35, 0.95
"""Inches: a row, room for the names of the steps, right margin, between the panels, below them."""
NARROWEST = 0.4
"""Narrowest panel as a share of the widest."""
CUT_WIDTH = 0.04
"""Width of a cut as a share of the days that are drawn."""


def gantt(view: View) -> Figure:
    """Steps as rows, first and last variant side by side, on axes of the same scale."""
    words, case = WORDS[view.lang], typical([end.courses for end in view.ends])
    if case is None:
        return no_chart(view.name, words["none"])
    lines = [case_line(end.courses, case) for end in view.ends]
    rows = rows_of(lines)
    if len(rows) > MOST_STEPS:
        return no_chart(_title(view, lines), words["too_many"].format(steps=len(rows), most=MOST_STEPS))
    drawn = figure(16, 2.75 + ROW * max(len(rows), 4))
    height = drawn.get_size_inches()[1]
    top = height - headline(drawn, *headings(view, lines)) - 0.65
    for i, (broken, left, width, days) in enumerate(_side_by_side(lines)):
        axes = drawn.add_axes((left / 16, FOOT / height, width / 16, (top - FOOT) / height))
        axes.set_xlim(0, days)
        GanttPanel(axes, view, i, lines[i], broken, rows).draw()
    names = [view.node_name(n) for n in rows]
    size = min(fitting(name, 12, (LABELS - 0.25) * 72) for name in names)
    drawn.axes[0].set_yticks(range(len(rows)), names, size=size)
    _legend(drawn, view, lines)
    return drawn


def rows_of(lines: Sequence[CaseLine]) -> list[str]:
    """The steps of the first line in order, with those that only another has where they begin in it."""
    rows = lines[0].nodes
    for line in lines[1:]:
        starts = {n: i for i, n in enumerate(line.nodes)}
        for node in line.nodes:
            if node not in rows:
                later = [i for i, r in enumerate(rows) if starts.get(r, -1) > starts[node]]
                rows.insert(later[0] if later else len(rows), node)
    return rows


def _side_by_side(lines: Sequence[CaseLine]) -> list[tuple[Broken, float, float, float]]:
    """For each line its broken axis, left edge and width in inches, and the days it holds; all to one scale."""
    cuts = [building_only(line) for line in lines]
    bare = max(line.last - sum(b - a for a, b in c) for line, c in zip(lines, cuts, strict=True))
    brokens = [Broken(c, gap=bare * CUT_WIDTH) for c in cuts]
    days = [max(b.at(line.last) * 1.03, 1e-3) for b, line in zip(brokens, lines, strict=True)]
    days = [max(d, NARROWEST * max(days)) for d in days]
    scale = (16 - LABELS - SIDE - GAP * (len(lines) - 1)) / sum(days)
    return [(b, LABELS + i * GAP + sum(days[:i]) * scale, days[i] * scale, days[i]) for i, b in enumerate(brokens)]


def headings(view: View, lines: Sequence[CaseLine]) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    return _title(view, lines), filled_in(WORDS[view.lang]["subtitle"], case=lines[0].case + 1)


def _title(view: View, lines: Sequence[CaseLine]) -> str:
    first, last = lines[0], lines[-1]
    return filled_in(
        WORDS[view.lang]["title" if len(lines) == 2 else "one"],
        name=view.name,
        b=brief(first.counted),
        a=brief(last.counted),
        eb=brief(first.elapsed),
        ea=brief(last.elapsed),
    )


def _legend(drawn: Figure, view: View, lines: Sequence[CaseLine]) -> None:
    handles = explained(view, lines)
    size = fitting("".join(str(h.get_label()) for h in handles), 12, (15.4 - 0.52 * len(handles)) * 72)
    legend(drawn, handles, size, columns=len(handles), length=1.2, gap=1.3)


def explained(view: View, lines: Sequence[CaseLine]) -> list[Artist]:
    """What the colours and marks mean."""
    words, shown = WORDS[view.lang], {p.category for line in lines for p in line.pieces}
    handles: list[Artist] = [Patch(**spent(c), label=view.say(c.called)) for c in Category if c in shown]
    handles += [
        Line2D([], [], linestyle="", label=words[k], **m) for k, m in (("accepted", ACCEPTED), ("decided", DECIDED))
    ]
    if any(p.beside for line in lines for p in line.pieces):
        handles.append(Patch(color="none", label=words["beside"]))
    return handles
