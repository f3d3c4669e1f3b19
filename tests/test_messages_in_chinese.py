"""What the program says in Chinese: every message of the catalogue stands in the code, and none is left in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from sim.cli import commands
from sim.core.errors import Fault, PlannerError, SpecError
from sim.report.catalogue import MESSAGES, REFERENCE, entries
from sim.report.messages import help_text, reference_text, said, told
from sim.scenario.reference import reference_page

from .test_broken import FILES, expected
from .test_cli import call

ROOT = Path(__file__).parents[1]
HAN = re.compile("[\u4e00-\u9fff]")
SHOWN = re.compile(
    r"'[^']*'|`[^`]*`|\"[^\"]*\"|--\S+|\S*[_.…\[\]/:]\S*|[A-Z]{2,}|\b\w+(?: (?:and|or) \w+)+\b|\b\w+(?:, \w+)+\b"
)
"""What of a message is shown as it is: quoted texts, commands, paths, keys with a line in them, and what is capital."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+")


def catalogue() -> dict[str, tuple[str, bool]]:
    """Clause → how it is said in Chinese, and whether it is put together from others in the code."""
    with MESSAGES.open("rb") as file:
        return {str(one.id): (str(one.string), "composed" in one.auto_comments) for one in read_po(file) if one.id}


def in_code() -> Iterator[str]:
    """Every text in the code, what is filled in as {0}, {1}, …; paragraphs of docstrings on one line."""
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts, nth = [], 0
                for part in node.values:
                    if isinstance(part, ast.Constant):
                        parts.append(str(part.value))
                    else:
                        parts.append(f"{{{nth}}}")
                        nth += 1
                yield "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
                yield from (" ".join(paragraph.split()) for paragraph in node.value.split("\n\n"))


def test_every_clause_of_the_catalogue_stands_in_the_code() -> None:
    """None is left over from a message that is said otherwise now."""
    texts = set(in_code())
    clauses = {part.strip() for text in texts for part in text.split("; ")} | texts
    left_over = [
        clause
        for clause, (_, composed) in catalogue().items()
        if not composed and clause not in clauses and clause.strip() not in clauses
    ]
    assert left_over == []


def test_every_clause_is_said_in_chinese_with_all_that_is_filled_in() -> None:
    """What was found, and what it should be, is not lost on the way."""
    slots = re.compile(r"\{\d+\}")
    wrong = [
        clause
        for clause, (chinese, _) in catalogue().items()
        if not HAN.search(slots.sub("", chinese) or "汉") or set(slots.findall(chinese)) != set(slots.findall(clause))
    ]
    assert wrong == []


SAYERS = {"PlannerError", "ReformError", "CalendarError", "ValueError", "Finding", "Fault", "fault", "tell", "untold",
          "doubted"}  # fmt: skip
"""By what the code says that something is wrong, or cannot be told."""


def said_in_code() -> Iterator[str]:
    """Every clause of what is said so, a word standing for whatever is filled in."""
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) not in SAYERS:
                continue
            for given in node.args:
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                texts = (str(part.value) if isinstance(part, ast.Constant) else "X7" for part in parts)
                yield from "".join(texts).split("; ") if any(isinstance(part, ast.Constant) for part in parts) else ()


def test_every_message_of_the_code_is_said_in_chinese() -> None:
    """Clause by clause, but for those that have no words of their own, and keys alone."""
    clauses = {clause for clause in said_in_code() if ENGLISH.search(SHOWN.sub("", clause.replace("X7", "")))}
    assert len(clauses) > 300
    assert sorted(clause for clause in clauses if not HAN.search(said(clause, "zh"))) == []


def broken() -> Iterator[str]:
    """The message of every fault of the broken files."""
    for path in FILES:
        for line in expected(path):
            yield re.sub(r"^\s*[\w.\[\]\u4e00-\u9fff]+: (?=\S)", "", line.split(":", 2)[2]).strip()


def test_no_fault_of_a_broken_file_is_left_in_english() -> None:
    """But for names and keys that are shown as they stand in the file."""
    found = {text: said(text, "zh") for text in broken()}
    english = [text for text, chinese in found.items() if len(ENGLISH.findall(SHOWN.sub("", chinese))) > 0]
    assert (len(found) > 150, english) == (True, [])


def test_the_reference_page_is_told_in_chinese_and_by_nothing_that_it_does_not_tell() -> None:
    """Each of its sentences and headings has an entry in Chinese, and each entry is one of them."""
    asked: dict[str, str] = {}

    def chinese(text: str) -> str:
        return asked.setdefault(text, reference_text(text))

    reference_page(chinese)
    code = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|\{\}|\W|[A-Z]{2,}")
    left = [text for text, told in asked.items() if code.sub("", text) and not HAN.search(told)]
    assert (left, entries(REFERENCE).keys() - asked.keys()) == ([], set())


