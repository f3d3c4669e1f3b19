"""Names, reasons and sources that are written to do harm come out harmless, wherever they come out."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from bpmn_io import check
from pptx import Presentation
from python_calamine import CalamineWorkbook

from sim.bpmn.reading import parsed
from sim.bpmn.starting import started
from sim.bpmn.writing import LONGEST, bpmn
from sim.export.formats import FORMATS, Found
from sim.export.report import drawing
from sim.report.chart_register import CHARTS
from sim.report.charts.jobs import for_page
from sim.report.page.context import Context
from sim.report.screen.console import console
from sim.report.screen.printed import print_comparison
from sim.report.tables import TABLES
from sim.report.words import LANGS, Lang
from sim.scenario.load import load_library
from sim.spec.process import Process
from sim.text.plain import named, plain
from sim.text.yamlio import parse

from .hostile import TEXTS, hostile
from .reported import Tags, exact, html

ROOT = Path(__file__).parents[1]
NAMES = ("tag", "plus", "at", "markup", "hebrew", "emoji", "braces")
"""The texts that every output of the whole tells: process, variants, targets, scenario, place."""


def shown(text: str) -> str:
    """A text with single spaces, as outputs set it."""
    return " ".join(plain(text).split())


def exported(ending: str, lang: Lang = "en") -> bytes:
    """The hostile world in a format."""
    comparison = hostile()
    return FORMATS[ending](Found(Context(comparison, lang), {}, drawing(comparison, lang)))


def parts(content: bytes) -> Iterator[tuple[str, str]]:
    """The name and the text of each part of an office file that is XML."""
    with zipfile.ZipFile(BytesIO(content)) as whole:
        for name in whole.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, whole.read(name).decode()


def holds(text: str, *keys: str) -> list[str]:
    """The texts that are missing from an output."""
    spaced = shown(text)
    return [key for key in keys if shown(TEXTS[key]) not in spaced]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_no_tag_that_a_name_brought(lang: Lang) -> None:
    """The same scripts as on any page, none started by an attribute, no picture and no link off the machine."""
    text, usual = html(hostile(), lang), html(exact(), lang)
    page, other = Tags(text), Tags(usual)
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in other.tags} | {"details", "summary"}
    assert Counter(tag for tag, _ in page.tags)["script"] == Counter(tag for tag, _ in other.tags)["script"]
    assert not [name for _, given in page.tags for name in given if name.startswith("on")]
    led = [*page.values("href"), *page.values("src")]
    assert not [place for place in led if not place.startswith(("#", "data:"))]
    assert holds(page.text, *NAMES) == []


@pytest.mark.parametrize("chart", CHARTS)
def test_charts_draw_names_as_they_are(chart: str) -> None:
    """No formula is set, no element of a name is in the drawing, and no cell of its numbers would be run."""
    found = for_page((hostile(), "en", None), ("service", chart))
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(found.svg).iter()}
    assert not tags & {"script", "image", "a", "foreignObject"}
    assert found.files["png"].startswith(b"\x89PNG")
    assert not [c for row in csv.reader(StringIO(found.data)) for c in row if c.lstrip(" ")[:1] in {"=", "+", "@"}]


@pytest.mark.parametrize("lang", LANGS)
def test_the_screen_prints_marks_as_they_are(lang: Lang) -> None:
    """Nothing in brackets is a style, and nothing moves the cursor."""
    stream = StringIO()
    print_comparison(console(stream, 400), hostile(), {}, lang)
    text = stream.getvalue()
    assert holds(text, "plus", "at", "hebrew", "braces") == []
    assert "[bold]b[/bold]" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)


def test_the_workbook_runs_nothing() -> None:
    """Every text is a text: no formula, no link, no part that leads elsewhere."""
    content = exported("xlsx")
    for name, text in parts(content):
        assert not re.search('<f>|<hyperlink|TargetMode="External"', text), name
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert holds("\n".join(map(str, cells)), *TEXTS) == []


@pytest.mark.parametrize("ending", ["docx", "pptx"])
def test_report_and_slides_lead_nowhere(ending: str) -> None:
    """No part outside the file, no field but the numbers of captions, every name as text."""
    content = exported(ending)
    for name, text in parts(content):
        assert 'TargetMode="External"' not in text, name
        assert "w:instrText" not in text, name
        assert {code.split()[0] for code in re.findall('w:instr="([^"]*)"', text)} <= {"SEQ"}, name
    assert holds("\n".join(texts(content, ending)), *NAMES) == []


def texts(content: bytes, ending: str) -> Iterator[str]:
    """What stands in the paragraphs of a report, or in the shapes and notes of slides."""
    if ending == "docx":
        written = docx.Document(BytesIO(content))
        yield from (paragraph.text for paragraph in written.paragraphs)
        yield from (cell.text for table in written.tables for row in table.rows for cell in row.cells)
        return
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_has_no_mark_that_a_name_brought(lang: Lang) -> None:
    """No tag, no link, no picture, no mention, no row that a name has cut."""
    text = exported("md", lang).decode()
    assert not re.search(r"<|(?<!\\)\]\(|(?<!\\)!\[|@|(?<!\\)`|(?<!\\)\$", text)
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    bars = [{len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()} for table in tables]
    assert all(len(counts) == 1 for counts in bars)


@pytest.mark.parametrize("table", TABLES)
def test_tables_for_spreadsheets_run_nothing(table: str) -> None:
    """No cell begins as a formula does, and each row has as many cells as the head."""
    rows = list(csv.reader(StringIO("".join(TABLES[table](hostile())))))
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+@\t") or re.match("-[^0-9.]", cell)]
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("lang", LANGS)
def test_a_diagram_comes_back_with_its_names(lang: Lang) -> None:
    """Whole XML whatever is in a name; what is too long for a box is cut there, and the rest stands behind it."""
    prepared = hostile().prepared
    first = prepared.variants[0]
    process = first.flows["service"][0].process
    text = bpmn(process, first.place, prepared.catalogue, lang)
    report = check(text)
    assert (report.ok, report.errors, report.warnings) == (True, [], [])
    wanted = [shown(named(getattr(step.name, lang), LONGEST)) for step in process.steps.values()]
    found = parsed(text, "x.bpmn")
    assert sorted(task.name for task in found.tasks) == sorted(wanted)
    spec = started(found, "mine", "<x>\n.bpmn", load_library(ROOT / "tests/library"), lang)
    again = Process.model_validate(parse(spec, "mine.yaml").data)
    assert sorted(step.name.zh for step in again.steps.values()) == sorted(wanted)
