"""Slack in what happened: how much longer each attempt might have taken without its case taking longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sim.core.arrays import Floats, Ints, np
from sim.records.frames import Records
from sim.records.tables import FlowTables

Link = tuple[str, str]
"""A step and one that begins when it is over; "" stands for what is before the first and after the last."""


@dataclass(frozen=True)
class Slack:
    """By attempt of some records: how much longer it might have taken."""

    seconds: Ints
    """On the clock on the wall; an attempt without any is on a critical path, of which there may be several."""
    days: Floats
    """In working days."""


def slack(records: Records) -> Slack:
    """The slack of every attempt; what is done again waits for what failed."""
    found = Slack(np.zeros(records.tries, dtype=np.int64), np.zeros(records.tries))
    wall = {c: records.of_attempts[c] for c in ("ready", "finished")}
    worked = {c: _worked(records, moments) for c, moments in wall.items()}
    ends = records.of_cases["finished"]
    worked_ends, following = _worked(records, ends), _Following(records)
    for position, rows in _by_case(records):
        order = following.last_first(rows)
        later = [[f for f in order[:i] if following(a, f)] for i, a in enumerate(order)]
        _backward(order, later, wall, ends[position], found.seconds)
        _backward(order, later, worked, worked_ends[position], found.days)
    return found


def _worked(records: Records, moments: Ints) -> Floats:
    return records.office_days(np.zeros_like(moments), moments)


def _by_case(records: Records) -> Iterator[tuple[int, Ints]]:
    """The position of every case with the rows of its attempts."""
    order = np.argsort(records.position, kind="stable")
    positions, first = np.unique(records.position[order], return_index=True)
    edges = [*first.tolist(), len(order)]
    yield from ((p, order[a:b]) for p, (a, b) in zip(positions.tolist(), pairwise(edges), strict=True))


def _backward(
    order: Sequence[int], later: Sequence[Sequence[int]], moments: Mapping[str, Ints | Floats], end: float,
    found: Ints | Floats,
) -> None:  # fmt: skip
    """Put in the slack of some attempts, the last of them first: what is left until whatever waits for each."""
    for a, following in zip(order, later, strict=True):
        over = moments["finished"][a]
        found[a] = min((moments["ready"][f] - over + found[f] for f in following), default=end - over)


class _Following:
    """Which attempts of a case waited for which."""

    def __init__(self, records: Records) -> None:
        attempts = records.attempts
        self._id = attempts.index.tolist()
        names = ("flow", "node", "nth", "cause", "ready", "finished")
        self._flow, self._node, self._nth, self._cause, self.ready, self.finished = (
            attempts[c].tolist() for c in names
        )
        self._later = [_descendants(flow) for flow in records.flows]

    def last_first(self, rows: Ints) -> list[int]:
        """The rows so that each stands behind whatever may have waited for it."""
        return sorted(rows.tolist(), key=lambda a: (-self.finished[a], -self.ready[a], -self._id[a]))

    def __call__(self, earlier: int, later: int) -> bool:
        """Whether an attempt could begin only when another was over."""
        if self.ready[later] < self.finished[earlier]:
            return False
        node, after = self._node[earlier], self._node[later]
        again = node == after and self._nth[later] > self._nth[earlier]
        waits = self._later[self._flow[earlier]][node] >> after & 1
        return bool(waits) or again or self._cause[later] == self._id[earlier]

    def at_once(self, earlier: int, later: Sequence[int]) -> Iterator[int]:
        """Yield those of some attempts, the last of them first, that began in the moment in which an earlier one ended.

        Of attempts without any time of their own, which all began then, only those that wait for no other of them.
        """
        implied, over, flow = 0, self.finished[earlier], self._later[self._flow[earlier]]
        for f in reversed(later):
            if self.ready[f] == over and not implied >> self._node[f] & 1 and self(earlier, f):
                implied |= flow[self._node[f]]
                yield f


def _descendants(flow: FlowTables) -> list[int]:
    """By node: those that wait for it, directly or not, as bits; nodes stand in their order."""
    found = [0] * len(flow.nodes)
    for node in reversed(range(len(flow.nodes))):
        for later in flow.after[node]:
            found[node] |= 1 << later | found[later]
    return found


def critical_links(records: Records, found: Slack, chosen: Callable[[int], bool]) -> Counter[Link]:
    """In how many of the cases a step followed another on a critical path; `chosen` takes positions of cases."""
    following, names = _Following(records), records.node_name.tolist()
    arrived, ended = (records.cases[c].tolist() for c in ("arrived", "finished"))
    counted: Counter[Link] = Counter()
    for position, rows in _by_case(records):
        if not chosen(position):
            continue
        critical = [a for a in following.last_first(rows) if found.seconds[a] == 0]
        links = {(names[a], names[f]) for i, a in enumerate(critical) for f in following.at_once(a, critical[:i])}
        links |= {("", names[a]) for a in critical if following.ready[a] == arrived[position]}
        links |= {(names[a], "") for a in critical if following.finished[a] == ended[position]}
        counted.update(links)
    return counted
