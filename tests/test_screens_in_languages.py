"""What the commands print, in either language: no sentence of the other, but names that have no other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.reforms.register import REFORM_NAMES
from sim.report.words import LANGS, Lang

from .pulling import COMMANDS
from .test_cli import ROOT, call
from .test_messages_in_chinese import ENGLISH, HAN, SHOWN

TOLD = sorted(COMMANDS.keys() - {"generate"})
"""Commands that print more than the names of files."""
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}
DRAWN = re.compile(r"[\u2500-\u257f]+")
UNITS = re.compile(r"\(unit: [^)]*\)")
"""Words of files that have no other name: the units that a target may be published in."""
WRITTEN = {
    words
    for path in (ROOT / "tests/library").rglob("*.yaml")
    for words in re.findall("[\u4e00-\u9fff]+", re.sub("zh: [^,}]+", "", path.read_text(encoding="utf-8")))
}
"""What the files of the small library have in Chinese only: titles, reasons, summaries."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Lang], str]:
    """Command and language of the environment → all that is printed, on the small library."""
    found: dict[tuple[str, Lang], str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "250")
        for lang in LANGS:
            folder = tmp_path_factory.mktemp(lang)
            root = Path(shutil.copytree(ROOT / "tests/library", folder / "library"))
            patch.setenv("LANG", LOCALES[lang])
            patch.chdir(root)
            found |= {(name, lang): said for name, said in _printed(root, folder)}
    return found


def _printed(root: Path, folder: Path) -> Iterator[tuple[str, str]]:
    words = {name: command.words for name, command in COMMANDS.items()}
    for name in ("records", *sorted(words.keys() - {"records", "generate"})):
        with pytest.MonkeyPatch.context() as patch:
            out = folder / "out.txt"
            with out.open("w", encoding="utf-8") as screen:
                patch.setattr("sys.stdout", screen)
                patch.setattr("sys.stderr", screen)
                call(root, *words[name])
        yield name, out.read_text(encoding="utf-8")
        if name == "records":
            shutil.copy(root / COMMANDS[name].files[0], folder / "log.csv")


def passages(text: str, lang: Lang) -> list[str]:
    """Passages of the other language, but for names that have no other and what the files have in Chinese only.

    In Chinese those are words in a row that are no ids, paths or quotations; in English all Chinese.
    """
    text = DRAWN.sub("\n", text)
    for name in REFORM_NAMES.values():
        text = text.replace(f"（{name.en}）", "").replace(f" ({name.zh})", "")
    if lang == "zh":
        return ENGLISH.findall(SHOWN.sub("\n", text))
    text = UNITS.sub("", text)
    for words in sorted(WRITTEN, key=len, reverse=True):
        text = text.replace(words, "")
    return re.findall("[\u4e00-\u9fff]+", text)


@pytest.mark.parametrize("name", TOLD)
def test_a_screen_speaks_one_language(name: str, printed: dict[tuple[str, Lang], str]) -> None:
    """Chinese where the environment is Chinese, English where it is English."""
    assert {lang: passages(printed[name, lang], lang) for lang in LANGS} == {"zh": [], "en": []}
    assert HAN.search(printed[name, "zh"]) or not ENGLISH.search(SHOWN.sub("", printed[name, "en"]))
