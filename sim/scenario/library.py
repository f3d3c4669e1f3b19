"""The library: everything under `processes/`, checked, and the files it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sim.core.errors import Fault
from sim.scenario.amendments import Amendments
from sim.spec.base import Model
from sim.spec.bundles import shared_out
from sim.spec.calls import expanded
from sim.spec.catalogue import Catalogue
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.text.document import Document

M_co = TypeVar("M_co", bound=Model, covariant=True)


@dataclass(frozen=True)
class Spec(Generic[M_co]):
    """A file whose every key is right: its content with lines, and as a model."""

    path: Path
    document: Document
    model: M_co

    def fault(self, path: tuple[str | int, ...], message: str, key: bool = False) -> Fault:
        """Return a fault at a path of the model; where the file has a shorter form, at that form."""
        data: Any = self.document.data
        written: list[str | int] = []
        for part in path:
            if not isinstance(data, dict | list):
                break
            written.append(part)
            data = data.get(part) if isinstance(data, dict) else data[int(part)]
        return self.document.fault(written, message, key=key)


@dataclass(frozen=True, order=True)
class Input:
    """The content of a file that a result rests on, wherever the file stands."""

    kind: str
    """What the file is: process, place, …"""
    id: str
    """Which of its kind; nothing for a file that is not told from others of its kind."""
    sha256: str

    @classmethod
    def of(cls, spec: Spec[Model]) -> Input:
        """The content of a file as it was read."""
        return cls(type(spec.model).__name__, getattr(spec.model, "id", ""), spec.document.sha256)


@dataclass(frozen=True)
class Library:
    """Everything under `processes/`."""

    root: Path
    sources: Mapping[str, Source]
    catalogue: Catalogue
    practice: Practice
    places: Mapping[str, Place]
    processes: Mapping[str, Process]
    amendments: tuple[Amendments, ...]
    groups: Mapping[str, str]
    """Process → the folder it stands in."""
    inputs: tuple[Input, ...] = ()
    """Every file it was read from."""

    def whole(self, process: str) -> Process:
        """Return a process with the steps of those that it calls, and limits of a whole shared out over its steps."""
        return shared_out(expanded(self.processes[process], self.processes))

    def sources_of(self, *owners: Any) -> dict[str, Source]:
        """Return the sources that all files share, and those of some files with sources of their own."""
        together: dict[str, Source] = {}
        for owner in (self, self.catalogue, self.practice, *self.amendments, *owners):
            together |= owner.sources
        return together
