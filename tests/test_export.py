"""What is handed over: the sheets of a workbook, a report to be edited, a text for a merge request."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pptx import Presentation
from python_calamine import CalamineWorkbook

from sim.core.errors import PlannerError
from sim.export import printed
from sim.export.columns import laid
from sim.export.document import Bullets, Document, Grid, Heading, Line, Paragraph, Picture, grid
from sim.export.formats import FORMATS, Found
from sim.export.markdown import markdown
from sim.export.printed import BROWSERS
from sim.export.report import doubt_words, drawing, not_drawn, targets_grid
from sim.export.sheets import book
from sim.export.word import word
from sim.export.workbook import Chart, Series, Share, Sheet, workbook
from sim.report.page.context import Context
from sim.report.page.doubts import Doubt
from sim.report.page.table import Cell, Column, Link, Row, RowGroup, Table
from sim.report.words import LANGS, Lang

from .reported import AFTER, BUSY, comparison_of, exact, noisy
from .test_cli import call
from .test_report_first import WORLDS

OFFICE, BROWSER = shutil.which("soffice"), any(map(shutil.which, BROWSERS))
# Both are programs of the machine and no part of the lock; .ci/run installs them, and fails where a test is skipped.
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice takes 500 MB, which no run needs; .ci/run has it")
needs_browser = pytest.mark.skipif(not BROWSER, reason="a browser is a program of the machine; .ci/run has one")
ROOT = Path(__file__).parents[1]
DOCUMENT = Document(
    title="Report",
    lang="en",
    labels=("Table", "Figure"),
    numbered="{label} {n}. {text}",
    blocks=[
        Heading("Report", 0),
        Paragraph("The *answer*.", "strong"),
        Heading("Found", 1),
        Bullets(["one", "two"]),
        Grid(
            "Days",
            ["Step", "Days"],
            [Line(["all"], "head"), Line(["a|b", "3"]), Line(["sum", "3"], "total")],
            "Mean.",
            [False, True],
        ),
        Grid("Cases", ["Step"], [Line(["a"])]),
    ],
)  # fmt: skip
SHEETS = [
    Sheet("cases", "All cases", ["Month", "Cases", "Days", "On time", "Whisker"],
          [["2024-01", 3, 2.5, Share(0.5), 0.5], ["2024-02", 4, None, Share(1.0), None]],
          ["Counted by month."]),
    Sheet("charts", "Charts", charts=[
        Chart("Days", "bar", "days", [Series("Days", "cases", (0, 1), 0, 2, "#123456", (4, 4))]),
    ]),
]  # fmt: skip


def cells(content: bytes) -> dict[str, list[list[object]]]:
    """Title of a sheet → its rows, as another library reads them."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def part(content: bytes, name: str) -> str:
    """The text of a file inside an Office file."""
    with zipfile.ZipFile(BytesIO(content)) as whole:
        return whole.read(name).decode()


def single(text: str) -> str:
    """The text with plain spaces."""
    return text.replace("\u00a0", " ")


def exported(lang: Lang) -> Found:
    """The small world in which reviews take 2, 4 and 8 days, to be handed over."""
    return Found(Context(exact(), lang), {}, not_drawn)


def test_a_table_holds_numbers_as_numbers_and_names_itself() -> None:
    """Title, what is said, heads, then text, counts, decimals and shares as what they are; nothing where none is."""
    content = workbook("Book", SHEETS)
    rows = cells(content)["All cases"]
    assert [row[:5] for row in rows] == [
        ["All cases", "", "", "", ""],
        ["Counted by month.", "", "", "", ""],
        ["", "", "", "", ""],
        ["Month", "Cases", "Days", "On time", "Whisker"],
        ["2024-01", 3.0, 2.5, 0.5, 0.5],
        ["2024-02", 4.0, "", 1.0, ""],
    ]
    table = part(content, "xl/tables/table1.xml")
    assert re.findall(r'(?:displayName|ref)="([^"]*)"', table)[:2] == ["cases", "A4:E6"]
    assert 'formatCode="0.0%"' in part(content, "xl/styles.xml")


def test_a_chart_is_drawn_by_the_program_from_the_cells_of_the_table() -> None:
    """It holds where its values stand, and how far their intervals reach, so that it follows them."""
    chart = part(workbook("Book", SHEETS), "xl/charts/chart1.xml")
    reach = "'All cases'!$E$5:$E$6"
    assert re.findall("<c:f>([^<]*)</c:f>", chart) == [reach, reach, "'All cases'!$A$5:$A$6", "'All cases'!$C$5:$C$6"]


