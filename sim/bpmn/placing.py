"""Where everything stands in the diagram: lanes from top to bottom, blocks from left to right, flows at right angles.

Each block takes one row of its lane, the first that is free where it stands; a flow past other columns takes a row too,
so that nothing is drawn over anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.bpmn.blocks import Block, Blocks, Flow, Node

COLUMN, ROW, CHANNEL, GAP = 170.0, 150.0, 36.0, 20.0
"""Width of a column, height of a row with blocks and of one with flows alone, room above and below the rows."""
LABEL, LEFT, TOP = 30.0, 160.0, 80.0
"""Width of the label of pool and lane, and where the pool begins."""
TASK, GATEWAY, EVENT, WORDS = (110.0, 80.0), (50.0, 50.0), (36.0, 36.0), (150.0, 14.0)
_BELOW, _ABOVE = 54.0, -54.0
"""How far from the middle of a block its flows back and past it run."""
_APART, _SIDE = 7.0, 5
"""Distance of upright lines in a gap, and how many have one of their own."""

Point = tuple[float, float]
Span = tuple[int, int]
"""First and last column."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the diagram."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Placed:
    """The boxes of nodes, lanes and pool, and the points of every flow."""

    nodes: Mapping[str, Box]
    lanes: Mapping[str, Box]
    pool: Box
    ways: Mapping[str, Sequence[Point]]
    labels: Mapping[str, Box]
    """Where the words of flows back and past a block stand; others have room on their line."""


@dataclass
class _Row:
    """A row of a lane and what is taken of it."""

    taken: list[Span] = field(default_factory=list)
    of_blocks: bool = False

    def free(self, span: Span) -> bool:
        return all(span[1] < begin or end < span[0] for begin, end in self.taken)


def placed(whole: Blocks, lanes: Mapping[str, str]) -> Placed:
    """Return where everything stands, given the lane of each block; lanes are in the order in which they come."""
    columns = _columns(whole)
    rows: dict[str, list[_Row]] = {lane: [] for lane in dict.fromkeys(lanes[name] for name in whole.blocks)}
    at, channels = _rows(whole, lanes, columns, rows)
    tops, ends = _heights(rows)
    width = LEFT + (max(columns.values(), default=0) + 1) * COLUMN
    middle = {name: tops[lanes[name]][row] for name, row in at.items()}
    nodes = {node.id: _box(node, columns[node.id], middle[name])
             for name, block in whole.blocks.items() for node in block.nodes}  # fmt: skip
    levels = {flow: tops[lane][row] for flow, (lane, row) in channels.items()}
    ways = _ways(whole, nodes, levels)
    left = LEFT - LABEL
    boxes = {lane: Box(left, top, width - left + GAP, end - top) for lane, (top, end) in ends.items()}
    bottom = max((end for _, end in ends.values()), default=TOP)
    pool = Box(left - LABEL, TOP, width - left + GAP + LABEL, bottom - TOP)
    labels = {flow.id: _label(ways[flow.id], flow) for flow in whole.flows() if flow.said in ("fails", "otherwise")}
    return Placed(nodes, boxes, pool, ways, labels)


def _columns(whole: Blocks) -> dict[str, int]:
    """Node → its column: each block begins behind all that lead to it."""
    found: dict[str, int] = {}
    for name, block in whole.blocks.items():
        begin = 1 + max((found[whole.blocks[b].nodes[-1].id] for b in whole.before[name]), default=-1)
        found |= {node.id: begin + i for i, node in enumerate(block.nodes)}
    return found


def _rows(
    whole: Blocks, lanes: Mapping[str, str], columns: Mapping[str, int], rows: Mapping[str, list[_Row]]
) -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """Block → its row, and flow past other columns → its lane and row there."""
    at: dict[str, int] = {}
    channels: dict[str, tuple[str, int]] = {}
    for name, block in whole.blocks.items():
        lane, span = lanes[name], _span(block, columns)
        wanted = [at[b] for b in whole.before[name] if lanes[b] == lane]
        at[name] = _take(rows[lane], span, wanted, of_block=True)
    for name, block in whole.blocks.items():
        for earlier in whole.before[name]:
            flow = Flow(whole.blocks[earlier].nodes[-1].id, block.nodes[0].id)
            between = (columns[flow.source] + 1, columns[flow.target] - 1)
            if between[0] <= between[1]:
                wanted = [at[n] for n in (name, earlier) if lanes[n] == lanes[name]]
                channels[flow.id] = (lanes[name], _take(rows[lanes[name]], between, wanted))
    return at, channels


