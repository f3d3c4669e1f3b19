"""The page of one chart of what a planner decides by: its drawings, its numbers, and from what they are."""

from __future__ import annotations

import pandas as pd

from sim.report.chart_register import Chart
from sim.report.drawings import Drawing
from sim.report.numbers import NOTHING, exact
from sim.report.page.figures import pictured
from sim.report.page.page import environment, whole
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells
from sim.report.words import Lang, named, say

DIGITS = 4
"""Significant digits of a number in the table; the file has all."""


def chart_page(lang: Lang, chart: Chart, drawing: Drawing, table: pd.DataFrame | None, name: str, source: str) -> str:
    """The page as text; `name` is what its numbers are saved as, `source` from what run or records they are."""
    title = named(lang, chart.name)
    section = say(lang, "chart_numbers")
    figure = pictured(lang, chart, drawing, title, chart.id, name, source, section)
    told = _table(table, section)
    text = environment(lang).get_template("alone.html.jinja").render(title=title, figure=figure, table=told)
    return whole(lang, title, text)


def _table(table: pd.DataFrame | None, caption: str) -> Table | None:
    """The numbers of the chart; None where it has none."""
    if table is None or table.empty:
        return None
    numbers = [bool(pd.api.types.is_numeric_dtype(kind)) for kind in table.dtypes]
    columns = [Column(str(head), numbers=so) for head, so in zip(table.columns, numbers, strict=True)]
    lines = [[_cell(value) for value in line] for line in table.itertuples(index=False)]
    return Table(caption, columns, [RowGroup([Row(Cell(head), cells(*rest)) for head, *rest in lines])])


def _cell(value: object) -> str:
    if value is None or value != value:  # not a number
        return NOTHING
    return value if isinstance(value, str) else exact(float(f"{value:.{DIGITS}g}"), "")
