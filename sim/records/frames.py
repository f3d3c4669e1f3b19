"""A replication's flat rows as frames: what happened to each case, and the path that decided its length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sim.core.arrays import Floats, Ints, Mask, NDArray, np, pd
from sim.core.later import Later
from sim.records.columns import Columns, columns, places, some
from sim.records.log import ACTIVITY, ATTEMPT, CASE, Ended, Log
from sim.records.released import released
from sim.records.tables import Arrivals, Flag, FlowTables, Node, Program, Tables
from sim.spec.categories import Category
from sim.spec.scope import Scope

T = TypeVar("T")


@dataclass(frozen=True)
class Records:
    """The measured cases of one process in one replication of one variant."""

    tables: Tables
    process: str
    of_cases: Columns
    """By measured case, in order of arrival: what the log says of it."""
    of_attempts: Columns
    """By attempt of a case at a node, in the order of their numbers."""
    of_activities: Columns
    """By stretch of an attempt, and its `place` in the log; `main` is 0 for branches beside it."""
    log: Log
    """All that happened, the cases that are not measured included."""
    among: tuple[Records, slice] | None = None
    """The records of several replications that were made at once, and where the measured cases of this one stand."""

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row per measured case, in order of arrival."""
        return pd.DataFrame(self.of_cases)

    @cached_property
    def attempts(self) -> pd.DataFrame:
        """One row per attempt of a case at a node, indexed by its number."""
        return pd.DataFrame(self.of_attempts).set_index("attempt")

    @cached_property
    def activities(self) -> pd.DataFrame:
        """One row per stretch of an attempt, indexed by its place in the log."""
        return pd.DataFrame(self.of_activities).set_index("place")

    @property
    def size(self) -> int:
        """How many measured cases there are."""
        return len(self.of_cases["case"])

    @property
    def tries(self) -> int:
        """How many attempts there are."""
        return len(self.of_attempts["attempt"])

    @cached_property
    def _kept(self) -> dict[tuple[object, ...], Any]:
        return {}

    def once(self, find: Callable[..., T], scope: Scope, *more: object) -> T:
        """What is found of the records, in a scope and of what more is given, found once for those who ask again."""
        key = (find, scope.told, *map(id, more))
        if key not in self._kept:
            self._kept[key] = find(self, *more, scope), more  # what is named by its id has to live as long
        found: T = self._kept[key][0]
        return found

    def by_each(self, find: Callable[..., NDArray[Any]], scope: Scope, *more: object) -> NDArray[Any]:
        """What is found of each case by itself: at once for all replications that were made at once."""
        if self.among is None:
            return self.once(find, scope, *more)
        whole, own = self.among
        return whole.once(find, scope, *more)[own]

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
        values: NDArray[np.object_] = self.tables.attributes[self.process][name].astype(object)
        cases: Ints = self.of_cases["case"]
        return values[cases]

    def holding(self, when: Mapping[str, object]) -> NDArray[np.bool_]:
        """By number of a case, measured or not: whether its attributes are as wanted."""
        holds: NDArray[np.bool_] = np.ones(len(self.arrivals.times), dtype=bool)
        for name, wanted in when.items():
            holds &= self.tables.attributes[self.process][name].astype(object) == wanted
        return holds

    @cached_property
    def granted(self) -> NDArray[np.bool_]:
        """By case: whether it ended with a usable certificate, neither refused nor revoked, then or later."""
        revoked = (self.of_attempts["flags"] & int(Flag.REVOKED)) > 0
        granted: NDArray[np.bool_] = self.of_cases["refused"] == Ended.GRANTED
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
        number: Ints = first[self.of_attempts["flow"]] + self.of_attempts["node"]
        return number

    def by_attempt(self, look: Callable[[Node], object]) -> NDArray[Any]:
        """By attempt: what `look` finds in its node."""
        return np.array([look(node) for node in self.nodes])[self.node]

    def by_program(self, look: Callable[[Program], Ints | Floats | None]) -> Floats:
        """By attempt: what `look` finds for its case in the program that it followed; 0 where that is nothing."""
        found, cases = np.zeros(self.tries), self.of_attempts["case"]
        for program, chosen in self.followed:
            by_case = look(program)
            if by_case is not None:
                found[chosen] = by_case[cases[chosen]]
        return found

    @cached_property
    def followed(self) -> list[tuple[Program, Ints]]:
        """Each program that was followed, with the rows of the attempts that did."""
        flow, node, nth = (self.of_attempts[c] for c in ("flow", "node", "nth"))
        most = int(nth.max(initial=0)) + 1
        rows = places(self.node * most + nth, len(self.nodes) * most)
        return [
            (self.flows[flow[own[0]]].program(int(node[own[0]]), int(nth[own[0]])), own) for own in rows if len(own)
        ]

    @property
    def node_name(self) -> NDArray[np.object_]:
        """By attempt: the id of its node."""
        return np.array([node.id for node in self.nodes], dtype=object)[self.node]

    @cached_property
    def position(self) -> Ints:
        """By attempt: the row of its case in `cases`."""
        position: Ints = np.searchsorted(self.of_cases["case"], self.of_attempts["case"])
        return position

    def row(self, attempts: Ints) -> Ints:
        """The rows of `attempts` in which some attempts stand."""
        rows: Ints = np.searchsorted(self.of_attempts["attempt"], attempts)
        return rows

    def by_case(self, rows: Ints, numbers: NDArray[Any]) -> Floats:
        """By case: the sum of numbers that belong to these rows of `cases`."""
        total: Floats = np.bincount(rows, numbers, minlength=self.size).astype(float)
        return total

    @cached_property
    def arrivals(self) -> Arrivals:
        """How the cases came, those included that are not measured."""
        return next(arrivals for arrivals in self.tables.arrivals if arrivals.process == self.process)

    @property
    def of_everyone(self) -> Columns:
        """By case of the process, those included that are not measured, in order of arrival."""
        rows, process = self.log.cases.reshape(-1, len(CASE)), self.tables.arrivals.index(self.arrivals)
        own = np.flatnonzero(rows[:, CASE.index("process")] == process)
        return columns(rows, own[np.argsort(rows[own, CASE.index("case")])], CASE)

    @property
    def attempts_of_everyone(self) -> Columns:
        """By attempt of each of those cases, as they were written."""
        rows = self.log.attempts.reshape(-1, len(ATTEMPT))
        own = np.array([flow.process == self.process for flow in self.flows])
        return columns(rows, np.flatnonzero(own[rows[:, ATTEMPT.index("flow")]]), ATTEMPT)

    @cached_property
    def of_main(self) -> Columns:
        """The activities on the main line of their attempts, not beside it."""
        return some(self.of_activities, np.flatnonzero(self.of_activities["main"] == 1))

    @property
    def main(self) -> pd.DataFrame:
        """The same as a table, indexed by their place in the log."""
        return pd.DataFrame(self.of_main).set_index("place")

    @cached_property
    def of_path(self) -> Columns:
        """The realised critical path: `position` of the case and `attempt`, last attempt of a case first."""
        cause, position, current = self.of_attempts["cause"], np.arange(self.size), self.of_cases["last"]
        positions, attempts = [position[:0]], [current[:0]]
        while (alive := current >= 0).any():
            position, current = position[alive], current[alive]
            positions.append(position)
            attempts.append(current)
            current = cause[self.row(current)]
        return {"position": np.concatenate(positions), "attempt": np.concatenate(attempts)}

    @property
    def path(self) -> pd.DataFrame:
        """The same as a table."""
        return pd.DataFrame(self.of_path)

    @cached_property
    def on_path(self) -> Mask:
        """By attempt: whether it is on the realised critical path of its case."""
        found: Mask = np.zeros(self.tries, dtype=bool)
        found[self.row(self.of_path["attempt"])] = True
        return found

    @property
    def stretches(self) -> pd.DataFrame:
        """What `of_stretches` tells as a table."""
        return pd.DataFrame(self.of_stretches)

    @cached_property
    def of_stretches(self) -> Columns:
        """The critical path cut into stretches: position, node (its number), category, and its seconds twice over.

        `calendar` is by the clock on the wall and tells the time in which an office is off duty apart; `office` is by
        the standard working hours. Each sums exactly to the whole span of the case.
        """
        if self.among is not None:
            together, own = self.among[0].of_stretches, self.among[1]
            rows = np.flatnonzero((together["position"] >= own.start) & (together["position"] < own.stop))
            return {**some(together, rows), "position": together["position"][rows] - own.start}
        parts, position, node = self._on_path()
        queued, started, ended = (parts[c] for c in ("queued", "started", "ended"))
        lasted, waited, open_wait = ended - started, started - queued, self._open_wait(parts)
        category = parts["category"]
        whole = np.isin(category, [c for c in Category if c.own_nights])
        busy = np.where(whole, lasted, np.minimum(parts["busy"], lasted))
        office = self.tables.clocks[self.tables.office]
        waiting, working = office.between_many(queued, started), office.between_many(started, ended)
        nothing = np.zeros_like(waiting)
        found = {
            "position": np.tile(position, 3),
            "node": np.tile(node, 3),
            "category": np.concatenate([nothing + int(Category.QUEUE), nothing + int(Category.OFF_DUTY), category]),
            "calendar": np.concatenate([open_wait, waited - open_wait + lasted - busy, busy]),
            "office": np.concatenate([waiting, nothing, working]),
        }
        return some(found, np.flatnonzero((found["calendar"] != 0) | (found["office"] != 0)))

    def _on_path(self) -> tuple[Columns, Ints, Ints]:
        """The activities on the critical path, with the position of the case and the number of the node."""
        rows = self.row(self.of_main["attempt"])
        chosen = np.flatnonzero(self.on_path[rows])
        return some(self.of_main, chosen), self.position[rows[chosen]], self.node[rows[chosen]]

    def _open_wait(self, parts: Columns) -> Ints:
        """Seconds of each wait in which the pool was open: the hours of whichever group had most."""
        queued, started, pool = (parts[c] for c in ("queued", "started", "pool"))
        waits = np.zeros(len(pool), dtype=np.int64)
        for number in np.unique(pool[started > queued]):
            chosen = (pool == number) & (started > queued)
            clocks = {self.tables.clocks[g.clock] for g in self.tables.pools[number].groups}
            waits[chosen] = np.max([c.between_many(queued[chosen], started[chosen]) for c in clocks], axis=0)
        return waits


