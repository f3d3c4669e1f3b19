"""What could be done for a target: reforms, officers more, days more; and the sets of it, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

from sim.core.errors import PlannerError, unknown
from sim.decide.coalitions import By, Part, parts, parts_of, reforms_of_others
from sim.scenario.costs import HOURS, STAFF
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.spec.base import Name
from sim.spec.opening import Weekday
from sim.spec.place import Place

Kind = Literal["reform", "staff", "hours"]
DAYS: tuple[Weekday, ...] = ("sat", "sun")
"""Days on which windows may open too, in this order."""
MOST_OFFICERS = 3
"""Officers more in one department at most, where nothing else is asked for."""
_OFFICERS = "officers"


@dataclass(frozen=True)
class Lever:
    """One thing that could be done, once or so many times."""

    id: str
    """Of the part, or `staff.DEPARTMENT`, or `hours.HOURS`."""
    kind: Kind
    name: Name
    cost: float
    """Of each time."""
    most: int = 1
    """How many times."""
    part: Part | None = None
    """For a reform or a bundle."""
    of: str = ""
    """The department, or the hours."""
    role: str = ""
    """Of the officers."""


Chosen = tuple[int, ...]
"""Of each lever, how many times it is pulled."""


def levers(
    prepared: Prepared, variant: str, by: By, staff: Mapping[str, int], hours: Sequence[str]
) -> tuple[Lever, ...]:
    """What could be done: the parts of a variant, those of others that it has not, officers and days.

    `staff` says of which departments there may be more officers, and how many at most; departments that have a cost are
    among them. Each thing costs what the scenario says, one where it says nothing. Raises PlannerError for what there
    is not, or has no cost though other things have.
    """
    scenario, place = prepared.scenario, prepared.variants[0].place
    priced = [key.removeprefix(STAFF) for key in scenario.costs if key.startswith(STAFF)]
    officers = {**dict.fromkeys(priced, MOST_OFFICERS), **staff}
    windows = [name for name in place.hours if name != "office"] if HOURS in scenario.costs and not hours else hours
    return (
        *(_reform(scenario, part) for part in _all_parts(prepared, variant, by)),
        *(_staff(scenario, place, name, most) for name, most in officers.items()),
        *(_hours(scenario, place, name) for name in windows),
    )


def _all_parts(prepared: Prepared, variant: str, by: By) -> list[Part]:
    """The parts of a variant, and after them the reforms of other variants that it has not."""
    own, written = parts(prepared, variant, by), prepared.scenario.variants
    others = [(name, nth) for name, nth, _ in reforms_of_others(prepared, variant)]
    further = (part for name, nth in others for part in parts_of("reform", name, written[name]) if nth in part.reforms)
    return [*own, *further]


def _reform(scenario: Scenario, part: Part) -> Lever:
    """A part with its cost: the sum of what its reforms cost."""
    reforms = [scenario.variants[part.variant].reforms[n] for n in sorted(part.reforms)]
    costs = (
        [scenario.costs[str(getattr(reform, "reform", ""))].amount for reform in reforms] if scenario.costs else [1.0]
    )
    return Lever(part.id, "reform", part.name, sum(costs), part=part)


def _staff(scenario: Scenario, place: Place, name: str, most: int) -> Lever:
    staffed = {d: x for d, x in place.departments.items() if x.staff}
    if name not in staffed:
        raise PlannerError(unknown("department with staff", name, staffed))
    department = staffed[name]
    role = _OFFICERS if _OFFICERS in department.staff else next(iter(department.staff))
    called = department.name or Name(zh=name, en=name)
    cost = _cost(scenario, f"{STAFF}{name}")
    return Lever(f"{STAFF}{name}", "staff", called, cost, most=most, of=name, role=role)


def _hours(scenario: Scenario, place: Place, name: str) -> Lever:
    windows = [hours for hours in place.hours if hours != "office"]
    if name not in windows:
        raise PlannerError(unknown("hours of windows", name, windows))
    left = [day for day in DAYS if not place.hours[name].opens_on(day)]
    return Lever(f"{HOURS}.{name}", "hours", Name(zh=name, en=name), _cost(scenario, HOURS), most=len(left), of=name)


def _cost(scenario: Scenario, key: str) -> float:
    if not scenario.costs:
        return 1.0
    if key not in scenario.costs:
        raise PlannerError(f"costs of {scenario.id} do not say what {key} would cost; add it")
    return scenario.costs[key].amount


def cost_of(found: Sequence[Lever], chosen: Chosen) -> float:
    """What a choice costs."""
    return sum(lever.cost * times for lever, times in zip(found, chosen, strict=True))


def by_cost(found: Sequence[Lever]) -> Iterator[tuple[float, Chosen]]:
    """Yield every choice with its cost, the cheapest first, and of equal ones those that do least."""
    nothing: Chosen = (0,) * len(found)
    heap: list[tuple[float, int, Chosen, int]] = [(0.0, 0, nothing, 0)]
    while heap:
        cost, changes, chosen, last = heappop(heap)
        yield cost, chosen
        for i in range(last, len(found)):
            if chosen[i] < found[i].most:
                more = (*chosen[:i], chosen[i] + 1, *chosen[i + 1 :])
                heappush(heap, (round(cost + found[i].cost, 9), changes + 1, more, i))


def most_of(found: Sequence[Lever]) -> Chosen:
    """Everything, as often as it may be done."""
    return tuple(lever.most for lever in found)
