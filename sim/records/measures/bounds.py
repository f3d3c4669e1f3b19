"""Which limit binds, by case and by attempt: limits differ between classes of cases, and from the second attempt on."""

from __future__ import annotations

from collections.abc import Callable

from sim.core.arrays import Ints, np
from sim.records.frames import Records
from sim.records.measures.base import Values
from sim.records.tables import Flag, FlowTables, Limits

Look = Callable[[Limits], float]
"""What is looked up in a limit."""


def by_case(flow: FlowTables, node: int, cases: Ints, look: Look) -> Values:
    """By case, given by their numbers: what `look` finds in the limit that binds a node of a flow the first time."""
    found = np.array([look(limits) for limits in flow.nodes[node].limits])
    chosen: Values = (
        found[np.array(flow.classes[node])[cases]] if node in flow.classes else np.repeat(found, len(cases))
    )
    return chosen


def by_attempt(records: Records, look: Look) -> Values:
    """By attempt: what `look` finds in the limit that binds it; an approved extension is not in it."""
    flows, nodes, cases, nth = (records.of_attempts[c] for c in ("flow", "node", "case", "nth"))
    found = records.by_attempt(lambda node: look(node.limits[0])).astype(float)
    for number, flow in enumerate(records.flows):
        for node in flow.classes:
            rows = (flows == number) & (nodes == node)
            found[rows] = by_case(flow, node, cases[rows], look)
    later = (nth > 0) & records.by_attempt(lambda node: node.again is not None)
    again = records.by_attempt(lambda node: look(node.again) if node.again else np.nan)
    return np.where(later, again, found)


def legal(records: Records) -> Values:
    """By attempt: the limit that binds it, in legal days, without any extension; not-a-number where there is none."""
    return by_attempt(records, lambda limits: np.nan if limits.legal_days is None else limits.legal_days)


def extension(records: Records) -> Values:
    """By attempt: the days by which its limit was extended, of the kind in which the limit is counted."""
    extended = (records.of_attempts["flags"] & int(Flag.EXTENDED)) > 0
    return np.where(extended, by_attempt(records, lambda limits: limits.extension), 0.0)
