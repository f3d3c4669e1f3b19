"""The fifth section: where the days go, by category and by step, before and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.report.numbers import NOTHING, number
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells
from sim.scenario.prepared import PreparedVariant
from sim.spec.categories import Category
from sim.spec.forms import submissions

SMALL = 0.005
"""Days below which a line would show as nothing."""
_SAME_TOTAL = 1e-6


def by_category(context: Context, process: str) -> Table:
    """Mean time per case by category, a column per variant, once for each clock."""
    columns = [
        Column(context.say("category"), numbers=False),
        *(Column(context.name(v.name)) for v in context.variants),
    ]
    groups = [
        _category_group(context, process, "office", "in_working", "elapsed_days"),
        _category_group(context, process, "calendar", "in_calendar", "calendar_days"),
    ]
    caption = context.say("days_by_category", process=context.process(process))
    return Table(caption, columns, groups, kind="categories")


def _category_group(context: Context, process: str, ruler: str, title: str, measure: str) -> RowGroup:
    found = spent(context, process, ruler)
    rows = []
    for category in Category:
        days = [float(f.get(category.id, 0.0)) for f in found]
        if any(x >= SMALL for x in days):
            rows.append(Row(_category(context, category), cells(*(number(x, "days") for x in days))))
    totals = [float(f.sum()) for f in found]
    rows.append(
        Row(Cell(_total(context, process, measure, totals)), cells(*(number(x, "days") for x in totals)), total=True)
    )
    return RowGroup(rows, Cell(context.say(title)))


def spent(context: Context, process: str, ruler: str) -> list[pd.Series]:
    """Mean days per case by the id of their category, for each variant: by the ruler `office` or `calendar`."""
    return [_split(context, v, process).groupby("category")[ruler].sum() for v in context.variants]


def _split(context: Context, variant: PreparedVariant, process: str) -> pd.DataFrame:
    return context.comparison.split[variant.id][process]


def _category(context: Context, category: Category) -> Cell:
    return Cell(context.name(category.called), swatch=category.colour)


def _total(context: Context, process: str, measure: str, totals: Sequence[float]) -> str:
    """What the sum is: the mean of a measure, or more where refused cases have no time of their own."""
    means = [context.comparison.of(v.id, process, measure).mean.mean for v in context.variants]
    same = all(abs(a - b) < _SAME_TOTAL * max(a, 1) for a, b in zip(totals, means, strict=True))
    return (
        context.say("total_is", measure=context.inline(context.measure(measure).name))
        if same
        else context.say("total_all")
    )


def by_step(context: Context, process: str) -> Table:
    """Mean working days per case by step, a column per category, in the first variant and in the last."""
    ends = context.comparison.prepared.ends
    days = {v.id: _matrix(context, v, process) for v in ends}
    shown = [c for c in Category if any(c.id in found and found[c.id].sum() >= SMALL for found in days.values())]
    columns = [Column(context.say("variant"), numbers=False), *(Column(context.name(c.called)) for c in shown)]
    columns += [Column(context.say("total")), Column(context.say("span"))]
    nodes = in_order(context, process, list(dict.fromkeys(node for found in days.values() for node in found.index)))

    def rows(chosen: Sequence[str], *, total: bool = False) -> list[Row]:
        return [Row(Cell(context.name(v.name)), _line(days[v.id], chosen, shown), total) for v in ends]

    groups = [RowGroup(rows([node]), Cell(context.step(process, node, *ends))) for node in nodes]
    groups.append(RowGroup(rows(nodes, total=True), Cell(context.say("total"))))
    caption = context.say("days_by_step", process=context.process(process))
    return Table(caption, columns, groups, context.say("days_by_step_note"), "steps")


def _matrix(context: Context, variant: PreparedVariant, process: str) -> pd.DataFrame:
    """Working days by node and category; in the column `calendar` the calendar days of the node."""
    split = _split(context, variant, process)
    days = split.pivot_table(index="node", columns="category", values="office", aggfunc="sum", fill_value=0.0)
    return days.assign(calendar=split.groupby("node")["calendar"].sum())


def _line(days: pd.DataFrame, nodes: Sequence[str], shown: Sequence[Category]) -> list[Cell]:
    """The days of some nodes: by category, in total, and by the calendar."""
    total = days.reindex(nodes, fill_value=0.0).sum()
    office = total.drop("calendar")
    numbers = [float(office.get(c.id, 0.0)) for c in shown]
    return cells(*(number(x, "days") if x >= SMALL else NOTHING for x in (*numbers, office.sum(), total["calendar"])))


def in_order(context: Context, process: str, nodes: Sequence[str]) -> list[str]:
    """Nodes in the order of the spec; a common submission stands before the first of its steps."""
    rank: dict[str, float] = {}
    for variant in (context.variants[0], context.variants[-1]):
        steps = context.steps(process, variant)
        for step in steps:
            rank.setdefault(step, float(len(rank)))
        for common, members in submissions(steps).items():
            rank.setdefault(common, min(rank[step] for step in members) - 0.5)
    return sorted(nodes, key=lambda node: rank.get(node, float(len(rank))))


def off_duty(context: Context) -> str:
    """What the time outside office hours is called."""
    return context.name(Category.OFF_DUTY.called)
