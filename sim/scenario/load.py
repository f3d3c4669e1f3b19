"""The library and the files that rest on it, checked: every fault of a file at once, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sim.core.errors import Fault, SpecError
from sim.core.phases import phase
from sim.core.roots import library_root
from sim.scenario.dependence import waits_for
from sim.scenario.files import FILES, FileKind, kind_at
from sim.scenario.lazily import lazily
from sim.scenario.library import Library, Spec
from sim.scenario.reading import faults_of, modelled, read
from sim.scenario.said import Named, in_document
from sim.scenario.scenario import Scenario
from sim.scenario.shelf import shelved
from sim.spec.base import Model
from sim.spec.process import Process
from sim.text import yamlio
from sim.text.document import Document

M = TypeVar("M", bound=Model)


def load_library(root: Path | None = None) -> Library:
    """Return the library under `root`, the usual one when left out; raise one SpecError with all faults."""
    library = read_library(root)
    if library.broken:
        raise SpecError(library.faults)
    return library


def read_library(root: Path | None = None) -> Library:
    """Return what is right in the library under `root`, and as `broken` what is not.

    A file that names what only a wrong one may hold waits for it: it is left out too, and no other faults are told
    of it. Raises SpecError where the practice rule is wrong, for all rest on it.
    """
    place = root or library_root()
    with phase("library"):
        return lazily(place) or shelved(place)


def load(path: Path, kind: type[M], library: Library) -> Spec[M]:
    """Return the file as a model, checked against the library; raise SpecError with every fault."""
    return _checked(read(path, kind, lambda: called(library)), library)


def load_document(path: Path, document: Document, kind: type[M], library: Library) -> Spec[M]:
    """Return a document in the place of a file as a model, checked likewise; raise SpecError with every fault."""
    return _checked(modelled(path, document, kind, lambda: called(library)), library)


def load_any(path: Path, library: Library) -> Spec[Any]:
    """Return the file as the kind of model it is, checked against the library; raise SpecError likewise."""
    document = yamlio.read(path)
    kind = kind_of(path, document.data).model
    return load_document(path, document, kind, library)


def load_process(path: Path, library: Library) -> Spec[Process]:
    """Return the process in a file, checked against the library; raise SpecError with every fault."""
    return load(path, Process, library)


def load_scenario(path: Path, library: Library) -> Spec[Scenario]:
    """Return the scenario in a file, checked against the library; raise SpecError with every fault."""
    return load(path, Scenario, library)


def validate_path(path: Path, library: Library) -> list[Fault]:
    """Return every fault of one file, of whichever kind it is; a scenario's reforms are not tried."""
    try:
        load_any(path, library)
    except SpecError as error:
        return list(error.faults)
    return []


def kind_of(path: Path, data: Mapping[str, Any]) -> FileKind:
    """Return the kind of a file: which shares most of its keys, else that of its place, else which lacks least."""
    standing = kind_at(path)

    def nearness(kind: FileKind) -> tuple[int, bool, int]:
        known = kind.model.model_fields
        lacking = sum(field.is_required() for key, field in known.items() if key not in data)
        return len(known.keys() & data), kind is standing, -lacking

    return max(FILES.values(), key=nearness)


def scenario_paths(root: Path) -> list[Path]:
    """Return the files of all scenarios, by name."""
    return FILES["scenario"].paths(root)


def _checked(spec: Spec[M], library: Library) -> Spec[M]:
    if waiting := waits_for(spec.model, library, library.broken):
        raise SpecError([fault for file in waiting for fault in file.roots])
    if faults := list(faults_of(spec, library)):
        raise SpecError(faults)
    return spec


def called(library: Library) -> Iterator[Named]:
    """Yield what a library calls its processes, their steps, its places, departments and materials."""
    plain = {
        "processes": {name: process.model_dump() for name, process in library.processes.items()},
        "places": {name: place.model_dump() for name, place in library.places.items()},
        "materials": library.catalogue.model_dump()["materials"],
    }
    for section, things in plain.items():
        yield from in_document(things, section)