def _span(block: Block, columns: Mapping[str, int]) -> Span:
    return columns[block.nodes[0].id], columns[block.nodes[-1].id]


def _take(rows: list[_Row], span: Span, wanted: Sequence[int], *, of_block: bool = False) -> int:
    """The row that is taken: one of those wanted, else the first that is free, else a new one."""
    free = [i for i, row in enumerate(rows) if row.free(span) and (of_block <= row.of_blocks)]
    chosen = next((i for i in wanted if i in free), free[0] if free else len(rows))
    if chosen == len(rows):
        rows.append(_Row(of_blocks=of_block))
    rows[chosen].taken.append(span)
    return chosen


def _heights(rows: Mapping[str, list[_Row]]) -> tuple[dict[str, list[float]], dict[str, tuple[float, float]]]:
    """Lane → the middle of each row, and lane → its top and bottom."""
    middles: dict[str, list[float]] = {}
    ends: dict[str, tuple[float, float]] = {}
    y = TOP
    for lane, those in rows.items():
        begin = y
        y += GAP / 2
        middles[lane] = []
        for row in those:
            height = ROW if row.of_blocks else CHANNEL
            middles[lane].append(y + height / 2)
            y += height
        y += GAP / 2
        ends[lane] = (begin, y)
    return middles, ends


def _box(node: Node, column: int, middle: float) -> Box:
    width, height = EVENT if node.shape.endswith("Event") else GATEWAY if node.shape.endswith("Gateway") else TASK
    return Box(LEFT + column * COLUMN + (COLUMN - width) / 2, middle - height / 2, width, height)


def _ways(whole: Blocks, nodes: Mapping[str, Box], levels: Mapping[str, float]) -> dict[str, list[Point]]:
    """The points of every flow."""
    found: dict[str, list[Point]] = {}
    for number, flow in enumerate(whole.flows()):
        source, target = nodes[flow.source], nodes[flow.target]
        if flow.said in ("fails", "otherwise"):
            found[flow.id] = _round(source, target, _BELOW if flow.said == "fails" else _ABOVE)
        else:
            found[flow.id] = _across(source, target, levels.get(flow.id), (number % _SIDE - _SIDE // 2) * _APART)
    return found


def _round(source: Box, target: Box, distance: float) -> list[Point]:
    """Out of one gateway and into another of the same row, below or above what stands between."""
    (x, y), (end, _) = source.middle, target.middle
    edge = source.height / 2 * (1 if distance > 0 else -1)
    return [(x, y + edge), (x, y + distance), (end, y + distance), (end, y + edge)]


def _label(way: Sequence[Point], flow: Flow) -> Box:
    """Below a line that runs below a block, above one that runs above it."""
    (begin, y), (end, _) = way[1], way[2]
    width, height = WORDS
    return Box((begin + end - width) / 2, y + 3 if flow.said == "fails" else y - height - 3, width, height)


def _across(source: Box, target: Box, level: float | None, aside: float) -> list[Point]:
    """From the right of one box to the left of another, along a level where it passes other columns."""
    begin, end = (source.x + source.width, source.middle[1]), (target.x, target.middle[1])
    out = source.middle[0] + COLUMN / 2 + aside
    into = target.middle[0] - COLUMN / 2 + aside
    along = end[1] if level is None else level
    points = [begin, (out, begin[1]), (out, along), (into, along), (into, end[1]), end]
    return _straight(points)


def _straight(points: Sequence[Point]) -> list[Point]:
    """The points without those at which nothing turns."""
    found: list[Point] = []
    for point in points:
        if found and found[-1] == point:
            continue
        while len(found) > 1 and _in_line(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
