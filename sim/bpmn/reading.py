"""A process that another program drew in BPMN 2.0: its tasks, who does them, what they wait for and for which cases."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from bpmn_io import BpmnModdle, ParseError, is_a

from sim.core.errors import PlannerError
from sim.spec import graph
from sim.text import reading
from sim.text.plain import plain

LARGEST = 20_000_000
"""Bytes of a file that is read."""
MOST = 5_000
"""Nodes of a process that are read."""
_CHOOSING = ("bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:EventBasedGateway", "bpmn:ComplexGateway")


@dataclass(frozen=True)
class Choice:
    """A gateway at which cases go different ways."""

    id: str
    name: str
    ways: Sequence[str]
    """What is said of each way; its number where nothing is."""


@dataclass(frozen=True)
class Task:
    """A task as it was drawn."""

    id: str
    name: str
    lane: str
    """Who does it: the lane or, without one, the pool; nothing where neither says so."""
    after: Sequence[str]
    """The tasks that it waits for, without those that these wait for already."""
    when: Mapping[str, Sequence[int]]
    """Choice → the ways that lead to it, where not all do."""


@dataclass(frozen=True)
class Drawn:
    """A process as it was drawn; a flow back to where it came from is told as a task that may fail."""

    name: str
    tasks: Sequence[Task]
    choices: Mapping[str, Choice]
    again: Mapping[str, str]
    """Task → the one from which a case comes again where the task fails; itself or one before it."""


def read(path: Path) -> Drawn:
    """Return the process of a BPMN file, the largest of several; raises PlannerError where there is none to read."""
    whole = reading.read(path, LARGEST, f"more than {LARGEST // 1_000_000} MB, a diagram has less: draw it in parts")
    return parsed(whole.text.removeprefix("\ufeff"), whole.file)


def parsed(text: str, file: str) -> Drawn:
    """Return the process of a text, which faults call by the name of its file; raises PlannerError as `read` does."""
    try:
        found = BpmnModdle().from_xml(text)
    except ParseError as error:
        raise PlannerError(f"{file}: it is no BPMN 2.0; save the diagram as BPMN 2.0 XML") from error
    if lost := [str(w.error) for w in found.warnings if w.message.startswith("unparsable")]:
        raise PlannerError(f"{file}: a part of it cannot be read: {plain(lost[0])}; change it where it was drawn")
    root = found.root_element
    parts = _all(root, "rootElements")
    processes = [part for part in parts if is_a(part, "bpmn:Process")]
    if not processes:
        raise PlannerError(f"{file}: there is no process in it; save it as BPMN 2.0 XML with a process")
    process = max(processes, key=lambda one: len(_all(one, "flowElements")))
    pools = [pool for part in parts if is_a(part, "bpmn:Collaboration") for pool in _all(part, "participants")]
    pool = next((_name(one) for one in pools if one.get("processRef") is process), "")
    nodes: dict[str, Any] = {
        str(node.get("id")): node for node in _all(process, "flowElements") if is_a(node, "bpmn:FlowNode")
    }
    if len(nodes) > MOST:
        raise PlannerError(f"{file}: {len(nodes)} nodes are more than the {MOST} that are read; draw it in parts")
    tasks = [key for key, node in nodes.items() if is_a(node, "bpmn:Activity")]
    if not tasks:
        raise PlannerError(f"{file}: there is no task in its process; draw one for each step")
    flows, back = _forward(process, nodes)
    order = _ordered(tasks, flows)
    again = dict(filter(None, (_again(u, v, order, flows) for u, v in back)))
    choices = {key: _choice(key, nodes[key], flows) for key, node in nodes.items()
               if _chooses(node) and flows.out_degree(key) > 1}  # fmt: skip
    after, when, lanes = _after(order, flows), _when(choices, flows), _lanes(process, pool)
    drawn = [Task(key, _called(nodes[key]), lanes[key], after[key], when.get(key, {})) for key in order]
    return Drawn(_name(process) or pool, drawn, choices, again)


def _again(end: str, begin: str, order: Sequence[str], flows: nx.DiGraph) -> tuple[str, str] | None:
    """The last task on the way that a flow back closes, and the first; nothing where it passes none."""
    between = (nx.descendants(flows, begin) | {begin}) & (nx.ancestors(flows, end) | {end})
    passed = [task for task in order if task in between]
    return (passed[-1], passed[0]) if passed else None


def _all(element: Any, name: str) -> list[Any]:
    return list(element.get(name) or [])


def _name(element: Any) -> str:
    return " ".join(plain(element.get("name") or "").split())


def _called(element: Any) -> str:
    return _name(element) or str(element.get("id"))


def _chooses(node: Any) -> bool:
    return any(is_a(node, kind) for kind in _CHOOSING)


def _forward(process: Any, nodes: Mapping[str, Any]) -> tuple[nx.DiGraph, list[tuple[str, str]]]:
    """The flows between known nodes as a graph without circles, and those left out for it.

    Those are left out that lead back to a node from which the drawing came, beginning where nothing leads to.
    """
    flows = nx.DiGraph()
    flows.add_nodes_from(nodes)
    for flow in _all(process, "flowElements"):
        if is_a(flow, "bpmn:SequenceFlow"):
            ends = [end.get("id") for end in (flow.get("sourceRef"), flow.get("targetRef")) if hasattr(end, "get")]
            if len(ends) == 2 and all(end in nodes for end in ends):
                flows.add_edge(*ends, said=_name(flow))
    for node in nodes.values():  # an event at the border of a task goes on from it
        if is_a(node, "bpmn:BoundaryEvent") and hasattr(task := node.get("attachedToRef"), "get"):
            flows.add_edge(task.get("id"), node.get("id"), said=_name(node))
    back = _back(flows)
    flows.remove_edges_from(back)
    return flows, back


def _back(flows: nx.DiGraph) -> list[tuple[str, str]]:
    """The edges that close a circle on a walk from the nodes to which nothing leads, in depth."""
    walked = nx.DiGraph()
    walked.add_nodes_from(sorted(flows, key=flows.in_degree))
    walked.add_edges_from(flows.edges)
    found: list[tuple[str, str]] = []
    open_: set[str] = set()
    for node, following, how in nx.dfs_labeled_edges(walked):
        if how == "forward":
            open_.add(following)
        elif how == "reverse":
            open_.discard(following)
        elif following in open_:
            found.append((node, following))
    return found


def _ordered(tasks: Iterable[str], flows: nx.DiGraph) -> list[str]:
    """The tasks, each after those that lead to it, else as they were drawn."""
    drawn = {key: i for i, key in enumerate(flows)}
    known = set(tasks)
    return [key for key in nx.lexicographical_topological_sort(flows, key=drawn.__getitem__) if key in known]


def _choice(key: str, node: Any, flows: nx.DiGraph) -> Choice:
    """A choice, the names of whose ways all differ."""
    ways = [flows.edges[key, following]["said"] or str(i) for i, following in enumerate(flows.successors(key), 1)]
    return Choice(key, _name(node), [way if ways.count(way) == 1 else f"{way} {i}" for i, way in enumerate(ways, 1)])


def _lanes(process: Any, pool: str) -> dict[str, str]:
    """Node → its innermost lane that has a name."""
    found: dict[str, str] = {}

    def walk(lanes: Iterable[Any]) -> None:
        for lane in lanes:
            for node in _all(lane, "flowNodeRef"):
                if hasattr(node, "get") and _name(lane):
                    found[node.get("id")] = _name(lane)
            if inner := lane.get("childLaneSet"):
                walk(_all(inner, "lanes"))

    for lanes in _all(process, "laneSets"):
        walk(_all(lanes, "lanes"))
    return {node.get("id"): found.get(node.get("id"), pool) for node in _all(process, "flowElements")}


def _after(tasks: Iterable[str], flows: nx.DiGraph) -> dict[str, list[str]]:
    """Task → the nearest tasks from which something leads to it, without those that these wait for already."""
    known = set(tasks)
    nearest = {task: _before(task, known, flows) for task in tasks}
    kept = nx.transitive_reduction(graph.digraph(nearest))
    return {task: [one for one in before if kept.has_edge(one, task)] for task, before in nearest.items()}


def _before(key: str, tasks: Set[str], flows: nx.DiGraph) -> list[str]:
    """The nearest tasks from which something leads to a node."""
    found: dict[str, None] = {}
    seen, waiting = {key}, deque(flows.predecessors(key))
    while waiting:
        node = waiting.popleft()
        if node in seen:
            continue
        seen.add(node)
        if node in tasks:
            found[node] = None
        else:
            waiting += flows.predecessors(node)
    return list(found)


def _when(choices: Iterable[str], flows: nx.DiGraph) -> dict[str, dict[str, list[int]]]:
    """Node → choice → the ways out of it that lead to the node, counted from 0, where some do and not all."""
    found: dict[str, dict[str, list[int]]] = {}
    for choice in choices:
        leading: dict[str, list[int]] = {}
        for way, first in enumerate(flows.successors(choice)):
            for node in (first, *nx.descendants(flows, first)):
                leading.setdefault(node, []).append(way)
        for node, ways in leading.items():
            if len(ways) < flows.out_degree(choice):
                found.setdefault(node, {})[choice] = ways
    return found
