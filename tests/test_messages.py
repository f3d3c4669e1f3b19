"""Every kind of fault in every kind of file: located, said once, with what to write, and without a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.scenario.files import FILES
from sim.scenario.validation import faults_and_notes

TINY = Path(__file__).parent / "library"
AMENDMENTS = """\
sources:
  act: {kind: law, title: 新法, article: 第一条, valid_from: 2025-01-01}
amendments:
  - {reform: 法定时限调整, process: shop, steps: [inspect], statutory: {days: 8, source: act}, source: act}
"""
PROCESS, PLACE, SCENARIO = "processes/licences/shop.yaml", "processes/places/town.yaml", "scenarios/faster.yaml"
MATERIALS, PRACTICE, SOURCES = "processes/materials.yaml", "processes/practice.yaml", "processes/sources.yaml"
CHANGES, OVERLAY = "processes/licences/amendments.yaml", "scenarios/calendars/2027.yaml"
WHERE = {
    "process": PROCESS, "place": PLACE, "scenario": SCENARIO, "materials": MATERIALS, "practice": PRACTICE,
    "sources": SOURCES, "amendments": CHANGES, "overlay": OVERLAY,
}  # fmt: skip
"""Kind of file → one of the small library that is right."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small library with a file of every kind, in the current folder."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / CHANGES).write_text(AMENDMENTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path()


def told(root: Path, file: str, old: str, new: str) -> list[str]:
    """The faults of the whole library when a text of a file is replaced, and the line on which it stood."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults, _ = faults_and_notes(root, [])
    alone, _ = faults_and_notes(root, [path])
    assert faults == alone, "a fault is told of its file, and of no other"
    line = text[: text.index(old)].count("\n") + 1
    return [str(fault).replace(f"{file}:{line}:", "HERE:").replace(f"{file}:", "") for fault in faults]


KEYS = {
    "process": ("summary:", "sumary:", "sumary: unknown key 'sumary', did you mean 'summary'?"),
    "place": ("departments:", "deparments:", "deparments: unknown key 'deparments', did you mean 'departments'?"),
    "scenario": ("demand:", "demnd:", "demnd: unknown key 'demnd', did you mean 'demand'?"),
    "materials": ("issuer:", "isuer:", "materials.application.isuer: unknown key 'isuer', did you mean 'issuer'?"),
    "practice": ("overrun:", "overun:", "overun: unknown key 'overun', did you mean 'overrun'?"),
    "sources": ("article:", "artcle:", "sources.licensing_law.artcle: unknown key 'artcle', did you mean 'article'?"),
    "amendments": ("statutory:", "statutry:",
                   "amendments[0].statutry: unknown key 'statutry', did you mean 'statutory'?"),
    "overlay": ("holidays:", "holydays:", "years.2027.holydays: unknown key 'holydays', did you mean 'holidays'?"),
}  # fmt: skip
"""A misspelt key; where it is a needed one, that it is missing is not said besides."""

WORDS = {
    "process": ("days: 5, source", "天: 5, source", "steps.design.duration.天: unknown key '天'; write days"),
    "place": ("departments:", "部门:", "部门: unknown key '部门'; write departments"),
    "scenario": ("variants:", "方案:", "方案: unknown key '方案'; write variants"),
    "materials": ("materials:", "材料:", "材料: unknown key '材料'; write materials"),
    "practice": ("summary:", "说明:", "说明: unknown key '说明'; write summary"),
    "sources": ("title:", "标题:", "sources.licensing_law.标题: unknown key '标题'; write title"),
    "amendments": ("steps:", "环节:", "amendments[0].环节: unknown key '环节'; write steps"),
    "overlay": ("holidays:", "节假日:", "years.2027.节假日: unknown key '节假日'; write holidays"),
}
"""A Chinese word for a key."""

CITED = {
    "process": ("source: licensing_law", "steps.review.limit.statutory.source"),
    "place": ("source: guess", "hours.office.source"),
    "scenario": ("source: guess", "demand.shop.source"),
    "materials": ("source: guess", "materials.lease.deficiency.source"),
    "practice": ("source: guess", "pace.source"),
    "amendments": ("source: act", "amendments[0].statutory.source"),
    "overlay": ("source: guess_2027", "years.2027.source"),
}
"""The citation of a source, and where it stands; the sources themselves cite none."""

VALUES = {
    "process": ("days: 5", "days: 5天", "steps.design.duration.days: "
                "wanted a number of at least 0, found '5天'; write the number alone, 5"),
    "place": ("count: 2", "count: 两个", "departments.bureau.staff.officers[0].count: "
              "wanted a whole number of at least 1, found '两个'"),
    "scenario": ("cases: 20", "cases: 20件", "demand.shop.cases: "
                 "wanted a whole number of at least 1, found '20件'; write the number alone, 20"),
    "materials": ("deferrable: true", "deferrable: 是", "materials.lease.deferrable: wanted true or false, found '是'"),
    "practice": ("share: 0.3", "share: 30%", "work_share.share: "
                 "wanted a number from 0 to 1, found '30%'; write 0.3"),
    "sources": ("range: [0, 100]", "range: 0-100", "sources.guess.range: "
                "wanted a list of 2 (each item a number), found '0-100'; write [0, 100]"),
    "amendments": ("days: 8", "days: -8", "amendments[0].statutory.days: "
                   "wanted a number of at least 0, found -8"),
    "overlay": ("holidays: [", "holidays: 元旦 #", "years.2027.holidays: "
                "wanted a list (each item a date YYYY-MM-DD), found '元旦'"),
}  # fmt: skip
"""A value of another sort."""

DATES = {
    "scenario": ("start: '2025-01-06'", "start: 2025/1/6", "start: "
                 "wanted a date YYYY-MM-DD, found '2025/1/6'; write 2025-01-06"),
    "sources": ("valid_from: '2025-07-01'", "valid_from: 2025年7月1日", "sources.new_law.valid_from: "
                "wanted a date YYYY-MM-DD, found '2025年7月1日'; write 2025-07-01"),
    "amendments": ("valid_from: 2025-01-01", "valid_from: 2025.1.1", "sources.act.valid_from: "
                   "wanted a date YYYY-MM-DD, found '2025.1.1'; write 2025-01-01"),
    "place": ("'09:00-12:00'", "'9:00-12:00'", "hours.office.periods[0]: "
              "wanted a period HH:MM-HH:MM, found '9:00-12:00'; write 09:00-12:00"),
    "overlay": ("'2027-01-01'", "2027/1/1", "years.2027.holidays[0]: "
                "wanted a date YYYY-MM-DD, found '2027/1/1'; write 2027-01-01"),
}  # fmt: skip
"""A date, or a time, as people write it."""

EMPTY = {
    "process": ("name: {zh: 开店, en: Opening a shop}", "name:", "name"),
    "place": ("name: {zh: 试点镇, en: Pilot Town}", "name:", "name"),
    "scenario": ("name: {zh: 更快, en: Faster}", "name:", "name"),
    "materials": ("deferrable: true", "deferrable:", "materials.lease.deferrable"),
    "practice": ("summary: 办理时间占时限的一部分。", "summary:", "summary"),
    "sources": ("title: 行政许可法", "title: ", "sources.licensing_law.title"),
    "amendments": ("process: shop", "process: ", "amendments[0].process"),
    "overlay": ("source: guess_2027", "source:", "years.2027.source"),
}
"""A key after which nothing is written."""

NAMES = {
    "process": ("at: planning", "at: 审批局", "steps.review.at: 审批局 is a name; write its id, bureau"),
    "place": ("by: bureau", "by: 审批局", "departments.planning.by: 审批局 is a name; write its id, bureau"),
    "scenario": ("steps: [review, inspect]", "steps: [审图, inspect]",
                 "variants.after.reforms[0].steps[0]: 审图 is a name; write its id, review"),
    "amendments": ("process: shop", "process: 开店", "amendments[0].process: 开店 is a name; write its id, shop"),
}  # fmt: skip
"""A Chinese name where an id should stand."""


LINES = {
    "extra:\u00a01": "no-break space (U+00A0) in 'extra:\\xa01': write a plain space after the colon",
    "extra：1": "full-width colon in 'extra：1': write ': ' after a key, or quote the text",
    "\u3000extra: 1": "\u3000extra: full-width space (U+3000) in '\\u3000extra': use plain spaces, or quote the text",
    "extra: *one": "extra: alias '*one': specs use none, write the value out",
    "extra: &one 1": "extra: anchor '&one': specs use none, write the value out",
    "extra: 甲，\nextra: 2": "extra: duplicate key 'extra', first on line 1: keep one",
    "extra: “甲": "extra: curly quotes in '“甲': write straight quotes, or none",
}
"""A line that is wrong in whichever file it stands."""


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Kind of file, what is replaced, by what, and what is said."""
    for faults in (KEYS, WORDS, VALUES, DATES, NAMES):
        yield from ((kind, old, new, f"HERE: {said}") for kind, (old, new, said) in faults.items())
    nothing = "nothing is written here; write a value, or take the key out"
    yield from ((kind, old, new, f"HERE: {path}: {nothing}") for kind, (old, new, path) in EMPTY.items())
    known = "guess, licensing_law, new_law, order_law, plan, procedures_law"
    for kind, (old, path) in CITED.items():
        own = {"overlay": f"guess, guess_2027, {known[7:]}", "amendments": f"act, {known}"}.get(kind, known)
        said = f"unknown source 'nowhere'; known: {own}; cite one, or add nowhere under sources"
        yield kind, old, "source: nowhere", f"HERE: {path}: {said}"


@pytest.mark.parametrize(("kind", "old", "new", "said"), list(cases()))
def test_a_fault_is_told_once_where_it_stands_with_what_to_write(
    kind: str, old: str, new: str, said: str, root: Path
) -> None:
    """Of its own file and of no other, by `validate` alone."""
    assert told(root, WHERE[kind], old, new) == [said]


@pytest.mark.parametrize("kind", WHERE)
@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_yaml_is_told_in_every_file(kind: str, line: str, root: Path) -> None:
    """Before anything else of the file."""
    path = root / WHERE[kind]
    text = path.read_text(encoding="utf-8")
    faults = told(root, WHERE[kind], text, f"{line}\n{text}")
    assert [fault.partition(": ")[2] for fault in faults[:1]] == [LINES[line]]


def test_every_kind_of_file_is_tried() -> None:
    """A new kind has a file here, and its faults."""
    assert set(WHERE) == set(FILES) == set(KEYS) == set(WORDS) == set(VALUES) == set(EMPTY)
    assert set(CITED) == set(FILES) - {"sources"}
