"""The order of a process: which step waits for which, why, and how long that must take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from sim.spec.process import Process


ORDER = "order"
"""Origin of an edge that habit alone keeps; the only one that a reform may drop."""
NATURE = "nature"
"""Origin of an edge that cannot be otherwise: nothing is inspected before it is built."""
MATERIAL = "material"
"""Origin of an edge along which a step's output is needed."""

Edge = tuple[str, str]
_SAME = 1e-9
"""Lengths closer than this are the same."""


def edges(process: Process) -> dict[Edge, str]:
    """Every edge (earlier, later) → its origin: a law's key, `nature`, `material` or `order`."""
    found: dict[Edge, str] = {}
    yielded: dict[str, list[str]] = {}
    for step_id, step in process.steps.items():
        for material in step.yields:
            yielded.setdefault(material, []).append(step_id)
    for step_id, step in process.steps.items():
        found.update({(before, step_id): origin for before, origin in step.after.items()})
        for need in step.needs:
            for giver in yielded.get(need.material, ()):
                if found.get((giver, step_id), ORDER) == ORDER:
                    found[giver, step_id] = MATERIAL
    return found


def legal_edges(process: Process) -> dict[Edge, str]:
    """The edges that habit alone does not explain, with their origins."""
    return {edge: origin for edge, origin in edges(process).items() if origin != ORDER}


def predecessors(process: Process) -> dict[str, list[str]]:
    """Each step → the steps directly before it, in the order written."""
    before: dict[str, list[str]] = {step: [] for step in process.steps}
    for earlier, later in edges(process):
        before[later].append(earlier)
    return before


def started_with(process: Process) -> dict[str, list[str]]:
    """Each step → the steps after whose start it starts."""
    return {s: [u for u, lag in step.lag.items() if lag.since == "start"] for s, step in process.steps.items()}


def waits(process: Process) -> dict[str, list[str]]:
    """Each step → the steps that must be over before it starts, in the order written.

    Besides those directly before it, what comes before a step after whose start it starts.
    """
    before, starts = predecessors(process), started_with(process)
    return {s: list(dict.fromkeys([*earlier, *(x for u in starts[s] for x in before.get(u, ()))]))
            for s, earlier in before.items()}  # fmt: skip


def digraph(before: Mapping[str, list[str]]) -> nx.DiGraph:
    """The graph of steps, given what is directly before each."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(before)
    graph.add_edges_from((u, v) for v, earlier in before.items() for u in earlier)
    return graph


def cycle(before: Mapping[str, list[str]]) -> list[str]:
    """A circle of steps that wait for one another, first step repeated at the end; empty if there is none."""
    if len(_ordered(before)) == len(_named(before)):
        return []
    import networkx as nx

    found = nx.find_cycle(digraph(before))
    return [u for u, _ in found] + [found[0][0]]


def order(before: Mapping[str, list[str]]) -> list[str]:
    """The steps so that each comes after those it waits for; ties in the order written. ValueError for a circle."""
    found = _ordered(before)
    if len(found) < len(_named(before)):
        raise ValueError(f"steps wait for one another in a circle: {', '.join(cycle(before))}")
    return found


def _named(before: Mapping[str, list[str]]) -> dict[str, int]:
    """Every step, those that are only waited for included, with its place."""
    names = dict.fromkeys([*before, *(u for earlier in before.values() for u in earlier)])
    return {step: i for i, step in enumerate(names)}


def _ordered(before: Mapping[str, list[str]]) -> list[str]:
    """The steps in order, as far as no circle keeps them from it (Kahn's algorithm)."""
    place = _named(before)
    names, waiting = list(place), {step: len({*before.get(step, ())}) for step in place}
    after: dict[str, list[str]] = {step: [] for step in place}
    for later, earlier in before.items():
        for step in {*earlier}:
            after[step].append(later)
    ready = [place[step] for step, number in waiting.items() if not number]
    heapify(ready)
    found: list[str] = []
    while ready:
        found.append(names[heappop(ready)])
        for later in after[found[-1]]:
            waiting[later] -= 1
            if not waiting[later]:
                heappush(ready, place[later])
    return found


def ancestors(before: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Each step → every step that must be over before it starts."""
    found: dict[str, frozenset[str]] = {}
    for step in order(before):
        found[step] = frozenset(before[step]).union(*(found[u] for u in before[step]))
    return found


def finishing(before: Mapping[str, list[str]], lengths: Mapping[str, float]) -> dict[str, float]:
    """Each step → the earliest moment it can be over, when step x takes lengths[x] and nobody queues."""
    end: dict[str, float] = {}
    for step in order(before):
        end[step] = max((end[u] for u in before[step]), default=0) + lengths[step]
    return end


def critical_path(before: Mapping[str, list[str]], lengths: Mapping[str, float]) -> list[str]:
    """The chain of steps that decides how long the whole takes, first to last."""
    end = finishing(before, lengths)
    path = [max(end, key=lambda s: end[s])]
    while before[path[-1]]:
        path.append(max(before[path[-1]], key=lambda s: end[s]))
    return path[::-1]


def slack(before: Mapping[str, list[str]], lengths: Mapping[str, float]) -> dict[str, float]:
    """Each step → how much longer it might take without the whole taking longer: none on a critical path."""
    end = finishing(before, lengths)
    latest = dict.fromkeys(before, max(end.values(), default=0.0))
    for step in reversed(order(before)):
        for earlier in before[step]:
            latest[earlier] = min(latest[earlier], latest[step] - lengths[step])
    return {step: max(latest[step] - end[step], 0.0) for step in before}


def critical_links(before: Mapping[str, list[str]], lengths: Mapping[str, float]) -> tuple[frozenset[str], list[Edge]]:
    """The steps that have no slack, and the edges along the critical paths, all of them where several are as long.

    An edge that others on the critical paths imply is left out.
    """
    end, critical = finishing(before, lengths), {s for s, x in slack(before, lengths).items() if x < _SAME}
    tight = {s: [u for u in before[s] if u in critical and end[s] - lengths[s] - end[u] < _SAME] for s in critical}
    elders = ancestors(tight)
    implied = {s: frozenset[str]().union(*(elders[u] for u in tight[s])) for s in critical}
    return frozenset(critical), [(u, v) for v in before if v in critical for u in tight[v] if u not in implied[v]]


def critical_paths(before: Mapping[str, list[str]], lengths: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
    """Yield every chain of steps that decides how long the whole takes, first to last."""
    critical, links = critical_links(before, lengths)
    after = {step: [v for u, v in links if u == step] for step in critical}
    waiting: list[tuple[str, ...]] = [
        (step,) for step in reversed(order(before)) if step in critical - {v for _, v in links}
    ]
    while waiting:
        path = waiting.pop()
        waiting += [(*path, later) for later in reversed(after[path[-1]])]
        if not after[path[-1]]:
            yield path
