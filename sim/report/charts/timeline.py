"""One case on a time line of working days: what it went through, and an axis that leaves out long construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.analysis.courses import Courses
from sim.spec.categories import Category

Span = tuple[float, float]
SHORTEST_CUT, KEPT = 60, 5
"""Working days below which construction is drawn in full, and that are left of a cut one at either end."""


@dataclass(frozen=True)
class Piece:
    """A stretch of one step; in working days since the case began."""

    node: str
    category: Category
    start: float
    end: float
    beside: bool
    """Whether it runs beside the step's own course, such as the check of a promise."""


@dataclass(frozen=True)
class CaseLine:
    """What one case went through; times in working days since it began."""

    case: int
    pieces: tuple[Piece, ...]
    accepted: tuple[tuple[str, float], ...]
    decided: tuple[tuple[str, float], ...]
    counted: float
    elapsed: float

    @property
    def nodes(self) -> list[str]:
        """The steps and submissions in the order in which they began; one that took no time has a mark alone."""
        began = [(p.start, p.end, p.node) for p in self.pieces]
        long = {p.node for p in self.pieces}
        began += [(day, day, node) for node, day in (*self.accepted, *self.decided) if node not in long]
        return list(dict.fromkeys(node for _, _, node in sorted(began, key=lambda moment: moment[:2])))

    @property
    def last(self) -> float:
        """When the last stretch ends, checks after the end of the case included."""
        return max((p.end for p in self.pieces), default=0.0)


def typical(ends: Sequence[Courses]) -> int | None:
    """The case nearest to the median of the counted days before, among those granted in every variant."""
    before = dict(zip(ends[0].cases["case"].tolist(), ends[0].cases["counted"].tolist(), strict=True))
    shared = sorted(set.intersection(*(set(end.cases["case"].tolist()) for end in ends)))
    if not shared:
        return None
    median = float(np.median([before[c] for c in shared]))
    return int(min(shared, key=lambda c: abs(before[c] - median)))


def case_line(found: Courses, case: int) -> CaseLine:
    """The course of one case in one variant."""
    cases, attempts, stretches = (x[x["case"] == case] for x in (found.cases, found.attempts, found.stretches))
    pieces: list[Piece] = []
    for part in stretches.itertuples():
        pieces.append(Piece(part.node, Category.QUEUE, part.queued, part.started, not part.main))
        pieces.append(Piece(part.node, Category(part.category), part.started, part.ended, not part.main))

    def marks(moment: str) -> tuple[tuple[str, float], ...]:
        came = attempts[attempts[moment].notna()]
        return tuple(zip(came["node"].tolist(), came[moment].tolist(), strict=True))

    (counted,), (elapsed,) = cases["counted"].tolist(), cases["elapsed"].tolist()
    kept = tuple(p for p in pieces if p.end > p.start)
    return CaseLine(case, kept, marks("accepted"), marks("decided"), counted, elapsed)


@dataclass(frozen=True)
class Broken:
    """An axis of working days from which spans are cut out; a cut is drawn `gap` days wide."""

    cuts: tuple[Span, ...]
    gap: float

    def at(self, day: float) -> float:
        """Where a day stands on the axis."""
        stands = day
        for start, end in self.cuts:
            inside = min(max(day - start, 0), end - start)
            stands -= inside * (1 - self.gap / (end - start))
        return stands

    def ticks(self, last: float, step: float) -> list[float]:
        """The days to write at the axis: round ones, none inside a cut or close to it."""
        days, near = np.arange(0, last + 1e-9, step), self.gap / 2
        return [float(d) for d in days if not any(start - near < d < end + near for start, end in self.cuts)]


def building_only(line: CaseLine) -> tuple[Span, ...]:
    """The spans in which nothing but construction goes on, where they are long; a little of each end is left."""
    found: list[Span] = []
    for start, end in pairwise(sorted({m for p in line.pieces for m in (p.start, p.end)})):
        going = {p.category for p in line.pieces if p.start <= start and p.end >= end}
        if going == {Category.CONSTRUCTION}:
            joined = found and found[-1][1] == start
            found[-1:] = [(found[-1][0], end)] if joined else [*found[-1:], (start, end)]
    return tuple((start + KEPT, end - KEPT) for start, end in found if end - start > SHORTEST_CUT)
