"""The table of the fifth section on critical paths: the steps that decide, and the slack of the others."""

from __future__ import annotations

from sim.analysis.courses import Courses
from sim.report.numbers import NOTHING, number
from sim.report.page.context import Context
from sim.report.page.days import in_order
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells


def by_step(context: Context, process: str) -> Table:
    """For the first variant and the last: how many cases have a step on a critical path, and its mean slack."""
    ends = context.comparison.prepared.ends
    found = [context.comparison.courses[v.id][process] for v in ends]
    heads = [(context.say(key), context.name(v.name)) for v in ends for key in ("on_critical_path", "slack")]
    columns = [Column(context.say("step"), numbers=False)]
    columns += [Column(context.say("in_brackets", text=text, inner=variant)) for text, variant in heads]
    nodes = in_order(context, process, list(dict.fromkeys(node for own in found for node in own.slack["node"])))
    rows = [
        Row(Cell(context.step(process, node, *ends)), cells(*(x for own in found for x in _told(own, node))))
        for node in nodes
    ]
    caption = context.say("slack_by_step", process=context.process(process))
    return Table(caption, columns, [RowGroup(rows)], context.say("slack_note"), "slack")


def _told(courses: Courses, node: str) -> tuple[str, str]:
    """The share of the cases that have a step on a critical path, and its mean slack; nothing where none has it."""
    known = courses.slack[courses.slack["node"] == node]
    if not len(known):
        return NOTHING, NOTHING
    step = known.iloc[0]
    return number(step["critical"] / len(courses.cases), "share"), number(step["days"], "days")
