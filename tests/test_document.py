import pytest

from sim.core.errors import Fault
from sim.text.yamlio import parse

TEXT = """\
# 第一行是注释
id: power
name: {zh: 办电,
  en: Power}
steps:
  apply:
    needs: [form,
            licence]
    limit:

  reply:
    after:
      - apply
      - kind: law
        why: |
          甲
          乙
"""
DOCUMENT = parse(TEXT, "power.yaml")


@pytest.mark.parametrize(
    ("path", "key_line", "line"),
    [
        ((), 2, 2),
        (("id",), 2, 2),
        (("name",), 3, 3),
        (("name", "zh"), 3, 3),
        (("name", "en"), 4, 4),
        (("steps",), 5, 6),
        (("steps", "apply"), 6, 7),
        (("steps", "apply", "needs"), 7, 7),
        (("steps", "apply", "needs", 0), 7, 7),
        (("steps", "apply", "needs", 1), 8, 8),
        (("steps", "apply", "limit"), 9, 9),
        (("steps", "reply", "after"), 12, 13),
        (("steps", "reply", "after", 1), 14, 14),
        (("steps", "reply", "after", 1, "kind"), 14, 14),
        (("steps", "reply", "after", 1, "why"), 15, 15),
    ],
)
def test_every_key_and_value_knows_its_line(path: tuple[str | int, ...], key_line: int, line: int) -> None:
    """A value written below its key has a line of its own, in block and in flow style."""
    assert (DOCUMENT.key_line(path), DOCUMENT.line(path)) == (key_line, line)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("colour",), 2),
        (("steps", "decide"), 5),
        (("steps", "apply", "limit", "statutory"), 9),
        (("steps", "apply", "limit", "Fixed", "days", 3), 9),
        (("steps", "reply", "after", 7), 12),
    ],
)
def test_path_that_is_not_there_has_the_line_of_the_heading_above_it(path: tuple[str | int, ...], line: int) -> None:
    """What is missing is shown where it should have been written."""
    assert (DOCUMENT.key_line(path), DOCUMENT.line(path)) == (line, line)


def test_fault_points_at_the_value_or_at_the_key() -> None:
    """A wrong value is shown at the value, an unknown key at the key; the path uses dots and brackets."""
    path = ("steps", "reply", "after")
    assert DOCUMENT.fault((*path, 0), "unknown step") == Fault("power.yaml", 13, "steps.reply.after[0]", "unknown step")
    assert DOCUMENT.fault(path, "too few") == Fault("power.yaml", 13, "steps.reply.after", "too few")
    assert DOCUMENT.fault(path, "unknown key", key=True) == Fault("power.yaml", 12, "steps.reply.after", "unknown key")
    assert DOCUMENT.fault((), "no steps") == Fault("power.yaml", 2, "", "no steps")


def test_data_are_plain() -> None:
    """What comes with the lines is nothing but dicts, lists, texts, numbers, truth values and None."""
    assert DOCUMENT.data == {
        "id": "power",
        "name": {"zh": "办电", "en": "Power"},
        "steps": {
            "apply": {"needs": ["form", "licence"], "limit": None},
            "reply": {"after": ["apply", {"kind": "law", "why": "甲\n乙\n"}]},
        },
    }
