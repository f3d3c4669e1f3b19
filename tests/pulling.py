"""Every command on a copy of the small library while its screen or its disk fails, and how each of them ends.

    python -m tests.pulling FAULT FOLDER

prints as JSON, for each command, its exit code, what it said of errors, and what it wrote. The program is loaded
once; each command is a process of its own.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).parent / "library"
OLD, SMALL = b"old", 20
"""What stands already where a command writes, and the bytes that a small disk takes of a file."""
REPORT = (
    "cases.csv", "events.csv", "index.html", "months.csv", "results.json", "waterfall.png", "waterfall.svg",
    *(f"shop/{chart}.{form}" for chart in ("distribution", "gantt", "process_map", "time_split")
      for form in ("png", "svg")),
)  # fmt: skip
FORMS = ("json", "csv")
HERE = "reports/faster"


@dataclass(frozen=True)
class Command:
    """A command, how it ends where nothing is wrong, and the files that it writes."""

    words: tuple[str, ...]
    files: tuple[str, ...] = ()
    code: int = 0
    over: bool = field(default=True)
    """Whether it writes over older files."""


def _tabled(name: str, chart: str, *words: str, besides: tuple[str, ...] = ()) -> Command:
    """A command that writes what it found as JSON and as a table, and draws it; and perhaps other files besides."""
    files = tuple(f"{name}.{form}" for form in FORMS)
    asked = (part for form, file in zip(FORMS, files, strict=True) for part in (f"--{form}", file))
    drawn = tuple(f"drawn/{chart}.{form}" for form in ("png", "svg", "html"))
    every = (name, *words, "--workers", "1", *asked, "--out", "drawn")
    return Command(every, (*files, *drawn, *besides))


FEW = ("--runs", "2", "--workers", "1")
COMMANDS: Mapping[str, Command] = {
    "list": Command(("list",)),
    "list places": Command(("list", "places")),
    "validate": Command(("validate",)),
    "show": Command(("show", "shop"), tuple(f"reports/shop/{name}" for name in ("before.bpmn", "map.png", "map.svg"))),
    "new": Command(("new", "process", "stall"), ("processes/drafts/stall.yaml",), over=False),
    "compare": Command(
        ("compare", "faster", *FEW, "--worlds", "2"), ("reports/index.html", *(f"{HERE}/{name}" for name in REPORT))
    ),
    "compare --quick": Command(("compare", "faster", *FEW, "--worlds", "2", "--quick")),
    "check": Command(("check", "--workers", "1", "--junit", "verdicts.xml"), ("verdicts.xml",), code=1),
    "scoreboard": Command(("scoreboard", "--workers", "1", "--json", "rows.json"), ("rows.json",)),
    "doubt": _tabled("doubt", "tornado_T1", "faster", "--runs", "2", "--worlds", "2", "--draws", "0"),
    "worlds": _tabled("worlds", "worlds", "--worlds", "2", besides=("reports/reference/worlds.json",)),
    "attribute": _tabled("attribute", "waterfall_T1", "faster", "--runs", "2"),
    "search": _tabled("search", "search", "faster", "--budget", "2"),
    "capacity": _tabled("capacity", "capacity", "faster", "--runs", "2"),
    "budget": _tabled("budget", "budget", "faster", "--runs", "2", "--target", "T1"),
    "diff": _tabled("diff", "moved", "faster", "faster", "--runs", "2"),
    "records": Command(("records", "faster", "--form", "events", "--days", "60", "--out", "export"),
                       ("export/shop/events.csv",)),
    "learn": Command(("learn", "../log.csv", "--json", "learnt.json"), ("learnt.json",)),
    "export": Command(("export", "faster", *FEW, "--worlds", "2", "--to", "md", "--to", "xlsx", "--to", "docx"),
                      tuple(f"{HERE}/faster.{ending}" for ending in ("docx", "md", "xlsx"))),
    "generate": Command(("generate",), ("processes/REFERENCE.md", "processes/REFERENCE.zh.md",
                                        "processes/schema/results.schema.json", *(
        f"processes/schema/{folder}{kind}.schema.json" for folder in ("", "zh/") for kind in (
            "amendments", "materials", "measured", "overlay", "place", "practice", "process", "scenario", "sources")))),
}  # fmt: skip


def nothing() -> None:
    """Nothing is wrong."""


def left() -> None:
    """Whoever read what is printed has left."""
    reads, writes = os.pipe()
    os.close(reads)
    os.dup2(writes, 1)


def small() -> None:
    """Files stand there already, and the disk takes next to nothing."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))


FAULTS: Mapping[str, Callable[[], None]] = {one.__name__: one for one in (nothing, left, small)}


def ends(command: Command, fault: Callable[[], None], root: Path) -> dict[str, Any]:
    """How a command ends on a copy of the library: its exit code, what it said of errors, and its files."""
    shutil.copytree(LIBRARY, root)
    before = {path for path in root.rglob("*") if path.is_file()}
    for name in command.files if fault is small and command.over else ():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(OLD)
    reads, writes = os.pipe()
    process = os.fork()
    if not process:
        _become(command, fault, root, writes)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as errors:
        said = errors.read()
    _, status = os.waitpid(process, 0)
    found = {path for path in root.rglob("*") if path.is_file()} - before
    files = sorted(path.relative_to(root).as_posix() for path in found if path.read_bytes() != OLD)
    return {"code": os.waitstatus_to_exitcode(status), "said": said, "files": files}


def _become(command: Command, fault: Callable[[], None], root: Path, told: int) -> None:
    """Be that command until its end."""
    from sim.cli import main
    from sim.core import progress

    progress.EVERY = math.inf  # how far it is would be told by how busy the machine is
    try:
        os.chdir(root)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        os.dup2(told, 2)
        sys.stdout, sys.stderr = (open(number, "w", closefd=False) for number in (1, 2))  # noqa: SIM115
        fault()
        sys.argv = ["run.py", "--root", str(root), *command.words]
        main()
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    finally:
        os._exit(70)


def main() -> None:
    """Try all commands under one fault, each in a folder of its own below one that is given."""
    from sim.export import workbook
    from sim.learn import looking
    from sim.report.charts import drawing
    from sim.report.page import page

    assert all((workbook, looking, drawing, page))  # loaded once, for all
    fault, folder = FAULTS[sys.argv[1]], Path(sys.argv[2]).absolute()
    folder.mkdir()
    made = ends(COMMANDS["records"], nothing, folder / "log")
    shutil.copy(folder / "log" / made["files"][0], folder / "log.csv")
    print(json.dumps({name: ends(one, fault, folder / name.replace(" ", "_")) for name, one in COMMANDS.items()}))


if __name__ == "__main__":
    main()
