"""Time for the plain interpreter: dates, opening hours and lines of people, walked one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count, takewhile
from typing import Any, NamedTuple

from sim.scenario.prepared import Prepared

DAY = 86400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Calendar:
    """The days and hours of a place, in seconds from the start; hours of None never close."""

    def __init__(self, prepared: Prepared, hours: Any) -> None:
        self.table, self.start, self.hours = prepared.table, prepared.start, hours
        self.day = sum(b - a for a, b in self.periods("office", 0))

    def workday(self, day: int) -> bool:
        """Whether a day, counted from the start, is a working day."""
        return self.table.is_workday(self.start + timedelta(days=day))

    def periods(self, hours: str, day: int) -> list[tuple[int, int]]:
        """The hours of a day, whether it is an open one or not."""
        clocks = [period.split("-") for period in self.hours[hours].periods]
        return [(second_of(day, a), second_of(day, b)) for a, b in clocks]

    def opens(self, hours: str, day: int) -> bool:
        """Whether these hours are kept on a day."""
        kept, on = self.hours[hours], self.start + timedelta(days=day)
        usual = kept.days == "workdays" or WEEKDAYS[on.weekday()] in kept.days
        extra = WEEKDAYS[on.weekday()] in kept.also and not self.table.holiday[self.table.index(on)]
        return kept.days == "every_day" or (usual and self.workday(day)) or bool(extra)

    def stretches(self, hours: str, t: int) -> Iterator[tuple[int, int]]:
        """What is open from `t` on."""
        days = (day for day in count(t // DAY) if self.opens(hours, day))
        return ((max(a, t), b) for day in days for a, b in self.periods(hours, day) if b > t)

    def opening(self, hours: str, t: int) -> int:
        """The first open second at or after `t`."""
        return next(self.stretches(hours, t))[0]

    def add(self, hours: str | None, t: int, seconds: int) -> int:
        """When so many open seconds have passed."""
        for a, b in self.stretches(hours, t) if hours and seconds else ():
            if b - a >= seconds:
                return a + seconds
            seconds -= b - a
        return t + seconds

    def between(self, a: int, b: int) -> int:
        """The seconds of office hours between two moments."""
        return sum(min(end, b) - start for start, end in takewhile(lambda s: s[0] < b, self.stretches("office", a)))

    def settled(self, hours: str, begun: int, t: int) -> int:
        """When an office is done with what is due at `t`: while it is open, or as it closes on that day, or later."""
        opening = self.opening(hours, t)
        today = self.periods(hours, t // DAY) if self.opens(hours, t // DAY) and opening > t else []
        return max((b for _, b in today if begun <= b <= t), default=opening)

    def sitting(self, sits: Any, t: int) -> int:
        """The next of the fixed times on working days."""
        days = (day for day in count(t // DAY) if self.workday(day))
        weekdays = [WEEKDAYS.index(weekday) for weekday in sits.weekdays]
        sittings = (second_of(d, sits.at) for d in days if (self.start + timedelta(days=d)).weekday() in weekdays)
        return next(moment for moment in sittings if moment >= t)

    def midnight(self, t: int, days: int, *, calendar: bool) -> int:
        """When a legal period ends: its first day is day 0, and a last calendar day off moves on."""
        day = t // DAY
        for last in range(days, 0, -1):
            day += 1
            while not (self.workday(day) or (calendar and last > 1)):
                day += 1
        return (day + 1) * DAY


def second_of(day: int, clock: str) -> int:
    """The second at which a clock shows HH:MM."""
    return day * DAY + int(clock[:2]) * 3600 + int(clock[3:]) * 60


class Wish(NamedTuple):
    """A task that wants officers of a role for so many seconds."""

    task: Iterator[Any]
    at: str
    role: str
    staff: int
    seconds: int
    urgent: bool
    visit: Any = None


class Meeting:
    """What a task waits for until others are done."""

    def __init__(self) -> None:
        self.left, self.task = 0, None

    def done(self, hall: Hall) -> None:
        """One less is under way."""
        self.left -= 1
        if not self.left and self.task:
            task, self.task = self.task, None
            hall.go_on(task)


class Visit:
    """Officers of several departments who are to be there at the same time."""

    def __init__(self, wishes: list[Wish]) -> None:
        self.wishes, self.held = wishes, list[Any]()


class Hall:
    """What happens next, moment by moment, and who stands in line for whom."""

    def __init__(self, calendar: Calendar, departments: Any) -> None:
        self.calendar, self.now, self._agenda, self._order = calendar, 0, list[Any](), count()
        self._groups = {(d, role): groups for d, x in departments.items() for role, groups in x.staff.items()}
        self._free = {key: [group.count for group in groups] for key, groups in self._groups.items()}
        self._lines = {key: list[Wish]() for key in self._groups}

    def at(self, moment: int, happens: Any, *what: Any) -> None:
        """Let something happen at a moment."""
        heappush(self._agenda, (moment, next(self._order), happens, what))

    def until_the_end(self) -> None:
        """Let everything happen."""
        while self._agenda:
            self.now, _, happens, what = heappop(self._agenda)
            happens(*what)

    def go_on(self, task: Iterator[Any]) -> None:
        """Go on with a task until it waits, for a moment or in a line."""
        for wait in task:
            if isinstance(wait, Wish):
                self._lines[wait.at, wait.role].append(wait._replace(task=task))
                self._serve((wait.at, wait.role))
                return
            if isinstance(wait, Visit):
                for wish in wait.wishes:
                    self._lines[wish.at, wish.role].append(wish._replace(task=task, visit=wait))
                for wish in wait.wishes:
                    self._serve((wish.at, wish.role))
                return
            if isinstance(wait, Meeting):
                if wait.left:
                    wait.task = task
                    return
            elif wait > self.now:
                self.at(wait, self.go_on, task)
                return

    def _serve(self, key: tuple[str, str]) -> None:
        """First come, first served, urgent cases first, by the first group on duty with enough free officers."""
        groups, free, line = self._groups[key], self._free[key], self._lines[key]
        while line:
            first = min(line, key=lambda wish: (not wish.visit, not (wish.visit or wish.urgent)))
            openings = [(self.calendar.opening(g.hours, self.now), n) for n, g in enumerate(groups)
                        if free[n] >= first.staff]  # fmt: skip
            if not openings or min(openings)[0] > self.now:
                if openings:
                    self.at(min(openings)[0], self._serve, key)
                return
            n = min(openings)[1]
            line.remove(first)
            free[n] -= first.staff
            if first.visit:
                self._gather(first, key, n)
                continue
            self.at(self.calendar.add(groups[n].hours, self.now, first.seconds), self._release, first, key, n)

    def _gather(self, wish: Wish, key: tuple[str, str], group: int) -> None:
        """The visit starts when all are there and on duty, and they leave together."""
        visit = wish.visit
        visit.held.append((wish, key, group))
        if len(visit.held) == len(visit.wishes):
            hours = [self._groups[k][n].hours for _, k, n in visit.held]
            start = max(self.calendar.opening(h, self.now) for h in hours)
            self.at(self.calendar.add(hours[0], start, wish.seconds), self._part, visit)

    def _part(self, visit: Any) -> None:
        for wish, key, group in visit.held:
            self._free[key][group] += wish.staff
            self._serve(key)
        self.go_on(visit.held[0][0].task)

    def _release(self, wish: Wish, key: tuple[str, str], group: int) -> None:
        self._free[key][group] += wish.staff
        self._serve(key)
        self.go_on(wish.task)
