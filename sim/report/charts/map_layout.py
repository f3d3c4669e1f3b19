"""Where the boxes and edges of a process map go: left to right, folded into lines like a text. Lengths in inches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from sim.report.charts.map_line import Edge, LineLayout, Point, line_layout
from sim.spec import graph

LINE_GAP = 0.28
"""Between two lines, lanes apart."""
LANE = 0.11
"""Between two edges that run side by side from the end of a line to the start of the next."""


@dataclass(frozen=True)
class Layout:
    """Centres of the boxes, and the Bézier curves of each edge, one after another along it; y goes up."""

    centres: Mapping[str, Point]
    curves: Mapping[Edge, Sequence[Sequence[Point]]]
    line: Mapping[str, int]
    """Box → number of its line, from the top."""
    frames: Sequence[Sequence[str]]
    """Steps of a group that stand together on one line, with nothing else between them."""
    width: float
    height: float


def laid_out(before: Mapping[str, list[str]], box: Point, groups: Iterable[Sequence[str]], lines: int) -> Layout:
    """The map of a process given what is directly before each step, folded into at most so many lines."""
    kept = [run for group in groups for run in runs(before, group)]
    return _Page(before, box, kept, fold(before, kept, lines)).layout()


def runs(before: Mapping[str, list[str]], group: Sequence[str]) -> list[list[str]]:
    """The members of a group in parts that can stand together: no other step comes after one and before another."""
    column, elders = columns(before), graph.ancestors(before)
    found: list[list[str]] = []
    for step in sorted(group, key=lambda s: column[s]):
        for run in found:
            near = any(column[step] - column[other] <= 1 for other in run)
            between = (x for x in before if x not in (*run, step) and x in elders[step])
            if near and not any(elders[x].intersection(run) for x in between):
                run.append(step)
                break
        else:
            found.append([step])
    return found


def columns(before: Mapping[str, list[str]]) -> dict[str, int]:
    """Step → how many must come before it, one after another."""
    return {step: round(end) - 1 for step, end in graph.finishing(before, dict.fromkeys(before, 1.0)).items()}


def fold(before: Mapping[str, list[str]], groups: Sequence[Sequence[str]], lines: int) -> list[list[str]]:
    """The steps in lines of about as many columns, cut where few edges and no common submission are cut."""
    column = columns(before)
    depth = max(column.values()) + 1

    def cost(cuts: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        longest = max(b - a for a, b in pairwise((0, *cuts, depth)))
        crossing = sum(column[u] < c <= column[v] for c in cuts for v, earlier in before.items() for u in earlier)
        torn = sum(min(column[s] for s in g) < c <= max(column[s] for s in g) for c in cuts for g in groups)
        return longest + 0.4 * crossing + 3 * torn, cuts

    cuts = min(combinations(range(1, depth), min(lines, depth) - 1), key=cost)
    return [[s for s in before if a <= column[s] < b] for a, b in pairwise((0, *cuts, depth))]


def port(edge: Edge, side: str) -> str:
    """The name of the point at which an edge enters a line (`in`) or leaves it (`out`)."""
    return f"{side}:{edge[0]}>{edge[1]}"


class _Page:
    """Lines laid out one below the other, with the edges that run from one to the next."""

    def __init__(
        self,
        before: Mapping[str, list[str]],
        box: Point,
        groups: Sequence[Sequence[str]],
        lines: Sequence[Sequence[str]],
    ) -> None:
        self._box, self._groups, self._lines = box, groups, lines
        self._line = {s: i for i, line in enumerate(lines) for s in line}
        self._edges = [(u, v) for v, earlier in before.items() for u in earlier]

    @cached_property
    def _crossing(self) -> list[list[Edge]]:
        """For each line the edges that come into it from the line above."""
        return [[(u, v) for u, v in self._edges if self._line[u] < i <= self._line[v]] for i in range(len(self._lines))]

    @cached_property
    def _laid(self) -> list[LineLayout]:
        """Every line by itself; edges enter it in the order, top to bottom, in which they left the line above."""
        laid: list[LineLayout] = []
        arriving: list[Edge] = []
        for i, leaving in enumerate([*self._crossing[1:], []]):
            laid.append(self._lay(i, arriving, leaving))
            heights = {e: laid[-1].centres[port(e, "out")][1] for e in leaving}
            arriving = sorted(leaving, key=heights.__getitem__, reverse=True)
        return laid

    def _lay(self, i: int, arriving: Sequence[Edge], leaving: Sequence[Edge]) -> LineLayout:
        parts = {
            e: (e[0] if self._line[e[0]] == i else port(e, "in"), e[1] if self._line[e[1]] == i else port(e, "out"))
            for e in self._edges
            if self._line[e[0]] <= i <= self._line[e[1]]
        }
        groups = [part for part in self._on_line(i) if len(part) > 1]
        ins, outs = [port(e, "in") for e in arriving], [port(e, "out") for e in leaving]
        return line_layout(self._lines[i], parts, ins, outs, groups, self._box)

    def layout(self) -> Layout:
        """The lines one below the other, and the ways back from the end of each to the start of the next."""
        curves: dict[Edge, list[Sequence[Point]]] = {e: [] for e in self._edges}
        for i, line in enumerate(self._laid):
            for e, corners in self._returns(i).items():
                curves[e].append(polyline(corners))
            for e, curve in line.curves.items():
                curves[e].append([self._moved(i, point) for point in curve])
        centres = {s: self._moved(i, self._laid[i].centres[s]) for s, i in self._line.items()}
        width = max(line.width for line in self._laid) + 2 * self._margin
        frames = [part for i in range(len(self._lines)) for part in self._on_line(i)]
        return Layout(centres, curves, self._line, frames, width, self._feet[0] + self._laid[0].height)

    def _on_line(self, i: int) -> list[list[str]]:
        """The groups as far as they stand on one line."""
        parts = ([s for s in group if self._line[s] == i] for group in self._groups)
        return [part for part in parts if part]

    @cached_property
    def _margin(self) -> float:
        """Room for lanes at either side."""
        return LANE * max(map(len, self._crossing))

    @cached_property
    def _feet(self) -> list[float]:
        """The lower end of each line, with the lowest at 0."""
        feet = [0.0]
        for line, crossing in zip(self._laid[:0:-1], self._crossing[:0:-1], strict=True):
            feet.insert(0, feet[0] + line.height + LINE_GAP + LANE * len(crossing))
        return feet

    def _moved(self, i: int, point: Point) -> Point:
        """Where a point of a line stands on the page."""
        return point[0] + self._margin, point[1] + self._feet[i]

    def _returns(self, i: int) -> dict[Edge, list[Point]]:
        """The corners of the ways into a line, so that none crosses another: out, down, back, down, in."""
        crossing = self._crossing[i]
        outs = {e: self._moved(i - 1, self._laid[i - 1].centres[port(e, "out")]) for e in crossing}
        ins = {e: self._moved(i, self._laid[i].centres[port(e, "in")]) for e in crossing}
        right, left = max((x for x, _ in outs.values()), default=0), min((x for x, _ in ins.values()), default=0)
        middle = (self._feet[i - 1] + self._feet[i] + self._laid[i].height) / 2
        found = {}
        for n, e in enumerate(sorted(crossing, key=lambda e: -outs[e][1])):
            far, near = right + (len(crossing) - n) * LANE, left - (n + 1) * LANE
            lane = middle + (n - (len(crossing) - 1) / 2) * LANE
            found[e] = [outs[e], (far, outs[e][1]), (far, lane), (near, lane), (near, ins[e][1]), ins[e]]
        return found


def polyline(corners: Sequence[Point]) -> list[Point]:
    """Straight pieces between corners, written as a Bézier curve."""
    return [corners[0]] + [p for a, b in pairwise(corners) for p in (a, b, b)]
