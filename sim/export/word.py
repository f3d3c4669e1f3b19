"""A document as a Word file: headings, numbered tables and pictures that an office goes on editing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sim.export.columns import Laid, laid
from sim.export.document import Block, Bullets, Document, Grid, Heading, Line, Paragraph, Picture
from sim.export.undated import undated
from sim.text.plain import named, plain

WIDTH = Cm(15.6)
"""Of the text on A4, between the margins of an official letter."""
_ACROSS, _HIGHEST = Cm(24.3), Cm(12.8)
"""Of a picture on a page that lies across, with room below for its caption and its source."""
_FONTS = {"Normal": ("仿宋", 12), "Title": ("黑体", 20), "Heading 1": ("黑体", 15), "Heading 2": ("楷体", 13),
          "List Bullet": ("仿宋", 12), "Caption": ("黑体", 10.5)}  # fmt: skip
"""Style → its Chinese font and size in points."""
_SMALL = Pt(9)
_MOST_TITLE = 255
_LETTERS, _SMALLEST = 97, 7
"""Latin letters that a line of a table holds, and points that its letters have at least."""


def word(document: Document) -> bytes:
    """Return the .docx file of a document."""
    drawn = docx.Document()
    _page(drawn, document)
    counts = {"grid": iter(range(1, 10_000)), "picture": iter(range(1, 10_000))}
    for wide, blocks in groupby(document.blocks, lambda block: isinstance(block, Picture)):
        if wide or len(drawn.sections) > 1:
            _lay(drawn.add_section(), wide=wide)
        for block in blocks:
            _WRITERS[type(block)](drawn, document, block, counts)
    content = BytesIO()
    drawn.save(content)
    return undated(content.getvalue())


def _page(drawn: Any, document: Document) -> None:
    """A4 with the fonts of official letters, and the properties of the file."""
    _lay(drawn.sections[0], wide=False)
    for tongue in drawn.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), "en-GB")
        tongue.set(qn("w:eastAsia"), "zh-CN")
    for name, (font, size) in _FONTS.items():
        style = drawn.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        fonts.set(qn("w:eastAsia"), font)
    told = drawn.core_properties
    told.title, told.author, told.comments = named(document.title, _MOST_TITLE), "", ""
    told.language = "zh-CN" if document.lang == "zh" else "en"


def _lay(section: Any, *, wide: bool) -> None:
    """Lay the pages of a section upright, or across for pictures, the letters of which are to be read."""
    long, short = (Cm(29.7), Cm(21))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.6 if wide else 3.0), Cm(2.6)


Counts = dict[str, Iterator[int]]


def _heading(drawn: Any, document: Document, block: Heading, counts: Counts) -> None:
    del document, counts
    head = drawn.add_heading(plain(block.text), block.level)
    if not block.level:
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _paragraph(drawn: Any, document: Document, block: Paragraph, counts: Counts) -> None:
    del counts
    written = drawn.add_paragraph()
    run = written.add_run(plain(block.text))
    run.bold = block.manner == "strong" or None
    written.paragraph_format.keep_with_next = run.bold
    if block.manner == "note":
        run.font.size = _SMALL
    elif document.lang == "zh":
        written.paragraph_format.first_line_indent = Pt(24)


def _bullets(drawn: Any, document: Document, block: Bullets, counts: Counts) -> None:
    del document, counts
    for item in block.items:
        drawn.add_paragraph(plain(item), style="List Bullet")


def _grid(drawn: Any, document: Document, block: Grid, counts: Counts) -> None:
    caption = _caption(drawn, document, document.labels[0], counts["grid"], block.caption)
    caption.paragraph_format.keep_with_next = True
    table = drawn.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    how = laid(block, _LETTERS)
    _fill(table.rows[0], block.heads, block, how, bold=True)
    _repeated(table.rows[0])
    for line in block.lines:
        _line(table, line, block, how)
    for column, share in zip(table.columns, how.shares, strict=True):
        column.width = int(WIDTH * share)
        for cell in column.cells:
            cell.width = column.width
    _note(drawn, block.note)


def _note(drawn: Any, text: str) -> None:
    """Write what explains a table or a picture below it, apart from it."""
    written = drawn.add_paragraph()
    written.add_run(plain(text)).font.size = _SMALL
    written.paragraph_format.space_before = Pt(4)


def _line(table: Any, line: Line, block: Grid, how: Laid) -> None:
    row = table.add_row()
    if line.manner == "head":
        row.cells[0].merge(row.cells[-1])
    _fill(row, line.cells, block, how, bold=line.manner != "plain")
    keep = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(keep)


def _fill(row: Any, texts: Any, block: Grid, how: Laid, *, bold: bool) -> None:
    size = Pt(max(_SMALLEST, int(2 * _SMALL.pt * how.smaller) / 2))
    for cell, text, number in zip(row.cells, texts, block.to_right, strict=False):
        written = cell.paragraphs[0]
        run = written.add_run(how.text(text))
        run.font.size, run.bold = size, bold or None
        if number and len(texts) > 1:
            written.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeated(row: Any) -> None:
    """Have a row stand at the top of every page that the table goes on to."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _picture(drawn: Any, document: Document, block: Picture, counts: Counts) -> None:
    shape = drawn.add_picture(BytesIO(block.png), width=_ACROSS)
    if shape.height > _HIGHEST:
        shape.width, shape.height = int(shape.width * _HIGHEST / shape.height), _HIGHEST
    shape._inline.docPr.set("descr", plain(block.alternative))
    drawn.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(drawn, document, document.labels[1], counts["picture"], block.caption)
    _note(drawn, block.note)


def _caption(drawn: Any, document: Document, label: str, numbers: Iterator[int], text: str) -> Any:
    """A caption whose number Word counts anew when tables or pictures are added."""
    written = drawn.add_paragraph(style="Caption")
    before, after = document.numbered.format(label=label, n="\0", text=plain(text)).split("\0", 1)
    written.add_run(before)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" SEQ {label} \\* ARABIC ")
    run, number = OxmlElement("w:r"), OxmlElement("w:t")
    number.text = str(next(numbers))
    run.append(number)
    field.append(run)
    written._p.append(field)
    written.add_run(after)
    return written


_WRITERS: dict[type[Block], Callable[..., None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Grid: _grid,
    Picture: _picture,
}
