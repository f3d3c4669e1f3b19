"""Reforms of a place: more officers or fewer, more hours."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.core.errors import ReformError, unknown
from sim.reforms.base import PlaceReform
from sim.spec.base import Id
from sim.spec.bounds import OFFICERS
from sim.spec.opening import Weekday
from sim.spec.place import Place, StaffGroup


class ChangeStaff(PlaceReform):
    """增员, 减员: a department's staff of one role becomes a stated number; what else it does stays as much."""

    english = ("more staff", "fewer staff")

    reform: Literal["增员", "减员"]
    """`增员` or `减员`."""
    department: Id
    """Department whose staff it is."""
    role: Id = "officers"
    """Role of the staff."""
    count: Annotated[int, Field(ge=1, le=OFFICERS)]
    """Number of officers after the reform."""

    def rewrite_place(self, place: Place) -> Place:
        """The place with that staff."""
        if self.department not in place.departments:
            raise ReformError(unknown("department", self.department, place.departments))
        department = place.departments[self.department]
        if self.role not in department.staff:
            raise ReformError(unknown("role", self.role, department.staff))
        groups = department.staff[self.role]
        staff = {**department.staff, self.role: self._grown(groups) if self.reform == "增员" else self._shrunk(groups)}
        changed = department.model_copy(update={"staff": staff})
        return place.model_copy(update={"departments": {**place.departments, self.department: changed}})

    def _grown(self, groups: tuple[StaffGroup, ...]) -> tuple[StaffGroup, ...]:
        """The first group with all newcomers; it takes the place of staff whose number was only assumed."""
        first, *others = groups
        counts = [g.count for g in groups if g.count is not None]
        if len(counts) < len(groups):
            return (StaffGroup(source=self.source, count=self.count, hours=first.hours),)
        if self.count <= sum(counts):
            raise ReformError(f"{self.department} has {sum(counts)} {self.role} already; 增员 makes them more")
        grown = self.count - sum(counts[1:])
        return (first.model_copy(update={"count": grown, "source": self.source}), *others)

    def _shrunk(self, groups: tuple[StaffGroup, ...]) -> tuple[StaffGroup, ...]:
        """The first groups with as many officers as are left; the last to be written are the first to go."""
        counts = [g.count for g in groups if g.count is not None]
        if len(counts) < len(groups):
            raise ReformError(f"how many {self.role} {self.department} has is only assumed; state a count in the place")
        if self.count >= sum(counts):
            raise ReformError(f"{self.department} has {sum(counts)} {self.role}; 减员 makes them fewer")
        left, kept = self.count, []
        for group, count in zip(groups, counts, strict=True):
            if left > 0:
                changed = {} if count <= left else {"count": left, "source": self.source}
                kept.append(group.model_copy(update=changed))
            left -= count
        return tuple(kept)


class OpenMore(PlaceReform):
    """周日开放: windows open on more days; service time, not working days."""

    english = ("opening on more days",)

    reform: Literal["周日开放"]
    """`周日开放`."""
    hours: Id
    """Opening hours that are extended."""
    also: Annotated[tuple[Weekday, ...], Field(min_length=1, strict=False)]
    """Weekdays added."""

    def rewrite_place(self, place: Place) -> Place:
        """The place with those hours extended."""
        if self.hours not in place.hours:
            raise ReformError(unknown("hours", self.hours, place.hours))
        if self.hours == "office":
            raise ReformError("office is the working day that all working days are measured in; "
                              "give the windows that open on more days hours of their own")  # fmt: skip
        opening = place.hours[self.hours]
        more = [day for day in self.also if not opening.opens_on(day)]
        if not more:
            raise ReformError(f"{self.hours} hours include {', '.join(self.also)} already; name another day")
        opening = opening.model_copy(update={"also": (*opening.also, *more)})
        return place.model_copy(update={"hours": {**place.hours, self.hours: opening}})