def records(tables: Tables, log: Log, process: int) -> Records:
    """The records of the measured cases of one process: those that only load the system are left out."""
    return _Sorted(tables, log).records(process)


def all_records(tables: Tables, log: Log) -> Mapping[str, Records]:
    """Process → the records of its measured cases, made when they are first asked for."""
    rows, number = _Sorted(tables, log), {arrivals.process: i for i, arrivals in enumerate(tables.arrivals)}
    return Later(number, lambda process: rows.records(number[process]))


def by_process(tables: Tables, log: Log, find: Callable[[Records], T]) -> list[T]:
    """By process: what is found of its records, which need room only until the next process has its turn."""
    rows = _Sorted(tables, log)
    return [find(rows.records(process)) for process in range(len(tables.arrivals))]


class _Sorted:
    """The rows of a log, and where those of the measured cases of each process stand in it."""

    def __init__(self, tables: Tables, log: Log) -> None:
        self._tables, self._log = tables, log
        self._attempts = log.attempts.reshape(-1, len(ATTEMPT))
        self._activities = log.activities.reshape(-1, len(ACTIVITY))
        number = {arrivals.process: i for i, arrivals in enumerate(tables.arrivals)}
        attempt, case, flow = (self._attempts[:, ATTEMPT.index(c)] for c in ("attempt", "case", "flow"))
        process = np.array([number[flow.process] for flow in tables.flows], dtype=np.int16)[flow]
        warm_up, end = np.array([(a.warm_up, a.end) for a in tables.arrivals], dtype=np.int64).T
        measured = (case >= warm_up[process]) & (case < end[process])
        # The last place is for attempt -1: files of other matters.
        of_attempt = np.full(attempt.max() + 2 if len(attempt) else 1, -1, dtype=np.int16)
        of_attempt[attempt] = np.where(measured, process, -1)
        self._of_attempts = places(of_attempt[attempt], len(number))
        self._of_activities = places(of_attempt[self._activities[:, ACTIVITY.index("attempt")]], len(number))

    def records(self, process: int) -> Records:
        """The records of the measured cases of one process."""
        arrivals, rows = self._tables.arrivals[process], self._log.cases.reshape(-1, len(CASE))
        number, own = rows[:, CASE.index("case")], rows[:, CASE.index("process")] == process
        chosen = np.flatnonzero(own & (number >= arrivals.warm_up) & (number < arrivals.end))
        cases = columns(rows, chosen[np.argsort(number[chosen])], CASE)
        place = self._of_attempts[process]
        place = place[np.argsort(self._attempts[place, ATTEMPT.index("attempt")])]
        attempts = columns(self._attempts, place, ATTEMPT)
        place = self._of_activities[process]
        activities = {**columns(self._activities, place, ACTIVITY), "place": place}
        done = released(self._tables, attempts, activities)
        return Records(self._tables, arrivals.process, cases, attempts, done, self._log)
