"""The nodes of a process version: its steps and the common submissions before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.spec import graph
from sim.spec.forms import before_nodes, order_nodes, submissions
from sim.spec.process import Process


@dataclass(frozen=True)
class Nodes:
    """The nodes of a process version, in their order."""

    names: list[str]
    """Steps and common submissions, none before what it waits for."""
    before: Mapping[str, list[str]]
    """Node → the nodes directly before it."""
    forms: Mapping[str, list[str]]
    """Common submission → its steps, in the order written."""
    numbers: Mapping[str, int]
    """Node → its place in the order."""


def nodes_of(process: Process) -> Nodes:
    """The nodes of a process version."""
    names = graph.order(order_nodes(process))
    return Nodes(names, before_nodes(process), submissions(process.steps), {name: i for i, name in enumerate(names)})
