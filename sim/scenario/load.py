"""Reading the library and a scenario from files: every fault of a file at once, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.core.errors import Fault, SpecError
from sim.core.roots import library_root
from sim.scenario import checks, wording
from sim.scenario.amendments import Amendments
from sim.scenario.files import FILES, FileKind, file_kind, kind_at
from sim.scenario.library import Input, Library, Spec
from sim.scenario.said import Named, Others, in_document, nobody
from sim.scenario.scenario import Scenario
from sim.spec.base import Model
from sim.spec.catalogue import Catalogue
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook
from sim.text import yamlio
from sim.text.document import Document

M = TypeVar("M", bound=Model)


def read(path: Path, kind: type[M], others: Others = nobody) -> Spec[M]:
    """Return the file as a model, without checks against other files; raise SpecError with every fault.

    `others` tells what other files call things, for names that stand where ids should.
    """
    return _modelled(path, yamlio.read(path), kind, others)


def _modelled(path: Path, document: Document, kind: type[M], others: Others) -> Spec[M]:
    faults = list(wording.empty(document))
    try:
        model = kind.model_validate(document.data)
    except ValidationError as error:
        raise SpecError([*faults, *wording.faults(document, kind, error, others)]) from None
    if faults:
        raise SpecError(faults)
    return Spec(path, document, model)


def load_library(root: Path | None = None) -> Library:
    """Return the library under `root`, the usual one when left out; raise one SpecError with all faults."""
    shelf = _Shelf(root or library_root())
    library = shelf.fill()
    if shelf.faults or library is None:
        raise SpecError(shelf.faults)
    return library


def load(path: Path, kind: type[M], library: Library) -> Spec[M]:
    """Return the file as a model, checked against the library; raise SpecError with every fault."""
    return _checked(read(path, kind, lambda: called(library)), library)


def load_any(path: Path, library: Library) -> Spec[Any]:
    """Return the file as the kind of model it is, checked against the library; raise SpecError likewise."""
    document = yamlio.read(path)
    kind = kind_of(path, document.data).model
    return _checked(_modelled(path, document, kind, lambda: called(library)), library)


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
    if faults := list(_faults(spec, library)):
        raise SpecError(faults)
    return spec


def _faults(spec: Spec[Any], library: Library) -> Iterator[Fault]:
    stem = spec.path.stem
    name = getattr(spec.model, "id", stem)
    if name != stem:
        message = f"the id is not the file's name: write {stem}, or call the file {name}.yaml"
        yield spec.fault(("id",), message)
    for finding in checks.findings(spec.model, library):
        yield spec.fault(*finding)


def called(library: Library) -> Iterator[Named]:
    """Yield what a library calls its processes, their steps, its places, departments and materials."""
    plain = {
        "processes": {name: process.model_dump() for name, process in library.processes.items()},
        "places": {name: place.model_dump() for name, place in library.places.items()},
        "materials": library.catalogue.model_dump()["materials"],
    }
    for section, things in plain.items():
        yield from in_document(things, section)


def _named(path: Path) -> Iterator[Named]:
    """Yield what a file calls things; nothing where it cannot be read."""
    try:
        data = yamlio.read(path).data
    except SpecError:
        return
    section = kind_at(path)
    whole = {data["id"]: data} if isinstance(data.get("id"), str) else data
    yield from in_document(whole, {"place": "places"}.get(section.id, "") if section else "processes")


class _Shelf:
    """The files of a library as they are read, and the faults met on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.specs: list[Spec[Any]] = []

    def fill(self) -> Library | None:
        """Read all files and check each against the others; None if one that all share is wrong."""
        books = self._read_all(SourceBook)
        catalogues = self._read_all(Catalogue)
        (practice,) = self._read_all(Practice)
        amendments = self._read_all(Amendments)
        places = self._read_all(Place)
        self._read_all(Process)
        if not (all(amendments) and all(books) and all(catalogues) and practice and all(places)):
            return None
        library = Library(
            root=self.root,
            sources=self._joined(SourceBook, "sources"),
            catalogue=Catalogue(
                sources=self._joined(Catalogue, "sources"), materials=self._joined(Catalogue, "materials")
            ),
            practice=practice,
            places={place.id: place for place in places if place},
            processes={spec.model.id: spec.model for spec in self._processes()},
            amendments=tuple(amendment for amendment in amendments if amendment),
            groups={spec.model.id: spec.path.parent.name for spec in self._processes()},
            inputs=tuple(map(Input.of, self.specs)),
        )
        self.faults += [fault for spec in self.specs for fault in _faults(spec, library)]
        self.faults += self._taken()
        return library

    @cached_property
    def _called(self) -> tuple[Named, ...]:
        """What the files call things, as far as they can be read."""
        return tuple(named for kind in FILES.values() for path in kind.paths(self.root) for named in _named(path))

    def _taken(self) -> Iterator[Fault]:
        """Yield every process whose id another has already."""
        first: dict[str, Spec[Process]] = {}
        for spec in self._processes():
            if first.setdefault(spec.model.id, spec) is not spec:
                other = first[spec.model.id].document.file
                yield spec.fault(("id",), f"{other} has the id {spec.model.id} already; choose another")

    def _read_all(self, kind: type[M]) -> list[M | None]:
        """Read every file that holds this; None for one that is wrong."""
        return [self._read(path, kind) for path in file_kind(kind).paths(self.root)]

    def _joined(self, kind: type[Model], field: str) -> dict[str, Any]:
        """Put the entries of all files of a kind together, and note every one that stands in two."""
        together: dict[str, Any] = {}
        first: dict[str, str] = {}
        for spec in self.specs:
            for key, entry in getattr(spec.model, field).items() if isinstance(spec.model, kind) else ():
                if key in together:
                    message = f"{key} stands in {first[key]} too; keep one"
                    self.faults.append(spec.fault((field, key), message, key=True))
                first.setdefault(key, spec.document.file)
                together.setdefault(key, entry)
        return together

    def _processes(self) -> list[Spec[Process]]:
        return [spec for spec in self.specs if isinstance(spec.model, Process)]

    def _read(self, path: Path, kind: type[M]) -> M | None:
        try:
            spec = read(path, kind, lambda: self._called)
        except SpecError as error:
            self.faults += error.faults
            return None
        self.specs.append(spec)
        return spec.model
