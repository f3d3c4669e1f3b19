"""Playing tables with the compiled player."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike

from sim.core.arrays import Ints32
from sim.engine.fast import layout as at
from sim.engine.fast.arrays import network
from sim.engine.fast.book import Book
from sim.engine.fast.machine import taken_up
from sim.engine.fast.ready import code
from sim.engine.fast.row import columns
from sim.engine.fast.store import Store, UnknownError
from sim.records.expected import expected_attempts
from sim.records.log import Log, refuse_late
from sim.records.tables import Tables

_run = taken_up(code())
LEAST = 1024
"""Rows of a kind that there is room for at first."""
UNDER_WAY: dict[str, DTypeLike] = {
    "events": columns(at.Event), "frames": columns(at.Frame), "cursors": columns(at.Cursor), "cases": np.int64,
    "guests": columns(at.Guest),
}  # fmt: skip
WRITTEN = {name: columns(kind, np.int32)
           for name, kind in (("attempts", at.Attempt), ("activities", at.Activity), ("ended", at.Ended))}  # fmt: skip


def simulate(tables: Tables) -> Log:
    """What happens when the cases of these tables are played: the log of `sim.engine.play.simulate`, row for row.

    Raises what that raises where time runs past the end of the calendar, and UnknownError for what this player does not
    know.
    """
    return _Play(tables).log()


def simulate_if_known(tables: Tables) -> Log | None:
    """The same; None for tables with anything that this player does not know."""
    try:
        return simulate(tables)
    except UnknownError:
        return None


class _Play:
    """One replication being played."""

    def __init__(self, tables: Tables) -> None:
        self._tables, self._store = tables, Store()
        self._state = self._store.state
        network(tables, self._store)
        self._book = Book(tables, self._store)
        self._state["margin"] = self._margin = _margin(tables)
        for name in ("cursors_free", "cases_free", "guests_free", "wanted"):
            self._state[name] = at.NONE
        for name in UNDER_WAY:
            self._make_room(name, LEAST + self._margin)
        cases, attempts = sum(len(arrivals.times) for arrivals in tables.arrivals), expected_attempts(tables)
        others = sum(len(files.times) for files in self._store.others.values())
        for name, rows in (("attempts", 2 * attempts), ("activities", 6 * attempts + others), ("ended", cases)):
            self._make_room(name, rows + self._margin)

    def log(self) -> Log:
        """Play to the end."""
        while (why := self._go_on()) != at.DONE:
            if why == at.WANT:
                self._book.make(int(self._state["wanted"]), int(self._state["wanted_nth"]))
                self._state["wanted"] = at.NONE
            elif why == at.CLOSE:
                self._make_room_for_others()
            else:
                self._widen()
        refuse_late(self._tables.deadlines, max(int(self._state[name]) for name in ("now", "latest")))
        return Log(self._rows("attempts"), self._rows("activities"), self._rows("ended"), int(self._state["now"]))

    def _go_on(self) -> int:
        try:
            return _run(self._store.address)
        except OverflowError:
            self._tell()
            raise

    def _rows(self, name: str) -> Ints32:
        return self._store.rows(name)[: int(self._state[f"{name}_used"])].view(np.int32)

    def _widen(self) -> None:
        """Make twice the room wherever it is short, and count what is planned anew when the numbers run out."""
        for name in (*UNDER_WAY, *WRITTEN):
            room = int(self._state[f"{name}_room"])
            if self._state[f"{name}_used"] + self._margin > room:
                self._make_room(name, 2 * room)
        if self._state["order"] + self._margin > at.ORDERS:
            planned = int(self._state["events_used"])
            events = self._store.rows("events")[:planned]
            events[:] = np.sort(events, order="key")
            events["key"] += np.arange(planned) - events["key"] % at.ORDERS
            self._state["order"] = planned

    def _make_room(self, name: str, room: int) -> None:
        self._state[f"{name}_room"] = room
        each = int(self._state["case_size"]) // 8 if name == "cases" else 1
        filled = at.NEVER if name == "events" else None
        self._store.make_room(name, (UNDER_WAY | WRITTEN)[name], each * room, filled)

    def _make_room_for_others(self) -> None:
        """Make room for what became of the files of other matters that have joined a line."""
        rows = int(self._state["activities_used"]) + int(self._store.rows("pools")["joined"].sum())
        if rows > self._state["activities_room"]:
            self._make_room("activities", rows)

    def _tell(self) -> None:
        """Let whoever could not tell a moment, for time ran out, say so as when it is asked by itself."""
        what, which, t, seconds = (int(self._state[f"fault{name}"]) for name in ("", "_of", "_time", "_seconds"))
        clocks, sittings, deadlines = self._store.clocks, self._tables.sittings, self._tables.deadlines
        asked: dict[int, Callable[[], object]] = {
            at.ADD: lambda: clocks[which].add(t, seconds),
            at.IS_OPEN: lambda: clocks[which].is_open(t),
            at.NEXT_OPEN: lambda: clocks[which].next_open(t),
            at.BETWEEN: lambda: clocks[which].between(t, seconds),
            at.BEGINS: lambda: clocks[which].begins(seconds),
            at.PERIOD_END: lambda: deadlines.end(t, seconds, calendar=bool(which)),
            at.SITTING: lambda: sittings[which].moment(t),
        }
        asked[what]()


def _margin(tables: Tables) -> int:
    """Rows of a kind that the player may take before it looks whether there is room."""
    groups = [group.count for pool in tables.pools for group in pool.groups]
    together = max(map(len, tables.crews), default=1)
    # Each step writes a few rows, and one more for everybody who is served; whoever is served once more was released.
    return together * (sum(groups) + at.STEPS * (8 + max(groups, default=0)))
