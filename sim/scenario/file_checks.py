"""What each kind of file is checked for against the library, when its every key is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sim.core.errors import ReformError, unknown
from sim.core.holidays import is_day_off
from sim.reforms.apply import World, untouched
from sim.reforms.base import Context, PlaceReform
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.scenario.trial import tried
from sim.spec.base import Model, Name
from sim.spec.call_checks import call_findings
from sim.spec.calls import measured
from sim.spec.findings import Finding, Known, departments, is_date, parts, uncited
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place, StaffGroup
from sim.spec.process import Process
from sim.spec.process_checks import process_findings

NOWHERE = Place(id="nowhere", name=Name(zh="任何地方", en="Anywhere"), hours={}, departments={})
"""A place for what holds wherever it is."""


def _own(model: Any, library: Library) -> dict[str, Any]:
    """Return the sources that a file may cite: its own and those that all share."""
    return {**library.sources, **model.sources}


def process_file(process: Process, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a process."""
    places = departments(*library.places.values())
    known = Known(_own(process, library), library.catalogue.materials, places, library.unread)
    yield from process_findings(process, known)
    yield from call_findings(process, library.processes, known)


def place_file(place: Place, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a place."""
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


def citing_file(model: Model, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a file that names nothing but sources."""
    return uncited(model, _own(model, library))


def amendments_file(amendments: Amendments, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a book of amendments."""
    found = [*uncited(amendments, _own(amendments, library)), *_laws(amendments, library)]
    yield from found or _tried(amendments, library)


def _laws(amendments: Amendments, library: Library) -> Iterator[Finding]:
    """Yield every amendment that no dated law makes of a process, and every one that follows a later one."""
    latest = ""
    for i, reform in enumerate(amendments.amendments):
        source = _own(amendments, library).get(reform.source)
        if isinstance(reform, PlaceReform):
            yield Finding(("amendments", i), "a national rule changes processes; leave staff and hours to scenarios")
        elif reform.process not in {*library.processes, *library.unread}:
            found = unknown("process", reform.process or "", library.processes)
            yield Finding(("amendments", i, "process"), found)
        valid_from = getattr(source, "valid_from", None)
        if source and (source.kind != "law" or valid_from is None):
            message = f"an amendment follows a law with valid_from; {reform.source} is none"
            yield Finding(("amendments", i, "source"), message)
        elif valid_from and valid_from < latest:
            message = f"{reform.source} applies from {valid_from}, and one above from {latest}; put the oldest first"
            yield Finding(("amendments", i, "source"), message)
        latest = max(latest, valid_from or "")


def _tried(amendments: Amendments, library: Library) -> Iterator[Finding]:
    """Yield every amendment that is refused by the process it changes, after those above it; told once each."""
    crews = departments(*library.places.values())
    worlds: dict[str, World] = {}
    for i, reform in enumerate(amendments.amendments):
        name = reform.process or ""
        if name not in worlds:
            if not measured(name, library.processes) or next(process_file(library.processes[name], library), None):
                continue  # told of the process's own file, or of one that it calls
            worlds[name] = untouched({name: library.whole(name)}, NOWHERE)
        context = Context(library.catalogue.materials, library.sources_of(library.whole(name), amendments))
        try:
            worlds[name], _ = tried(worlds[name], reform, context, crews)
        except ReformError as error:
            yield Finding(("amendments", i), str(error))


def overlay_file(overlay: CalendarOverlay, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a calendar."""
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
