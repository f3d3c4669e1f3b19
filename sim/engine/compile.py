"""From a prepared variant to the tables an engine plays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.engine.arrivals import coming
from sim.engine.flows import flow_tables
from sim.engine.numbering import PlaceNumbers
from sim.engine.others import other_files
from sim.engine.population import Population
from sim.engine.programs.lines import OFFICE, asking
from sim.engine.shared import Shared
from sim.records.tables import Arrivals, FlowTables, Staff, Tables
from sim.scenario.prepared import Flow, Prepared, PreparedVariant


def compile_variant(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws,
                    shared: Shared | None = None) -> Tables:  # fmt: skip
    """The tables of one replication of a variant; `staff` is what `staff_of` found.

    Whoever makes several variants of a scenario with the same luck has them `shared`.
    """
    shared = shared or Shared()
    place = PlaceNumbers(prepared, variant.place, staff)
    flows: list[FlowTables] = []
    arrivals: list[Arrivals] = []
    attributes: dict[str, Mapping[str, NDArray[np.generic]]] = {}
    for process, demand in prepared.scenario.demand.items():
        ways = variant.flows[process]
        faster = variant.demand.get(process, 1.0)
        came = coming(process, draws, place, prepared, faster)
        populations = [Population(way.process, len(came.times), draws) for way in ways]
        population = populations[0]
        chosen = _chosen(ways, population) + len(flows)
        urgent = population.holds(ways[0].process.urgent) if ways[0].process.urgent else None
        measured = (came.warm_up, came.end, came.between)
        arrivals.append(Arrivals(process, came.times, chosen, urgent, *measured, demand.yearly * faster))
        attributes[process] = population.attributes
        flows += [flow_tables(prepared, way, place, own, shared) for way, own in zip(ways, populations, strict=True)]
    last = max((int(a.times[-1]) for a in arrivals if len(a.times)), default=0)
    others = other_files(prepared, place, staff, draws, last, _asked(flows, place), shared)
    return Tables(
        flows,
        arrivals,
        place.pools,
        place.clocks,
        place.sittings,
        OFFICE,
        place.day,
        place.deadlines,
        place.working(""),
        attributes,
        others,
        place.crews,
    )


def _asked(flows: list[FlowTables], place: PlaceNumbers) -> set[int]:
    """The pools that some case may come to: elsewhere nobody waits behind files of other matters."""
    return {
        pool
        for flow in flows
        for node in range(len(flow.nodes))
        for program in [flow.program(node, 0)]
        for line in [*program.lines, *(x for branch in program.branches for x in branch)]
        for pool, _ in asking(line, place.crews)
    }


def _chosen(ways: tuple[Flow, ...], population: Population) -> NDArray[np.int64]:
    """By case: which way it goes; the reformed way first, so that it wins the lowest numbers."""
    if len(ways) == 1:
        return np.zeros(population.cases, dtype=np.int64)
    upper = np.cumsum([way.share for way in ways[:-1]])
    return np.searchsorted(upper, population.uniform("flow"), side="right").astype(np.int64)
