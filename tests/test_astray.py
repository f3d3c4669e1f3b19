"""What lies in the library and is none of it is told, never passed by, read, or waited for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.core.errors import PlannerError, SpecError
from sim.learn.reading.exports import tables_of
from sim.report.read import read_results
from sim.scenario.validation import faults_and_notes

from .bare import FILES, bare_library

QUESTION = "scenarios/q.yaml"
OVERLAY = """\
sources: {mine: {kind: assumption, why: made up, range: [0, 1]}}
years: {'2024': {holidays: ['2024-03-05'], source: mine}}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The smallest library, in the current folder."""
    monkeypatch.chdir(bare_library(tmp_path / "desk", {}))
    return Path()


def told(root: Path, *paths: Path) -> list[str]:
    """The faults that `validate` tells."""
    return [str(fault) for fault in faults_and_notes(root, paths)[0]]


def copied(name: str) -> Callable[[], object]:
    """Puts the scenario there once more."""
    return lambda: Path(name).write_text(FILES[QUESTION], encoding="utf-8")


def linked(name: str, to: str) -> Callable[[], object]:
    """Puts a link there."""
    return lambda: Path(name).symlink_to(to)


def outside() -> None:
    """Puts a folder with a scenario beside the library, and a link to it into the library."""
    Path("../elsewhere").mkdir()
    Path("../elsewhere/more.yaml").write_text(FILES[QUESTION], encoding="utf-8")
    Path("scenarios/more").symlink_to("../../elsewhere")


def looped() -> None:
    """Puts a link into a folder that leads back to it."""
    Path("processes/round").symlink_to(".")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (copied("scenarios/q.yml"),
         "scenarios/q.yml:1: a file of the library ends in .yaml; rename it to q.yaml, as it is it is not read"),
        (copied("scenarios/.#q.yaml"),
         "scenarios/.#q.yaml:1: an editor has q.yaml open and not saved; save it, or delete this lock"),
        (linked("scenarios/.#q.yaml", "somebody@somewhere.4711"),
         "scenarios/.#q.yaml:1: an editor has q.yaml open and not saved; save it, or delete this lock"),
        (copied("processes/g/.q.yaml"),
         "processes/g/.q.yaml:1: a hidden file, which is not read; delete it, or call it otherwise"),
        (outside, "scenarios/more:1: a link to a folder, which is not followed; put the folder itself here"),
        (looped, "processes/round:1: a link to a folder, which is not followed; put the folder itself here"),
        (lambda: os.mkfifo("scenarios/pipe.yaml"), "scenarios/pipe.yaml:1: a device or pipe, not a file: name a file"),
        (lambda: os.mkfifo("processes/g/pipe.yaml"),
         "processes/g/pipe.yaml:1: a device or pipe, not a file: name a file"),
        (linked("scenarios/zero.yaml", "/dev/zero"),
         "scenarios/zero.yaml:1: a device or pipe, not a file: name a file"),
        (linked("scenarios/gone.yaml", "nowhere"), "scenarios/gone.yaml:1: no such file: check the name"),
        (lambda: Path("scenarios/f.yaml").mkdir(), "scenarios/f.yaml:1: a directory, not a file: name a file in it"),
    ],
)  # fmt: skip
def test_what_looks_like_a_file_of_the_library_is_told(desk: Path, make: Callable[[], object], said: str) -> None:
    """With its place and what to do, and everything else is right; it is read as nothing, and nothing hangs."""
    make()
    assert told(desk) == [said]


def test_a_folder_that_cannot_be_read_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would be missing; who may read everything is refused here by hand."""
    real = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    Path("processes/closed").mkdir()
    monkeypatch.setattr(os, "scandir", refusing)
    said = "processes/closed:1: this folder cannot be read: Permission denied; mend its rights, or move it away"
    assert told(desk) == [said]


def test_a_folder_of_another_name_may_be_a_link(desk: Path) -> None:
    """A library of which a whole part lies elsewhere is read."""
    Path("scenarios").rename("../scenarios")
    Path("scenarios").symlink_to("../scenarios")
    assert told(desk) == []


@pytest.mark.parametrize("key", ["calendar", "arrivals"])
@pytest.mark.parametrize(("name", "wrong"), [
    ("../../secret.yaml", "../../secret.yaml is outside the library and is not read; put the file below its root"),
    ("link.yml", "link.yml is outside the library and is not read; put the file below its root"),
    ("/dev/zero", "no file /dev/zero from here; mend the name"),
    ("pipe", "no file pipe from here; mend the name"),
])  # fmt: skip
def test_a_scenario_reads_no_file_outside_the_library(desk: Path, key: str, name: str, wrong: str) -> None:
    """However it is named, and nothing of what stands in it is told."""
    Path("../secret.yaml").write_text("root:x:0:0\n", encoding="utf-8")
    Path("scenarios/link.yml").symlink_to("../../secret.yaml")
    os.mkfifo("scenarios/pipe")
    text = FILES[QUESTION]
    if key == "calendar":
        text, path = text.replace("place: town", f"place: town\ncalendar: {name}"), "calendar"
    else:
        text, path = text.replace("per_year: 200, cases: 5", f"arrivals: {name}"), "demand.p.arrivals"
    Path(QUESTION).write_text(text, encoding="utf-8")
    line = next(i for i, line in enumerate(text.splitlines(), 1) if name in line)
    assert told(desk, Path(QUESTION)) == [f"scenarios/q.yaml:{line}: {path}: {wrong}"]


@pytest.mark.parametrize("inside", [True, False])
def test_a_scenario_reads_a_calendar_of_its_own(desk: Path, tmp_path: Path, inside: bool) -> None:
    """Below the root, and, where it lies elsewhere itself, below its own folder."""
    folder = Path("scenarios") if inside else tmp_path / "draft"
    (folder / "calendars").mkdir(parents=True)
    (folder / "calendars/mine.yaml").write_text(OVERLAY, encoding="utf-8")
    asking = FILES[QUESTION].replace("place: town", "place: town\ncalendar: calendars/mine.yaml")
    (folder / "q.yaml").write_text(asking, encoding="utf-8")
    assert told(desk, folder / "q.yaml") == []


def test_records_in_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    """A pipe among the tables of a folder, or as the mapping, is told."""
    os.mkfifo(tmp_path / "cases.csv")
    with pytest.raises(SpecError) as error:
        tables_of(str(tmp_path))
    assert str(error.value) == f"{tmp_path}/cases.csv:1: not a file; take it out of the folder"
    with pytest.raises(PlannerError) as none:
        tables_of(str(tmp_path / "cases.csv"))
    assert str(none.value) == f"{tmp_path}/cases.csv: no such file; check the name"


def test_a_result_in_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """In a folder or by its name, a pipe is told as what it is; what is not there is told otherwise."""
    os.mkfifo(tmp_path / "results.json")
    with pytest.raises(PlannerError) as error:
        read_results(tmp_path / "results.json")
    assert str(error.value) == f"{tmp_path}/results.json: not a file; name a results.json"
    with pytest.raises(PlannerError) as none:
        read_results(tmp_path / "other.json")
    assert str(none.value) == (
        f"{tmp_path}/other.json: no result can be read: No such file or directory; name a results.json"
    )
