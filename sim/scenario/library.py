"""The library: everything under `processes/`, checked, and the files it was read from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from sim.core.errors import Fault
from sim.scenario.amendments import Amendments
from sim.spec.base import Model
from sim.spec.bundles import shared_out
from sim.spec.calls import expanded
from sim.spec.catalogue import Catalogue
from sim.spec.findings import departments
from sim.spec.measured import Measured
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
class Broken:
    """A file that is wrong, or waits for one that is: it is left out of the library."""

    path: Path
    file: str
    """As it is told."""
    faults: tuple[Fault, ...]
    """Its own; none for one that only waits."""
    defines: Mapping[str, frozenset[str] | None]
    """Sort of thing → the ids of those that it would hold; None where they cannot be read."""
    waits_for: tuple[Broken, ...] = ()
    """Wrong files by which it may be that it is right."""

    def may_define(self, sort: str, name: str) -> bool:
        """Whether something of this sort and name may stand in it."""
        known = self.defines.get(sort, frozenset())
        return known is None or name in known

    @property
    def note(self) -> str:
        """That it is left out, and why."""
        if self.faults:
            number = f"{len(self.faults)} {'fault' if len(self.faults) == 1 else 'faults'}"
            return f"{self.file} is wrong and left out ({number}); `run.py validate` tells what to mend"
        roots = " and ".join(dict.fromkeys(fault.file for fault in self.roots))
        return f"{self.file} is left out, for {roots} is wrong; `run.py validate` tells what to mend"

    @property
    def roots(self) -> tuple[Fault, ...]:
        """The faults to be mended first: its own and those of all that it waits for."""
        return tuple(dict.fromkeys([*self.faults, *(fault for other in self.waits_for for fault in other.roots)]))


@dataclass(frozen=True)
class Library:
    """Everything under `processes/` that is right."""

    root: Path
    sources: Mapping[str, Source]
    catalogue: Catalogue
    practice: Practice
    places: Mapping[str, Place]
    processes: Mapping[str, Process]
    amendments: tuple[Amendments, ...]
    groups: Mapping[str, str]
    """Process → the folder it stands in."""
    measured: Mapping[str, Measured] = field(default_factory=dict)
    """Place → what its own records say."""
    inputs: tuple[Input, ...] = ()
    """Every file it was read from."""
    broken: tuple[Broken, ...] = ()
    """The files that are left out."""
    right: frozenset[Path] = frozenset()
    """Those that are in it."""

    @property
    def unread(self) -> frozenset[str]:
        """Processes whose files have faults of their own, told there: whoever names them is not wrong for it."""
        return frozenset(name for file in self.broken for name in file.defines.get("processes") or ())

    @cached_property
    def crews(self) -> Mapping[str, Mapping[str, int]]:
        """Department → role → how many may work on one case at once, in any of the places."""
        return departments(*self.places.values())

    def holds(self, path: Path) -> bool:
        """Whether a file is one of those in it, and so without faults."""
        whole, root = path.resolve(), self.root.resolve()
        return whole.is_relative_to(root) and self.root / whole.relative_to(root) in self.right

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything wrong with the files that are left out."""
        return tuple(fault for broken in self.broken for fault in broken.faults)

    def left_out(self, told: Collection[str] = ()) -> list[str]:
        """A note on every file that is left out, but for those whose faults are told already."""
        return [file.note for file in self.broken if not {file.file, *(f.file for f in file.roots)} & {*told}]

    def whole(self, process: str) -> Process:
        """Return a process with the steps of those that it calls, and limits of a whole shared out over its steps."""
        return shared_out(expanded(self.processes[process], self.processes))

    def sources_of(self, *owners: Any) -> dict[str, Source]:
        """Return the sources that all files share, and those of some files with sources of their own."""
        together: dict[str, Source] = {}
        for owner in (self, self.catalogue, self.practice, *self.amendments, *owners):
            together |= owner.sources
        return together
