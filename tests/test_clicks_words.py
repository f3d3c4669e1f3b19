"""Click's own words in the language of who reads them."""

from __future__ import annotations

import ast
import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sim.cli.clicks_words import LOCALES, clicks_words_in
from sim.report.words import Lang

from .test_cli import ROOT, call

FILE = LOCALES / "zh/LC_MESSAGES/click.po"
TOLD_BY = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""Modules of Click whose words a command can come to tell."""


@pytest.fixture
def catalogue() -> Catalog:
    """What our catalogue has of Click's words."""
    with FILE.open("rb") as file:
        return read_po(file)


def in_click() -> Iterator[str | tuple[str, ...]]:
    """Every message of Click, as it stands in its code; "required" is looked up in a dictionary there."""
    yield "required"
    for name in TOLD_BY:
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                texts = tuple(one.value for one in node.args[:2] if isinstance(one, ast.Constant))
                yield from (texts if node.func.id == "_" else (texts,)) if texts else ()


def test_the_catalogue_has_all_that_click_tells_and_nothing_else(catalogue: Catalog) -> None:
    """Each message of the Click that is installed is said in Chinese; what is filled in is one that Click fills in."""
    slots = re.compile(r"\{\w+(?:!r)?\}|%\(\w+\)s")
    told = {one.id: one.string[0] if isinstance(one.string, tuple) else str(one.string) for one in catalogue if one.id}
    assert told.keys() == set(in_click())
    assert [text for text in told.values() if not re.search("[\u4e00-\u9fff]", text)] == []
    assert [one for one, text in told.items() if set(slots.findall(text)) - set(slots.findall(str(one)))] == []


def test_what_is_read_is_made_of_the_catalogue(catalogue: Catalog) -> None:
    """`pybabel compile -D click -d sim/cli/locale` writes it anew."""
    with FILE.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    plain = {one.id: one.string for one in catalogue if isinstance(one.id, str) and one.id}
    counted = {one.id: one.string[0] for one in catalogue if not isinstance(one.id, str)}
    assert {one: read.gettext(one) for one in plain} == plain
    assert {one: read.ngettext(*one, 2) for one in counted} == counted


@pytest.mark.parametrize(("lang", "told"), [("zh", "用法："), ("en", "Usage:")])
def test_the_language_holds_as_long_as_it_is_asked_for(lang: Lang, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards the environment and what gettext speaks of are as they were."""
    monkeypatch.setenv("LANGUAGE", "fr")
    before = gettext.textdomain()
    with clicks_words_in(lang):
        assert gettext.gettext("Usage:") == told
    assert (os.environ["LANGUAGE"], gettext.textdomain(), gettext.gettext("Usage:")) == ("fr", before, "Usage:")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["compare", "--lang", "zh"], "错误：缺少参数 'SCENARIO'."),
        (["compare", "--lang", "en"], "Error: Missing argument 'SCENARIO'."),
        (["compare", "x", "--lang=zh", "--rnus", "2"], "错误：没有选项 '--rnus'。 是否指 '--runs'？"),
        (["compare", "x", "--lang", "zh", "--runs", "1"], "错误：'--runs' 的取值有误：1 不在范围 x>=2 之内。"),
        (["learn", "--lang", "zh", "x", "--seed", "a"], "错误：'--seed' 的取值有误：'a' 不是有效的数字。"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_told_in_the_language(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where the words that ask for it are not understood."""
    assert call(ROOT, *words) == 2
    assert capsys.readouterr().err.splitlines()[-1] == told


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("zh", ("用法： ", "选项:", "显示本说明后退出。", "[默认：(每个核一个); x>=1]")),
        (
            "en",
            (
                "Usage: ",
                "Options:",
                "Show this message and exit.",
                "[default: 1; x>=0]",
                "[default: (one per core); x>=1]",
            ),
        ),
    ],
)
def test_the_frame_of_a_help_is_in_the_language_too(
    lang: str, parts: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Heads, defaults, and what `--help` does, in one language after the other."""
    assert call(ROOT, "compare", "--lang", lang, "--help") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert [part for part in parts if part.strip() not in said] == []
