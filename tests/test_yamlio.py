import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import SpecError
from sim.text.yamlio import dump, parse, read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1.5e3", 1500.0),
        ("2.0E-2", 0.02),
        ("999999999999999999", 10**18 - 1),
        *((text, text) for text in ("True", "yes", "no", "on", "off", "NULL", "n", "012", "00.5", "+3", "1_000")),
        *((text, text) for text in ("1e3", ".5", "5.", "0x1F", "0o17", ".inf", "-.inf", ".nan", "NaN", "=")),
        *((text, text) for text in ("9:00", "09:00", "1:30:00", "2022-12-29", "2022-12-29T10:00:00Z", "83%")),
        ("1.0e999", "1.0e999"),
        ("91410700MA9K12345X", "91410700MA9K12345X"),
        ("1234567890123456789", "1234567890123456789"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("''", ""),
        ("|\n  3", "3\n"),
        ("[1, no, 9:00, ~]", [1, "no", "9:00", None]),
        ("{}", {}),
    ],
)
def test_plain_value_means_what_it_looks_like(written: str, value: Any) -> None:
    """Only true and false, plain decimal numbers, and nothing, ~ or null are anything but text."""
    data = parse(f"a: {written}\n", "s").data
    assert repr(data) == repr({"a": value})


def test_keys_are_text_as_written() -> None:
    """A year, a clock time or the word on is a key like any other."""
    data = parse("on: 1\n2024: 1\n007: 1\n~: 1\ntrue: 1\n1.50: 1\n9:00: 1\n'': 1\n", "s").data
    assert list(data) == ["on", "2024", "007", "~", "true", "1.50", "9:00", ""]


def test_chinese_punctuation_in_text_is_text() -> None:
    """Titles and reasons keep their full-width colons, commas and quotation marks."""
    text = (
        "title: “十四五”规划，第三章：营商\nwhy: {zh: 甲，乙}\n"
        "note: |\n  　　依据：甲\n  \t乙\nlist: ['甲：乙', \"丙，丁\"]\n"
    )
    assert parse(text, "s").data == {
        "title": "“十四五”规划，第三章：营商",
        "why": {"zh": "甲，乙"},
        "note": "　　依据：甲\n\t乙\n",
        "list": ["甲：乙", "丙，丁"],
    }


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(st.one_of(st.characters(), st.sampled_from("ab: \n\t-[]{},&*!|>'\"#%?：，“”\u3000")), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text brings forth any error but a SpecError, and that is never empty."""
    try:
        found = parse(text, "s").data
    except SpecError as error:
        found = dict.fromkeys(error.faults)
    assert found or "{}" in re.sub(r"\s", "", text)


def test_file_is_named_from_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the current directory the name is relative, elsewhere it is the one given."""
    (tmp_path / "specs").mkdir()
    path = tmp_path / "specs" / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    below = [read(path).file, read(Path("specs/a.yaml")).file]
    monkeypatch.chdir(tmp_path / "specs")
    assert [*below, read(path).file] == ["specs/a.yaml", "specs/a.yaml", "a.yaml"]
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert [read(path).file, read(Path("../specs/a.yaml")).file] == [path.as_posix(), "../specs/a.yaml"]


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        ("\ufeffa: 甲\n".encode(), {"a": "甲"}),
        ("a: 甲\r\nb: 1\r\n".encode(), {"a": "甲", "b": 1}),
        ("a: 甲\rb: 1".encode(), {"a": "甲", "b": 1}),
        (b"a: 1\n#" + b"x" * 999_994, {"a": 1}),
    ],
    ids=["byte order mark", "Windows line ends", "old Mac line ends", "1 MB exactly"],
)
def test_file_of_any_editor_is_read(tmp_path: Path, raw: bytes, data: Any) -> None:
    """A byte order mark and foreign line ends change nothing."""
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    assert read(path).data == data


def test_dump_writes_what_a_planner_would() -> None:
    """Blocks, Chinese as it is, keys in the given order, quotes only where needed, no anchors."""
    shared = ["form"]
    data = {
        "name": "用电申请：受理",
        "id": "b",
        "date": "2022-12-29",
        "open": "9:00",
        "answer": "no",
        "steps": {"apply": {"needs": shared, "also": shared, "limit": None, "hours": 0.5, "yields": []}},
        "texts": ["3", "true", "", "1.5e3", "甲：乙", "“甲”", "甲\n乙\n", "a: b", True, 3],
    }
    assert dump(data) == (
        "name: '用电申请：受理'\nid: b\ndate: 2022-12-29\nopen: 9:00\nanswer: no\n"
        "steps:\n  apply:\n    needs:\n      - form\n    also:\n      - form\n"
        "    limit: null\n    hours: 0.5\n    yields: []\n"
        "texts:\n  - '3'\n  - 'true'\n  - ''\n  - '1.5e3'\n  - '甲：乙'\n  - '“甲”'\n"
        "  - |\n    甲\n    乙\n  - 'a: b'\n  - true\n  - 3\n"
    )


TEXTS = st.text(
    st.one_of(
        st.characters(
            exclude_categories=["Cs", "Cc"],
            exclude_characters="\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
            max_codepoint=0x1FFFF,
        ),
        st.sampled_from("：，、“”‘’－＃３ \t\n\u2028\u3000-?:#&*!|>'\"%@`[]{},<=~.0123eEtruefalsn"),
    ),
    max_size=12,
)
KEYS = TEXTS.filter(lambda key: key != "<<")
LEAVES = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    LEAVES | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_dumped_data_are_read_back_unchanged(data: dict[str, Any]) -> None:
    """Whatever the texts and numbers, reading returns what was written, of the same types."""
    assert repr(parse(dump(data), "s").data) == repr(data)
