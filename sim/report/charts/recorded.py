"""Where the days go in a city's records: by step, by department and by month, as it is before any model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.learn.summary import Row
from sim.report.charts.style import FAINT, Cell, bare, figure, headline, legend, spent
from sim.report.charts.writing import wrapped
from sim.report.filling import filled_in
from sim.report.numbers import NOTHING, brief, percent
from sim.report.words import Lang
from sim.spec.categories import Category

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{n} 件办结，平均 {elapsed} 个工作日，其中审批 {counted} 天{on_time}",
        "on_time": "，按时 {share}",
        "events": "{n} 个事件，平均间隔 {counted} 个工作日",
        "subtitle": "{title}，{first} 至 {last}；每件申请的平均工作日，右侧为按时率；竖线为办理用时的 90% 分位",
        "events_subtitle": "{title}，{first} 至 {last}；同一案件上一事件至本环节完成的平均工作日；竖线为 90% 分位",
        "counted": "办理（受理至决定）", "special": "特别程序", "applicant": "补正", "other": "受理前的其他时间",
        "step": "按环节", "department": "按部门", "month": "按办结月份",
        "more": "（合计最费时的 {shown} 个，共 {n} 个）",
    },
    "en": {
        "title": "{n} applications decided in {elapsed} working days on average, {counted} of them counted{on_time}",
        "on_time": ", {share} on time",
        "events": "{n} events, {counted} working days apart on average",
        "subtitle": "{title}, {first} to {last}; mean working days of an application, on the right the share on time; "
        "a tick for the 90 % quantile of counted time",
        "events_subtitle": "{title}, {first} to {last}; mean working days from the event before to the end of the "
        "step; a tick for the 90 % quantile",
        "counted": "counted (acceptance to decision)", "special": "special procedures", "applicant": "corrections",
        "other": "other time before acceptance",
        "step": "By step", "department": "By department", "month": "By month of decision",
        "more": " (the {shown} that take most days in all, of {n})",
    },
}  # fmt: skip
PARTS: Mapping[str, Category] = {
    "counted": Category.CIRCULATION,
    "special": Category.SPECIAL,
    "applicant": Category.APPLICANT,
    "other": Category.OFF_DUTY,
}
"""Part of an application's days → the category as which it is drawn."""
MOST: Mapping[str, int] = {"step": 15, "department": 8, "month": 24}
"""How many of each are shown: those of steps and departments that take most days, and the last months."""
ROW, FOOT, GAP = 0.36, 0.7, 0.95
"""Inches: a row, room for the legend, between two panels."""
TOLD = 11.5
"""Points of what is written beside a bar."""
LEAST = 0.05
"""Days below which a part is not drawn."""


