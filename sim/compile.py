"""From a reformed spec to the flat tables an engine plays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from . import graph
from .cases import Population
from .draws import Draws
from .durations import mean, values
from .errors import PlannerError
from .language.place import WEEKDAYS, Opening, Place
from .language.process import Process, Sitting
from .language.scenario import Demand
from .programs import OFFICE, ProgramBuilder
from .programs.describe import describe_form, describe_step
from .scenario import Flow, Prepared, PreparedVariant
from .tables import Arrivals, FlowTables, Group, Node, Op, Pool, Program, Tables
from .workdays import Clock, DayTable, Hours, Sittings

YEAR = 365
PILOT_CASES = 1000
"""Cases drawn to find the load from which staff is derived."""


Staff = Mapping[tuple[str, str], int]
"""Department and role → officers, where their number follows from an assumed utilisation."""


def compile_variant(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws) -> Tables:
    """The tables of one replication of a variant; `staff` is what `derived_staff` found."""
    place = _Place(prepared, variant.place, staff)
    flows: list[FlowTables] = []
    arrivals: list[Arrivals] = []
    attributes: dict[str, Mapping[str, list[object]]] = {}
    for process, demand in prepared.scenario.demand.items():
        ways = variant.flows[process]
        times = _arrival_times(demand, process, draws, place.office, prepared)
        population = Population(ways[0].process, demand.cases, draws)
        chosen = _chosen(ways, population.uniform("flow")) + len(flows)
        urgent = population.holds(ways[0].process.urgent).tolist() if ways[0].process.urgent else None
        arrivals.append(Arrivals(process, times, chosen.tolist(), urgent, demand.warm_up))
        attributes[process] = {k: v.tolist() for k, v in population.attributes.items()}
        flows += [_flow(prepared, way.process, place, demand.cases, draws) for way in ways]
    return Tables(flows, arrivals, place.pools, place.clocks, place.sittings, OFFICE, place.day, attributes)


class _Place:
    """A place with its clocks, pools and sittings numbered."""

    def __init__(self, prepared: Prepared, place: Place, staff: Staff) -> None:
        self.spec = place
        self._table, self._epoch = prepared.table, prepared.start
        names = ["", "office", *(n for n in place.hours if n != "office")]
        self.clock_numbers = {name: i for i, name in enumerate(names)}
        self.clocks = [_clock(None, prepared.table, prepared.start)]
        self.clocks += [_clock(place.hours[n], prepared.table, prepared.start) for n in names[1:]]
        self.office = self.clocks[OFFICE]
        self.day = hours_of(place.hours["office"]).day_seconds
        self.sittings: list[Sittings] = []
        self._sitting_numbers: dict[Sitting, int] = {}
        self.pool_numbers: dict[tuple[str, str], int] = {}
        self.pools: list[Pool] = []
        self._add_pools(staff)

    def _add_pools(self, derived: Staff) -> None:
        for name, department in self.spec.departments.items():
            for role, groups in department.staff.items():
                self.pool_numbers[name, role] = len(self.pools)
                counts = [g.count or derived[name, role] for g in groups]
                staffed = tuple(Group(n, self.clock_numbers[g.hours]) for n, g in zip(counts, groups, strict=True))
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

    def sitting(self, sitting: Sitting) -> int:
        """The number of a panel's sittings."""
        if sitting not in self._sitting_numbers:
            self._sitting_numbers[sitting] = len(self.sittings)
            weekdays = frozenset(WEEKDAYS.index(d) for d in sitting.weekdays)
            self.sittings.append(Sittings(self._table, weekdays, _second(sitting.at), self._epoch))
        return self._sitting_numbers[sitting]


