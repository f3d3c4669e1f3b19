"""What each kind of file is checked for against the library, when its every key is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sim.core.errors import unknown
from sim.core.holidays import is_day_off
from sim.records.measures.register import MEASURES
from sim.records.moments import CASE_KEYS, MOMENTS
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.spec.base import Model
from sim.spec.calls import called
from sim.spec.findings import Finding, Known, departments, is_date, parts, uncited, write
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place, StaffGroup
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.text.clocks import as_date


def _own(model: Any, library: Library) -> dict[str, Any]:
    """Return the sources that a file may cite: its own and those that all share."""
    return {**library.sources, **model.sources}


def process_file(process: Process, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a process."""
    known = Known(_own(process, library), library.catalogue.materials, departments(*library.places.values()))
    yield from process_findings(process, known)
    for name in process.attributes:
        if name in {*CASE_KEYS, *MOMENTS, *MEASURES}:
            message = f"{name} is a column of cases.csv already; choose another name"
            yield Finding(("attributes", name), message, key=True)
    yield from _together(process, library)
    for step_id, step in process.steps.items():
        if step.call is not None and step.call not in library.processes:
            yield Finding(("steps", step_id, "call"), unknown("process", step.call, library.processes))
        elif step.call is not None and process.id in called(step.call, library.processes):
            yield Finding(("steps", step_id, "call"), f"{step.call} calls {process.id} in its turn; break the circle")


def _together(process: Process, library: Library) -> Iterator[Finding]:
    """Yield every step that takes more officers at once than any place has in one group."""
    for step_id, step in process.steps.items():
        here = [place for place in library.places.values() if step.at in place.departments]
        if step.at and step.work and here:
            most = max(place.together(step.at, step.work.by) for place in here)
            if step.work.staff > most:
                wrong = f"no place has {step.work.staff} {step.work.by} of {step.at} in one group, the most are {most}"
                yield Finding(("steps", step_id, "work", "staff"), f"{wrong}; ask for fewer, or raise their count")


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
    yield from uncited(amendments, _own(amendments, library))
    for i, reform in enumerate(amendments.amendments):
        source = _own(amendments, library).get(reform.source)
        if reform.process not in library.processes:
            found = unknown("process", reform.process or "", library.processes)
            yield Finding(("amendments", i, "process"), found)
        if source and (source.kind != "law" or source.valid_from is None):
            message = f"an amendment follows a law with valid_from; {reform.source} is none"
            yield Finding(("amendments", i, "source"), message)


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
