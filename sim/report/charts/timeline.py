"""One case on a time line of working days: what it went through, and an axis that leaves out long construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.records.measures.register import values
from sim.report.charts.view import Played
from sim.spec.categories import Category
from sim.spec.scope import Scope

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
        """The steps and submissions in the order in which they began."""
        return list(dict.fromkeys(p.node for p in sorted(self.pieces, key=lambda p: (p.start, p.end))))

    @property
    def last(self) -> float:
        """When the last stretch ends, checks after the end of the case included."""
        return max((p.end for p in self.pieces), default=0.0)


def usable(end: Played) -> dict[int, float]:
    """Case → counted days, of the cases that went the way the variant stands for and were not refused."""
    cases = end.records.cases
    days = values("counted_days", end.records, Scope())
    kept = (cases["flow"] == end.main_flow) & (cases["refused"] == 0)
    return {int(c): float(d) for c, d, ok in zip(cases["case"], days, kept, strict=True) if ok}


def typical(ends: Sequence[Played]) -> int | None:
    """The case nearest to the median of the counted days before, among those usable in every variant."""
    before = usable(ends[0])
    shared = set.intersection(*(set(usable(end)) for end in ends))
    if not shared:
        return None
    median = float(np.median([before[c] for c in sorted(shared)]))
    return min(sorted(shared), key=lambda c: abs(before[c] - median))


def case_line(end: Played, case: int) -> CaseLine:
    """The course of one case in one variant."""
    records = end.records
    row = records.cases[records.cases["case"] == case].iloc[0]
    runs = records.attempts[records.attempts["case"] == case]
    names = dict(zip(records.attempts.index, records.node_name, strict=True))

    def days(moments: Sequence[int]) -> list[float]:
        stop = np.array(moments, dtype=np.int64)
        return [float(x) for x in records.office_days(np.full_like(stop, row["arrived"]), stop)]

    parts = records.activities[records.activities["attempt"].isin(runs.index)]
    queued, started, ended = (days(parts[c].to_list()) for c in ("queued", "started", "ended"))
    pieces: list[Piece] = []
    for n, part in enumerate(parts.itertuples()):
        node, beside = names[part.attempt], not part.main
        pieces.append(Piece(node, Category.QUEUE, queued[n], started[n], beside))
        pieces.append(Piece(node, Category(part.category), started[n], ended[n], beside))

    def ticks(column: str) -> tuple[tuple[str, float], ...]:
        known = runs[runs[column] >= 0]
        return tuple(zip((names[r] for r in known.index), days(known[column].to_list()), strict=True))

    return CaseLine(
        case,
        tuple(p for p in pieces if p.end > p.start),
        ticks("accepted"),
        ticks("decided"),
        usable(end)[case],
        days([int(row["finished"])])[0],
    )


@dataclass(frozen=True)
class Broken:
    """An axis of working days from which spans are cut out; a cut is drawn `gap` days wide."""

    cuts: tuple[Span, ...]
    gap: float

    def at(self, day: float) -> float:
        """Where a day stands on the axis."""
        place = day
        for start, end in self.cuts:
            inside = min(max(day - start, 0), end - start)
            place -= inside * (1 - self.gap / (end - start))
        return place

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
