"""What files name in other files, and which wrong files may hold it: those they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.scenario.amendments import Amendments
from sim.scenario.library import Broken, Library
from sim.scenario.scenario import Scenario
from sim.spec.catalogue import Catalogue
from sim.spec.findings import citations
from sim.spec.graph import NATURE, ORDER
from sim.spec.measured import Measured
from sim.spec.place import Place
from sim.spec.process import Process
from sim.spec.sources import SourceBook

HOLDS: Mapping[type, tuple[str, ...]] = {
    Process: ("processes",),
    Place: ("places", "departments"),
    Catalogue: ("materials",),
    SourceBook: ("sources",),
}
"""Kind of file → the sorts of things in it that other files name."""
_BY_FILE = ("processes", "places")
"""Sorts of which a file holds one, which has its name."""


def defines(kind: type, path: Path, data: Any) -> dict[str, frozenset[str] | None]:
    """Return sort → the ids of what a file of this kind holds, None where its data cannot be read."""
    return {sort: _ids(sort, path, data) for sort in HOLDS.get(kind, ())}


def _ids(sort: str, path: Path, data: Any) -> frozenset[str] | None:
    if sort in _BY_FILE:
        return frozenset([path.stem])
    held = data.get(sort) if isinstance(data, dict) else None
    return frozenset(map(str, held)) if isinstance(held, dict) else None


def waits_for(model: Any, library: Library, broken: Iterable[Broken]) -> tuple[Broken, ...]:
    """Return the wrong files that may hold what a model names and no file that is right holds."""
    known: Mapping[str, Any] = {
        "processes": library.processes,
        "places": library.places,
        "materials": library.catalogue.materials,
        "sources": {**library.sources, **getattr(model, "sources", {})},
        "departments": {d for place in library.places.values() for d in place.departments},
    }
    missing = {(sort, name) for sort, name in names(model) if name not in known[sort]}
    return tuple(file for file in broken if any(file.may_define(sort, name) for sort, name in missing))


def names(model: Any) -> Iterator[tuple[str, str]]:
    """Yield sort and id of everything outside its own file that a model names."""
    for _, key in citations(model):
        yield "sources", key
    if isinstance(model, Process):
        yield from _of_process(model)
    elif isinstance(model, Scenario):
        yield "places", model.place
        yield from (("processes", process) for process in model.demand)
    elif isinstance(model, Measured):
        yield "places", model.id
        yield from (("processes", process) for process in model.processes)
    elif isinstance(model, Amendments):
        yield from (("processes", reform.process) for reform in model.amendments if reform.process)


def _of_process(process: Process) -> Iterator[tuple[str, str]]:
    yield from (("materials", material) for material in process.fetched)
    for step in process.steps.values():
        yield from (("sources", reason) for reason in step.after.values() if reason not in (ORDER, NATURE))
        yield from (("materials", need.material) for need in step.needs)
        yield from (("materials", material) for material in step.yields)
        yield from (("departments", department) for department in (step.at, step.window) if department)
        if step.call is not None:
            yield "processes", step.call
