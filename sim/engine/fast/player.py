"""Playing tables with the compiled player."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from sim.engine.fast import layout as at
from sim.engine.fast.arrays import network
from sim.engine.fast.book import Book
from sim.engine.fast.kernel import STEPS, run
from sim.engine.fast.memory import columns
from sim.engine.fast.store import Store
from sim.records.log import Log
from sim.records.tables import Tables

LEAST = 1024
"""Rows of a kind that there is room for at first."""
UNDER_WAY: dict[str, DTypeLike] = {
    "events": np.int64, "frames": columns(at.Frame), "cursors": columns(at.Cursor), "cases": np.int64,
}  # fmt: skip
WRITTEN = {"attempts": columns(at.Attempt), "activities": columns(at.Activity), "ended": columns(at.Ended)}



def simulate(tables: Tables) -> Log:
    """What happens when the cases of these tables are played: the log of `sim.engine.play.simulate`, row for row.

    Raises what that raises where time runs past the end of the calendar.
    """
    return _Play(tables).log()


class _Play:
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        self._tables, self._store = tables, Store()
        self._state = self._store.state
        network(tables, self._store)
        self._book = Book(tables, self._store)
        self._state["margin"] = self._margin = _margin(tables)
        for name in ("cursors_free", "cases_free", "wanted"):
            self._state[name] = at.NONE
        expected = _expected(tables)
        for name in UNDER_WAY:
            self._make_room(name, LEAST + self._margin)
        for name, rows in (("attempts", expected), ("activities", 2 * expected), ("ended", int(self._state["open"]))):
            self._make_room(name, rows + self._margin)

    def log(self) -> Log:
        """Play to the end."""
        why = at.ROOM
        while why != at.DONE:
            try:
                why = run(self._store.address)
            except OverflowError:
                _tell(self._tables, self._state)
                raise
            if why == at.WANT:
                self._book.make(int(self._state["wanted"]), int(self._state["wanted_nth"]))
                self._state["wanted"] = at.NONE
            elif why == at.ROOM:
                self._widen()
        return Log(self._rows("attempts"), self._rows("activities"), self._rows("ended"), int(self._state["now"]))

    def _rows(self, name: str) -> NDArray[np.int64]:
        return self._store.rows(name)[: int(self._state[f"{name}_used"])].view(np.int64)

    def _widen(self) -> None:
        """Make twice the room wherever it is short."""
        for name in (*UNDER_WAY, *WRITTEN):
            room = int(self._state[f"{name}_room"])
            if self._state[f"{name}_used"] + self._margin > room:
                self._make_room(name, 2 * room)

    def _make_room(self, name: str, room: int) -> None:
        self._state[f"{name}_room"] = room
        each = int(self._state["case_size"]) // 8 if name == "cases" else 1
        self._store.make_room(name, (UNDER_WAY | WRITTEN)[name], each * room)
        if name == "events":
            self._store.make_room("keys", np.int64, room)


def _margin(tables: Tables) -> int:
    """Rows of a kind that the player may take before it looks whether there is room."""
    groups = [group.count for pool in tables.pools for group in pool.groups]
    # Each step writes a few rows, and one more for everybody who is served; whoever is served once more was released.
    return sum(groups) + STEPS * (8 + max(groups, default=0))


def _expected(tables: Tables) -> int:
    """Attempts if nothing is done twice."""
    found = 0.0
    for number, flow in enumerate(tables.flows):
        cases = sum(int((arrivals.flow == number).sum()) for arrivals in tables.arrivals)
        found += cases * sum(1.0 if mask is None else float(mask.mean()) for mask in flow.active)
    return round(found)


def _tell(tables: Tables, state: Any) -> None:
    """Let the clock for which time ran out say so, as it does when it is asked by itself."""
    clocks = [*tables.clocks, *(sitting.clock for sitting in tables.sittings)]
    what, t, seconds = (int(state[name]) for name in ("fault", "fault_time", "fault_seconds"))
    clock = clocks[int(state["fault_clock"])]
    if what == at.ADD:
        clock.add(t, seconds)
    elif what == at.IS_OPEN:
        clock.is_open(t)
    elif what == at.NEXT_OPEN:
        clock.next_open(t)
    elif what == at.BETWEEN:
        clock.between(t, seconds)
    elif what:
        tables.deadlines.end(t, seconds, calendar=bool(state["fault_clock"]))
