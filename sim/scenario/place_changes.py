"""Checks of what a place has otherwise in one variant."""

from __future__ import annotations

from collections.abc import Iterator

from sim.core.errors import unknown
from sim.spec.findings import Finding
from sim.spec.place import Place, PlaceChange
from sim.text.document import KeyPath


def place_change_findings(path: KeyPath, change: PlaceChange, place: Place) -> Iterator[Finding]:
    """Yield everything wrong with the change of a place that stands at a path of a scenario."""
    if not (change.hours or change.staff or change.by):
        yield Finding(path, "nothing of the place is changed; give hours, staff or by, or take it out")
    if "office" in change.hours:
        message = "office is the working day that all working days are measured in; give hours another name"
        yield Finding((*path, "hours", "office"), message, key=True)
    acting = [name for name, department in place.departments.items() if department.by is None]
    for name, by in change.by.items():
        left = [d for d in acting if d not in change.by]
        if name not in place.departments:
            yield Finding((*path, "by", name), unknown("department", name, place.departments), key=True)
        if by not in left:
            yield Finding((*path, "by", name), unknown("acting department", by, left))
    yield from _staff((*path, "staff"), change, place, acting)


def _staff(path: KeyPath, change: PlaceChange, place: Place, acting: list[str]) -> Iterator[Finding]:
    hours = {**place.hours, **change.hours}
    for name, roles in change.staff.items():
        if name not in acting:
            yield Finding((*path, name), unknown("acting department", name, acting), key=True)
        for role, groups in roles.items():
            for i, group in enumerate(groups):
                here = (*path, name, role, i)
                if group.hours not in hours:
                    yield Finding((*here, "hours"), unknown("hours", group.hours, hours))
                if group.count is None:
                    message = "officers assumed by a utilisation are those before the reforms; give a count"
                    yield Finding((*here, "utilisation"), message, key=True)
