"""A library whose files were found right before: the same as one read whole, and checked where anything has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sim.core import cache
from sim.core.errors import Fault
from sim.scenario import known, lazily, readings
from sim.scenario.files import file_kind
from sim.scenario.library import Library, Spec
from sim.scenario.load import read_library
from sim.scenario.reading import faults_of
from sim.scenario.readings import Readings
from sim.scenario.shelf import shelved
from sim.scenario.validation import faults_and_notes, validate
from sim.text import yamlio
from sim.text.document import Document
from sim.text.reading import Text, shown

ROOT = Path(__file__).parents[1]
SHOP = "processes/licences/shop.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small library that a test may change, and a cache with nothing in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(ROOT / "tests/library", tmp_path, dirs_exist_ok=True))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are checked, as they are."""
    found: list[str] = []

    def counting(spec: Spec[Any], library: Library) -> Iterator[Fault]:
        found.append(spec.path.stem)
        return faults_of(spec, library)

    monkeypatch.setattr(lazily, "faults_of", counting)
    return found


def plain(library: Library) -> dict[str, Any]:
    """Everything in a library, read."""
    parts = {field.name: getattr(library, field.name) for field in fields(library)}
    return parts | {"processes": dict(library.processes)}


@pytest.mark.parametrize("of", ["the tests", "the project"])
def test_it_is_the_library_that_is_read_whole(root: Path, of: str) -> None:
    """Whether it is checked now or was before."""
    place = root if of == "the tests" else ROOT
    whole = plain(shelved(place))
    assert plain(read_library(place)) == whole
    assert plain(read_library(place)) == whole


def test_what_is_known_is_not_checked_again(root: Path, checked: list[str]) -> None:
    """Every file once, and none when the library is read again."""
    read_library(root)
    assert len(checked) == len(set((root / "processes").rglob("*.yaml")))
    checked.clear()
    read_library(root)
    assert checked == []


def test_a_changed_file_is_checked_with_those_that_rest_on_it(root: Path, checked: list[str]) -> None:
    """A process that another calls; nothing else has to do with it."""
    read_library(root)
    checked.clear()
    path = root / "processes/licences/cafe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    read_library(root)
    assert sorted(checked) == ["bar", "cafe"]


def test_a_file_that_all_rest_on_is_checked_with_all(root: Path, checked: list[str]) -> None:
    """A shared source."""
    read_library(root)
    number = len(checked)
    checked.clear()
    path = root / "processes/sources.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    read_library(root)
    assert len(checked) == number


def test_a_file_that_has_become_wrong_is_told(root: Path) -> None:
    """As if nothing had been known, and no more once it is mended."""
    read_library(root)
    path = root / SHOP
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace("at: ", "at: x_", 1), encoding="utf-8")
    assert plain(read_library(root)) == plain(shelved(root))
    assert [file.path for file in read_library(root).broken] == [path]
    path.write_text(right, encoding="utf-8")
    assert read_library(root).broken == ()


@pytest.mark.parametrize("fault", ["twice", "stray", "unreadable"])
def test_a_file_that_is_in_the_way_is_told(root: Path, fault: str) -> None:
    """A process that stands in two folders, a file that nothing reads, and one that is no text."""
    read_library(root)
    shop = root / SHOP
    if fault == "twice":
        (root / "processes/other").mkdir()
        shutil.copy(shop, root / "processes/other/shop.yaml")
    elif fault == "stray":
        shutil.copy(shop, root / "processes/licences/draft.yml")
    else:
        shop.write_bytes(b"\xff")
    found = read_library(root)
    assert plain(found) == plain(shelved(root))
    assert len(found.broken) == 1


def test_another_program_knows_nothing(root: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older one found right, this one may not."""
    read_library(root)
    number = len(checked)
    checked.clear()
    monkeypatch.setattr(lazily, "program", lambda: "another")
    read_library(root)
    assert len(checked) == number


def test_marks_that_others_could_have_written_count_for_nothing(root: Path, checked: list[str]) -> None:
    """They are made anew; so are those that cannot be read."""
    read_library(root)
    number, marks = len(checked), root / "cache" / cache.NAME / "right"
    marks.chmod(0o666)
    checked.clear()
    read_library(root)
    assert len(checked) == number
    marks.write_bytes(b"\xff\x00 nonsense\n\n \n")
    checked.clear()
    read_library(root)
    assert len(checked) == number
    checked.clear()
    read_library(root)
    assert checked == []


def test_the_code_that_decides_is_part_of_the_program() -> None:
    """Every room from which a check can be reached; the rooms after them play, and judge no file."""
    assert known.ROOMS == ("core", "text", "spec", "records", "reforms", "scenario")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose text is read, as they are."""
    found: list[str] = []
    real = yamlio.document

    def counting(text: Text) -> Document:
        found.append(text.file)
        return real(text)

    monkeypatch.setattr(yamlio, "document", counting)
    return found


def shared(root: Path) -> list[str]:
    """What is read of a library whatever is asked for, as it is called in faults."""
    return [shown(path) for kind in lazily.SHARED for path in file_kind(kind).paths(root)]


def test_what_was_read_is_not_read_again(root: Path, parsed: list[str]) -> None:
    """Where a file has changed, that one is; what the library is does not depend on it."""
    read_library(root)
    parsed.clear()
    assert read_library(root).places
    assert parsed == []
    (root / "processes/practice.yaml").open("a", encoding="utf-8").write("# changed\n")
    found = read_library(root)
    assert [file for file in parsed if file in shared(root)] == [shown(root / "processes/practice.yaml")]
    assert plain(found) == plain(shelved(root))


def test_a_document_that_was_read_before_is_the_same(root: Path, parsed: list[str]) -> None:
    """Its data, its file and hash at once; the lines of its keys and values as soon as somebody asks for one."""
    text = yamlio.text(root / SHOP)
    first = Readings()
    one = first.document(text)
    first.save()
    parsed.clear()
    other = Readings().document(text)
    assert (other.data, other.file, other.sha256) == (one.data, one.file, one.sha256)
    assert parsed == []
    assert dict(other.lines) == dict(one.lines)
    assert other.fault(("steps",), "none") == one.fault(("steps",), "none")


@pytest.mark.parametrize("fault", ["others", "nonsense", "no table", "another program"])
def test_readings_that_are_not_ours_count_for_nothing(
    root: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """What others could have written, what cannot be told, and what another program read."""
    read_library(root)
    kept = root / "cache" / cache.NAME / "read"
    if fault == "others":
        kept.chmod(0o666)
    elif fault == "another program":
        monkeypatch.setattr(readings, "program", lambda: "another")
    else:
        kept.write_bytes(b"\xff\x00" if fault == "nonsense" else b"5")
    parsed.clear()
    read_library(root)
    assert [file for file in parsed if file in shared(root)] == shared(root)


def test_a_file_of_the_library_that_is_right_is_not_checked_once_more(root: Path, checked: list[str]) -> None:
    """One that is wrong has its faults told, and one outside the library is checked by itself."""
    assert faults_and_notes(root, [root / SHOP]) == ([], [])
    number, copy = checked.count("shop"), root / "shop.yaml"
    shutil.copy(root / SHOP, copy)
    assert (number, faults_and_notes(root, [copy])[0]) == (1, [])
    copy.write_text("id: shop\n", encoding="utf-8")
    assert faults_and_notes(root, [copy])[0] == validate(copy, read_library(root)) != []
    shutil.copy(copy, root / SHOP)
    assert faults_and_notes(root, [root / SHOP])[0] == list(shelved(root).faults)
