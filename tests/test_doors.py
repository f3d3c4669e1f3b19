"""Whether everything can be written is tried before anything is played, and trying leaves no trace."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.core.doors import Door, try_doors
from sim.core.errors import PlannerError
from sim.core.files import remove_written

FILES = ("results.json", "shop/gantt.png")
SIM = Path(__file__).parents[1] / "sim"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def standing() -> dict[str, str]:
    """Everything below the current folder and what it is."""
    return {
        str(p): str(p.readlink()) if p.is_symlink() else "folder" if p.is_dir() else "file" for p in Path().rglob("*")
    }


def refused(*doors: Door) -> list[str]:
    """The lines with which doors are refused; what stood there before stands there still, and nothing else."""
    before = standing()
    with pytest.raises(PlannerError) as error:
        try_doors(*doors)
    assert standing() == before
    return str(error.value).split("\n")


def file(name: str) -> Callable[[], object]:
    """Makes a file."""
    return lambda: Path(name).write_text("old", encoding="utf-8")


def folder(name: str) -> Callable[[], object]:
    """Makes a folder."""
    return lambda: Path(name).mkdir(parents=True)


def link(name: str, to: str) -> Callable[[], object]:
    """Makes a link."""
    return lambda: Path(name).symlink_to(to)


def pipe(name: str) -> Callable[[], object]:
    """Makes a pipe, which would keep whoever opens it waiting."""
    return lambda: os.mkfifo(name)


LONG, FAR = "x" * 300, "/".join(["y" * 200] * 30)


@pytest.mark.parametrize(
    ("make", "path", "said"),
    [
        (file("out"), "out", "out is a file, not a folder; move it away, or"),
        (file("old"), "old/deep/out", "old is a file, not a folder; move it away, or"),
        (link("out", "nowhere"), "out", "out is a link to nowhere, not a folder; move it away, or"),
        (link("out", "out"), "out", "out cannot be written: Too many levels of symbolic links;"),
        (pipe("out"), "out", "out is a device or pipe, not a folder;"),
        (folder("out/results.json"), "out", "out/results.json is a folder, not a file; move it away, or"),
        (lambda: (folder("out")(), file("out/shop")()), "out", "out/shop is a file, not a folder; move it away, or"),
        (lambda: (folder("out")(), pipe("out/results.json")()), "out",
         "out/results.json is a device or pipe, not a file;"),
        (str, "/dev/null", "/dev/null is a device or pipe, not a folder;"),
        (str, "/proc/out", "/proc/out cannot be written: No such file or directory;"),
        (str, LONG, f"{LONG[:120]}… cannot be written: File name too long;"),
        (str, f"new/{LONG}", f"new/{LONG[:116]}… cannot be written: File name too long;"),
        (str, FAR, f"{FAR[:120]}… cannot be written: File name too long;"),
        (str, "a\0b", "a\ufffdb has a character that no name of a file may have;"),
        (str, "a\ud800b", "a\ufffdb has a character that no name of a file may have;"),
        (file("a\nb"), "a\nb", "a\ufffdb is a file, not a folder; move it away, or"),
    ],
)  # fmt: skip
def test_a_folder_that_cannot_be_written_is_refused(make: Callable[[], object], path: str, said: str) -> None:
    """One plain line says what is wrong and what to do, and trying leaves everything as it was."""
    make()
    assert refused(Door("--out", Path(path), FILES)) == [f"--out: {said} choose another folder"]


@pytest.mark.parametrize(
    ("make", "path", "said"),
    [
        (str, "build/verdicts.xml", "there is no folder build; make it, or"),
        (folder("verdicts.xml"), "verdicts.xml", "verdicts.xml is a folder, not a file; move it away, or"),
        (str, ".", ". is a folder, not a file; move it away, or"),
        (file("old"), "old/verdicts.xml", "old is a file, not a folder; move it away, or"),
        (link("verdicts.xml", "away/verdicts.xml"), "verdicts.xml",
         "verdicts.xml is a link to nowhere, not a file; move it away, or"),
        (pipe("verdicts.xml"), "verdicts.xml", "verdicts.xml is a device or pipe, not a file;"),
        (str, "/dev/full", "/dev/full is a device or pipe, not a file;"),
        (str, "/proc/verdicts.xml", "/proc/verdicts.xml cannot be written: No such file or directory;"),
        (str, LONG, f"{LONG[:120]}… cannot be written: File name too long;"),
        (str, "a\0b", "a\ufffdb has a character that no name of a file may have;"),
        (file("faster.yaml"), "faster.yaml", "faster.yaml would be read as a spec;"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_written_is_refused(make: Callable[[], object], path: str, said: str) -> None:
    """The same of a file, whose folder must be there; nothing is made, opened or waited for."""
    make()
    assert refused(Door("--junit", Path(path))) == [f"--junit: {said} choose another file"]


@pytest.mark.parametrize("path", ["out", "out/deeper/still", "there/out", "to_there/out", ".", "x" * 255])
def test_an_open_door_leaves_no_trace(path: str) -> None:
    """A folder that is there, is not, or lies behind a link, and a name as long as names may be."""
    folder("there")()
    link("to_there", "there")()
    before = standing()
    try_doors(Door("--out", Path(path), FILES))
    assert standing() == before


@pytest.mark.parametrize("path", ["verdicts.xml", "there/verdicts.xml", "to_old", "y" * 255])
def test_a_file_that_can_be_written_is_not_touched(path: str) -> None:
    """A new file, one that is there and stays as it is, and one behind a link."""
    folder("there")()
    file("there/verdicts.xml")()
    link("to_old", "there/verdicts.xml")()
    before = standing()
    try_doors(Door("--junit", Path(path)))
    assert standing() == before
    assert Path("there/verdicts.xml").read_text(encoding="utf-8") == "old"


def test_a_disk_that_takes_nothing_is_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows only when something is written is tried by writing something."""

    def full(self: Path, mode: str) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    assert refused(Door("--out", Path("new/out"), FILES)) == [
        "--out: new/out cannot be written: No space left on device; choose another folder"
    ]


