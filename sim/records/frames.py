"""A replication's flat rows as frames: what happened to each case, and the path that decided its length."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.workdays import Clock
from sim.records.log import ACTIVITY, ATTEMPT, CASE, Ended, Log
from sim.records.tables import Flag, FlowTables, Node, Tables
from sim.spec.categories import Category

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def _rows(values: array[int], columns: tuple[str, ...]) -> pd.DataFrame:
    flat = np.frombuffer(values, dtype=np.int64) if len(values) else np.empty(0, dtype=np.int64)
    return pd.DataFrame(flat.reshape(-1, len(columns)), columns=list(columns))


@dataclass(frozen=True)
class Records:
    """The measured cases of one process in one replication of one variant."""

    tables: Tables
    process: str
    cases: pd.DataFrame
    """One row per measured case, in order of arrival."""
    attempts: pd.DataFrame
    """One row per attempt of a case at a node, indexed by its number."""
    activities: pd.DataFrame
    """One row per stretch of an attempt; `main` is 0 for branches beside it."""

    @property
    def flows(self) -> list[FlowTables]:
        """The versions of the process and of the other processes, as `flow` numbers them."""
        return self.tables.flows

    @property
    def day(self) -> int:
        """Seconds of a standard working day."""
        return self.tables.day

    def office_days(self, start: Ints, end: Ints) -> Floats:
        """Working days of the standard hours between moments."""
        return self.tables.clocks[self.tables.office].between_many(start, end) / self.day

    def attribute(self, name: str) -> NDArray[np.object_]:
        """The value of an attribute by measured case."""
        values = np.array(self.tables.attributes[self.process][name], dtype=object)
        cases: Ints = self.cases["case"].to_numpy()
        return values[cases]

    @cached_property
    def granted(self) -> NDArray[np.bool_]:
        """By case: whether it ended with a usable certificate, neither refused nor revoked, then or later."""
        revoked = (self.attempts["flags"].to_numpy() & int(Flag.REVOKED)) > 0
        granted: NDArray[np.bool_] = self.cases["refused"].to_numpy() == Ended.GRANTED
        granted &= self.by_case(self.position, revoked) == 0
        return granted

    @cached_property
    def nodes(self) -> list[Node]:
        """The nodes of all flows, one flow after another."""
        return [node for flow in self.flows for node in flow.nodes]

    @cached_property
    def node(self) -> Ints:
        """By attempt: the number of its node in `nodes`."""
        first = np.cumsum([0, *(len(flow.nodes) for flow in self.flows)])
        number: Ints = first[self.attempts["flow"].to_numpy()] + self.attempts["node"].to_numpy()
        return number

    def by_attempt(self, look: Callable[[Node], object]) -> NDArray[Any]:
        """By attempt: what `look` finds in its node."""
        return np.array([look(node) for node in self.nodes])[self.node]

    @property
    def node_name(self) -> NDArray[Any]:
        """By attempt: the id of its node."""
        return self.by_attempt(lambda node: node.id)

    @cached_property
    def position(self) -> Ints:
        """By attempt: the row of its case in `cases`."""
        position: Ints = np.searchsorted(self.cases["case"].to_numpy(), self.attempts["case"].to_numpy())
        return position

    def row(self, attempts: Ints) -> Ints:
        """The rows of `attempts` in which some attempts stand."""
        rows: Ints = np.searchsorted(self.attempts.index.to_numpy(), attempts)
        return rows

    def by_case(self, rows: Ints, numbers: NDArray[Any]) -> Floats:
        """By case: the sum of numbers that belong to these rows of `cases`."""
        total: Floats = np.bincount(rows, numbers, minlength=len(self.cases)).astype(float)
        return total

    @cached_property
    def main(self) -> pd.DataFrame:
        """The activities on the main line of their attempts, not beside it."""
        return self.activities[self.activities["main"] == 1]

    @cached_property
    def path(self) -> pd.DataFrame:
        """The realised critical path: `position` of the case and `attempt`, last attempt of a case first."""
        cause = self.attempts["cause"].to_numpy()
        position = np.arange(len(self.cases))
        current = self.cases["last"].to_numpy()
        positions, attempts = [position[:0]], [current[:0]]
        while (alive := current >= 0).any():
            position, current = position[alive], current[alive]
            positions.append(position)
            attempts.append(current)
            current = cause[self.row(current)]
        return pd.DataFrame({"position": np.concatenate(positions), "attempt": np.concatenate(attempts)})

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """The critical path cut into stretches: position, node (its number), category, and its seconds twice over.

        `calendar` is by the clock on the wall and tells off duty apart; `office` is by the standard
        working hours. Each sums exactly to the whole span of the case.
        """
        parts, position, node = self._on_path()
        queued, started, ended = (parts[c].to_numpy() for c in ("queued", "started", "ended"))
        lasted, waited, open_wait = ended - started, started - queued, self._open_wait(parts)
        category = parts["category"].to_numpy()
        busy = np.where(category == Category.SITTING, lasted, np.minimum(parts["busy"].to_numpy(), lasted))
        office = self.tables.clocks[self.tables.office]
        waiting, working = office.between_many(queued, started), office.between_many(started, ended)
        nothing = np.zeros_like(waiting)
        whole = pd.DataFrame({
            "position": np.tile(position, 3),
            "node": np.tile(node, 3),
            "category": np.concatenate([nothing + int(Category.QUEUE), nothing + int(Category.OFF_DUTY), category]),
            "calendar": np.concatenate([open_wait, waited - open_wait + lasted - busy, busy]),
            "office": np.concatenate([waiting, nothing, working]),
        })  # fmt: skip
        return whole[(whole["calendar"] != 0) | (whole["office"] != 0)]

    def _on_path(self) -> tuple[pd.DataFrame, Ints, Ints]:
        """The activities on the critical path, with the position of the case and the number of the node."""
        on_path = np.zeros(len(self.attempts), dtype=bool)
        on_path[self.row(self.path["attempt"].to_numpy())] = True
        rows = self.row(self.main["attempt"].to_numpy())
        chosen = on_path[rows]
        return self.main[chosen], self.position[rows[chosen]], self.node[rows[chosen]]

    def _open_wait(self, parts: pd.DataFrame) -> Ints:
        """Seconds of each wait in which the pool was open: the hours of whichever group had most."""
        waits = np.zeros(len(parts), dtype=np.int64)
        queued, started, pool = (parts[c].to_numpy() for c in ("queued", "started", "pool"))
        for number in np.unique(pool[started > queued]):
            chosen = (pool == number) & (started > queued)
            clocks = {self.tables.clocks[g.clock] for g in self.tables.pools[number].groups}
            waits[chosen] = np.max([c.between_many(queued[chosen], started[chosen]) for c in clocks], axis=0)
        return waits


def records(tables: Tables, log: Log, process: int) -> Records:
    """The records of the measured cases of one process: those that are not warm-up."""
    arrivals = tables.arrivals[process]
    cases = _rows(log.cases, CASE)
    cases = cases[(cases["process"] == process) & (cases["case"] >= arrivals.warm_up)].sort_values("case")
    attempts = _rows(log.attempts, ATTEMPT).set_index("attempt").sort_index()
    own = [i for i, flow in enumerate(tables.flows) if flow.process == arrivals.process]
    attempts = attempts[attempts["flow"].isin(own) & (attempts["case"] >= arrivals.warm_up)]
    activities = _rows(log.activities, ACTIVITY)
    activities = activities[activities["attempt"].isin(attempts.index)]
    return Records(
        tables, arrivals.process, cases.reset_index(drop=True), attempts, _released(tables, attempts, activities)
    )


def _released(tables: Tables, attempts: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """The activities, of which what goes on after silence was consent is beside the main line of its attempt."""
    tacit = attempts["finished"][(attempts["flags"] & int(Flag.TACIT)) > 0]
    ends = tacit.reindex(activities["attempt"].to_numpy()).to_numpy()
    late = (activities["main"].to_numpy() == 1) & (activities["ended"].to_numpy() > ends)  # never where there is no end
    if not late.any():
        return activities
    whole, end = activities[late], ends[late].astype(np.int64)
    moments = whole[["queued", "started", "ended"]]
    before, after = moments.clip(upper=end, axis=0), moments.clip(lower=end, axis=0)
    busy = _busy_until(tables, whole, end)
    parts = [whole.assign(**before, busy=busy), whole.assign(**after, main=0, busy=whole["busy"] - busy)]
    return pd.concat([activities[~late], *parts]).sort_index(kind="stable")


def _busy_until(tables: Tables, activities: pd.DataFrame, end: Ints) -> Ints:
    """The open seconds of each activity up to a moment, by the hours of those who are busy with it."""
    started, ended, busy, pool = (activities[c].to_numpy() for c in ("started", "ended", "busy", "pool"))
    started, end = np.minimum(started, end), np.minimum(ended, end)
    found: Ints = np.where(busy == ended - activities["started"].to_numpy(), end - started, 0)
    clocks = {int(n): tables.clocks[tables.pools[n].groups[0].clock] for n in np.unique(pool) if n >= 0}
    for number, clock in ({-1: tables.clocks[tables.office]} | clocks).items():
        chosen = (pool == number) & (busy != ended - activities["started"].to_numpy())
        found[chosen] = clock.between_many(started[chosen], end[chosen])
    within: Ints = np.minimum(found, busy)
    return within


def utilisation(tables: Tables, log: Log) -> dict[tuple[str, str], float]:
    """Department and role → share of their open time in which officers worked, on whatever, while cases arrive.

    The time runs from the first measured arrival to the last one; not-a-number where no open time lies between.
    """
    activities = _rows(log.activities, ACTIVITY)
    start, end = _arriving(tables)
    served = activities[(activities["pool"] >= 0) & (activities["ended"] > start) & (activities["started"] < end)]
    found = {}
    for number, pool in enumerate(tables.pools):
        own = served[served["pool"] == number]
        open_time = sum(g.count * tables.clocks[g.clock].between(start, end) for g in pool.groups)
        busy = float((_inside(own, tables.clocks[pool.groups[0].clock], start, end) * own["staff"].to_numpy()).sum())
        found[pool.department, pool.role] = busy / open_time if open_time else float("nan")
    return found


def _arriving(tables: Tables) -> tuple[int, int]:
    """The first measured arrival and the last arrival of any process."""
    measured = [arrivals.times[arrivals.warm_up :] for arrivals in tables.arrivals]
    moments = [moment for times in measured for moment in (times[:1] + times[-1:])]
    return min(moments, default=0), max(moments, default=0)


def _inside(served: pd.DataFrame, clock: Clock, start: int, end: int) -> Floats:
    """The part of each piece of work that falls between two moments, by the hours of those who do it."""
    began, ended, busy = (served[c].to_numpy() for c in ("started", "ended", "busy"))
    whole = np.maximum(clock.between_many(began, ended), 1)
    part = clock.between_many(np.maximum(began, start), np.minimum(ended, end))
    inside: Floats = busy * part / whole
    return inside