def test_code_and_what_is_filled_in_stand_in_both_references() -> None:
    """Keys, words and values between backticks are what files hold, in any language."""
    marked = re.compile(r"`[^`]*`|\{\}")
    wrong = [one for one, told in entries(REFERENCE).items() if set(marked.findall(one)) - set(marked.findall(told))]
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("unknown step 'acept', did you mean 'accept'?", "没有名为'acept'的环节，是否指'accept'？"),
        ("unknown reform 'x'; known: a, b, …", "没有名为'x'的改革；现有：a, b, …"),
        (
            "wanted a number above 0 and of at most 1, found 0; set by --set after.x=0",
            "应为数字，大于0、最多1，现为0；由--set after.x=0设置",
        ),
        (
            "key 'when' is missing; add it: attributes with the values wanted, cases of the class",
            "缺少键'when'；请加上：属性及其应有的取值，该类案件",
        ),
        (
            "key 'name' is missing; add it: the keys zh, en, what it is, for reports; its key is told where it has no "
            "name; set by --set x=1",
            "缺少键'name'；请加上：键zh，en，报告中对它的称呼；没有名称时写其键；由--set x=1设置",
        ),
        ("--set a=1: a has several parts; name one: a.b, a.c", "--set a=1: a有几个部分；请写其中一个：a.b, a.c"),
        ("nobody wrote this one", "nobody wrote this one"),
    ],
)
def test_a_message_is_said_clause_by_clause(english: str, chinese: str) -> None:
    """What is filled in may be a clause itself; what nobody knows stays as it is."""
    assert (said(english, "zh"), said(english, "en")) == (chinese, english)


def test_an_error_keeps_the_places_of_its_faults() -> None:
    """File, line and path stand before each message."""
    faults = [Fault("a.yaml", 3, "steps.x", "nothing is written here; write a value, or take the key out"),
              Fault("b.yaml", 1, "", "the file is empty")]  # fmt: skip
    assert told(SpecError(faults), "zh") == (
        "a.yaml:3: steps.x: 这里没有内容；请写取值，或去掉这个键\nb.yaml:1: 文件是空的"
    )
    assert told(PlannerError("the file is empty"), "zh") == "文件是空的"


def helps() -> Iterator[str]:
    """Every help text of every command and option."""
    for command in (commands, *commands.commands.values()):
        yield command.help or ""
        yield from (p.help for p in command.params if isinstance(p, click.Option) and p.help)


def test_every_help_text_is_there_in_chinese() -> None:
    """Of the commands and of their options."""
    left = [text for text in helps() if not all(HAN.search(part) for part in help_text(text).split("\n\n"))]
    assert left == []


@pytest.mark.parametrize(
    ("locale", "words", "told"),
    [
        ("zh_CN.UTF-8", [], "没有名为'nosuch'的情景；现有："),
        ("C.UTF-8", [], "unknown scenario 'nosuch'; known: "),
        ("zh_CN.UTF-8", ["--lang", "en"], "unknown scenario 'nosuch'; known: "),
        ("C.UTF-8", ["--lang", "zh"], "没有名为'nosuch'的情景；现有："),
    ],
)
def test_the_language_is_that_asked_for_else_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, words: list[str], told: str
) -> None:
    """`--lang` on the command line before the locale."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert call(ROOT, "compare", "nosuch", *words) == 2
    assert capsys.readouterr().err.startswith(told)


@pytest.mark.parametrize("words", [[], ["compare"]])
def test_the_help_is_in_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Of the program as of its commands: Chinese where the environment is, and English again afterwards."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    told = []
    for locale in ("zh_CN.UTF-8", "C.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LANG", locale)
        assert call(ROOT, *words, "--help") == 0
        told.append(capsys.readouterr().out)
    chinese, english, again = told
    text, option = helps_of(words)
    assert chinese == again
    assert [one in " ".join(english.split()) for one in (text, option)] == [True, True]
    assert [help_text(one) in chinese for one in (text, option)] == [True, True]


def helps_of(words: list[str]) -> tuple[str, str]:
    """The first paragraph of the help of a command, and that of its first option with one."""
    command = commands.commands[words[0]] if words else commands
    option = next(p for p in command.params if isinstance(p, click.Option) and p.help)
    return " ".join((command.help or "").split("\n\n")[0].split()), option.help or ""