def test_two_outputs_may_not_be_one_file() -> None:
    """However the file is spelt, and also where one is a folder in which the other lies."""
    folder("there")()
    link("to_there", "there")()
    one, same = Door("--junit", Path("there/a")), Door("--json", Path("to_there/../there/a"))
    assert refused(one, same) == [
        f"--junit and --json both write to {Path('there/a').resolve()}; choose another file for one of them"
    ]
    inner = Door("--out", Path("there"), ("a/b",))
    assert refused(one, inner) == [
        f"--junit and --out both write to {Path('there/a/b').resolve()}; choose another folder for one of them"
    ]
    try_doors(one, Door("--json", Path("there/b")), Door("--out", Path("there/c"), FILES))


def test_a_name_that_is_too_long_is_told_in_a_folder_that_is_not_there_yet() -> None:
    """The name of the file itself is tried, not only that of its folder."""
    assert refused(Door("--out", Path("new"), (LONG,))) == [
        "--out: new cannot be written: File name too long; choose another folder"
    ]


def test_every_door_that_is_shut_is_told() -> None:
    """A line for each, and what to do about a place that nobody chose by name."""
    file("old")()
    report = Door("the report", Path("old/out"), FILES, "name another folder with --out")
    assert refused(report, Door("--json", Path()), Door("--junit", Path("new.xml"))) == [
        "the report: old is a file, not a folder; move it away, or name another folder with --out",
        "--json: . is a folder, not a file; move it away, or choose another file",
    ]


def test_what_the_program_wrote_is_removed_and_nothing_else() -> None:
    """Files of the names given, what killed runs left of them, and a folder that is empty then."""
    for name in ("ours", "mixed", "away"):
        folder(name)()
        file(f"{name}/gantt.png")()
        file(f"{name}/.gantt.png.{dead()}")()
    file("mixed/mine.png")()
    file("mixed/.mine.png.4")()
    link("linked", "away")()
    for name in ("ours", "mixed", "linked", "missing", "mixed/mine.png"):
        remove_written(Path(name), ["gantt.png", "map.svg"])
    assert sorted(standing()) == sorted(
        [
            "away",
            "away/gantt.png",
            f"away/.gantt.png.{dead()}",
            "linked",
            "mixed",
            "mixed/mine.png",
            "mixed/.mine.png.4",
        ]
    )


