"""A place: its departments, staff and hours; and the practice rules that fill in what no spec states."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.spec.base import Day, Id, Model, Name
from sim.spec.bounds import OFFICERS
from sim.spec.opening import Opening, PeriodsOfDay
from sim.spec.sources import Source, Sourced


class OtherWork(Sourced):
    """What else officers do: matters outside the scenario, which come as files of their own and occupy them."""

    share: Annotated[float, Field(ge=0, lt=1)] | None = None
    """Share of their time that it takes, before any reform."""
    utilisation: Annotated[float, Field(ge=0.001, lt=1)] | None = None
    """How busy they are in all, instead: other work is what the scenario leaves of it before any reform, at a window
    nothing."""

    @model_validator(mode="after")
    def _one_form(self) -> OtherWork:
        if (self.share is None) == (self.utilisation is None):
            raise ValueError("other work is given by a share or by a utilisation; give one of the two")
        return self


class StaffGroup(Sourced):
    """Officers who keep the same hours: a stated number, or as many as a utilisation asks for."""

    count: Annotated[int, Field(ge=1, le=OFFICERS)] | None = None
    """Number of officers."""
    utilisation: Annotated[float, Field(ge=0.001, lt=1)] | None = None
    """Utilisation assumed, matters outside the scenario included; the number of officers then follows from the demand
    before the reforms, and what the scenario leaves of it is other work."""
    other: OtherWork | None = None
    """What else officers whose number is stated do; nothing when left out."""
    hours: Id
    """Hours they keep."""

    @model_validator(mode="after")
    def _one_form(self) -> StaffGroup:
        if (self.count is None) == (self.utilisation is None):
            raise ValueError("staff is given by a count or by a utilisation; give one of the two")
        if self.other is not None and self.count is None:
            raise ValueError("other goes with a count; a utilisation holds other work already, take one of the two out")
        return self


class Department(Model):
    """A department (部门); its staff serves every process of the place."""

    name: Name | None = None
    """What the department is called here."""
    by: Id | None = None
    """Department of the place that does its work here, such as a bureau that holds all the seals."""
    staff: dict[Id, Annotated[tuple[StaffGroup, ...], Field(min_length=1, strict=False)]] = {}
    """Staff by role (officers, window, inspectors); a role left out never queues."""
    hands_on: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Roles in which a file under way goes to whoever is on duty when a group goes off; in the others it waits for the
    group that began it."""
    closed: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    """Dates on which it is closed though offices are open (盘点, 停电), YYYY-MM-DD; they remain working days."""
    open: dict[Day, PeriodsOfDay] = {}
    """Date, YYYY-MM-DD → the periods in which its staff is there on that date, whatever their hours say (值班); service
    time, no working day."""
    source: Id | None = None
    """Where `hands_on`, `closed` and `open` come from: key of a source."""

    @model_validator(mode="after")
    def _one_form(self) -> Department:
        if (self.name is None) == (self.by is None):
            raise ValueError("a department has a name, or names the one that acts for it; give one of the two")
        if self.by and (self.hands_on or self.closed or self.open):
            raise ValueError(f"{self.by} acts for it; write hands_on, closed and open there")
        return self


class Place(Model):
    """A city or district: its hours and departments."""

    id: Id
    """The file's name without its ending."""
    name: Name
    """What the place is called."""
    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    hours: dict[Id, Opening]
    """Opening hours by name; `office` is the standard working day that working days are measured in."""
    departments: dict[Id, Department]
    """The departments."""

    def acting(self, department: str) -> str:
        """The department that acts for the one named."""
        by = self.departments[department].by
        return department if by is None else by


class PlaceChange(Sourced):
    """What a place has otherwise in one variant."""

    hours: dict[Id, Opening] = {}
    """Opening hours in place of those of the same name, or beside them."""
    staff: dict[Id, dict[Id, Annotated[tuple[StaffGroup, ...], Field(min_length=1, strict=False)]]] = {}
    """Department → role → its staff in place of the present one, counted."""
    by: dict[Id, Id] = {}
    """Department → the one that does its work here instead."""

    def of(self, place: Place) -> Place:
        """The place with this change."""
        departments = dict(place.departments)
        for name, roles in self.staff.items():
            department = departments[name]
            departments[name] = department.model_copy(update={"staff": {**department.staff, **roles}})
        departments |= {name: Department(by=acting) for name, acting in self.by.items()}
        return place.model_copy(update={"hours": {**place.hours, **self.hours}, "departments": departments})
