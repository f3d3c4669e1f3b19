"""Five hundred inputs that nobody would write: each ends in a clean run or in faults with their lines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sim.core.errors import Fault, PlannerError, SpecError
from tests.bare import FILES
from tests.fuzz import ends
from tests.fuzz.ends import End, end_of, remembered_texts
from tests.fuzz.inputs import Desk, made, plain
from tests.fuzz.seeds import seeds

NAMES = (("服务", "Service"), ("甲", "A"), ("问", "Question"), ("后", "After"), ("标", "T"))
"""Of a process, a step, a scenario, a variant and a target."""
WRITTEN = ("$x^$", "$$", "[/]", "=1+1", "{{ x }}", "{0}", "%s", "<b>&amp;", "\\\\frac{", "审" * 400)
"""What a formula, a style, a spreadsheet, a template or a page would be taken for."""
INPUTS, PARTS, SEED = 500, 10, 8
"""How many inputs, in how many tests, of which campaign."""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_input_ends_as_it_should(part: int, tmp_path: Path) -> None:
    """Clean, refused with file and line, or stopped at the end of the calendar; and of each campaign some are clean."""
    found: dict[int, End] = {}
    with remembered_texts():
        desk = Desk(tmp_path / "input")
        for number in range(part * INPUTS // PARTS, (part + 1) * INPUTS // PARTS):
            found[number] = end_of(desk.lay(made(SEED, number, small=True).files))
    assert {number: end for number, end in found.items() if not end.fine} == {}
    assert Counter(end.kind for end in found.values())["clean"] >= 5


@pytest.mark.parametrize("name", ["bare", "faster", "bookshop"])
def test_an_input_that_is_not_spoiled_is_clean(name: str, tmp_path: Path) -> None:
    """The libraries that are spoiled hold, so that what goes wrong comes of the spoiling."""
    (seed,) = (seed for seed in seeds() if seed.name == name)
    assert end_of(Desk(tmp_path / "input").lay(plain(seed).files), whole=True).kind == "clean"


@pytest.mark.parametrize("text", WRITTEN)
def test_a_name_is_a_text_wherever_it_stands(text: str, tmp_path: Path) -> None:
    """No formula, style, placeholder or markup: screen, tables, charts and page are written all the same."""
    names = {f"zh: {zh}, en: {en}": f'zh: "{text}", en: "{text}"' for zh, en in NAMES}
    files = {**FILES, **{file: replaced(FILES[file], names) for file in ("processes/g/p.yaml", "scenarios/q.yaml")}}
    assert end_of(Desk(tmp_path / "input").lay(files), whole=True).kind == "clean"


def replaced(text: str, others: dict[str, str]) -> str:
    """The text with some of its parts as others."""
    for part, other in others.items():
        text = text.replace(part, other)
    return text


def test_an_input_is_the_same_for_everybody() -> None:
    """By its campaign and its number, whatever was made before it."""
    first = made(1, 17)
    assert [made(1, 16) == first, made(2, 17) == first, made(1, 17) == first] == [False, False, True]


def test_an_end_tells_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program, one without a line, one that only the run finds, and one that never ends."""
    desk = Desk(tmp_path / "input")
    root = desk.lay(seeds()[0].files)

    def wrong(error: BaseException) -> End:
        def raising(*_: object) -> None:
            raise error

        monkeypatch.setattr(ends, "_play", raising)
        return end_of(root)

    assert wrong(KeyError("x")).kind == "traceback"
    assert wrong(PlannerError("no place")).kind == "unlocated"
    assert wrong(SpecError([Fault("a.yaml", 1, "", "known before")])).kind == "too late"
    assert wrong(RuntimeWarning("overflow")).kind == "warning"
    assert wrong(MemoryError()).kind == "memory"

    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(ends, "_play", endless)
    assert end_of(root, seconds=0.2).kind == "no end"