def _second(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def hours_of(opening: Opening) -> Hours:
    """The opening hours in seconds of the day."""
    periods = tuple((_second(a), _second(b)) for a, b in (p.split("-") for p in opening.periods))
    days = opening.days if isinstance(opening.days, str) else frozenset(WEEKDAYS.index(d) for d in opening.days)
    return Hours(periods, days, frozenset(WEEKDAYS.index(d) for d in opening.also))


@lru_cache(maxsize=64)
def _clock(opening: Opening | None, table: DayTable, epoch: date) -> Clock:
    return Clock(table, Hours.ALWAYS if opening is None else hours_of(opening), epoch)


def _chosen(ways: tuple[Flow, ...], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """By case: which way it goes; the reformed way first, so that it wins the lowest numbers."""
    return np.searchsorted(np.cumsum([w.share for w in ways[:-1]]), u, side="right").astype(np.int64)


def _arrival_times(demand: Demand, process: str, draws: Draws, office: Clock, prepared: Prepared) -> list[int]:
    """When the cases come: at random in office hours, or at stated intervals day and night."""
    u = draws.uniform(demand.cases, process, "arrival")
    if demand.every_minutes is not None:
        gaps = values(demand.every_minutes, u) * 60
        return np.rint(np.cumsum(gaps)).astype(np.int64).tolist()  # type: ignore[no-any-return]
    open_seconds = _open_in_year(office, prepared)
    assert demand.per_year is not None
    worked = np.rint(np.cumsum(-np.log1p(-u)) * open_seconds / demand.per_year).astype(np.int64)
    return [office.add(0, int(w)) for w in worked]


def _open_in_year(clock: Clock, prepared: Prepared) -> int:
    """Open seconds of the year from the start of the scenario."""
    last = min(prepared.start + timedelta(days=YEAR), prepared.table.last)
    days = (last - prepared.start).days
    return clock.between(0, days * 86400) * YEAR // max(days, 1)


def _flow(prepared: Prepared, process: Process, place: _Place, cases: int, draws: Draws) -> FlowTables:
    """The tables of one process version."""
    population = Population(process, cases, draws)
    builder = ProgramBuilder(process, prepared.catalogue.materials, prepared.practice, place, population)
    names, before = builder.nodes, builder.before
    number = {name: i for i, name in enumerate(names)}
    preceding = [[number[u] for u in before[name]] for name in names]
    following: list[list[int]] = [[] for _ in names]
    for later, earlier in enumerate(preceding):
        for u in earlier:
            following[u].append(later)
    redo = {number[s]: tuple(number[x] for x in again) for s, again in _redo(process, names, before).items()}
    made: dict[tuple[int, int], Program] = {}

    def program(node: int, attempt: int) -> Program:
        if (node, attempt) not in made:
            made[node, attempt] = builder.program(names[node], attempt)
        return made[node, attempt]

    active = [builder.active(name) for name in names]
    masks = [None if mask.all() else mask.tolist() for mask in active]
    nodes = [_described(builder, name, place.day) for name in names]
    return FlowTables(process.id, nodes, preceding, following, redo, masks, program)


def _described(builder: ProgramBuilder, name: str, day: int) -> Node:
    if name in builder.forms:
        return describe_form(name, builder.process, builder.forms[name])
    return describe_step(name, builder.process.steps[name], day)


def _redo(process: Process, names: list[str], before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Step that may fail → the steps done again: from the one it goes back to, up to itself."""
    elders = graph.ancestors({n: before[n] for n in names})
    found: dict[str, list[str]] = {}
    for step_id, step in process.steps.items():
        if step.fails:
            first = step.fails.redo or step_id
            between = [n for n in names if first in elders[n] and (n in elders[step_id] or n == step_id)]
            found[step_id] = [first, *(n for n in between if n != first)]
    return found


def derived_staff(prepared: Prepared) -> Staff:
    """The officers each pool needs for the demand before the reforms to meet the utilisation assumed."""
    baseline = prepared.variants[0]
    unlimited = baseline.place.model_copy(update={"departments": {
        name: d.model_copy(update={"staff": {
            role: tuple(g.model_copy(update={"count": g.count or 10**6, "utilisation": None}) for g in groups)
            for role, groups in d.staff.items()}})
        for name, d in baseline.place.departments.items()}})  # fmt: skip
    place = _Place(prepared, unlimited, {})
    load = np.zeros(len(place.pools))
    together = np.ones(len(place.pools), dtype=int)
    for process, demand in prepared.scenario.demand.items():
        for way in baseline.flows[process]:
            flow = _flow(prepared, way.process, place, PILOT_CASES, Draws(0, 0))
            _add_load(flow, way.share * _per_year(demand), load, together)
    found = {}
    for (name, role), number in place.pool_numbers.items():
        groups = baseline.place.departments[name].staff[role]
        group = next((g for g in groups if g.utilisation is not None), None)
        if group is not None and group.utilisation is not None:
            capacity = _open_in_year(place.clocks[place.clock_numbers[group.hours]], prepared)
            found[name, role] = max(ceil(load[number] / capacity / group.utilisation), int(together[number]))
    return found


def _per_year(demand: Demand) -> float:
    if demand.per_year is not None:
        return demand.per_year
    assert demand.every_minutes is not None
    return YEAR * 24 * 60 / mean(demand.every_minutes)


def _add_load(flow: FlowTables, per_year: float, load: NDArray[np.float64], together: NDArray[np.int64]) -> None:
    """Add the seconds a year that a flow asks of each pool, first attempts only, branches included."""
    for node in range(len(flow.nodes)):
        program = flow.program(node, 0)
        active = flow.active[node]
        for line in [*program.lines, *(x for branch in program.branches for x in branch)]:
            if line.op == Op.SERVE:
                seconds = np.maximum(np.array(line.seconds), 0) * (1 if active is None else np.array(active))
                load[line.where] += seconds.mean() * line.staff * per_year
                together[line.where] = max(together[line.where], line.staff)