def test_the_workbook_tells_each_target_with_its_figures() -> None:
    """Bound, before, now, interval and verdict in cells of their own, of both targets of the small world."""
    rows = cells(FORMATS["xlsx"](exported("en")))["Answer"]
    begin = next(i for i, row in enumerate(rows) if row[0] == "Id")
    assert [row[:14] for row in rows[begin + 1 :]] == [
        ["T1", "Time", "working days", "≤", 12.0, 14.0, 10.0, 10.0, 10.0, "", "", "", "met", ""],
        ["T2", "Shorter", "working days", "≤", 5.0, 14.0, 10.0, 10.0, 10.0, "", "", "", "missed (on record)", ""],
    ]


def test_the_workbook_tells_source_and_mark_of_each_number() -> None:
    """Every number of the process stands there once, at its place in the file, with what it rests on."""
    rows = cells(FORMATS["xlsx"](exported("en")))["Numbers"]
    law, guess = "Law (cited from memory, to be read again)", ["Assumption", "guess", "made up for a test", 0.0, 1000.0]
    assert [row[:8] for row in rows if str(row[0]).startswith("service.")] == [
        ["service.attributes.good.share", "Service <A>", 0.5, *guess],
        ["service.steps.apply.limit.statutory.days", "Service <A> Apply", 2.0, law, "act", "某法第一条", "", ""],
        ["service.steps.first.limit.statutory.days", "Service <A> First review", 4.0, law, "act", "某法第一条", "", ""],
        [
            "service.steps.second.limit.statutory.days",
            "Service <A> Second review",
            8.0,
            law,
            "act",
            "某法第一条",
            "",
            "",
        ],
        ["service.steps.works.duration.days", "Service <A> Works", 10.0, *guess],
    ]


def test_the_workbook_tells_the_days_of_a_common_submission() -> None:
    """It is a row of its own beside the steps that share it, and its kind is told as what it is."""
    shared = AFTER.replace("并联审批, steps: [first, second]", "一窗受理, steps: [first, second], form: joint")
    found = Found(Context(comparison_of(shared, practice=BUSY), "en"), {}, not_drawn)
    told = [row[2:4] for row in cells(FORMATS["xlsx"](found))["Days"] if row[1] == "After"]
    assert list(dict.fromkeys(map(tuple, told))) == [
        ("Apply", "approval"),
        ("First review", "approval"),
        ("Common submission (joint)", "common submission"),
        ("Second review", "approval"),
        ("Works", "construction"),
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_days_of_the_charts_add_up_to_the_elapsed_time(lang: Lang) -> None:
    """The stack of each variant is as long as the bar of its mean: 24 and 20 working days."""
    sheets = {sheet.id: sheet for sheet in book(Context(exact(), lang), {})[1]}
    stack, _, bars = sheets["charts"].charts
    rows = range(stack.series[0].rows[0], stack.series[0].rows[1] + 1)
    sums = [sum(sheets["categories"].rows[row][series.values] for series in stack.series) for row in rows]
    (series,) = bars.series
    means = [sheets["measures"].rows[row][series.values] for row in range(series.rows[0], series.rows[1] + 1)]
    assert sums == pytest.approx([24, 20])
    assert means == pytest.approx([24, 20])


def test_a_word_file_numbers_its_tables_and_repeats_their_heads() -> None:
    """Word counts the captions itself, and the head of a table stands again on each page that it goes on to."""
    drawn = docx.Document(BytesIO(word(DOCUMENT)))
    assert [(p.style.name, p.text) for p in drawn.paragraphs if p.text] == [
        ("Title", "Report"),
        ("Normal", "The *answer*."),
        ("Heading 1", "Found"),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
        ("Caption", "Table . Days"),
        ("Normal", "Mean."),
        ("Caption", "Table . Cases"),
    ]
    fields = list(drawn.element.iter(qn("w:fldSimple")))
    assert [field.get(qn("w:instr")).split() for field in fields] == [["SEQ", "Table", "\\*", "ARABIC"]] * 2
    assert [field.find(f".//{qn('w:t')}").text for field in fields] == ["1", "2"]
    first = drawn.tables[0]
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["Step", "Days"],
        ["all", "all"],
        ["a|b", "3"],
        ["sum", "3"],
    ]
    assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in first.rows] == [1, 0, 0, 0]


