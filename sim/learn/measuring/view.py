"""A replay cut by step, as the measures look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.measuring.levels import told_since
from sim.learn.replay import Replay

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER_UPLOADED = 3.0
"""An application open for so many times the longest decided one was hardly still being handled."""


@dataclass(frozen=True)
class View:
    """The applications of one step, or of all."""

    replay: Replay
    scope: str
    """Id of the step; nothing for all."""
    rows: pd.DataFrame

    @cached_property
    def decided(self) -> pd.DataFrame:
        """Those decided, with a clock that can be read."""
        found = self.rows
        return found[found["decided"].ge(0) & found["counted"].notna() & ~found["disordered"]]

    @cached_property
    def reviewed(self) -> pd.DataFrame:
        """Those decided by a review, not on a promise."""
        return self.decided[self.decided["promised"] != 1]

    @cached_property
    def level(self) -> tuple[Ints, Floats]:
        """Moments of acceptance, ascending, and the days counted of those that were decided.

        Files accepted last are decided before the window closes only if they are quick: they are left out.
        """
        found = self.reviewed.sort_values("accepted", kind="stable")
        when, days = found["accepted"].to_numpy(), found["counted"].to_numpy(dtype=float)
        early = when <= self.replay.log.last - int(np.quantile(found["decided"] - when, 0.95)) if len(found) else []
        return when[early], days[early]

    @cached_property
    def since(self) -> int | None:
        """The moment since when the files of a step tell how fast it is; None where all of them do."""
        step = self.scope and not self.scope.startswith("@")
        return told_since(*self.level) if step else None

    @cached_property
    def open(self) -> pd.DataFrame:
        """Those accepted and still open, with the days counted so far; such as were never uploaded left out."""
        found = self.rows
        still = found[found["open"] & found["accepted"].ge(0) & ~found["disordered"] & (found["promised"] != 1)]
        accepted, last = still["accepted"].to_numpy(), np.full(len(still), self.replay.log.last)
        days = self.replay.days.between(accepted, np.maximum(last, accepted), still["dated"].to_numpy(dtype=bool))
        longest = self.decided["counted"].max() if len(self.decided) else np.inf
        so_far = days - still["special_days"].to_numpy()
        return still.assign(counted=np.maximum(so_far, 0))[days <= NEVER_UPLOADED * max(longest, 1.0)]

    @cached_property
    def abandoned(self) -> int:
        """How many were accepted and, it seems, never told of again."""
        found = self.rows
        still = found[found["open"] & found["accepted"].ge(0) & ~found["disordered"] & (found["promised"] != 1)]
        return len(still) - len(self.open)

    @property
    def dated(self) -> float:
        """Share of the decisions without a time of day."""
        return float(self.decided["dated"].mean()) if len(self.decided) else 0.0


def department_views(replay: Replay) -> Iterator[View]:
    """Yield the applications of each department, its id with @ before it, where there are several."""
    clocked = replay.applications[replay.applications["seen"] >= 0]
    known = clocked[clocked["department"] >= 0]
    if known["department"].nunique() > 1:
        for department, rows in sorted(known.groupby("department"), key=lambda item: -len(item[1])):
            yield View(replay, f"@{replay.log.departments[int(department)]}", rows)


def views(replay: Replay) -> Iterator[View]:
    """Yield all applications first, then those of each step, by how many they are."""
    clocked = replay.applications[replay.applications["seen"] >= 0]
    yield View(replay, "", clocked)
    for step, rows in sorted(clocked.groupby("step"), key=lambda item: -len(item[1])):
        if step >= 0:
            yield View(replay, replay.log.steps[int(step)], rows)
