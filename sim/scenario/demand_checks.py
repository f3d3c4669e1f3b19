"""Checks of when cases come: against the hours of the office, and against what variants make of it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.core.hours import Hours
from sim.scenario.library import Library
from sim.scenario.scenario import Demand, Scenario
from sim.spec.findings import Finding
from sim.spec.opening import hours_of
from sim.text.document import KeyPath

HOUR = 3600
SATURDAY = 5


def demand_findings(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield every demand by which nobody comes, and every variant in which more of the listed cases should come."""
    place = library.places.get(scenario.place)
    office = hours_of(place.hours["office"]) if place else None
    for process, demand in scenario.demand.items():
        if office:
            yield from _closed(("demand", process), demand, office)
        for name, variant in scenario.variants.items():
            if demand.arrivals is not None and process in variant.demand:
                message = f"the cases of {process} are listed as they came; for another demand give per_year instead"
                yield Finding(("variants", name, "demand", process), message, key=True)


def _closed(path: KeyPath, demand: Demand, office: Hours) -> Iterator[Finding]:
    """Yield the hours, or the weekdays, that have all cases while the office is closed in them."""
    if demand.by_hour and not any(demand.by_hour[hour] for hour in _open_hours(office)):
        message = "the office is closed in every hour that has a part, so that nobody comes; mend it"
        yield Finding((*path, "by_hour"), message)
    open_ = office.days if isinstance(office.days, frozenset) else range(7 if office.days == "every_day" else SATURDAY)
    if demand.by_weekday and not any(demand.by_weekday[weekday] for weekday in open_):
        message = "the office is closed on every weekday that has a part, so that nobody comes; mend it"
        yield Finding((*path, "by_weekday"), message)


def _open_hours(office: Hours) -> set[int]:
    """The hours of the day in which an office is open at some time."""
    kept = [own for pattern in office.patterns for own in (pattern.periods, *(own for _, own in pattern.weekdays))]
    return {hour for periods in kept for a, b in periods for hour in range(a // HOUR, (b - 1) // HOUR + 1)}
