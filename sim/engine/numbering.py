"""A place with its clocks, pools and sittings numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product

from sim.core.deadlines import Deadlines
from sim.core.equal_days import DayClock
from sim.core.errors import PlannerError
from sim.core.hours import Hours
from sim.core.sittings import Days, Sittings
from sim.core.workdays import Clock, DayTable
from sim.engine.programs.lines import ALWAYS, OFFICE
from sim.records.tables import WINDOW, Crew, Crews, Pool, PoolKey, Staff
from sim.scenario.prepared import Prepared
from sim.spec.durations import Duration
from sim.spec.opening import hours_of, numbers_of, periods_of, second_of_day
from sim.spec.place import Place
from sim.spec.sitting import Sitting


class PlaceNumbers:
    """A place with its clocks, pools and sittings numbered."""

    def __init__(self, prepared: Prepared, place: Place, staff: Staff) -> None:
        self.spec = place
        self._table, self._epoch = prepared.table, prepared.start
        self._hours = {name: hours_of(opening) for name, opening in place.hours.items()}
        self.hours = office = self._hours["office"]
        self.day = office.day_seconds
        self.office = _clock(office, not office.even, prepared.table, prepared.start)
        self.clocks = [_clock(Hours.ALWAYS, False, prepared.table, prepared.start), self.office]
        self._numbers: dict[tuple[Hours, bool], int] = {(office, not office.even): OFFICE}
        self._duties: dict[tuple[int, ...], int] = {}
        self._opened: dict[tuple[str, bool], int] = {}
        self.deadlines = Deadlines(prepared.table, prepared.start)
        self.sittings: list[Sittings] = []
        self._sitting_numbers: dict[tuple[str, Sitting], int] = {}
        self.pool_numbers: dict[tuple[str, str], int] = {}
        self.pools: list[Pool] = []
        self.crews: list[Crews] = []
        self._add_pools(staff.officers)

    def _add_pools(self, derived: Mapping[PoolKey, int]) -> None:
        for name, department in self.spec.departments.items():
            for role, groups in department.staff.items():
                self.pool_numbers[name, role] = len(self.pools)
                counts = [g.count or derived[name, role] for g in groups]
                staffed = tuple(Crew(n, self._kept(g.hours, name)) for n, g in zip(counts, groups, strict=True))
                derived_here = any(g.count is None for g in groups)
                self.pools.append(Pool(name, role, staffed, derived_here, role in department.hands_on))

    def _number(self, hours: Hours, days: bool = False) -> int:
        """The number of the clock of some hours; one that measures days differs only where they are not even."""
        key = hours, days and not hours.even
        if key not in self._numbers:
            self._numbers[key] = len(self.clocks)
            self.clocks.append(_clock(*key, self._table, self._epoch))
        return self._numbers[key]

    def _kept(self, name: str, department: str) -> int:
        """The number of the clock of those who keep some hours in a department, whatever else it does on a date."""
        open_ = self.spec.departments[department].open
        special = tuple((date.fromisoformat(day), periods_of(periods)) for day, periods in open_.items())
        return self._number(replace(self._hours[name], closed=self._closed(department), special=special))

    def _closed(self, department: str) -> frozenset[date]:
        """The dates on which a department is closed though offices are open."""
        acting = self.spec.departments[self.spec.acting(department)] if department else None
        return frozenset(map(date.fromisoformat, acting.closed)) if acting else frozenset()

    def clock(self, duration: Duration, department: str = "") -> int:
        """The number of the clock a duration runs on, in office hours that of the department it is spent in."""
        return ALWAYS if duration.in_calendar_time else self._open(department, days=duration.days is not None)

    def working(self, department: str) -> int:
        """The number of the clock of the work in a department whose officers nobody counts."""
        return self._open(department, days=False)

    def _open(self, department: str, *, days: bool) -> int:
        """The number of the office's clock in a department, less the dates on which that is closed."""
        if (department, days) not in self._opened:
            hours = replace(self._hours["office"], closed=self._closed(department))
            self._opened[department, days] = self._number(hours, days)
        return self._opened[department, days]

    def regular(self, department: str) -> bool:
        """Whether a department is open for a standard working day on every working day."""
        return self._hours["office"].even and not self._closed(department)

    def pool(self, department: str, role: str, staff: int) -> int:
        """The number of the pool that serves a role; -1 where nobody ever queues."""
        acting = self.spec.acting(department)
        number = self.pool_numbers.get((acting, role), -1)
        if number >= 0 and max(g.count for g in self.pools[number].groups) < staff:
            raise PlannerError(
                f"{acting} has no group of {staff} {role} to work together on one case; raise their count"
            )
        return number

    def crew(self, wanted: Sequence[tuple[str, str, int]]) -> int:
        """The number of officers who work together, given as department, role and how many; -1 where nobody queues."""
        together: dict[int, int] = {}
        for department, role, staff in wanted:
            number = self.pool(department, role, staff)
            together[number] = together.get(number, 0) + staff
            self.pool(department, role, together[number])  # one department may act for several
        crew = tuple(sorted((number, staff) for number, staff in together.items() if number >= 0))
        if not crew:
            return -1
        self._refuse_strangers(crew)
        if crew not in self.crews:
            self.crews.append(crew)
        return self.crews.index(crew)

    def _refuse_strangers(self, crew: Crews) -> None:
        """Refuse officers who are never on duty at the same time, whichever group of each comes."""
        pools = [self.pools[number] for number, _ in crew]
        for together in product(*(pool.groups for pool in pools)):
            if not Clock.all_of([self.clocks[group.clock] for group in together]).ever_open:
                names = ", ".join(f"{pool.role} of {pool.department}" for pool in pools)
                raise PlannerError(f"{names} are never on duty at the same time; let their hours overlap")

    def duty(self, department: str) -> int:
        """The number of the clock by which a department decides: while any of its officers is on duty.

        Those at its window do not decide; where nobody else is counted, it is the office's.
        """
        acting = self.spec.acting(department) if department else ""
        deciding = [pool for pool in self.pools if pool.department == acting and pool.role != WINDOW]
        clocks = tuple(sorted({crew.clock for pool in deciding for crew in pool.groups}))
        if len(clocks) <= 1:
            return clocks[0] if clocks else self._open(department, days=True)
        if clocks not in self._duties:
            self._duties[clocks] = len(self.clocks)
            self.clocks.append(Clock.any_of([self.clocks[number] for number in clocks]))
        return self._duties[clocks]

    def sitting(self, sitting: Sitting, department: str, step: str) -> int:
        """The number of a panel's sittings: that of a department, or of the step alone where it has none."""
        key = self.spec.acting(department) if department else step, sitting
        if key not in self._sitting_numbers:
            self._sitting_numbers[key] = len(self.sittings)
            self.sittings.append(self._sittings(sitting, self._closed(department)))
        return self._sitting_numbers[key]

    def _sittings(self, sitting: Sitting, closed: frozenset[date]) -> Sittings:
        days = Days(numbers_of(sitting.weekdays), frozenset(sitting.of_month), frozenset(sitting.dates))
        notice, calendar = sitting.notice, bool(sitting.notice and sitting.notice.calendar_days)
        before = (notice.calendar_days or notice.days or 0) if notice else 0
        return Sittings(self._table, days, second_of_day(sitting.at), self._epoch, closed, notice=before,
                        calendar=calendar, at_most=sitting.at_most)  # fmt: skip


@lru_cache(maxsize=64)
def _clock(hours: Hours, equal_days: bool, table: DayTable, epoch: date) -> Clock:
    return (DayClock if equal_days else Clock)(table, hours, epoch)
