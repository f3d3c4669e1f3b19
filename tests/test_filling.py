"""Names and numbers filled into sentences: in Chinese no space but beside numbers and Latin letters."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from sim.report.catalogue import MESSAGES, REFERENCE, entries
from sim.report.filling import filled_in
from sim.report.messages import said
from sim.report.words import LANGS, WORDS, say

CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60“”]"
BETWEEN = re.compile(f"(?<={CHINESE}) (?={CHINESE})")
"""A space between two Chinese characters or marks."""


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("主要取决于 {levers}。", {"levers": "办理快慢（pace）"}, "主要取决于办理快慢（pace）。"),
        ("主要取决于 {levers}。", {"levers": "pace"}, "主要取决于 pace。"),
        ("在 {sides} 之内", {"sides": "办理快慢（pace） 0.2–0.5"}, "在办理快慢（pace） 0.2–0.5 之内"),
        ("{target} 的结论", {"target": "“审批用时”"}, "“审批用时”的结论"),
        ("{target} 的结论", {"target": "T1 审批用时"}, "T1 审批用时的结论"),
        ("{process} {measure}", {"process": "开店", "measure": "审批用时"}, "开店 审批用时"),
        ("{n} {n:case|cases} of {name}", {"n": 1, "name": "开店"}, "1 case of 开店"),
    ],
)
def test_a_space_sets_latin_apart_and_nothing_else(text: str, fields: dict[str, object], said: str) -> None:
    """Where a sentence has one beside what is filled in; one between two names stands, as in a label."""
    assert filled_in(text, **fields) == said


@pytest.mark.parametrize("key", WORDS)
def test_no_chinese_sentence_has_a_space_before_a_chinese_name(key: str) -> None:
    """Whatever of it is filled in is a name: only between two names that follow one another a space is left."""
    text = WORDS[key][LANGS.index("zh")]
    asked = {field.partition(".")[0] for _, field, _, _ in Formatter().parse(text) if field}
    told = say("zh", key, **dict.fromkeys(asked, "名"))
    assert len(BETWEEN.findall(told)) == len(re.findall(r"\} (?=\{)", text)) + len(BETWEEN.findall(text))


def test_no_chinese_sentence_is_written_with_a_space() -> None:
    """In no catalogue."""
    written = [*entries(MESSAGES).values(), *entries(REFERENCE).values(), *(chinese for chinese, _ in WORDS.values())]
    assert [text for text in written if BETWEEN.search(text)] == []


def test_no_space_stands_beside_a_chinese_mark() -> None:
    """As between what closes with one and the number after it."""
    assert say("zh", "tally_of", standing="未达标（已登记）", n=2) == "未达标（已登记）2\u00a0个"


def test_a_message_is_filled_in_likewise() -> None:
    """A clause of its catalogue with an address, and with a Chinese one."""
    told = [said(f"the cluster at {name} is gone", "zh") for name in ("tcp://one:8786", "一号")]
    assert told == ["集群 tcp://one:8786 已断开", "集群一号已断开"]
