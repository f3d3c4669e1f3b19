"""Numbers and words of the page, and the changes told in them."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.estimate import Estimate
from sim.reforms.diff import Change
from sim.report import numbers
from sim.report.page import changes
from sim.report.page.context import Context
from sim.report.page.values import shown
from sim.report.plurals import agreeing
from sim.report.words import WORDS, Lang, say

from .reported import comparison_of, exact, rows


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (31.04, "visits", "31.0"),
        (9.994, "visits", "9.99"),
        (9.996, "visits", "10.0"),
        (0.0, "visits", "0.00"),
        (-0.001, "visits", "0.00"),
        (-2.5, "visits", "−2.50"),
        (0.6251, "share", "62.5%"),
        (float("nan"), "days", "–"),
    ],
)
def test_a_number_shows_what_it_can_tell(value: float, unit: str, text: str) -> None:
    """Shares are percentages with one decimal, numbers from ten on have one decimal and smaller ones two."""
    assert numbers.number(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2.0, "visits", "+2.00"),
        (-0.052, "share", "−5.20"),
        (0.0, "visits", "0.00"),
        (0.124, "share", "+12.4"),
        (float("nan"), "days", "–"),
    ],
)
def test_a_difference_shows_its_sign(value: float, unit: str, text: str) -> None:
    """A difference has a sign unless it is nothing; of shares it is in percentage points."""
    assert numbers.signed(value, unit) == text


@pytest.mark.parametrize(
    ("found", "unit", "text"),
    [
        (Estimate(31, 30.04, 31.96, 5), "visits", "[30.0, 32.0]"),
        (Estimate(0.97, 0.9, 0.99, 5), "share", "[90.0%, 99.0%]"),
        (Estimate(5, 5, 5, 5), "visits", "–"),
        (Estimate(5, float("-inf"), float("inf"), 1), "visits", "–"),
    ],
)
def test_an_interval_stands_in_brackets(found: Estimate, unit: str, text: str) -> None:
    """There is none without spread or of one replication."""
    assert numbers.interval(found, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "at_most", "text"),
    [
        (5.001, "days", 5, "5.001"),
        (5.00004, "days", 5, "5.00004"),
        (28.414, "days", 28.413, "28.414"),
        (27.949, "days", 27.951, "27.9"),
        (27.9505, "days", 27.951, "27.95"),
        (27.96, "days", 27.951, "28.0"),
        (4.999, "days", 5, "5.00"),
        (5, "days", 5, "5.00"),
        (0.0004, "days", 0, "0.0004"),
        (0.9004, "share", 0.9, "90.04%"),
        (1e5, "days", 5, "100000.0"),
        (float("nan"), "days", 5, "–"),
    ],
)
def test_no_rounding_seems_to_meet_what_is_missed(value: float, unit: str, at_most: float, text: str) -> None:
    """Nor to miss what is met: as many decimals as it takes, and no more."""
    written = numbers.beside(lambda x: x <= at_most + 1e-9, numbers.number)
    assert written(value, unit) == text


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.sampled_from(["days", "share"]))
def test_what_is_read_meets_the_bound_as_the_value_does(value: float, bound: float, unit: str) -> None:
    """Whichever form is asked for, on screen, page and charts."""

    def meets(x: float) -> bool:
        return x >= bound - 1e-9

    for form in (numbers.number, numbers.fine, lambda x, _: numbers.brief(x), lambda x, _: numbers.precise(x)):
        assert meets(numbers._read(numbers.beside(meets, form)(value, unit))) == meets(value)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (31.994, "days", "31.99"),
        (0.0331, "days", "0.033"),
        (1.0, "days", "1.00"),
        (0.9997, "days", "1.00"),
        (0.5, "share", "50.0%"),
    ],
)
def test_a_value_beside_a_bound_has_more_decimals(value: float, unit: str, text: str) -> None:
    """What is held against a bound has two decimals, and three where it is less than one."""
    assert numbers.fine(value, unit) == text


def test_charts_write_short_numbers() -> None:
    """Small numbers keep two digits, large ones lose their decimals; an estimate keeps one; a share is never all."""
    values = (0, 0.25, 1, 3.04, 27.34, 99.97, 250.4, -2.5)
    assert [numbers.brief(x) for x in values] == ["0", "0.25", "1", "3", "27.3", "100", "250", "−2.5"]
    assert [numbers.precise(x) for x in (0.5, 3, 112.04)] == ["0.50", "3.0", "112.0"]
    shares = (0, 0.004, 0.005, 0.5, 0.995, 0.996, 1)
    assert [numbers.percent(x) for x in shares] == ["0%", "<1%", "<1%", "50%", ">99%", ">99%", "100%"]


def test_a_number_stays_as_it_was_written() -> None:
    """No decimal is added or lost, and a large number has no exponent."""
    values = (8, 0.1, 2.25, -3, 99999, 120000, 1234567)
    assert [numbers.exact(x, "") for x in values] == ["8", "0.1", "2.25", "−3", "99999", "120000", "1234567"]
    assert numbers.exact(0.83, "share") == "83%"


def test_other_programs_get_six_decimals_or_nothing() -> None:
    """JSON knows no not-a-number, and no minus before a zero."""
    assert [numbers.rounded(x) for x in (1 / 3, float("nan"), float("inf"), -0.0)] == [0.333333, None, None, 0.0]


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "day"),
        (2, "days"),
        (0, "days"),
        ("1", "day"),
        ("1.00", "days"),
        ("0.1", "days"),
        ("21", "days"),
        ("≤\u00a01", "day"),
        ("−1", "day"),
        ("1–2", "days"),
        ("most likely 1 (0–2)", "days"),
        ("", "days"),
    ],
)
def test_a_noun_agrees_with_its_number(number: object, form: str) -> None:
    """By the rules of the CLDR one is singular and 1.00 is not; the last number of a text decides."""
    assert agreeing(number, "day|days") == form
    assert agreeing(number, "个工作日") == "个工作日"


def test_a_change_is_told_by_names() -> None:
    """A dropped order is told by the names of its steps, with the reform as head and the source beside it."""
    (found,) = changes.changes(Context(exact(), "zh"))
    assert found.title == "改革后（在“改革前”的基础上）"
    assert found.table is not None
    head = found.table.groups[0].head
    assert head is not None
    assert (head.text, head.link.text if head.link else "") == ("并联审批", "假设 guess（0–1000）")
    assert rows(found.table)["并联审批"] == [
        ["环节“乙审”·等待“甲审”", "等（惯例）", "不直接等"],
    ]


def test_the_law_of_the_day_is_told_before_the_reforms() -> None:
    """What national rules changed by the start stands with the baseline, which nothing else changes."""
    law = Change("法定时限调整", "service", "steps.first.limit.statutory", {"days": 4.0}, {"days": 3.0}, "guess")
    prepared = exact().prepared
    amended = replace(prepared.variants[0], changes=(law,))
    changed = replace(exact(), prepared=replace(prepared, variants=(amended, *prepared.variants[1:])))
    found = changes.changes(Context(changed, "zh"))
    assert [c.title for c in found] == ["“改革前”：情景开始时已经施行的国家规定", "改革后（在“改革前”的基础上）"]
    assert found[0].table is not None
    assert rows(found[0].table)["法定时限调整"] == [["环节“甲审”·时限·法定时限", "4\u00a0个工作日", "3\u00a0个工作日"]]


REFORMS = """
  after:
    name: {zh: 改革后, en: After}
    share: 0.8
    source: guess
    reforms:
      - {reform: 限时办结, steps: [first, second], committed: {days: 3, source: guess}, source: guess}
      - reform: 容缺受理
        steps: [first]
        materials: [form]
        within: {days: 5, source: guess}
        when: {good: true}
        source: guess
      - {reform: 合并办理, steps: [first, second], into: second, name: {zh: 联审, en: Joint review}, source: guess}
