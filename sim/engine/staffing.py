"""How many officers there are where the place states only how busy they are."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.engine.arrivals import open_in_year
from sim.engine.flows import flow_tables
from sim.engine.numbering import PlaceNumbers
from sim.records.tables import FlowTables, Op, Staff
from sim.scenario.prepared import Prepared

PILOT_CASES = 1000
"""Cases drawn to find the load from which staff is derived."""


def derived_staff(prepared: Prepared) -> Staff:
    """The officers each pool needs for the demand before the reforms to meet the utilisation assumed."""
    baseline = prepared.variants[0]
    unlimited = baseline.place.model_copy(update={"departments": {
        name: d.model_copy(update={"staff": {
            role: tuple(g.model_copy(update={"count": g.count or 10**6, "utilisation": None}) for g in groups)
            for role, groups in d.staff.items()}})
        for name, d in baseline.place.departments.items()}})  # fmt: skip
    place = PlaceNumbers(prepared, unlimited, {})
    load = np.zeros(len(place.pools))
    together = np.ones(len(place.pools), dtype=int)
    for process, demand in prepared.scenario.demand.items():
        for way in baseline.flows[process]:
            flow = flow_tables(prepared, way.process, place, PILOT_CASES, Draws(0, 0))
            _add_load(flow, way.share * demand.yearly, load, together)
    found = {}
    for (name, role), number in place.pool_numbers.items():
        groups = baseline.place.departments[name].staff[role]
        group = next((g for g in groups if g.utilisation is not None), None)
        if group is not None and group.utilisation is not None:
            capacity = open_in_year(place.clocks[place.clock_numbers[group.hours]], prepared)
            found[name, role] = max(ceil(load[number] / capacity / group.utilisation), int(together[number]))
    return found


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
