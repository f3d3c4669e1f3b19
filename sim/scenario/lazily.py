"""A library of which every file is known to be right: its processes are read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sim.core.errors import SpecError
from sim.scenario.amendments import Amendments
from sim.scenario.assembling import assembled
from sim.scenario.files import FILES, file_kind, strays
from sim.scenario.known import Marks, answer, digest, program
from sim.scenario.library import Input, Library, Spec
from sim.scenario.reading import faults_of, modelled
from sim.scenario.readings import Readings
from sim.scenario.said import nobody
from sim.spec.base import Model
from sim.spec.catalogue import Catalogue
from sim.spec.measured import Measured
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook
from sim.text import yamlio
from sim.text.reading import Text

SHARED: tuple[type[Model], ...] = (SourceBook, Catalogue, Practice, Amendments, Place, Measured)
"""What is read whatever is asked for."""


def lazily(root: Path) -> Library | None:
    """Return the library under `root` where all its files are right, else None.

    A file that is the same as when it was found right, beside the same files, is not checked again.
    """
    try:
        return _Lazily(root).library()
    except SpecError:
        return None


class _Processes(Mapping[str, Process]):
    """The processes of a library, each read when it is first asked for; which were is remembered."""

    def __init__(self, texts: Mapping[str, tuple[Path, Text]]) -> None:
        self._texts = texts
        self._specs: dict[str, Spec[Process]] = {}
        self.asked: set[str] = set()

    def spec(self, name: str) -> Spec[Process]:
        """The file of a process; raises KeyError where there is none, SpecError where it is wrong."""
        if name not in self._specs:
            path, text = self._texts[name]
            self._specs[name] = modelled(path, yamlio.document(text), Process, nobody)
        return self._specs[name]

    def __getitem__(self, name: str) -> Process:
        found = self.spec(name).model
        self.asked.add(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class _Lazily:
    """The files of a library, and which of them are known to be right."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shared = [*self._shared()]
        self.paths = file_kind(Process).paths(root)
        self.texts = {path.stem: (path, yamlio.text(path)) for path in self.paths}
        self.hashes = {name: text.sha256 for name, (_, text) in self.texts.items()}
        self.processes = _Processes(self.texts)

    def _shared(self) -> Iterator[Spec[Any]]:
        """Yield the files that are read whatever is asked for, which are nearly all that is read."""
        readings = Readings()
        for kind in SHARED:
            for path in file_kind(kind).paths(self.root):
                yield modelled(path, readings.document(yamlio.text(path)), kind, nobody)
        readings.save()

    def library(self) -> Library | None:
        """The library; None where something is wrong, or SpecError."""
        files = {*self.paths, *(spec.path for spec in self.shared)}
        plain = len(self.texts) == len(self.paths) and not strays(self.root, {*files, *_elsewhere(self.root)})
        if not (plain and self._once(SourceBook, "sources") and self._once(Catalogue, "materials")):
            return None
        inputs = [Input.of(spec) for spec in self.shared]
        inputs += [Input(Process.__name__, name, sha256) for name, sha256 in self.hashes.items()]
        groups = {name: path.parent.name for name, (path, _) in self.texts.items()}
        found = assembled(self.root, self.shared, self.processes, groups, inputs, files)
        return found if found and self._right(found) else None

    def _once(self, kind: type[Model], field: str) -> bool:
        """Whether nothing of a sort stands in two files."""
        keys = [key for spec in self.shared if isinstance(spec.model, kind) for key in getattr(spec.model, field)]
        return len(keys) == len(set(keys))

    def _right(self, library: Library) -> bool:
        """Whether every file is right; those that are not known to be are checked."""
        marks, beside = Marks(), [f"{spec.path.stem} {Input.of(spec)}" for spec in self.shared]
        context = digest([program(), *beside, *self.texts])
        for kind, name, sha256, spec in self._files():
            question = digest([context, kind.__name__, name, sha256])
            if not self._known(marks, question):
                if not self._checked(spec(), library):
                    return False
                marks.add(question, answer(self.processes.asked, self.hashes), self.processes.asked)
        marks.save()
        return True

    def _files(self) -> Iterator[tuple[type[Model], str, str, Callable[[], Spec[Any]]]]:
        """Yield of every file its kind, its name, its hash, and how it is read."""
        for shared in self.shared:
            yield type(shared.model), shared.path.stem, shared.document.sha256, partial(_same, shared)
        for name, sha256 in self.hashes.items():
            yield Process, name, sha256, partial(self.processes.spec, name)

    def _known(self, marks: Marks, question: str) -> bool:
        """Whether a file was found right beside what there is now."""
        before = marks.rested_on(question)
        return before is not None and before[0] == answer(before[1], self.hashes)

    def _checked(self, spec: Spec[Any], library: Library) -> bool:
        """Whether a file is right; the processes it is held against are remembered meanwhile."""
        self.processes.asked = set()
        return next(faults_of(spec, library), None) is None


def _elsewhere(root: Path) -> Iterator[Path]:
    """The files of other kinds, which no library holds."""
    return (path for kind in FILES.values() if kind.model not in (*SHARED, Process) for path in kind.paths(root))


def _same(spec: Spec[Any]) -> Spec[Any]:
    return spec
