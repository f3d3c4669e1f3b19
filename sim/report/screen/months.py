"""Results by month of arrival on the screen."""

from __future__ import annotations

from rich.table import Table

from sim.analysis.comparison import MONTHLY, Comparison
from sim.records.measures.register import MEASURES
from sim.report.numbers import number
from sim.report.words import Lang, named, say


def by_month(comparison: Comparison, process: str, lang: Lang) -> Table | None:
    """A row per month, in the first variant and in the last; None where the cases arrive within one month."""
    rows = [
        (month, named(lang, variant.name))
        for variant in comparison.prepared.ends
        for month in comparison.months[variant.id].get(process, ())
    ]
    if len({month.month for month, _ in rows}) < 2:
        return None
    name = named(lang, comparison.prepared.variants[0].flows[process][0].process.name)
    table = Table(title=say(lang, "by_month", process=name), title_justify="left")
    for head in (say(lang, "month"), say(lang, "variant")):
        table.add_column(head)
    heads = [say(lang, "cases"), *(named(lang, MEASURES[m].name) for m in MONTHLY)]
    for head in heads:
        table.add_column(head, justify="right")
    for month, variant in sorted(rows, key=lambda row: row[0].month):
        means = [number(month.means[m].mean, MEASURES[m].unit.id) for m in MONTHLY]
        table.add_row(month.month, variant, str(month.cases), *means)
    return table
