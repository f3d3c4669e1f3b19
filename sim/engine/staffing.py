"""How many officers there are where the place states only how busy they are, and what else all of them do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.engine.arrivals import open_in_year
from sim.engine.flows import flow_tables
from sim.engine.numbering import PlaceNumbers
from sim.engine.population import Population
from sim.engine.programs.lines import asking
from sim.engine.shared import Shared
from sim.records.tables import WINDOW, Flag, FlowTables, Instruction, Op, PoolKey, Program, Staff
from sim.scenario.prepared import Prepared
from sim.scenario.settings import Officers
from sim.spec.place import Place, StaffGroup
from sim.spec.process_checks import crews_of

PILOT_CASES = 1000
"""Cases drawn to find the load from which staff is derived."""
MOST_ATTEMPTS = 100
"""Attempts at a step that are followed; what fails more often than that adds nothing that could be seen."""
FAILED = int(Flag.FAILED)


def derived_staff(prepared: Prepared, pilot: Draws | None = None, shared: Shared | None = None) -> Staff:
    """The officers that the demand before the reforms asks for at the utilisation assumed, and what else all do.

    An assumed utilisation is that of the whole office: where the scenario, rework included, keeps its officers less
    busy than that, other matters fill the rest. A department has a section of officers at least, and one that does
    the business of others has theirs too: officers go where their matters go. At a window nothing is assumed: what
    others hand in takes minutes, and who stands behind them waits minutes.

    Officers that a planner sets are counted from those there are today, by the demand of the files; what else they
    do stays as much. Raises PlannerError where nobody would be left. `pilot` is the luck of the cases that are drawn
    for it; whoever derives often keeps it, `pilot_luck()`, and what is `shared` by all that is derived with the same.
    """
    settings, pilot, shared = prepared.settings, pilot or pilot_luck(), shared or Shared()
    found = _derived(prepared, {}, pilot, shared)
    if not (settings.officers or settings.demand):
        return found
    today = _derived(prepared, settings.demand, pilot, shared) if settings.demand else found
    changed = _set(settings.officers, today.officers)
    other = {**found.other, **{key: today.other[key] for key in changed if key in today.other}}
    return Staff({**found.officers, **changed}, other, today.officers)


def pilot_luck() -> Draws:
    """The luck of the cases from which staff is derived, the same for all seeds."""
    return Draws(0, 0)


def _set(settings: Iterable[Officers], today: Mapping[PoolKey, int]) -> dict[PoolKey, int]:
    """The officers that are set, one setting after another."""
    changed: dict[PoolKey, int] = {}
    for department, role, setting in settings:
        key = department, role
        changed[key] = round(setting.on(changed.get(key, today[key])))
        if changed[key] < 1:
            raise setting.wrong(f"{department} has {today[key]} {role} today; leave one at least")
    return changed


def _derived(prepared: Prepared, faster: Mapping[str, float], pilot: Draws, shared: Shared) -> Staff:
    """The officers and their other matters; of processes that came `faster` than in their files, as those state."""
    baseline = prepared.variants[0]
    place = PlaceNumbers(prepared, _unlimited(baseline.place), Staff({}, {}))
    load, together = _load(prepared, place, faster, pilot, shared)
    after = _together(prepared)
    officers: dict[PoolKey, int] = {}
    other: dict[PoolKey, float] = {}
    for key, nth, group in _groups(baseline.place):
        if group.count is not None and group.other is not None and group.other.share is not None:
            other[key] = other.get(key, 0.0) + group.count * group.other.share
        utilisation = group.utilisation or (group.other.utilisation if group.other else None)
        if utilisation is None:
            continue
        number = place.pool_numbers[key]
        crew = place.pools[number].groups[nth]
        capacity = open_in_year(place.clocks[crew.clock], prepared)
        own = load[number] / capacity
        count = group.count
        if count is None:
            least = 1 if key[1] == WINDOW else _section(prepared, baseline.place, key[0])
            count = max(ceil(own / utilisation), int(together[number]), after.get(key, 1), least)
            officers[key] = count
        if key[1] != WINDOW:
            other[key] = other.get(key, 0.0) + max(count * utilisation - own, 0.0)
    return Staff(officers, other)


def _together(prepared: Prepared) -> dict[PoolKey, int]:
    """How many officers of a role work on one case at once, in any variant: a reform may bring such work along."""
    found: dict[PoolKey, int] = {}
    for variant in prepared.variants:
        for flow in (flow for flows in variant.flows.values() for flow in flows):
            asked = [(part.at or "", part.work.by, part.work.staff) for parts in flow.efforts.values() for part in parts
                     if part.work]  # fmt: skip
            steps = flow.process.steps.items()
            asked += [one[1:] for name, step in steps for one in crews_of(("steps", name), step)]
            for department, role, staff in asked:
                key = variant.place.acting(department) if department else "", role
                found[key] = max(staff, found.get(key, 1))
    return found


def _section(prepared: Prepared, place: Place, department: str) -> int:
    """The officers that a department has at least: a section for each department whose business it does."""
    section = prepared.practice.section
    return section.officers * sum(place.acting(d) == department for d in place.departments) if section else 1


def _groups(place: Place) -> Iterator[tuple[PoolKey, int, StaffGroup]]:
    """Every group of officers of a place, with its number in its pool."""
    for name, department in place.departments.items():
        for role, groups in department.staff.items():
            yield from (((name, role), nth, group) for nth, group in enumerate(groups))


def _unlimited(place: Place) -> Place:
    """The place with more officers than anybody could need where their number is not stated."""
    departments = {
        name: d.model_copy(update={"staff": {role: tuple(map(_enough, groups)) for role, groups in d.staff.items()}})
        for name, d in place.departments.items()
    }
    return place.model_copy(update={"departments": departments})


def _enough(group: StaffGroup) -> StaffGroup:
    return group.model_copy(update={"count": group.count or 10**6, "utilisation": None})


def _load(
    prepared: Prepared, place: PlaceNumbers, faster: Mapping[str, float], pilot: Draws, shared: Shared
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """By pool: the seconds a year that the demand before the reforms asks for, and how many officers at once."""
    load, together = np.zeros(len(place.pools)), np.ones(len(place.pools), dtype=np.int64)
    for process, demand in prepared.scenario.demand.items():
        yearly = demand.yearly / faster.get(process, 1.0)
        for way in prepared.variants[0].flows[process]:
            flow = flow_tables(prepared, way, place, Population(way.process, PILOT_CASES, pilot), shared)
            for node, line, seconds in _asked(flow):
                del node
                for pool, staff in asking(line, place.crews):
                    load[pool] += seconds.mean() * staff * way.share * yearly
                    together[pool] = max(together[pool], staff)
    return load, together


def _asked(flow: FlowTables) -> Iterator[tuple[int, Instruction, NDArray[np.int64]]]:
    """Every line that asks for officers, with its seconds by case: 0 for cases that do not come to it."""
    for node, attempts in _attempts(flow).items():
        for nth in range(int(attempts.max(initial=0))):
            program, coming = flow.program(node, nth), attempts > nth
            for line in _served(program):
                yield node, line, np.where(coming, np.maximum(line.seconds, 0), 0)


def _served(program: Program) -> Iterator[Instruction]:
    """The lines that ask for officers on the way that no returned application takes, branches included."""
    aside = {line.where for line in program.lines if line.op == Op.DEFER}
    beside = (line for n, branch in enumerate(program.branches) if n not in aside for line in branch)
    yield from (line for line in [*program.lines, *beside] if line.op in (Op.SERVE, Op.VISIT))


def _attempts(flow: FlowTables) -> Mapping[int, NDArray[np.int64]]:
    """Node → how often each case goes through it: once, and again for every failure that sends it back there.

    A later step that sends a case back makes it pass the checks before it once more, so that failures are counted
    from the end.
    """
    count = {n: np.ones(PILOT_CASES, dtype=np.int64) for n in range(len(flow.nodes))}
    for node, mask in enumerate(flow.active):
        if mask is not None:
            count[node] = mask.astype(np.int64)
    for node in sorted(flow.redo, reverse=True):
        failures = _failures(flow, node, count[node])
        for again in flow.redo[node]:
            count[again] = np.where(count[again] > 0, count[again] + failures, 0)
    return count


def _failures(flow: FlowTables, node: int, passes: NDArray[np.int64]) -> NDArray[np.int64]:
    """By case: how often a step fails until it has succeeded as often as the case passes it."""
    failures, left = np.zeros(PILOT_CASES, dtype=np.int64), passes.copy()
    for nth in range(MOST_ATTEMPTS):
        if not (left > 0).any():
            break
        flags = flow.program(node, nth).flags
        failed = np.zeros(PILOT_CASES, dtype=bool) if flags is None else (flags & FAILED) > 0
        failures += (left > 0) & failed
        left -= (left > 0) & ~failed
    return failures