NARROW = Grid(
    "Targets",
    ["Id", "Over the assumptions", "Worlds in which it holds"],
    [Line(["T1", "13.45–19.67\u00a0working days", "90%"])],
    numbers=[False, True, True],
)


@pytest.mark.parametrize(
    ("line", "text", "smaller"), [(60, "≤\u00a020\u00a0working days", 1), (30, "≤\u00a020 working days", 1),
                                  (20, "≤\u00a020 working days", 20 / 28)],
)  # fmt: skip
def test_no_word_of_a_table_breaks_in_a_line(line: int, text: str, smaller: float) -> None:
    """Where it is narrow a line may end before what is counted; where that is not enough the letters are smaller.

    The longest words have 2, 11 (or 19 with what is counted) and 6 letters, and each cell takes three of room.
    """
    how = laid(NARROW, line)
    assert how.text("≤\u00a020\u00a0working days") == text
    assert how.smaller == pytest.approx(smaller)
    assert all(share * line / how.smaller >= least - 1e-9 for share, least in zip(how.shares, (5, 14, 9), strict=True))


def test_what_was_not_drawn_has_no_column() -> None:
    """A report without worlds tells figures and verdicts; with them, the range and the share of worlds too."""
    plainly = targets_grid(Context(exact(), "en"))
    assert list(plainly.heads) == ["Id", "Target", "Published", "Before", "Simulated, with the 95% interval", "Verdict"]
    assert [single(text) for text in plainly.lines[0].cells] == [
        "T1", "Time", "≤ 12 working days", "14.00 working days",
        "10.00 working days (the same in all 3 replications)", "met",
    ]  # fmt: skip
    first, *others = exact().targets
    drawn = replace(exact(), targets=[replace(first, in_worlds=WORLDS), *others])
    lines = targets_grid(Context(drawn, "en")).lines
    assert [[single(text) for text in line.cells[5:]] for line in lines] == [
        ["1.95–19.05 working days", "60%", "met"], ["not drawn", "not drawn", "missed (on record)"],
    ]  # fmt: skip


def test_pictures_of_a_word_file_lie_across_their_pages() -> None:
    """They are as wide as the page allows, between pages that stand upright."""
    comparison = exact()
    content = FORMATS["docx"](Found(Context(comparison, "en"), {}, drawing(comparison, "en")))
    drawn = docx.Document(BytesIO(content))
    assert [section.page_width > section.page_height for section in drawn.sections] == [False, True, False]
    room = drawn.sections[1].page_width - drawn.sections[1].left_margin - drawn.sections[1].right_margin
    assert [0.6 * room < shape.width <= room for shape in drawn.inline_shapes] == [True, True]


def test_small_print_of_a_table_stands_in_the_brackets_of_its_language() -> None:
    """An interval has its own; what a head rests on follows it."""
    link = Link("Act 1")
    rows = [Row(Cell("a", small="b"), [Cell("68.5%", small="[66.0%, 71.2%]"), Cell("", small="c")])]
    table = Table(
        "Days", [Column("A"), Column("B"), Column("C")], [RowGroup(rows, Cell("D", small="Source", link=link))]
    )
    assert [list(line.cells) for line in grid(table, "en").lines] == [
        ["D; Source: Act 1"], ["a (b)", "68.5% [66.0%, 71.2%]", "c"],
    ]  # fmt: skip
    assert [list(line.cells) for line in grid(table, "zh").lines] == [
        ["D；Source：Act 1"], ["a（b）", "68.5% [66.0%, 71.2%]", "c"],
    ]  # fmt: skip


def test_what_is_doubted_names_its_sources() -> None:
    """After a colon where it announces them, else in brackets."""
    context = Context(exact(), "en")
    links = [Link("Act 1"), Link("Act 2")]
    assert doubt_words(context, Doubt("Not read again:", links)) == "Not read again: Act 1, Act 2"
    assert doubt_words(context, Doubt("Not published.", links)) == "Not published. (Act 1, Act 2)"
    assert doubt_words(context, Doubt("Not known.")) == "Not known."


def test_a_printed_workbook_repeats_the_heads_of_a_table() -> None:
    """A table that goes on to another page begins with them there."""
    content = FORMATS["xlsx"](exported("en"))
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="3">Measures!$4:$4</definedName>' in part(
        content, "xl/workbook.xml"
    )


