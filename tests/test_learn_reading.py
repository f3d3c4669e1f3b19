"""Exports as they come: encodings, spreadsheets, event logs, databases, and what is wrong with them."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import PlannerError
from sim.learn.gather import open_log
from sim.learn.happenings import HAPPENINGS, What, status_words
from sim.learn.mapping.forms import KINDS
from sim.learn.moments import EPOCH, moments
from sim.learn.reading.exports import tables_of
from sim.learn.reading.traces import trace_table
from sim.learn.rows import TAKE
from sim.learn.writing.exports import FILES, files_of, xes
from sim.learn.writing.happened import stamps

from .city import year
from .test_cli import call

LIBRARY = Path(__file__).parent / "library"
ROWS = "案件编号,环节,办理时间,办理人,部门\nA1,受理,2024-03-04 09:05:00,王五,窗口\nA1,审查,2024-03-11,王五,规划局\n"
ROWS += "A2,受理,2024/3/5 10:00,赵六,窗口\n"


def spreadsheet(path: Path, rows: list[list[str]]) -> Path:
    """The smallest .xlsx that holds these rows."""
    lines = ("".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) for row in rows)
    cells = "".join(f"<row>{line}</row>" for line in lines)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="办件" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return path


def told(source: Path | str) -> list[tuple[str, str, str, bool]]:
    """Case number, step, moment and whether it has no time of day, of every event."""
    log, _, _ = open_log(str(source))
    own = log.applications.loc[log.events["application"]].reset_index(drop=True)
    rows = zip(own["case"], own["step"], stamps(log.events["moment"], EPOCH), log.events["dated"], strict=True)
    return sorted((str(case), log.steps[step], moment, bool(dated)) for case, step, moment, dated in rows)


SAME = [
    ("0", "受理", "2024-03-04 09:05:00", False),
    ("0", "审查", "2024-03-11 00:00:00", True),
    ("1", "受理", "2024-03-05 10:00:00", False),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding_met_in_practice(encoding: str, tmp_path: Path) -> None:
    """UTF-8 with and without a mark, GB18030 and UTF-16 give the same log."""
    file = tmp_path / "log.csv"
    file.write_bytes(ROWS.encode(encoding))
    assert told(file) == SAME


def test_a_packed_file_with_other_separators_is_read(tmp_path: Path) -> None:
    """Tabs and semicolons separate too, and gzip is opened."""
    file = tmp_path / "log.tsv.gz"
    file.write_bytes(gzip.compress(ROWS.replace(",", "\t").encode()))
    assert told(file) == SAME
    other = tmp_path / "log.csv"
    other.write_text(ROWS.replace(",", ";"), encoding="utf-8")
    assert told(other) == SAME


def test_a_spreadsheet_is_read_under_its_title(tmp_path: Path) -> None:
    """The row with the most names is the header, wherever among the first it stands."""
    rows = [line.split(",") for line in ROWS.splitlines()]
    assert told(spreadsheet(tmp_path / "a.xlsx", [["2024年办件明细"], *rows])) == SAME


def test_a_database_is_read_by_its_address(tmp_path: Path) -> None:
    """Every table of it is looked at; its columns tell its kind."""
    import sqlite3

    rows = [line.split(",") for line in ROWS.splitlines()]
    with sqlite3.connect(tmp_path / "export.db") as base:
        pd.DataFrame(rows[1:], columns=rows[0]).to_sql("events", base, index=False)
        pd.DataFrame({"x": ["1"]}).to_sql("notes", base, index=False)
    assert told(f"sqlite:///{tmp_path / 'export.db'}") == SAME


@pytest.mark.parametrize("form", FILES)
def test_the_files_of_a_form_are_those_that_are_told_of(form: str) -> None:
    """Whether they can be written is tried by these names before anything is played."""
    assert tuple(files_of(year(), form)) == FILES[form]


def test_an_event_log_in_xes_gives_starts_and_ends(tmp_path: Path) -> None:
    """Begin and end of one execution belong together, and to their step."""
    file = tmp_path / "log.xes"
    file.write_text(xes(year()), encoding="utf-8")
    log, _, _ = open_log(str(file))
    assert len(log.cases) == year().steps["case"].nunique()
    assert set(log.events["what"]) == {int(What.STARTED), int(What.DONE)}
    attempts = year().steps["step"].value_counts().to_dict()
    assert log.applications["step"].map(dict(enumerate(log.steps))).value_counts().to_dict() == attempts


@pytest.mark.parametrize(
    ("written", "read", "dated"),
    [
        ("2024-03-04 09:05:06", "2024-03-04 09:05:06", False),
        ("20240304T090506", "2024-03-04 09:05:06", False),
        ("20240304090506", "2024-03-04 09:05:06", False),
        ("2024-03-04T09:05:06.123+08:00", "2024-03-04 09:05:06", False),
        ("2024/3/4", "2024-03-04 00:00:00", True),
        ("2024年3月4日 9时05分", "2024-03-04 09:05:00", False),
        ("45355.5", "2024-03-04 12:00:00", False),
        ("2024-03-04 00:00:00", "2024-03-04 00:00:00", True),
        ("2024-13-04", None, False),
        ("1899-12-31", None, False),
        ("2024-03-04 25:00", None, False),
        ("", None, False),
    ],
)
def test_a_moment_is_read_however_it_is_written(written: str, read: str | None, dated: bool) -> None:
    """Dates and times of the standards, of spreadsheets and of people; nothing is made up where none can be read."""
    found, without = moments(pd.Series([written]))
    told = None if found[0] < 0 else stamps(pd.Series(found), EPOCH)[0]
    assert (told, bool(without[0])) == (read, dated)


PACKED = gzip.compress(b"<log>" * 900, mtime=0)
FAULTS = {
    "no such file": ("none.csv", None, "none.csv: no such file; check the name"),
    "an empty file": ("a.csv", b"", "a.csv:1: the file is empty"),
    "a picture": ("a.png", b"\x89PNG", "a.png:1: files .png are not read; wanted .csv, .txt"),
    "no text": ("a.csv", b"case,step,time\n\x00\x01", "a.csv:1: not a text: it holds bytes of zero"),
    "an encoding of nobody": ("a.csv", b"case,step,time\n\xff\xff\xff", "a.csv:1: the encoding is none of utf-8"),
    "a spreadsheet that is none": ("a.xlsx", b"case,step", "a.xlsx:1: not a spreadsheet that can be read"),
    "a log that is none": ("a.xes", b"<log><trace>", "a.xes:1: not XML that can be read"),
    "a row too long": ("a.csv", b"case,step,time\nA,b,2024-01-01\nA,b,c,2024-01-01\n", "a.csv:3: 4 cells where the"),
    "a quotation without an end": ("a.csv", b'case,step,time\nA,"b,2024-01-01\n', "a.csv:2: a quotation mark that is"),
    "columns of the same name": ("a.csv", b"case,case,time\n", "a.csv:1: column 'case' stands there twice; rename one"),
    "columns of no meaning": ("a.csv", b"x,y\n1,2\n", "a.csv:1: no kind of table that is read has such columns: x, y"),
    "rows of no moment": ("a.csv", b"case,step,time\nA,b,soon\n", "a.csv: 1 rows and nothing that happened in any"),
    "a packed file cut short": ("a.csv.gz", PACKED[:-9], "a.csv.gz:1: not packed by gzip as its name says (Compressed"),
    "a packed file that is none": ("a.csv.gz", b"case,step", "a.csv.gz:1: not packed by gzip as its name says (Not a"),
    "a packed log cut short": ("a.xes.gz", PACKED[:-9], "a.xes.gz:1: not packed by gzip as its name says (Compressed"),
    "no rows": ("a.csv", b"case,step,time\n", "a.csv: 0 rows and nothing that happened in any"),
}


@pytest.mark.parametrize(("name", "content", "said"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_export_ends_in_a_located_error(
    name: str, content: bytes | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with a file is said with its place and what to do; never a traceback."""
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    with pytest.raises(PlannerError) as error:
        open_log(name)
    assert str(error.value).startswith(said)


