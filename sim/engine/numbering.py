"""A place with its clocks, pools and sittings numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from sim.core.deadlines import Deadlines
from sim.core.errors import PlannerError
from sim.core.workdays import Clock, DayTable, Hours, Sittings
from sim.engine.programs.lines import OFFICE, WINDOW
from sim.records.tables import Crew, Crews, Pool, PoolKey, Staff
from sim.scenario.prepared import Prepared
from sim.spec.place import WEEKDAYS, Opening, Place, hours_of, second_of_day
from sim.spec.step import Sitting


class PlaceNumbers:
    """A place with its clocks, pools and sittings numbered."""

    def __init__(self, prepared: Prepared, place: Place, staff: Staff) -> None:
        self.spec = place
        self._table, self._epoch = prepared.table, prepared.start
        names = ["", "office", *(n for n in place.hours if n != "office")]
        self.clock_numbers = {name: i for i, name in enumerate(names)}
        self.clocks = [_clock(None, prepared.table, prepared.start)]
        self.clocks += [_clock(place.hours[n], prepared.table, prepared.start) for n in names[1:]]
        self.office = self.clocks[OFFICE]
        self._duties: dict[tuple[int, ...], int] = {(number,): number for number in range(len(self.clocks))}
        self.day = hours_of(place.hours["office"]).day_seconds
        self.deadlines = Deadlines(prepared.table, prepared.start)
        self.sittings: list[Sittings] = []
        self._sitting_numbers: dict[Sitting, int] = {}
        self.pool_numbers: dict[tuple[str, str], int] = {}
        self.pools: list[Pool] = []
        self.crews: list[Crews] = []
        self._add_pools(staff.officers)

    def _add_pools(self, derived: Mapping[PoolKey, int]) -> None:
        for name, department in self.spec.departments.items():
            for role, groups in department.staff.items():
                self.pool_numbers[name, role] = len(self.pools)
                counts = [g.count or derived[name, role] for g in groups]
                staffed = tuple(Crew(n, self.clock_numbers[g.hours]) for n, g in zip(counts, groups, strict=True))
                self.pools.append(Pool(name, role, staffed, any(g.count is None for g in groups)))

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
        """Refuse officers who are never on duty at the same time."""
        pools = [self.pools[number] for number, _ in crew]
        hours = [Clock.any_of([self.clocks[group.clock] for group in pool.groups]) for pool in pools]
        if not Clock.all_of(hours).ever_open:
            names = ", ".join(f"{pool.role} of {pool.department}" for pool in pools)
            raise PlannerError(f"{names} are never on duty at the same time; let their hours overlap")

    def duty(self, department: str) -> int:
        """The number of the clock by which a department decides: while any of its officers is on duty.

        Those at its window do not decide; where nobody else is counted, it is the office's.
        """
        acting = self.spec.acting(department) if department else ""
        deciding = [pool for pool in self.pools if pool.department == acting and pool.role != WINDOW]
        clocks = tuple(sorted({crew.clock for pool in deciding for crew in pool.groups})) or (OFFICE,)
        if clocks not in self._duties:
            self._duties[clocks] = len(self.clocks)
            self.clocks.append(Clock.any_of([self.clocks[number] for number in clocks]))
        return self._duties[clocks]

    def sitting(self, sitting: Sitting) -> int:
        """The number of a panel's sittings."""
        if sitting not in self._sitting_numbers:
            self._sitting_numbers[sitting] = len(self.sittings)
            weekdays = frozenset(WEEKDAYS.index(d) for d in sitting.weekdays)
            self.sittings.append(Sittings(self._table, weekdays, second_of_day(sitting.at), self._epoch))
        return self._sitting_numbers[sitting]


@lru_cache(maxsize=64)
def _clock(opening: Opening | None, table: DayTable, epoch: date) -> Clock:
    return Clock(table, Hours.ALWAYS if opening is None else hours_of(opening), epoch)