@dataclass(frozen=True)
class Recorded:
    """Where the days go, in one language."""

    rows: Sequence[Row]
    title: str
    """Of which records."""
    period: tuple[str, str]
    lang: Lang
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`step` or `department` → id → its name, where the library has one."""

    def say(self, key: str, **fields: object) -> str:
        """Words of the chart."""
        return filled_in(WORDS[self.lang][key], **fields)

    def of(self, by: str) -> list[Row]:
        """The rows of one panel."""
        found = [row for row in self.rows if row.by == by]
        if by == "month":
            return found[-MOST[by] :]
        return sorted(found, key=lambda row: -row.n * sum(parts(row).values()))[: MOST[by]]


def parts(row: Row) -> dict[str, float]:
    """The days of a row by part, which add up to all of them."""
    known = {name: getattr(row, name) for name in ("counted", "special", "applicant")}
    found = {name: days if math.isfinite(days) else 0.0 for name, days in known.items()}
    rest = row.elapsed - sum(found.values())
    return {**found, "other": rest if math.isfinite(rest) and rest > 0 else 0.0}


def recorded(view: Recorded) -> Figure:
    """Steps and departments on the left, months on the right; steps alone where no clock can be read."""
    columns = [[by for by in column if view.of(by)] for column in (("step", "department"), ("month",))]
    tall = [sum(ROW * len(view.of(by)) + GAP for by in column) for column in columns]
    height = 0.9 + max(*tall, 4 * ROW) + FOOT
    drawn, clocked = figure(16, height), bool(view.of("month"))
    top = height - headline(drawn, *headings(view)) - 0.45
    for column, span in zip(columns, ((0.185, 0.29 if clocked else 0.76), (0.61, 0.34)), strict=True):
        foot = top
        for by in column:
            _panel(drawn, view, by, span, foot)
            foot -= ROW * len(view.of(by)) + GAP
    if handles := explained(view):
        legend(drawn, handles, 12, columns=len(handles), length=1.4, gap=2.0)
    return drawn


def explained(view: Recorded) -> list[Artist]:
    """What the colours mean; nothing where no clock can be read."""
    used = [part for part in PARTS if any(parts(row)[part] >= LEAST for row in view.rows)]
    return [Patch(**spent(PARTS[part]), label=view.say(part)) for part in used] if view.of("month") else []


def headings(view: Recorded) -> tuple[str, str]:
    """What was found, and how it is to be read."""
    clocked = bool(view.of("month"))
    whole = view.rows[0]
    first, last = view.period
    on_time = view.say("on_time", share=percent(whole.on_time)) if math.isfinite(whole.on_time) else ""
    elapsed, counted = (brief(days) if math.isfinite(days) else NOTHING for days in (whole.elapsed, whole.counted))
    title = view.say("title" if clocked else "events", n=whole.n, elapsed=elapsed, counted=counted, on_time=on_time)
    return title, view.say("subtitle" if clocked else "events_subtitle", title=view.title, first=first, last=last)


def _panel(drawn: Figure, view: Recorded, by: str, span: tuple[float, float], top: float) -> None:
    rows, height = view.of(by), drawn.get_size_inches()[1]
    tall = ROW * len(rows)
    left, width = span
    axes = drawn.add_axes((left, (top - tall) / height, width, tall / height), label=by)
    bars(axes, rows, Cell(0.66))
    axes.set_title(called(view, by), size=13, loc="left", pad=5)
    names = ["\n".join(wrapped(row_name(view, by, row), 17)[:2]) for row in rows]
    axes.set_yticks(range(len(rows)), names, size=11)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    bare(axes)
    axes.tick_params(axis="x", labelsize=10)


def called(view: Recorded, by: str) -> str:
    """What a panel is called, and how many of the rows it shows where those are not all."""
    count, shown = sum(row.by == by for row in view.rows), len(view.of(by))
    return view.say(by) + (view.say("more", shown=shown, n=count) if count > shown and by != "month" else "")


def bars(axes: Axes, rows: Sequence[Row], cell: Cell, room: float = 1.18) -> None:
    """Draw the bar of each row, with room for what is written beside the longest, as a multiple of it."""
    for n, row in enumerate(rows):
        _bar(axes, n, row, cell)
    longest = [row.p90 for row in rows if math.isfinite(row.p90)] + [sum(parts(row).values()) for row in rows]
    axes.set_xlim(0, max([*longest, 0.1]) * room)


def _bar(axes: Axes, at: int, row: Row, cell: Cell) -> None:
    left = 0.0
    for part, days in parts(row).items():
        if days >= LEAST:
            axes.barh(at, days, cell.bar, left=left, label=part, **spent(PARTS[part]))
            left += days
    if math.isfinite(row.p90):
        axes.plot([row.p90] * 2, [at - 0.55 * cell.bar, at + 0.55 * cell.bar], color=FAINT, linewidth=1.6, label="p90")
    told = brief(left) + (f"  {percent(row.on_time)}" if math.isfinite(row.on_time) else "")
    beyond = max(left, row.p90 if math.isfinite(row.p90) else 0.0)
    axes.annotate(told, (beyond, at), (5, 0), textcoords="offset points", va="center", size=TOLD, color=FAINT)


def row_name(view: Recorded, by: str, row: Row) -> str:
    """What a row is called, and of how many it tells."""
    return f"{view.called.get(by, {}).get(row.name, row.name)} ({row.n})"
