"""Slides as a PowerPoint file: titles that are messages, charts and tables that the office goes on editing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from sim.export.columns import laid
from sim.export.document import Bullets, Grid, Picture
from sim.export.talk import Bars, Slide, Talk
from sim.export.undated import undated
from sim.text.plain import letters, named, plain

SIZE = Inches(13.333), Inches(7.5)
BODY = Inches(0.6), Inches(1.75), Inches(12.1), Inches(4.95)
"""Left, top, width and height of what shows the message."""
_TITLE = Inches(0.6), Inches(0.45), Inches(12.1), Inches(1.15)
_ORIGIN = Inches(0.6), Inches(6.95), Inches(12.1), Inches(0.35)
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_TITLE_ONLY, _FIRST = 5, 0
"""Layouts of the empty presentation."""
_INK, _GREY = RGBColor(0x1F, 0x2D, 0x3D), RGBColor(0x60, 0x6B, 0x76)
_LONGEST = 600
"""Letters of a point; the report has all of it."""
_LETTERS, _SMALLEST, _LARGEST = 130, 9, 12
"""Latin letters that a line of a table holds, and the points that they have at least and at most."""


def slides(talk: Talk) -> bytes:
    """Return the .pptx file of some slides; the same bytes for the same slides."""
    show = Presentation()
    show.slide_width, show.slide_height = SIZE
    show.core_properties.title, show.core_properties.author = named(talk.title, 255), ""
    head = show.slides.add_slide(show.slide_layouts[_FIRST])
    for shape, text, size, box in zip(
        head.placeholders, (talk.title, talk.below), (36, 20), _first_boxes(), strict=False
    ):
        _placed(shape, box)
        _write(shape.text_frame, [text], Pt(size), talk.lang)
    for slide in talk.slides:
        _slide(show.slides.add_slide(show.slide_layouts[_TITLE_ONLY]), slide, talk.lang)
    content = BytesIO()
    show.save(content)
    return undated(content.getvalue())


def _first_boxes() -> tuple[tuple[int, ...], ...]:
    left, _, width, _ = BODY
    return (left, Inches(2.2), width, Inches(1.8)), (left, Inches(4.2), width, Inches(0.9))


def _placed(shape: Any, box: tuple[int, ...]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(x) for x in box)


def _slide(page: Any, slide: Slide, lang: str) -> None:
    title = page.shapes.title
    _placed(title, _TITLE)
    _write(title.text_frame, [slide.message], Pt(_fitting(slide.message)), lang, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in title.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    body = slide.body
    if isinstance(body, Bars):
        _bars(page, body, slide.message, lang)
    elif isinstance(body, Grid):
        _grid(page, body, lang)
    elif isinstance(body, Bullets):
        _bullets(page, body, lang)
    else:
        _picture(page, body)
    _write(page.shapes.add_textbox(*_ORIGIN).text_frame, [slide.origin], Pt(11), lang, colour=_GREY)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = plain(slide.notes)


def _fitting(text: str) -> int:
    """The size of a message in points, so that it takes two lines."""
    return 26 if letters(text) <= 110 else 20 if letters(text) <= 160 else 16


def _write(frame: Any, texts: list[str], size: Any, lang: str, *, bold: bool = False, colour: Any = _INK) -> None:
    """Write paragraphs in the font of the language."""
    frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(text)
        run.font.size, run.font.bold, run.font.color.rgb, run.font.name = size, bold, colour, _FONTS[lang]
        run._r.get_or_add_rPr().set("lang", "zh-CN" if lang == "zh" else "en-GB")
        east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": _FONTS["zh"]})
        run._r.get_or_add_rPr().append(east)


def _bullets(page: Any, body: Bullets, lang: str) -> None:
    frame = page.shapes.add_textbox(*BODY).text_frame
    texts = [named(item, _LONGEST) for item in body.items]
    lines = sum(1 + letters(text) // 110 for text in texts)
    size = 20 if lines <= 9 else 16 if lines <= 14 else 13
    _write(frame, texts, Pt(size), lang)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size / 2)
        how = paragraph._p.get_or_add_pPr()
        how.set("marL", str(Pt(size)))
        how.set("indent", str(-Pt(size)))
        how.append(how.makeelement(qn("a:buChar"), {"char": "•"}))


def _grid(page: Any, body: Grid, lang: str) -> None:
    left, top, width, _ = BODY
    frame = page.shapes.add_table(len(body.lines) + 1, len(body.heads), left, top, width, Inches(0.4))
    table = frame.table
    how = laid(body, _LETTERS)
    for column, share in zip(table.columns, how.shares, strict=True):
        column.width = Emu(int(width * share))
    size = Pt(max(_SMALLEST, int(_LARGEST * how.smaller)))
    for row, texts in enumerate([body.heads, *(line.cells for line in body.lines)]):
        for cell, text, number in zip(table.rows[row].cells, texts, body.to_right, strict=False):
            colour = _INK if row else RGBColor(255, 255, 255)
            _write(cell.text_frame, [how.text(text)], size, lang, bold=not row, colour=colour)
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT


def _picture(page: Any, body: Picture) -> None:
    left, top, width, height = BODY
    shown = page.shapes.add_picture(BytesIO(body.png), left, top)
    scale = min(width / shown.width, height / shown.height)
    shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
    shown.left = Emu(int(left + (width - shown.width) / 2))
    shown._element.nvPicPr.cNvPr.set("descr", plain(body.alternative))


def _bars(page: Any, body: Bars, message: str, lang: str) -> None:
    data = CategoryChartData()
    data.categories = [plain(name) for name in body.categories]
    for name, _, values in body.series:
        data.add_series(plain(name), values)
    kind = XL_CHART_TYPE.BAR_STACKED if len(body.series) > 1 else XL_CHART_TYPE.BAR_CLUSTERED
    frame = page.shapes.add_chart(kind, *BODY, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(message))
    chart = frame.chart
    chart.font.size, chart.font.name, chart.has_title = Pt(13), _FONTS[lang], False
    chart.has_legend = len(body.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    value = chart.value_axis
    value._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM  # below, where the last category stands
    if body.ends:
        value.minimum_scale, value.maximum_scale = body.ends
    value.has_title, value.has_major_gridlines = True, False
    value.axis_title.text_frame.text = plain(body.axis)
    value.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    plot = chart.plots[0]
    plot.gap_width = 45
    for series, (_, colour, _) in zip(plot.series, body.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        series.invert_if_negative = False
    plot.has_data_labels = len(body.series) == 1
    if plot.has_data_labels:
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = body.form, False
