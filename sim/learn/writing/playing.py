"""A scenario played once and kept as a city would have recorded it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sim.analysis.playing import played
from sim.core.draws import Draws
from sim.core.errors import PlannerError, unknown
from sim.core.workdays import DAY
from sim.engine.counters import staff_of
from sim.engine.population import Population
from sim.learn.writing.happened import Happened, happened, within
from sim.records.frames import records
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import YEAR


def recorded(prepared: Prepared, variant: str | None, seed: int, days: int = YEAR) -> dict[str, Happened]:
    """Return by process what happened in so many days of a variant, the first when left out; what is open then is open.

    Raises PlannerError where there is no such variant.
    """
    variants = {v.id: v for v in prepared.variants}
    if variant is not None and variant not in variants:
        raise PlannerError(unknown("variant", variant, variants))
    chosen = variants[variant] if variant is not None else prepared.variants[0]
    staff, long = staff_of(prepared), _for(prepared, days)
    draws = Draws(seed, 0)
    tables, log = played(long, chosen, staff, draws, often=True)
    found = {}
    for number, arrivals in enumerate(tables.arrivals):
        process = chosen.flows[arrivals.process][0].process
        cases = Population(process, len(arrivals.times), draws)
        online = np.asarray(cases.uniform("online") < (process.online.share if process.online else 0.0))
        own = happened(records(tables, log, number), prepared.start, online, cases.attributes)
        found[arrivals.process] = within(own, days * DAY)
    return found


def _for(prepared: Prepared, days: int) -> Prepared:
    """The scenario with as many cases as come in so many days, and some more."""
    demand = {
        process: d.model_copy(update={"cases": math.ceil(d.yearly * days / YEAR * 1.1) + 20, "warm_up": 0})
        for process, d in prepared.scenario.demand.items()
    }
    return replace(prepared, scenario=prepared.scenario.model_copy(update={"demand": demand}))
