"""One line of a process map laid out by Graphviz, or by columns where Graphviz is not at hand. Lengths in inches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Edge = tuple[str, str]
Point = tuple[float, float]
NODE_GAP, RANK_GAP = 0.21, 0.3
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class LineLayout:
    """Centres of the boxes and ports of one line, and the Bézier curve of each part of an edge; y goes up."""

    centres: dict[str, Point]
    curves: dict[Edge, list[Point]]
    width: float
    height: float


def line_layout(
    boxes: Sequence[str],
    parts: Mapping[Edge, tuple[str, str]],
    ins: Sequence[str],
    outs: Sequence[str],
    groups: Sequence[Sequence[str]],
    size: Point,
) -> LineLayout:
    """One line: its boxes, the ends of each edge in it, ports at its left in their order, ports at its right."""
    try:
        import pygraphviz
    except ImportError:
        return _by_columns(boxes, parts, ins, outs, size)
    drawing = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", nodesep=NODE_GAP, ranksep=RANK_GAP,
                                  newrank=True)  # fmt: skip
    drawing.add_nodes_from(boxes, shape="box", fixedsize=True, width=size[0], height=size[1], label="")
    drawing.add_nodes_from([*ins, *outs], shape="point", fixedsize=True, width=0.01, height=0.01, label="")
    for (u, v), (start, end) in parts.items():
        drawing.add_edge(start, end, key=f"{u}>{v}", headport="w", tailport="e")
    for n, group in enumerate(groups):
        drawing.add_subgraph(list(group), name=f"cluster_{n}", margin=9)
    drawing.add_subgraph(list(ins), name="ins", rank="min")
    drawing.add_subgraph(list(outs), name="outs", rank="max")
    for above, below in pairwise(ins):
        drawing.add_edge(above, below, key=f"in {above}", style="invis")
    drawing.layout("dot")
    return _read(drawing, parts)


def _read(drawing: Any, parts: Mapping[Edge, tuple[str, str]]) -> LineLayout:
    left, bottom, right, top = (float(x) / POINTS_PER_INCH for x in drawing.graph_attr["bb"].split(","))
    centres = {str(n): _point(n.attr["pos"]) for n in drawing.nodes()}
    curves = {
        e: _curve(drawing.get_edge(start, end, key=f"{e[0]}>{e[1]}").attr["pos"]) for e, (start, end) in parts.items()
    }
    return LineLayout(centres, curves, right - left, top - bottom)


def _point(written: str) -> Point:
    x, y = (float(c) / POINTS_PER_INCH for c in written.split(","))
    return x, y


def _curve(written: str) -> list[Point]:
    """The Bézier points of an edge; its end point, which dot writes first, stands last."""
    pieces = written.split()
    points = [_point(p) for p in pieces if p[0] not in "es"]
    ends = [_point(p[2:]) for p in pieces if p[0] == "e"]
    return points + [p for end in ends for p in (points[-1], end, end)]


def _by_columns(
    boxes: Sequence[str], parts: Mapping[Edge, tuple[str, str]], ins: Sequence[str], outs: Sequence[str], size: Point
) -> LineLayout:
    """Boxes in columns by what they wait for, joined by S-shaped curves."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(boxes)
    graph.add_edges_from(ends for ends in parts.values() if set(ends) <= set(boxes))
    columns = [list(ins), *(sorted(c, key=boxes.index) for c in nx.topological_generations(graph)), list(outs)]
    rows = max(map(len, columns))
    pitch = size[0] + 2 * RANK_GAP, size[1] + NODE_GAP
    width, height = size[0] + pitch[0] * (len(columns) - 3) + 2 * RANK_GAP, rows * pitch[1]
    centres = {
        n: (
            min(max(size[0] / 2 + RANK_GAP + (i - 1) * pitch[0], 0), width),
            height / 2 + ((len(column) - 1) / 2 - j) * pitch[1],
        )
        for i, column in enumerate(columns)
        for j, n in enumerate(column)
    }
    curves = {}
    for edge, (start, end) in parts.items():
        (x0, y0), (x1, y1) = centres[start], centres[end]
        x0, x1 = x0 + size[0] / 2 * (start in boxes), x1 - size[0] / 2 * (end in boxes)
        curves[edge] = [(x0, y0), ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)]
    return LineLayout(centres, curves, width, height)
