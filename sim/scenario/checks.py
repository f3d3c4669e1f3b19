"""Checks of a file against all the others: which checks each kind of file goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sim.core.errors import unknown
from sim.core.holidays import is_day_off
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_checks import scenario_findings
from sim.spec.base import Model
from sim.spec.calls import called
from sim.spec.catalogue import Catalogue
from sim.spec.findings import Finding, Known, departments, is_date, parts, uncited, undated
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place, StaffGroup
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.spec.sources import SourceBook


def findings(model: Any, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a file whose every key is right."""
    yield from undated(model)
    if not isinstance(model, SourceBook):
        yield from _ambiguous(model, library)
    yield from CHECKS[type(model)](model, library)


def _ambiguous(model: Any, library: Library) -> Iterator[Finding]:
    """Yield every key of a source that means something else in another file of the library."""
    sources: Mapping[str, Any] = model.sources
    for key, source in sources.items():
        if key in library.sources:
            yield Finding(("sources", key), f"{key} is a key of the shared sources too; keep one", key=True)
            continue
        for other in _others(model, library):
            if other.sources.get(key, source) != source:
                message = f"{key} means something else in {_called(other)}; choose another key"
                yield Finding(("sources", key), message, key=True)
                break


def _others(model: Any, library: Library) -> Iterator[Any]:
    """Yield the files with sources of their own, all but the one itself."""
    own = type(model), getattr(model, "id", None)
    for other in (library.catalogue, library.practice, *library.places.values(), *library.processes.values()):
        if (type(other), getattr(other, "id", None)) != own:
            yield other


def _called(owner: Model) -> str:
    if isinstance(owner, Place | Process):
        return f"the {type(owner).__name__.lower()} {owner.id}"
    return "the catalogue of materials" if isinstance(owner, Catalogue) else "the practice rule"


def _own(model: Any, library: Library) -> dict[str, Any]:
    """Return the sources that a file may cite: its own and those that all share."""
    return {**library.sources, **model.sources}


def _process(process: Process, library: Library) -> Iterator[Finding]:
    known = Known(_own(process, library), library.catalogue.materials, departments(*library.places.values()))
    yield from process_findings(process, known)
    for step_id, step in process.steps.items():
        if step.call is not None and step.call not in library.processes:
            yield Finding(("steps", step_id, "call"), unknown("process", step.call, library.processes))
        elif step.call is not None and process.id in called(step.call, library.processes):
            yield Finding(("steps", step_id, "call"), f"{step.call} calls {process.id} in its turn; break the circle")


def _place(place: Place, library: Library) -> Iterator[Finding]:
    yield from uncited(place, _own(place, library))
    if "office" not in place.hours:
        yield Finding(("hours",), "the standard working day is missing; add office", key=True)
    for path, part in parts(place):
        if isinstance(part, StaffGroup) and part.hours not in place.hours:
            yield Finding((*path, "hours"), unknown("hours", part.hours, place.hours))
    acting = [name for name, department in place.departments.items() if department.by is None]
    for name, department in place.departments.items():
        if department.by is not None and department.by not in acting:
            yield Finding(("departments", name, "by"), unknown("acting department", department.by, acting))


def _cited(model: Catalogue | Practice | SourceBook, library: Library) -> Iterator[Finding]:
    return uncited(model, _own(model, library))


def _amended(amendments: Amendments, library: Library) -> Iterator[Finding]:
    yield from uncited(amendments, _own(amendments, library))
    for i, reform in enumerate(amendments.amendments):
        source = _own(amendments, library).get(reform.source)
        if reform.process not in library.processes:
            found = unknown("process", reform.process or "", library.processes)
            yield Finding(("amendments", i, "process"), found)
        if source and (source.kind != "law" or source.valid_from is None):
            message = f"an amendment follows a law with valid_from; {reform.source} is none"
            yield Finding(("amendments", i, "source"), message)


def _overlay(overlay: CalendarOverlay, library: Library) -> Iterator[Finding]:
    yield from uncited(overlay, _own(overlay, library))
    for year, days in overlay.years.items():
        if not is_date(f"{year}-01-01"):
            yield Finding(("years", year), f"wanted a year YYYY, found {year!r}", key=True)
            continue
        for field in ("holidays", "workdays"):
            for i, day in enumerate(getattr(days, field)):
                path = ("years", year, field, i)
                if not is_date(day) or day[:4] != year:
                    yield Finding(path, f"wanted a day of {year}, found {day!r}")
                elif field == "workdays" and not is_day_off(date.fromisoformat(day)):
                    yield Finding(path, f"{day} is no weekend; take it out, Monday to Friday are working days")


CHECKS: Mapping[type[Model], Callable[[Any, Library], Iterator[Finding]]] = {
    Process: _process,
    Place: _place,
    Scenario: scenario_findings,
    Catalogue: _cited,
    Practice: _cited,
    SourceBook: _cited,
    Amendments: _amended,
    CalendarOverlay: _overlay,
}
