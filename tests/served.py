"""What of the plain interpreter takes time: limits, legal days, officers who are waited for."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace as Record
from typing import Any

from sim.core.draws import Draws
from sim.scenario.prepared import Prepared

from .told import Length, Told
from .walked import Hall, Kept, Visit, Wish


class Served(Told):
    """One variant, and the hall in which its cases are worked on."""

    def __init__(self, prepared: Prepared, number: int, draws: Draws) -> None:
        super().__init__(prepared, number, draws)
        self.hall, self.rows = Hall(self.calendar, self.departments), list[Record]()

    @property
    def now(self) -> int:
        """The moment, in seconds from the start."""
        return self.hall.now

    def after(self, *lengths: Length, start: int | None = None, at: str | None = None) -> int:
        """When some times are over: what passes in office hours comes first, then what passes day and night."""
        office, days, always = (sum(s for hours, s in lengths if hours == of) for of in ("office", "days", None))
        worked = self.calendar.add(Kept("office", at), self.now if start is None else start, office)
        return self.calendar.add_days(at, worked, days) + always

    def spend(self, row: Record, *lengths: Length) -> Iterator[Any]:
        """Let a time pass that stops the clock: the applicant's, or a special procedure's."""
        row.stops.append((self.now, self.after(*lengths)))
        yield row.stops[-1][1]

    def due(self, row: Record, within: Any, start: int, *key: str) -> int:
        """When a time ends that somebody is allowed from a moment on."""
        if within.unit in ("days", "calendar_days") and within.amount % 1 == 0:
            return self.calendar.midnight(start, int(within.amount), calendar=within.unit != "days")
        return self.after(self.length(within, row.case, *key), start=start)

    def end_of_limit(self, row: Record, step: Any, name: str, start: int) -> int:
        """When the limit of a step, or of an opinion, is up that binds a case."""
        limit, more = self.limit_of(row.case, step, row.nth)
        if more and self.luck(row.case, name, "extended", row.nth) >= more.share.share:
            more = None
        whole = [t for t in (limit, more) if t]
        if all(t.unit in ("days", "calendar_days") and t.amount % 1 == 0 for t in whole):
            days = sum(int(t.amount) for t in whole)
            return self.calendar.midnight(start, days, calendar=limit.unit == "calendar_days")
        return self.after(*(self.length(t, row.case, name, "limit", row.nth) for t in whole), start=start, at=step.at)

    def settled(self, at: str, due: int) -> int:
        """When a department is done with what is due: while anybody but its window is on duty, or in office hours."""
        staff = self.departments[self.departments[at].by or at].staff
        groups = [group for role, groups in staff.items() if role != "window" for group in groups]
        hours = [Kept(group.hours, at, staff=True) for group in groups] or [Kept("office", at)]
        moments = [self.calendar.settled(h, self.now, due) for h in hours]
        return max((m for m in moments if m <= due), default=min(moments))

    def work(self, row: Record) -> Iterator[Any]:
        """All that officers do on a file in an attempt, one after another."""
        for (at, role, staff, hours, along), seconds in self.parts(row).items():
            if along and seconds:
                yield from self.visit(row.case, [(at, role, staff), *along], (hours, seconds))
            else:
                yield from self.engage(row.case, at, role, staff, (hours, seconds))

    def visit(self, case: Record, who: list[tuple[str, str, int]], length: Length) -> Iterator[Any]:
        """Officers of several departments work on a case at the same time."""
        crew: dict[tuple[str, str], int] = {}
        for at, role, staff in who:
            acting = self.departments[at].by or at
            if role in self.departments[acting].staff:
                crew[acting, role] = crew.get((acting, role), 0) + staff
        case.worked += sum(crew.values()) * length[1]
        numbers = [(at, role) for at, department in self.departments.items() for role in department.staff]
        wishes = [Wish(iter(()), *key, crew[key], length[1], False) for key in sorted(crew, key=numbers.index)]
        yield Visit(wishes) if wishes else self.after(length, at=who[0][0])

    def engage(self, case: Record, at: str, role: str, staff: int, length: Length) -> Iterator[Any]:
        """Officers work on a case; where they are not counted, that only takes its time."""
        acting = self.departments[at].by or at
        counted = role in self.departments[acting].staff
        case.worked += staff * length[1] * counted
        if counted and length[1]:
            yield Wish(iter(()), acting, role, staff, length[1], case.urgent)
        elif length[1]:
            yield self.after(length, at=at)
