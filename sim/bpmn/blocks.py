"""A process as blocks of BPMN: each step with the gateways around it, and the flows from block to block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import networkx as nx

from sim.spec import graph
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.step import Step

Shape = Literal["StartEvent", "EndEvent", "UserTask", "ManualTask", "Task", "CallActivity", "ParallelGateway",
                "ExclusiveGateway"]  # fmt: skip
"""What a node is called in BPMN."""
START, END = "start-event", "end-event"
"""No step is called so: of all ids, those of steps alone have no hyphen."""
EITHER = "either-"
"""What the id of the gateway before a step of some cases begins with."""


@dataclass(frozen=True)
class Node:
    """An event, a task or a gateway."""

    id: str
    shape: Shape
    step: str = ""
    """The step that it stands for, or stands by."""


@dataclass(frozen=True)
class Flow:
    """What leads from one node to another."""

    source: str
    target: str
    said: Literal["", "when", "otherwise", "fails"] = ""
    """Which cases go along it; all where nothing is said."""

    @property
    def id(self) -> str:
        """Its id, after the nodes at its ends."""
        return f"{self.source}-to-{self.target}"


@dataclass(frozen=True)
class Block:
    """A step, or an end of the process, with the gateways before and behind it, from left to right."""

    id: str
    nodes: Sequence[Node]
    inner: Sequence[Flow] = ()
    """Flows between its nodes."""


@dataclass(frozen=True)
class Blocks:
    """A whole process: its blocks, each after those that lead to it, and the flows between them."""

    blocks: Mapping[str, Block]
    before: Mapping[str, Sequence[str]]
    """Block → the blocks that lead to it."""

    def flows(self) -> Iterator[Flow]:
        """Every flow, those inside a block after those that lead to it."""
        for name, block in self.blocks.items():
            for earlier in self.before[name]:
                yield Flow(self.blocks[earlier].nodes[-1].id, block.nodes[0].id)
            yield from block.inner


def blocks(process: Process) -> Blocks:
    """Return the blocks of a process, in an order in which each stands after those that lead to it.

    Only the orders that no others imply are flows. A step of some cases stands between two exclusive gateways past
    which the others go; one that may fail is followed by a gateway from which a case comes back to it.
    """
    waits = graph.predecessors(process)
    reduced = nx.transitive_reduction(graph.digraph(waits))
    order = graph.order(waits)
    before = {step: sorted(reduced.predecessors(step), key=order.index) for step in order}
    first = [step for step in order if not before[step]]
    last = [step for step in order if not list(reduced.successors(step))]
    before = {START: [], **{step: before[step] or [START] for step in order}, END: last}
    behind = {START: first, **{step: list(reduced.successors(step)) or [END] for step in order}}
    made = {START: _end(START, "StartEvent", 0, len(first))}
    made |= {step: _block(step, process.steps[step], len(before[step]), len(behind[step])) for step in order}
    made[END] = _end(END, "EndEvent", len(last), 0)
    return Blocks(made, before)


def _end(name: str, shape: Shape, comes: int, goes: int) -> Block:
    nodes = [*_parallel("join", name, comes), Node(name, shape), *_parallel("fork", name, goes)]
    return Block(name, nodes, [Flow(a.id, b.id) for a, b in pairwise(nodes)])


def _parallel(what: str, name: str, count: int) -> list[Node]:
    """The gateway at which several ways meet or part; nothing where there is one."""
    return [Node(f"{what}-{name}", "ParallelGateway", name)] if count > 1 else []


def _block(name: str, step: Step, comes: int, goes: int) -> Block:
    task = Node(name, _shape(step), name)
    again = step.fails is not None and step.fails.redo in (None, name)
    back = [Node(f"again-{name}", "ExclusiveGateway", name)] if again else []
    found = [Node(f"found-{name}", "ExclusiveGateway", name)] if again else []
    either = [Node(f"{EITHER}{name}", "ExclusiveGateway", name)] if step.when else []
    both = [Node(f"both-{name}", "ExclusiveGateway", name)] if step.when else []
    nodes = [*_parallel("join", name, comes), *either, *back, task, *found, *both, *_parallel("fork", name, goes)]
    inner = [Flow(a.id, b.id, "when" if a in either else "") for a, b in pairwise(nodes)]
    inner += [Flow(a.id, b.id, "fails") for a, b in zip(found, back, strict=True)]
    inner += [Flow(a.id, b.id, "otherwise") for a, b in zip(either, both, strict=True)]
    return Block(name, nodes, inner)


def _shape(step: Step) -> Shape:
    """An office's step is done with a system, what others do by hand is manual, another process is called."""
    if step.call is not None:
        return "CallActivity"
    if KINDS[step.kind].official:
        return "UserTask"
    return "Task" if KINDS[step.kind].procedure or KINDS[step.kind].statutory else "ManualTask"