def test_pictures_of_a_word_file_are_read_to_those_who_do_not_see_them() -> None:
    """Each has its caption and its alternative; the report of the small world has two charts of its process."""
    comparison = exact()
    content = FORMATS["docx"](Found(Context(comparison, "en"), {}, drawing(comparison, "en")))
    drawn = docx.Document(BytesIO(content))
    captions = [p.text for p in drawn.paragraphs if p.style.name == "Caption" and p.text.startswith("Figure")]
    assert captions == ["Figure . Service <A>: Where the time goes", "Figure . Service <A>: Distribution of times"]
    told = [shape._inline.docPr.get("descr") for shape in drawn.inline_shapes]
    assert [text.split(",")[0] for text in told] == ["A bar for each variant", "A row for each variant"]


def test_markdown_has_tables_of_pipes() -> None:
    """Captions are numbered, numbers stand right, marks in a text are none, pictures are left out."""
    document = Document(**{**vars(DOCUMENT), "blocks": [*DOCUMENT.blocks, Picture(b"", "Chart", "A bar.")]})
    assert markdown(document) == (
        "# Report\n\n**The \\*answer\\*.**\n\n## Found\n\n- one\n- two\n\n**Table 1. Days**\n\n"
        "| Step | Days |\n| --- | ---: |\n| **all** |  |\n| a\\|b | 3 |\n| **sum** | **3** |\n\n_Mean._\n\n"
        "**Table 2. Cases**\n\n| Step |\n| --- |\n| a |\n"
    )


def test_each_slide_has_one_message() -> None:
    """The titles alone tell the answer, the targets, the times, the reforms, what it rests on and what is left out."""
    comparison = exact()
    show = Presentation(BytesIO(FORMATS["pptx"](Found(Context(comparison, "en"), {}, drawing(comparison, "en")))))
    assert [single(slide.shapes.title.text) for slide in show.slides] == [
        "Question",
        "Time: 10.00 working days, target ≤ 12 working days: met",
        "2 targets. 2 telling verdicts: 1 met, 1 missed (on record).",
        "Service <A>: counted time 14.0 → 10.0 working days",
        "Service <A>: nine cases in ten take at most 14.0 → 10.0 working days (counted time)",
        "The reforms come in 1 step",
        "The scenario uses 23 numbers; 19 of them (82.6%) are assumptions.",
        "What the model does not know",
    ]
    assert all(shape.width <= show.slide_width - shape.left for slide in show.slides for shape in slide.shapes)


@pytest.mark.parametrize(
    ("variants", "titles"),
    [
        (AFTER, [
            "Question",
            "What changes most is counted time: Service <A> goes from 14.0 working days to 10.0 working days (−28.6%).",
            "Service <A>: counted time 14.0 → 10.0 working days",
            "The reforms come in 1 step",
        ]),
        ("", ["Question", 'No measure changes against "Before".', "Service <A>: counted time 14.0 working days"]),
    ],
)  # fmt: skip
def test_what_has_no_target_or_no_reform_is_handed_over_too(variants: str, titles: list[str]) -> None:
    """It begins with what changed most, and tells times without an arrow where there is one variant."""
    found = Found(Context(comparison_of(variants, targets=""), "en"), {}, not_drawn)
    for ending in ("xlsx", "docx", "md"):
        assert FORMATS[ending](found)
    show = Presentation(BytesIO(FORMATS["pptx"](found)))
    assert [single(slide.shapes.title.text) for slide in show.slides][: len(titles)] == titles


def test_charts_and_tables_of_slides_are_those_of_the_program() -> None:
    """Bars and cells can be edited: the days of the small world by category, and its targets."""
    show = Presentation(BytesIO(FORMATS["pptx"](exported("en"))))
    table = next(shape.table for slide in show.slides for shape in slide.shapes if shape.has_table)
    assert [[single(cell.text) for cell in row.cells][:4] for row in table.rows] == [
        ["Id", "Target", "Published", "Before"],
        ["T1", "Time", "≤ 12 working days", "14.00 working days"],
        ["T2", "Shorter", "≤ 5 working days", "14.00 working days"],
    ]
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert [list(chart.plots[0].categories) for chart in charts] == [
        ["Before (24.0)", "After (20.0)"],
        ["Law", "Plan", "Assumption"],
    ]
    assert [[(s.name, list(s.values)) for s in chart.plots[0].series] for chart in charts] == [
        [("Circulation", pytest.approx([14, 10])), ("Construction", pytest.approx([10, 10]))],
        [("", [3, 1, 19])],
    ]


