"""Where a map for a phone sets its steps: one below the other, with what must wait for what in lanes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sim.report.charts.map_layout import columns
from sim.report.charts.map_model import Edge

Bus = tuple[str, str, bool]
"""From which step, why, and whether along a critical path: edges alike in these share a lane."""


def rows_of(before: Mapping[str, list[str]], forms: Iterable[Sequence[str]]) -> list[str]:
    """The steps from the top down: by how many must come before, then near what they wait for, forms together."""
    depth = columns(before)
    form = {step: number for number, members in enumerate(forms) for step in members}
    rows: list[str] = []
    for _, band in groupby(sorted(before, key=depth.__getitem__), key=depth.__getitem__):
        place = {step: i for i, step in enumerate(rows)}
        last = form.get(rows[-1]) if rows else None

        def key(step: str, place: dict[str, int] = place, last: int | None = last) -> tuple[int, int, float]:
            own, earlier = form.get(step), before[step]
            near = sum(place[u] for u in earlier) / max(len(earlier), 1)
            return (1 if own is None else 0 if own == last else 2), -1 if own is None else own, near

        rows += sorted(band, key=key)
    return rows


def bands(before: Mapping[str, list[str]], rows: Sequence[str]) -> list[list[str]]:
    """The rows in bands of steps that do not wait for one another."""
    depth = columns(before)
    return [list(band) for _, band in groupby(rows, key=depth.__getitem__)]


def lanes(buses: Mapping[Bus, Sequence[Edge]], rows: Sequence[str]) -> dict[Bus, int]:
    """Each bus with its lane, counted from the boxes: short ones near them, no two on one lane side by side."""
    place = {step: i for i, step in enumerate(rows)}
    spans = {bus: (place[bus[0]], max(place[v] for _, v in edges)) for bus, edges in buses.items()}
    taken: list[list[tuple[int, int]]] = []
    found: dict[Bus, int] = {}
    for bus, (start, end) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1][0])):
        free = (n for n, lane in enumerate(taken) if all(end <= a or start >= b for a, b in lane))
        lane = next(free, len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append((start, end))
        found[bus] = lane
    return found


def framed(rows: Sequence[str], forms: Iterable[Sequence[str]]) -> list[list[str]]:
    """The steps of each form as far as they stand one below the other."""
    found: list[list[str]] = []
    for members in forms:
        for inside, run in groupby(rows, key=lambda step, members=members: step in members):  # type: ignore[misc]
            found += [list(run)] if inside else []
    return found
