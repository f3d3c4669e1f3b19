"""What is wrong with the files, and what a reader should see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sim.core.errors import Fault, SpecError
from sim.core.progress import Tell, silent, told
from sim.scenario.files import FILES, SUFFIXES
from sim.scenario.library import Broken, Library
from sim.scenario.load import load_any, read_library, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.scenario import Scenario
from sim.spec.flags import flags, place_flags
from sim.text.reading import shown

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".xes", ".gz", ".parquet")
"""How files of records end, which some hand in for a spec."""


def validate(path: Path, library: Library) -> list[Fault]:
    """Return every fault of one file, of whichever kind it is; the reforms of a scenario are tried."""
    if path.suffix.lower() in TABLES:
        return [Fault(shown(path), 1, "", f"a table is no spec; `run.py learn {path.name}` reads records of cases")]
    try:
        spec = load_any(path, library)
        if isinstance(spec.model, Scenario):
            prepare(spec, library)
    except SpecError as error:
        return list(error.faults)
    return []


def faults_and_notes(root: Path, paths: Sequence[Path], tell: Tell = silent) -> tuple[list[Fault], list[str]]:
    """Every fault of the files, of all when none are named, and what is allowed but should meet a reader's eye.

    A folder stands for the files in it. Faults of files that are not asked for are notes. `tell` is told how many files
    are checked.
    """
    try:
        library = read_library(root)
    except SpecError as error:
        return list(error.faults), []
    if not paths:
        return _all(library, root, tell)
    asked = [file for path in paths for file in _files(path)]
    found = [fault for path in told(asked, tell) for fault in _of(path, library)]
    faults = list(dict.fromkeys(found))
    return faults, [f"{fault}" for fault in library.faults if fault not in faults]


def _all(library: Library, root: Path, tell: Tell) -> tuple[list[Fault], list[str]]:
    others = [*scenario_paths(root), *FILES["overlay"].paths(root)]
    found = {path: validate(path, library) for path in told(others, tell)}
    own = {path: [fault for fault in faults if fault not in library.faults] for path, faults in found.items()}
    faults = dict.fromkeys([*library.faults, *(fault for faults in own.values() for fault in faults)])
    waiting = [(shown(path), found[path]) for path in others if found[path] and not own[path]]
    waiting += [(file.file, list(file.roots)) for file in library.broken if not file.faults]
    notes = [f"{file} is not checked before {_named(roots)} is mended" for file, roots in waiting]
    flagged = [f"{name}: {flag}" for name, p in library.processes.items() for flag in flags(p, library.sources_of(p))]
    flagged += [f"{name}: {flag}" for name, place in library.places.items() for flag in place_flags(place)]
    return list(faults), [*notes, *flagged]


def _named(faults: Iterable[Fault]) -> str:
    return " and ".join(dict.fromkeys(fault.file for fault in faults))


def _files(path: Path) -> list[Path]:
    """The files that are meant: the one, or all in a folder."""
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and not file.name.startswith("."))
    return sorted(found)


def _of(path: Path, library: Library) -> Iterator[Fault]:
    """The faults of a file; those of the files that it waits for, where it cannot be checked before."""
    if library.holds(path):
        return
    known = {file.path.resolve(): file for file in library.broken}
    broken: Broken | None = known.get(path.resolve())
    yield from broken.roots if broken else validate(path, library)
