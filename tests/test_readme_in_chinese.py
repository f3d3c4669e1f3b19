"""The Chinese README says the same as the English one: its figures, its examples, its commands.

`python -m tests.test_readme_in_chinese` writes its figures anew from those of the English one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.cli import commands

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
FILE = ROOT / "README.zh.md"
CHINESE = FILE.read_text(encoding="utf-8")
WORDS = {
    "| | before | after | over the assumptions | published | verdict": "| | 改革前 | 改革后 | 假设之内 | 公布 | 结论",
    "ordinary private building, 审批用时, mean": "一般社会投资工程建设项目，审批用时，均值",
    "high-voltage connection, 审批用时, mean": "高压办电，审批用时，均值",
    "the same on the critical path alone": "同上，只计关键路径",
    "the same, all committed limits used up": "同上，承诺时限全部用满",
    "the same, share of projects within 32 days": "同上，32 日内办结的项目比例",
    "the same, share of customers within 12 days": "同上，12 日内办结的客户比例",
    "the same, 环节": "同上，环节",
    "missed (on record)": "未达标（已登记）",
    "met: says what went in": "达标：只说明输入",
    "| met |": "| 达标 |",
}
HOLDS = re.compile(r"([\d.–%]+), holds in (\d+%) of (\d+)")
TALLY = re.compile(
    r"Of (\d+) verdicts on (\d+) published figures (\d+) tell something: (\d+) are met, (\d+) missed and on record, "
    r"one is too near to tell;\s+the other (\d+) only say what went in, or held before any reform\."
)


def block(name: str, text: str) -> str:
    """What stands between two marks."""
    (found,) = re.findall(f"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", text, re.DOTALL)
    return str(found)


def figures() -> dict[str, str]:
    """Mark → what stands there, from the English README."""
    table = block("headlines", ENGLISH)
    for english, chinese in WORDS.items():
        table = table.replace(english, chinese)
    tally = TALLY.search(" ".join(ENGLISH.split()))
    assert tally
    told = (
        "{1} 个公布的数字上有 {0} 个结论，其中 {2} 个说明问题：{3} 个达标，{4} 个未达标并已登记，1 个太接近而不能判断；"
        "其余 {5} 个只说明输入，或改革前已经达到。\n"
    )
    return {"headlines": HOLDS.sub(r"\1，\3 个世界中 \2 成立", table), "tally": told.format(*tally.groups())}


@pytest.mark.parametrize("name", ["headlines", "tally"])
def test_its_figures_are_those_of_the_english_one(name: str) -> None:
    """The table of headlines, and how many verdicts there are."""
    assert block(name, CHINESE) == figures()[name]
    assert not re.search("[a-z]{3,} [a-z]{3,}", block(name, CHINESE))


def test_its_examples_are_those_of_the_english_one() -> None:
    """Files and commands, which tests of that one run."""
    code = re.compile(r"```(?:yaml|sh)\n.*?```", re.DOTALL)
    english = code.findall(ENGLISH)
    assert [example for example in code.findall(CHINESE) if example not in english] == []
    assert len(code.findall(CHINESE)) == 4


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_it_has_every_command(name: str) -> None:
    """A command that is added is told of in Chinese too."""
    assert f"`run.py {name}" in CHINESE


if __name__ == "__main__":
    for mark, text in figures().items():
        CHINESE = re.sub(
            f"(?<=<!-- {mark} -->\n).*?(?=<!-- /{mark} -->)", lambda _, t=text: t, CHINESE, flags=re.DOTALL
        )
    FILE.write_text(CHINESE, encoding="utf-8")