def dead() -> int:
    """The number of a process that is no more: above all that Linux gives."""
    return 2**22 + 1


WRITES = {"write_text", "write_bytes", "mkdir", "makedirs", "touch", "unlink", "rmdir", "rename", "symlink_to",
          "hardlink_to", "mkfifo", "imsave", "to_excel", "to_parquet", "to_pickle", "savetxt"}  # fmt: skip
FILING = {"shutil", "tempfile"}
"""Modules of which every function that is worth importing writes."""
INTO = {"savefig": 0, "savez": 0, "to_csv": 0, "to_json": 0, "to_html": 0, "dump": 1, "write": 0}
"""Function → which of its arguments says where to; a file there is written past the door."""


def writing(tree: ast.AST) -> Iterator[str]:
    """Every call of a module that writes to a file."""
    memory = set(in_memory(tree))
    for brought in (n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)):
        if FILING & {getattr(brought, "module", None), *(alias.name for alias in brought.names)}:
            yield ast.unparse(brought)
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = INTO.get(name)
        if name in WRITES or (name == "open" and not reads(call)):
            yield ast.unparse(call)
        elif place is not None and isinstance(call.func, ast.Attribute):
            yield from (ast.unparse(call) for where in call.args[place : place + 1] if ast.unparse(where) not in memory)


def in_memory(tree: ast.AST) -> Iterator[str]:
    """Names that stand for a BytesIO."""
    for given in (n for n in ast.walk(tree) if isinstance(n, ast.Assign)):
        names, values = (getattr(part, "elts", [part]) for part in (given.targets[0], given.value))
        yield from (ast.unparse(n) for n, v in zip(names, values, strict=False) if ast.unparse(v) == "BytesIO()")


def reads(call: ast.Call) -> bool:
    """Whether a file is opened for reading: without a mode, or with one that says so."""
    given = [k.value for k in call.keywords if k.arg == "mode"]
    given += call.args[:1] if isinstance(call.func, ast.Attribute) else call.args[1:2]
    return all(isinstance(a, ast.Constant) and a.value in ("r", "rb", "rt") for a in given)


@pytest.mark.parametrize("path", sorted(SIM.rglob("*.py")), ids=lambda p: str(p.relative_to(SIM)))
def test_nothing_is_written_past_the_door(path: Path) -> None:
    """Only sim/core/files.py and sim/core/doors.py make, write or remove files; screens write to streams.

    What the cache keeps, finished jobs of a run cut short too, is nobody's result, and a folder that it cannot make
    does no harm.
    """
    screens = ("core/screens.py", "report/screen/progress.py")
    if path.relative_to(SIM).as_posix() in (
        "core/files.py",
        "core/doors.py",
        "core/cache.py",
        "core/finished.py",
        *screens,
    ):
        return
    assert list(writing(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('open(p, "w")', True), ('p.open("ab")', True), ('p.open(mode="x")', True), ('open(p, "r+")', True),
        ("open(p)", False), ('p.open("rb")', False), ("p.write_text(t)", True), ("p.mkdir()", True),
        ("figure.savefig(path)", True), ("b = BytesIO()\nfigure.savefig(b)", False), ("report.write(str(p))", True),
        ("import shutil", True), ("from tempfile import mkstemp", True), ("open(p, mode)", True),
        ("table.to_csv(index=False)", False), ("table.to_csv(path)", True), ("json.dump(x, f)", True),
    ],
)  # fmt: skip
def test_the_watch_sees_what_it_watches_for(text: str, found: bool) -> None:
    """Each way of writing a file is seen, and reading one is not taken for it."""
    assert bool(list(writing(ast.parse(text)))) is found
