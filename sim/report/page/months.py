"""The table of the second section that tells results by month of arrival."""

from __future__ import annotations

from sim.analysis.comparison import MONTHLY, Month
from sim.records.measures.register import MEASURES
from sim.report.numbers import has_spread, interval, number, runs_of
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table


def by_month(context: Context, process: str) -> Table | None:
    """A group per month, in it the first variant and the last; None where the cases arrive within one month."""
    ends = context.comparison.prepared.ends
    found = {v.id: {m.month: m for m in context.comparison.months[v.id].get(process, ())} for v in ends}
    months = sorted({month for own in found.values() for month in own})
    if len(months) < 2:
        return None
    columns = [Column(context.say("variant"), numbers=False), Column(context.say("cases"))]
    columns += [Column(_label(context, measure)) for measure in MONTHLY]
    groups = [
        RowGroup(
            [Row(Cell(context.name(v.name)), _cells(found[v.id][month])) for v in ends if month in found[v.id]],
            Cell(month),
        )
        for month in months
    ]
    caption = context.say("by_month", process=context.process(process))
    return Table(
        caption, columns, groups, context.say("by_month_note", runs=runs_of(context.comparison.runs)), "months"
    )


def _label(context: Context, measure: str) -> str:
    record = MEASURES[measure]
    return context.say("in_brackets", text=context.name(record.name), inner=context.name(record.unit.short))


def _cells(month: Month) -> list[Cell]:
    """How many cases, and the means with their intervals."""
    means = []
    for measure, found in month.means.items():
        unit = MEASURES[measure].unit.id
        means.append(Cell(number(found.mean, unit), small=interval(found, unit) if has_spread(found) else ""))
    return [Cell(str(month.cases)), *means]
