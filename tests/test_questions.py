"""What README tells of a planner's questions, each in one command, is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from .test_cli import call
from .test_third_city import founded

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "README.md").read_text(encoding="utf-8").split("questions -->\n")[1].split("<!-- ")[0]
QUESTIONS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in TABLE.splitlines()[2:]]
FRAME = re.compile(r"[\s\u2500-\u257f]+")
"""White space, and what tables are drawn with."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's files beside the library, and the last run of its question."""
    root = founded(tmp_path_factory.mktemp("city"))
    call(root, "compare", "luohe_outdoor_ad", "--worlds", "0", "--workers", "1")
    return root


@pytest.mark.parametrize(("question", "command", "answer"), QUESTIONS)
def test_a_question_is_answered_as_readme_says(question: str, command: str, answer: str, city: Path,
                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """One command, exit code 0, and all that README tells as printed is printed, in that order."""
    words = shlex.split(command.strip("`"))
    assert (question[-1], words[0]) == ("?", "run.py")
    assert call(city, *words[1:], "--workers", "1", "--lang", "en") == 0
    said = FRAME.sub(" ", capsys.readouterr().out.replace("\u00a0", " "))
    told = re.findall("`([^`]+)`", answer)
    assert told
    assert re.search(".*".join(map(re.escape, told)), said), said