"""


def test_changes_alike_are_told_once() -> None:
    """Steps that change alike share a row; nested values are told with units and names; a share below one is said."""
    (found,) = changes.changes(Context(comparison_of(REFORMS, ""), "zh"))
    assert found.share == "80% 的案件走改革后的路径，其余照“改革前”办理。依据"
    assert found.table is not None
    told = rows(found.table)
    assert told["限时办结"] == [["环节“甲审”、“乙审”·时限·承诺时限", "—", "3\u00a0个工作日"]]
    assert told["容缺受理"] == [
        ["环节“甲审”·容缺受理", "—", "材料：申请表；期限：5\u00a0个工作日；采用比例：100%；适用于：good = 是"]
    ]
    assert ["环节“甲审”", "有", "取消"] in told["合并办理"]
    assert ["环节“乙审”·名称", "乙审", "联审"] in told["合并办理"]
    assert ["环节“乙审”·等待“申请”", "等（需要其产出）", "等（某法第一条）"] in told["合并办理"]
    assert not any("所需材料" in row[0] for row in told["合并办理"])  # the same papers in another order
    assert not any("Joint review" in cell for row in told["合并办理"] for cell in row)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("committed", {"days": 5.0}, "5 working days"),
        ("committed", {"days": 1.0}, "1 working day"),
        ("duration", {"calendar_days": {"pert": (5.0, 10.0, 20.0)}}, "most likely 10 (5–20) calendar days"),
        ("work", {"hours": 2.0, "staff": 2, "by": "inspectors"}, "2 hours; officers at once: 2; role: inspectors"),
        ("automatic", {"share": 0.8, "minutes": 2.0}, "2 minutes; share: 80%"),
        (
            "hall",
            {"periods": ("09:00-12:00",), "days": "workdays", "also": ("sun",)},
            "periods: 09:00-12:00; days: working days; also open: Sun",
        ),
        ("when", {"area": {"at_least": 300.0}}, "area ≥ 300"),
        ("needs", ({"material": "form", "when": {}},), "Form"),
        ("at", "bureau", "Bureau"),
        ("one_time_notice", True, "yes"),
        ("when", "—", "any"),
        ("form", None, "—"),
    ],
)
def test_a_value_in_words(key: str, value: Any, text: str) -> None:
    """Values of the spec language are told with units, percentages and names instead of ids."""
    assert shown(Context(exact(), "en"), "service", key, value) == text


def test_both_languages_say_the_same() -> None:
    """Every entry has words in both languages, with the same fields to fill in."""

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert [key for key, (zh, en) in WORDS.items() if fields(zh) != fields(en)] == []
    assert [key for key, pair in WORDS.items() if not all(pair)] == []


@pytest.mark.parametrize(
    ("lang", "key", "fields", "text"),
    [
        ("zh", "demand_year", {"n": 120}, "每年 120\u00a0件"),
        ("en", "amount days", {"n": 1}, "1 working day"),
        ("en", "amount days", {"n": "0.1"}, "0.1 working days"),
        ("en", "amount days", {"n": 21}, "21 working days"),
        ("en", "doubt_recalled", {"n": 1}, "1 law is cited from memory and was not read again:"),
        ("en", "known_in", {"runs": 1}, "in 1 replication"),
    ],
)
def test_numbers_go_with_what_they_count(lang: Lang, key: str, fields: dict[str, object], text: str) -> None:
    """A Chinese number is never parted from its measure word, and one of a thing is singular in English."""
    assert say(lang, key, **fields) == text