def test_without_a_browser_the_page_is_not_printed_and_nothing_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told at once, with what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code = call(ROOT / "tests/library", "export", "faster", "--to", "pdf", "--out", str(tmp_path / "files"))
    told = (
        "--to pdf: the page is printed by a browser, and there is none; install Chromium, Chrome or Edge, or print "
        "index.html of `compare` from any browser\n"
    )
    assert (code, capsys.readouterr().err, (tmp_path / "files").exists()) == (2, told, False)


@needs_browser
def test_the_page_is_printed_without_a_date() -> None:
    """The same page is the same file, whatever the day."""
    content = FORMATS["pdf"](exported("en"))
    assert content.startswith(b"%PDF-")
    assert set(re.findall(rb"/(?:Creation|Mod)Date \(D:(\d*)", content)) == {b"19800101000000"}
    assert content == FORMATS["pdf"](exported("en"))


def test_the_printed_page_has_what_each_reform_buys(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the page of `compare`, waterfall and all."""
    shared, given = object(), []

    def page(*_: object, bought: object, **__: object) -> Path:
        given.append(bought)
        raise PlannerError("asked for")

    monkeypatch.setattr(printed, "browser", lambda: "chromium")
    monkeypatch.setattr(printed, "report", page)
    with pytest.raises(PlannerError, match=r"^asked for$"):
        FORMATS["pdf"](replace(exported("en"), bought=shared))  # type: ignore[arg-type]
    assert given == [shared]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != "pdf"])
def test_the_same_result_is_the_same_file(ending: str, lang: Lang) -> None:
    """No file holds when or where it was written."""
    found = Found(Context(noisy(), lang), {}, not_drawn)
    content = FORMATS[ending](found)
    assert content == FORMATS[ending](found)
    if ending != "md":
        with zipfile.ZipFile(BytesIO(content)) as whole:
            assert {info.date_time for info in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_export_writes_what_is_asked_for(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file is named after the scenario and told; nothing else is written."""
    out = tmp_path / "files"
    words = ["--to", "md", "--to", "xlsx", "--to", "md", "--runs", "2", "--workers", "1", "--worlds", "0"]
    assert call(desk, "export", "faster", *words, "--out", str(out)) == 0
    assert capsys.readouterr().out == f"{out}/faster.md\n{out}/faster.xlsx\n"
    assert sorted(path.name for path in out.iterdir()) == ["faster.md", "faster.xlsx"]


@needs_office
@pytest.mark.parametrize("ending", ["xlsx", "docx", "pptx"])
def test_another_office_program_opens_the_file(ending: str, tmp_path: Path) -> None:
    """LibreOffice reads the same cells, types and whiskers, all headings of the report, a page for each slide."""
    file = tmp_path / f"found.{ending}"
    file.write_bytes(FORMATS[ending](exported("zh")))
    wanted = {"xlsx": "ods", "docx": "txt:Text (encoded):UTF8", "pptx": "pdf"}[ending]
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [str(OFFICE), home, "--headless", "--convert-to", wanted, "--outdir", str(tmp_path / "read"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = tmp_path / "read" / f"found.{wanted.partition(':')[0]}"
    if ending == "xlsx":
        assert trimmed(cells(read.read_bytes())) == trimmed(cells(file.read_bytes()))
        whiskers = re.findall('error-upper-range="([^"]*)"', part(read.read_bytes(), "Object 2/content.xml"))
        assert {*whiskers} == {"指标.Q5:指标.Q6"}
    elif ending == "pptx":
        assert len(re.findall(rb"/Type\s*/Page\b", read.read_bytes())) == len(Presentation(str(file)).slides)
    else:
        heads = [p.text for p in docx.Document(str(file)).paragraphs if p.style.name == "Heading 1"]
        lines = read.read_text(encoding="utf-8-sig").splitlines()
        assert [line for line in lines if line in heads] == heads


def trimmed(sheets: dict[str, list[list[object]]]) -> dict[str, list[list[object]]]:
    """The rows without the empty cells at their ends, numbers to twelve digits."""
    return {name: _full([[_cell(c) for c in _full(row)] for row in rows]) for name, rows in sheets.items()}


def _full(items: list[Any]) -> list[Any]:
    last = max((i for i, item in enumerate(items) if item not in ("", [])), default=-1)
    return items[: last + 1]


def _cell(value: object) -> object:
    return float(f"{value:.12g}") if isinstance(value, float) else value
