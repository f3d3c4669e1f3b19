"""How fast an office works inside its limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.measuring import found
from sim.learn.measuring.quantities import Learnt, untold
from sim.learn.measuring.view import View
from sim.learn.moments import day_of

Array = NDArray[Any]
ON_TIME = 1.0
RECENT = ("handling", "pace", "overdue", "overrun")
"""Quantities that only recent files tell where the level changes."""
DATED = 0.5
"""Share of dates without a time from which days are known by dates only."""


def clocking(view: View) -> Iterator[Learnt]:
    """Yield handling time, pace, overdue and extension shares, and the on-time share of a step."""
    decided, reviewed, scope = view.decided, view.reviewed, view.scope
    whole = pd.concat([reviewed, view.open])
    over = np.arange(len(whole)) < len(reviewed)
    if view.since is not None:
        recent = (whole["accepted"] >= view.since).to_numpy()
        whole, over = whole[recent], over[recent]
    yield _rough(view, found.time("handling", scope, _days(whole), _case(whole), over))
    promised = decided[decided["promised"] == 1]
    if len(promised):
        yield _rough(view, found.time("promise_time", scope, _days(promised), _case(promised)))
    limited = whole[whole["limit"].notna()]
    if not len(limited):
        for quantity in ("pace", "overdue", "overrun"):
            yield untold(quantity, scope, "no limit is recorded", "L014", n=len(whole))
    else:
        yield from _against_limits(view, limited, over[whole["limit"].notna().to_numpy()])
    known = reviewed[reviewed["on_time"].notna()]
    yield found.share("on_time", scope, known["on_time"].to_numpy(), _case(known))
    yield found.share("extension", scope, reviewed["extended"].to_numpy(), _case(reviewed))


def _against_limits(view: View, limited: pd.DataFrame, over: Array) -> Iterator[Learnt]:
    """Pace of those within their limit, the share that overran it, and how far.

    A file still open has not overrun as long as its days are within the limit: it tells only that its pace is larger.
    """
    scope, ratio, case = view.scope, _days(limited) / limited["limit"].to_numpy(), _case(limited)
    late = ratio > ON_TIME + 1e-6
    told = over | late
    yield _rough(view, found.share("overdue", scope, late[told], case[told]))
    within = ~late
    yield _rough(view, found.time("pace", scope, ratio[within], case[within], over[within]))
    beyond = late & over
    yield _rough(view, found.time("overrun", scope, ratio[beyond], case[beyond]))


def _rough(view: View, learnt: Learnt) -> Learnt:
    if learnt.told and view.since is not None and learnt.quantity in RECENT:
        learnt = replace(learnt, method=f"{learnt.method}, of those accepted since {day_of(view.since)}")
    if learnt.told and view.dated > DATED:
        return learnt.doubted("L002", f"{view.dated:.0%} of the decisions have no time of day")
    return learnt


def _days(rows: pd.DataFrame) -> Array:
    found: Array = rows["counted"].to_numpy(dtype=float)
    return found


def _case(rows: pd.DataFrame) -> Array:
    found: Array = rows["case"].to_numpy()
    return found
