"""A place, a process and a scenario begin as files that are valid as they stand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.analysis.compare import compare
from sim.scenario.beginning import BEGINNINGS, Asked, begun
from sim.scenario.desk import prepare
from sim.scenario.load import load_library, read_library
from sim.text.yamlio import parse

from .test_cli import call

ROOT = Path(__file__).parents[1]


def test_a_third_city_begins_with_three_commands(bare_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Place, process and scenario of a city that the library does not know are written, validate and can be played."""
    written = [
        bare_desk / "processes/places/anyang.yaml",
        bare_desk / "processes/drafts/stall.yaml",
        bare_desk / "scenarios/stall_2026.yaml",
    ]
    commands = [("place", "anyang"), ("process", "stall"), ("scenario", "stall_2026", "--place", "anyang")]
    for words, path in zip(commands, written, strict=True):
        assert call(bare_desk, "new", *words) == 0
        assert capsys.readouterr().out == f"{path}\nrun.py validate {path}\n"
    assert call(bare_desk, "validate", *map(str, written)) == 0
    assert capsys.readouterr().out == "no faults\n"
    comparison = compare(prepare("stall_2026", load_library(bare_desk)), runs=2)
    promised = [comparison.of(v, "stall", "promised_days").mean.mean for v in ("before", "after")]
    assert promised[1] < promised[0]


def test_any_process_of_the_library_can_be_asked_of_the_new_place(bare_desk: Path) -> None:
    """It has every department that some place has, none of them called after another city."""
    library = read_library(bare_desk)
    path, text = begun("place", "anyang", library, Asked())
    path.write_text(text, encoding="utf-8")
    place, others = load_library(bare_desk).places["anyang"], [*library.places.values()]
    assert set(place.departments) == {d for other in others for d in other.departments}
    called = [d.name.zh + d.name.en for d in place.departments.values() if d.name]
    assert not [name for name in called if any(x in name for x in ("新乡", "运城", "盐湖", "Xinxiang", "Yanhu"))]


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_only_the_comments_are_in_another_language(kind: str, bare_desk: Path) -> None:
    """Both files say the same."""
    library = read_library(bare_desk)
    chinese, english = (begun(kind, "mine", library, Asked(lang=lang))[1] for lang in ("zh", "en"))  # type: ignore[arg-type]
    assert chinese != english
    assert parse(chinese, "mine.yaml").data == parse(english, "mine.yaml").data


def test_the_target_that_is_only_a_comment_is_right_too(bare_desk: Path) -> None:
    """With the marks of a comment taken away from figure and target, the scenario validates."""
    path, text = begun("scenario", "gym_anyang", read_library(bare_desk), Asked(place="xinxiang"))
    head, target = text.split("# targets:")
    uncommented = head.replace("  # figure:", "  figure:") + "targets:" + target.replace("\n#", "\n")
    path.write_text(uncommented, encoding="utf-8")
    found = prepare("gym_anyang", load_library(bare_desk)).scenario
    assert (list(found.demand), found.place, [t.id for t in found.targets]) == (["gym"], "xinxiang", ["T1"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("process", "Stall"), "an id is of small letters, digits and _, a letter first; found 'Stall'"),
        (("process", "x", "--group", "../.."),
         "--group: a folder is of small letters, digits and _, a letter first; found '../..'"),
        (("scenario", "x", "--process", "gim"), "unknown process 'gim', did you mean 'gym'?"),
        (("scenario", "x", "--place", "xinxian"), "unknown place 'xinxian', did you mean 'xinxiang'?"),
    ],
)  # fmt: skip
def test_what_cannot_begin_is_told(
    words: tuple[str, ...], told: str, bare_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    before = sorted(bare_desk.rglob("*"))
    assert call(bare_desk, "new", *words) == 2
    assert capsys.readouterr().err == f"{told}\n"
    assert sorted(bare_desk.rglob("*")) == before


def test_nothing_that_is_there_is_written_over(bare_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A process keeps its id in whichever folder it stands."""
    there = bare_desk / "processes/industry_licences/gym.yaml"
    text = there.read_text(encoding="utf-8")
    assert call(bare_desk, "new", "process", "gym") == 2
    assert capsys.readouterr().err == f"there is {there} already; choose another id\n"
    assert there.read_text(encoding="utf-8") == text


def test_the_first_place_of_all_needs_no_other(tmp_path: Path) -> None:
    """Where no place tells which departments there are, it begins with one bureau; a process needs a place first."""
    for folder in ("processes", "scenarios"):
        (tmp_path / folder).mkdir()
    for shared in ("practice.yaml", "sources.yaml", "materials.yaml"):
        shutil.copy(ROOT / "processes" / shared, tmp_path / "processes")
    path, text = begun("place", "anyang", read_library(tmp_path), Asked())
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert list(load_library(tmp_path).places["anyang"].departments) == ["approval_bureau"]


def test_a_list_may_be_of_one_sort_of_things(bare_desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, without a head."""
    assert call(bare_desk, "list", "places") == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == ["xinxiang", "yanhu"]
    for section in ("departments", "materials", "sources"):
        assert call(bare_desk, "list", section) == 0
        assert all(not line.startswith(" ") for line in capsys.readouterr().out.splitlines())
