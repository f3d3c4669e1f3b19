"""A column of a table, and what is said of a table that has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core.errors import SpecError
from sim.text.csvio import column


def written(tmp_path: Path, raw: bytes) -> Path:
    """A table with these bytes."""
    path = tmp_path / "cases.csv"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    "raw",
    [
        "case,arrived\n1,a\n2,b\n",
        "\ufeffarrived\r\na\r\n\r\nb\r\n",
        'arrived , "note"\n a ,"two\nlines"\nb,\n',
    ],
)
def test_a_column_is_found_by_its_name(raw: str, tmp_path: Path) -> None:
    """With a mark at its beginning, lines that are empty, and values in quotes that run over two lines."""
    found = column(written(tmp_path, raw.encode()), "arrived")
    assert [cell.value for cell in found.cells] == ["a", "b"]


def test_a_value_knows_the_line_on_which_its_row_ends(tmp_path: Path) -> None:
    """The second row runs over two lines."""
    found = column(written(tmp_path, b'note,arrived\nx,a\n"y\nz",b\n'), "arrived")
    assert [cell.line for cell in found.cells] == [2, 4]
    assert str(found.fault(found.cells[1], "late")) == f"{tmp_path}/cases.csv:4: late"


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"case,start\n1,a\n",
         [":1: the first row has no column 'arrived', found case, start: name the column arrived"]),
        (b"", [":1: the first row has no column 'arrived', found nothing: name the column arrived"]),
        (b"case,arrived\n1\n2,b\n3, \n",
         [":2: the row has nothing under arrived: write it, or take the row out",
          ":4: the row has nothing under arrived: write it, or take the row out"]),
        (b'arrived\n"a"b\n', [":2: no table of comma-separated values: ',' expected after '\"'"]),
        ("arrived\n到达\n".encode("gb18030"),
         [":2: not UTF-8, byte 0xb5 at offset 8: save the file as UTF-8"]),
    ],
)  # fmt: skip
def test_a_table_without_the_column_is_told(raw: bytes, faults: list[str], tmp_path: Path) -> None:
    """Each fault with its line, and what to do."""
    path = written(tmp_path, raw)
    with pytest.raises(SpecError) as error:
        column(path, "arrived")
    assert [str(fault).removeprefix(str(path)) for fault in error.value.faults] == faults


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As any other file is."""
    with pytest.raises(SpecError) as error:
        column(tmp_path / "nowhere.csv", "arrived")
    assert str(error.value) == f"{tmp_path}/nowhere.csv:1: no such file: check the name"
