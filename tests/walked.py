"""Time for the plain interpreter: dates, opening hours and lines of people, walked one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count, takewhile
from typing import Any, NamedTuple

from sim.scenario.prepared import Prepared

DAY = 86400
HANDED_ON = 10**9
"""What is handed on at a moment comes before all else that happens then."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Kept(NamedTuple):
    """Hours of a place as they are kept in a department, or in the whole place where it is None."""

    name: str
    at: str | None = None
    staff: bool = False
    """Whether they are those of its officers, who may be there out of turn."""


class Calendar:
    """The days and hours of a place, in seconds from the start; hours of None never close."""

    def __init__(self, prepared: Prepared, hours: Any, departments: Any) -> None:
        self.table, self.start, self.hours, self.departments = prepared.table, prepared.start, hours, departments
        parts = hours["office"].seasons or [hours["office"]]
        kept = [periods for part in parts for periods in (part.periods, *part.weekdays.values())]
        self.day = max(sum(b - a for a, b in spans(0, periods)) for periods in kept)
        self.taken: Counter[tuple[Any, int]] = Counter()

    def date(self, day: int) -> date:
        """The date of a day, counted from the start."""
        return self.start + timedelta(days=day)

    def workday(self, day: int) -> bool:
        """Whether a day, counted from the start, is a working day."""
        return self.table.is_workday(self.date(day))

    def closed(self, at: str | None, day: int) -> bool:
        """Whether a department is closed though offices are open."""
        return at is not None and str(self.date(day)) in self.acting(at).closed

    def acting(self, at: str) -> Any:
        """The department that acts for one."""
        return self.departments[self.departments[at].by or at]

    def periods(self, kept: Kept, day: int) -> list[tuple[int, int]]:
        """The open spans of a day."""
        hours, on = self.hours[kept.name], self.date(day)
        if kept.staff and str(on) in (odd := self.acting(kept.at).open):
            return spans(day, odd[str(on)])
        if self.closed(kept.at, day) or not self.opens(hours, on):
            return []
        begun = [s for s in hours.seasons if s.from_ <= f"{on:%m-%d}"]
        part = (begun or hours.seasons or [hours])[-1]
        made_up = self.table.is_workday(on) and on.weekday() >= WEEKDAYS.index("sat")
        usual = made_up or WEEKDAYS[on.weekday()] not in part.weekdays
        return spans(day, part.periods if usual else part.weekdays[WEEKDAYS[on.weekday()]])

    def opens(self, hours: Any, on: date) -> bool:
        """Whether some hours are kept on a date."""
        usual = hours.days == "workdays" or WEEKDAYS[on.weekday()] in hours.days
        extra = WEEKDAYS[on.weekday()] in hours.also and not self.table.holiday[self.table.index(on)]
        return hours.days == "every_day" or (usual and self.table.is_workday(on)) or bool(extra)

    def stretches(self, kept: Kept, t: int) -> Iterator[tuple[int, int]]:
        """What is open from `t` on."""
        return ((max(a, t), b) for day in count(t // DAY) for a, b in self.periods(kept, day) if b > t)

    def opening(self, kept: Kept, t: int) -> int:
        """The first open second at or after `t`."""
        return next(self.stretches(kept, t))[0]

    def add(self, kept: Kept | None, t: int, seconds: int) -> int:
        """When so many open seconds have passed."""
        for a, b in self.stretches(kept, t) if kept and seconds else ():
            if b - a >= seconds:
                return a + seconds
            seconds -= b - a
        return t + seconds

    def part(self, kept: Kept, t: int, day: int) -> int:
        """How much of a working day has passed on a day by `t`, as if every day were as long as the longest."""
        today = self.periods(kept, day)
        open_ = sum(max(0, min(b, t) - a) for a, b in today)
        return open_ * self.day // sum(b - a for a, b in today) if today else 0

    def add_days(self, at: str | None, t: int, seconds: int) -> int:
        """When so much of working days has passed in a department."""
        kept, left = Kept("office", at), seconds + self.part(Kept("office", at), t, t // DAY)
        for day in count(t // DAY):
            today = self.periods(kept, day)
            if today and left <= self.day:
                length = sum(b - a for a, b in today)
                return self.add(kept, day * DAY, -(-left * length // self.day)) if seconds else t
            left -= self.day if today else 0
        raise AssertionError

    def between(self, a: int, b: int) -> int:
        """The part of working days between two moments, in seconds of the longest."""
        first, last = a // DAY, b // DAY
        office = Kept("office")
        whole = sum(self.day for day in range(first, last) if self.periods(office, day))
        return whole + self.part(office, b, last) - self.part(office, a, first)

    def settled(self, kept: Kept, begun: int, t: int) -> int:
        """When an office is done with what is due at `t`: while it is open, or as it closes on that day, or later."""
        opening = self.opening(kept, t)
        today = self.periods(kept, t // DAY) if opening > t else []
        return max((b for _, b in today if begun <= b <= t), default=opening)

    def sitting(self, sits: Any, at: str | None, step: str, t: int) -> int:
        """The next of the fixed times for which a file comes in time and finds a place."""
        panel = (self.departments[at].by or at if at else step), sits
        for day in count(t // DAY):
            moment = second_of(day, sits.at)
            if self.sits(sits, at, day) and moment >= t and self.in_time(sits.notice, t // DAY, day):
                self.taken[panel, moment] += 1
                if not sits.at_most or self.taken[panel, moment] <= sits.at_most:
                    return moment
        raise AssertionError

    def sits(self, sits: Any, at: str | None, day: int) -> bool:
        """Whether a panel sits on a day."""
        if not self.workday(day) or self.closed(at, day):
            return False
        on = self.date(day)
        if sits.dates:  # this day, or one off since the last that is not
            off = list(takewhile(lambda d: not self.workday(d) or self.closed(at, d), count(day - 1, -1)))
            return any(self.date(d).day in sits.dates for d in [day, *off])
        nth, last = (on.day - 1) // 7 + 1, (on + timedelta(days=7)).month != on.month
        chosen = not sits.of_month or nth in sits.of_month or (last and -1 in sits.of_month)
        return WEEKDAYS[on.weekday()] in sits.weekdays and chosen

    def in_time(self, notice: Any, there: int, day: int) -> bool:
        """Whether a file that is there on a day has been there for long enough on another."""
        if notice is None:
            return True
        if notice.calendar_days:
            return day - there >= notice.calendar_days
        return sum(self.workday(d) for d in range(there + 1, day + 1)) >= notice.days

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


def spans(day: int, periods: Any) -> list[tuple[int, int]]:
    """The spans of a day that periods written as HH:MM-HH:MM mean."""
    return [(second_of(day, a), second_of(day, b)) for a, b in (period.split("-") for period in periods)]


class Wish(NamedTuple):
    """A task that wants officers of a role for so many seconds."""

    task: Iterator[Any]
    at: str
    role: str
    staff: int
    seconds: int
    urgent: bool
    begun: bool = False
    """Whether somebody has worked on it already."""
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
        self._departments = departments
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
        """First come, first served, by the first group on duty with enough free officers; what is begun comes first."""
        groups, free, line = self._groups[key], self._free[key], self._lines[key]
        while line:
            first = min(line, key=lambda wish: (not wish.begun, not wish.visit, not wish.urgent))
            openings = [(self.calendar.opening(Kept(g.hours, key[0], staff=True), self.now), n)
                        for n, g in enumerate(groups) if free[n] >= first.staff]  # fmt: skip
            if not openings or min(openings)[0] > self.now:
                if openings:
                    self.at(min(openings)[0], self._serve, key)
                return
            n = min(openings)[1]
            line.remove(first)
            free[n] -= first.staff
            if first.visit:
                self._gather(first, key, n)
            else:
                self._work(first, key, n)

    def _work(self, wish: Wish, key: tuple[str, str], n: int) -> None:
        """Let a group work on a file, to its end or until it hands it on."""
        groups, kept = self._groups[key], Kept(self._groups[key][n].hours, key[0], staff=True)
        end, others = self.calendar.add(kept, self.now, wish.seconds), [*groups[:n], *groups[n + 1 :]]
        closing = next(self.calendar.stretches(kept, self.now))[1]
        hands_on = key[1] in self._departments[key[0]].hands_on and any(g.count >= wish.staff for g in others)
        if hands_on and closing < end:
            rest = wish._replace(seconds=wish.seconds - (closing - self.now), begun=True)
            heappush(self._agenda, (closing, next(self._order) - HANDED_ON, self._leave, (rest, key, n)))
        else:
            self.at(end, self._release, wish, key, n)

    def _leave(self, rest: Wish, key: tuple[str, str], group: int) -> None:
        self._free[key][group] += rest.staff
        self._lines[key].append(rest)
        self.at(self.now, self._serve, key)

    def _gather(self, wish: Wish, key: tuple[str, str], group: int) -> None:
        """The visit starts when all are there and on duty, and they leave together."""
        visit = wish.visit
        visit.held.append((wish, key, group))
        if len(visit.held) == len(visit.wishes):
            hours = [Kept(self._groups[k][n].hours, k[0], staff=True) for _, k, n in visit.held]
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