def test_a_faulty_export_is_told_of_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with exit code 2 and the same line, whatever else was asked for."""
    monkeypatch.chdir(tmp_path)
    for name, content, said in FAULTS.values():
        if content is not None:
            Path(name).write_bytes(content)
        assert call(LIBRARY, "learn", name, "--forecast", "--out", "new") == 2
        assert capsys.readouterr().err.startswith(said)
        assert not Path("new").exists()


def test_a_database_without_a_table_is_a_fault(tmp_path: Path) -> None:
    """Its address is told, and what to do."""
    address = f"sqlite:///{tmp_path / 'none.db'}"
    with pytest.raises(PlannerError) as error:
        open_log(address)
    assert str(error.value) == f"{address}: no table in this database; check its name"


PHASELESS = """<log><trace><string key="concept:name" value="A1"/>
<event><string key="concept:name" value="审查"/><date key="time:timestamp" value="2024-03-04T09:00:00+08:00"/></event>
<event><string key="concept:name" value="发证"/><date key="time:timestamp" value="2024-03-05T09:00:00+08:00"/>
<string key="lifecycle:transition" value="COMPLETE"/></event></trace></log>"""


def test_an_event_without_a_phase_is_something_done(tmp_path: Path) -> None:
    """XES leaves the phase out where all events are of one, and writes it in small letters or large."""
    file = tmp_path / "log.xes"
    file.write_text(PHASELESS, encoding="utf-8")
    log, _, _ = open_log(str(file))
    assert [*zip(stamps(log.events["moment"], EPOCH), log.events["what"], strict=True)] == [
        ("2024-03-04 09:00:00", int(What.DONE)),
        ("2024-03-05 09:00:00", int(What.DONE)),
    ]


DESCRIBED = """<log><global scope="trace"><string key="concept:name" value="nobody"/></global>
<trace><string key="concept:name" value="A1"/><boolean key="large" value="true"/>
<list key="papers"><values><string key="paper" value="plan"/></values></list>
<event><string key="concept:name" value="审查"/><date key="time:timestamp" value="2024-03-04T09:00:00+08:00"/>
<string key="room" value="302"><string key="floor" value="3"/></string></event></trace>
<trace><string key="concept:name" value="A2"/><boolean key="large" value="false"/>
<event><string key="concept:name" value="审查"/><date key="time:timestamp" value="2024-03-05T09:00:00+08:00"/></event>
</trace></log>"""


def test_what_a_trace_says_of_itself_stands_beside_its_events(tmp_path: Path) -> None:
    """Every attribute is a column of its own, told from those of events; what stands inside another is none."""
    file = tmp_path / "log.xes"
    file.write_text(DESCRIBED, encoding="utf-8")
    table = trace_table(file)
    assert table.columns == ("case", "step", "moment", "status", "case:large", "case:papers", "event:room")
    rows = table.head()[["case", "step", "case:large", "case:papers", "event:room"]].to_numpy().tolist()
    assert rows == [["A1", "审查", "true", "", "302"], ["A2", "审查", "false", "", ""]]
    assert call(LIBRARY, "learn", str(file), "--map", str(tmp_path / "map.yaml")) == 0
    written = (tmp_path / "map.yaml").read_text(encoding="utf-8").splitlines()
    assert written[4] == (
        "# log: columns that nothing is read from; attributes: {name: column} takes what cases are like: "
        "case:large, case:papers, event:room"
    )
    mapped = "\n".join(written).replace("    columns:", "    attributes: {large: case:large}\n    columns:")
    (tmp_path / "map.yaml").write_text(mapped, encoding="utf-8")
    log, _, _ = open_log(str(tmp_path / "map.yaml"))
    assert log.attributes == {"large": ("true", "false")}
    assert log.applications["_large"].tolist() == [0, 1]


@pytest.mark.parametrize("form", ["xes", "events"])
def test_what_played_cases_are_like_comes_back_from_their_records(form: str, tmp_path: Path) -> None:
    """Yes or no, one of a mix, and a number, beside every event of the case."""
    known = {"large": np.arange(500) % 3 == 0, "trade": np.array(["food", "books"] * 250), "area": np.arange(500) / 2}
    told = replace(year(), attributes=known)
    file = tmp_path / {"xes": "log.xes", "events": "events.csv"}[form]
    file.write_text(files_of(told, form)[file.name], encoding="utf-8")
    [table] = tables_of(str(file))
    rows = table.head()
    case = rows["case"].str.removeprefix("P").astype(int).to_numpy()
    assert set(case) == set(year().steps["case"])
    assert rows["case:large"].tolist() == ["true" if large else "false" for large in known["large"][case]]
    assert rows["case:trade"].tolist() == known["trade"][case].tolist()
    assert rows["case:area"].astype(float).tolist() == known["area"][case].tolist()


MAPPING = """
place: town
tables:
  - file: a.csv
    kind: events
    columns: {case: 编号, step: 环节, moment: 时刻, officers: 人}
    attributes: {large: 大}
