"""From a prepared variant to the tables an engine plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws, Several
from sim.engine.arrivals import Coming, coming
from sim.engine.flows import flow_tables
from sim.engine.numbering import PlaceNumbers
from sim.engine.others import other_files
from sim.engine.parts import lines_met, part
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
    (tables,) = compile_together(prepared, variant, staff, Several([draws]), shared or Shared())
    return tables


def compile_together(prepared: Prepared, variant: PreparedVariant, staff: Staff, luck: Several,
                     shared: Shared) -> list[Tables]:  # fmt: skip
    """The tables of several replications of a variant, which are made at once: each is the same as made by itself."""
    place = PlaceNumbers(prepared, variant.place, staff)
    flows: list[list[FlowTables]] = [[] for _ in luck.each]
    arrivals: list[list[Arrivals]] = [[] for _ in luck.each]
    attributes: list[dict[str, Mapping[str, NDArray[np.generic]]]] = [{} for _ in luck.each]
    for process, demand in prepared.scenario.demand.items():
        ways, faster = variant.flows[process], variant.demand.get(process, 1.0)
        came = [_coming(process, draws, place, prepared, faster, shared) for draws in luck.each]
        sizes = [len(one.times) for one in came]
        populations = [Population(way.process, sum(sizes), luck.together(sizes)) for way in ways]
        population = populations[0]
        chosen = _chosen(ways, population) + len(flows[0])
        urgent = population.holds(ways[0].process.urgent) if ways[0].process.urgent else None
        versions = [flow_tables(prepared, way, place, own, shared) for way, own in zip(ways, populations, strict=True)]
        for n, (one, cases) in enumerate(zip(came, _slices(sizes), strict=True)):
            measured = (one.warm_up, one.end, one.between)
            first = None if urgent is None else urgent[cases]
            arrivals[n].append(Arrivals(process, one.times, chosen[cases], first, *measured, demand.yearly * faster))
            attributes[n][process] = {name: values[cases] for name, values in population.attributes.items()}
            flows[n] += versions if len(luck.each) == 1 else [part(version, cases) for version in versions]
    return [
        Tables(
            own,
            came,
            place.pools,
            place.clocks,
            place.sittings,
            OFFICE,
            place.day,
            place.deadlines,
            place.working(""),
            known,
            other_files(prepared, place, staff, draws, _last(came), _asked(own, place), shared),
            place.crews,
        )
        for own, came, known, draws in zip(flows, arrivals, attributes, luck.each, strict=True)
    ]


def _coming(process: str, draws: Draws, place: PlaceNumbers, prepared: Prepared, faster: float,
            shared: Shared) -> Coming:  # fmt: skip
    """The cases of a process in a replication; the same for all variants whose offices are open at the same times."""
    key = draws, "coming", process, faster, place.office, place.hours
    return shared.once(key, lambda: coming(process, draws, place, prepared, faster))


def _slices(sizes: Sequence[int]) -> list[slice]:
    return [slice(*ends) for ends in pairwise([0, *accumulate(sizes)])]


def _last(arrivals: Sequence[Arrivals]) -> int:
    """The second at which the last case comes; 0 where none does."""
    return max((int(a.times[-1]) for a in arrivals if len(a.times)), default=0)


def _asked(flows: list[FlowTables], place: PlaceNumbers) -> set[int]:
    """The pools that some case may come to: elsewhere nobody waits behind files of other matters."""
    return {
        pool
        for flow in flows
        for node in range(len(flow.nodes))
        for line in lines_met(flow.program(node, 0))
        for pool, _ in asking(line, place.crews)
    }


def _chosen(ways: tuple[Flow, ...], population: Population) -> NDArray[np.int64]:
    """By case: which way it goes; the reformed way first, so that it wins the lowest numbers."""
    if len(ways) == 1:
        return np.zeros(population.cases, dtype=np.int64)
    upper = np.cumsum([way.share for way in ways[:-1]])
    return np.searchsorted(upper, population.uniform("flow"), side="right").astype(np.int64)
