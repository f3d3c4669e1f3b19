"""Libraries that hold: for each scenario the files that it rests on, and no more, so that one is read in a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.spec.calls import called
from sim.text import yamlio
from tests.bare import FILES

ROOT = Path(__file__).parents[2]
SHIPPED, SMALL = ROOT, ROOT / "tests/library"


@dataclass(frozen=True)
class Seed:
    """A library of one scenario."""

    name: str
    files: Mapping[str, str]
    """File → what is in it."""
    own: tuple[str, ...]
    """The files that are spoiled: the scenario's own, its place's and its processes', and now and then a shared one."""


@cache
def seeds() -> tuple[Seed, ...]:
    """The bare library, that of the tests, and one for each scenario that is shipped."""
    bare = Seed("bare", FILES, tuple(FILES))
    return (bare, *_of(SMALL), *_of(SHIPPED))


def _of(root: Path) -> Iterator[Seed]:
    library = load_library(root)
    shared = {path: path.read_text(encoding="utf-8") for path in sorted((root / "processes").rglob("*.yaml"))}
    for path in scenario_paths(root):
        scenario = load_scenario(path, library).model
        wanted = set().union(*(called(process, library.processes) for process in scenario.demand))
        files, own = {}, [path]
        for file, text in shared.items():
            if file.stem in library.processes and file.name != "sources.yaml":
                if file.stem in wanted:
                    files[file], _ = text, own.append(file)
            elif file.parent.name == "places":
                if file.stem == scenario.place:
                    files[file], _ = text, own.append(file)
            elif file.name == "amendments.yaml":
                files[file] = _amending(text, wanted)
            else:
                files[file] = text
        files[path] = path.read_text(encoding="utf-8")
        if scenario.calendar:
            calendar = path.parent / scenario.calendar
            files[calendar], _ = calendar.read_text(encoding="utf-8"), own.append(calendar)
        named = {file.relative_to(root).as_posix(): text for file, text in files.items()}
        yield Seed(path.stem, named, tuple(file.relative_to(root).as_posix() for file in own))


def _amending(text: str, wanted: set[str]) -> str:
    """A book of amendments with those of some processes alone."""
    data: dict[str, Any] = yamlio.parse(text, "amendments.yaml").data
    kept = [entry for entry in data["amendments"] if entry["process"] in wanted]
    return yamlio.dump({**data, "amendments": kept})
