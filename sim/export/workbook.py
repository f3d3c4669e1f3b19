"""What was found as a workbook: tables that can be filtered, numbers that are numbers, charts of the program itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_formula

from sim.export.undated import undated
from sim.report.page.context import Context
from sim.text.plain import letters, named, plain

LONGEST = 32_000
"""Characters that a cell may hold."""
_WIDEST, _NARROWEST, _HIGHEST = 60, 8, 400
_SAID = 100
"""Characters of Latin letters that a line above a table holds."""
_SHEET = 200
"""Latin letters beside one another that are still read on A4."""
_LINE = 16.5
"""Points of a line; Chinese ones are higher than others."""
_CHART, _CHARTED = (860, 380), 20
"""Size of a chart in pixels, and the rows that it takes."""


@dataclass(frozen=True)
class Share:
    """A share, shown in percent."""

    value: float


Cell = str | float | int | Share | None
Kind = Literal["bar", "column", "line"]


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table, with charts, or both; the heads are all different, each row has a value for each."""

    id: str
    """Name of its table, by which formulas and charts call it."""
    title: str
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    above: Sequence[str] = ()
    """What is said above the table."""
    charts: Sequence[Chart] = ()


@dataclass(frozen=True)
class Series:
    """A series of a chart: a part of a column of a table."""

    name: str
    table: str
    """The id of the sheet with the table."""
    rows: tuple[int, int]
    """The first and the last row, counted from 0."""
    categories: int
    """Column of what is along the axis."""
    values: int
    """Column of the values."""
    colour: str
    errors: tuple[int, int] | None = None
    """Columns of how far the interval reaches above and below each value; LibreOffice draws none that are no cells."""


@dataclass(frozen=True)
class Chart:
    """A chart that Excel draws."""

    title: str
    kind: Kind
    axis: str
    series: Sequence[Series]
    stacked: bool = False


def cell(value: float, *, share: bool = False) -> Cell:
    """A value as a cell holds it; nothing where there is none."""
    if not math.isfinite(value):
        return None
    return Share(value) if share else float(value)