statuses: {好: granded}
"""


def test_every_fault_of_a_mapping_comes_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mapping is checked like a spec: keys first, then columns against the file."""
    monkeypatch.chdir(tmp_path)
    Path("map.yaml").write_text(MAPPING, encoding="utf-8")
    Path("a.csv").write_text("案件,环节,时间\nA,b,2024-01-01\n", encoding="utf-8")
    with pytest.raises(PlannerError) as error:
        open_log("map.yaml")
    assert str(error.value) == "map.yaml:8: statuses.好: unknown 好 'granded', did you mean 'granted'?"
    Path("map.yaml").write_text(MAPPING.replace("granded", "granted"), encoding="utf-8")
    with pytest.raises(PlannerError) as error:
        open_log("map.yaml")
    assert str(error.value).splitlines() == [
        "map.yaml:6: tables[0].columns.case: unknown column '编号'; known: 时间, 案件, 环节",
        "map.yaml:6: tables[0].columns.moment: unknown column '时刻', did you mean '时间'?",
        "map.yaml:6: tables[0].columns.officers: unknown field 'officers', did you mean 'officer'?",
        "map.yaml:7: tables[0].attributes.large: unknown column '大'; known: 时间, 案件, 环节",
    ]


def test_no_person_is_kept(tmp_path: Path) -> None:
    """Officers become numbers and cases hashes: neither name nor number of a person is anywhere in the log."""
    file = tmp_path / "log.csv"
    file.write_text(ROWS, encoding="utf-8")
    log, _, _ = open_log(str(file))
    everything = f"{log}{log.events.to_csv()}{log.applications.to_csv()}{log.cases}"
    assert not any(name in everything for name in ("王五", "赵六", "A1", "A2"))
    assert sorted(set(log.events["officer"])) == [0, 1]


def test_everything_that_can_happen_has_one_word_and_every_kind_of_table_is_taken() -> None:
    """No two happenings share a text, and no kind of table is without a reader."""
    words = [word for h in HAPPENINGS.values() for word in (h.name.zh, h.id, *h.words)]
    assert len(words) == len(set(words))
    assert set(status_words().values()) == set(What)
    assert TAKE.keys() == KINDS.keys()
