"""Whether a run fits into its calendar: known from the files, before anything is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sim.core.arrays import np
from sim.core.errors import CalendarError, Fault
from sim.core.workdays import DayTable
from sim.scenario.library import Spec
from sim.scenario.prepared import PreparedVariant
from sim.scenario.scenario import MOST_CASES, WEEK, YEAR, Scenario
from sim.spec.opening import hours_of
from sim.spec.planned import planned_days, planned_paths

WORKED = 250
"""Working days of a year, about."""


def beyond(spec: Spec[Scenario], variants: Sequence[PreparedVariant], table: DayTable) -> Iterator[Fault]:
    """Yield a start on a day that the calendar has not, cases for whom its days do not suffice, and closed offices."""
    start = date.fromisoformat(spec.model.start)
    try:
        table.index(start)
    except CalendarError as error:
        yield spec.fault(("start",), f"{error}; choose another day")
        return
    window = spec.model.window
    if window and window.measured[0] > (start - table.first).days:
        wrong = f"the calendar begins {table.first}, less than {window.warm_up} weeks before {start}"
        yield spec.fault(("window", "warm_up"), f"{wrong}; start later, or ask for fewer")
        return
    # The last case needs time to end in, and demand and staff are reckoned over the year from the start on.
    left = (table.last - start).days / YEAR
    years = left - max(1.0, *(_years(variant) for variant in variants))
    if years < 0:
        lasting = "less than a year later" if left < 1 else "and a case lasts longer"
        yield spec.fault(("start",), f"the calendar ends {table.last}, {lasting}; start earlier")
        return
    yield from _demand(spec, variants, table, years)
    yield from _closed(spec, variants, table)


def _years(variant: PreparedVariant) -> float:
    """The years that a case is planned to last along the longest path of a variant."""
    ways = [flow.process for flows in variant.flows.values() for flow in flows]
    return max(sum(planned_days(way.steps[s]) for s in next(planned_paths(way))) for way in ways) / WORKED


def _demand(
    spec: Spec[Scenario], variants: Sequence[PreparedVariant], table: DayTable, years: float
) -> Iterator[Fault]:
    """Yield the weeks, or the cases of a process, that take longer to come than the calendar has left."""
    window = spec.model.window
    weeks = window.days // WEEK if window else 0
    if window and window.days - window.measured[0] > years * YEAR:
        wrong = f"{weeks - window.warm_up} weeks of arrivals from the start on, warm-up included, are too many"
        yield spec.fault(("window",), f"{wrong}: the calendar ends {table.last}; ask for fewer", key=True)
        return
    for process, demand in spec.model.demand.items():
        yearly = demand.yearly * min(variant.demand.get(process, 1.0) for variant in variants)
        if (coming := demand.yearly * weeks * WEEK / YEAR) > MOST_CASES:
            wrong = f"about {coming:.2g} cases come in {weeks} weeks, and {MOST_CASES:.0g} are the most"
            yield spec.fault(("demand", process), f"{wrong}; ask for fewer weeks", key=True)
        elif demand.cases and demand.cases > yearly * years:
            wrong = f"{demand.cases} cases take {demand.cases / yearly:.0f} years to come"
            message = f"{wrong}, and the calendar ends {table.last}; ask for fewer"
            yield spec.fault(("demand", process, "cases"), message)


def _closed(spec: Spec[Scenario], variants: Sequence[PreparedVariant], table: DayTable) -> Iterator[Fault]:
    """Yield hours of the place that never come in the year over which demand and staff are reckoned."""
    first = table.index(date.fromisoformat(spec.model.start))
    for name, opening in variants[0].place.hours.items():
        if not np.any(hours_of(opening).open_days(table)[first : first + YEAR]):
            until = table.first + timedelta(days=first + YEAR)
            never = f"the {name} hours of {spec.model.place} do not come once before {until}"
            yield spec.fault(("start",), f"{never}; mend the place, or the calendar")
