"""From a prepared variant to the tables an engine plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws, Several
from sim.engine.arrivals import Coming, coming
from sim.engine.flows import flow_tables
from sim.engine.numbering import PlaceNumbers
from sim.engine.others import other_files
from sim.engine.parts import lines_met, parts, slices
from sim.engine.population import Population, place_among
from sim.engine.programs.lines import OFFICE, asking
from sim.engine.shared import Shared
from sim.records.tables import Arrivals, FlowTables, Staff, Tables
from sim.scenario.prepared import Flow, Prepared, PreparedVariant


def compile_variant(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws,
                    shared: Shared | None = None) -> Tables:  # fmt: skip
    """The tables of one replication of a variant; `staff` is what `staff_of` found.

    Whoever makes several variants of a scenario with the same luck has them `shared`.
    """
    (tables,) = compile_together(prepared, variant, staff, Several([draws]), shared or Shared()).each
    return tables


class Together(NamedTuple):
    """The tables of several replications that are made at once."""

    whole: Tables
    """Of all of them, their cases one after another; without files of other matters. It is not to be played."""
    each: list[Tables]
    """Of each: what happens when they are played is the same as when it is made by itself."""


def compile_together(prepared: Prepared, variant: PreparedVariant, staff: Staff, luck: Several,
                     shared: Shared) -> Together:  # fmt: skip
    """The tables of several replications of a variant."""
    place = PlaceNumbers(prepared, variant.place, staff)
    flows: list[FlowTables] = []
    came: list[tuple[Arrivals, ...]] = []
    together: list[Arrivals] = []
    attributes: dict[str, Mapping[str, NDArray[np.generic]]] = {}
    for process, demand in prepared.scenario.demand.items():
        ways, faster = variant.flows[process], variant.demand.get(process, 1.0)
        found = [_coming(process, draws, place, prepared, faster, shared) for draws in luck.each]
        sizes = [len(one.times) for one in found]
        populations = [Population(way.process, sum(sizes), luck.together(sizes)) for way in ways]
        population = populations[0]
        chosen = _chosen(ways, population) + len(flows)
        urgent = population.holds(ways[0].process.urgent) if ways[0].process.urgent else None
        came.append(tuple(
            Arrivals(process, one.times, chosen[cases], None if urgent is None else urgent[cases], one.warm_up, one.end,
                     one.between, demand.yearly * faster)
            for one, cases in zip(found, slices(sizes), strict=True)
        ))  # fmt: skip
        times = np.concatenate([one.times for one in found])
        together.append(replace(came[-1][0], times=times, flow=chosen, urgent=urgent))
        attributes[process] = population.attributes
        flows += [flow_tables(prepared, way, place, own, shared) for way, own in zip(ways, populations, strict=True)]
    whole = Tables(flows, together, place.pools, place.clocks, place.sittings, OFFICE, place.day, place.deadlines,
                   place.working(""), attributes, [], place.crews)  # fmt: skip
    each = [whole] if len(luck.each) == 1 else parts(whole, list(zip(*came, strict=True)))
    for n, draws in enumerate(luck.each):
        asked = _asked(each[n].flows, place)
        others = other_files(prepared, place, staff, draws, _last(each[n].arrivals), asked, shared)
        each[n] = replace(each[n], others=others)
    return Together(whole, each)


def _coming(process: str, draws: Draws, place: PlaceNumbers, prepared: Prepared, faster: float,
            shared: Shared) -> Coming:  # fmt: skip
    """The cases of a process in a replication; the same for all variants whose offices are open at the same times."""
    key = draws, "coming", process, faster, place.office, place.hours
    return shared.once(key, lambda: coming(process, draws, place, prepared, faster))


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
    return place_among(upper, population.uniform("flow"))
