"""What each kind of file is checked for against the library, when its every key is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sim.core.errors import unknown
from sim.core.holidays import is_day_off
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.spec.base import Model
from sim.spec.calls import called
from sim.spec.findings import Finding, Known, departments, is_date, parts, uncited
from sim.spec.opening import out_of_order
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Department, Place, StaffGroup
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.text.document import KeyPath


def _own(model: Any, library: Library) -> dict[str, Any]:
    """Return the sources that a file may cite: its own and those that all share."""
    return {**library.sources, **model.sources}


def process_file(process: Process, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a process."""
    known = Known(_own(process, library), library.catalogue.materials, departments(*library.places.values()))
    yield from process_findings(process, known)
    for step_id, step in process.steps.items():
        if step.call is not None and step.call not in library.processes:
            yield Finding(("steps", step_id, "call"), unknown("process", step.call, library.processes))
        elif step.call is not None and process.id in called(step.call, library.processes):
            yield Finding(("steps", step_id, "call"), f"{step.call} calls {process.id} in its turn; break the circle")


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
    yield from uncited(amendments, _own(amendments, library))
    for i, reform in enumerate(amendments.amendments):
        source = _own(amendments, library).get(reform.source)
        if reform.process not in library.processes:
            found = unknown("process", reform.process or "", library.processes)
            yield Finding(("amendments", i, "process"), found)
        if source and (source.kind != "law" or source.valid_from is None):
            message = f"an amendment follows a law with valid_from; {reform.source} is none"
            yield Finding(("amendments", i, "source"), message)


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
