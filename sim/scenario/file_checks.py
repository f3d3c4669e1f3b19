"""What each kind of file is checked for against the library, when its every key is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sim.core.errors import ReformError, unknown
from sim.core.holidays import is_day_off
from sim.records.measures.register import MEASURES
from sim.records.moments import CASE_KEYS, MOMENTS
from sim.reforms.apply import World, untouched
from sim.reforms.base import Context, PlaceReform
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.scenario.trial import tried
from sim.spec.base import Model, Name
from sim.spec.call_checks import all_right, call_findings
from sim.spec.findings import Finding, Known, is_date, parts, uncited, write
from sim.spec.opening import out_of_order
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Department, Place, StaffGroup
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.text.clocks import as_date
from sim.text.document import KeyPath

NOWHERE = Place(id="nowhere", name=Name(zh="任何地方", en="Anywhere"), hours={}, departments={})
"""A place for what holds wherever it is."""


def _own(model: Any, library: Library) -> dict[str, Any]:
    """Return the sources that a file may cite: its own and those that all share."""
    return {**library.sources, **model.sources}


def process_file(process: Process, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a process."""
    known = _known(process, library)
    yield from process_findings(process, known)
    for name in process.attributes:
        if name in {*CASE_KEYS, *MOMENTS, *MEASURES}:
            message = f"{name} is a column of cases.csv already; choose another name"
            yield Finding(("attributes", name), message, key=True)
    yield from call_findings(process, library.processes, known)


def _known(process: Process, library: Library) -> Known:
    return Known(_own(process, library), library.catalogue.materials, library.crews, library.unread)


def sound(name: str, library: Library) -> Process | None:
    """Return a process with all that it calls; None where one of them is wrong, which is told of its own file."""
    process = library.processes[name]
    right = all_right([name], library.processes, _known(process, library))
    return library.whole(name) if right and not next(process_file(process, library), None) else None


def place_file(place: Place, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a place."""
    yield from uncited(place, _own(place, library))
    yield from _office(place)
    for path, part in parts(place):
        if isinstance(part, StaffGroup) and part.hours not in place.hours:
            yield Finding((*path, "hours"), unknown("hours", part.hours, place.hours))
    acting = [name for name, department in place.departments.items() if department.by is None]
    for name, department in place.departments.items():
        if department.by is not None and department.by not in acting:
            yield Finding(("departments", name, "by"), unknown("acting department", department.by, acting))
        yield from _of_department(("departments", name), department)


def _office(place: Place) -> Iterator[Finding]:
    """Yield what is wrong with the hours that working days are measured in."""
    if "office" not in place.hours:
        yield Finding(("hours",), "the standard working day is missing; add office", key=True)
    elif place.hours["office"].also:
        message = "office is the working day that all working days are measured in; take also out, and give those who \
open on more days hours of their own"
        yield Finding(("hours", "office", "also"), message, key=True)


def _of_department(path: KeyPath, department: Department) -> Iterator[Finding]:
    """Yield what a department says of dates that are none, and of roles that hand on nothing."""
    for i, day in enumerate(department.closed):
        if not is_date(day):
            yield Finding((*path, "closed", i), f"wanted a date YYYY-MM-DD, found {day!r}")
    for day, periods in department.open.items():
        if not is_date(day):
            yield Finding((*path, "open", day), f"wanted a date YYYY-MM-DD, found {day!r}", key=True)
        elif day in department.closed:
            yield Finding((*path, "open", day), f"{day} is under closed too; keep one", key=True)
        if wrong := out_of_order(periods):
            yield Finding((*path, "open", day), wrong)
    for i, role in enumerate(department.hands_on):
        if role not in department.staff:
            yield Finding((*path, "hands_on", i), unknown("role", role, department.staff))
        elif len(department.staff[role]) == 1:
            message = f"{role} are one group, and nobody else is there to go on; add a group with other hours"
            yield Finding((*path, "hands_on", i), message)


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
    worlds: dict[str, World] = {}
    for i, reform in enumerate(amendments.amendments):
        name = reform.process or ""
        if name not in worlds:
            whole = sound(name, library)
            if whole is None:
                continue
            worlds[name] = untouched({name: whole}, NOWHERE)
        context = Context(library.catalogue.materials, library.sources_of(library.whole(name), amendments))
        try:
            worlds[name], _ = tried(worlds[name], reform, context, library.crews)
        except ReformError as error:
            yield Finding(("amendments", i), str(error))


def _of_year(year: str, day: str) -> str:
    """The day of a year that is written in another way; "" for one of another year."""
    meant = as_date(day)
    return meant if meant[:4] == year else ""


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
                    yield Finding(path, f"wanted a day of {year}, found {day!r}{write(_of_year(year, day))}")
                elif field == "workdays" and not is_day_off(date.fromisoformat(day)):
                    yield Finding(path, f"{day} is no weekend; take it out, Monday to Friday are working days")