def heads(context: Context, *keys: str) -> list[str]:
    """The heads of a table."""
    return [context.say(key, base=context.base) for key in keys]


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Return the .xlsx file of some sheets; the same bytes for the same sheets."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(content, options)
    book.set_properties({"title": named(title, 255)})
    formats = {
        "number": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "count": book.add_format({"num_format": "0", "valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "said": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "indent": 1}),
        "head": book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1, "bg_color": "#DCE6F1"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    places = {sheet.id: (named(sheet.title, 31), _top(sheet)) for sheet in sheets}
    for sheet in sheets:
        page = book.add_worksheet(places[sheet.id][0])
        widths = [_width(sheet, column) for column in range(len(sheet.heads))]
        _said(page, sheet, widths, formats)
        if sheet.rows:
            _table(page, sheet, widths, formats)
        _printed(page, sheet, widths)
        for number, chart in enumerate(sheet.charts):
            drawn = _chart(book, chart, places)
            row = _top(sheet) + len(sheet.rows) + bool(sheet.rows) * 2 + number * _CHARTED
            page.insert_chart(row, 0, drawn, {"description": plain(chart.title)})
    book.close()
    return undated(content.getvalue())


def _top(sheet: Sheet) -> int:
    """The row of the heads of the table."""
    return len(sheet.above) + 2


def _said(page: Any, sheet: Sheet, widths: Sequence[float], formats: Mapping[str, Any]) -> None:
    page.write_string(0, 0, plain(sheet.title), formats["title"])
    end = _spanned(widths)
    for row, text in enumerate(sheet.above, 1):
        page.merge_range(row, 0, row, end, "", formats["said"])
        page.write_string(row, 0, named(text, LONGEST), formats["said"])
        page.set_row(row, _LINE * math.ceil(letters(text) / _SAID))


def _spanned(widths: Sequence[float]) -> int:
    """The last of the columns over which a text of a line is written; they hold it."""
    wide = 0.0
    for column, width in enumerate(widths):
        wide += width
        if wide >= _SAID * 1.1 and column:
            return column
    return max(len(widths) - 1, 0) + math.ceil(max(_SAID * 1.1 - wide, 9) / 9)


def _table(page: Any, sheet: Sheet, widths: Sequence[float], formats: Mapping[str, Any]) -> None:
    top = _top(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.add_table(top, 0, top + len(sheet.rows), len(sheet.heads) - 1, {
        "name": sheet.id, "style": "Table Style Light 9",
        "columns": [{"header": plain(head), "header_format": formats["head"]} for head in sheet.heads],
    })  # fmt: skip
    page.set_row(top, _height(sheet.heads, widths))
    for row, values in enumerate(sheet.rows, top + 1):
        page.set_row(row, _height(values, widths))
        for column, value in enumerate(values):
            _write(page, row, column, value, formats)
    page.freeze_panes(top + 1, 1)


def _printed(page: Any, sheet: Sheet, widths: Sequence[float]) -> None:
    """A4, A3 where the table is wide, with its heads on every page; charts alone stand one above the other."""
    page.set_paper(8 if sum(widths) > _SHEET else 9)
    page.fit_to_pages(1, 0)
    if sheet.rows:
        page.set_landscape()
        page.repeat_rows(_top(sheet))


def _write(page: Any, row: int, column: int, value: Cell, formats: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        page.write_string(row, column, named(value, LONGEST), formats["text"])
        return
    bare = value.value if isinstance(value, Share) else value
    if bare is None or not math.isfinite(bare):
        page.write_blank(row, column, None, formats["text"])
        return
    kind = "share" if isinstance(value, Share) else "count" if isinstance(value, int) else "number"
    page.write_number(row, column, bare, formats[kind])


def _width(sheet: Sheet, column: int) -> float:
    """How wide a column is, in Latin letters: as its longest text, within bounds; a head may break."""
    texts = [letters(v) for row in sheet.rows if isinstance(v := row[column], str)]
    return min(max(max(texts, default=0) + 4, letters(sheet.heads[column]) / 2 + 4, _NARROWEST), _WIDEST)


def _height(values: Sequence[Cell], widths: Sequence[float]) -> float:
    """How high a row is in points: as its cell with the most lines."""
    lines = [math.ceil(letters(v) / (w - 2.5)) for v, w in zip(values, widths, strict=True) if isinstance(v, str)]
    return min(_LINE * max([1, *lines]), _HIGHEST)


def _chart(book: Any, chart: Chart, places: Mapping[str, tuple[str, int]]) -> Any:
    drawn = book.add_chart({"type": chart.kind, **({"subtype": "stacked"} if chart.stacked else {})})
    labels = {} if chart.stacked else {"data_labels": {"value": True, "num_format": "0.0", "position": "inside_base"}}
    for series in chart.series:
        title, top = places[series.table]
        first, last = (top + 1 + row for row in series.rows)
        drawn.add_series({
            "name": plain(series.name),
            "categories": [title, first, series.categories, last, series.categories],
            "values": [title, first, series.values, last, series.values],
            "fill": {"color": series.colour}, "border": {"color": "#FFFFFF"}, "gap": 60,
            **_errors(chart, series, title, (first, last)), **labels,
        })  # fmt: skip
    drawn.set_title({"name": plain(chart.title), "name_font": {"size": 12}})
    value, along = {"name": plain(chart.axis), "min": 0}, {"reverse": True} if chart.kind == "bar" else {}
    drawn.set_y_axis(along if chart.kind == "bar" else value)
    drawn.set_x_axis(value | {"label_position": "high"} if chart.kind == "bar" else along)
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    drawn.set_size(dict(zip(("width", "height"), _CHART, strict=True)))
    return drawn


def _errors(chart: Chart, series: Series, title: str, rows: tuple[int, int]) -> dict[str, Any]:
    """How far the interval of each value reaches, where it has any."""
    if series.errors is None:
        return {}
    first, last = rows
    above, below = (f"={xl_range_formula(title, first, column, last, column)}" for column in series.errors)
    axis = "x" if chart.kind == "bar" else "y"
    return {f"{axis}_error_bars": {"type": "custom", "plus_values": above, "minus_values": below,
                                   "plus_data": [], "minus_data": []}}  # fmt: skip
