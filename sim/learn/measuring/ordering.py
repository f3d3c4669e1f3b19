"""Which steps wait for which: what the order of moments says, beside what a spec or a list of items says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis import intervals
from sim.learn.replay import Replay
from sim.spec import graph
from sim.spec.process import Process

ENOUGH = 20
"""Cases that have both steps, below which nothing is said of their order."""
ALWAYS, SELDOM = 0.9, 0.5
Standing = Literal["confirmed", "broken", "not in the spec", "not seen"]


@dataclass(frozen=True)
class Order:
    """Whether one step waits for another."""

    before: str
    after: str
    share: float
    """Share of the cases in which `after` was applied for only when `before` was decided."""
    low: float
    high: float
    n: int
    standing: Standing
    told_by: str
    """Who says that it waits: the spec with its reason, the list of items, or the moments alone."""


def orders(replay: Replay, process: Process | None) -> list[Order]:
    """Return every order that a spec or a list of items states or that the moments show, and how they agree.

    Nothing is taken over: a difference is for a planner to look at.
    """
    stated = dict(_stated(replay, process))
    seen = _seen(replay)
    found = []
    for pair, (hits, count) in sorted(seen.items()):
        if count < ENOUGH and pair not in stated:
            continue
        sample = [np.array([1.0])] * hits + [np.array([0.0])] * (count - hits)
        share = intervals.share(sample) if count >= 2 else None
        low, high = (share.low, share.high) if share else (0.0, 1.0)
        value = hits / count if count else float("nan")
        standing = _standing(pair in stated, value, low, high, count)
        if standing:
            told = stated.get(pair, "moments")
            found.append(Order(*pair, value, low, high, count, standing, told))
    found += [
        Order(*pair, float("nan"), 0.0, 1.0, 0, "not seen", told) for pair, told in stated.items() if pair not in seen
    ]
    return found


def _standing(stated: bool, value: float, low: float, high: float, count: int) -> Standing | None:
    if stated and count < ENOUGH:
        return "not seen"
    if stated:
        return "confirmed" if low > SELDOM and value >= ALWAYS else "broken" if high < ALWAYS else "confirmed"
    return "not in the spec" if low > ALWAYS else None


def _stated(replay: Replay, process: Process | None) -> Iterator[tuple[tuple[str, str], str]]:
    for step, item in replay.log.items.items():
        yield from (((before, step), "前置审批事项") for before in item.before if before)
    if process is not None:
        known = set(replay.log.steps)
        yield from ((pair, reason) for pair, reason in graph.edges(process).items() if known.issuperset(pair))


def _seen(replay: Replay) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Pair of steps → in how many cases the second began when the first was over, and how many have both."""
    own = replay.applications
    rows = own[(own["step"] >= 0) & (own["began"] >= 0)]
    first = rows.groupby(["case", "step"])["began"].min().unstack()
    ended = rows[rows["decided"] >= 0].groupby(["case", "step"])["decided"].max().unstack().reindex(first.index)
    names = replay.log.steps
    found = {}
    for earlier in ended.columns:
        for later in first.columns:
            both = ended[earlier].notna() & first[later].notna()
            if earlier != later and both.any():
                hits = int((first.loc[both, later] >= ended.loc[both, earlier]).sum())
                found[names[int(earlier)], names[int(later)]] = (hits, int(both.sum()))
    return found
