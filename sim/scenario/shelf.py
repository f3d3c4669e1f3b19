"""Reading the library: every file, the faults of each, and what is right without those that are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.core.errors import Fault, SpecError
from sim.scenario.amendments import Amendments
from sim.scenario.assembling import assembled
from sim.scenario.dependence import defines, waits_for
from sim.scenario.files import FILES, file_kind, kind_at, strays
from sim.scenario.library import Broken, Input, Library, Spec
from sim.scenario.reading import faults_of, read
from sim.scenario.said import Named, in_document
from sim.spec.base import Model
from sim.spec.catalogue import Catalogue
from sim.spec.measured import Measured
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook
from sim.text import yamlio
from sim.text.reading import shown

KINDS: tuple[type[Model], ...] = (SourceBook, Catalogue, Practice, Amendments, Place, Measured, Process)
"""What a library holds, in the order in which it is read."""


def shelved(root: Path) -> Library:
    """Return what is right in the library under `root`, and as `broken` what is not; SpecError without a practice."""
    return _Shelf(root).fill()


class _Shelf:
    """The files of a library as they are read, and those that are wrong."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.specs: list[Spec[Any]] = []
        self.broken: list[Broken] = []

    def fill(self) -> Library:
        """Read all files, and check each against the others."""
        for kind in KINDS:
            for path in file_kind(kind).paths(self.root):
                self._read(path, kind)
        self.broken += [_stray(path, why) for path, why in strays(self.root).items()]
        for kind, field in ((SourceBook, "sources"), (Catalogue, "materials")):
            self._refuse(dict(self._twice(kind, field)))
        self._refuse(dict(self._taken()))
        return self._checked()

    def _read(self, path: Path, kind: type[Model]) -> None:
        try:
            self.specs.append(read(path, kind, lambda: self._called))
        except SpecError as error:
            self.broken.append(Broken(path, error.faults[0].file, error.faults, defines(kind, path, _data(path))))

    @cached_property
    def _called(self) -> tuple[Named, ...]:
        """What the files call things, as far as they can be read."""
        return tuple(named for kind in FILES.values() for path in kind.paths(self.root) for named in _named(path))

    def _twice(self, kind: type[Model], field: str) -> Iterator[tuple[Path, list[Fault]]]:
        """Yield every file of a kind with an entry that stands in another already."""
        first: dict[str, str] = {}
        for spec in self.specs:
            if isinstance(spec.model, kind):
                told = [
                    spec.fault((field, key), f"{key} stands in {first[key]} too; keep one", key=True)
                    for key in getattr(spec.model, field)
                    if first.setdefault(key, spec.document.file) != spec.document.file
                ]
                yield spec.path, told

    def _taken(self) -> Iterator[tuple[Path, list[Fault]]]:
        """Yield every process whose id another has already."""
        first: dict[str, Spec[Any]] = {}
        for spec in self._of(Process):
            if (other := first.setdefault(spec.model.id, spec)) is not spec:
                message = f"{other.document.file} has the id {spec.model.id} already; choose another"
                yield spec.path, [spec.fault(("id",), message)]

    def _checked(self) -> Library:
        """Check every file, and take out what is wrong until the rest is right."""
        self._wait()
        library = self._library()
        self._refuse({spec.path: list(faults_of(spec, library)) for spec in self.specs})
        self._wait()
        return self._library()

    def _wait(self) -> None:
        """Take out the files that wait for those that are wrong, and those that wait for them in their turn."""
        while self.broken:
            library = self._library()
            waiting = {spec.path: waits_for(spec.model, library, self.broken) for spec in self.specs}
            waiting = {path: files for path, files in waiting.items() if files}
            if not waiting:
                return
            self._take_out({path: ([], files) for path, files in waiting.items()})

    def _refuse(self, faults: dict[Path, list[Fault]]) -> None:
        self._take_out({path: (told, ()) for path, told in faults.items() if told})

    def _take_out(self, wrong: dict[Path, tuple[list[Fault], Sequence[Broken]]]) -> None:
        """Leave files out, for their own faults or for those they wait for."""
        for spec in [spec for spec in self.specs if spec.path in wrong]:
            faults, files = wrong[spec.path]
            held = defines(type(spec.model), spec.path, spec.document.data)
            self.broken.append(Broken(spec.path, spec.document.file, tuple(faults), held, tuple(files)))
        self.specs = [spec for spec in self.specs if spec.path not in wrong]

    def _library(self) -> Library:
        processes = self._of(Process)
        found = assembled(
            self.root,
            self.specs,
            {spec.model.id: spec.model for spec in processes},
            {spec.model.id: spec.path.parent.name for spec in processes},
            map(Input.of, self.specs),
            (spec.path for spec in self.specs),
            self.broken,
        )
        if found is None:
            raise SpecError(fault for file in self.broken for fault in file.roots)
        return found

    def _of(self, kind: type[Model]) -> list[Spec[Any]]:
        return [spec for spec in self.specs if isinstance(spec.model, kind)]


def _data(path: Path) -> Any:
    """What is written in a file, as far as it can be read."""
    try:
        return yamlio.read(path).data
    except SpecError:
        return None


def _stray(path: Path, why: str) -> Broken:
    """A file or folder that looks like one of the library and is not read."""
    file, held = shown(path), frozenset([path.stem])
    return Broken(path, file, (Fault(file, 1, "", why),), {"processes": held, "places": held})


def _named(path: Path) -> Iterable[Named]:
    """What a file calls things; nothing where it cannot be read."""
    data = _data(path)
    if data is None:
        return ()
    section = kind_at(path)
    whole = {data["id"]: data} if isinstance(data.get("id"), str) else data
    return in_document(whole, {"place": "places"}.get(section.id, "") if section else "processes")
